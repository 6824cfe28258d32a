//! What is typed about counts, figures and units.

use std::str::FromStr;

use chrono::NaiveDate;

use super::actions::{Titled, Total};
use super::model::figure::{self, Row, Typed};
use super::model::unit::{Participation, Standing};
use super::model::{Belongs, Facts, Group, MOST, REASON_MAX, When, Year};
use super::store::{Held, Seen};
use crate::platform::id::{CountBatchId, IncidentId, UnitId};
use crate::ruleset::{Gravity, IncidentType, Metric};
use crate::web::form::Filled;
use crate::words::incident as words;

/// The choice "of no group".
pub(super) const NO_GROUP: &str = "khong";
/// The longest number of a decision.
const NUMBER_MAX: usize = 60;

/// What a count is read against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Against<'a> {
    pub(super) year: &'a Year,
    pub(super) kinds: &'a [IncidentType],
    /// The groups that the seat may write for.
    pub(super) groups: &'a [Group],
    /// Whether it may write for no group.
    pub(super) of_no_group: bool,
    pub(super) today: NaiveDate,
}

/// The group of a form: of a closed list; `Some(None)` is none of them.
fn group<'a>(form: &mut Filled, against: &Against<'a>) -> Option<Option<&'a Group>> {
    let code = form.value("to").trim().to_owned();
    if code == NO_GROUP && against.of_no_group {
        return Some(None);
    }
    let found = against.groups.iter().find(|group| group.code == code);
    if found.is_none() {
        form.fail("to", words::GROUP_MISSING);
    }
    found.map(Some)
}

/// The type of a form.
fn kind<'a>(form: &mut Filled, against: &Against<'a>) -> Option<&'a IncidentType> {
    let found = against.kinds.iter().find(|kind| kind.code == form.value("loai"));
    if found.is_none() {
        form.fail("loai", words::KIND_MISSING);
    }
    found
}

fn number(form: &mut Filled) -> Option<i32> {
    form.whole("so-vu", 1..=MOST, words::NUMBER_MISSING).and_then(|n| i32::try_from(n).ok())
}

/// A day that was, in the life of its group, and of this window; of another one only when somebody ticked that it is.
fn day(form: &mut Filled, against: &Against<'_>, group: Option<Option<&Group>>) -> Option<NaiveDate> {
    let day = form.day("ngay", words::DAY_MISSING)?;
    if day > against.today {
        form.fail("ngay", words::not_yet(day));
        return None;
    }
    let group = group?;
    if let Some(group) = group.filter(|group| !group.lives_on(day)) {
        form.fail("to", words::group_elsewhen(&group.short, (group.from, group.to), day));
        return None;
    }
    match against.year.belongs(day, group.is_some()) {
        Belongs::Here => Some(day),
        Belongs::TooOld => {
            let first = against.year.window(group.is_some()).year_before().from;
            form.fail("ngay", words::too_old(day, first));
            None
        }
        Belongs::To(year) if form.has("ky-khac", &day.to_string()) => Some(day).filter(|_| year != against.year.year),
        Belongs::To(year) => {
            form.fail("ngay", words::other_year(day, year));
            None
        }
    }
}

/// The tick that a day of another year asks for: the value of its box, and what it says.
pub(super) fn other_year(form: &Filled, against: &Against<'_>) -> Option<(String, String)> {
    let mut probe = form.clone();
    let day = probe.day_optional("ngay").filter(|day| *day <= against.today)?;
    let of_group = form.value("to") != NO_GROUP;
    match against.year.belongs(day, of_group) {
        Belongs::To(year) => Some((day.to_string(), words::keep_other_year(day, year))),
        Belongs::Here | Belongs::TooOld => None,
    }
}

/// Reads a new count, with the id that makes it one however often it is sent.
///
/// # Errors
/// The form with its sentences.
pub(super) fn entered(mut form: Filled, against: &Against<'_>) -> Result<(IncidentId, Titled), Filled> {
    let facts = dated(&mut form, against);
    let id = form.value("ma").parse::<IncidentId>().ok();
    if id.is_none() {
        form.fail("", words::DRAWN_ANEW);
    }
    form.finish(id.zip(facts))
}

/// The facts of a count with a day.
fn dated(form: &mut Filled, against: &Against<'_>) -> Option<Titled> {
    let kind = kind(form, against);
    let n = number(form);
    let gravity = form.one_of::<Gravity>("muc-do", words::GRAVITY_MISSING);
    let group = group(form, against);
    let day = day(form, against, group);
    let group = group?.map(|group| group.id);
    let (kind, n, gravity, day) = (kind?, n?, gravity?, day?);
    let facts = Facts { kind: kind.code.clone(), gravity, when: When::Day(day), group, n };
    Some(Titled { facts, title: kind.title.clone() })
}

