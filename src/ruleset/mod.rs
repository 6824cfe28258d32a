//! Law as data.
//!
//! Circulars and plans change under the program, so nothing of them is a constant in the code. A
//! [`Ruleset`] says who is judged, by which criteria, in which window, on which papers, by when and
//! by whom, each line with the article it rests on and how sure we are of having read it right.
//! Rulesets are readable TOML files under `files/`; [`shipped`] gives the ones that come with the
//! program and [`parse`] reads one that a steward wrote, naming file, line and rule of everything
//! that is wrong. Once published a ruleset is immutable: it is stored as [`Ruleset::canonical_json`]
//! under its [`Ruleset::sha256`], and a cycle pins that version for ever.
//!
//! A steward writes rulesets without a programmer: a copy of a published one is changed place by place ([`model::Edit`]), compared
//! with its origin ([`model::Comparison`]), judged by the same [`check`] as the files, and published for the own ward or city.

pub mod actions;
mod check;
pub mod engine;
mod form;
pub mod load;
pub mod model;

pub use cache::Rulesets;
pub use check::{Fault, Step, check, check_edit};
pub use load::{LoadError, Problem, parse, shipped};
pub use model::{
    Confidence, Criterion, CriterionKind, DayRule, DeadlineCode, DeadlineRule, Difference, DossierKind, Finding,
    Gravity, IncidentType, Instrument, Level, Metric, Origin, PartRule, Period, Ruleset, SubjectKind, SubjectRules,
    UnknownCode, UpperLevel, Window, WindowRule, WindowYear, quarter_one,
};

pub mod cache;
pub mod pages;
pub mod store;
pub mod urls;
