//! How many statements each page sends: the session statement and one more on home, lists and dossier, at most three more
//! elsewhere. Counted warm: rulesets never change and are read once.

use crate::support::{Client, Kind, World, people};

/// Opens the page once to warm what is read once, then counts.
async fn costs(client: &mut Client, path: &str, most: u32) {
    client.get(path).await.ok();
    client.get(path).await.ok().costs(most);
}

#[tokio::test]
async fn home_lists_and_dossier_cost_two_statements() {
    let world = World::on("2024-11-16").await;
    let dossier = world.appraised_request(7).await;
    let own = world.sent_package().await;
    let registration = world.dossier(7, Kind::Registration).await;
    for phone in [people::LEADER_7, people::AREA, people::OFFICER, people::MEMBER, people::CHAIR] {
        let mut client = world.client(phone).await;
        for path in ["/", "/ho-so", &dossier, &registration] {
            costs(&mut client, path, 2).await;
        }
    }
    let mut officer = world.client(people::OFFICER).await;
    for path in ["/?xem=dang-ky", "/?xem=de-nghi", &own] {
        costs(&mut officer, path, 2).await;
    }
    for phone in [people::CITY, people::CITY_CHAIR] {
        let mut city = world.client(phone).await;
        costs(&mut city, "/", 2).await;
        costs(&mut city, &own, 2).await;
    }
    for phone in [people::STEWARD, people::CITY_STEWARD] {
        costs(&mut world.client(phone).await, "/", 2).await;
    }
}

#[tokio::test]
async fn forms_cost_four_statements_at_most() {
    let world = World::on("2024-11-16").await;
    let dossier = world.received_request(7).await;
    let written = world.written_request(8).await;
    let mut officer = world.client(people::OFFICER).await;
    for page in ["tham-dinh/1.1", "tra-lai", "phan/to-trinh"] {
        costs(&mut officer, &format!("{dossier}/{page}"), 4).await;
    }
    let mut leader = world.client(people::LEADER_8).await;
    for page in ["phan/to-trinh", "tu-danh-gia/1.3", "minh-chung", "nop"] {
        costs(&mut leader, &format!("{written}/{page}"), 4).await;
    }
    world.client(people::LEADER_7).await.get(&format!("{dossier}/da-nop")).await.ok().costs(4);
    officer.judge_all(&dossier, &[]).await;
    officer.press(&dossier, "tham-dinh-xong").await;
    costs(&mut world.client(people::CHAIR).await, &format!("{dossier}/ket-luan"), 4).await;
}

#[tokio::test]
async fn the_city_and_everybody_else_cost_four_at_most() {
    let world = World::on("2024-11-16").await;
    let seven = world.recommended_request(7).await;
    world.received_package().await;
    let mut chair = world.client(people::CITY_CHAIR).await;
    costs(&mut chair, &world.package().await, 4).await;
    costs(&mut chair, &format!("{seven}/quyet-dinh"), 4).await;
    chair.decide(&seven, true, "6120/QĐ-UBND", "16/11/2024").await;
    let certificates = world.package().await.replace("/goi/", "/giay-cong-nhan/");
    costs(&mut chair, &certificates, 2).await;
    world.client(people::OFFICER).await.get(&certificates).await.ok().costs(3);
    // Without a session: the public scope and one more.
    for path in ["/cong-khai", "/cong-khai.json", "/cong-khai.csv"] {
        costs(&mut world.visitor(), path, 2).await;
    }
    world.visitor().get("/xac-minh/00000000000000000000000000").await.is(404).costs(2);
    assert_eq!(world.visitor().get("/xac-minh").await.flights, 0);
    assert_eq!(world.visitor().get("/cong-khai/luoc-do.json").await.flights, 0);
}

#[tokio::test]
async fn years_units_rules_and_accounts_cost_four_at_most() {
    let world = World::new().await;
    let unit: uuid::Uuid = world.ask("select id from unit where kind = 'group' and code = '07' limit 1").await;
    let account: uuid::Uuid = world.ask("select id from account where phone = '0900000207'").await;
    let mut officer = world.client(people::OFFICER).await;
    for path in [
        "/nam",
        "/nam/2024",
        "/nam/2024/han/group_registration",
        "/bo-quy-dinh",
        "/bo-quy-dinh/kh390-2024/1",
        "/don-vi",
        "/uy-quyen",
        "/uy-quyen/moi",
        "/tai-khoan",
        "/tai-khoan/mat-khau",
        "/doi-vai",
    ] {
        costs(&mut officer, path, 4).await;
    }
    let mut steward = world.client(people::STEWARD).await;
    costs(&mut steward, "/bo-quy-dinh", 2).await;
    let (unit, account) = (format!("/don-vi/{unit}"), format!("/quan-tri/tai-khoan/{account}"));
    for path in [
        "/quan-tri/tai-khoan",
        "/quan-tri/tai-khoan/moi",
        &account,
        &format!("{account}/vai"),
        "/don-vi",
        &unit,
        &format!("{unit}/doi-ten"),
        &format!("{unit}/ket-thuc"),
        "/don-vi/them",
    ] {
        costs(&mut steward, path, 4).await;
    }
    // Session and the list; session, what is in force, its versions; session, what is in force, the version.
    for (path, most) in [
        ("/mau-van-ban", 2),
        ("/mau-van-ban/to-bao-cao", 3),
        ("/mau-van-ban/to-bao-cao/goc", 2),
        ("/mau-van-ban/tp-bao-cao", 3),
    ] {
        costs(&mut steward, path, most).await;
    }
}

#[tokio::test]
async fn bundles_cost_three_statements() {
    let world = World::on("2024-11-16").await;
    for phone in [people::LEADER_7, people::AREA, people::OFFICER, people::CHAIR] {
        // Session, the year with its groups, what was asked for.
        costs(&mut world.client(phone).await, "/goi-ho-so", 3).await;
    }
    world.sent_package().await;
    let ward: uuid::Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PL'").await;
    costs(&mut world.city().await, &format!("/goi-ho-so?phuong={ward}&nam=2024"), 3).await;
}

#[tokio::test]
async fn a_press_of_a_button_stays_cheap() {
    let world = World::on("2024-11-16").await;
    let dossier = world.submitted_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&dossier).await.ok();
    // Session, begin, lock, load, update, event, commit.
    officer.submit(&format!("{dossier}/tiep-nhan"), crate::support::fill()).await.is(303).costs(8);
}
