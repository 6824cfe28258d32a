//! The start page of each seat: what is to be done, by when, from what is really there.

use crate::support::{Kind, World, people};

#[tokio::test]
async fn a_leader_sees_what_is_to_be_done_and_by_when() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    leader
        .get("/")
        .await
        .ok()
        .says("Chào ông Trần Văn Lựu")
        .says("Còn 1 việc cần làm")
        .says("Nộp hồ sơ đăng ký")
        .says("hết thứ Bảy 30/3");
    // The request is no task of the spring.
    leader.shown().is_silent_about("Nộp hồ sơ đề nghị");
    let dossier = world.dossier(7, Kind::Registration).await;
    assert_eq!(leader.shown().links(&dossier), [format!("{dossier}/tiep")]);
    leader.fill_parts(&dossier).await;
    leader.hand_in(&dossier).await;
    leader.get("/").await.ok().says("Không còn việc nào chờ").says("Đã nộp").says("PL-2024-DK-07");
}

#[tokio::test]
async fn a_leader_late_in_march_reads_how_long_it_is_late() {
    let world = World::on("2024-04-02").await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/").await.ok().says("Quá hạn");
}

#[tokio::test]
async fn a_returned_dossier_is_the_first_task() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    world.client(people::OFFICER).await.send_back(&dossier, &[("phan:ke-hoach", "Ghi rõ lịch tuần tra.")]).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/").await.ok().says("Sửa 1 mục phường trả lại").says("hết thứ Năm 28/3");
}

#[tokio::test]
async fn the_ward_sees_its_24_groups_with_their_states() {
    let world = World::new().await;
    world.registered(7).await;
    world.registered(8).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/").await.ok().says("24 tổ dân phố").says("2/24 tổ").says("Tiếp nhận cả 2");
    assert_eq!(officer.shown().links("/ho-so/").len(), 25, "24 groups and the ward's own dossier");
    officer.get("/?xem=de-nghi").await.ok().says("0/24 tổ");
    // A member of the committee sees the same without the button.
    let mut member = world.client(people::MEMBER).await;
    member.get("/").await.ok().says("2/24 tổ").is_silent_about("Tiếp nhận cả 2");
}

#[tokio::test]
async fn an_area_officer_sees_the_groups_of_the_beat_and_no_other() {
    let world = World::new().await;
    let mut area = world.client(people::AREA).await;
    area.get("/").await.ok().says("6 tổ dân phố");
    let seven = world.dossier(7, Kind::Registration).await;
    let one = world.dossier(1, Kind::Registration).await;
    area.get(&seven).await.ok();
    area.get(&one).await.not_found();
}

#[tokio::test]
async fn the_city_sees_counts_of_every_ward_and_papers_of_none_until_they_are_sent() {
    let world = World::new().await;
    world.registered(7).await;
    let mut city = world.city().await;
    city.get("/").await.ok().says("3 phường, xã").says("Phường Phước Long").says("1/24").says("Phường Phước Hải");
    let group = world.dossier(7, Kind::Registration).await;
    let own = world.own_dossier(Kind::Registration).await;
    city.get(&group).await.not_found();
    city.get(&own).await.not_found();
    let mut officer = world.client(people::OFFICER).await;
    officer.fill_parts(&own).await;
    officer.hand_in(&own).await;
    city.get(&own).await.ok().says("Đã nộp");
}

#[tokio::test]
async fn stewards_are_led_to_accounts_and_units() {
    let world = World::new().await;
    for (phone, place) in [(people::STEWARD, "phường Phước Long"), (people::CITY_STEWARD, "thành phố Nha Trang")]
    {
        let mut steward = world.client(phone).await;
        steward.get("/").await.ok().says(&format!("Quản trị {place}")).says("Tài khoản và vai");
    }
}

#[tokio::test]
async fn lists_and_files_follow_the_seat() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut leader = world.client(people::LEADER_7).await;
    assert_eq!(leader.get("/ho-so").await.ok().links("/ho-so/").len(), 2);
    let file = leader.get(&format!("{dossier}/phan/nghi-quyet")).await.ok().links("/tep/")[0].clone();
    let sent = leader.get(&file).await.ok();
    assert_eq!(sent.headers["content-type"], "application/pdf");
    assert!(sent.headers["content-security-policy"].to_str().unwrap().starts_with("sandbox"));
    assert!(sent.body.starts_with(b"%PDF-"));
    for (phone, status) in [
        (people::AREA, 200),
        (people::OFFICER, 200),
        (people::LEADER_8, 404),
        (people::CITY, 404),
        (people::OTHER_OFFICER, 404),
    ] {
        world.client(phone).await.get(&file).await.is(status);
    }
    world.visitor().get(&file).await.is(303);
}
