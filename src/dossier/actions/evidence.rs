//! Evidence of a criterion: files and facts added, dated, named, used for several things, replaced by a newer version, taken out. None
//! of it changes what the unit finds; a verdict that looked at it before sees what is new.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::fill::{Brought, Target, check_target, day_of, entry, names};
use super::{Opened, open};
use crate::access::{Actor, Refused};
use crate::dossier::model::{EvidenceInput, FactInput, FileRow};
use crate::dossier::store::{self, NewFile, Purpose, Thing};
use crate::journal;
use crate::platform::db::Scoped;
use crate::platform::id::{AttachmentId, DossierId};
use crate::ruleset::cache::Rulesets;
use crate::upload;

/// Whose hand is at which criterion of which dossier, and when.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// Published rulesets.
    pub rulesets: &'a Rulesets,
    /// Who.
    pub actor: &'a Actor,
    /// The dossier.
    pub id: DossierId,
    /// The criterion, by code.
    pub criterion: &'a str,
    /// The moment.
    pub now: DateTime<Utc>,
}

impl Spot<'_> {
    /// Locks and loads the dossier, if this seat may change the evidence here.
    async fn enter(&self, conn: &mut PgConnection) -> Result<Opened, Refused> {
        store::lock(conn, self.id).await?;
        let opened = open(conn, self.rulesets, self.id).await?;
        check_target(self.actor, &opened, &Target::Criterion(self.criterion.to_owned()), self.now)?;
        Ok(opened)
    }

    /// Writes the event, and that somebody was here: evidence answers a return.
    async fn leave(
        &self,
        conn: &mut PgConnection,
        opened: &Opened,
        verb: &'static str,
        mut detail: serde_json::Value,
    ) -> Result<(), Refused> {
        let (dossier, by) = (&opened.whole.dossier, &self.actor.person.name);
        store::touch_assessment(conn, dossier, self.criterion, by, self.now).await?;
        detail["criterion"] = self.criterion.into();
        journal::store::write(conn, &entry(self.actor, &opened.whole, verb, detail), self.now).await?;
        Ok(())
    }
}

/// Adds files.
///
/// # Errors
/// A rule, or a criterion that is closed.
pub async fn add_evidence(
    mut db: Scoped,
    spot: Spot<'_>,
    input: EvidenceInput,
    brought: &Brought,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let opened = spot.enter(&mut tx).await?;
    let fresh = brought.fresh(opened.whole.evidence_for(spot.criterion));
    upload::store::used(&mut tx, &brought.uploads, spot.now).await?;
    // The same form sent twice finds its files there.
    if fresh.is_empty() {
        return Ok(tx.commit().await?);
    }
    for file in &fresh {
        let new = NewFile { file, day: day_of(file, input.day), piece: input.piece, replaces: None };
        let purpose = Purpose::Criterion(spot.criterion);
        store::add_file(&mut tx, &opened.whole.dossier, purpose, &new, spot.actor, spot.now).await?;
    }
    let detail = serde_json::json!({ "files": names(&fresh) });
    spot.leave(&mut tx, &opened, "evidence_added", detail).await?;
    Ok(tx.commit().await?)
}

/// Says something that happened, without a file.
///
/// # Errors
/// A rule, or a criterion that is closed.
pub async fn say(mut db: Scoped, spot: Spot<'_>, input: &FactInput) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let opened = spot.enter(&mut tx).await?;
    let said = opened.whole.facts_for(spot.criterion).contains(&(input.day, input.said.as_str()));
    if said {
        return Ok(());
    }
    store::add_fact(&mut tx, &opened.whole.dossier, spot.criterion, input, spot.actor, spot.now).await?;
    spot.leave(&mut tx, &opened, "fact_said", serde_json::json!({ "on": input.day })).await?;
    Ok(tx.commit().await?)
}

