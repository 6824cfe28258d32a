//! Registrations and pledges: one tap at each door, its undo, the reasons, a whole list at once, and counts that agree after each.

use axum::http::{Method, header};
use binhyen::access::{Actor, Place};
use binhyen::household::model::{Address, Facts};
use binhyen::household::store::Fresh;
use binhyen::participation;
use binhyen::platform::db::Scoped;
use binhyen::platform::id::{HouseholdId, UnitId};
use binhyen::web::session;
use chrono::Duration;
use serde_json::Value;
use sqlx::Connection;

use crate::support::{Answer, Client, World, fill, people};

/// Enters the database as the person at this browser.
pub async fn enter(world: &World, client: &Client) -> (Scoped, Actor) {
    let key = session::hash(client.session_key());
    let (db, entrance) = world.app.db.enter_session(&key, world.app.clock.now(), Duration::minutes(15)).await.unwrap();
    let person = session::person(&entrance).unwrap();
    (db, session::actor(&person, entrance).unwrap())
}

async fn group(world: &World, code: &str) -> UnitId {
    let mut owner = world.owner().await;
    let id: uuid::Uuid = sqlx::query_scalar(
        "select u.id from unit u join unit w on w.id = u.ward_id where w.code = 'PL' and u.kind = 'group' and u.code = $1",
    )
    .bind(code)
    .fetch_one(&mut owner)
    .await
    .unwrap();
    id.into()
}

/// A street of households: the even side of Trường Sơn, then alley 24 of Dã Tượng, in turns of ten.
fn facts(n: usize) -> Facts {
    let address = |house: String, alley: &str, street: &str| Address {
        house,
        alley: alley.to_owned(),
        street: street.to_owned(),
    };
    Facts {
        head: format!("Nguyễn Thị Sen {}", char::from(b'A' + u8::try_from(n % 26).unwrap())),
        address: if n.is_multiple_of(2) {
            address((2 * n + 2).to_string(), "", "Trường Sơn")
        } else {
            address(n.to_string(), "24", "Dã Tượng")
        },
        members: Some(4),
        ..Facts::default()
    }
}

/// Writes households "07-0001" and on into a group and into the running year.
pub async fn settle(world: &World, code: &str, count: usize) -> (UnitId, Vec<HouseholdId>) {
    let officer = world.client(people::OFFICER).await;
    let (mut db, actor) = enter(world, &officer).await;
    let (group, now) = (group(world, code).await, world.app.clock.now());
    let fresh = |n: usize| Fresh {
        id: HouseholdId::new(now),
        group,
        code: format!("{code}-{:04}", n + 1),
        facts: facts(n),
        since: "2020-01-01".parse().unwrap(),
    };
    let all: Vec<Fresh> = (0..count).map(fresh).collect();
    let place = Place { city: actor.city, ward: actor.ward().unwrap(), group: Some(group) };
    let mut tx = db.begin().await.unwrap();
    binhyen::household::store::insert_all(&mut tx, place, &all, ("registered", None), ("Thử", now)).await.unwrap();
    let joined: Vec<_> = all.iter().map(|it| (it.id, group)).collect();
    participation::store::join(&mut tx, actor.cycle.unwrap(), place, &joined).await.unwrap();
    tx.commit().await.unwrap();
    (group, all.iter().map(|it| it.id).collect())
}

/// Every count agrees with a recount.
pub async fn counts_agree(world: &World) {
    let differing: i64 = world.ask("select count(*) from participation_recount(false)").await;
    assert_eq!(differing, 0, "a count differs from a recount");
}

/// Taps the button of a door on the page.
async fn tap<'a>(client: &'a mut Client, code: &str, wish: &str) -> &'a Answer {
    client.submit(&format!("#ho-{code} form"), fill().with("ghi", wish)).await
}

/// Sends a door's form as the script does.
async fn tap_by_script(client: &mut Client, address: &str, body: &str) -> (u16, Value) {
    let request = client
        .request(Method::POST, address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, "http://localhost:8390")
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "application/json")
        .body(axum::body::Body::from(body.to_owned()))
        .unwrap();
    let answer = client.send(request).await;
    (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
}

