//! The second wall: what PostgreSQL itself lets each seat see and write, table by table, without any predicate of ours. The tables
//! come from the catalogue, so a new one is guarded from its first day or fails here.

use std::collections::BTreeSet;

use binhyen::platform::db::{Database, DatabaseError, Entrance, Scoped};
use chrono::Duration;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use crate::support::{Kind, World, admin_url, fill, people};

/// Tables that the program may not even ask for, from whatever seat.
const CLOSED: [&str; 9] =
    ["_sqlx_migrations", "account", "delegation", "invite", "job", "seat", "seat_group", "session", "throttle"];

/// Rows that everybody who entered may read, and why.
const OPEN: [(&str, &str); 1] = [("publication", "results of units are public (Thông tư 124/2021/TT-BCA, Điều 3)")];

/// Law is public; a ruleset that a steward published is its city's, or its ward's.
const LAW: &str = "ruleset";

/// What stewards write is theirs alone until it is published.
const DRAFTS: &str = "ruleset_draft";

/// What a city's steward publishes is for its wards too; a ward's own is the ward's.
const WORDINGS: &str = "wording_version";

/// Counts that a city reads while the papers are still the ward's.
const COUNTS: [&str; 3] = ["dossier_tally", "participation_tally", "standing"];

/// Rows about people, and the seats that may see them at all (Luật 91/2025/QH15): whoever keeps the register, and the chair.
const PERSONAL: [&str; 9] = [
    "bundle",
    "household",
    "household_origin",
    "household_stay",
    "household_version",
    "import_batch",
    "import_row",
    "participation",
    "subject_request",
];
const KEEPERS: [&str; 4] = ["group_leader", "area_officer", "ward_officer", "ward_chair"];

/// Who looked, and the seats of a whole ward that read it.
const LOOKS: &str = "data_access";
const READERS: [&str; 3] = ["ward_officer", "ward_chair", "steward_ward"];

/// The ward's own years, the marks of a year, and its meetings, never a city's.
const OF_WARD_ALONE: [&str; 6] =
    ["meeting", "meeting_attendee", "meeting_item", "meeting_opinion", "participation_review", "retention"];

/// A year in two wards with every kind of row.
async fn full_world() -> World {
    let world = World::on("2024-11-16").await;
    world.registered(7).await;
    let eight = world.registered(8).await;
    world.client(people::OFFICER).await.send_back(&eight, &[("phan:ke-hoach", "Ghi rõ lịch tuần tra.")]).await;
    let seven = world.recommended_request(7).await;
    let mut leader = world.client(people::LEADER_8).await;
    let claim = format!("{}/tu-danh-gia/2", world.dossier(8, Kind::Request).await);
    leader.get(&claim).await.ok();
    let typed = fill().with("ket-luan", "met").file("tep", "anh.png", crate::support::samples::png());
    leader.submit(&claim, typed).await.is(303);
    world.received_package().await;
    let mut chair = world.client(people::CITY_CHAIR).await;
    chair.decide(&seven, true, "6120/QĐ-UBND", "16/11/2024").await;
    let certificates = world.package().await.replace("/goi/", "/giay-cong-nhan/");
    chair.get(&certificates).await.ok();
    chair.submit(&certificates, fill()).await.is(303);
    let guard: Uuid = world.ask("select id from unit where code = 'BV'").await;
    let mut steward = world.client(people::STEWARD).await;
    let rename = format!("/don-vi/{guard}/doi-ten");
    steward.get(&rename).await.ok();
    let named = fill().with("ten", "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở").with("tu-ngay", "1/7/2024");
    steward.submit(&rename, named).await.is(303);
    // The same in another ward, as far as it needs to go.
    let elsewhere = world.dossier_elsewhere(1, Kind::Registration).await;
    let mut other = world.client(people::OTHER_LEADER).await;
    other.fill_parts(&elsewhere).await;
    other.hand_in(&elsewhere).await;
    world
        .client(people::OTHER_OFFICER)
        .await
        .send_back(&elsewhere, &[("phan:ke-hoach", "Ghi rõ lịch tuần tra.")])
        .await;
    let request = world.dossier_elsewhere(1, Kind::Request).await;
    other.assess_all(&request).await;
    world.client(people::OTHER_OFFICER).await.judge_all(&request, &[]).await;
    with_rulesets(&world).await;
    for (ward, group) in [("PL", "07"), ("PL", "08"), ("PH", "01")] {
        with_register(&world, ward, group).await;
    }
    world
}

