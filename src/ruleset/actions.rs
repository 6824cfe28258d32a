//! What stewards do with rulesets of their own: copy one, change the draft, publish it or throw it away.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::model::{Draft, Edit, Head, Origin, Piece, Ruleset, Unfit};
use super::store::draft::{self as drafts};
use super::store::{self, Owner};
use super::{Rulesets, check, check_edit};
use crate::access::{Actor, Permit, Place, Refused, act, rules};
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::id::{RulesetDraftId, RulesetId};
use crate::words::ruleset::edit as words;

/// The field in which a code is typed.
const CODE: &str = "ma";

fn invalid(field: &'static str, sentence: impl Into<String>) -> Refused {
    Refused::Invalid(vec![(field, sentence.into())])
}

/// The version that a code would get if this seat published under it now.
///
/// # Errors
/// A sentence at the code when it is somebody else's, or what the database says.
pub async fn next_version(conn: &mut PgConnection, actor: &Actor, code: &str) -> Result<u32, Refused> {
    match store::owner(conn, code).await? {
        None => Ok(1),
        Some(Owner { city: Some(city), ward, newest }) if city == actor.city && ward == actor.ward() => {
            Ok(newest.unsigned_abs() + 1)
        }
        Some(Owner { city: None, .. }) => Err(invalid(CODE, words::CODE_OF_LAW)),
        Some(_) => Err(invalid(CODE, words::CODE_TAKEN)),
    }
}

/// Copies a published ruleset into a new draft under a code of the steward's own.
///
/// # Errors
/// A rule, a code that is somebody else's or has an open draft, or what the database says.
pub async fn copy(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    (base, code, head): (RulesetId, &str, &Head),
    now: DateTime<Utc>,
) -> Result<RulesetDraftId, Refused> {
    rules::can_edit_rulesets(actor)?;
    let mut tx = db.begin().await?;
    let origin = rulesets.get(&mut tx, base).await?;
    let version = next_version(&mut tx, actor, code).await?;
    let based_on = Some(Origin { code: origin.code.clone(), version: origin.version });
    let copied = Ruleset { code: code.to_owned(), version, based_on, ..unmapped(&origin) };
    let faulty = |unfit: Unfit| invalid("", words::unfit(&unfit));
    let body = Edit::Head(head.clone()).apply(&copied).map_err(faulty)?;
    if let Some((id, stands, is_fresh)) = drafts::open_under(&mut tx, (actor, code)).await? {
        // The same form sent twice: the first one did it.
        let is_same = is_fresh && Ruleset::from_json(&stands).is_ok_and(|stands| stands == body);
        return if is_same { Ok(id) } else { Err(invalid(CODE, words::CODE_HAS_DRAFT)) };
    }
    let id = RulesetDraftId::new(now);
    drafts::insert(&mut tx, (id, actor), (base, &body), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// The rules of a ruleset without what it says about its own origin: a copy of it has another one.
fn unmapped(origin: &Ruleset) -> Ruleset {
    let mut copy = origin.clone();
    copy.subjects.iter_mut().flat_map(|rules| &mut rules.criteria).for_each(|it| it.was.clear());
    copy
}

/// Locks a draft and asks whether this seat may write it.
async fn held(
    conn: &mut PgConnection,
    actor: &Actor,
    id: RulesetDraftId,
) -> Result<Permit<act::WriteRuleset, Draft>, Refused> {
    drafts::lock(conn, id).await?;
    Ok(rules::may_write_ruleset(actor, drafts::load(conn, id).await?)?)
}

/// Changes one place of a draft; `mark` is what [`Piece::mark`] gave when the form was drawn.
///
/// # Errors
/// A rule, a place that somebody else changed, what [`check`] finds, or what the database says.
pub async fn edit(
    mut db: Scoped,
    actor: &Actor,
    (id, mark): (RulesetDraftId, &str),
    edit: &Edit,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let permit = held(&mut tx, actor, id).await?;
    let before = &permit.of().body;
    let after = edit.apply(before).map_err(|unfit| match unfit {
        Unfit::Gone => Refused::Stale,
        in_use @ Unfit::InUse(_) => invalid("", words::unfit(&in_use)),
    })?;
    // The same form sent twice, or one that changes nothing.
    if after == *before {
        return Ok(());
    }
    // Moving names the place to go to, so it needs to know of no other one.
    let moves = matches!(edit, Edit::PlaceCriterion(..));
    if !moves && edit.piece().mark(before).as_deref() != Some(mark) {
        return Err(Refused::Stale);
    }
    let faults = check_edit(before, &after, &edit.written());
    if !faults.is_empty() {
        return Err(Refused::Invalid(faults.into_iter().map(|fault| ("", fault.sentence)).collect()));
    }
    drafts::save(&mut tx, &permit, &after, (&actor.person.name, now)).await?;
    tx.commit().await?;
    Ok(())
}

/// Throws a draft away. Nothing rests on a draft, so nothing else changes.
///
/// # Errors
/// A rule, or what the database says.
pub async fn throw_away(mut db: Scoped, actor: &Actor, id: RulesetDraftId, now: DateTime<Utc>) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let permit = held(&mut tx, actor, id).await?;
    drafts::throw_away(&mut tx, &permit, (&actor.person.name, now)).await?;
    tx.commit().await?;
    Ok(())
}

/// Under what name a draft is published, as the person saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The code, perhaps typed anew.
    pub code: String,
    /// The version that the page showed for the code that it showed.
    pub shown: (String, u32),
    /// What [`Piece::mark`] of the whole draft gave.
    pub mark: String,
}