/// A count as the fields of its form.
pub(super) fn of_facts(facts: &Facts, year: &Year) -> Filled {
    let code = facts.group.map_or(Some(NO_GROUP), |id| year.group(id).map(|group| group.code.as_str()));
    let form = Filled::default()
        .with("loai", &facts.kind)
        .with("so-vu", facts.n.to_string())
        .with("muc-do", facts.gravity.as_str())
        .with("to", code.unwrap_or_default());
    match facts.when {
        // A day of another year was ticked when it was entered.
        When::Day(day) => form.with("ngay", crate::web::filters::dates::day(day)).with("ky-khac", day.to_string()),
        When::Year(_) => form,
    }
}

/// Reads a correction. Of a total kept without a day only the number changes; anything else is another total.
///
/// # Errors
/// The form with its sentences.
pub(super) fn corrected(
    mut form: Filled,
    (before, against): (&Facts, &Against<'_>),
) -> Result<(Titled, String), Filled> {
    let facts = match before.when {
        When::Day(_) => dated(&mut form, against),
        When::Year(_) => number(&mut form).map(|n| Titled {
            facts: Facts { n, ..before.clone() },
            title: words::kind(against.kinds, &before.kind).to_owned(),
        }),
    };
    let reason = reason(&mut form);
    form.finish(facts.zip(reason))
}

/// A reason, at least as long as a word.
fn reason(form: &mut Filled) -> Option<String> {
    let reason = form.long_text("ly-do", REASON_MAX, words::REASON_MISSING)?;
    if reason.chars().count() < 3 {
        form.fail("ly-do", words::REASON_MISSING);
        return None;
    }
    Some(reason)
}

/// Reads why a count, or a list, is struck out.
///
/// # Errors
/// The form with its sentences.
pub(super) fn struck(mut form: Filled) -> Result<String, Filled> {
    let reason = reason(&mut form);
    form.finish(reason)
}

/// Reads which counts are confirmed: "id:revision" each.
///
/// # Errors
/// The form with its sentence.
pub(super) fn ticked(mut form: Filled) -> Result<Vec<Seen>, Filled> {
    let seen = |text: &str| {
        let (id, revision) = text.split_once(':')?;
        Some(Seen { id: id.parse().ok()?, revision: revision.parse().ok()? })
    };
    let picked: Vec<Seen> = form.values_of("vu").into_iter().filter_map(seen).collect();
    if picked.is_empty() {
        form.fail("", words::NOTHING_TICKED);
    }
    form.finish(Some(picked))
}

/// Reads the id of a list.
///
/// # Errors
/// The form with its sentence.
pub(super) fn batch(mut form: Filled) -> Result<CountBatchId, Filled> {
    let id = form.value("ma").parse().ok();
    if id.is_none() {
        form.fail("", words::DRAWN_ANEW);
    }
    form.finish(id)
}

/// What a form carries of a figure: the revision and the value that it was drawn with.
pub(super) fn carried(revision: i32, value: Option<i32>) -> String {
    format!("{revision}:{}", value.map(|value| value.to_string()).unwrap_or_default())
}

/// The hidden field that says what a field was drawn with.
pub(super) fn seen(name: &str) -> String {
    format!("cu.{name}")
}

/// A figure as the form saw it.
fn saw(text: &str) -> Option<(i32, Option<i32>)> {
    let (revision, value) = text.split_once(':')?;
    let value = if value.is_empty() { None } else { Some(value.parse().ok()?) };
    Some((revision.parse().ok()?, value))
}

/// A number or nothing; the outer `None` is one that cannot be read, with its sentence.
fn number_or_nothing(form: &mut Filled, name: &str, most: i64) -> Option<Option<i32>> {
    if form.value(name).trim().is_empty() {
        return Some(None);
    }
    form.whole(name, 0..=most, "").map(|n| i32::try_from(n).ok())
}

/// The field of a total.
pub(super) fn total_field(kind: &str) -> String {
    format!("vu.{kind}")
}

/// The totals of the year before as the fields of their form: one for each type, and what it was drawn with.
pub(super) fn of_totals(kinds: &[IncidentType], held: &[Held]) -> Filled {
    kinds.iter().fold(Filled::default(), |form, kind| {
        let before = held.iter().find(|held| held.kind == kind.code);
        let n = before.map(|held| held.n.to_string()).unwrap_or_default();
        form.with(&total_field(&kind.code), n).with(
            &seen(&total_field(&kind.code)),
            carried(before.map_or(0, |held| held.revision), before.map(|held| held.n)),
        )
    })
}

/// Reads the totals that somebody changed. 0 is said by leaving a field empty and calling the year complete.
///
/// # Errors
/// The form with its sentences.
pub(super) fn totals(mut form: Filled, kinds: &[IncidentType]) -> Result<Vec<Total>, Filled> {
    let mut totals = vec![];
    for kind in kinds {
        let Some((revision, before)) = saw(form.value(&seen(&total_field(&kind.code)))) else { continue };
        let Some(n) = number_or_nothing(&mut form, &total_field(&kind.code), MOST) else { continue };
        let n = n.filter(|n| *n > 0);
        if n != before {
            totals.push(Total { kind: kind.code.clone(), n, revision });
        }
    }
    form.finish(Some(totals))
}

/// The field of a figure.
pub(super) fn field(row: &Row, metric: Metric) -> String {
    format!("{}.{}", metric.as_str(), if row.code.is_empty() { "phuong" } else { &row.code })
}

/// Figures as the fields of their form.
pub(super) fn of_figures(rows: &[Row]) -> Filled {
    let cells = rows.iter().flat_map(|row| figure::of(row.kind).iter().map(move |metric| (row, *metric)));
    cells.fold(Filled::default(), |form, (row, metric)| {
        let (figure, name) = (row.figure(metric), field(row, metric));
        form.with(&name, figure.value.map(|value| value.to_string()).unwrap_or_default())
            .with(&seen(&name), carried(figure.revision, figure.value))
    })
}

/// Reads the figures that somebody changed. An empty field is unknown; 0 is an answer.
///
/// # Errors
/// The form with its sentences.
pub(super) fn figures(mut form: Filled, rows: &[Row]) -> Result<Vec<Typed>, Filled> {
    let mut typed = vec![];
    for row in rows {
        for metric in figure::of(row.kind) {
            let name = field(row, *metric);
            // A field that the seat may not fill was not drawn.
            let Some((revision, before)) = saw(form.value(&seen(&name))) else { continue };
            let Some(value) = number_or_nothing(&mut form, &name, figure::MOST) else { continue };
            if value != before {
                typed.push(Typed { unit: row.id, kind: row.kind, metric: *metric, value, revision });
            }
        }
    }
    form.finish(Some(typed))
}

/// A unit's year as the fields of its form.
pub(super) fn of_unit(unit: &Participation) -> Filled {
    let day = |day: Option<NaiveDate>| day.map(crate::web::filters::dates::day).unwrap_or_default();
    Filled::default()
        .with("xet", if unit.counted { "co" } else { "khong" })
        .with("ly-do", unit.left_out_reason.as_deref().unwrap_or_default())
        .with("ngay-dang-ky", day(unit.registered_on))
        .with("ket-qua", unit.standing.as_str())
        .with("so", unit.number.as_deref().unwrap_or_default())
        .with("ngay", day(unit.decided_on))
}

/// "co" or "khong".
struct Yes(bool);

impl FromStr for Yes {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "co" => Ok(Self(true)),
            "khong" => Ok(Self(false)),
            _ => Err(()),
        }
    }
}

