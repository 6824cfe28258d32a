//! A request: assessed by the unit, judged by the desk above, recommended, sent to the city, recognised.

use crate::support::{Kind, World, fill, people};

#[tokio::test]
async fn a_criterion_that_is_not_met_says_why() {
    let world = World::on("2024-11-12").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut leader = world.client(people::LEADER_7).await;
    let address = format!("{dossier}/tu-danh-gia/3.a");
    leader.get(&address).await.ok().says("Tiêu chí 5/13");
    leader
        .submit(&address, fill().leave_out("ket-luan"))
        .await
        .refuses("ket-luan", "Chọn đạt, chưa đạt, hoặc chưa đủ căn cứ.");
    leader.submit(&address, fill().with("ket-luan", "not_met")).await.refuses("ghi-chu", "Ghi rõ vì sao");
    let said = fill().with("ket-luan", "not_met").with("ghi-chu", "Còn một vụ đang xác minh.");
    leader.submit(&address, said).await.is(303);
    leader.get(&dossier).await.ok().says("1/13 tiêu chí").says("Còn một vụ đang xác minh.");
}

#[tokio::test]
async fn figures_of_a_share_fit_together() {
    let world = World::on("2024-11-12").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut leader = world.client(people::LEADER_7).await;
    let address = format!("{dossier}/tu-danh-gia/1.3");
    for (part, whole, field, says) in [
        ("351", "350", "so-dat", "nhiều hơn tổng số"),
        ("-1", "350", "so-dat", "ngoài khoảng"),
        ("12,5", "350", "so-dat", "phần lẻ"),
        ("349", "2.000.000", "tong-so", "ngoài khoảng"),
        ("349", "", "tong-so", "Ghi tổng số"),
        ("nhiều", "350", "so-dat", "Chỉ ghi chữ số"),
    ] {
        leader.get(&address).await.ok();
        let typed = fill().with("ket-luan", "met").with("so-dat", part).with("tong-so", whole);
        leader.submit(&address, typed).await.refuses(field, says);
        assert_eq!(leader.shown().value("so-dat"), part, "what was typed stays");
    }
    leader.submit(&address, fill().with("so-dat", "1.349").with("tong-so", "1.350")).await.is(303);
    leader.get(&dossier).await.ok().says("1.349/1.350");
}

#[tokio::test]
async fn criteria_left_out_keep_the_request_with_its_leader() {
    let world = World::on("2024-11-12").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.fill_parts(&dossier).await;
    leader.get(&format!("{dossier}/nop")).await.is(403).says("Còn tiêu chí chưa tự đánh giá");
}

#[tokio::test]
async fn appraisal_begins_before_the_dossier_comes_in() {
    let world = World::on("2024-11-12").await;
    let dossier = world.written_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let address = format!("{dossier}/tham-dinh/1.1");
    officer.get(&address).await.ok().says("tiêu chí 1/13");
    // Nothing is written of the resolution yet: "met" is otherwise than computed, and says why.
    officer.submit(&address, fill().with("ket-luan", "met")).await.refuses("ghi-chu", "khác kết quả chương trình tính");
    let because = fill().with("ket-luan", "met").with("ghi-chu", "Đã đọc nghị quyết giấy.");
    officer.submit(&address, because).await.is(303);
    officer.get(&dossier).await.ok().says("khác kết quả tính");
    // The unit changes what it said: the verdict stands, marked.
    let mut leader = world.client(people::LEADER_7).await;
    let claim = format!("{dossier}/tu-danh-gia/1.1");
    leader.get(&claim).await.ok();
    leader.submit(&claim, fill().with("ket-luan", "insufficient").with("ghi-chu", "Chờ bản có dấu.")).await.is(303);
    officer.get(&dossier).await.ok().says("đổi sau khi xem");
    officer.get(&address).await.ok().says("đổi sau khi thẩm định");
}

#[tokio::test]
async fn the_appraisal_is_complete_when_every_criterion_is_judged() {
    let world = World::on("2024-11-16").await;
    let dossier = world.received_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&dossier).await.ok();
    assert!(!officer.shown().has("form[action$='/tham-dinh-xong']"));
    officer.judge_all(&dossier, &[]).await;
    officer.press(&dossier, "tham-dinh-xong").await;
    assert_eq!(world.status(&dossier).await, "appraised");
}