async fn events(world: &World, verb: &str) -> i64 {
    let mut owner = world.owner().await;
    sqlx::query_scalar("select count(*) from event where verb = $1").bind(verb).fetch_one(&mut owner).await.unwrap()
}

#[tokio::test]
async fn a_door_is_signed_with_one_tap_and_taken_back_with_another() {
    let world = World::new().await;
    settle(&world, "07", 5).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/ky-cam-ket").await.ok().says("0/5 hộ").says("Chưa ký 5").says("hết thứ Bảy 30/3");
    leader.shown().says("Đường Trường Sơn, số chẵn").says("Hẻm 24 Dã Tượng").says("còn 2/2");
    tap(&mut leader, "07-0003", "ky").await.leads_to("/ky-cam-ket?vua-ghi=07-0003#ho-07-0003").costs(8);
    leader.follow().await.ok().says("1/5 hộ").says("(20,0%), còn 4").says("9:00").says("còn 2/3");
    counts_agree(&world).await;
    tap(&mut leader, "07-0003", "bo-ky").await.is(303);
    leader.follow().await.ok().says("0/5 hộ").is_silent_about("9:00");
    counts_agree(&world).await;
    assert_eq!((events(&world, "pledged").await, events(&world, "pledge_taken_back").await), (1, 1));
    // What was looked at is written down, without the words.
    let looks: i64 = world.ask("select count(*) from data_access where what = 'list' and rows = 5").await;
    assert_eq!(looks, 3);
}

#[tokio::test]
async fn the_door_just_signed_stays_in_sight_of_the_unsigned_ones() {
    let world = World::new().await;
    settle(&world, "07", 4).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/ky-cam-ket?xem=chua-ky").await.ok();
    tap(&mut leader, "07-0001", "ky").await.leads_to("/ky-cam-ket?xem=chua-ky&vua-ghi=07-0001#ho-07-0001");
    assert!(leader.follow().await.has("#ho-07-0001 .btn--done"));
    assert!(!leader.get("/ky-cam-ket?xem=chua-ky").await.has("#ho-07-0001"));
    assert!(leader.get("/ky-cam-ket?xem=da-ky").await.has("#ho-07-0001"));
    leader.get("/ky-cam-ket?tim=sen+b").await.ok();
    assert!(leader.shown().has("#ho-07-0002") && !leader.shown().has("#ho-07-0001"));
    let searches: i64 = world.ask("select count(*) from data_access where what = 'search' and rows = 1").await;
    assert_eq!(searches, 1);
    leader.get("/ky-cam-ket?tim=khong+co").await.ok().says("Không có hộ nào khớp “khong co” ở tổ 7");
}

#[tokio::test]
async fn registration_and_pledge_are_two_marks() {
    let world = World::new().await;
    settle(&world, "07", 3).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/ky-cam-ket?viec=dang-ky").await.ok().says("Đăng ký tham gia").says("0/3 hộ");
    tap(&mut leader, "07-0001", "dang-ky").await.is(303);
    leader.follow().await.ok().says("1/3 hộ");
    leader.get("/ky-cam-ket").await.ok().says("0/3 hộ");
    // Whoever signs takes part.
    tap(&mut leader, "07-0002", "ky").await.is(303);
    leader.get("/ky-cam-ket?viec=dang-ky").await.ok().says("2/3 hộ");
    // A registration under a pledge is not taken back here: there is no button, and a forged one is refused.
    assert!(!leader.shown().has("#ho-07-0002 form"));
    let forged = leader.tab("#ho-07-0001 form");
    let second: uuid::Uuid = world.ask("select id from household where code = '07-0002'").await;
    let (key, path) = (leader.shown().value("_vai"), format!("/ky-cam-ket/{second}?viec=dang-ky"));
    let pairs = [("_vai", key.as_str()), ("_phien_ban", "2"), ("nam", "2024"), ("ghi", "bo-dang-ky")];
    leader.post_pairs(&path, &pairs).await.is(409);
    leader.submit_tab(&forged, fill()).await.is(303);
    leader.get("/ky-cam-ket?viec=dang-ky").await.ok().says("1/3 hộ");
    counts_agree(&world).await;
}

