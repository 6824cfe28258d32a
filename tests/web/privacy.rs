//! Personal data: who looked, what people ask about their own, and how it ends.

use binhyen::household::actions::{self, Seen};
use binhyen::household::model::{Address, End, Facts};
use binhyen::platform::id::{HouseholdId, UnitId};
use binhyen::privacy::model::{Look, What};
use binhyen::privacy::{anonymise_expired, store};
use chrono::NaiveDate;
use sqlx::AssertSqlSafe;

use super::jobs::enter;
use crate::support::{Client, Fill, World, fill, people};

const LOG: &str = "/du-lieu";
const REQUESTS: &str = "/du-lieu/yeu-cau";
const ADD: &str = "/du-lieu/yeu-cau/them";
const YEARS: &str = "/du-lieu/thoi-han";

/// What must be nowhere any more once the household is anonymous.
const SECRETS: [&str; 5] = ["Mạc Thị Kiều Diễm", "Mạc Thị Kiều Oanh", "Ngõ Trúc Đào", "0900999111", "gõ cửa sau"];

fn facts(head: &str) -> Facts {
    Facts {
        head: head.to_owned(),
        address: Address { house: "15".to_owned(), alley: String::new(), street: "Ngõ Trúc Đào".to_owned() },
        members: Some(4),
        phone: Some("0900999111".to_owned()),
        note: Some("gõ cửa sau".to_owned()),
    }
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn group_7(world: &World) -> UnitId {
    let id: uuid::Uuid = world
        .ask("select g.id from unit g join unit w on w.id = g.ward_id where w.code = 'PL' and g.kind = 'group' and g.code = '07'")
        .await;
    id.into()
}

/// A household of group 7 whose head changed once: 07-0001.
async fn settle(world: &World) -> HouseholdId {
    let group = group_7(world).await;
    let now = world.app.clock.now();
    let (db, leader) = enter(world, people::LEADER_7).await;
    let old = facts("Mạc Thị Kiều Diễm");
    let id = actions::add(db, &leader, (group, on("2020-01-01")), &old, now).await.unwrap();
    let (db, leader) = enter(world, people::LEADER_7).await;
    let new = facts("Mạc Thị Kiều Oanh");
    let seen = Seen { id, revision: 1 };
    actions::edit(db, &leader, seen, (&new, Some("Mạc Thị Kiều Diễm đã mất.")), now).await.unwrap();
    id
}

/// It moves away on that day.
async fn leave(world: &World, id: HouseholdId, last: &str) {
    let (db, leader) = enter(world, people::LEADER_7).await;
    let seen = Seen { id, revision: 2 };
    actions::end(db, &leader, seen, (End::Moved, on(last), None), world.app.clock.now()).await.unwrap();
}

/// Every table of the program in which one of these words stands.
async fn tables_with(world: &World, words: &[&str]) -> Vec<String> {
    let mut owner = world.owner().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let mut found = vec![];
    for table in tables {
        // Folded keys too: they are made of the name.
        let question = format!(
            "select exists (select from \"{table}\" t, unnest($1::text[]) w where strpos(folded_name(t::text), folded_name(w)) > 0)"
        );
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        if sqlx::query_scalar(AssertSqlSafe(question)).bind(words).fetch_one(&mut owner).await.unwrap() {
            found.push(table);
        }
    }
    found
}

async fn tally(world: &World) -> i32 {
    world.ask("select coalesce(sum(households), 0)::int from participation_tally").await
}

// Looks -------------------------------------------------------------------------------------------------------------

async fn look(world: &World, phone: &str, what: What, household: Option<HouseholdId>, rows: usize) {
    let (mut db, actor) = enter(world, phone).await;
    let group = (phone == people::LEADER_7).then_some(group_7(world).await);
    let look = Look { what, group, household, rows };
    store::log(&mut db, &actor, look, world.app.clock.now()).await.unwrap();
}

#[tokio::test]
async fn every_look_is_told_with_its_count() {
    let world = World::new().await;
    let id = settle(&world).await;
    look(&world, people::LEADER_7, What::List, None, 40).await;
    look(&world, people::LEADER_7, What::Search, None, 3).await;
    look(&world, people::LEADER_7, What::Show, Some(id), 1).await;
    look(&world, people::OFFICER_TOO, What::Export, None, 368).await;
    let mut officer = world.client(people::OFFICER).await;
    let page = officer.get(LOG).await.ok();
    page.says("Hôm nay 412 lượt hộ, 2 người").says("Xem danh sách").says("Tìm").says("Xuất tệp").says("cả phường");
    page.says("07-0001").says("Tổ 7");
    officer.get(LOG).await.ok().costs(3);
    // One household, one person.
    let page = officer.get("/du-lieu?ma=07-0001").await.ok();
    page.says("Xem một hộ").says("1 lượt ở trang này").is_silent_about("cả phường");
    officer.get("/du-lieu?ma=07-0999").await.ok().says("Không có lần xem nào khớp");
    let person: uuid::Uuid = world.ask("select account_id from data_access where what = 'export'").await;
    officer
        .get(&format!("{LOG}?nguoi={person}"))
        .await
        .ok()
        .says("1 lượt ở trang này")
        .is_silent_about("Xem danh sách");
    // There is no room for what was looked for.
    let columns: Vec<String> = world
        .ask("select array_agg(column_name::text order by column_name) from information_schema.columns where table_name = 'data_access'")
        .await;
    let known = [
        "account_id",
        "actor",
        "at",
        "city_id",
        "group_id",
        "household_id",
        "id",
        "rows",
        "seat",
        "seat_id",
        "ward_id",
        "what",
    ];
    assert_eq!(columns, known);
}

#[tokio::test]
async fn the_log_is_read_page_by_page_without_gaps() {
    let world = World::new().await;
    let mut owner = world.owner().await;
    let (_, actor) = enter(&world, people::OFFICER).await;
    // Two at each moment, so that the moment alone does not tell where a page ends.
    sqlx::query(
        "insert into data_access (at, city_id, ward_id, account_id, seat_id, actor, seat, what, rows)
         select $1::timestamptz - make_interval(mins => n / 2), $2, $3, $4, $5, 'Đặng Thu Hồng', 'x', 'list', 1000 + n from generate_series(1, 120) n",
    )
    .bind(world.app.clock.now())
    .bind(actor.city.uuid())
    .bind(actor.ward().unwrap().uuid())
    .bind(actor.person.account.uuid())
    .bind(actor.seat_id.uuid())
    .execute(&mut owner)
    .await
    .unwrap();
    let mut officer = world.client(people::OFFICER).await;
    let mut seen = vec![];
    let mut at = LOG.to_owned();
    for size in [50, 50, 20] {
        let page = officer.get(&at).await.ok();
        page.says(&format!("{size} lượt ở trang này"));
        let shown = page.text();
        let counts = (1001..=1120).filter(|n| shown.contains(&format!("1.{:03}", n - 1000)));
        seen.extend(counts);
        at = page.links("/du-lieu?nguoi=").into_iter().find(|link| link.contains("sau=")).unwrap_or_default();
    }
    assert_eq!(at, "", "the third page is the last");
    seen.sort_unstable();
    assert_eq!(seen, (1001..=1120).collect::<Vec<i32>>());
}

#[tokio::test]
async fn nobody_else_reads_the_log() {
    let world = World::new().await;
    look(&world, people::LEADER_7, What::List, None, 40).await;
    for phone in [people::LEADER_7, people::AREA, people::MEMBER, people::CITY_CHAIR, people::CITY_STEWARD] {
        let mut client = world.client(phone).await;
        for path in [LOG, REQUESTS, ADD, YEARS] {
            client.get(path).await.is(403);
        }
    }
    for phone in [people::OFFICER, people::CHAIR, people::STEWARD] {
        world.client(phone).await.get(LOG).await.ok().says("Hôm nay 40 lượt hộ, 1 người");
    }
    let mut steward = world.client(people::STEWARD).await;
    steward.get("/").await.ok().says("Dữ liệu cá nhân");
    steward.get(REQUESTS).await.is(403);
    world.client(people::OTHER_OFFICER).await.get(LOG).await.ok().says("Hôm nay chưa ai xem");
}

// Requests ----------------------------------------------------------------------------------------------------------

fn asked(wish: &str) -> Fill {
    fill().with("ma", "07-0001").with("yeu-cau", wish).with("nguoi-yeu-cau", "head").with("noi-dung", "gõ cửa sau thôi")
}

/// Writes a request down; gives its address, and its page is on the screen.
async fn ask(officer: &mut Client, wish: &str) -> String {
    officer.get(ADD).await.ok();
    let address = officer.submit(ADD, asked(wish)).await.is(303).location();
    officer.get(&address).await.ok();
    address
}

async fn answer(officer: &mut Client, address: &str) {
    officer.get(address).await.ok();
    let form = format!("{address}/tra-loi");
    officer.submit(&form, fill().with("tra-loi", "Mời đến phường sáng thứ Hai.")).await.leads_to(address);
}

#[tokio::test]
async fn a_request_of_a_friday_is_answered_by_tuesday() {
    let world = World::on("2024-03-29").await;
    settle(&world).await;
    let mut officer = world.client(people::OFFICER).await;
    let address = ask(&mut officer, "see").await;
    let page = officer.shown();
    page.says("hết thứ Ba 2/4/2024")
        .says("hết thứ Bảy 13/4/2024")
        .says("ngày nghỉ lễ chưa được trừ")
        .says("cần đối chiếu văn bản gốc");
    officer.get(REQUESTS).await.ok().says("Xem dữ liệu").says("07-0001").says("hết thứ Ba 2/4/2024").costs(2);
    // The list names nobody, so it is no look; the page is one.
    let looks: i64 = world.ask("select count(*) from data_access where what = 'request'").await;
    assert_eq!(looks, 1);
    officer.get(&address).await.ok().costs(3);
    // Not closed before it is answered; a refusal is an answer.
    let close = format!("{address}/ket-thuc");
    officer.submit(&close, fill().with("ket-qua", "done")).await.refuses("ket-qua", "chưa được trả lời");
    officer.submit(&close, fill().with("ket-qua", "refused")).await.refuses("ly-do", "Ghi lý do");
    let early = officer.tab(&close);
    answer(&mut officer, &address).await;
    officer.submit_tab(&early, fill().with("ket-qua", "done")).await.is(409);
    let page = officer.get(&address).await.ok();
    page.says("Mời đến phường sáng thứ Hai.").is_silent_about("hết thứ Ba 2/4/2024");
    officer.submit(&close, fill().with("ket-qua", "done")).await.leads_to(&address);
    officer.get(&address).await.ok().says("Đã làm xong");
    officer.get(REQUESTS).await.ok().says("Không có yêu cầu nào đang chờ");
    officer.get("/du-lieu/yeu-cau?xem=da-xong").await.ok().says("Đã làm xong");
    world.client(people::CHAIR).await.get(&address).await.ok().is_silent_about("Lưu câu trả lời");
    world.client(people::OTHER_OFFICER).await.get(&address).await.not_found();
}

#[tokio::test]
async fn a_request_that_does_not_fit_is_said_at_its_fields() {
    let world = World::new().await;
    settle(&world).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(ADD).await.ok();
    officer
        .submit(ADD, fill().with("ngay-nhan", ""))
        .await
        .refuses("ma", "Ghi mã hộ")
        .refuses("ngay-nhan", "Ghi ngày nhận");
    officer.get(ADD).await.ok();
    officer.submit(ADD, asked("see").with("ngay-nhan", "26/3/2024")).await.refuses("ngay-nhan", "chưa tới");
    officer
        .submit(ADD, asked("see").with("ngay-nhan", "25/3/2024").with("ma", "99-0001"))
        .await
        .refuses("ma", "không có hộ mang mã 99-0001");
    assert_eq!(world.ask::<i64>("select count(*) from subject_request").await, 0);
}

#[tokio::test]
async fn whoever_asks_to_see_gets_everything_on_paper() {
    let world = World::new().await;
    settle(&world).await;
    look(&world, people::LEADER_7, What::List, None, 1).await;
    let mut officer = world.client(people::OFFICER).await;
    let address = ask(&mut officer, "see").await;
    let paper = format!("{address}/dang-luu");
    let page = officer.get(&paper).await.ok();
    page.says("Mạc Thị Kiều Oanh").says("15 Ngõ Trúc Đào").says("0900999111").says("gõ cửa sau").says("từ 1/1/2020");
    page.says("Mạc Thị Kiều Diễm").says("2024").says("đã được mở 1 lần");
    officer.get(&paper).await.ok().says("Thường trực Ban chỉ đạo phường Phước Long: 2 lần").costs(4);
    world.client(people::STEWARD).await.get(&paper).await.is(403);
}

#[tokio::test]
async fn a_household_that_lives_here_is_not_deleted_and_one_that_left_is() {
    let world = World::new().await;
    let id = settle(&world).await;
    let mut officer = world.client(people::OFFICER).await;
    let address = ask(&mut officer, "delete").await;
    officer.shown().says("Hộ đang ở đây, sổ còn cần tên và địa chỉ");
    answer(&mut officer, &address).await;
    officer.get(&address).await.ok();
    let close = format!("{address}/ket-thuc");
    assert!(!officer.shown().has("input[name='ket-qua'][value='done']"), "the choice is not offered");
    officer.submit(&close, fill().forge("ket-qua", "done")).await.refuses("ket-qua", "Hộ đang ở đây");
    leave(&world, id, "2024-03-24").await;
    let counted = tally(&world).await;
    officer.get(&address).await.ok().says("Xóa rồi không lấy lại được");
    officer.submit(&close, fill().with("ket-qua", "done")).await.leads_to(&address);
    officer.get(&address).await.ok().says("đã xóa tên và địa chỉ");
    assert_eq!(tables_with(&world, &SECRETS).await, Vec::<String>::new());
    assert_eq!(tally(&world).await, counted);
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'household_anonymised'").await, 1);
}

// Keeping -----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn names_go_when_the_years_are_over_and_counts_stay() {
    let world = World::new().await;
    let gone = settle(&world).await;
    let group = group_7(&world).await;
    let (db, leader) = enter(&world, people::LEADER_7).await;
    let stays = Facts { head: "Cao Bá Nhạ".to_owned(), ..Facts::default() };
    actions::add(db, &leader, (group, on("2020-01-01")), &stays, world.app.clock.now()).await.unwrap();
    leave(&world, gone, "2024-03-24").await;
    let counted = tally(&world).await;
    assert_eq!(counted, 1, "who left is not part of the year");
    let mut steward = world.client(people::STEWARD).await;
    steward.get(YEARS).await.ok().says("5 năm").says("Phường chưa đặt").says("không có hộ nào đến hạn xóa").costs(2);
    steward.submit(YEARS, fill().with("so-nam", "0")).await.refuses("so-nam", "ngoài khoảng");
    steward.submit(YEARS, fill().with("so-nam", "2")).await.leads_to(YEARS);
    steward.follow().await.ok().says("2 năm").says("Trần Gia Huy đặt lúc");

    // Two years to the day are not over yet.
    world.now_is("2026-03-24");
    assert_eq!(anonymise_expired(&world.app.db, world.app.clock.now()).await.unwrap(), 0);
    assert!(tables_with(&world, &SECRETS).await.contains(&"household".to_owned()));
    world.now_is("2026-03-25");
    let mut steward = world.client(people::STEWARD).await;
    steward.get(YEARS).await.ok().says("xóa tên, địa chỉ của 1 hộ");
    assert_eq!(anonymise_expired(&world.app.db, world.app.clock.now()).await.unwrap(), 1);
    assert_eq!(tables_with(&world, &SECRETS).await, Vec::<String>::new(), "not in the register, not in the journal");
    assert_eq!(tables_with(&world, &["Cao Bá Nhạ"]).await, ["household"], "who stays keeps the name");
    assert_eq!(tally(&world).await, counted);
    assert_eq!(anonymise_expired(&world.app.db, world.app.clock.now()).await.unwrap(), 0, "a second run finds nothing");
    let told: i64 = world
        .ask("select count(*) from event where verb = 'households_anonymised' and detail ->> 'households' = '1'")
        .await;
    assert_eq!(told, 1);
}

