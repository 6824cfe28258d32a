//! What stewards do with the accounts of their place, and how the first of them comes to be.

use binhyen::commands;
use binhyen::config::{Cli, FirstSteward, MigrateUrl};
use clap::Parser;
use scraper::Selector;
use sqlx::AssertSqlSafe;

use super::account::{enter, hides};
use super::sessions::{seats, sit};
use crate::support::{Answer, Client, Fill, World, day, fill, people};

const LIST: &str = "/quan-tri/tai-khoan";
const NEW: &str = "/quan-tri/tai-khoan/moi";
const NEWCOMER: &str = "0900 000 777";
const OWN: &str = "suối mai tre lúa vàng";

/// The steward's page about somebody.
async fn page_of(world: &World, phone: &str) -> String {
    let mut owner = world.owner().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from account where phone = $1")
        .bind(phone)
        .fetch_one(&mut owner)
        .await
        .expect("an account");
    format!("{LIST}/{id}")
}

fn newcomer(role: &str) -> Fill {
    let filled = fill().with("ho-ten", "Mạc Thị Kiều Diễm").with("xung-ho", "chị").with("so-dien-thoai", NEWCOMER);
    filled.with("vai", role).with("tu-ngay", "25/3/2024")
}

/// The initial password on the page that shows it.
fn shown_password(answer: &Answer) -> String {
    let at = Selector::parse("#mat-khau-ban-dau").expect("a selector");
    answer.html().select(&at).next().expect("a password").text().collect()
}

async fn create(steward: &mut Client, filled: Fill) -> String {
    steward.get(NEW).await.ok();
    shown_password(steward.submit(NEW, filled).await.ok().says("Trang này chỉ hiện một lần"))
}

#[tokio::test]
async fn an_initial_password_is_shown_once_and_has_to_be_changed() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get(NEW).await.ok();
    let tab = steward.tab(NEW);
    let password = shown_password(steward.submit_tab(&tab, newcomer("ward_officer")).await.ok());
    // Loading the page again sends the form again.
    let again = steward.submit_tab(&tab, newcomer("ward_officer")).await;
    again.refuses("so-dien-thoai", "Số này đã có tài khoản");
    hides(again, &password);
    let page = page_of(&world, "0900000777").await;
    steward.get(&page).await.ok().says("Mạc Thị Kiều Diễm").says("Chưa đổi mật khẩu ban đầu").costs(2);
    hides(steward.shown(), &password);
    let told: String = world.ask("select string_agg(detail::text, '') from event where verb = 'account_created'").await;
    assert!(told.contains("Mạc Thị Kiều Diễm") && !told.contains(&password), "{told}");
    let mut newcomer = world.visitor();
    enter(&mut newcomer, NEWCOMER, &password).await.leads_to("/");
    for path in ["/", "/uy-quyen", "/ho-so", "/tai-khoan", "/doi-vai"] {
        newcomer.get(path).await.leads_to("/tai-khoan/mat-khau");
    }
    newcomer.post_pairs("/doi-vai", &[("_chon", "1")]).await.leads_to("/tai-khoan/mat-khau");
    newcomer.post_pairs("/tai-khoan/phien/dung-het", &[]).await.leads_to("/tai-khoan/mat-khau");
    newcomer.post_pairs("/uy-quyen/moi", &[("ly-do", "x")]).await.leads_to("/tai-khoan/mat-khau");
    newcomer.get("/tai-khoan/mat-khau").await.ok().says("Đặt mật khẩu của riêng mình");
    let known = fill()
        .with("mat-khau", &password)
        .with("mat-khau-moi", "Mạc Thị Kiều Diễm")
        .with("mat-khau-moi-lai", "Mạc Thị Kiều Diễm");
    newcomer.submit("/tai-khoan/mat-khau", known).await.refuses("mat-khau-moi", "chủ yếu là tên");
    let own = fill().with("mat-khau", &password).with("mat-khau-moi", OWN).with("mat-khau-moi-lai", OWN);
    newcomer.submit("/tai-khoan/mat-khau", own).await.leads_to("/tai-khoan?xong=doi-mat-khau");
    newcomer.get("/").await.ok().says("Hồ sơ đăng ký của tổ dân phố");
}