#[tokio::test]
async fn who_has_not_signed_has_a_reason_that_counts() {
    let world = World::new().await;
    settle(&world, "07", 4).await;
    let mut leader = world.client(people::LEADER_7).await;
    for (code, wish) in [("07-0001", "vang"), ("07-0002", "tu-choi"), ("07-0003", "di-xa"), ("07-0004", "vang")] {
        leader.get("/ky-cam-ket?xem=chua-ky").await.ok();
        tap(&mut leader, code, wish).await.is(303);
    }
    leader.get("/ky-cam-ket?xem=chua-ky").await.ok().says("Chưa ký vì: vắng 2, từ chối 1, đi làm xa 1");
    leader.shown().says("4 người, hộ 0002 Từ chối");
    counts_agree(&world).await;
    // Who signs needs no reason any more; a reason can be taken out.
    tap(&mut leader, "07-0002", "ky").await.is(303);
    leader.follow().await.ok().says("Chưa ký vì: vắng 2, đi làm xa 1");
    tap(&mut leader, "07-0004", "bo-ly-do").await.is(303);
    leader.follow().await.ok().says("Chưa ký vì: vắng 1, đi làm xa 1");
    counts_agree(&world).await;
    assert_eq!(events(&world, "not_signed").await, 4);
}

#[tokio::test]
async fn a_tap_sent_twice_counts_once_and_a_stale_one_is_told_apart() {
    let world = World::new().await;
    settle(&world, "07", 3).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/ky-cam-ket").await.ok();
    let old = leader.tab("#ho-07-0001 form");
    leader.submit_tab(&old, fill()).await.is(303);
    leader.submit_tab(&old, fill()).await.is(303);
    assert_eq!(events(&world, "pledged").await, 1);
    // An area officer whose page is older wishes the same: it is done, and it was the leader who did it.
    let mut area = world.client(people::AREA).await;
    area.get("/ky-cam-ket?to=07").await.ok().says("Ký cam kết, Tổ 7").says("1/3 hộ");
    let stale = area.tab("#ho-07-0001 form");
    leader.get("/ky-cam-ket").await.ok();
    tap(&mut leader, "07-0001", "bo-ky").await.is(303);
    leader.get("/ky-cam-ket").await.ok();
    tap(&mut leader, "07-0001", "ky").await.is(303);
    // The officer's page saw the first signature; taking that one back is stale, since another one stands there.
    area.submit_tab(&stale, fill()).await.is(409).says("Đã có thay đổi");
    leader.get("/ky-cam-ket").await.ok().says("1/3 hộ");
    counts_agree(&world).await;
}

#[tokio::test]
async fn the_script_gets_a_few_words() {
    let world = World::new().await;
    let (_, households) = settle(&world, "07", 3).await;
    let mut leader = world.client(people::LEADER_7).await;
    let key = leader.seat_key("/ky-cam-ket").await;
    let at = format!("/ky-cam-ket/{}", households[0]);
    let body = |wish: &str, revision: i64| {
        format!("_vai={key}&_phien_ban={revision}&nam=2024&ma=07-0001&ghi={wish}&ngay=2024-03-25&cach=door")
    };
    let (status, said) = tap_by_script(&mut leader, &at, &body("ky", 1)).await;
    assert_eq!(
        (status, &said["signed"], &said["time"], &said["revision"]),
        (200, &true.into(), &"9:00".into(), &2.into())
    );
    assert_eq!((&said["sum"]["big"], &said["sum"]["rest"]), (&"1/3 hộ".into(), &"(33,3%), còn 2".into()));
    assert_eq!(tap_by_script(&mut leader, &at, &body("ky", 1)).await.1["revision"], 2, "sent twice");
    let (status, said) = tap_by_script(&mut leader, &at, &body("bo-ky", 1)).await;
    assert_eq!((status, &said["done"], &said["signed"]), (409, &false.into(), &true.into()), "{said}");
    let (status, said) = tap_by_script(&mut leader, &at, &body("vang", 2)).await;
    assert_eq!((status, &said["why"]), (409, &Value::Null), "who has signed needs no reason");
    for (day, words) in [("2024-03-26", "chưa tới"), ("2023-11-15", "thuộc năm trước")] {
        let body = format!("_vai={key}&_phien_ban=1&nam=2024&ghi=ky&ngay={day}");
        let (status, said) = tap_by_script(&mut leader, &format!("/ky-cam-ket/{}", households[1]), &body).await;
        assert_eq!(status, 422);
        assert!(said.as_str().unwrap().contains(words), "{said}");
    }
    // A day that was: the button tells it.
    let body = format!("_vai={key}&_phien_ban=1&nam=2024&ghi=ky&ngay=2024-03-20");
    let (_, said) = tap_by_script(&mut leader, &format!("/ky-cam-ket/{}", households[1]), &body).await;
    assert_eq!(said["time"], "20/3");
    // Signed out: no JSON, so the script keeps its queue.
    leader.forget_session();
    let (status, said) = tap_by_script(&mut leader, &at, &body).await;
    assert!(said.is_null() && status != 303, "{status} {said}");
    counts_agree(&world).await;
}

