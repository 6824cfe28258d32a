//! Adding, renaming and ending units.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::model::{self, Close, Kind, NewUnit, Rename, Unfit, Unit};
use super::store::{self, Spot};
use crate::access::{Actor, Place, Refused, rules};
use crate::journal::{self, model::Entry};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::UnitId;
use crate::ruleset::cache::Rulesets;
use crate::ruleset::{DossierKind, SubjectKind};
use crate::{cycle, dossier, words};

fn invalid(unfit: &Unfit) -> Refused {
    Refused::Invalid(vec![words::area::unfit(unfit)])
}

/// What the database found wrong, at the field where it was typed.
fn at_field(error: sqlx::Error, new: &NewUnit) -> Refused {
    let constraint = error.as_database_error().and_then(|db| db.constraint());
    match constraint {
        Some("unit_code_once") => invalid(&Unfit::CodeTaken { code: new.code.clone() }),
        Some("unit_code_shape") => Refused::Invalid(vec![("ma", words::area::CODE_SHAPE.to_owned())]),
        Some("unit_name_length") => Refused::Invalid(vec![("ten", words::area::NAME_MISSING.to_owned())]),
        Some("unit_short_name_length") => {
            Refused::Invalid(vec![("ten-goi", words::area::SHORT_NAME_MISSING.to_owned())])
        }
        _ => error.into(),
    }
}

/// An event about a unit: a group's own is the group's to read, a city's has no ward.
fn event<'a>(actor: &'a Actor, (id, kind, ward): (UnitId, Kind, Option<UnitId>), verb: &'static str) -> Entry<'a> {
    let place =
        Place { city: actor.city, ward: ward.unwrap_or(actor.city), group: (kind == Kind::Group).then_some(id) };
    Entry { ward, subject: Some(id), ..Entry::at(actor, place, verb) }
}