#[tokio::test]
async fn one_criterion_not_met_and_nobody_can_recommend() {
    let world = World::on("2024-11-16").await;
    let dossier = world.received_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.judge_all(&dossier, &[("5", "not_met", "Một đội viên bị kỷ luật.")]).await;
    officer.press(&dossier, "tham-dinh-xong").await;
    let mut chair = world.client(people::CHAIR).await;
    let address = format!("{dossier}/ket-luan");
    chair
        .get(&address)
        .await
        .ok()
        .says("12/13 tiêu chí")
        .says("Còn tiêu chí chưa đạt")
        .says("Một đội viên bị kỷ luật.");
    let forged = fill().forge("ket-luan", "de-nghi");
    chair.submit(&address, forged).await.is(403).says("Phải đạt tất cả tiêu chí");
    chair.get(&address).await.ok();
    chair.submit(&address, fill().with("ket-luan", "khong-de-nghi")).await.is(422);
    assert_eq!(chair.shown().errors()[0].0, "ly-do");
    chair.submit(&address, fill().with("ly-do", "Khoản 5 chưa đạt.")).await.leads_to(&dossier);
    assert_eq!(world.status(&dossier).await, "not_recommended");
    world.client(people::LEADER_7).await.get(&dossier).await.ok().says("Không đề nghị").says("Khoản 5 chưa đạt.");
}

#[tokio::test]
async fn a_criterion_sent_back_is_answered_and_judged_anew() {
    let world = World::on("2024-11-12").await;
    let dossier = world.received_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.send_back(&dossier, &[("tieu-chi:4", "Bổ sung số liệu năm trước.")]).await;
    world.app.clock.advance(chrono::Duration::minutes(5));
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&format!("{dossier}/tu-danh-gia/5")).await.is(403).says("Phần này đã khóa");
    let claim = format!("{dossier}/tu-danh-gia/4");
    leader.get(&claim).await.ok().says("Bổ sung số liệu năm trước.");
    leader.submit(&claim, fill().with("ket-luan", "met").with("ghi-chu", "Năm trước 2 vụ, năm nay 0.")).await.is(303);
    leader.hand_in(&dossier).await;
    assert_eq!(world.status(&dossier).await, "submitted");
}

#[tokio::test]
async fn the_ward_sends_its_package_and_the_city_decides_groups_before_the_ward() {
    let world = World::on("2024-11-16").await;
    let seven = world.recommended_request(7).await;
    let eight = world.appraised_request(8).await;
    let own = world.sent_package().await;
    assert_eq!(world.status(&seven).await, "forwarded");
    assert_eq!(world.status(&eight).await, "appraised", "what was not recommended yet stays");
    let mut chair = world.client(people::CITY_CHAIR).await;
    let decide = format!("{seven}/quyet-dinh");
    chair.get(&decide).await.is(403).says("Gói hồ sơ của phường chưa được tiếp nhận");
    let mut city = world.city().await;
    city.press(&own, "tiep-nhan").await;
    // What is recommended later follows later.
    world.client(people::CHAIR).await.conclude(&eight, true).await;
    let mut officer = world.client(people::OFFICER).await;
    let seat = officer.seat_key("/nam/2024").await;
    officer.post_pairs("/phuong/gui-bo-sung", &[("_vai", &seat)]).await.is(303);
    assert_eq!(world.status(&eight).await, "forwarded");
    city.judge_all(&own, &[]).await;
    city.press(&own, "tham-dinh-xong").await;
    city.conclude(&own, true).await;
    chair.get(&format!("{own}/quyet-dinh")).await.is(403).says("Xét các tổ trước");
    chair.decide(&seven, true, "6120/QĐ-UBND", "16/11/2024").await;
    chair.decide(&eight, false, "6122/QĐ-UBND", "16/11/2024").await;
    chair.decide(&own, true, "6121/QĐ-UBND", "16/11/2024").await;
    let mut anybody = world.visitor();
    anybody.get("/cong-khai").await.ok().says("Tổ dân phố 7").says("1/24 tổ").is_silent_about("Tổ dân phố 8");
    world.client(people::LEADER_7).await.get(&seven).await.ok().says("Công nhận đạt tiêu chuẩn").says("6120/QĐ-UBND");
}

#[tokio::test]
async fn a_lent_seat_signs_for_its_owner_and_both_names_stay() {
    let world = World::on("2024-11-16").await;
    let seven = world.recommended_request(7).await;
    world.received_package().await;
    let mut deputy = world.visitor();
    deputy.sign_in_as(people::CITY, |words| words.contains("Chủ tịch UBND thành phố")).await;
    deputy.get(&format!("{seven}/quyet-dinh")).await.ok().says("TL. Chủ tịch UBND thành phố").says("Lê Thị Ngọc Diệp");
    deputy.decide(&seven, true, "6120/QĐ-UBND", "16/11/2024").await;
    let (actor, behalf): (String, String) = {
        let mut owner = world.owner().await;
        sqlx::query_as("select actor, on_behalf_of from event where verb = 'recognised'")
            .fetch_one(&mut owner)
            .await
            .unwrap()
    };
    assert_eq!((actor.as_str(), behalf.as_str()), ("Hồ Minh Thạch", "Lê Thị Ngọc Diệp"));
}
