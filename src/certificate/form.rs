//! What is typed to issue certificates, and the code that anybody types to check one.

use chrono::NaiveDate;

use super::model::{Book, Capacity, HIGHEST, Typed, Unit};
use crate::appraisal;
use crate::web::form::Filled;
use crate::words::certificate as words;

/// The value of "the chair signs".
pub(super) const CHAIR: &str = "chu-tich";
/// The value of "a deputy signs for the chair".
pub(super) const DEPUTY: &str = "ky-thay";

/// The value of a capacity.
pub(super) const fn value(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Chair => CHAIR,
        Capacity::Deputy => DEPUTY,
    }
}

/// The units ticked, in the order of the page. `None` when the form names one that the page does not show, as no page of ours does.
pub(super) fn ticked<'a>(book: &'a Book, form: &Filled) -> Option<Vec<&'a Unit>> {
    let orders = appraisal::orders(form)?;
    let known = orders.iter().all(|order| book.unit(order.id).is_some());
    let is_ticked = |unit: &&Unit| {
        orders.iter().any(|order| order.id == unit.dossier && order.version == unit.version) && !unit.is_void
    };
    known.then(|| book.units.iter().filter(is_ticked).collect())
}

/// Numbers, day and signer of certificates for these units.
pub(super) fn issue(mut form: Filled, units: &[&Unit], today: NaiveDate) -> Result<Typed, Filled> {
    if units.is_empty() {
        form.fail("ho-so", if form.values_of("ho-so").is_empty() { words::NOBODY } else { words::CHANGED });
    }
    let first = form.whole("so-dau", 1..=i64::from(HIGHEST), words::NUMBER_MISSING);
    let first = first.and_then(|first| i32::try_from(first).ok());
    let count = units.len();
    if first.is_some_and(|first| usize::try_from(HIGHEST - first).is_ok_and(|room| room + 1 < count)) {
        form.fail("so-dau", words::numbers_end(HIGHEST, count));
    }
    let symbol = form.text("ky-hieu", 40, words::SYMBOL_MISSING);
    let day = form.day("ngay", words::DAY_MISSING);
    let newest = units.iter().map(|unit| unit.decided_on).max();
    match (day, newest) {
        (Some(day), _) if day > today => form.fail("ngay", words::day_ahead(day)),
        (Some(day), Some(decided_on)) if day < decided_on => {
            form.fail("ngay", words::day_before_decision(decided_on));
        }
        _ => {}
    }
    let signer = form.text("nguoi-ky", 120, words::SIGNER_MISSING);
    let capacity = match form.value("chuc-danh") {
        CHAIR => Some(Capacity::Chair),
        DEPUTY => Some(Capacity::Deputy),
        _ => None,
    };
    if capacity.is_none() {
        form.fail("chuc-danh", words::CAPACITY_MISSING);
    }
    let typed = first.zip(symbol).zip(day).zip(signer).zip(capacity);
    form.finish(typed.map(|((((first, symbol), issued_on), signer), capacity)| Typed {
        first,
        symbol,
        issued_on,
        signer,
        capacity,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Place;
    use crate::dossier::model::Status;
    use crate::ruleset::Level;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn unit(n: u128) -> Unit {
        let id = |n| Uuid::from_u128(n);
        Unit {
            dossier: id(n).into(),
            version: 8,
            status: Status::Recognised,
            place: Place { city: id(1).into(), ward: id(2).into(), group: Some(id(n + 100).into()) },
            subject: id(n + 100).into(),
            name: format!("Tổ dân phố {n}"),
            recognised_by: Level::City,
            decision: id(n + 200).into(),
            decision_number: "6120/QĐ-UBND".to_owned(),
            decided_on: day("2024-12-18"),
            decision_signer: "Lê Thị Ngọc Diệp".to_owned(),
            is_void: false,
            certificate: None,
        }
    }

    fn filled(but: &[(&str, &str)]) -> Filled {
        let all = [
            ("so-dau", "7"),
            ("ky-hieu", "GCN-UBND"),
            ("ngay", "20/12/2024"),
            ("nguoi-ky", "Lê Thị Ngọc Diệp"),
            ("chuc-danh", CHAIR),
        ];
        let kept = all.iter().filter(|(name, _)| !but.iter().any(|(other, _)| other == name)).chain(but);
        Filled::from_pairs(kept.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn refused(but: &[(&str, &str)]) -> Vec<(String, String)> {
        let unit = unit(7);
        let form = issue(filled(but), &[&unit], day("2024-12-20")).expect_err("something is wrong");
        form.errors().iter().map(|error| (error.field.clone(), error.sentence.clone())).collect()
    }

    #[test]
    fn a_whole_form_is_read() {
        let typed = issue(filled(&[]), &[&unit(7)], day("2024-12-20")).expect("holds");
        assert_eq!((typed.first, typed.symbol.as_str(), typed.capacity), (7, "GCN-UBND", Capacity::Chair));
        assert_eq!((typed.issued_on, typed.signer.as_str()), (day("2024-12-20"), "Lê Thị Ngọc Diệp"));
    }

    #[test]
    fn every_field_says_what_it_wants() {
        let unit = unit(7);
        let empty = issue(Filled::default(), &[], day("2024-12-20")).expect_err("nothing");
        let fields: Vec<&str> = empty.errors().iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["ho-so", "so-dau", "ky-hieu", "ngay", "nguoi-ky", "chuc-danh"]);
        for (field, typed) in [
            ("so-dau", "0"),
            ("so-dau", "100000"),
            ("so-dau", "7/GCN"),
            ("ky-hieu", " "),
            ("ngay", "21/12/2024"),
            ("ngay", "17/12/2024"),
            ("nguoi-ky", ""),
            ("chuc-danh", "ai-do"),
        ] {
            let told = refused(&[(field, typed)]);
            assert_eq!(told.len(), 1, "{field} {typed}: {told:?}");
            assert_eq!(told[0].0, field);
        }
        let two = [&unit, &unit];
        let over = issue(filled(&[("so-dau", "99999")]), &two, day("2024-12-20")).expect_err("no room");
        assert_eq!(over.error("so-dau"), Some("Sổ chỉ tới số 99999: 2 giấy không đủ số. Ghi số nhỏ hơn."));
    }

    #[test]
    fn ticks_are_units_of_the_page_in_its_order() {
        let units = vec![unit(7), unit(8), unit(9)];
        let book = Book {
            body: crate::certificate::model::Body {
                id: Uuid::from_u128(1).into(),
                name: "thành phố Nha Trang".to_owned(),
                short: "Nha Trang".to_owned(),
            },
            ward: Uuid::from_u128(2).into(),
            ward_name: "phường Phước Long".to_owned(),
            city_name: "thành phố Nha Trang".to_owned(),
            province: None,
            year: 2024,
            ruleset: Uuid::from_u128(3).into(),
            next: 1,
            symbol: None,
            units,
        };
        let pick = |values: &[String]| {
            let form = Filled::from_pairs(values.iter().map(|value| ("ho-so".to_owned(), value.clone())).collect());
            ticked(&book, &form).map(|units| units.iter().map(|unit| unit.name.clone()).collect::<Vec<_>>())
        };
        let backwards = [unit(9).order(), unit(7).order()];
        assert_eq!(pick(&backwards), Some(vec!["Tổ dân phố 7".to_owned(), "Tổ dân phố 9".to_owned()]));
        assert_eq!(pick(&[format!("{}:7", Uuid::from_u128(7))]), Some(vec![]), "drawn from an older version");
        assert_eq!(pick(&[format!("{}:8", Uuid::from_u128(70))]), None, "of another ward");
    }
}