/// Adds a unit. Units that it merges or replaces end on the day before. A group that begins while a year runs gets the
/// dossiers of that year.
///
/// # Errors
/// A rule, a code that is taken, an earlier unit that is not there, or what the database says.
pub async fn add(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    new: &NewUnit,
    now: DateTime<Utc>,
) -> Result<UnitId, Refused> {
    rules::can_add_unit(actor, new.kind)?;
    let mut tx = db.begin().await?;
    let id = UnitId::new(now);
    let ward = if new.kind == Kind::Ward { Some(id) } else { actor.ward() };
    let spot = Spot { id, parent: actor.ward().unwrap_or(actor.city), city: actor.city, ward };
    let earlier = match &new.origin {
        Some((_, codes)) => earlier(&mut tx, spot.parent, new, codes).await?,
        None => vec![],
    };
    let ended = end_earlier(&mut tx, actor, new, &earlier, now).await?;
    if store::is_code_taken(&mut tx, spot.parent, new).await? {
        return Err(invalid(&Unfit::CodeTaken { code: new.code.clone() }));
    }
    store::insert(&mut tx, spot, new).await.map_err(|error| at_field(error, new))?;
    if let Some((how, _)) = &new.origin {
        store::insert_origin(&mut tx, spot, *how, &earlier, new.from).await?;
    }
    let year =
        if new.kind == Kind::Group { join_year(&mut tx, rulesets, actor, (id, new.from), now).await? } else { None };
    let entry = Entry {
        detail: json!({
            "kind": new.kind.as_str(), "code": new.code, "name": new.name, "from": new.from, "year": year, "ended": ended,
            "how": new.origin.as_ref().map(|(how, _)| how.as_str()),
            "earlier": earlier.iter().map(|unit| unit.id).collect::<Vec<_>>(),
        }),
        ..event(actor, (id, new.kind, ward), "unit_added")
    };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// The units that the new one comes from: of each code the newest that stood, or had stood, before it begins.
async fn earlier(
    conn: &mut PgConnection,
    parent: UnitId,
    new: &NewUnit,
    codes: &[String],
) -> Result<Vec<Unit>, Refused> {
    let known = store::before(conn, parent, new.kind, new.from).await?;
    let mut found: Vec<Unit> = vec![];
    for code in codes {
        let unit = known.iter().find(|unit| model::same_code(&unit.code, code));
        let unit = unit.ok_or_else(|| invalid(&Unfit::NoSuchEarlier { code: code.clone() }))?;
        if !found.iter().any(|other| other.id == unit.id) {
            found.push(unit.clone());
        }
    }
    Ok(found)
}

/// Ends what is merged or replaced; tells how many.
async fn end_earlier(
    conn: &mut PgConnection,
    actor: &Actor,
    new: &NewUnit,
    earlier: &[Unit],
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    let (Some((how, _)), Some(last)) = (&new.origin, new.from.pred_opt()) else { return Ok(0) };
    let going_on = |unit: &&Unit| how.ends_the_earlier() && unit.valid_to.is_none_or(|day| day > last);
    let mut ended = 0;
    for unit in earlier.iter().filter(going_on) {
        rules::can_close_unit(actor, unit)?;
        store::close(conn, unit.id, unit.revision, last).await?;
        let entry = Entry {
            detail: json!({ "last": last, "by": new.name }),
            ..event(actor, (unit.id, unit.kind, unit.ward), "unit_closed")
        };
        journal::store::write(conn, &entry, now).await?;
        ended += 1;
    }
    Ok(ended)
}

/// Gives a new group its dossiers in the ward's newest year, when it begins before that year's window ends.
async fn join_year(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    actor: &Actor,
    (group, from): (UnitId, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Option<i32>, Refused> {
    let Some(ward) = actor.ward() else { return Ok(None) };
    let Some(newest) = cycle::store::list(conn, ward).await?.into_iter().next() else { return Ok(None) };
    let cycle = cycle::store::load(conn, ward, newest.year).await?;
    if from > cycle.calendar.group_window.to {
        return Ok(None);
    }
    let ruleset = rulesets.get(conn, cycle.ruleset).await?;
    let of_groups = ruleset
        .subject(SubjectKind::Group)
        .ok_or_else(|| anyhow::anyhow!("ruleset {} judges no groups", ruleset.code))?;
    let place = Place { city: actor.city, ward, group: Some(group) };
    for kind in [DossierKind::Registration, DossierKind::Request] {
        let parts: Vec<&str> = of_groups.parts(kind).iter().map(|part| part.code.as_str()).collect();
        dossier::store::create(conn, cycle.id, kind, &[place], &parts, now).await?;
    }
    Ok(Some(newest.year))
}

/// Gives a unit another name from a day on; papers before that day keep the old one.
///
/// # Errors
/// A rule, a stale form, a day on which the name cannot change, or what the database says.
pub async fn rename(
    mut db: Scoped,
    actor: &Actor,
    (id, revision): (UnitId, i32),
    to: &Rename,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let story = store::story(&mut tx, id).await?;
    let unit = &story.unit;
    rules::can_rename_unit(actor, unit)?;
    if unit.revision == revision + 1 && unit.name == to.name && unit.short_name == to.short_name {
        // The same form sent twice: the first one did it.
        return Ok(());
    }
    if unit.revision != revision {
        return Err(Refused::Stale);
    }
    let kept = story.renamed(to, civil(now)).map_err(|unfit| invalid(&unfit))?;
    store::rename(&mut tx, unit, revision, to, &kept).await?;
    let entry = Entry {
        reason: to.reason.as_deref(),
        detail: json!({ "from": to.from, "old": unit.name, "new": to.name }),
        ..event(actor, (id, unit.kind, unit.ward), "unit_renamed")
    };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes the last day of a unit. It stays in the list and on its papers.
///
/// # Errors
/// A rule, a stale form, a day before the first, or what the database says.
pub async fn close(
    mut db: Scoped,
    actor: &Actor,
    (id, revision): (UnitId, i32),
    to: &Close,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let unit = store::story(&mut tx, id).await?.unit;
    rules::can_close_unit(actor, &unit)?;
    if unit.revision == revision + 1 && unit.valid_to == Some(to.last) {
        return Ok(());
    }
    if unit.revision != revision {
        return Err(Refused::Stale);
    }
    if to.last < unit.valid_from {
        return Err(invalid(&Unfit::EndsBeforeItBegins { from: unit.valid_from }));
    }
    store::close(&mut tx, id, revision, to.last).await?;
    let entry = Entry {
        reason: to.reason.as_deref(),
        detail: json!({ "last": to.last, "before": unit.valid_to }),
        ..event(actor, (id, unit.kind, unit.ward), "unit_closed")
    };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}
