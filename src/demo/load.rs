//! Fills an empty, migrated database with the demo.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use secrecy::SecretString;
use sqlx::{Connection, PgConnection};

use super::Year;
use super::households;
use super::people::{PASSWORD, people};
use super::places::{self, Places, Ward};
use super::police;
use super::stage::{Seated, Stage};
use super::store::{self, NewAccount, NewSeat};
use super::story::{Deed, Scene, Subject, Who, YEAR, story};
use crate::access::Role;
use crate::app::App;
use crate::platform::clock::first_moment;
use crate::platform::id::{AccountId, SeatId, UnitId};
use crate::ruleset::DossierKind;

/// Since when everybody sits where they sit: before any day on which a demo is likely to stand.
const SEATED_SINCE: (i32, u32, u32) = (2022, 1, 1);

/// From when on groups ask to be recognised.
const ASKS: (i32, u32, u32) = (YEAR, 11, 1);

/// Writes units, sample accounts and seats with the migration role, then plays the year up to `as_of` through the program's own
/// actions. With a blank year it is only opened, and the registers are empty. The database is migrated and empty; `app` is connected to it as `binhyen_app`.
///
/// # Errors
/// When the database refuses, or the program refuses a scene of the story; then the database is to be thrown away.
pub async fn load(migrate_url: &str, app: &App, as_of: DateTime<Utc>, year: Year) -> anyhow::Result<()> {
    let mut conn = PgConnection::connect(migrate_url).await?;
    let places = places::places(as_of);
    let password_hash = app.passwords.hash(SecretString::from(PASSWORD)).await?;
    let mut tx = conn.begin().await?;
    store::insert_places(&mut tx, &places).await?;
    let cast = seat_everybody(&mut tx, &places, &password_hash, as_of).await?;
    tx.commit().await?;
    let scenes = if year.blank { opened_only(as_of) } else { until(as_of, year.desk_rests) };
    let mut stage = Stage::set(&mut conn, app, &places, &cast, as_of).await?;
    let played = if year.blank {
        stage.play(&mut conn, &scenes).await
    } else {
        with_households(&mut conn, &mut stage, (&scenes, as_of)).await
    };
    stage.clear(&mut conn).await?;
    played?;
    conn.close().await?;
    Ok(())
}

/// The households come first, since a year opens with those that live there; what becomes of them and what the police count is told
/// before the groups ask to be recognised, because verdicts rest on it.
async fn with_households(
    conn: &mut PgConnection,
    stage: &mut Stage<'_>,
    (scenes, as_of): (&[Scene], DateTime<Utc>),
) -> anyhow::Result<()> {
    let register = households::move_in(stage, as_of).await?;
    let asks = first_moment(date(ASKS));
    let (early, late) = scenes.split_at(scenes.partition_point(|scene| scene.at < asks));
    stage.play(conn, early).await?;
    households::go_through_the_year(stage, &register, as_of).await?;
    police::count(stage, as_of).await?;
    stage.play(conn, late).await
}

/// The story as far as it has come. Where the desk rests, nobody answers a return that it did not make.
fn until(as_of: DateTime<Utc>, desk_rests: Option<NaiveDate>) -> Vec<Scene> {
    let scenes = story().into_iter().take_while(|scene| scene.at <= as_of);
    let Some(day) = desk_rests else { return scenes.collect() };
    let mut handed_in = HashSet::new();
    scenes.filter(|scene| is_played(scene, first_moment(day), &mut handed_in)).collect()
}

/// Whether a scene can still be played when the reference ward's desk does nothing from that moment on. `handed_in` are the dossiers
/// that lie there.
fn is_played(scene: &Scene, rests: DateTime<Utc>, handed_in: &mut HashSet<(Subject, DossierKind)>) -> bool {
    if scene.ward != Ward::PhuocLong {
        return true;
    }
    if rests <= scene.at && matches!(scene.who, Who::WardOfficer | Who::WardChair) {
        return false;
    }
    match &scene.deed {
        Deed::SendBack { kind, .. } => {
            handed_in.remove(&(scene.subject, *kind));
            true
        }
        Deed::Submit { kind, .. } => handed_in.insert((scene.subject, *kind)),
        Deed::FillPart { kind, again: true, .. } => !handed_in.contains(&(scene.subject, *kind)),
        Deed::Assess { again: true, .. } => !handed_in.contains(&(scene.subject, DossierKind::Request)),
        _ => true,
    }
}

/// Each ward's year, opened on its day or, when that has not come yet, now.
fn opened_only(as_of: DateTime<Utc>) -> Vec<Scene> {
    let opens = story().into_iter().filter(|scene| scene.deed == Deed::OpenYear);
    opens.map(|scene| Scene { at: scene.at.min(as_of), ..scene }).collect()
}

async fn seat_everybody(
    conn: &mut PgConnection,
    places: &Places,
    password_hash: &str,
    as_of: DateTime<Utc>,
) -> anyhow::Result<Vec<Seated>> {
    let everybody: Vec<_> = people().into_iter().map(|person| (AccountId::new(as_of), person)).collect();
    let new = |(id, person): &'_ (AccountId, super::people::SamplePerson)| {
        (*id, person.phone.clone(), person.name, person.honorific.as_str())
    };
    let rows: Vec<_> = everybody.iter().map(new).collect();
    let accounts: Vec<NewAccount<'_>> =
        rows.iter().map(|(id, phone, name, honorific)| NewAccount { id: *id, phone, name, honorific }).collect();
    let since = date(SEATED_SINCE);
    store::insert_accounts(conn, &accounts, password_hash, first_moment(since).min(as_of)).await?;
    let mut cast = vec![];
    for (account, person) in everybody {
        let sits = |seat| Seated { id: SeatId::new(as_of), account, seat };
        cast.extend(person.seats.into_iter().map(sits));
    }
    let seats: Vec<NewSeat> = cast.iter().map(|seated| new_seat(seated, places)).collect();
    store::insert_seats(conn, places.city, &seats, since).await?;
    lend(conn, &cast, as_of).await?;
    Ok(cast)
}

fn new_seat(seated: &Seated, places: &Places) -> NewSeat {
    let seat = &seated.seat;
    let in_ward =
        |ward: Ward| seat.groups.iter().filter_map(|group| places.group(ward, *group)).collect::<Vec<UnitId>>();
    NewSeat {
        id: seated.id,
        account: seated.account,
        role: seat.role,
        ward: seat.ward.map(|ward| places.ward(ward)),
        groups: seat.ward.map(in_ward).unwrap_or_default(),
    }
}

/// The city's chair lets the city's officer sign requests for the whole year.
async fn lend(conn: &mut PgConnection, cast: &[Seated], as_of: DateTime<Utc>) -> anyhow::Result<()> {
    let sits = |role: Role| cast.iter().find(|seated| seated.seat.role == role);
    let (Some(chair), Some(officer)) = (sits(Role::CityChair), sits(Role::CityOfficer)) else {
        return Ok(());
    };
    let span = (date((YEAR, 1, 1)), date((YEAR, 12, 31)));
    let made = first_moment(span.0).min(as_of);
    let reason = "Ủy quyền ký hồ sơ xét duyệt trong năm 2024.";
    store::insert_delegation(conn, (chair.id, officer.account), reason, span, made).await?;
    Ok(())
}

fn date((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}