#[tokio::test]
async fn what_somebody_still_asks_about_is_kept_until_it_is_answered() {
    let world = World::new().await;
    let id = settle(&world).await;
    leave(&world, id, "2024-03-24").await;
    let mut officer = world.client(people::OFFICER).await;
    let address = ask(&mut officer, "see").await;
    world.now_is("2030-01-01");
    assert_eq!(anonymise_expired(&world.app.db, world.app.clock.now()).await.unwrap(), 0);
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&address).await.ok();
    let refused = fill().with("ket-qua", "refused").with("ly-do", "Không phải người của hộ.");
    officer.submit(&format!("{address}/ket-thuc"), refused).await.leads_to(&address);
    officer.get(&address).await.ok().says("Không làm được").says("Không phải người của hộ.");
    assert_eq!(anonymise_expired(&world.app.db, world.app.clock.now()).await.unwrap(), 1);
}

#[tokio::test]
async fn the_counts_are_proved_and_mended_by_the_command() {
    use binhyen::commands;
    use binhyen::config::Cli;
    use clap::Parser;

    let world = World::new().await;
    settle(&world).await;
    let tally = async |more: &[&str]| {
        let line = ["binhyen", "tally", "--migrate-url", &world.urls.migrate].into_iter().chain(more.iter().copied());
        format!("{:?}", commands::run(Cli::parse_from(line)).await.unwrap())
    };
    let good = format!("{:?}", std::process::ExitCode::SUCCESS);
    assert_eq!(tally(&[]).await, good);
    let mut owner = world.owner().await;
    // Nothing of the program can do this.
    sqlx::query("update participation_tally set households = households + 5").execute(&mut owner).await.unwrap();
    assert_ne!(tally(&[]).await, good);
    assert_eq!(world.ask::<i64>("select sum(households) from participation_tally").await, 6, "looking mends nothing");
    assert_eq!(tally(&["--mend"]).await, good);
    assert_eq!(world.ask::<i64>("select sum(households) from participation_tally").await, 1);
    assert_eq!(tally(&[]).await, good);
}

