//! Accounts, seats, sessions, lent seats.

use crate::support::{Client, World, fill, people};

/// The initial password, from the page that shows it once.
fn initial_password(steward: &Client) -> String {
    let text = steward.shown().text();
    let (_, after) = text.split_once("phải đổi. ").unwrap_or_else(|| panic!("no password in {text}"));
    after.split(' ').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_steward_makes_an_account_whose_first_password_has_to_be_changed() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    let new = "/quan-tri/tai-khoan/moi";
    steward.get(new).await.ok();
    steward.submit(new, fill()).await.is(422);
    assert!(steward.shown().errors().len() >= 3);
    let typed = fill()
        .with("ho-ten", "Đoàn Thị Mai Sương")
        .with("xung-ho", "bà")
        .with("so-dien-thoai", "0912 345 678")
        .with("vai", "committee_member");
    steward.submit(new, typed).await.ok().says("Mật khẩu ban đầu");
    let password = initial_password(&steward);
    let mut member = world.visitor();
    member.get("/dang-nhap").await.ok();
    member.submit("/dang-nhap", fill().with("so-dien-thoai", "0912345678").with("mat-khau", &password)).await.is(303);
    member.get("/").await.leads_to("/tai-khoan/mat-khau");
    let change = "/tai-khoan/mat-khau";
    member.get(change).await.ok();
    let short = fill().with("mat-khau", &password).with("mat-khau-moi", "ngắn").with("mat-khau-moi-lai", "ngắn");
    member.submit(change, short).await.refuses("mat-khau-moi", "cần ít nhất 12");
    let weak = fill()
        .with("mat-khau", &password)
        .with("mat-khau-moi", "Mai Sương 0912")
        .with("mat-khau-moi-lai", "Mai Sương 0912");
    member.submit(change, weak).await.is(422);
    let other = fill()
        .with("mat-khau", &password)
        .with("mat-khau-moi", "suối mai tre lúa")
        .with("mat-khau-moi-lai", "suối mai tre lụa");
    member.submit(change, other).await.is(422);
    let good = fill()
        .with("mat-khau", &password)
        .with("mat-khau-moi", "suối mai tre lúa")
        .with("mat-khau-moi-lai", "suối mai tre lúa");
    member.submit(change, good).await.is(303);
    member.get("/").await.ok().says("24 tổ dân phố");
}

#[tokio::test]
async fn a_shut_account_is_out_at_once() {
    let world = World::new().await;
    let account: uuid::Uuid = world.ask("select id from account where phone = '0900000207'").await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/").await.ok();
    let mut steward = world.client(people::STEWARD).await;
    let page = format!("/quan-tri/tai-khoan/{account}");
    steward.get(&page).await.ok().says("Trần Văn Lựu");
    steward.submit(&format!("{page}/khoa"), fill()).await.is(303);
    leader.get("/").await.is(303);
    assert!(leader.shown().location().starts_with("/dang-nhap"));
    steward.get(&page).await.ok();
    steward.submit(&format!("{page}/mo"), fill()).await.is(303);
    world.client(people::LEADER_7).await.get("/").await.ok();
}

#[tokio::test]
async fn stewards_reach_their_own_people_only() {
    let world = World::new().await;
    let elsewhere: uuid::Uuid = world.ask("select id from account where phone = '0900000501'").await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get(&format!("/quan-tri/tai-khoan/{elsewhere}")).await.not_found();
    steward.get("/quan-tri/tai-khoan?tim=luu").await.ok().says("Trần Văn Lựu").is_silent_about("Phùng Văn Khải");
    for phone in [people::LEADER_7, people::OFFICER, people::CHAIR, people::CITY_CHAIR] {
        let mut client = world.client(phone).await;
        client.get("/quan-tri/tai-khoan").await.is(403);
        client.get(&format!("/quan-tri/tai-khoan/{elsewhere}")).await.is(403);
    }
}

#[tokio::test]
async fn ones_own_sessions_are_listed_and_ended() {
    let world = World::new().await;
    let mut phone = world.client(people::LEADER_7).await;
    let mut laptop = world.client(people::LEADER_7).await;
    laptop.get("/tai-khoan").await.ok().says("Chrome trên Android");
    laptop.submit("/tai-khoan/phien/dung-het", fill()).await.is(303);
    phone.get("/").await.is(303);
    laptop.get("/").await.ok();
    laptop.submit("form[action='/dang-xuat']", fill()).await.is(303);
    assert!(!laptop.is_signed_in());
    laptop.get("/").await.is(303);
}

#[tokio::test]
async fn a_session_that_rests_too_long_ends_and_one_in_use_lasts_half_a_day() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    for _ in 0..50 {
        world.app.clock.advance(chrono::Duration::minutes(14));
        leader.get("/").await.ok();
    }
    world.app.clock.advance(chrono::Duration::minutes(14));
    world.app.clock.advance(chrono::Duration::minutes(14));
    leader.get("/").await.is(303);
}

#[tokio::test]
async fn a_lent_seat_covers_what_was_lent_and_ends_when_it_is_taken_back() {
    let world = World::on("2024-11-16").await;
    let dossier = world.appraised_request(7).await;
    let mut chair = world.client(people::CHAIR).await;
    let lend = "/uy-quyen/moi";
    chair.get(lend).await.ok();
    let typed = fill()
        .with("so-dien-thoai", people::MEMBER)
        .with("ky", "KT.")
        .tick("viec", "request")
        .with("tu-ngay", "16/11/2024")
        .with("den-ngay", "20/11/2024");
    chair.submit(lend, typed.with("ly-do", "Đi công tác tại Hà Nội.")).await.is(303);
    let mut deputy = world.visitor();
    deputy.sign_in_as(people::MEMBER, |words| words.contains("Trưởng Ban chỉ đạo")).await;
    deputy.get(&format!("{dossier}/ket-luan")).await.ok();
    // Registrations were not lent.
    let own = world.own_dossier(crate::support::Kind::Registration).await;
    deputy.get(&format!("{own}/nop")).await.is(403).says("Ngoài phạm vi được ủy quyền");
    deputy.get(&format!("{dossier}/ket-luan")).await.ok();
    let tab = deputy.tab(&format!("{dossier}/ket-luan"));
    chair.get("/uy-quyen").await.ok().says("Thái Thị Diệu Hiền");
    chair.submit("form[action$='/thu-hoi']", fill()).await.is(303);
    let status = deputy.submit_tab(&tab, fill().with("ket-luan", "de-nghi")).await.status.as_u16();
    assert!([303, 409].contains(&status), "{status}");
    assert_eq!(world.status(&dossier).await, "appraised", "a seat taken back decides nothing");
}
