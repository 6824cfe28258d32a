//! How a criterion is decided: first which kinds of conditions, then the fields of each.

use super::judged;
use crate::ruleset::Step;
use crate::ruleset::model::{CriterionKind, Edit, Gravity, Metric, Ruleset, SubjectKind};
use crate::web::form::Filled;
use crate::words::ruleset::edit as words;

/// The most conditions that are typed; a file may hold more, and then all of them are shown.
const SLOTS: usize = 3;

/// A kind of condition as the first page offers it; a roll-up says whose criteria it asks.
#[must_use]
pub fn word(leaf: &CriterionKind) -> String {
    match leaf {
        CriterionKind::DocumentDated { .. } => "document_dated".to_owned(),
        CriterionKind::Ratio { .. } => "ratio".to_owned(),
        CriterionKind::Count { .. } => "count".to_owned(),
        CriterionKind::CountZero { .. } => "count_zero".to_owned(),
        CriterionKind::ZeroEvents { .. } => "zero_events".to_owned(),
        CriterionKind::Trend { .. } => "trend".to_owned(),
        CriterionKind::RollUp { subject, .. } => format!("roll_up.{subject}"),
        CriterionKind::Judgement | CriterionKind::All { .. } => "judgement".to_owned(),
    }
}

/// How many conditions the pages have room for.
#[must_use]
pub fn slots(kind: &CriterionKind) -> usize {
    kind.leaves().len().max(SLOTS)
}

fn name(field: &str, slot: usize) -> String {
    format!("{field}-{slot}")
}

/// The kinds of conditions of a criterion, to be chosen anew.
#[must_use]
pub fn of_kinds(kind: &CriterionKind) -> Filled {
    let chosen = kind.leaves().into_iter().enumerate();
    chosen.fold(Filled::default(), |form, (at, leaf)| form.with(&name("dk", at + 1), word(leaf)))
}

/// Whether a word is a kind of condition that this ruleset can have.
fn is_kind(ruleset: &Ruleset, word: &str) -> bool {
    match word.strip_prefix("roll_up.") {
        Some(subject) => subject.parse().is_ok_and(|subject: SubjectKind| ruleset.subject(subject).is_some()),
        None => ["document_dated", "ratio", "count", "count_zero", "zero_events", "trend", "judgement"].contains(&word),
    }
}

/// Reads which kinds of conditions are chosen, each with its slot.
///
/// # Errors
/// The form with a sentence when none is.
pub fn kinds(mut form: Filled, (ruleset, slots): (&Ruleset, usize)) -> Result<Vec<(usize, String)>, Filled> {
    let picked = |slot: usize| Some((slot, form.value(&name("dk", slot)).to_owned()));
    let chosen: Vec<(usize, String)> =
        (1..=slots).filter_map(picked).filter(|(_, word)| is_kind(ruleset, word)).collect();
    if chosen.is_empty() {
        form.fail("dk-1", words::KIND_MISSING);
        return Err(form);
    }
    Ok(chosen)
}

/// The fields of chosen conditions, filled with what the criterion says where it is of the same kind.
#[must_use]
pub fn of_conditions(chosen: &[(usize, String)], kind: &CriterionKind) -> Filled {
    let leaves = kind.leaves();
    chosen.iter().fold(Filled::default(), |form, (slot, chosen)| {
        let form = form.with(&name("dk", *slot), chosen);
        let at = slot.checked_sub(1);
        match at.and_then(|at| leaves.get(at)).filter(|leaf| word(leaf) == *chosen) {
            Some(leaf) => of_leaf(form, *slot, leaf),
            None => form,
        }
    })
}

fn of_leaf(form: Filled, slot: usize, leaf: &CriterionKind) -> Filled {
    let all = |form: Filled, field: &str, codes: &[String]| {
        codes.iter().fold(form, |form, code| form.with(&name(field, slot), code))
    };
    match leaf {
        CriterionKind::DocumentDated { part, period } => {
            form.with(&name("phan", slot), part).with(&name("ky", slot), period.as_str())
        }
        CriterionKind::Ratio { numerator, denominator, at_least_percent } => form
            .with(&name("tu-so", slot), numerator.as_str())
            .with(&name("mau-so", slot), denominator.as_str())
            .with(&name("nguong", slot), at_least_percent.to_string()),
        CriterionKind::Count { metric, at_least } => {
            form.with(&name("so-lieu", slot), metric.as_str()).with(&name("it-nhat", slot), at_least.to_string())
        }
        CriterionKind::CountZero { metric } => form.with(&name("so-lieu", slot), metric.as_str()),
        CriterionKind::ZeroEvents { types, gravity } => {
            let form = all(form, "vu", types);
            form.with(&name("muc-do", slot), gravity.map_or("moi", Gravity::as_str))
        }
        CriterionKind::Trend { categories } => all(form, "vu", categories),
        CriterionKind::RollUp { of, .. } => all(form, "cua", of),
        CriterionKind::Judgement | CriterionKind::All { .. } => form,
    }
}

