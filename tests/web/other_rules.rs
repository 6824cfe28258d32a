//! A year by the circular itself: the ward recognises its groups, the level above the ward.

use crate::support::{Kind, World, fill, people};

/// Opens the year 2025 by the circular of 2021, as the ward's office does.
async fn year_by_the_circular() -> World {
    let world = World::on("2025-01-06").await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam").await.ok().says("Mở năm mới");
    officer
        .submit("form[method='get']", fill().with("nam", "2025").with("bo", "tt124-2021"))
        .await
        .ok()
        .says("Lịch năm 2025")
        .says("1/11/2024 đến hết 31/10/2025");
    officer.submit("form[action='/nam'][method='post']", fill()).await.is(303);
    world
}

#[tokio::test]
async fn the_ward_decides_on_its_groups() {
    let world = year_by_the_circular().await;
    world.now_is("2025-11-03");
    let mut leader = world.client(people::LEADER_7).await;
    let dossier = world.dossier(7, Kind::Request).await;
    leader.get(&dossier).await.ok().says("năm 2025");
    leader.paper_day = "1/11/2025";
    leader.fill_parts(&dossier).await;
    leader.assess_all(&dossier).await;
    leader.hand_in(&dossier).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.press(&dossier, "tiep-nhan").await;
    officer.judge_all(&dossier, &[]).await;
    officer.press(&dossier, "tham-dinh-xong").await;
    let mut chair = world.client(people::CHAIR).await;
    chair.conclude(&dossier, true).await;
    // Not the city's chair: the paper is not even there for her.
    world.client(people::CITY_CHAIR).await.get(&format!("{dossier}/quyet-dinh")).await.not_found();
    officer.get(&format!("{dossier}/quyet-dinh")).await.is(403).says("Trưởng Ban chỉ đạo phường làm được việc này");
    chair.decide(&dossier, true, "15/QĐ-UBND", "3/11/2025").await;
    assert_eq!(world.status(&dossier).await, "recognised");
    world.visitor().get("/cong-khai").await.ok().says("năm 2025").says("Tổ dân phố 7").says("15/QĐ-UBND");
    // The ward numbers the certificate in its own book; for the city there is nothing to issue.
    let ward: uuid::Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PL'").await;
    let list = format!("/giay-cong-nhan/{ward}/2025");
    let mut mayor = world.client(people::CITY_CHAIR).await;
    mayor.get(&list).await.ok().says("Chưa có đơn vị nào được công nhận");
    assert_eq!(officer.get("/").await.ok().costs(2).links("/giay-cong-nhan/"), std::slice::from_ref(&list));
    officer.get(&list).await.ok().says("Tổ dân phố 7");
    officer.submit(&list, fill()).await.leads_to(&format!("{list}?xong=cap"));
    assert_eq!(world.ask::<uuid::Uuid>("select body_id from certificate").await, ward);
    let code: String = world.ask("select code from certificate").await;
    let checked = format!("/xac-minh/{code}");
    world.visitor().get(&checked).await.ok().says("Nơi cấp Phường Phước Long").says("15/QĐ-UBND");
}

#[tokio::test]
async fn a_group_hands_in_two_papers_and_no_plan() {
    let world = year_by_the_circular().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.client(people::LEADER_7).await;
    let parts = leader.get(&dossier).await.ok().links(&format!("{dossier}/phan/"));
    let codes: Vec<&str> = parts.iter().filter_map(|part| part.rsplit('/').next()).collect();
    assert_eq!(codes, ["nghi-quyet", "dang-ky"]);
}

#[tokio::test]
async fn the_two_years_stand_side_by_side() {
    let world = year_by_the_circular().await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/nam").await.ok().says("Năm 2024").says("Năm 2025");
    leader.get("/ho-so").await.ok().says("năm 2025");
    leader.get("/nam").await.ok();
    leader.submit("form[action='/nam/chon']:has(button[value='2024'])", fill()).await.is(303);
    leader.get("/ho-so").await.ok().says("năm 2024");
    // What was chosen lasts as long as the session.
    world.client(people::LEADER_7).await.get("/ho-so").await.ok().says("năm 2025");
}
