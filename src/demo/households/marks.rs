//! Who registers and who signs, and when: a meeting first, then from door to door, the last ones in autumn or never.

use chrono::{Days, NaiveDate};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::{count, seed};
use crate::demo::places::Ward;
use crate::demo::story::{YEAR, handed_in_on};
use crate::participation::model::{How, Why};

/// What a household does in a year, up to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// When it registers.
    pub(super) registered: Option<(NaiveDate, How)>,
    /// When it signs.
    pub(super) pledged: Option<(NaiveDate, How)>,
    /// What the leader notes until then.
    pub(super) why: Option<(NaiveDate, Why)>,
}

/// Group 21 forgot an alley on its list, as the ward finds in November.
const FORGOTTEN: (u8, std::ops::Range<usize>) = (21, 89..110);

/// The last day of the late signers.
const LAST: (u32, u32) = (10, 31);

/// The households of a group by how early they sign: places in its list.
#[must_use]
pub(super) fn order(ward: Ward, group: u8, year: i32) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count(ward, group)).collect();
    let years = u64::from(year.unsigned_abs());
    places.shuffle(&mut StdRng::seed_from_u64(seed(ward, group) + 1_000 * years));
    if is_forgetful(ward, group, year) {
        // Nobody asks them, so they are last.
        places.sort_by_key(|place| FORGOTTEN.1.contains(place));
    }
    places
}

fn is_forgetful(ward: Ward, group: u8, year: i32) -> bool {
    ward == Ward::PhuocLong && group == FORGOTTEN.0 && year == YEAR
}

/// How many of a group's households have signed when its registration is handed in, and at the end.
fn signers(ward: Ward, group: u8, year: i32) -> (usize, usize) {
    let of_percent = |percent: usize| count(ward, group) * percent / 100;
    let spread = usize::from(group) * 7;
    match (ward, group) {
        _ if year != YEAR => (of_percent(88 + spread % 9), of_percent(96 + spread % 5)),
        // As on the sheets of the leader's page: 312 of 350.
        (Ward::PhuocLong, 7) => (312, 343),
        (Ward::PhuocLong, 1 | 3 | 6 | 9 | 13 | 17 | 23) => (of_percent(92), of_percent(100)),
        (Ward::PhuocLong, 18) => (of_percent(61), of_percent(78)),
        (Ward::PhuocLong, 12) => (of_percent(74), of_percent(86)),
        _ => (of_percent(80 + spread % 9), of_percent(92 + spread % 8)),
    }
}

/// What each household of a group does in a year, in the order of its list.
#[must_use]
pub(super) fn plans(ward: Ward, group: u8, year: i32) -> Vec<Plan> {
    let mut rng = StdRng::seed_from_u64(seed(ward, group) + 500);
    let handed_in = handed_in(ward, group, year);
    let (early, all) = signers(ward, group, year);
    let mut plans = vec![Plan::default(); count(ward, group)];
    for (rank, place) in order(ward, group, year).into_iter().enumerate() {
        if is_forgetful(ward, group, year) && FORGOTTEN.1.contains(&place) {
            continue;
        }
        plans[place] = match rank {
            _ if rank < early => signs_early(&mut rng, handed_in),
            _ if rank < all => signs_late(&mut rng, handed_in),
            _ => does_not_sign(&mut rng, handed_in),
        };
    }
    plans
}

fn handed_in(ward: Ward, group: u8, year: i32) -> NaiveDate {
    let day = handed_in_on(ward, group);
    chrono::Datelike::with_year(&day, year).unwrap_or(day)
}

/// Half of them at the meeting, the others at their doors; all at least two days before the papers are handed in.
fn signs_early(rng: &mut StdRng, handed_in: NaiveDate) -> Plan {
    let meeting = handed_in - Days::new(16);
    let signed = if rng.random_bool(0.55) {
        (meeting, How::Meeting)
    } else {
        let how = if rng.random_bool(0.3) { How::Sheet } else { How::Door };
        (meeting + Days::new(rng.random_range(1..=14)), how)
    };
    Plan { registered: Some(signed), pledged: Some(signed), why: None }
}

/// Registered in time, signed when somebody was at home at last.
fn signs_late(rng: &mut StdRng, handed_in: NaiveDate) -> Plan {
    let last = NaiveDate::from_ymd_opt(chrono::Datelike::year(&handed_in), LAST.0, LAST.1).unwrap_or(handed_in);
    let days = u64::try_from((last - handed_in).num_days()).unwrap_or(30);
    let how = if rng.random_bool(0.2) { How::Qr } else { How::Door };
    let signed = handed_in + Days::new(rng.random_range(3..days));
    let why = if rng.random_bool(0.5) { Why::Absent } else { Why::Away };
    Plan { pledged: Some((signed, how)), why: Some((handed_in - Days::new(2), why)), ..registers(rng, handed_in) }
}

fn does_not_sign(rng: &mut StdRng, handed_in: NaiveDate) -> Plan {
    let why = match rng.random_range(0..10) {
        0 => Some(Why::Refused),
        1..=4 => Some(Why::Absent),
        5..=7 => Some(Why::Away),
        _ => None,
    };
    Plan { why: why.map(|why| (handed_in - Days::new(2), why)), ..registers(rng, handed_in) }
}

/// On the list of the group, by telephone or by a neighbour.
fn registers(rng: &mut StdRng, handed_in: NaiveDate) -> Plan {
    Plan { registered: Some((handed_in - Days::new(rng.random_range(2..=9)), How::Sheet)), ..Plan::default() }
}

/// How many households of a group have signed by the end of a day of the story's year.
#[must_use]
pub fn signed_by(ward: Ward, group: u8, day: NaiveDate) -> usize {
    plans(ward, group, YEAR).iter().filter(|plan| plan.pledged.is_some_and(|(on, _)| on <= day)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(YEAR, month, day).unwrap()
    }

    #[test]
    fn group_7_has_the_figures_of_its_page() {
        for day in [24, 25, 26, 28] {
            assert_eq!(signed_by(Ward::PhuocLong, 7, on(3, day)), 312, "{day}");
        }
        assert!(signed_by(Ward::PhuocLong, 7, on(3, 15)) < 312);
        assert_eq!(signed_by(Ward::PhuocLong, 7, on(11, 14)), 343);
    }

    #[test]
    fn most_groups_have_nearly_all_by_november_and_all_registered_in_time() {
        let share = |group| signed_by(Ward::PhuocLong, group, on(11, 14)) * 100 / count(Ward::PhuocLong, group);
        assert!((1..=24).filter(|group| share(*group) >= 85).count() >= 22);
        for group in (1..=24).filter(|group| *group != FORGOTTEN.0) {
            let in_time = handed_in_on(Ward::PhuocLong, group);
            let plans = plans(Ward::PhuocLong, group, YEAR);
            assert!(plans.iter().all(|plan| plan.registered.is_some_and(|(on, _)| on < in_time)), "{group}");
        }
        let forgotten = plans(Ward::PhuocLong, 21, YEAR).iter().filter(|plan| plan.registered.is_none()).count();
        assert_eq!(forgotten, FORGOTTEN.1.len());
    }

    #[test]
    fn nobody_signs_before_registering() {
        for year in [YEAR - 1, YEAR] {
            for plan in (1..=24).flat_map(|group| plans(Ward::PhuocLong, group, year)) {
                let (registered, pledged) = (plan.registered.map(|it| it.0), plan.pledged.map(|it| it.0));
                assert!(pledged.is_none() || registered.is_some_and(|day| Some(day) <= pledged), "{plan:?}");
            }
        }
    }
}