/// A ruleset, a draft and a wording of each ward's own, and of the city.
async fn with_rulesets(world: &World) {
    let mut owner = world.owner().await;
    for statement in [
        "insert into ruleset (id, code, version, title, body, sha256, published_at, city_id, ward_id, published_by)
         select gen_random_uuid(), 'rieng-' || lower(u.code), 1, u.name, r.body, r.sha256, now(), coalesce(u.city_id, u.id),
                case when u.kind = 'ward' then u.id end, 'x'
           from unit u, ruleset r where u.kind in ('ward', 'city') and r.code = 'kh390-2024' and r.version = 1",
        "insert into wording_version (id, city_id, ward_id, kind, version, subject, body, recipients, note, published_at, published_by)
         select gen_random_uuid(), coalesce(u.city_id, u.id), case when u.kind = 'ward' then u.id end, 'to-bao-cao', 1, '', u.name, '', 'x', now(), 'x'
           from unit u where u.kind in ('ward', 'city')",
        "insert into ruleset_draft (id, city_id, ward_id, based_on, body, created_at, created_by, updated_at, updated_by)
         select gen_random_uuid(), r.city_id, r.ward_id, r.id, r.body, now(), 'x', now(), 'x' from ruleset r where r.city_id is not null",
    ] {
        let rows = sqlx::query(statement).execute(&mut owner).await.unwrap().rows_affected();
        assert!(rows >= 3, "{statement}: {rows} rows");
    }
}