/// Every page that shows a household writes down who looked, how, and at how many; what was typed into a search is nowhere.
#[tokio::test]
async fn every_page_that_shows_households_leaves_a_look() {
    let world = World::new().await;
    let id = settle(&world).await;
    let sheets = "/ky-cam-ket/phieu.pdf?to=07&ho=tat-ca&kieu=danh-sach";
    let pages = [
        ("/ho".to_owned(), "list"),
        ("/ho?tim=Kieu+Oanh".to_owned(), "search"),
        (format!("/ho/{id}"), "show"),
        ("/ho/xuat.xlsx".to_owned(), "export"),
        ("/ho/xuat.csv".to_owned(), "export"),
        ("/ho/mau.xlsx".to_owned(), "export"),
        ("/ky-cam-ket".to_owned(), "list"),
        ("/ky-cam-ket?tim=Kieu+Oanh".to_owned(), "search"),
        ("/ky-cam-ket/cuoc-hop".to_owned(), "list"),
        ("/ky-cam-ket/con-lai".to_owned(), "print"),
        ("/ky-cam-ket/con-lai.pdf".to_owned(), "print"),
        (sheets.to_owned(), "print"),
        ("/q/PL/2024/07-0001".to_owned(), "show"),
    ];
    let mut leader = world.client(people::LEADER_7).await;
    let mut owner = world.owner().await;
    for (page, what) in pages {
        let before: i64 = sqlx::query_scalar("select count(*) from data_access").fetch_one(&mut owner).await.unwrap();
        leader.get(&page).await.ok();
        let (count, rows): (i64, i32) = sqlx::query_as(
            "select count(*), coalesce(max(rows), 0) from (select rows from data_access where what = $1 order by ctid desc limit (select count(*) - $2 from data_access)) new",
        )
        .bind(what)
        .bind(before)
        .fetch_one(&mut owner)
        .await
        .unwrap();
        assert_eq!((count, rows), (1, 1), "{page} leaves one look, {what}, at one household");
    }
    let told: i64 =
        world.ask("select count(*) from data_access where to_jsonb(data_access)::text ilike '%oanh%'").await;
    assert_eq!(told, 0, "a search word is a name");
}