#[tokio::test]
async fn other_groups_and_other_seats_stay_outside() {
    let world = World::new().await;
    let (_, households) = settle(&world, "07", 2).await;
    settle(&world, "08", 1).await;
    let mut other = world.client(people::LEADER_8).await;
    let key = other.seat_key("/ky-cam-ket").await;
    let pairs = [("_vai", key.as_str()), ("_phien_ban", "1"), ("nam", "2024"), ("ghi", "ky")];
    other.post_pairs(&format!("/ky-cam-ket/{}", households[0]), &pairs).await.not_found();
    other.get("/ky-cam-ket?to=07").await.not_found();
    // The chair looks and does not record; a member, a city and a steward do not look.
    let mut chair = world.client(people::CHAIR).await;
    chair.get("/ky-cam-ket?to=07").await.ok().says("0/2 hộ");
    assert!(!chair.shown().has(".door form"));
    chair.get("/ky-cam-ket/cuoc-hop?to=07").await.is(403);
    for phone in [people::MEMBER, people::CITY, people::STEWARD] {
        let mut outside = world.client(phone).await;
        for path in ["/ky-cam-ket", "/ky-cam-ket/con-lai", "/ky-cam-ket/dau-nam", "/ky-cam-ket/cuoc-hop"] {
            outside.get(path).await.is(403);
        }
    }
    // An area officer begins with the first group of the beat and chooses another one.
    let mut area = world.client(people::AREA).await;
    area.get("/ky-cam-ket").await.ok().says("Ký cam kết, Tổ 7");
    area.submit("form.row", fill().with("to", "08")).await.ok().says("Ký cam kết, Tổ 8").says("0/1 hộ");
    area.get("/ky-cam-ket?to=01").await.not_found();
}

#[tokio::test]
async fn a_whole_list_is_ticked_after_a_meeting() {
    let world = World::new().await;
    let (_, households) = settle(&world, "07", 6).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/ky-cam-ket/cuoc-hop").await.ok().says("Còn 6 hộ chưa ký").costs(4);
    let form = "/ky-cam-ket/cuoc-hop?to=07";
    leader.submit(form, fill()).await.refuses("ho", "Chọn ít nhất một hộ");
    let ticks = households[..4].iter().fold(fill(), |fill, id| fill.tick("ho", &id.to_string()));
    leader.submit(form, ticks.clone().with("ngay", "26/3/2024")).await.refuses("ngay", "chưa tới");
    leader.submit(form, ticks.with("ngay", "20/3/2024").with("cach", "sheet")).await.ok();
    leader.shown().says("Ghi 4 hộ ký ngày 20/3/2024?").says("Trên phiếu giấy");
    let confirm = leader.tab(form);
    leader.submit_tab(&confirm, fill()).await.leads_to("/ky-cam-ket?to=07&da-ghi=4");
    leader.follow().await.ok().says("Đã ghi 4 hộ ký.").says("4/6 hộ").says("20/3");
    // The same answer once more finds nobody left.
    leader.submit_tab(&confirm, fill()).await.leads_to("/ky-cam-ket?to=07&da-ghi=0");
    assert_eq!((events(&world, "marks_recorded").await, events(&world, "pledged").await), (1, 0));
    counts_agree(&world).await;
    // The story of the year tells it in one line.
    leader.get("/nam/2024").await.ok().says("4 hộ ký ngày 20/3/2024, trên phiếu giấy");
    leader
        .get("/ky-cam-ket/con-lai")
        .await
        .ok()
        .says("Chưa ký: Tổ dân phố 7")
        .says("4/6 hộ")
        .says("hộ 07-0005")
        .costs(4);
    leader.shown().is_silent_about("hộ 07-0001");
    let prints: i64 = world.ask("select count(*) from data_access where what = 'print' and rows = 2").await;
    assert_eq!(prints, 1);
}