/// The fields of one condition while they are read.
struct Slot<'f> {
    form: &'f mut Filled,
    slot: usize,
}

impl Slot<'_> {
    fn metric(&mut self, field: &str) -> Option<Metric> {
        self.form.one_of(&name(field, self.slot), words::METRIC_MISSING)
    }

    /// A number; whether it is too large for a threshold, `check` says.
    fn number(&mut self, field: &str, missing: &str) -> Option<u32> {
        let read = self.form.whole(&name(field, self.slot), 0..=1_000_000, missing);
        read.and_then(|number| u32::try_from(number).ok())
    }

    fn codes(&self, field: &str) -> Vec<String> {
        self.form.values_of(&name(field, self.slot)).into_iter().map(str::to_owned).collect()
    }

    fn gravity(&mut self) -> Option<Option<Gravity>> {
        let field = name("muc-do", self.slot);
        if self.form.has(&field, "moi") {
            return Some(None);
        }
        self.form.one_of(&field, words::GRAVITY_MISSING).map(Some)
    }

    fn read(&mut self, word: &str) -> Option<CriterionKind> {
        if let Some(subject) = word.strip_prefix("roll_up.").and_then(|subject| subject.parse().ok()) {
            return Some(CriterionKind::RollUp { subject, of: self.codes("cua") });
        }
        match word {
            "document_dated" => {
                let part = self.form.text(&name("phan", self.slot), 60, words::PART_MISSING);
                let period = self.form.one_of(&name("ky", self.slot), words::PERIOD_MISSING);
                part.zip(period).map(|(part, period)| CriterionKind::DocumentDated { part, period })
            }
            "ratio" => {
                let (numerator, denominator) = (self.metric("tu-so"), self.metric("mau-so"));
                let percent = self.number("nguong", words::PERCENT_MISSING);
                numerator.zip(denominator).zip(percent).map(|((numerator, denominator), at_least_percent)| {
                    CriterionKind::Ratio { numerator, denominator, at_least_percent }
                })
            }
            "count" => {
                let (metric, at_least) = (self.metric("so-lieu"), self.number("it-nhat", words::NUMBER_MISSING));
                metric.zip(at_least).map(|(metric, at_least)| CriterionKind::Count { metric, at_least })
            }
            "count_zero" => self.metric("so-lieu").map(|metric| CriterionKind::CountZero { metric }),
            "zero_events" => {
                let gravity = self.gravity()?;
                Some(CriterionKind::ZeroEvents { types: self.codes("vu"), gravity })
            }
            "trend" => Some(CriterionKind::Trend { categories: self.codes("vu") }),
            _ => Some(CriterionKind::Judgement),
        }
    }
}

/// Reads the fields of the chosen conditions of a criterion.
///
/// # Errors
/// The form with its sentences.
pub fn conditions(
    mut form: Filled,
    (before, kind, code): (&Ruleset, SubjectKind, &str),
    chosen: &[(usize, String)],
) -> Result<Edit, Filled> {
    let mut read = |(slot, word): &(usize, String)| Slot { form: &mut form, slot: *slot }.read(word);
    // Every condition is read, so that every wrong field is said at once.
    let leaves: Vec<Option<CriterionKind>> = chosen.iter().map(&mut read).collect();
    let leaves: Option<Vec<CriterionKind>> = leaves.into_iter().collect();
    let whole =
        leaves.map(|mut leaves| if leaves.len() == 1 { leaves.remove(0) } else { CriterionKind::All { of: leaves } });
    let edit = whole.map(|whole| Edit::Conditions(kind, code.to_owned(), whole));
    judged(form, before, edit, |way| field(chosen, way))
}

/// Where a mistake is said: the way leads through `of` and a place to one of several conditions. A circle has no way of its own; it is
/// said at the roll-up that closes it.
fn field(chosen: &[(usize, String)], way: &[Step]) -> String {
    let (at, rest) = match way {
        [Step::Key("of"), Step::Item(at), rest @ ..] if chosen.len() > 1 => (Some(*at), rest),
        rest => (None, rest),
    };
    let rolls = |(_, word): &&(usize, String)| word.starts_with("roll_up.");
    let slot = match at {
        Some(at) => chosen.get(at),
        None => chosen.iter().find(rolls).or(chosen.first()),
    };
    let slot = slot.map_or(1, |(slot, _)| *slot);
    let field = rest.iter().find_map(|step| match step {
        Step::Key("part") => Some("phan"),
        Step::Key("at_least_percent") => Some("nguong"),
        Step::Key("types" | "categories") => Some("vu"),
        Step::Key(_) | Step::Item(_) => None,
    });
    name(field.unwrap_or("cua"), slot)
}