/// Reads what a unit's year comes to. What is left out has no result; a decision has number and day.
///
/// # Errors
/// The form with its sentences.
pub(super) fn unit(mut form: Filled, today: NaiveDate) -> Result<Participation, Filled> {
    let counted = form.one_of::<Yes>("xet", words::COUNTED_MISSING).map(|it| it.0);
    let past = |form: &mut Filled, name: &'static str| {
        let day = form.day_optional(name)?;
        if day > today {
            form.fail(name, words::not_yet(day));
        }
        Some(day)
    };
    let registered_on = past(&mut form, "ngay-dang-ky");
    let standing = form.one_of::<Standing>("ket-qua", words::STANDING_MISSING);
    let decided = standing.is_some_and(Standing::is_decided);
    let (number, decided_on) = if decided {
        let number = form.text("so", NUMBER_MAX, words::DECISION_NUMBER_MISSING);
        if form.value("ngay").trim().is_empty() {
            form.fail("ngay", words::DECISION_DAY_MISSING);
        }
        (number, past(&mut form, "ngay"))
    } else {
        (None, None)
    };
    let left_out_reason = if counted == Some(false) { reason(&mut form) } else { None };
    let whole = counted.zip(standing).map(|(counted, standing)| Participation {
        counted,
        left_out_reason,
        registered_on,
        standing,
        number,
        decided_on,
    });
    form.finish(whole)
}

/// The groups that a seat may write for, of those that were there.
pub(super) fn own<'y>(groups: impl Iterator<Item = &'y Group>, may: impl Fn(UnitId) -> bool) -> Vec<Group> {
    groups.filter(|group| may(group.id)).cloned().collect()
}