#[tokio::test]
async fn an_older_year_is_read_and_not_written() {
    let world = World::on("2024-12-02").await;
    settle(&world, "07", 2).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/ky-cam-ket").await.ok();
    tap(&mut leader, "07-0001", "ky").await.is(303);
    leader.get("/ky-cam-ket").await.ok();
    let old = leader.tab("#ho-07-0002 form");
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam").await.ok();
    officer.submit("form[method='get']", fill().with("nam", "2025").with("bo", "kh390-2024")).await.ok();
    officer.submit("form[action='/nam'][method='post']", fill()).await.is(303);
    // A page of the old year that was still open.
    leader.submit_tab(&old, fill()).await.is(403).says("Năm này đã qua");
    leader.get("/ky-cam-ket").await.ok().says("0/2 hộ");
    // Looking at the old one: it shows what was, without buttons.
    sqlx::query("update session set year = 2024").execute(&mut world.owner().await).await.unwrap();
    leader.get("/ky-cam-ket").await.ok().says("1/2 hộ").says("Năm cũ, chỉ xem");
    assert!(!leader.shown().has(".door form") && leader.shown().has("#ho-07-0001 .tag.is-good"));
    leader.get("/ky-cam-ket/cuoc-hop").await.is(403);
    counts_agree(&world).await;
}

#[tokio::test]
async fn the_next_door_is_one_tap_away_from_home() {
    let world = World::new().await;
    settle(&world, "07", 3).await;
    settle(&world, "08", 2).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/").await.ok().says("Còn 2 việc cần làm").says("Rà soát sổ hộ đầu năm").says("0/3 hộ").costs(2);
    leader.shown().says("Nhà tiếp theo: 1 hẻm 24 Dã Tượng");
    for place in ["/", "/ky-cam-ket", "/ho-so", "/xem-them"] {
        assert!(leader.shown().has(&format!(".dock a[href='{place}']")), "{place}");
    }
    let looks: i64 = world.ask("select count(*) from data_access where household_id is not null and rows = 1").await;
    assert_eq!(looks, 1, "one household was in sight");
    leader.submit(".door form", fill()).await.leads_to("/ky-cam-ket?tu-ho=07-0002&vua-ghi=07-0002#ho-07-0002");
    leader.follow().await.ok().says("1/3 hộ");
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/").await.ok();
    officer.get("/").await.ok().says("Hộ đã ký 1/5 hộ (20,0%), còn 4").costs(2);
    world.client(people::AREA).await.get("/").await.ok().says("1/5 hộ").costs(2);
    for _ in 0..2 {
        leader.get("/").await.ok();
        leader.submit(".door form", fill()).await.is(303);
    }
    leader.get("/").await.ok().says("3/3 hộ").says("Cả tổ đã ký");
    assert!(!leader.shown().has(".door"));
    leader.get("/xem-them").await.ok().says("Sổ hộ").says("In phiếu ký").says("Tài khoản");
}

