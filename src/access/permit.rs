//! Proofs that a rule was asked.

use std::marker::PhantomData;

use super::{Actor, Role};

/// What can be permitted. Each act is a type, so that a permit to submit cannot pass for one to receive.
pub mod act {
    macro_rules! acts {
        ($($(#[$doc:meta])+ $name:ident),+ $(,)?) => {$(
            $(#[$doc])+
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
        )+};
    }
    acts! {
        /// Change parts and their files.
        Edit,
        /// Assess oneself against the criteria.
        Assess,
        /// Hand the dossier in.
        Submit,
        /// Take it back before it was received.
        Withdraw,
        /// Receive it at the level above.
        Receive,
        /// Send it back with reasons.
        Return,
        /// Judge a criterion.
        Judge,
        /// Declare the appraisal complete.
        Appraise,
        /// Recommend, or not.
        Conclude,
        /// Send recommended dossiers to the city.
        Forward,
        /// Recognise, or not.
        Recognise,
        /// Take a conclusion back, so that the desk looks again.
        Reopen,
        /// Hand a group's request back to its ward.
        HandBack,
        /// Take a recognition back by a later decision.
        Revoke,
        /// Issue the certificate of a recognition.
        Certify,
        /// Open a year.
        OpenCycle,
        /// Move a deadline, or lock late dossiers.
        ChangeCycle,
        /// Write in the register of households.
        KeepRegister,
        /// Move a household to another group.
        MoveHousehold,
        /// Record who registers and who signs the pledge.
        Record,
        /// Write down and answer what people ask about their own data.
        AnswerSubject,
        /// Enter a count of incidents.
        EnterIncident,
        /// Confirm counts of incidents.
        ConfirmIncident,
        /// Correct a count of incidents, or strike it out.
        CorrectIncident,
        /// Bring in the counts of the year before, and call them complete.
        KeepLastYear,
        /// Type figures that no register counts.
        SaveFigures,
        /// Write what the year of an agency, enterprise or school comes to.
        KeepUnitYear,
        /// Write, publish or throw away a ruleset of one's own place.
        WriteRuleset,
        /// Publish the wording of a kind of paper for one's own place.
        PublishWording,
        /// Call a meeting.
        PlanMeeting,
        /// Change what was planned.
        ChangeMeeting,
        /// Call the roll first.
        OpenMeeting,
        /// Keep the roll and the votes.
        KeepMeeting,
        /// Close it, which writes its conclusions.
        CloseMeeting,
        /// Draft a paper, or write over its draft.
        DraftPaper,
        /// Give a paper its number.
        IssuePaper,
        /// Take in a paper's signed file.
        SignPaper,
        /// Have papers and files of a year put together.
        MakeBundle,
    }
}

/// The proof that `of` may be put through the act `A` by this actor. Made only in this room, used up by the model.
#[derive(Debug)]
pub struct Permit<A, Of> {
    of: Of,
    signature: Signature,
    act: PhantomData<A>,
}

/// Who acts, in words and ids, as the journal keeps it.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The acting person and seat.
    pub actor: Actor,
}

impl<A, Of> Permit<A, Of> {
    pub(in crate::access) fn new(of: Of, actor: &Actor) -> Self {
        Self { of, signature: Signature { actor: actor.clone() }, act: PhantomData }
    }

    /// What it is about.
    pub const fn of(&self) -> &Of {
        &self.of
    }

    /// Who was permitted.
    pub const fn actor(&self) -> &Actor {
        &self.signature.actor
    }

    /// Uses the permit up.
    pub fn into_parts(self) -> (Of, Actor) {
        (self.of, self.signature.actor)
    }
}

/// A refusal: which rule, who could do it, said in a sentence by `words::denial`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("denied: {code:?}")]
pub struct Denial {
    /// Why.
    pub code: DenialCode,
    /// The seat that could do it, if any.
    pub who_can: Option<Role>,
}

/// Every reason for a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DenialCode {
    /// Another seat does this.
    NotThisSeat,
    /// The state of the dossier does not allow it.
    NotInThisState,
    /// The part was not returned, so it stays as it was handed in.
    PartClosed,
    /// The delegation does not cover this kind of dossier.
    OutsideDelegation,
    /// The ward locks what comes after the deadline.
    LateLocked,
    /// Required parts are missing.
    PartsMissing,
    /// Criteria without a self-assessment.
    AssessmentsMissing,
    /// Criteria without a verdict.
    VerdictsMissing,
    /// All must hold, and one does not.
    NotAllMet,
    /// The ruleset gives this to another level.
    AnotherLevelDecides,
    /// The city decides the groups before the ward.
    GroupsFirst,
    /// The ward's package is not received yet.
    PackageNotReceived,
    /// The ward's own request, which the others go along with, has not gone.
    PackageNotSent,
    /// Something material changed after the decision that the dossier rests on.
    Overtaken,
    /// The year exists already.
    YearExists,
    /// Marks are written in the newest year; older ones are closed.
    YearOver,
    /// The household does not live here any more.
    HouseholdEnded,
    /// The count of incidents was confirmed, or struck out.
    CountSealed,
    /// What was published stays as it is.
    RulesetPublished,
    /// The meeting is not that far, or over.
    MeetingInAnotherStep,
    /// An issued paper stands still.
    PaperIssued,
    /// The paper is a draft.
    PaperNotIssued,
}

impl Denial {
    /// A refusal that names the seat that could do it.
    #[must_use]
    pub const fn by(code: DenialCode, who_can: Role) -> Self {
        Self { code, who_can: Some(who_can) }
    }

    /// A refusal that holds for everybody.
    #[must_use]
    pub const fn always(code: DenialCode) -> Self {
        Self { code, who_can: None }
    }
}
