//! Finds the dictionaries of signatures in what was appended (ISO 32000-1, 12.8.1).

use std::ops::Range;

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};

use super::objects::{Objects, Place};
use super::value::{Dict, Value, is_space};
use super::{Broken, Fault, MOST_SIGNATURES};

/// The dictionary of one signature.
#[derive(Debug)]
pub(super) struct Field {
    /// What is signed: from the beginning to the hole, and from the hole on.
    pub covered: [Range<usize>; 2],
    /// What stands in the hole.
    pub contents: Vec<u8>,
    /// `/M`, as it was written.
    pub claimed_at: Option<DateTime<Utc>>,
}

/// Every signature that stands behind that byte, in the order in which they were made. Stamps of time alone are passed over.
pub(super) fn fields(objects: &Objects, length: usize, from: usize) -> Result<Vec<Field>, Fault> {
    let (mut found, mut seen) = (vec![], 0);
    let appended = |it: &u32| matches!(objects.place(*it), Some(Place::At(at)) if at >= from);
    for number in objects.numbers().filter(appended) {
        let object = objects.get(number).ok_or(Fault::Malformed(Broken::Tables))?;
        let mut dicts = vec![];
        object.value.with_entry("ByteRange", &mut dicts);
        seen += dicts.len();
        if seen > MOST_SIGNATURES {
            return Err(Fault::TooMany { limit: MOST_SIGNATURES });
        }
        for dict in dicts.into_iter().filter(|it| !is_stamp_of_time(it)) {
            found.push(field(length, dict)?);
        }
    }
    found.sort_by_key(|it| it.covered[1].end);
    Ok(found)
}

fn is_stamp_of_time(dict: &Dict) -> bool {
    dict.is("Type", "DocTimeStamp") || dict.is("SubFilter", "ETSI.RFC3161")
}

fn field(length: usize, dict: &Dict) -> Result<Field, Fault> {
    let (Some(Value::Array(range)), Some(Value::Text(contents))) = (dict.get("ByteRange"), dict.get("Contents")) else {
        return Err(Fault::Malformed(Broken::Dictionary));
    };
    let numbers: Option<Vec<usize>> = range.iter().map(Value::count).collect();
    let covered = covered(&numbers.unwrap_or_default(), &contents.place, length);
    Ok(Field {
        covered: covered.ok_or(Fault::Malformed(Broken::Ranges))?,
        contents: contents.bytes.clone(),
        claimed_at: dict.get("M").and_then(moment),
    })
}

/// The two ranges, if the contents and nothing else lie between them and they fit the file.
fn covered(numbers: &[usize], hole: &Range<usize>, length: usize) -> Option<[Range<usize>; 2]> {
    let [first, first_length, second, second_length] = *numbers else { return None };
    let first = first..first.checked_add(first_length)?;
    let second = second..second.checked_add(second_length)?;
    (first.end == hole.start && second.start == hole.end && second.end <= length).then_some([first, second])
}

/// `D:20241118093000+07'00'` (7.9.4).
fn moment(value: &Value) -> Option<DateTime<Utc>> {
    let Value::Text(text) = value else { return None };
    let text = std::str::from_utf8(&text.bytes).ok()?.trim_matches(|it: char| u8::try_from(it).is_ok_and(is_space));
    let digits = text.strip_prefix("D:").unwrap_or(text);
    let (civil, zone) = digits.split_at_checked(14)?;
    let civil = NaiveDateTime::parse_from_str(civil, "%Y%m%d%H%M%S").ok()?;
    let mut parts = zone.get(1..).unwrap_or_default().split('\'');
    let mut part = |longest: i64| {
        parts
            .next()
            .filter(|it| !it.is_empty())
            .map_or(Some(0), |it| it.parse().ok().filter(|it| (0..=longest).contains(it)))
    };
    let ahead = TimeDelta::minutes(part(14)? * 60 + part(59)?);
    let offset = match zone.bytes().next() {
        None | Some(b'Z') => TimeDelta::zero(),
        Some(b'+') => ahead,
        Some(b'-') => -ahead,
        Some(_) => return None,
    };
    let offset = FixedOffset::east_opt(i32::try_from(offset.num_seconds()).ok()?)?;
    Some(civil.and_local_timezone(offset).single()?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::super::value::Walk;
    use super::*;

    fn at(text: &str) -> Option<String> {
        moment(&Walk::new(format!("({text})").as_bytes(), 0).value()?).map(|it| it.to_rfc3339())
    }

    #[test]
    fn a_date_is_read_with_its_zone_or_not_at_all() {
        assert_eq!(at("D:20241118093000+07'00'").as_deref(), Some("2024-11-18T02:30:00+00:00"));
        assert_eq!(at("D:20241118093000+07'00").as_deref(), Some("2024-11-18T02:30:00+00:00"));
        assert_eq!(at("D:20241118093000-03'30'").as_deref(), Some("2024-11-18T13:00:00+00:00"));
        assert_eq!(at("D:20241118093000Z").as_deref(), Some("2024-11-18T09:30:00+00:00"));
        for text in
            ["", "D:2024", "D:20241318093000", "D:20241118093000+99'00'", "D:2024111809300é+07", "D:20241118093000é"]
        {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_leave_out_the_contents_and_nothing_else() {
        let fits = |numbers: &[usize]| covered(numbers, &(10..20), 30).is_some();
        assert!(fits(&[0, 10, 20, 10]));
        assert!(fits(&[0, 10, 20, 5]), "something may follow");
        for numbers in [
            &[0, 9, 20, 10][..],
            &[0, 10, 21, 9],
            &[0, 10, 20, 11],
            &[0, 10, 20, usize::MAX],
            &[0, 10],
            &[5, 10, 20, 1],
        ] {
            assert!(!fits(numbers), "{numbers:?}");
        }
    }
}