#[tokio::test]
async fn what_lacks_or_does_not_fit_is_told_at_its_field() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get(NEW).await.ok();
    let empty = steward.submit(NEW, fill()).await;
    for field in ["ho-ten", "xung-ho", "so-dien-thoai", "vai"] {
        assert!(empty.errors().iter().any(|(at, _)| at == field), "{field}: {:?}", empty.errors());
    }
    // Taken by somebody whom this steward cannot see.
    let taken = newcomer("ward_officer").with("so-dien-thoai", people::OTHER_LEADER);
    let answer = steward.submit(NEW, taken).await;
    answer.refuses("so-dien-thoai", "Số này đã có tài khoản").is_silent_about("Phùng Văn Khải");
    assert_eq!(
        (answer.value("ho-ten"), answer.value("so-dien-thoai")),
        ("Mạc Thị Kiều Diễm".to_owned(), people::OTHER_LEADER.to_owned())
    );
    steward.submit(NEW, newcomer("group_leader")).await.refuses("to", "đúng một tổ");
    let elsewhere: uuid::Uuid =
        world.ask("select g.id from unit g join unit w on w.id = g.ward_id where w.code = 'PH' and g.code = '01' and g.kind = 'group'").await;
    steward.get(NEW).await.ok();
    steward
        .submit(NEW, newcomer("group_leader").forge("to", &elsewhere.to_string()))
        .await
        .refuses("to", "Chọn các tổ");
    assert_eq!(world.ask::<i64>("select count(*) from account where phone = '0900000777'").await, 0);
}

#[tokio::test]
async fn a_reset_ends_the_sessions_and_gives_another_initial_password() {
    let world = World::new().await;
    let page = page_of(&world, people::LEADER_7).await;
    let mut steward = world.client(people::STEWARD).await;
    let mut leader = world.client(people::LEADER_7).await;
    steward.get(&page).await.ok();
    let password = shown_password(steward.submit(&format!("{page}/mat-khau"), fill()).await.ok());
    leader.get("/").await.is(303);
    enter(&mut leader, people::LEADER_7, people::PASSWORD).await.is(422);
    enter(&mut leader, people::LEADER_7, &password).await.leads_to("/");
    leader.get("/").await.leads_to("/tai-khoan/mat-khau");
}

#[tokio::test]
async fn a_shut_account_is_out_at_once_and_nobody_learns_that_it_is_shut() {
    let world = World::new().await;
    let page = page_of(&world, people::LEADER_7).await;
    let mut steward = world.client(people::STEWARD).await;
    let mut leader = world.client(people::LEADER_7).await;
    steward.get(&page).await.ok();
    let tab = steward.tab(&format!("{page}/khoa"));
    steward.submit_tab(&tab, fill()).await.leads_to(&format!("{page}?xong=khoa"));
    steward.follow().await.ok().says("Đã khóa tài khoản").says("Khóa lúc");
    leader.get("/").await.is(303);
    enter(&mut leader, people::LEADER_7, people::PASSWORD)
        .await
        .refuses("mat-khau", "Số điện thoại hoặc mật khẩu chưa đúng");
    steward.submit_tab(&tab, fill()).await.is(409);
    steward.get(&page).await.ok();
    steward.submit(&format!("{page}/mo"), fill()).await.leads_to(&format!("{page}?xong=mo"));
    enter(&mut leader, people::LEADER_7, people::PASSWORD).await.leads_to("/");
    let events: i64 =
        world.ask("select count(*) from event where verb in ('account_disabled', 'account_enabled')").await;
    assert_eq!(events, 2);
}

