//! A registration: written, handed in, taken back, received, sent back part by part, answered.

use crate::support::{Kind, World, fill, people, samples};

#[tokio::test]
async fn a_leader_fills_the_three_parts_and_hands_in() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&dossier).await.ok().says("Nháp").says("0/3 phần");
    assert!(!leader.shown().has("form[action$='/nop']"));
    let parts = leader.shown().links(&format!("{dossier}/phan/"));
    assert_eq!(parts.len(), 3);
    leader.fill_part(&parts[0]).await;
    leader.get(&dossier).await.ok().says("1/3 phần").says("Xong").is_silent_about("Kiểm tra và nộp");
    leader.fill_part(&parts[1]).await;
    leader.fill_part(&parts[2]).await;
    leader
        .get(&format!("{dossier}/nop"))
        .await
        .ok()
        .says("Kiểm tra trước khi nộp")
        .says("Số 05-NGHI-QUYET")
        .says("12/1/2024");
    leader.submit(&format!("{dossier}/nop"), fill().tick("dung", "co")).await.leads_to(&format!("{dossier}/da-nop"));
    leader.follow().await.ok().says("PL-2024-DK-07").says("9:00").says("Sớm");
    leader
        .get(&dossier)
        .await
        .ok()
        .says("Đã nộp")
        .says("Diễn biến")
        .says("Nộp hồ sơ Trần Văn Lựu, Tổ trưởng Tổ 7, phường Phước Long");
    assert_eq!(world.status(&dossier).await, "submitted");
}

#[tokio::test]
async fn the_box_before_handing_in_is_asked_for() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.fill_parts(&dossier).await;
    let address = format!("{dossier}/nop");
    leader.get(&address).await.ok();
    leader.submit(&address, fill()).await.refuses("dung", "Đánh dấu vào ô này");
    assert_eq!(world.status(&dossier).await, "draft");
}

#[tokio::test]
async fn a_part_missing_keeps_the_dossier_with_its_leader() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.fill_parts(&dossier).await;
    let address = format!("{dossier}/nop");
    leader.get(&address).await.ok();
    let tab = leader.tab(&address);
    // In another tab the plan loses its number.
    let plan = format!("{dossier}/phan/ke-hoach");
    leader.get(&plan).await.ok();
    leader.submit(&plan, fill().with("so", "")).await.leads_to(&dossier);
    leader.submit_tab(&tab, fill().tick("dung", "co")).await.is(403).says("Hồ sơ còn thiếu phần");
    leader.get(&address).await.is(403).says("Hồ sơ còn thiếu phần");
    leader.get(&dossier).await.ok().says("Còn thiếu").says("2/3 phần");
    assert_eq!(world.status(&dossier).await, "draft");
}

#[tokio::test]
async fn an_area_officer_helps_and_does_not_hand_in() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut area = world.client(people::AREA).await;
    area.fill_parts(&dossier).await;
    area.get(&dossier).await.ok().says("3/3 phần");
    area.get(&format!("{dossier}/nop"))
        .await
        .is(403)
        .says("Việc này thuộc người khác")
        .says("Tổ trưởng làm được việc này");
    let mut leader = world.client(people::LEADER_7).await;
    leader.hand_in(&dossier).await;
}

#[tokio::test]
async fn taken_back_before_it_is_received_and_not_after() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.press(&dossier, "rut").await;
    assert_eq!(world.status(&dossier).await, "draft");
    leader.hand_in(&dossier).await;
    leader.get(&dossier).await.ok();
    let tab = leader.tab(&format!("{dossier}/rut"));
    world.client(people::OFFICER).await.press(&dossier, "tiep-nhan").await;
    leader.submit_tab(&tab, fill()).await.is(409).says("Có người vừa làm trước");
    assert_eq!(world.status(&dossier).await, "received");
    leader.get(&dossier).await.ok().says("Đã tiếp nhận");
    assert!(!leader.shown().has("form[action$='/rut']"));
}

