//! Writing meetings.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::{Permit, Place, Refused, act};
use crate::meeting::model::{Invited, Meeting, Opinion, Plan, State, Step, Turn};
use crate::platform::id::{AttendeeId, CycleId, DossierId, MeetingId, UnitId};

/// Writes a new meeting. The id comes with the form: the same form sent twice finds its first result and gives `false`.
///
/// # Errors
/// What the database says.
pub async fn insert(
    conn: &mut PgConnection,
    permit: &Permit<act::PlanMeeting, Place>,
    (id, cycle): (MeetingId, CycleId),
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<bool, Refused> {
    let place = permit.of();
    let done = sqlx::query!(
        "insert into meeting (id, city_id, ward_id, group_id, cycle_id, title, place, planned_at, ballot, quorum_percent, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (id) do nothing",
        id.uuid(),
        place.city.uuid(),
        place.ward.uuid(),
        place.group.map(UnitId::uuid),
        cycle.uuid(),
        plan.title,
        plan.venue,
        plan.planned_at,
        plan.ballot.as_str(),
        plan.quorum_percent.map(|percent| percent as i32),
        now,
        permit.actor().person.name
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes what was planned anew.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn change(
    conn: &mut PgConnection,
    permit: &Permit<act::ChangeMeeting, Meeting>,
    plan: &Plan,
) -> Result<(), Refused> {
    let meeting = permit.of();
    let done = sqlx::query!(
        "update meeting set title = $3, place = $4, planned_at = $5, ballot = $6, quorum_percent = $7, revision = revision + 1
          where id = $1 and revision = $2 and opened_at is null",
        meeting.id.uuid(),
        meeting.revision,
        plan.title,
        plan.venue,
        plan.planned_at,
        plan.ballot.as_str(),
        plan.quorum_percent.map(|percent| percent as i32)
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Invites people, in that order.
///
/// # Errors
/// What the database says.
pub async fn add_people(
    conn: &mut PgConnection,
    (id, place): (MeetingId, Place),
    people: &[Invited],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let ids: Vec<Uuid> = people.iter().map(|_| AttendeeId::new(now).uuid()).collect();
    let text = |of: fn(&Invited) -> &str| people.iter().map(|person| of(person).to_owned()).collect::<Vec<String>>();
    let votes: Vec<bool> = people.iter().map(|person| person.votes).collect();
    sqlx::query!(
        "insert into meeting_attendee (id, meeting_id, city_id, ward_id, group_id, ordinal, name, office, part, votes)
         select t.id, $1, $2, $3, $4, t.place, t.name, t.office, t.part, t.votes
           from unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::bool[]) with ordinality t (id, name, office, part, votes, place)",
        id.uuid(),
        place.city.uuid(),
        place.ward.uuid(),
        place.group.map(UnitId::uuid),
        &ids,
        &text(|person| &person.name),
        &text(|person| &person.office),
        &text(|person| person.part.as_str()),
        &votes
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes everybody off the list of a meeting that has not begun; the rows stay.
///
/// # Errors
/// What the database says.
pub async fn leave_people_out(
    conn: &mut PgConnection,
    permit: &Permit<act::ChangeMeeting, Meeting>,
) -> Result<(), Refused> {
    let meeting = permit.of();
    sqlx::query!(
        "update meeting_attendee set left_out = true where ward_id = $1 and meeting_id = $2 and not left_out",
        meeting.place.ward.uuid(),
        meeting.id.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes a step, if the row still stands where the step began.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn apply(conn: &mut PgConnection, step: &Step) -> Result<(), Refused> {
    let (state, revision) = step.before();
    let to = step.after();
    let done = sqlx::query!(
        "update meeting set opened_at = $3, closed_at = $4, closed_by = $5, revision = $6
          where id = $1 and revision = $2 and (opened_at is not null) = $7 and closed_at is null",
        to.id.uuid(),
        revision,
        to.opened_at,
        to.closed.as_ref().map(|(at, _)| *at),
        to.closed.as_ref().map(|(_, by)| by.as_str()),
        to.revision,
        state == State::Open
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Writes who came, and who leads and writes down today: a deputy takes the part of whoever is away.
///
/// # Errors
/// What the database says.
pub async fn call_roll(
    conn: &mut PgConnection,
    meeting: &Meeting,
    present: &[AttendeeId],
    (chair, secretary): (AttendeeId, AttendeeId),
) -> Result<(), Refused> {
    let (ward, id) = (meeting.place.ward.uuid(), meeting.id.uuid());
    let present: Vec<Uuid> = present.iter().map(|person| person.uuid()).collect();
    // One chair at a time: those of before step down first.
    sqlx::query!(
        "update meeting_attendee set present = (id = any ($3)), part = case when part in ('chair', 'secretary') then 'member' else part end
          where ward_id = $1 and meeting_id = $2 and not left_out",
        ward,
        id,
        &present
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update meeting_attendee set part = case id when $3 then 'chair' else 'secretary' end
          where ward_id = $1 and meeting_id = $2 and id in ($3, $4) and not left_out",
        ward,
        id,
        chair.uuid(),
        secretary.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts a change of the roll, so that two people who call it at once notice.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn touch(conn: &mut PgConnection, permit: &Permit<act::KeepMeeting, Meeting>) -> Result<(), Refused> {
    let meeting = permit.of();
    let done = sqlx::query!(
        "update meeting set revision = revision + 1 where id = $1 and revision = $2 and closed_at is null",
        meeting.id.uuid(),
        meeting.revision
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Puts dossiers on the agenda, behind what is there.
///
/// # Errors
/// What the database says.
pub async fn take_in(conn: &mut PgConnection, meeting: &Meeting, dossiers: &[DossierId]) -> Result<(), Refused> {
    let ids: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.uuid()).collect();
    sqlx::query!(
        "insert into meeting_item (meeting_id, dossier_id, city_id, ward_id, group_id, ordinal)
         select $1, t.id, $2, $3, $4,
                t.place + coalesce((select max(i.ordinal) from meeting_item i where i.ward_id = $3 and i.meeting_id = $1), 0)
           from unnest($5::uuid[]) with ordinality t (id, place)
         on conflict do nothing",
        meeting.id.uuid(),
        meeting.place.city.uuid(),
        meeting.place.ward.uuid(),
        meeting.place.group.map(UnitId::uuid),
        &ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what was voted and concluded on dossiers: all of them, each from the revision on its form.
///
/// # Errors
/// [`Refused::Stale`] when somebody else wrote one of them meanwhile.
pub async fn write_turns(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepMeeting, Meeting>,
    turns: &[Turn],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let count = |of: fn(&Turn) -> Option<u32>| {
        turns.iter().map(|turn| of(turn).map(|n| n as i32)).collect::<Vec<Option<i32>>>()
    };
    let ids: Vec<Uuid> = turns.iter().map(|turn| turn.dossier.uuid()).collect();
    let revisions: Vec<i32> = turns.iter().map(|turn| turn.revision).collect();
    let versions: Vec<i32> = turns.iter().map(|turn| turn.seen.version).collect();
    let verdicts: Vec<i64> = turns.iter().map(|turn| turn.seen.verdicts).collect();
    let motions: Vec<Option<String>> =
        turns.iter().map(|turn| turn.vote.map(|(motion, _)| motion.as_str().to_owned())).collect();
    let conclusions: Vec<String> = turns.iter().map(|turn| turn.conclusion.as_str().to_owned()).collect();
    let reasons: Vec<Option<String>> = turns.iter().map(|turn| turn.reason.clone()).collect();
    let meeting = permit.of();
    let done = sqlx::query!(
        "update meeting_item i set votes_for = t.agree, votes_against = t.against, votes_other = t.other, voters = t.agree + t.against + t.other,
                motion = t.motion, conclusion = t.conclusion, reason = t.reason, seen_version = t.version, seen_verdicts = t.verdicts,
                revision = i.revision + 1, updated_at = $12, updated_by = $13
           from unnest($3::uuid[], $4::int[], $5::int[], $6::bigint[], $7::int[], $8::int[], $9::int[], $10::text[], $11::text[], $14::text[])
                t (dossier, revision, version, verdicts, agree, against, other, motion, conclusion, reason)
          where i.ward_id = $1 and i.meeting_id = $2 and i.dossier_id = t.dossier and i.revision = t.revision",
        meeting.place.ward.uuid(),
        meeting.id.uuid(),
        &ids,
        &revisions,
        &versions,
        &verdicts,
        &count(|turn| turn.vote.map(|(_, votes)| votes.agree())) as _,
        &count(|turn| turn.vote.map(|(_, votes)| votes.against())) as _,
        &count(|turn| turn.vote.map(|(_, votes)| votes.other())) as _,
        &motions as _,
        &conclusions,
        now,
        permit.actor().person.name,
        &reasons as _
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == turns.len() as u64 { Ok(()) } else { Err(Refused::Stale) }
}

/// Writes what single people said, over what they said before. The row carries the ballot of its meeting, and of a secret one the
/// database takes none.
///
/// # Errors
/// What the database says.
pub async fn give(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepMeeting, Meeting>,
    given: &[Opinion],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let meeting = permit.of();
    let dossiers: Vec<Uuid> = given.iter().map(|it| it.dossier.uuid()).collect();
    let people: Vec<Uuid> = given.iter().map(|it| it.attendee.uuid()).collect();
    let choices: Vec<String> = given.iter().map(|it| it.choice.as_str().to_owned()).collect();
    let said: Vec<Option<String>> = given.iter().map(|it| it.said.clone()).collect();
    sqlx::query!(
        "insert into meeting_opinion as o (meeting_id, dossier_id, attendee_id, city_id, ward_id, group_id, ballot, choice, said, given_at, written_by)
         select $1, t.dossier, t.attendee, $2, $3, $4, $5, t.choice, t.said, $10, $11
           from unnest($6::uuid[], $7::uuid[], $8::text[], $9::text[]) t (dossier, attendee, choice, said)
         on conflict (ward_id, meeting_id, dossier_id, attendee_id) do update
            set choice = excluded.choice, said = excluded.said, given_at = excluded.given_at, written_by = excluded.written_by
          where (o.choice, o.said) is distinct from (excluded.choice, excluded.said)",
        meeting.id.uuid(),
        meeting.place.city.uuid(),
        meeting.place.ward.uuid(),
        meeting.place.group.map(UnitId::uuid),
        meeting.ballot.as_str(),
        &dossiers,
        &people,
        &choices,
        &said as _,
        now,
        permit.actor().person.name
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts the opinions in writing anew, dossier by dossier, for those that are concluded already.
///
/// # Errors
/// What the database says.
pub async fn count_opinions(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepMeeting, Meeting>,
) -> Result<(), Refused> {
    let meeting = permit.of();
    sqlx::query!(
        "update meeting_item i set votes_for = n.agree, votes_against = n.against, votes_other = n.other, voters = n.agree + n.against + n.other
           from (select o.dossier_id, count(*) filter (where o.choice = 'for')::int as agree, count(*) filter (where o.choice = 'against')::int as against,
                        count(*) filter (where o.choice = 'other')::int as other
                   from meeting_opinion o where o.ward_id = $1 and o.meeting_id = $2 group by o.dossier_id) n
          where i.ward_id = $1 and i.meeting_id = $2 and i.dossier_id = n.dossier_id and i.motion is not null",
        meeting.place.ward.uuid(),
        meeting.id.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}
