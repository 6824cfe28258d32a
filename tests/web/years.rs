//! The years of a ward: opened from rules, their dates moved with a reason, late dossiers locked out and let in.

use crate::support::{Kind, World, fill, people};

#[tokio::test]
async fn a_year_opened_once_has_dossiers_for_every_group_and_the_ward() {
    let world = World::on("2024-12-02").await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam").await.ok().says("Năm 2024").says("Mở năm mới");
    officer.submit("form[method='get']", fill().with("nam", "2025").with("bo", "kh390-2024")).await.ok();
    officer.shown().says("Lịch năm 2025").says("16/11/2024 đến hết 15/11/2025");
    let open = officer.tab("form[action='/nam'][method='post']");
    officer.submit_tab(&open, fill()).await.is(303);
    let dossiers: i64 =
        world.ask("select count(*) from dossier d join cycle c on c.id = d.cycle_id where c.year = 2025").await;
    assert_eq!(dossiers, 50);
    // Another tab, another officer: the year is there already, and said so.
    let status = officer.submit_tab(&open, fill()).await.status.as_u16();
    assert!([303, 403, 422].contains(&status), "{status}");
    let years: i64 =
        world.ask("select count(*) from cycle c join unit w on w.id = c.ward_id where w.code = 'PL'").await;
    assert_eq!(years, 2);
}

#[tokio::test]
async fn a_year_out_of_range_and_rules_that_are_not_there() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    for (year, says) in [("1999", ""), ("2024", "2024"), ("năm sau", "Chưa đọc được số"), ("", "")] {
        officer.get("/nam").await.ok();
        officer
            .submit("form[method='get']", fill().with("nam", year).with("bo", "kh390-2024"))
            .await
            .refuses("nam", says);
    }
    officer.get("/nam").await.ok();
    officer.submit("form[method='get']", fill().with("nam", "2026").forge("bo", "khong-co")).await.refuses("bo", "");
}

#[tokio::test]
async fn a_deadline_moves_with_its_reason_and_everybody_reads_it() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    let address = "/nam/2024/han/group_registration";
    officer.get(address).await.ok();
    officer.submit(address, fill().with("ngay", "5/4/2024").with("cach", "het")).await.refuses("ly-do", "");
    officer.submit(address, fill().with("ly-do", "Thành phố lùi hạn.").with("ngay", "5/4/2023")).await.is(422);
    assert_eq!(officer.shown().errors()[0].0, "ngay");
    officer.submit(address, fill().with("ngay", "5/4/2024")).await.is(303);
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/nam/2024").await.ok().says("Thành phố lùi hạn.").says("Đã đổi");
    leader.get("/").await.ok().says("hết thứ Sáu 5/4");
    let moved: i64 =
        world.ask("select count(*) from event where verb = 'deadline_moved' and reason = 'Thành phố lùi hạn.'").await;
    assert_eq!(moved, 1);
    // Only the ward's office and its chair move dates.
    for phone in [people::LEADER_7, people::AREA, people::MEMBER, people::STEWARD] {
        let mut other = world.client(phone).await;
        other.get(address).await.is(403);
    }
    world.client(people::CHAIR).await.get(address).await.ok();
}

#[tokio::test]
async fn two_people_move_one_deadline() {
    let world = World::new().await;
    let address = "/nam/2024/han/group_request";
    let mut officer = world.client(people::OFFICER).await;
    let mut chair = world.client(people::CHAIR).await;
    officer.get(address).await.ok();
    chair.get(address).await.ok();
    let typed = |day: &str| fill().with("ngay", day).with("cach", "het").with("ly-do", "Thành phố lùi hạn.");
    chair.submit(address, typed("14/11/2024")).await.is(303);
    officer.submit(address, typed("13/11/2024")).await.is(409);
    let stated: chrono::NaiveDate = world.ask("select stated from deadline d join unit w on w.id = d.ward_id where w.code = 'PL' and d.code = 'group_request'").await;
    assert_eq!(stated.to_string(), "2024-11-14");
}

#[tokio::test]
async fn a_locked_year_takes_nothing_late_until_it_is_opened_again() {
    let world = World::on("2024-04-02").await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam/2024").await.ok();
    officer.submit("/nam/2024/khoa", fill()).await.is(303);
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.fill_parts(&dossier).await;
    leader.get(&format!("{dossier}/nop")).await.is(403).says("Đã khóa nhận hồ sơ trễ");
    officer.get("/nam/2024").await.ok().says("Không nhận");
    officer.submit("/nam/2024/khoa", fill()).await.is(303);
    leader.hand_in(&dossier).await;
}

#[tokio::test]
async fn years_of_another_ward_are_not_there() {
    let world = World::on("2024-12-02").await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam").await.ok();
    officer.submit("form[method='get']", fill().with("nam", "2025").with("bo", "kh390-2024")).await.ok();
    officer.submit("form[action='/nam'][method='post']", fill()).await.is(303);
    world.client(people::OTHER_OFFICER).await.get("/nam/2025").await.not_found();
}

#[tokio::test]
async fn the_rules_of_the_year_can_be_read_by_everybody_who_came_in() {
    let world = World::new().await;
    for phone in [people::LEADER_7, people::OFFICER, people::CITY] {
        let mut client = world.client(phone).await;
        client.get("/quy-dinh").await.is(303);
        client.follow().await.ok().says("124/2021/TT-BCA").says("cần đối chiếu văn bản gốc");
        client.get("/bo-quy-dinh").await.ok().says("tt124-2021");
        client.get("/bo-quy-dinh/khong-co/1").await.not_found();
    }
}