/// Households of a group with a row in every table about them. The wall is asked about tables, not about the pages that fill them, so
/// the owner writes these rows.
async fn with_register(world: &World, ward: &str, group: &str) {
    let mut owner = world.owner().await;
    let place = "from unit g join unit w on w.id = g.ward_id and w.code = $1 join cycle c on c.ward_id = w.id where g.kind = 'group' and g.code = $2";
    for statement in [
        "insert into import_batch (id, city_id, ward_id, group_id, cycle_id, since, state, file_name, sha256, created_at, created_by)
         select gen_random_uuid(), g.city_id, g.ward_id, g.id, c.id, '2023-11-16', 'done', 'to.xlsx', repeat('0', 64), c.opened_at, 'Trần Văn Lựu' {place}",
        "insert into import_row (batch_id, city_id, ward_id, group_id, seq)
         select b.id, b.city_id, b.ward_id, b.group_id, 1 from import_batch b where b.group_id in (select g.id {place})",
        "insert into household (id, city_id, ward_id, group_id, code, head, since, search, by_given, walk, batch_id, created_at, updated_at, updated_by)
         select gen_random_uuid(), b.city_id, b.ward_id, b.group_id, $2 || '-000' || n, 'Lê Thị Mẫu', '2020-01-01', ' le', 'Mẫu Lê Thị', '', b.id, now(), now(), 'x'
           from import_batch b, generate_series(1, 2) n where b.group_id in (select g.id {place})",
        "insert into household_stay (household_id, city_id, ward_id, group_id, since, began)
         select h.id, h.city_id, h.ward_id, h.group_id, h.since, 'registered' from household h where h.group_id in (select g.id {place})",
        "insert into household_version (household_id, city_id, ward_id, group_id, revision, head, house, alley, street, replaced_at, replaced_by)
         select h.id, h.city_id, h.ward_id, h.group_id, 1, 'Lê Văn Mẫu', '', '', '', now(), 'x' from household h where h.group_id in (select g.id {place})",
        "insert into household_origin (household_id, predecessor_id, city_id, ward_id, group_id, how, since)
         select max(h.id::text)::uuid, min(h.id::text)::uuid, h.city_id, h.ward_id, h.group_id, 'split', '2024-01-01'
           from household h where h.group_id in (select g.id {place}) group by 3, 4, 5",
        "insert into participation (household_id, city_id, ward_id, group_id, cycle_id)
         select h.id, h.city_id, h.ward_id, h.group_id, c.id from household h join cycle c on c.ward_id = h.ward_id where h.group_id in (select g.id {place})",
        "insert into participation_review (city_id, ward_id, group_id, cycle_id, reviewed_at, reviewed_by)
         select g.city_id, g.ward_id, g.id, c.id, now(), 'x' {place}",
        "insert into data_access (at, city_id, ward_id, group_id, account_id, seat_id, actor, seat, what, rows)
         select now(), g.city_id, g.ward_id, g.id, s.account_id, s.id, 'Trần Văn Lựu', 'Tổ trưởng', 'list', 2
           from seat s join seat_group x on x.seat_id = s.id join unit g on g.id = x.group_id
          where s.role = 'group_leader' and g.id in (select g.id {place})",
        "insert into subject_request (id, city_id, ward_id, group_id, household_id, kind, asked_by, received_on, answer_by, due_on, written_by)
         select gen_random_uuid(), h.city_id, h.ward_id, h.group_id, h.id, 'see', 'head', '2024-03-25', '2024-03-27', '2024-04-09', 'x'
           from household h where h.group_id in (select g.id {place}) limit 1",
        "insert into bundle (id, city_id, ward_id, group_id, cycle_id, kind, asker, leads_to, account_id, asked_at, asked_by, expires_at)
         select gen_random_uuid(), g.city_id, g.ward_id, g.id, c.id, 'sheets', 'ward', 'https://binhyen.example', gen_random_uuid(), now(), 'x', now() + interval '7 days' {place}",
        "insert into upload (id, city_id, ward_id, account_id, purpose, name, size, created_at)
         select gen_random_uuid(), g.city_id, s.ward_id, s.account_id, '/ho-so', 'anh.jpg', 3, now()
           from seat s join unit g on g.ward_id = s.ward_id
          where s.role in ('group_leader', 'ward_officer') and g.id in (select g.id {place})",
        "insert into incident (id, city_id, ward_id, group_id, kind, happened_on, n, source, confirmed_at, confirmed_by, created_at, created_by, updated_at, updated_by)
         select gen_random_uuid(), g.city_id, g.ward_id, g.id, 'toi-pham', '2024-03-05', 1, 'typed', case when n = 1 then now() end, case when n = 1 then 'x' end,
                now(), 'x', now(), 'x' from (select g.* {place}) g, generate_series(1, 2) n",
        "insert into incident_version (incident_id, city_id, ward_id, group_id, revision, kind, gravity, happened_on, n, replaced_at, replaced_by, reason)
         select i.id, i.city_id, i.ward_id, i.group_id, 0, i.kind, i.gravity, i.happened_on, 2, now(), 'x', 'Ghi nhầm.' from incident i where i.group_id in (select g.id {place})",
        "insert into incident_period (city_id, ward_id, year, closed_at, closed_by)
         select g.city_id, g.ward_id, 2023, now(), 'x' {place} on conflict do nothing",
        "insert into unit_figure (city_id, ward_id, group_id, cycle_id, subject_id, metric, value, updated_at, updated_by)
         select g.city_id, g.ward_id, g.id, c.id, g.id, 'population', 900, now(), 'x' {place}",
        "insert into unit_participation (city_id, ward_id, cycle_id, unit_id, registered_on, updated_at, updated_by)
         select g.city_id, g.ward_id, c.id, w.id, '2024-03-05', now(), 'x' {place} on conflict do nothing",
        "insert into fact (id, city_id, ward_id, group_id, cycle_id, subject_id, said, happened_on, recorded_at, recorded_by)
         select gen_random_uuid(), g.city_id, g.ward_id, g.id, c.id, g.id, 'Họp tổ phổ biến kế hoạch', '2024-03-12', now(), 'x' {place}",
        "insert into standing (city_id, ward_id, group_id, cycle_id, subject_id, finding, met, not_met, insufficient, computed_at)
         select g.city_id, g.ward_id, g.id, c.id, g.id, 'met', 13, 0, 0, now() {place}",
        "insert into decision_void (decision_id, dossier_id, city_id, ward_id, group_id, how, reason, made_at, made_by)
         select d.id, d.dossier_id, d.city_id, d.ward_id, d.group_id, 'reopened', 'Xét lại số liệu.', now(), 'x'
           from decision d where d.group_id in (select g.id {place}) on conflict do nothing",
        "insert into meeting (id, city_id, ward_id, group_id, cycle_id, title, planned_at, ballot, created_at, created_by)
         select gen_random_uuid(), g.city_id, g.ward_id, g.id, c.id, 'Họp đánh giá', c.opened_at, 'hand', c.opened_at, 'x' {place}",
        "insert into meeting_attendee (id, meeting_id, city_id, ward_id, group_id, ordinal, name, office, part, votes)
         select gen_random_uuid(), m.id, m.city_id, m.ward_id, m.group_id, 1, 'Trần Văn Lựu', 'Tổ trưởng', 'chair', true
           from meeting m where m.group_id in (select g.id {place})",
        "insert into meeting_item (meeting_id, dossier_id, city_id, ward_id, group_id, ordinal)
         select m.id, d.id, m.city_id, m.ward_id, m.group_id, 1 from meeting m join dossier d on d.group_id = m.group_id and d.kind = 'request'
          where m.group_id in (select g.id {place})",
        "insert into meeting_opinion (meeting_id, dossier_id, attendee_id, city_id, ward_id, group_id, ballot, choice, given_at, written_by)
         select m.id, i.dossier_id, a.id, m.city_id, m.ward_id, m.group_id, m.ballot, 'against', now(), 'x'
           from meeting m join meeting_item i on i.meeting_id = m.id join meeting_attendee a on a.meeting_id = m.id
          where m.group_id in (select g.id {place})",
        "insert into paper_body (unit_id, body, city_id, ward_id, group_id, register, updated_at, updated_by)
         select g.id, 'group', g.city_id, g.ward_id, g.id, 'shared', now(), 'x' {place}",
        "insert into paper_register (unit_id, body, city_id, ward_id, group_id, year, book, last)
         select g.id, 'group', g.city_id, g.ward_id, g.id, 2024, '*', 5 {place}",
        "insert into paper (id, city_id, ward_id, group_id, cycle_id, subject_id, keeper, body, kind, dossier_id, drafted, written, facts, facts_at, wording,
                            created_at, created_by, updated_at, updated_by, number, issued_on, signer, sha256, size, issued_at, issued_by)
         select gen_random_uuid(), g.city_id, g.ward_id, g.id, c.id, g.id, 'group', 'group', 'to-to-trinh', d.id, '{}', '{}', '{}', now(), 0,
                now(), 'x', now(), 'x', '05/TTr', '2024-11-10', 'Trần Văn Lựu', repeat('0', 64), 9, now(), 'x'
           from (select g.*, c.id as cycle_id {place}) g join cycle c on c.id = g.cycle_id join dossier d on d.group_id = g.id and d.kind = 'request'",
        "insert into paper_signed (id, paper_id, city_id, ward_id, group_id, how, sha256, size, media_type, added_at, added_by)
         select gen_random_uuid(), p.id, p.city_id, p.ward_id, p.group_id, 'scan', repeat('1', 64), 9, 'image/png', now(), 'x'
           from paper p where p.group_id in (select g.id {place})",
        "insert into retention (ward_id, city_id, years, set_at, set_by) select g.ward_id, g.city_id, 5, now(), 'x' {place} on conflict do nothing",
    ] {
        let statement = statement.replace("{place}", place);
        let written = sqlx::query(AssertSqlSafe(statement.clone())).bind(ward).bind(group).execute(&mut owner).await;
        let rows = written.unwrap_or_else(|error| panic!("{statement}: {error}")).rows_affected();
        assert!(rows > 0 || statement.contains("on conflict"), "{statement}: no row");
    }
}

