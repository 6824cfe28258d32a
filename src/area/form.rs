//! What a steward typed about a unit.

use super::model::{Close, How, Kind, NewUnit, Rename, Story};
use crate::web::form::Filled;
use crate::words::area as words;

/// How long names may be, as the database checks them.
const NAME: usize = 200;
const SHORT_NAME: usize = 60;
/// A decision's number, date and subject.
const REASON: usize = 300;

/// Reads the form of a new unit.
///
/// # Errors
/// The form with its sentences.
pub fn new_unit(mut form: Filled) -> Result<NewUnit, Filled> {
    let kind = form.one_of::<Kind>("loai", words::KIND_MISSING);
    let name = form.text("ten", NAME, words::NAME_MISSING);
    let short_name = form.text("ten-goi", SHORT_NAME, words::SHORT_NAME_MISSING);
    let code = code(&mut form);
    let ordinal = ordinal(&mut form);
    let from = form.day("tu-ngay", words::FROM_MISSING);
    let origin = origin(&mut form);
    let all = kind.zip(name).zip(short_name).zip(code).zip(from);
    form.finish(all.map(|((((kind, name), short_name), code), from)| NewUnit {
        kind,
        name,
        short_name,
        code,
        ordinal,
        from,
        origin,
    }))
}

/// Capital letters without accents, digits and hyphens: it becomes a piece of receipt numbers.
fn code(form: &mut Filled) -> Option<String> {
    let code = form.text("ma", NAME, words::CODE_MISSING)?.to_uppercase();
    let fits = code.chars().count() <= 12
        && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == 'Đ' || c == '-');
    if !fits {
        form.fail("ma", words::CODE_SHAPE);
    }
    fits.then_some(code)
}

fn ordinal(form: &mut Filled) -> Option<i32> {
    if form.value("thu-tu").trim().is_empty() {
        return None;
    }
    form.whole("thu-tu", 0..=9_999, "").and_then(|place| i32::try_from(place).ok())
}

fn origin(form: &mut Filled) -> Option<(How, Vec<String>)> {
    let typed = form.text_optional("truoc", NAME).unwrap_or_default().to_uppercase();
    let mut codes: Vec<String> =
        typed.split([',', ';', ' ']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    codes.dedup();
    match (codes.is_empty(), form.value("cach").is_empty()) {
        (true, true) => None,
        (true, false) => {
            form.fail("truoc", words::EARLIER_MISSING);
            None
        }
        (false, _) => form.one_of::<How>("cach", words::HOW_MISSING).map(|how| (how, codes)),
    }
}

/// The names as they are, to be changed.
#[must_use]
pub fn of_names(story: &Story) -> Filled {
    Filled::default().with("ten", &story.unit.name).with("ten-goi", &story.unit.short_name)
}

/// Reads the form of another name.
///
/// # Errors
/// The form with its sentences.
pub fn rename(mut form: Filled) -> Result<Rename, Filled> {
    let name = form.text("ten", NAME, words::NAME_MISSING);
    let short_name = form.text("ten-goi", SHORT_NAME, words::SHORT_NAME_MISSING);
    let from = form.day("tu-ngay", words::RENAMED_FROM_MISSING);
    let reason = form.text_optional("can-cu", REASON);
    form.finish(name.zip(short_name).zip(from).map(|((name, short_name), from)| Rename {
        name,
        short_name,
        from,
        reason,
    }))
}

/// Reads the form of a last day.
///
/// # Errors
/// The form with its sentences.
pub fn close(mut form: Filled) -> Result<Close, Filled> {
    let last = form.day("den-ngay", words::LAST_MISSING);
    let reason = form.text_optional("can-cu", REASON);
    form.finish(last.map(|last| Close { last, reason }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group() -> Filled {
        [("loai", "group"), ("ten", "Tổ dân phố 25"), ("ten-goi", "Tổ 25"), ("ma", "25a"), ("tu-ngay", "1/7/2024")]
            .into_iter()
            .fold(Filled::default(), |form, (name, value)| form.with(name, value))
    }

    fn faults(form: Filled) -> Vec<String> {
        new_unit(form).expect_err("wrong").errors().iter().map(|error| error.field.clone()).collect()
    }

    #[test]
    fn a_new_unit_needs_no_origin_and_no_place() {
        let new = new_unit(group()).expect("right");
        assert_eq!((new.code.as_str(), new.ordinal, new.origin), ("25A", None, None));
    }

    #[test]
    fn an_origin_is_codes_with_a_way() {
        let new = new_unit(group().with("truoc", "7, 08;tb1").with("cach", "merge")).expect("right");
        assert_eq!(new.origin, Some((How::Merge, vec!["7".to_owned(), "08".to_owned(), "TB1".to_owned()])));
        assert_eq!(faults(group().with("truoc", "7")), ["cach"]);
        assert_eq!(faults(group().with("cach", "split")), ["truoc"]);
    }

    #[test]
    fn every_wrong_place_is_said_at_once() {
        assert_eq!(faults(Filled::default()), ["loai", "ten", "ten-goi", "ma", "tu-ngay"]);
        let form = Filled::default().with("ma", "Tổ 25").with("thu-tu", "mười").with("loai", "planet");
        assert_eq!(faults(form), ["loai", "ten", "ten-goi", "ma", "thu-tu", "tu-ngay"]);
    }

    #[test]
    fn a_name_or_an_end_may_come_without_a_decision() {
        let form = Filled::default()
            .with("ten", "Tổ dân phố Phước Bình")
            .with("ten-goi", "Phước Bình")
            .with("tu-ngay", "1/7/2024");
        assert_eq!(rename(form).expect("right").reason, None);
        let form = Filled::default().with("den-ngay", "30/6/2024").with("can-cu", "Nghị quyết 12/NQ-HĐND");
        assert_eq!(close(form).expect("right").reason.as_deref(), Some("Nghị quyết 12/NQ-HĐND"));
        assert!(close(Filled::default()).is_err());
    }
}