/// The use named, among files and facts of the criterion.
fn thing(opened: &Opened, criterion: &str, use_id: Uuid) -> Option<Thing> {
    let of = |code: &Option<String>| code.as_deref() == Some(criterion);
    let whole = &opened.whole;
    let file = whole.evidence.iter().find(|it| it.use_id == use_id && of(&it.criterion)).map(|it| Thing::File(it.id));
    file.or_else(|| {
        whole.facts_said.iter().find(|it| it.use_id == use_id && of(&it.criterion)).map(|it| Thing::Fact(it.id))
    })
}

fn file<'a>(opened: &'a Opened, criterion: &str, use_id: Uuid) -> Result<&'a FileRow, Refused> {
    let held = opened.whole.evidence.iter().find(|it| it.use_id == use_id);
    held.filter(|it| it.criterion.as_deref() == Some(criterion)).ok_or(Refused::NotFound)
}

/// Says which listed paper a piece of evidence is and, where nobody said it yet, when what it shows happened.
///
/// # Errors
/// A rule, or a criterion that is closed.
pub async fn note(mut db: Scoped, spot: Spot<'_>, use_id: Uuid, input: EvidenceInput) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let opened = spot.enter(&mut tx).await?;
    let thing = thing(&opened, spot.criterion, use_id).ok_or(Refused::NotFound)?;
    store::name_use(&mut tx, &opened.whole.dossier, use_id, input.piece).await?;
    let mut dated = None;
    if let (Thing::File(id), Some(day)) = (thing, input.day)
        && file(&opened, spot.criterion, use_id)?.evidence_on.is_none()
    {
        store::date_file(&mut tx, id, day).await?;
        dated = Some(day);
    }
    spot.leave(&mut tx, &opened, "evidence_noted", serde_json::json!({ "on": dated })).await?;
    Ok(tx.commit().await?)
}

/// Uses a file or a fact for another criterion, or a file for a part.
///
/// # Errors
/// A rule, or a place that is closed.
pub async fn share(mut db: Scoped, spot: Spot<'_>, use_id: Uuid, to: &Target) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let opened = spot.enter(&mut tx).await?;
    check_target(spot.actor, &opened, to, spot.now)?;
    let thing = thing(&opened, spot.criterion, use_id).ok_or(Refused::NotFound)?;
    let whole = &opened.whole;
    let (purpose, is_there) = match (to, thing) {
        (Target::Criterion(code), Thing::File(id)) => {
            (Purpose::Criterion(code), whole.evidence_for(code).iter().any(|it| it.id == id))
        }
        (Target::Criterion(code), Thing::Fact(id)) => {
            let there = |it: &crate::dossier::model::FactRow| it.id == id && it.criterion.as_ref() == Some(code);
            (Purpose::Criterion(code), whole.facts_said.iter().any(there))
        }
        (Target::Part(code), Thing::File(id)) => {
            let part = whole.part(code).ok_or(Refused::NotFound)?;
            (Purpose::Part(part.id), part.files.iter().any(|it| it.id == id))
        }
        // A part is papers.
        (Target::Part(_), Thing::Fact(_)) => return Err(Refused::NotFound),
    };
    if is_there {
        return Ok(());
    }
    store::add_use(&mut tx, &whole.dossier, thing, purpose, spot.now).await?;
    if let Target::Part(code) = to {
        store::touch_part(&mut tx, &whole.dossier, code, &spot.actor.person.name, spot.now).await?;
    }
    spot.leave(&mut tx, &opened, "evidence_shared", serde_json::json!({ "to": to.code() })).await?;
    Ok(tx.commit().await?)
}