/// A session for every seat there is: its key is the seat's id.
async fn seat_everybody(world: &World) -> Vec<Uuid> {
    let mut owner = world.owner().await;
    let now = world.app.clock.now();
    sqlx::query_scalar(
        "insert into session (id, key_hash, account_id, seat_id, device, created_at, last_seen_at)
         select gen_random_uuid(), sha256(convert_to(id::text, 'utf8')), account_id, id, 'thử', $1, $1 from seat returning seat_id",
    )
    .bind(now)
    .fetch_all(&mut owner)
    .await
    .unwrap()
}

async fn enter(world: &World, seat: Uuid) -> (Scoped, Entrance) {
    let key = binhyen::web::session::hash(&seat.to_string());
    world.app.db.enter_session(&key, world.app.clock.now(), Duration::minutes(15)).await.unwrap()
}

async fn tables(world: &World) -> Vec<String> {
    let mut owner = world.owner().await;
    let found: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') order by 1",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    assert!(found.len() >= 20, "{found:?}");
    found
}

/// Whether PostgreSQL refused for want of a right, by grant or by policy.
fn is_refused(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(told) if told.code().is_some_and(|code| code == "42501"))
}

/// All that this connection can see of a table; `None` when it may not even ask.
async fn seen(conn: &mut PgConnection, table: &str) -> Option<Vec<Value>> {
    let statement = format!("select to_jsonb(t) from \"{table}\" t");
    match sqlx::query_scalar::<_, Value>(AssertSqlSafe(statement)).fetch_all(conn).await {
        Ok(rows) => Some(rows),
        Err(error) if is_refused(&error) => None,
        Err(error) => panic!("{table}: {error}"),
    }
}