/// Publishes a draft: from then on it can be chosen for a year, and never changes. Gives its code and version.
///
/// # Errors
/// A rule, a draft that changed or has mistakes, a code or a version that is taken, or what the database says.
pub async fn publish(
    db: &mut Scoped,
    actor: &Actor,
    (id, naming): (RulesetDraftId, &Naming),
    now: DateTime<Utc>,
) -> Result<(String, i32), Refused> {
    let mut tx = db.begin().await?;
    drafts::lock(&mut tx, id).await?;
    let draft = drafts::load(&mut tx, id).await?;
    if let Some(published) = draft.published.clone() {
        // Pressed twice: the first one did it.
        rules::can_edit_rulesets(actor)?;
        return Ok(published);
    }
    if Piece::Whole.mark(&draft.body).as_deref() != Some(&naming.mark) {
        return Err(Refused::Stale);
    }
    let version = next_version(&mut tx, actor, &naming.code).await?;
    let (code, shown) = &naming.shown;
    if *code == naming.code && *shown != version {
        return Err(invalid(CODE, words::version_taken(*shown, version)));
    }
    let ruleset = Ruleset { code: naming.code.clone(), version, ..draft.body.clone() };
    if !check(&ruleset).is_empty() {
        return Err(invalid("", words::NOT_READY));
    }
    let permit = rules::may_write_ruleset(actor, draft)?;
    let written = drafts::publish(&mut tx, &permit, &ruleset, (&actor.person.name, now)).await;
    written.map_err(|refused| if is_taken(&refused) { invalid(CODE, words::CODE_TAKEN) } else { refused })?;
    tell(&mut tx, actor, &ruleset, now).await?;
    tx.commit().await?;
    Ok((ruleset.code, i32::try_from(version).map_err(anyhow::Error::from)?))
}

/// Whether somebody whose rulesets this seat cannot see has published under that code and version.
fn is_taken(refused: &Refused) -> bool {
    let Refused::Failed(error) = refused else { return false };
    let database = error.downcast_ref::<sqlx::Error>().and_then(sqlx::Error::as_database_error);
    database.and_then(|db| db.constraint()) == Some("ruleset_version_once")
}

async fn tell(conn: &mut PgConnection, actor: &Actor, ruleset: &Ruleset, now: DateTime<Utc>) -> Result<(), Refused> {
    let unit = actor.ward().unwrap_or(actor.city);
    let entry = Entry {
        ward: actor.ward(),
        subject: Some(unit),
        detail: json!({
            "code": ruleset.code, "version": ruleset.version, "title": ruleset.title, "sha256": ruleset.sha256(),
        }),
        ..Entry::at(actor, Place { city: actor.city, ward: unit, group: None }, "ruleset_published")
    };
    journal::store::write(conn, &entry, now).await?;
    Ok(())
}