#[tokio::test]
async fn a_seat_is_given_and_ends_with_its_day() {
    let world = World::new().await;
    let page = page_of(&world, people::MEMBER).await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get(&format!("{page}/vai")).await.ok();
    let seat = fill().with("vai", "ward_officer").with("tu-ngay", "25/3/2024");
    steward
        .submit(&format!("{page}/vai"), seat.clone().with("den-ngay", "1/1/2024"))
        .await
        .refuses("den-ngay", "trước ngày bắt đầu");
    steward
        .submit(&format!("{page}/vai"), seat.clone().with("den-ngay", ""))
        .await
        .leads_to(&format!("{page}?xong=giao-vai"));
    steward.get(&format!("{page}/vai")).await.ok();
    steward.submit(&format!("{page}/vai"), seat).await.refuses("vai", "đang giữ vai đó");
    let mut member = world.visitor();
    enter(&mut member, people::MEMBER, people::PASSWORD).await.leads_to("/doi-vai?ve=%2F");
    sit(&mut member, "Thường trực Ban chỉ đạo phường").await;
    // The newer seat stands first; its form is the first of two.
    let given: uuid::Uuid = world.ask("select s.id from seat s join account a on a.id = s.account_id where a.phone = '0900000301' and s.role = 'ward_officer'").await;
    let end = format!("{page}/vai/{given}/het");
    steward.get(&page).await.ok();
    steward.submit(&end, fill().with("het-ngay", "24/3/2024")).await.refuses("het-ngay", "Ngày cuối đã qua");
    steward.submit(&end, fill().with("het-ngay", "25/3/2024")).await.leads_to(&format!("{page}?xong=het-vai"));
    member.get("/uy-quyen").await.ok();
    world.now_is("2024-03-25T23:59");
    let mut member = world.visitor();
    enter(&mut member, people::MEMBER, people::PASSWORD).await.leads_to("/");
    member.get("/uy-quyen").await.ok();
    world.now_is("2024-03-26T00:01");
    member.get("/uy-quyen").await.leads_to("/doi-vai");
    assert_eq!(seats(member.follow().await.ok()).len(), 1);
}

#[tokio::test]
async fn a_wrong_day_is_told_at_the_seat_it_was_typed_for() {
    let world = World::new().await;
    let page = page_of(&world, people::OFFICER_TOO).await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get(&page).await.ok();
    let ids: Vec<uuid::Uuid> = {
        let mut owner = world.owner().await;
        let question = "select s.id from seat s join account a on a.id = s.account_id where a.phone = '0900000303' order by s.valid_from desc, s.id";
        sqlx::query_scalar(question).fetch_all(&mut owner).await.expect("seats")
    };
    let ends: Vec<String> = ids.iter().map(|id| format!("{page}/vai/{id}/het")).collect();
    for end in &ends {
        steward.submit(end, fill().with("het-ngay", "1/2")).await.refuses("het-ngay", "Chưa đọc được ngày “1/2”");
        let form = Selector::parse(&format!("form[action='{end}'] #het-ngay")).unwrap();
        assert_eq!(steward.shown().html().select(&form).count(), 1, "{end}");
    }
    // Also when the seat that stands first ended meanwhile and has no form.
    steward.submit(&ends[0], fill().with("het-ngay", "25/3/2024")).await.is(303);
    world.now_is("2024-03-26");
    let mut steward = world.client(people::STEWARD).await;
    steward.get(&page).await.ok();
    steward.submit(&ends[1], fill().with("het-ngay", "25/3/2024")).await.refuses("het-ngay", "Ngày cuối đã qua");
}