fn id(row: &Value, column: &str) -> Option<Uuid> {
    row.get(column)?.as_str()?.parse().ok()
}

/// What the city was sent.
struct Sent {
    dossiers: BTreeSet<Uuid>,
    /// Year and unit.
    subjects: BTreeSet<(Uuid, Uuid)>,
}

async fn sent(world: &World) -> Sent {
    let mut owner = world.owner().await;
    let rows: Vec<(Uuid, Uuid, Uuid)> =
        sqlx::query_as("select id, cycle_id, subject_id from dossier where sent_at is not null")
            .fetch_all(&mut owner)
            .await
            .unwrap();
    Sent { dossiers: rows.iter().map(|row| row.0).collect(), subjects: rows.iter().map(|row| (row.1, row.2)).collect() }
}

/// Whether a row is any business of the seat: by the places that the row itself names.
fn fits(table: &str, row: &Value, seat: &Entrance, sent: &Sent) -> bool {
    if table == "unit" && row["kind"] == "province" {
        return true;
    }
    if table == LAW && is_law(row) {
        return seat.city_id.is_some();
    }
    if id(row, "city_id") != seat.city_id || seat.city_id.is_none() {
        return false;
    }
    if table == WORDINGS {
        return row["ward_id"].is_null() || id(row, "ward_id") == seat.ward_id;
    }
    if table == DRAFTS {
        let is_steward = seat.role.as_deref().is_some_and(|role| role.starts_with("steward"));
        return is_steward && id(row, "ward_id") == seat.ward_id;
    }
    let role = seat.role.as_deref().unwrap_or_default();
    // A file on its way in is its sender's alone, in the place of the seat.
    if table == "upload" {
        return id(row, "account_id") == seat.account_id && id(row, "ward_id") == seat.ward_id;
    }
    if PERSONAL.contains(&table) && !KEEPERS.contains(&role) {
        return false;
    }
    if table == LOOKS {
        return READERS.contains(&role) && id(row, "ward_id") == seat.ward_id;
    }
    if OF_WARD_ALONE.contains(&table) && seat.ward_id.is_none() {
        return false;
    }
    match (seat.ward_id, &seat.group_ids) {
        (None, _) => {
            let paper = id(row, if table == "dossier" { "id" } else { "dossier_id" });
            let subject = id(row, "cycle_id").zip(id(row, "subject_id"));
            COUNTS.contains(&table)
                || (paper.is_none_or(|paper| sent.dossiers.contains(&paper))
                    && subject.is_none_or(|subject| sent.subjects.contains(&subject)))
        }
        (ward, groups) => {
            let of_ward = row.get("ward_id").is_none_or(|it| it.is_null()) || id(row, "ward_id") == ward;
            // Calendars, units and years are the whole ward's; rows that name a group are that group's.
            let of_group = match (groups, row.get("group_id")) {
                (Some(groups), Some(_)) => id(row, "group_id").is_some_and(|group| groups.contains(&group)),
                _ => true,
            };
            of_ward && of_group
        }
    }
}