/// Puts a newer version of a file in its place, wherever it is used and open; the older one is kept and stays readable.
///
/// # Errors
/// A rule, or a criterion that is closed.
pub async fn renew(
    mut db: Scoped,
    spot: Spot<'_>,
    use_id: Uuid,
    day: Option<NaiveDate>,
    brought: &Brought,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let opened = spot.enter(&mut tx).await?;
    // Sent twice: the older version is out already.
    let (Ok(old), Some(new)) = (file(&opened, spot.criterion, use_id), brought.files.first()) else { return Ok(()) };
    if old.sha256 == new.hash.to_string() {
        return Ok(());
    }
    let (whole, by) = (&opened.whole, &spot.actor.person.name);
    let version = NewFile { file: new, day: day.or(old.evidence_on), piece: old.piece, replaces: Some(old.id) };
    let purpose = Purpose::Criterion(spot.criterion);
    let id = store::add_file(&mut tx, &whole.dossier, purpose, &version, spot.actor, spot.now).await?;
    store::remove_file(&mut tx, &whole.dossier, use_id, by, spot.now).await?;
    for other in whole.evidence.iter().filter(|it| it.id == old.id && it.use_id != use_id) {
        let Some(code) = other.criterion.as_deref().filter(|code| whole.criterion_is_open(code)) else { continue };
        store::add_use(&mut tx, &whole.dossier, Thing::File(id), Purpose::Criterion(code), spot.now).await?;
        store::remove_file(&mut tx, &whole.dossier, other.use_id, by, spot.now).await?;
    }
    for part in whole.parts.iter().filter(|part| part.open) {
        for other in part.files.iter().filter(|it| it.id == old.id) {
            store::add_use(&mut tx, &whole.dossier, Thing::File(id), Purpose::Part(part.id), spot.now).await?;
            store::remove_file(&mut tx, &whole.dossier, other.use_id, by, spot.now).await?;
        }
    }
    upload::store::used(&mut tx, &brought.uploads, spot.now).await?;
    spot.leave(&mut tx, &opened, "evidence_renewed", serde_json::json!({ "files": [new.name] })).await?;
    Ok(tx.commit().await?)
}

/// Uses a file again that this unit has elsewhere: in a part of this year's dossiers, or with last year's criterion. Its day stays.
///
/// # Errors
/// A rule, or a criterion that is closed.
pub async fn use_again(mut db: Scoped, spot: Spot<'_>, attachment: AttachmentId) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let opened = spot.enter(&mut tx).await?;
    let criterion = opened.rules()?.criterion(spot.criterion).ok_or(Refused::NotFound)?;
    let offers = store::offers(&mut tx, &opened.whole.dossier, criterion, opened.whole.year).await?;
    // Not offered any more: pressed twice.
    let Some(offer) = offers.into_iter().find(|offer| offer.id == attachment) else { return Ok(()) };
    let purpose = Purpose::Criterion(spot.criterion);
    if offer.is_of_this_year {
        store::add_use(&mut tx, &opened.whole.dossier, Thing::File(offer.id), purpose, spot.now).await?;
    } else {
        store::copy_file(&mut tx, &opened.whole.dossier, spot.criterion, offer.id, spot.actor, spot.now).await?;
    }
    spot.leave(&mut tx, &opened, "evidence_reused", serde_json::json!({ "files": [offer.name] })).await?;
    Ok(tx.commit().await?)
}

/// Takes a file or a fact out of a part or a criterion; earlier submissions keep it.
///
/// # Errors
/// A rule or a closed part.
#[allow(clippy::too_many_arguments, reason = "one function per verb: who, what, from what, when")]
pub async fn remove_file(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    id: DossierId,
    target: &Target,
    use_id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let opened = open(&mut tx, rulesets, id).await?;
    check_target(actor, &opened, target, now)?;
    let (whole, by) = (&opened.whole, &actor.person.name);
    let held = match target {
        Target::Part(code) => whole.part(code).is_some_and(|part| part.files.iter().any(|it| it.use_id == use_id)),
        Target::Criterion(code) => thing(&opened, code, use_id).is_some(),
    };
    // Taken out already: the same button pressed twice.
    if !held {
        return Ok(());
    }
    store::remove_file(&mut tx, &whole.dossier, use_id, by, now).await?;
    match target {
        Target::Part(code) => store::touch_part(&mut tx, &whole.dossier, code, by, now).await?,
        Target::Criterion(code) => store::touch_assessment(&mut tx, &whole.dossier, code, by, now).await?,
    }
    let detail = serde_json::json!({ "target": target.code() });
    journal::store::write(&mut tx, &entry(actor, whole, "file_removed", detail), now).await?;
    tx.commit().await?;
    Ok(())
}