#[tokio::test]
async fn a_ward_steward_stays_in_the_ward() {
    let world = World::new().await;
    let (own, other) = (page_of(&world, people::STEWARD).await, page_of(&world, people::OTHER_LEADER).await);
    let mut steward = world.client(people::STEWARD).await;
    steward.get(LIST).await.ok().says("Trần Văn Lựu").is_silent_about("Phùng Văn Khải").costs(2);
    assert!(steward.shown().links(&format!("{LIST}/")).iter().all(|link| *link != other));
    steward
        .get(&format!("{LIST}?tim=khai"))
        .await
        .ok()
        .is_silent_about("Phùng Văn Khải")
        .says("Không có tài khoản nào khớp");
    steward.get(&format!("{LIST}?tim=tran+luu")).await.ok().says("Trần Văn Lựu");
    steward.get(NEW).await.ok();
    assert!(!steward.shown().has("input[name='vai'][value='city_officer']"));
    let tab = steward.tab(NEW);
    for role in ["city_officer", "city_chair", "steward_city"] {
        steward.submit_tab(&tab, newcomer("ward_officer").forge("vai", role)).await.is(403);
    }
    let vai = {
        steward.get(NEW).await.ok();
        steward.shown().value("_vai")
    };
    steward.get(&other).await.not_found();
    steward.get(&format!("{other}/vai")).await.not_found();
    let seat = [("_vai", vai.as_str()), ("vai", "ward_officer"), ("tu-ngay", "25/3/2024")];
    for verb in ["mat-khau", "khoa", "mo", "vai"] {
        steward.post_pairs(&format!("{other}/{verb}"), &seat).await.not_found();
    }
    // Oneself neither: some steward always remains, and nobody gives a seat to oneself.
    steward.get(&own).await.ok().says("Quản trị khác mới đổi vai");
    for verb in ["mat-khau", "khoa", "vai"] {
        steward.post_pairs(&format!("{own}/{verb}"), &seat).await.is(403);
    }
    assert_eq!(
        world
            .ask::<i64>(
                "select count(*) from event where verb like 'account%' or verb like 'seat%' or verb like 'password%'"
            )
            .await,
        0
    );
    for phone in [people::OFFICER, people::CHAIR, people::LEADER_7] {
        let mut client = world.client(phone).await;
        client.get(LIST).await.is(403);
        client.get(NEW).await.is(403);
    }
}

#[tokio::test]
async fn the_citys_steward_makes_a_wards_steward_and_keeps_who_sits_in_both() {
    let world = World::new().await;
    let mut city = world.client(people::CITY_STEWARD).await;
    city.get(&format!("{LIST}?tim=khai")).await.ok().says("Phùng Văn Khải");
    city.get(NEW).await.ok();
    city.submit(NEW, newcomer("steward_ward")).await.refuses("phuong", "Chọn phường");
    let ward: uuid::Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PH'").await;
    let password = create(&mut city, newcomer("steward_ward").with("phuong", &ward.to_string())).await;
    assert!(!password.is_empty());
    let member = page_of(&world, people::MEMBER).await;
    city.get(&format!("{member}/vai")).await.ok();
    let seat = fill().with("vai", "city_officer").with("tu-ngay", "25/3/2024");
    city.submit(&format!("{member}/vai"), seat).await.leads_to(&format!("{member}?xong=giao-vai"));
    let mut steward = world.client(people::STEWARD).await;
    let page = steward.get(&member).await.ok();
    page.says("Người này còn giữ vai ở nơi khác").is_silent_about("Thường trực Ban chỉ đạo thành phố");
    steward.get(NEW).await.ok();
    let vai = steward.shown().value("_vai");
    for verb in ["mat-khau", "khoa"] {
        steward.post_pairs(&format!("{member}/{verb}"), &[("_vai", &vai)]).await.is(403);
    }
}

fn first() -> FirstSteward {
    FirstSteward {
        database: MigrateUrl { migrate_url: None, migrate_url_file: None },
        province: "tỉnh Khánh Hòa".to_owned(),
        city: "thành phố Nha Trang".to_owned(),
        ward: Some("phường Phước Long".to_owned()),
        ward_code: "PL".to_owned(),
        phone: NEWCOMER.to_owned(),
        name: "Mạc Thị Kiều Diễm".to_owned(),
        public: binhyen::config::PublicUrl { public_url: None },
    }
}

/// A fresh installation has no steward yet; the sample has two, and nobody has used their seats.
async fn without_stewards() -> World {
    let world = World::new().await;
    let mut owner = world.owner().await;
    sqlx::query("delete from seat where role like 'steward%'").execute(&mut owner).await.expect("no stewards");
    world
}