#[tokio::test]
async fn a_return_opens_what_it_names_and_nothing_else() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.send_back(&dossier, &[("phan:ke-hoach", "Ghi rõ lịch tuần tra.")]).await;
    assert_eq!(world.status(&dossier).await, "returned");
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&dossier).await.ok().says("Trả lại bổ sung").says("Ghi rõ lịch tuần tra.").says("Cần sửa");
    let closed = format!("{dossier}/phan/nghi-quyet");
    leader.get(&closed).await.ok();
    assert!(!leader.shown().has(&format!("form[action='{closed}']")));
    // Not answered yet.
    leader.get(&format!("{dossier}/nop")).await.is(403);
    let plan = format!("{dossier}/phan/ke-hoach");
    world.app.clock.advance(chrono::Duration::minutes(5));
    leader.get(&plan).await.ok().says("Ghi rõ lịch tuần tra.");
    leader
        .submit(&plan, fill().with("noi-dung", "Tuần tra 19 giờ đến 5 giờ, thứ Hai, Tư, Sáu."))
        .await
        .leads_to(&format!("{dossier}/tiep"));
    leader.follow().await.leads_to(&format!("{dossier}/nop"));
    leader.hand_in(&dossier).await;
    leader.get(&dossier).await.ok().says("Đã nộp lại");
    officer.get("/?xem=dang-ky").await.ok().says("nộp lại");
    officer.press(&dossier, "tiep-nhan").await;
    let verbs: Vec<String> = verbs(&world, &dossier).await;
    assert_eq!(verbs, ["submitted", "returned", "resubmitted", "received"]);
}

/// Changes of state of one dossier, oldest first.
async fn verbs(world: &World, dossier: &str) -> Vec<String> {
    let mut owner = world.owner().await;
    let id: uuid::Uuid = dossier.trim_start_matches("/ho-so/").parse().unwrap();
    let question = "select verb from event where dossier_id = $1 and from_version is not null order by seq";
    sqlx::query_scalar(question).bind(id).fetch_all(&mut owner).await.unwrap()
}

#[tokio::test]
async fn taken_back_after_a_return_it_is_that_return_again() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    world.client(people::OFFICER).await.send_back(&dossier, &[("phan:ke-hoach", "Ghi rõ lịch tuần tra.")]).await;
    let mut leader = world.client(people::LEADER_7).await;
    world.app.clock.advance(chrono::Duration::minutes(5));
    leader.fill_part(&format!("{dossier}/phan/ke-hoach")).await;
    leader.hand_in(&dossier).await;
    leader.press(&dossier, "rut").await;
    leader.get(&dossier).await.ok().says("Trả lại bổ sung").says("Ghi rõ lịch tuần tra.");
    let closed = format!("{dossier}/phan/nghi-quyet");
    leader.get(&closed).await.ok();
    assert!(!leader.shown().has(&format!("form[action='{closed}']")));
}

#[tokio::test]
async fn late_is_marked_with_a_reason_and_not_locked() {
    let world = World::on("2024-04-02").await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.fill_parts(&dossier).await;
    let address = format!("{dossier}/nop");
    leader.get(&address).await.ok().says("Đã quá hạn nộp");
    leader.submit(&address, fill().tick("dung", "co")).await.refuses("ly-do-tre", "");
    leader.submit(&address, fill().with("ly-do-tre", "Chi bộ họp muộn.")).await.is(303);
    world.client(people::OFFICER).await.get(&dossier).await.ok().says("Nộp trễ hạn, có lý do").says("Chi bộ họp muộn.");
}

#[tokio::test]
async fn a_file_is_taken_out_and_the_part_is_unfinished_again() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.client(people::LEADER_7).await;
    let part = format!("{dossier}/phan/nghi-quyet");
    leader.fill_part(&part).await;
    leader.get(&part).await.ok().says("nghi-quyet.pdf");
    leader.submit(&format!("{dossier}/bo-tep"), fill()).await.leads_to(&part);
    leader.follow().await.ok().is_silent_about("nghi-quyet.pdf").says("Còn thiếu");
}

#[tokio::test]
async fn every_kind_of_file_is_taken() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.client(people::LEADER_7).await;
    let part = format!("{dossier}/phan/ke-hoach");
    for (name, bytes) in
        [("ke hoach.pdf", samples::pdf("a")), ("kế hoạch.docx", samples::docx()), ("ảnh chụp.png", samples::png())]
    {
        leader.get(&part).await.ok();
        leader.submit(&part, fill().file("tep", name, bytes)).await.leads_to(&dossier);
        leader.get(&part).await.ok().says(name);
    }
}

#[tokio::test]
async fn the_ward_registers_itself_with_the_city() {
    let world = World::new().await;
    let own = world.own_dossier(Kind::Registration).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.fill_parts(&own).await;
    officer.hand_in(&own).await;
    officer.get(&own).await.ok().says("PL-2024-DK-P");
    let mut city = world.city().await;
    city.send_back(&own, &[("phan:dang-ky", "Ghi đủ 24 tổ dân phố.")]).await;
    world.app.clock.advance(chrono::Duration::minutes(5));
    officer.fill_part(&format!("{own}/phan/dang-ky")).await;
    officer.hand_in(&own).await;
    city.press(&own, "tiep-nhan").await;
    assert_eq!(world.status(&own).await, "received");
    // A leader has no business with the ward's own papers.
    world.client(people::LEADER_7).await.get(&own).await.not_found();
}
