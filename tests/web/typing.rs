//! What people type, twice, too late, or at the same time as somebody else.

use crate::support::{Kind, World, fill, people, samples};

#[tokio::test]
async fn a_day_outside_the_year_gets_its_sentence_and_stays_on_the_screen() {
    let world = World::new().await;
    let part = format!("{}/phan/ke-hoach", world.dossier(7, Kind::Registration).await);
    let mut leader = world.client(people::LEADER_7).await;
    for (typed, says) in [
        ("15/11/2023", "nằm ngoài năm đánh giá 2024"),
        ("26/3/2024", "chưa tới"),
        ("31/2/2024", "không có trong lịch"),
        ("5/3/24", "bốn chữ số"),
        ("hôm qua", "Chưa đọc được ngày"),
    ] {
        leader.get(&part).await.ok();
        let page = leader.submit(&part, fill().with("ngay", typed).with("so", "05-KH/TDP")).await;
        page.refuses("ngay", says);
        assert_eq!((page.value("ngay").as_str(), page.value("so").as_str()), (typed, "05-KH/TDP"));
    }
    leader.submit(&part, fill().with("ngay", "16/11/2023")).await.is(303);
}

#[tokio::test]
async fn a_text_too_long_says_by_how_much() {
    let world = World::new().await;
    let part = format!("{}/phan/ke-hoach", world.dossier(7, Kind::Registration).await);
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&part).await.ok();
    leader.submit(&part, fill().with("noi-dung", &"ă".repeat(20_001))).await.refuses("noi-dung", "Rút bớt 1 ký tự");
    assert_eq!(leader.shown().value("noi-dung").trim().chars().count(), 20_001);
    leader.submit(&part, fill().with("noi-dung", &"ă".repeat(20_000))).await.is(303);
}

#[tokio::test]
async fn text_is_shown_as_text() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let part = format!("{dossier}/phan/ke-hoach");
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&part).await.ok();
    let nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    leader.submit(&part, fill().with("so", nasty).with("noi-dung", "</textarea><h1>x</h1>")).await.is(303);
    leader.get(&part).await.ok();
    assert_eq!(leader.shown().value("so"), nasty);
    leader.get(&dossier).await.ok().says(nasty);
}

#[tokio::test]
async fn the_same_form_sent_twice_happens_once() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.fill_parts(&dossier).await;
    let address = format!("{dossier}/nop");
    leader.get(&address).await.ok();
    let tab = leader.tab(&address);
    for _ in 0..2 {
        leader.submit_tab(&tab, fill().tick("dung", "co")).await.leads_to(&format!("{dossier}/da-nop"));
    }
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&dossier).await.ok();
    let receive = officer.tab(&format!("{dossier}/tiep-nhan"));
    for _ in 0..2 {
        officer.submit_tab(&receive, fill()).await.leads_to(&dossier);
    }
    let events: i64 = world.ask("select count(*) from event where verb in ('submitted', 'received')").await;
    assert_eq!(events, 2);
}

#[tokio::test]
async fn a_part_saved_twice_keeps_one_file_and_one_event() {
    let world = World::new().await;
    let part = format!("{}/phan/nghi-quyet", world.dossier(7, Kind::Registration).await);
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&part).await.ok();
    let tab = leader.tab(&part);
    let typed = fill().with("so", "05-NQ/CB").file("tep", "nghi-quyet.pdf", samples::pdf("once"));
    leader.submit_tab(&tab, typed.clone()).await.is(303);
    leader.submit_tab(&tab, typed).await.is(303);
    let files: i64 = world.ask("select count(*) from attachment").await;
    let events: i64 = world.ask("select count(*) from event where verb = 'part_changed'").await;
    assert_eq!((files, events), (1, 1));
}

#[tokio::test]
async fn two_tabs_of_one_person_both_texts_stay() {
    let world = World::new().await;
    let part = format!("{}/phan/ke-hoach", world.dossier(7, Kind::Registration).await);
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&part).await.ok();
    let (first, second) = (leader.tab(&part), leader.tab(&part));
    leader.submit_tab(&first, fill().with("noi-dung", "Bản thứ nhất.")).await.is(303);
    leader.submit_tab(&second, fill().with("noi-dung", "Bản thứ hai.")).await.is(409);
    leader.shown().says("Có người vừa sửa phần này").says("Bản thứ nhất.").says("Bản thứ hai.");
    // The later hand decides, and now knows what it replaces.
    leader.submit(&part, fill()).await.is(303);
    leader.get(&part).await.ok();
    assert_eq!(leader.shown().value("noi-dung").trim(), "Bản thứ hai.");
}