#[tokio::test]
async fn the_first_stewards_link_opens_once() {
    let world = without_stewards().await;
    let link = binhyen::account::first_steward(&world.urls.migrate, &first(), day("2024-03-25")).await.expect("a link");
    let mut client = world.visitor();
    client.get(&link).await.ok().says("Mạc Thị Kiều Diễm").says(NEWCOMER);
    let set = |password: &str, again: &str| fill().with("mat-khau-moi", password).with("mat-khau-moi-lai", again);
    client
        .submit(&link, set("phuoc long 0900000777", "phuoc long 0900000777"))
        .await
        .refuses("mat-khau-moi", "chủ yếu là tên");
    client.submit(&link, set(OWN, "khác")).await.refuses("mat-khau-moi-lai", "chưa giống nhau");
    let tab = client.tab(&link);
    client.submit_tab(&tab, set(OWN, OWN)).await.leads_to("/dang-nhap?xong=dat-mat-khau");
    client.follow().await.ok().says("Đã đặt mật khẩu");
    client.submit_tab(&tab, set("mèo đen ngủ trên mái", "mèo đen ngủ trên mái")).await.is(410);
    client.get(&link).await.is(410).says("Liên kết không còn dùng được");
    enter(&mut client, NEWCOMER, OWN).await.leads_to("/");
    client.get(LIST).await.ok().says("Mạc Thị Kiều Diễm");
    // The database keeps a hash of the link alone.
    let token = link.rsplit('/').next().expect("a token").to_owned();
    let mut owner = world.owner().await;
    let dump: String =
        sqlx::query_scalar("select string_agg(i::text, ' ') from invite i").fetch_one(&mut owner).await.expect("links");
    assert!(!dump.contains(&token));
}

#[tokio::test]
async fn a_link_that_is_too_old_or_wrong_opens_nothing() {
    let world = without_stewards().await;
    let link = binhyen::account::first_steward(&world.urls.migrate, &first(), day("2024-03-25")).await.expect("a link");
    let mut client = world.visitor();
    client.get(&format!("{link}0")).await.is(410);
    client.get("/moi/%00").await.is(410);
    world.now_is("2024-03-26T08:59");
    client.get(&link).await.ok();
    let tab = client.tab(&link);
    world.now_is("2024-03-26T09:00");
    client.get(&link).await.is(410);
    client.submit_tab(&tab, fill().with("mat-khau-moi", OWN).with("mat-khau-moi-lai", OWN)).await.is(410);
    enter(&mut client, NEWCOMER, OWN).await.is(422);
}

#[tokio::test]
async fn there_is_one_first_steward() {
    let world = World::new().await;
    let before: i64 = world.ask("select count(*) from account").await;
    let refused = binhyen::account::first_steward(&world.urls.migrate, &first(), day("2024-03-25")).await;
    assert!(refused.expect_err("refused").to_string().contains("Đã có người quản trị"));
    let world_without = without_stewards().await;
    let taken = FirstSteward { phone: people::LEADER_7.to_owned(), ..first() };
    let refused = binhyen::account::first_steward(&world_without.urls.migrate, &taken, day("2024-03-25")).await;
    assert!(refused.expect_err("refused").to_string().contains("đã có tài khoản"));
    let no_phone = FirstSteward { phone: "12".to_owned(), ..first() };
    assert!(binhyen::account::first_steward(&world_without.urls.migrate, &no_phone, day("2024-03-25")).await.is_err());
    assert_eq!(world.ask::<i64>("select count(*) from account").await, before);
    assert_eq!(world_without.ask::<i64>("select count(*) from seat where role like 'steward%'").await, 0);
}

#[tokio::test]
async fn a_production_server_refuses_sample_accounts() {
    let world = World::new().await;
    assert!(binhyen::account::sample_accounts_exist(&world.app.db).await.expect("an answer"));
    let serve = ["binhyen", "--log", "error", "serve", "--database-url", &world.urls.app];
    let refused = commands::run(Cli::try_parse_from(serve).expect("a command")).await;
    assert!(refused.expect_err("refused").to_string().contains("còn tài khoản mẫu"));
    // One is enough.
    let mut owner = world.owner().await;
    let statement = format!("update account set sample = false where phone <> '{}'", people::LEADER_7);
    sqlx::query(AssertSqlSafe(statement)).execute(&mut owner).await.expect("updated");
    assert!(binhyen::account::sample_accounts_exist(&world.app.db).await.expect("an answer"));
    sqlx::query("update account set sample = false").execute(&mut owner).await.expect("updated");
    assert!(!binhyen::account::sample_accounts_exist(&world.app.db).await.expect("an answer"));
}