#[tokio::test]
async fn a_year_begins_with_a_short_checklist() {
    let world = World::on("2024-11-20").await;
    let (group, households) = settle(&world, "07", 4).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/ky-cam-ket").await.ok();
    tap(&mut leader, "07-0001", "ky").await.is(303);
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam").await.ok();
    officer.submit("form[method='get']", fill().with("nam", "2025").with("bo", "kh390-2024")).await.ok();
    officer.submit("form[action='/nam'][method='post']", fill()).await.is(303);
    // One came, one left, one has another head.
    let now = world.app.clock.now();
    let today = binhyen::platform::clock::civil(now);
    let (db, actor) = enter(&world, &leader).await;
    let come = Facts { head: "Đỗ Văn Mới".to_owned(), ..facts(7) };
    binhyen::household::actions::add(db, &actor, (group, today), &come, now).await.unwrap();
    let seen = |n: usize| binhyen::household::actions::Seen { id: households[n], revision: 1 };
    let (db, actor) = enter(&world, &leader).await;
    let gone = (binhyen::household::model::End::Moved, today, None);
    binhyen::household::actions::end(db, &actor, seen(1), gone, now).await.unwrap();
    let (db, actor) = enter(&world, &leader).await;
    let heir = Facts { head: "Lê Thị Thừa Kế".to_owned(), ..facts(2) };
    binhyen::household::actions::edit(db, &actor, seen(2), (&heir, None), now).await.unwrap();
    leader.get("/").await.ok().says("Rà soát sổ hộ đầu năm");
    leader.get("/ky-cam-ket/dau-nam").await.ok().costs(4);
    leader.shown().says("Sổ lấy từ năm 2024: 4 hộ , trong đó 1 hộ đã ký. Năm 2025 có 4 hộ");
    leader.shown().says("Hộ mới đến (1) Đỗ Văn Mới").says("Hộ đã đi (1)").says("chuyển đi 20/11/2024");
    leader.shown().says("Lê Thị Thừa Kế trước là Nguyễn Thị Sen C");
    let press = leader.tab("/ky-cam-ket/dau-nam?to=07");
    leader.submit_tab(&press, fill()).await.leads_to("/ky-cam-ket/dau-nam?to=07");
    leader.follow().await.ok().says("Đã rà soát xong").says("Trần Văn Lựu");
    leader.submit_tab(&press, fill()).await.is(303);
    assert_eq!(events(&world, "register_reviewed").await, 1);
    leader.get("/").await.ok().is_silent_about("Rà soát sổ hộ đầu năm");
    officer.get("/ky-cam-ket/dau-nam?to=07").await.ok().says("Đã rà soát xong");
    counts_agree(&world).await;
}

fn packed(body: &[u8]) -> usize {
    use std::io::Write;
    let mut pack = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    pack.write_all(body).unwrap();
    pack.finish().unwrap().len()
}

#[tokio::test]
async fn the_first_page_of_a_leader_is_light_and_costs_two_statements() {
    let world = World::new().await;
    settle(&world, "07", 350).await;
    let mut leader = world.client(people::LEADER_7).await;
    for path in ["/ky-cam-ket", "/ky-cam-ket?xem=chua-ky", "/ky-cam-ket?viec=dang-ky", "/ky-cam-ket?tim=sen"] {
        leader.get(path).await.ok().costs(2);
    }
    let page = leader.get("/ky-cam-ket").await.ok();
    let doors = crate::support::selector("li.door");
    assert_eq!(page.html().select(&doors).count(), 50);
    let mut weight = packed(&page.body);
    let sheets = crate::support::selector("link[rel=stylesheet], script[src]");
    let files: Vec<String> =
        page.html().select(&sheets).filter_map(|it| it.attr("href").or(it.attr("src")).map(str::to_owned)).collect();
    assert_eq!(files.len(), 3, "{files:?}");
    for file in files {
        weight += packed(&leader.get(&file).await.ok().body);
    }
    assert!(weight < 40 * 1024, "{weight} bytes over the wire");
    // The walk goes on where the page ends, and each door is met once.
    let mut met = std::collections::BTreeSet::new();
    let mut next = Some("/ky-cam-ket".to_owned());
    while let Some(path) = next {
        let page = leader.get(&path).await.ok();
        for door in page.html().select(&doors) {
            assert!(met.insert(door.attr("id").unwrap().to_owned()), "{path} shows a door again");
        }
        let link = crate::support::selector("a[rel=next]");
        next = page.html().select(&link).next().and_then(|it| it.attr("href").map(str::to_owned));
    }
    assert_eq!(met.len(), 350);
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/ky-cam-ket?to=07").await.ok();
    officer.get("/ky-cam-ket?to=07").await.ok().costs(2);
}