/// A ruleset that came with the program.
fn is_law(row: &Value) -> bool {
    row["city_id"].is_null()
}

/// Whether a seat may write such a row. Looks are written by whoever looked, who need not be able to read them.
fn is_to_write(table: &str, row: &Value, seat: &Entrance, sent: &Sent) -> bool {
    if table == LAW || table == WORDINGS {
        let is_steward = seat.role.as_deref().is_some_and(|role| role.starts_with("steward"));
        return is_steward && !is_law(row) && id(row, "city_id") == seat.city_id && id(row, "ward_id") == seat.ward_id;
    }
    if table != LOOKS {
        return fits(table, row, seat, sent);
    }
    let of_group =
        seat.group_ids.as_ref().is_none_or(|own| id(row, "group_id").is_none_or(|group| own.contains(&group)));
    id(row, "account_id") == seat.account_id && id(row, "ward_id") == seat.ward_id && of_group
}

#[tokio::test]
async fn every_seat_sees_its_own_rows_of_every_table_and_no_other() {
    let world = full_world().await;
    let tables = tables(&world).await;
    let sent = sent(&world).await;
    let seats = seat_everybody(&world).await;
    assert!(seats.len() >= 50);
    let mut full = BTreeSet::new();
    for seat in seats {
        let (mut conn, entrance) = enter(&world, seat).await;
        let role = entrance.role.clone().unwrap();
        for table in &tables {
            let rows = seen(&mut conn, table).await;
            assert_eq!(rows.is_none(), CLOSED.contains(&table.as_str()), "{role} and {table}");
            let rows = rows.unwrap_or_default();
            if !OPEN.iter().any(|(open, _)| open == table) {
                let stranger = rows.iter().find(|row| !fits(table, row, &entrance, &sent));
                assert!(stranger.is_none(), "{role} of {:?} sees in {table}: {stranger:?}", entrance.ward_name);
            }
            if !rows.is_empty() {
                full.insert((role.clone(), table.clone()));
            }
        }
    }
    // Counts are the city's from the first day; what they count never is.
    for count in COUNTS {
        assert!(full.contains(&("city_officer".to_owned(), count.to_owned())), "the city does not see {count}");
    }
    for (role, table) in &full {
        assert!(!PERSONAL.contains(&table.as_str()) || KEEPERS.contains(&role.as_str()), "{role} sees {table}");
    }
    // The test would prove nothing about tables in which nobody sees anything.
    assert!(full.contains(&("steward_ward".to_owned(), DRAFTS.to_owned())), "the sample year has no draft");
    for table in tables.iter().filter(|table| !CLOSED.contains(&table.as_str()) && *table != DRAFTS) {
        assert!(
            full.contains(&("ward_officer".to_owned(), table.clone())),
            "no ward officer sees a row of {table}: the sample year has none"
        );
    }
}

#[tokio::test]
async fn nobody_and_everybody_see_almost_nothing() {
    let world = full_world().await;
    let mut nobody = enter(&world, Uuid::nil()).await.0;
    let mut anybody = world.app.db.enter_public().await.unwrap();
    for table in tables(&world).await {
        assert!(seen(&mut nobody, &table).await.unwrap_or_default().is_empty(), "no session, and rows of {table}");
        let rows = seen(&mut anybody, &table).await.unwrap_or_default();
        let public = OPEN.iter().any(|(open, _)| *open == table)
            || (table == LAW && rows.iter().all(is_law))
            || rows.iter().all(|row| table == "unit" && row["kind"] == "province");
        assert!(public, "anybody reads {table}: {:?}", rows.first());
    }
}

/// The seats of the people around group 7, and two of another ward.
async fn some_seats(world: &World) -> Vec<Uuid> {
    seat_everybody(world).await;
    let phones: Vec<&str> = people::AROUND_SEVEN
        .iter()
        .map(|(_, phone)| *phone)
        .chain([people::OTHER_LEADER, people::OTHER_OFFICER])
        .collect();
    let mut owner = world.owner().await;
    let question = "select s.id from seat s join account a on a.id = s.account_id where a.phone = any ($1)";
    sqlx::query_scalar(question)
        .bind(phones.iter().map(ToString::to_string).collect::<Vec<_>>())
        .fetch_all(&mut owner)
        .await
        .unwrap()
}

