//! Accounts and seats, as a steward types them.

use chrono::NaiveDate;

use super::{in_order, phone};
use crate::access::{Honorific, Role};
use crate::account::store::steward::{NewAccount, NewSeat};
use crate::platform::id::UnitId;
use crate::web::form::Filled;
use crate::words::account as words;

/// Reads a new account with its first seat; `ward` is that of a ward's steward.
///
/// # Errors
/// The form with its sentences.
pub fn account(mut form: Filled, ward: Option<UnitId>) -> Result<NewAccount, Filled> {
    let name = form.text("ho-ten", 120, words::NAME_MISSING).filter(|name| name.chars().count() > 1);
    if name.is_none() {
        form.fail("ho-ten", words::NAME_MISSING);
    }
    let honorific: Option<Honorific> = form.one_of("xung-ho", words::HONORIFIC_MISSING);
    let phone = phone(&mut form);
    let seat = read_seat(&mut form, ward);
    let whole = match (name, honorific, phone, seat) {
        (Some(name), Some(honorific), Some(phone), Some(seat)) => Some(NewAccount { phone, name, honorific, seat }),
        _ => None,
    };
    form.finish(whole)
}

/// Reads one more seat.
///
/// # Errors
/// The form with its sentences.
pub fn seat(mut form: Filled, ward: Option<UnitId>) -> Result<NewSeat, Filled> {
    let seat = read_seat(&mut form, ward);
    form.finish(seat)
}

fn read_seat(form: &mut Filled, own_ward: Option<UnitId>) -> Option<NewSeat> {
    let role: Option<Role> = form.one_of("vai", words::ROLE_MISSING);
    let from = form.day("tu-ngay", words::FROM_MISSING);
    let to = form.day_optional("den-ngay");
    in_order(form, from, to);
    let role = role?;
    let ward = match own_ward {
        Some(ward) => Some(ward),
        None if role.is_city() => None,
        None => Some(form.one_of("phuong", words::WARD_MISSING)?),
    };
    let groups = match role {
        Role::GroupLeader | Role::AreaOfficer => groups(form, role)?,
        _ => Vec::new(),
    };
    Some(NewSeat { role, ward, groups, from: from?, to })
}

fn groups(form: &mut Filled, role: Role) -> Option<Vec<UnitId>> {
    let picked: Option<Vec<UnitId>> = form.values_of("to").into_iter().map(|id| id.parse().ok()).collect();
    let mut picked = picked.unwrap_or_default();
    picked.sort_unstable();
    picked.dedup();
    let fault = match (role, picked.len()) {
        (Role::GroupLeader, 1) | (Role::AreaOfficer, 1..) => return Some(picked),
        (Role::GroupLeader, _) => words::ONE_GROUP,
        _ => words::SOME_GROUP,
    };
    form.fail("to", fault);
    None
}

/// Reads the last day of a seat: today or later.
///
/// # Errors
/// The form with its sentence.
pub fn end_day(mut form: Filled, today: NaiveDate) -> Result<NaiveDate, Filled> {
    let day = form.day("het-ngay", words::TO_MISSING);
    if day.is_some_and(|day| day < today) {
        form.fail("het-ngay", words::ENDS_IN_PAST);
    }
    form.finish(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WARD: &str = "018e7a8c-0000-7000-8000-000000000001";
    const GROUP: &str = "018e7a8c-0000-7000-8000-000000000007";

    fn typed(role: &str) -> Filled {
        Filled::default()
            .with("ho-ten", "Trần Văn Lựu")
            .with("xung-ho", "ông")
            .with("so-dien-thoai", "0900 000 207")
            .with("vai", role)
            .with("tu-ngay", "1/1/2024")
    }

    fn own_ward() -> Option<UnitId> {
        WARD.parse().ok()
    }

    #[test]
    fn a_leader_has_one_group_and_an_officer_of_an_area_some() {
        let read = account(typed("group_leader").with("to", GROUP), own_ward()).unwrap();
        assert_eq!((read.seat.role, read.seat.groups.len(), read.seat.ward), (Role::GroupLeader, 1, own_ward()));
        let without = account(typed("group_leader"), own_ward()).unwrap_err();
        assert_eq!(without.error("to"), Some(words::ONE_GROUP));
        let two = typed("group_leader").with("to", GROUP).with("to", WARD);
        assert_eq!(account(two, own_ward()).unwrap_err().error("to"), Some(words::ONE_GROUP));
        assert_eq!(account(typed("area_officer"), own_ward()).unwrap_err().error("to"), Some(words::SOME_GROUP));
    }

    #[test]
    fn a_city_steward_names_the_ward_and_city_seats_have_none() {
        assert_eq!(account(typed("steward_ward"), None).unwrap_err().error("phuong"), Some(words::WARD_MISSING));
        assert_eq!(account(typed("steward_ward").with("phuong", WARD), None).unwrap().seat.ward, own_ward());
        assert_eq!(account(typed("city_officer").with("phuong", WARD), None).unwrap().seat.ward, None);
    }

    #[test]
    fn days_stand_in_order_and_an_end_is_not_in_the_past() {
        let backward = typed("ward_officer").with("den-ngay", "31/12/2023");
        assert_eq!(account(backward, own_ward()).unwrap_err().error("den-ngay"), Some(words::SPAN_BACKWARD));
        let today = "2024-03-26".parse().unwrap();
        assert!(end_day(Filled::default().with("het-ngay", "26/3/2024"), today).is_ok());
        assert_eq!(
            end_day(Filled::default().with("het-ngay", "25/3/2024"), today).unwrap_err().error("het-ngay"),
            Some(words::ENDS_IN_PAST)
        );
    }

    #[test]
    fn everything_that_lacks_is_told_at_once() {
        let form = account(Filled::default(), own_ward()).unwrap_err();
        for field in ["ho-ten", "xung-ho", "so-dien-thoai", "vai", "tu-ngay"] {
            assert!(form.error(field).is_some(), "{field}");
        }
    }
}