#[tokio::test]
async fn a_leader_and_the_area_officer_write_the_same_part() {
    let world = World::new().await;
    let part = format!("{}/phan/ke-hoach", world.dossier(7, Kind::Registration).await);
    let mut leader = world.client(people::LEADER_7).await;
    let mut area = world.client(people::AREA).await;
    leader.get(&part).await.ok();
    area.get(&part).await.ok();
    area.submit(&part, fill().with("so", "07-KH/TDP")).await.is(303);
    leader.submit(&part, fill().with("so", "08-KH/TDP")).await.is(409).says("Lê Hoàng Quế").says("07-KH/TDP");
    assert_eq!(leader.shown().value("so"), "08-KH/TDP");
}

#[tokio::test]
async fn two_officers_receive_at_the_same_moment() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut one = world.client(people::OFFICER).await;
    let mut other = world.visitor();
    other.sign_in_as(people::OFFICER_TOO, |words| words.contains("Thường trực")).await;
    one.get(&dossier).await.ok();
    other.get(&dossier).await.ok();
    let address = format!("{dossier}/tiep-nhan");
    let (first, second) = tokio::join!(one.submit(&address, fill()), other.submit(&address, fill()));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let received: i64 = world.ask("select count(*) from event where verb = 'received'").await;
    assert_eq!(received, 1);
}

#[tokio::test]
async fn one_officer_returns_what_another_receives() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut one = world.client(people::OFFICER).await;
    let mut other = world.visitor();
    other.sign_in_as(people::OFFICER_TOO, |words| words.contains("Thường trực")).await;
    let back = format!("{dossier}/tra-lai");
    one.get(&back).await.ok();
    other.press(&dossier, "tiep-nhan").await;
    let typed = fill().tick("muc", "phan:ke-hoach").with("ly-do.phan:ke-hoach", "Ghi rõ lịch tuần tra.");
    one.submit(&back, typed).await.is(409).says("Hồ sơ vừa đổi");
    // What was typed is still there, on a form of the dossier as it is now.
    assert!(one.shown().has("input[value='phan:ke-hoach'][checked]"));
    one.submit(&back, fill()).await.leads_to(&dossier);
    assert_eq!(world.status(&dossier).await, "returned");
}

#[tokio::test]
async fn two_officers_judge_one_criterion() {
    let world = World::on("2024-11-16").await;
    let dossier = world.received_request(7).await;
    let mut one = world.client(people::OFFICER).await;
    let mut other = world.visitor();
    other.sign_in_as(people::OFFICER_TOO, |words| words.contains("Thường trực")).await;
    let address = format!("{dossier}/tham-dinh/5");
    one.get(&address).await.ok();
    other.get(&address).await.ok();
    other.submit(&address, fill().with("ket-luan", "not_met").with("ghi-chu", "Một người bị kỷ luật.")).await.is(303);
    one.submit(&address, fill().with("ket-luan", "met").with("ghi-chu", "Đã đối chiếu hồ sơ giấy."))
        .await
        .is(409)
        .says("Có người vừa thẩm định tiêu chí này")
        .says("Ngô Đức Phú");
}

#[tokio::test]
async fn a_form_of_another_seat_is_stale() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut officer = world.visitor();
    officer.sign_in_as(people::OFFICER_TOO, |words| words.contains("Thường trực")).await;
    officer.get(&dossier).await.ok();
    let tab = officer.tab(&format!("{dossier}/tiep-nhan"));
    officer.choose_seat(|words| words.contains("Thành viên")).await;
    officer.submit_tab(&tab, fill()).await.is(409).says("trang được mở bằng vai khác");
    assert_eq!(world.status(&dossier).await, "submitted");
    officer.choose_seat(|words| words.contains("Thường trực")).await;
    officer.submit_tab(&tab, fill().leave_out("_vai")).await.is(409);
    officer.submit_tab(&tab, fill().leave_out("_phien_ban")).await.is(409);
    officer.submit_tab(&tab, fill()).await.is(303);
}