#[tokio::test]
async fn nobody_changes_or_deletes_the_rows_of_others() {
    let world = full_world().await;
    let tables = tables(&world).await;
    let sent = sent(&world).await;
    for seat in some_seats(&world).await {
        let (mut conn, entrance) = enter(&world, seat).await;
        for table in &tables {
            let gone = sqlx::query(AssertSqlSafe(format!("delete from \"{table}\""))).execute(&mut *conn).await;
            assert!(gone.as_ref().is_err_and(is_refused), "{:?} deletes from {table}: {gone:?}", entrance.role);
            for row in touched(&mut conn, table).await {
                assert!(fits(table, &row, &entrance, &sent), "{:?} writes in {table}: {row}", entrance.role);
            }
        }
    }
}

/// The rows that an update without any condition would write; nothing stays of it.
async fn touched(conn: &mut PgConnection, table: &str) -> Vec<Value> {
    let mut tx = conn.begin().await.unwrap();
    let question = "select attname::text from pg_attribute where attrelid = $1::regclass and attnum > 0 and attidentity = '' and attgenerated = '' order by attnum limit 1";
    let column: String =
        sqlx::query_scalar(question).bind(format!("public.\"{table}\"")).fetch_one(&mut *tx).await.unwrap();
    let statement = format!("update \"{table}\" t set \"{column}\" = \"{column}\" returning to_jsonb(t)");
    let rows = match sqlx::query_scalar::<_, Value>(AssertSqlSafe(statement)).fetch_all(&mut *tx).await {
        Ok(rows) => rows,
        Err(error) if is_refused(&error) => vec![],
        Err(error) => panic!("{table}: {error}"),
    };
    tx.rollback().await.unwrap();
    rows
}

#[tokio::test]
async fn nobody_adds_rows_to_others() {
    let world = full_world().await;
    let tables = tables(&world).await;
    let sent = sent(&world).await;
    let mut owner = world.owner().await;
    let mut samples: Vec<(String, Vec<Value>)> = vec![];
    for table in &tables {
        let columns = "select string_agg(quote_ident(attname), ', ') from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = ''";
        let columns: String =
            sqlx::query_scalar(columns).bind(format!("public.\"{table}\"")).fetch_one(&mut owner).await.unwrap();
        let rows = seen(&mut owner, table).await.unwrap();
        let statement = format!(
            "insert into \"{table}\" ({columns}) overriding system value select {columns} from jsonb_populate_record(null::\"{table}\", $1)"
        );
        samples.push((statement, rows));
    }
    for seat in some_seats(&world).await {
        let (mut conn, entrance) = enter(&world, seat).await;
        for (table, (statement, rows)) in tables.iter().zip(&samples) {
            let Some(stranger) = rows.iter().find(|row| !is_to_write(table, row, &entrance, &sent)) else { continue };
            let added = sqlx::query(AssertSqlSafe(statement.clone())).bind(stranger).execute(&mut *conn).await;
            assert!(added.as_ref().is_err_and(is_refused), "{:?} adds to {table}: {added:?}", entrance.role);
        }
    }
}

