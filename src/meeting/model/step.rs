//! The steps of a meeting's way: planned, open, closed. Each uses a permit up; only `store::apply` writes one.

use chrono::{DateTime, Utc};

use super::{Meeting, State};
use crate::access::{Actor, Permit, act};

/// One step, permitted and ready to be written. Only this file makes one.
#[derive(Debug)]
pub struct Step {
    before: (State, i32),
    after: Meeting,
    actor: Actor,
    verb: &'static str,
}

impl Step {
    fn take<A>(permit: Permit<A, Meeting>, verb: &'static str) -> Self {
        let (meeting, actor) = permit.into_parts();
        let before = (meeting.state(), meeting.revision);
        Self { before, after: Meeting { revision: meeting.revision + 1, ..meeting }, actor, verb }
    }

    /// The state and revision that the row must still have.
    #[must_use]
    pub const fn before(&self) -> (State, i32) {
        self.before
    }

    /// The row as it will be.
    #[must_use]
    pub const fn after(&self) -> &Meeting {
        &self.after
    }

    /// Who does it.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The journal's word for it.
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        self.verb
    }
}

/// Opens a planned meeting.
#[must_use]
pub fn open(permit: Permit<act::OpenMeeting, Meeting>, now: DateTime<Utc>) -> Step {
    let mut step = Step::take(permit, "meeting_opened");
    step.after.opened_at = Some(now);
    step
}

/// Closes an open meeting.
#[must_use]
pub fn close(permit: Permit<act::CloseMeeting, Meeting>, now: DateTime<Utc>) -> Step {
    let mut step = Step::take(permit, "meeting_closed");
    step.after.closed = Some((now, step.actor.person.name.clone()));
    step
}
