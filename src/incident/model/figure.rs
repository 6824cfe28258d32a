//! Figures that somebody types because no register of the program counts them.

use serde::Deserialize;

use crate::platform::id::UnitId;
use crate::ruleset::{Metric, SubjectKind};

/// The figures of a group, in the order of the table.
pub const OF_GROUP: [Metric; 2] = [Metric::Population, Metric::CoreForceDisciplined];
/// The figures of the ward itself.
pub const OF_WARD: [Metric; 3] = [Metric::Population, Metric::WardPoliceDisciplined, Metric::EffectiveInitiatives];
/// The largest figure.
pub const MOST: i64 = 1_000_000;

/// The figures that a unit of that kind has here.
#[must_use]
pub const fn of(kind: SubjectKind) -> &'static [Metric] {
    match kind {
        SubjectKind::Ward => &OF_WARD,
        SubjectKind::Group => &OF_GROUP,
        SubjectKind::Agency | SubjectKind::Enterprise | SubjectKind::School => &[],
    }
}

/// A figure as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Figure {
    /// Which.
    pub metric: Metric,
    /// How many; none is unknown, which is not 0.
    pub value: Option<i32>,
    /// Counts changes; 0 before the first.
    pub revision: i32,
}

/// A unit of the table: the ward, or one of its groups.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// The unit.
    pub id: UnitId,
    /// The ward or a group.
    pub kind: SubjectKind,
    /// "07".
    pub code: String,
    /// "Tổ dân phố 7".
    pub name: String,
    /// What stands; a figure that nobody typed is not among them.
    pub figures: Vec<Figure>,
}

impl Row {
    /// A figure as it stands.
    #[must_use]
    pub fn figure(&self, metric: Metric) -> Figure {
        let found = self.figures.iter().find(|figure| figure.metric == metric);
        found.copied().unwrap_or(Figure { metric, value: None, revision: 0 })
    }
}

/// A figure that somebody changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    /// The unit.
    pub unit: UnitId,
    /// Its kind.
    pub kind: SubjectKind,
    /// Which figure.
    pub metric: Metric,
    /// How many; none takes it back.
    pub value: Option<i32>,
    /// The revision that the form saw.
    pub revision: i32,
}