#[tokio::test]
async fn a_connection_forgets_whom_it_served() {
    let world = full_world().await;
    seat_everybody(&world).await;
    let one = Database::connect(&world.urls.app, 1).await.unwrap();
    let (now, idle) = (world.app.clock.now(), Duration::minutes(15));
    let mut owner = world.owner().await;
    let question = "select s.id from seat s join account a on a.id = s.account_id where a.phone = $1";
    let officer: Uuid = sqlx::query_scalar(question).bind(people::OFFICER).fetch_one(&mut owner).await.unwrap();
    let key = binhyen::web::session::hash(&officer.to_string());
    let dossiers = "select count(*) from dossier";
    for _ in 0..2 {
        let (mut conn, _) = one.enter_session(&key, now, idle).await.unwrap();
        // A transaction that is given up takes nothing of the scope with it.
        let mut tx = conn.begin().await.unwrap();
        sqlx::query("select set_config('app.ward', '', false)").execute(&mut *tx).await.unwrap();
        tx.rollback().await.unwrap();
        let own: i64 = sqlx::query_scalar(dossiers).fetch_one(&mut *conn).await.unwrap();
        assert_eq!(own, 50, "24 groups and the ward, two kinds each");
        drop(conn);
        let (mut conn, nobody) = one.enter_session(b"no such key", now, idle).await.unwrap();
        assert_eq!(nobody.account_id, None);
        let left: i64 = sqlx::query_scalar(dossiers).fetch_one(&mut *conn).await.unwrap();
        assert_eq!(left, 0);
        drop(conn);
        let (conn, _) = one.enter_session(&key, now, idle).await.unwrap();
        drop(conn);
        let mut conn = one.enter_public().await.unwrap();
        let left: i64 = sqlx::query_scalar(dossiers).fetch_one(&mut *conn).await.unwrap();
        assert_eq!(left, 0);
    }
    // A session that rested too long is nobody.
    let (_, late) = one.enter_session(&key, now + Duration::minutes(16), idle).await.unwrap();
    assert_eq!(late.account_id, None);
    one.close().await;
}

#[tokio::test]
async fn the_program_serves_with_a_weak_role_only() {
    let world = World::new().await;
    let refusal = |url: String| async move {
        match Database::connect(&url, 1).await {
            Err(DatabaseError::RoleTooStrong { role, .. }) => role,
            other => panic!("{other:?}"),
        }
    };
    let admin = admin_url().replacen("/postgres?", &format!("/{}?", world.urls.name), 1);
    assert_eq!(refusal(admin).await, "postgres");
    assert_eq!(refusal(world.urls.migrate.clone()).await, "binhyen_owner");
    assert_eq!(refusal(world.urls.app.replacen("binhyen_app", "binhyen_backup", 1)).await, "binhyen_backup");
    let bare = crate::support::empty("bare").await;
    assert!(matches!(Database::connect(&bare.app, 1).await, Err(DatabaseError::SchemaNotCurrent)));
    crate::support::throw_away(bare.name);
}

#[tokio::test]
async fn the_role_that_serves_owns_nothing_and_bypasses_nothing() {
    let world = World::new().await;
    let question = "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication from pg_roles where rolname = 'binhyen_app'";
    assert!(!world.ask::<bool>(question).await);
    let question = "select (select count(*) from pg_class where relowner = r.oid) + (select count(*) from pg_proc where proowner = r.oid)
        + (select count(*) from pg_namespace where nspowner = r.oid) + (select count(*) from pg_auth_members where member = r.oid)
        from pg_roles r where rolname = 'binhyen_app'";
    assert_eq!(world.ask::<i64>(question).await, 0);
    assert!(!world.ask::<bool>("select has_schema_privilege('binhyen_app', 'public', 'create')").await);
}

#[tokio::test]
async fn every_table_is_guarded_and_every_definer_function_is_pinned() {
    let world = World::new().await;
    let bare: Vec<String> = world
        .ask("select array_agg(relname::text order by relname) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity")
        .await;
    assert_eq!(bare, ["_sqlx_migrations"], "row-level security is not enabled");
    let views: i64 = world
        .ask("select count(*) from pg_class where relnamespace = 'public'::regnamespace and (relkind = 'm' or (relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false)))")
        .await;
    assert_eq!(views, 0, "views run as whoever asks, and nothing is materialised");
    let loose: Vec<String> = world
        .ask(
            "select coalesce(array_agg(proname::text order by proname), '{}') from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
              and not exists (select from unnest(coalesce(proconfig, '{}')) setting where setting like 'search_path=%')",
        )
        .await;
    assert!(loose.is_empty(), "definer functions without a search_path of their own: {loose:?}");
    let public: Vec<String> = world
        .ask(
            "select coalesce(array_agg(proname::text order by proname), '{}') from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
              and prorettype <> 'trigger'::regtype and exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) a where a.grantee = 0)",
        )
        .await;
    assert!(public.is_empty(), "definer functions that PUBLIC may call: {public:?}");
}
