//! Meetings: planned, held and closed through the pages, and what follows for the dossiers.

use crate::support::{Client, Kind, World, fill, people};

const PLAN: &str = "/hop/moi";

/// Calls the committee's meeting as it is proposed; gives its address.
async fn planned(client: &mut Client, ballot: &str) -> String {
    client.get(PLAN).await.ok();
    let typed = fill().with("noi", "Trụ sở UBND phường").with("cach", ballot);
    client.submit(PLAN, typed).await.is(303).location()
}

/// The same, with everybody there.
async fn opened(client: &mut Client, ballot: &str) -> String {
    let meeting = planned(client, ballot).await;
    client.get(&meeting).await.ok();
    client.submit(&format!("{meeting}/diem-danh"), fill()).await.leads_to(&meeting);
    meeting
}

/// The page of a dossier's turn.
fn turn(meeting: &str, dossier: &str) -> String {
    format!("{meeting}{dossier}")
}

/// The one press for a dossier, on the page of its meeting.
fn press(dossier: &str) -> String {
    format!("form:has(input[name=\"ho-so\"][value^=\"{}\"]):not([id])", dossier.trim_start_matches("/ho-so/"))
}

/// An appraised request with criterion 5 not met.
async fn failing_request(world: &World, group: u8) -> String {
    let dossier = world.received_request(group).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.judge_all(&dossier, &[("5", "not_met", "Một đội viên bị kỷ luật.")]).await;
    officer.press(&dossier, "tham-dinh-xong").await;
    dossier
}

async fn group(world: &World, number: &str) -> String {
    let mut owner = world.owner().await;
    let id: uuid::Uuid = sqlx::query_scalar(
        "select g.id from unit g join unit w on w.id = g.ward_id where w.code = 'PL' and g.kind = 'group' and g.code = $1",
    )
    .bind(number)
    .fetch_one(&mut owner)
    .await
    .unwrap();
    id.to_string()
}

#[tokio::test]
async fn the_committee_meets_and_its_conclusions_are_the_dossiers() {
    let world = World::on("2024-11-14").await;
    let (seven, eight) = (world.appraised_request(7).await, world.appraised_request(8).await);
    let nine = failing_request(&world, 9).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/").await.ok();
    assert!(officer.shown().has("a[href='/hop']"), "a way from home");
    officer.get("/hop").await.ok().says("Chưa có cuộc họp nào");
    let page = officer.get(PLAN).await.ok();
    assert_eq!(page.value("ten-1"), "Võ Thị Thanh Tâm", "the ward's chair leads");
    assert_eq!((page.value("ten-2"), page.value("chuc-2")), ("Đặng Thu Hồng".into(), "Thường trực Ban chỉ đạo".into()));
    page.says("quy ước nội bộ");
    let meeting = planned(&mut officer, "hand").await;
    officer.get(&meeting).await.ok().says("3 hồ sơ đã thẩm định").says("Chưa đạt khoản 5");
    officer.submit(&format!("{meeting}/diem-danh"), fill()).await.leads_to(&meeting);
    officer.get(&meeting).await.ok().says("Bàn trước: 1 hồ sơ").says("Tán thành cả 2 hồ sơ còn lại").says("0/3 hồ sơ");
    officer.submit("#con-lai", fill()).await.leads_to(&meeting);
    officer.get(&meeting).await.ok().says("2/3 hồ sơ").says("Tất cả tán thành không đề nghị");
    assert_eq!(world.status(&seven).await, "appraised", "nothing follows before the end");
    officer.submit(&press(&nine), fill()).await.leads_to(&meeting);
    let close = format!("{meeting}/ket-thuc");
    officer.get(&meeting).await.ok().says("3/3 hồ sơ");
    let page = officer.get(&close).await.ok();
    page.says("Võ Thị Thanh Tâm").says("Tổ 9: Chưa đạt khoản 5.").is_silent_about("trước khi kết thúc");
    let tab = officer.tab(&close);
    let result = format!("{meeting}/ket-qua");
    officer.submit(&close, fill()).await.leads_to(&result);
    for (dossier, status) in [(&seven, "recommended"), (&eight, "recommended"), (&nine, "not_recommended")] {
        assert_eq!(world.status(dossier).await, status);
    }
    officer
        .get(&result)
        .await
        .ok()
        .says("2 hồ sơ")
        .says("5 tán thành, 0 không tán thành, 0 ý kiến khác")
        .says("Chưa đạt khoản 5.");
    // Who pressed signs, who led is named; the decision carries the state that was judged.
    let (actor, led): (String, String) = {
        let mut owner = world.owner().await;
        let told = "select actor, detail #>> '{meeting,chair}' from event where verb = 'not_recommended'";
        sqlx::query_as(told).fetch_one(&mut owner).await.unwrap()
    };
    assert_eq!((actor.as_str(), led.as_str()), ("Đặng Thu Hồng", "Võ Thị Thanh Tâm"));
    let hashed: i64 = world
        .ask("select count(*) from decision d join event e on e.dossier_id = d.dossier_id and e.detail ->> 'state' = d.state_sha256 where d.made_by = 'Võ Thị Thanh Tâm'")
        .await;
    assert_eq!(hashed, 3);
    let mut leader = world.client(&people::leader(9)).await;
    leader.get(&nine).await.ok().says("Không đề nghị").says("cuộc họp do Võ Thị Thanh Tâm chủ trì");
    // The second press finds it done.
    officer.submit_tab(&tab, fill()).await.leads_to(&result);
    world.client(people::CHAIR).await.get(&close).await.leads_to(&result);
    officer.get(&meeting).await.leads_to(&result);
    let closed: i64 = world.ask("select count(*) from event where verb = 'meeting_closed'").await;
    assert_eq!(closed, 1);
    officer.get("/nam/2024").await.ok().says("đề nghị 2, không đề nghị 1, để lại 0");
    officer.get("/hop").await.ok().says("Đã kết thúc").says("3/3 hồ sơ đã kết luận");
}

#[tokio::test]
async fn votes_add_up_or_say_by_how_much() {
    let world = World::on("2024-11-14").await;
    let seven = world.appraised_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let meeting = opened(&mut officer, "hand").await;
    let address = turn(&meeting, &seven);
    let page = officer.get(&address).await.ok();
    page.says("5 người biểu quyết có mặt").says("Đưa ra biểu quyết: đề nghị công nhận");
    officer.submit(&address, fill()).await.refuses("ket-luan", "Chọn kết luận.").refuses("tan-thanh", "Ghi số phiếu");
    let typed = fill().with("tan-thanh", "3").with("khong", "1").with("khac", "0").with("ket-luan", "recommend");
    officer.get(&address).await.ok();
    officer.submit(&address, typed).await.refuses("tan-thanh", "Có 5 người biểu quyết, cộng lại được 4: thiếu 1.");
    assert_eq!((officer.shown().value("tan-thanh"), officer.shown().value("khong")), ("3".into(), "1".into()));
    officer.submit(&address, fill().with("tan-thanh", "9")).await.refuses("tan-thanh", "thừa 5");
    officer.submit(&address, fill().with("tan-thanh", "nhiều")).await.refuses("tan-thanh", "Chỉ ghi chữ số");
    // Who thought otherwise, no more of them than were counted.
    let named = |client: &Client, row: u8| {
        let css = crate::support::selector(&format!("#ai-{row} option"));
        let options = client.shown().html().select(&css).skip(3).map(|it| it.attr("value").unwrap().to_owned()).next();
        options.expect("somebody who votes")
    };
    let who = named(&officer, 1);
    let typed = fill().with("tan-thanh", "4").with("khong", "1").with("ai-1", &who).with("y-1", "other");
    officer.submit(&address, typed).await.refuses("y-1", "chỉ có 0 ý kiến khác");
    officer.submit(&address, fill().with("y-1", "")).await.refuses("y-1", "Chọn không tán thành hay ý kiến khác.");
    let typed = fill().with("y-1", "against").with("noi-1", "Cần xem lại khoản 4.");
    let tab = officer.tab(&address);
    officer.submit(&address, typed.clone()).await.leads_to(&meeting);
    officer.get(&meeting).await.ok().says("4 tán thành, 1 không tán thành, 0 ý kiến khác");
    // Sent twice it is one vote; an older form is stale.
    officer.submit_tab(&tab, typed).await.leads_to(&meeting);
    officer.submit_tab(&tab, fill().with("y-1", "against").with("ket-luan", "postpone")).await.is(409);
    officer.get(&address).await.ok();
    assert_eq!(officer.shown().value("noi-1"), "Cần xem lại khoản 4.");
    officer.get(&format!("{meeting}/ket-qua")).await.ok().says("không tán thành: “Cần xem lại khoản 4.”");
    // Taken back again.
    officer.get(&address).await.ok();
    let none = fill().with("tan-thanh", "5").with("khong", "0").with("ai-1", "").with("noi-1", "");
    officer.submit(&address, none).await.refuses("ai-1", "Chọn người có ý kiến này.");
    officer.submit(&address, fill().with("y-1", "")).await.leads_to(&meeting);
    officer.get(&format!("{meeting}/ket-qua")).await.ok().is_silent_about("Cần xem lại");
}

#[tokio::test]
async fn a_dossier_that_moved_meanwhile_stops_the_whole_closing() {
    let world = World::on("2024-11-14").await;
    let (seven, eight) = (world.appraised_request(7).await, world.appraised_request(8).await);
    let mut officer = world.client(people::OFFICER).await;
    let meeting = opened(&mut officer, "hand").await;
    officer.get(&meeting).await.ok();
    officer.submit("#con-lai", fill()).await.is(303);
    let close = format!("{meeting}/ket-thuc");
    officer.get(&close).await.ok();
    // A colleague judges one criterion anew, then sends the dossier back.
    let mut colleague = world.visitor();
    colleague.sign_in_as(people::OFFICER_TOO, |words| words.contains("Thường trực")).await;
    let verdict = format!("{eight}/tham-dinh/1.1");
    colleague.get(&verdict).await.ok();
    colleague
        .submit(&verdict, fill().with("ket-luan", "not_met").with("ghi-chu", "Nghị quyết thiếu dấu."))
        .await
        .is(303);
    officer
        .submit(&close, fill())
        .await
        .refuses("ket-thuc", "Hồ sơ Tổ 8 vừa đổi")
        .says("Còn 1 việc trước khi kết thúc");
    colleague.send_back(&eight, &[("phan:to-trinh", "Ghi lại số.")]).await;
    officer.post_pairs(&close, &[]).await.is(409);
    officer.get(&close).await.ok();
    officer.submit(&close, fill()).await.refuses("ket-thuc", "Hồ sơ Tổ 8 vừa đổi");
    assert_eq!(world.status(&seven).await, "appraised");
    let written: i64 = world.ask("select count(*) from decision").await;
    assert_eq!(written, 0, "all of them or none");
    // What left the desk can be put off and nothing else.
    let address = turn(&meeting, &eight);
    let page = officer.get(&address).await.ok();
    assert!(!page.has("input[name='ket-luan'][value='recommend']"));
    let forged = fill().forge("ket-luan", "recommend");
    officer.submit(&address, forged).await.is(403).says("Hồ sơ đang ở bước khác");
    officer.get(&address).await.ok();
    officer.submit(&address, fill().with("ket-luan", "postpone")).await.leads_to(&meeting);
    officer.get(&close).await.ok().says("Để lại lần sau");
    officer.submit(&close, fill()).await.is(303);
    assert_eq!((world.status(&seven).await, world.status(&eight).await), ("recommended".into(), "returned".into()));
}

#[tokio::test]
async fn a_criterion_that_does_not_hold_is_never_recommended() {
    let world = World::on("2024-11-14").await;
    let nine = failing_request(&world, 9).await;
    let mut officer = world.client(people::OFFICER).await;
    let meeting = opened(&mut officer, "hand").await;
    let address = turn(&meeting, &nine);
    let page = officer.get(&address).await.ok();
    page.says("Còn tiêu chí chưa đạt").says("Đưa ra biểu quyết: không đề nghị");
    assert!(!page.has("input[name='ket-luan'][value='recommend']"));
    let votes = fill().with("tan-thanh", "5").with("khong", "0").with("khac", "0");
    officer
        .submit(&address, votes.clone().forge("ket-luan", "recommend"))
        .await
        .is(403)
        .says("Phải đạt tất cả tiêu chí");
    officer.get(&address).await.ok();
    let unsaid = votes.with("ket-luan", "decline").with("ly-do", "");
    assert_eq!(officer.shown().value("ly-do"), "Chưa đạt khoản 5.", "what the appraisal found");
    officer.submit(&address, unsaid).await.refuses("ly-do", "Ghi lý do không đề nghị");
    officer.submit(&address, fill().with("ly-do", "Khoản 5 chưa đạt.")).await.leads_to(&meeting);
}

#[tokio::test]
async fn a_secret_ballot_has_counts_and_no_names() {
    let world = World::on("2024-11-14").await;
    let seven = world.appraised_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let meeting = opened(&mut officer, "secret").await;
    let address = turn(&meeting, &seven);
    let page = officer.get(&address).await.ok();
    page.says("chỉ ghi số phiếu");
    assert!(!page.has("[name^='ai-']") && !page.has("[name^='noi-']"));
    // Whoever sends a name all the same finds it nowhere, and the database takes no such row.
    let attendee: uuid::Uuid = world.ask("select id from meeting_attendee where part = 'member' limit 1").await;
    let typed = fill().with("tan-thanh", "4").with("khong", "1").with("khac", "0").with("ket-luan", "recommend");
    let typed = typed.forge("ai-1", &attendee.to_string()).forge("y-1", "against");
    officer.submit(&address, typed).await.leads_to(&meeting);
    let kept: i64 = world.ask("select count(*) from meeting_opinion").await;
    assert_eq!(kept, 0);
    let mut owner = world.owner().await;
    for (ballot, rule) in
        [("secret", "meeting_opinion_never_of_a_secret_ballot"), ("hand", "meeting_opinion_of_meeting")]
    {
        let refused = sqlx::query(
            "insert into meeting_opinion (meeting_id, dossier_id, attendee_id, city_id, ward_id, ballot, choice, given_at, written_by)
             select i.meeting_id, i.dossier_id, a.id, i.city_id, i.ward_id, $1, 'against', now(), 'x'
               from meeting_item i join meeting_attendee a on a.meeting_id = i.meeting_id limit 1",
        )
        .bind(ballot)
        .execute(&mut owner)
        .await
        .unwrap_err();
        assert_eq!(refused.as_database_error().and_then(|it| it.constraint()), Some(rule));
    }
    let close = format!("{meeting}/ket-thuc");
    officer.get(&close).await.ok();
    officer.submit(&close, fill()).await.is(303);
    assert_eq!(world.status(&seven).await, "recommended");
}

#[tokio::test]
async fn opinions_in_writing_are_counted_as_they_come_in() {
    let world = World::on("2024-11-14").await;
    let (seven, eight) = (world.appraised_request(7).await, world.appraised_request(8).await);
    let mut officer = world.client(people::OFFICER).await;
    officer.get(PLAN).await.ok();
    let typed = fill().with("cach", "written").with("toi-thieu", "60");
    let meeting = officer.submit(PLAN, typed).await.is(303).location();
    officer.get(&meeting).await.ok().says("Bắt đầu lấy ý kiến");
    officer.submit(&format!("{meeting}/diem-danh"), fill()).await.leads_to(&meeting);
    let sheets = officer.get(&meeting).await.ok().links(&format!("{meeting}/y-kien/"));
    assert_eq!(sheets.len(), 5);
    // Nobody wrote yet: nothing can be concluded.
    let address = turn(&meeting, &seven);
    officer.get(&address).await.ok().says("Chưa có ý kiến nào");
    officer.submit(&address, fill().with("ket-luan", "recommend")).await.refuses("ket-luan", "Chưa có ý kiến nào");
    officer.get(&sheets[0]).await.ok();
    officer.submit("#tung-ho-so", fill()).await.is(422);
    assert!(officer.shown().errors()[0].1.contains("Chọn ý kiến cho ít nhất một hồ sơ."));
    for sheet in &sheets[..2] {
        officer.get(sheet).await.ok();
        officer.submit("#tat-ca", fill()).await.leads_to(&meeting);
    }
    let id = eight.trim_start_matches("/ho-so/");
    officer.get(&sheets[2]).await.ok();
    let typed = fill().with(&format!("noi-{id}"), "Xem lại phần tuần tra.");
    officer.submit("#tung-ho-so", typed).await.refuses(&format!("y-{id}"), "Chọn không tán thành");
    assert_eq!(officer.shown().value(&format!("noi-{id}")), "Xem lại phần tuần tra.");
    let seven_id = seven.trim_start_matches("/ho-so/");
    let typed = fill().with(&format!("y-{id}"), "against").with(&format!("y-{seven_id}"), "for");
    officer.submit("#tung-ho-so", typed).await.leads_to(&meeting);
    officer.get(&meeting).await.ok().says("3/5 người đã gửi ý kiến (60,0%), còn 2").says("Kết luận đề nghị cả 1 hồ sơ");
    officer.submit("#con-lai", fill()).await.leads_to(&meeting);
    let address = turn(&meeting, &eight);
    officer
        .get(&address)
        .await
        .ok()
        .says("2 tán thành, 1 không tán thành, 0 ý kiến khác")
        .says("Xem lại phần tuần tra.");
    officer.submit(&address, fill().with("ket-luan", "recommend")).await.leads_to(&meeting);
    // A sheet that comes late counts too.
    officer.get(&sheets[3]).await.ok();
    officer.submit("#tat-ca", fill()).await.leads_to(&meeting);
    officer.get(&meeting).await.ok().says("4 tán thành, 0 không tán thành").says("3 tán thành, 1 không tán thành");
    let close = format!("{meeting}/ket-thuc");
    officer.get(&close).await.ok();
    let result = officer.submit(&close, fill()).await.is(303).location();
    officer.get(&result).await.ok().says("Được lấy ý kiến").says("“Xem lại phần tuần tra.”");
    assert_eq!((world.status(&seven).await, world.status(&eight).await), ("recommended".into(), "recommended".into()));
    officer.get(&sheets[4]).await.is(403).says("Cuộc họp đang ở bước khác");
}

#[tokio::test]
async fn a_group_meets_and_its_minutes_stand_in_its_request() {
    let world = World::on("2024-11-08T20:00").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/xem-them").await.ok();
    assert!(leader.shown().has("a[href='/hop']"), "a way from the page of everything else");
    let plan = leader.get("/hop").await.ok().links("/hop/moi");
    let page = leader.get(&plan[0]).await.ok();
    assert_eq!((page.value("ten-1"), page.value("chuc-1")), ("Trần Văn Lựu".into(), "Tổ trưởng tổ dân phố".into()));
    page.says("Ghi tên vào chức danh có dự");
    leader
        .submit(PLAN, fill().with("noi", ""))
        .await
        .refuses("noi", "Ghi nơi họp")
        .refuses("vai-2", "Chọn một người làm thư ký");
    let typed =
        fill().with("noi", "Nhà sinh hoạt cộng đồng tổ 7").with("ten-2", "Lê Thị Bông").with("ten-4", "Mai Văn Cội");
    let meeting = leader.submit(PLAN, typed).await.is(303).location();
    leader.get(&meeting).await.ok().says("Mai Văn Cội, Bí thư chi bộ").is_silent_about("Trưởng ban công tác Mặt trận");
    leader.submit(&format!("{meeting}/diem-danh"), fill()).await.leads_to(&meeting);
    leader.get(&meeting).await.ok().says("Tất cả tán thành");
    leader.submit(&press(&dossier), fill()).await.leads_to(&meeting);
    // The area officer helps and does not close.
    let mut area = world.client(people::AREA).await;
    area.get(&meeting).await.ok().is_silent_about("Kết thúc cuộc họp");
    area.get(&format!("{meeting}/ket-thuc")).await.is(403).says("Tổ trưởng làm được việc này.");
    let close = format!("{meeting}/ket-thuc");
    leader.get(&close).await.ok().says("Biên bản được soạn sẵn");
    leader.submit(&close, fill()).await.leads_to(&format!("{meeting}/ket-qua"));
    leader.follow().await.ok().says("4 tán thành, 0 không tán thành, 0 ý kiến khác");
    let page = leader.get(&format!("{dossier}/phan/bien-ban")).await.ok();
    assert_eq!((page.value("ngay"), page.value("nguoi-ky")), ("8/11/2024".into(), "Trần Văn Lựu".into()));
    let minutes = page.value("noi-dung");
    for words in [
        "Thời gian: 19:30, thứ Sáu 8/11/2024.",
        "Địa điểm: Nhà sinh hoạt cộng đồng tổ 7.",
        "Chủ trì: Trần Văn Lựu, Tổ trưởng tổ dân phố.",
        "Thư ký: Lê Thị Bông.",
        "Có mặt 4 người: ",
        "Vắng 0 người: không có.",
        "Cách biểu quyết: giơ tay.",
        "4 tán thành, 0 không tán thành, 0 ý kiến khác.",
        "Kết luận: đề nghị xét, công nhận.",
    ] {
        assert!(minutes.contains(words), "“{words}” is not in:\n{minutes}");
    }
    leader.get(&dossier).await.ok().says("Tổ họp đánh giá").says("cuộc họp do Trần Văn Lựu chủ trì");
    assert_eq!(world.status(&dossier).await, "draft", "the leader hands in, not the meeting");
    // The next meeting invites the same people.
    let page = leader.get(&plan[0]).await.ok();
    assert_eq!(page.value("ten-2"), "Lê Thị Bông");
}

#[tokio::test]
async fn minutes_that_somebody_began_stay_as_they_are() {
    let world = World::on("2024-11-08T20:00").await;
    let dossier = world.dossier(8, Kind::Request).await;
    let mut leader = world.client(people::LEADER_8).await;
    let part = format!("{dossier}/phan/bien-ban");
    leader.get(&part).await.ok();
    leader.submit(&part, fill().with("noi-dung", "Biên bản tự ghi.")).await.is(303);
    let plan = leader.get("/hop").await.ok().links("/hop/moi");
    leader.get(&plan[0]).await.ok();
    let typed = fill().with("noi", "Nhà bà Cúc").with("ten-2", "Lê Thị Bông").with("cach", "secret");
    let meeting = leader.submit(PLAN, typed).await.is(303).location();
    leader.get(&meeting).await.ok();
    leader.submit(&format!("{meeting}/diem-danh"), fill()).await.is(303);
    leader.get(&meeting).await.ok();
    leader.submit(&press(&dossier), fill()).await.is(303);
    leader.get(&format!("{meeting}/ket-thuc")).await.ok();
    leader.submit(&format!("{meeting}/ket-thuc"), fill()).await.is(303);
    assert_eq!(leader.get(&part).await.ok().value("noi-dung"), "Biên bản tự ghi.");
}

#[tokio::test]
async fn a_plan_and_a_roll_say_what_is_wrong_and_keep_the_rest() {
    let world = World::on("2024-11-14").await;
    let seven = world.appraised_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(PLAN).await.ok();
    let wrong = fill().with("gio", "chiều").with("toi-thieu", "120").with("vai-3", "chair").with("ten-4", "");
    officer.submit(PLAN, wrong).await.refuses("gio", "Ghi giờ họp").refuses("toi-thieu", "ngoài khoảng");
    officer.shown().refuses("vai-3", "Chỉ một người chủ trì").refuses("noi", "Ghi nơi họp");
    assert_eq!((officer.shown().value("gio"), officer.shown().value("ten-3")), ("chiều".into(), "Ngô Đức Phú".into()));
    let right = fill()
        .with("gio", "14h")
        .with("toi-thieu", "80")
        .with("vai-3", "member")
        .with("noi", "Trụ sở")
        .with("ngay", "15/11/2024");
    let tab = officer.tab(PLAN);
    let meeting = officer.submit_tab(&tab, right.clone()).await.is(303).location();
    officer.submit_tab(&tab, right).await.leads_to(&meeting);
    let made: i64 = world.ask("select count(*) from meeting").await;
    assert_eq!(made, 1, "a form sent twice is one meeting");
    let roll = format!("{meeting}/diem-danh");
    officer.get(&meeting).await.ok();
    officer.submit(&roll, fill()).await.refuses("co-mat", "Cuộc họp định ngày 15/11/2024, chưa tới.");
    let change = format!("{meeting}/sua");
    officer.get(&change).await.ok();
    assert_eq!(officer.shown().value("toi-thieu"), "80");
    officer.submit(&change, fill().with("ngay", "14/11/2024").with("ten-5", "Lưu Quốc Toàn")).await.leads_to(&meeting);
    officer.get(&meeting).await.ok().says("Lưu Quốc Toàn");
    // The chair is away, then two of the five who vote.
    let boxes = |client: &Client| -> Vec<String> {
        let css = crate::support::selector("input[name='co-mat']");
        client.shown().html().select(&css).map(|it| it.attr("value").unwrap().to_owned()).collect()
    };
    let people = boxes(&officer);
    officer.submit(&roll, fill().untick("co-mat", &people[0])).await.refuses("chu-tri", "Chọn người chủ trì thay.");
    let nobody = people.iter().fold(fill(), |typed, person| typed.untick("co-mat", person));
    officer.get(&meeting).await.ok();
    officer.submit(&roll, nobody).await.refuses("co-mat", "Chưa có ai biểu quyết có mặt.");
    officer.get(&meeting).await.ok();
    let deputy = fill().untick("co-mat", &people[0]).untick("co-mat", &people[3]).with("chu-tri", &people[2]);
    officer.submit(&roll, deputy).await.leads_to(&meeting);
    officer
        .get(&meeting)
        .await
        .ok()
        .says("3/5 người biểu quyết có mặt (60,0%), vắng 2")
        .says("Chưa đủ số người theo quy ước nội bộ");
    officer.submit("#con-lai", fill()).await.is(303);
    let close = format!("{meeting}/ket-thuc");
    officer.get(&close).await.ok().says("Theo quy ước nội bộ cần 4 người biểu quyết, mới có 3.");
    let (key, edition) = (officer.shown().value("_vai"), officer.shown().value("_phien_ban"));
    let forged = [("_vai", key.as_str()), ("_phien_ban", edition.as_str())];
    officer.post_pairs(&close, &forged).await.refuses("ket-thuc", "quy ước nội bộ");
    assert_eq!(world.status(&seven).await, "appraised");
    // They come late; what was voted before stays as it was counted.
    officer.get(&meeting).await.ok();
    let late = fill().tick("co-mat", &people[0]).tick("co-mat", &people[3]);
    officer.submit(&roll, late).await.leads_to(&meeting);
    officer.get(&close).await.ok();
    let result = officer.submit(&close, fill()).await.is(303).location();
    officer.get(&result).await.ok().says("3 tán thành").says("Ngô Đức Phú");
    let made_by: String = world.ask("select made_by from decision").await;
    assert_eq!(made_by, "Ngô Đức Phú", "whoever led it answers for it");
}

#[tokio::test]
async fn a_dossier_that_becomes_ready_is_taken_in() {
    let world = World::on("2024-11-14").await;
    let mut officer = world.client(people::OFFICER).await;
    let meeting = planned(&mut officer, "hand").await;
    officer.get(&meeting).await.ok().says("Chưa có hồ sơ nào thẩm định xong");
    officer.submit(&format!("{meeting}/diem-danh"), fill()).await.leads_to(&meeting);
    officer.get(&format!("{meeting}/ket-thuc")).await.ok().says("Chưa có hồ sơ nào trong cuộc họp.");
    world.appraised_request(7).await;
    officer.get(&meeting).await.ok().says("1 hồ sơ vừa thẩm định xong");
    officer.submit(&format!("{meeting}/them-ho-so"), fill()).await.leads_to(&meeting);
    officer.get(&meeting).await.ok().says("0/1 hồ sơ").is_silent_about("vừa thẩm định xong");
}

#[tokio::test]
async fn the_room_sees_what_is_on_and_nothing_to_press() {
    let world = World::on("2024-11-14").await;
    let (seven, nine) = (world.appraised_request(7).await, failing_request(&world, 9).await);
    let mut officer = world.client(people::OFFICER).await;
    let meeting = opened(&mut officer, "hand").await;
    let screen = format!("{meeting}/chieu");
    let page = officer.get(&screen).await.ok();
    page.says("Tổ dân phố 9").says("Chưa đạt khoản 5");
    assert_eq!(page.headers["refresh"], "3");
    assert!(!page.has("a, form, nav, button, script"), "read only");
    officer.get(&meeting).await.ok();
    officer.submit(&press(&nine), fill()).await.is(303);
    let page = officer.get(&screen).await.ok();
    page.says("Đang xét: đề nghị công nhận")
        .says("Tổ dân phố 7")
        .says("Vừa biểu quyết: Tổ dân phố 9")
        .says("Tán thành 5");
    assert!(page.has("progress[value='1'][max='2']"));
    officer.get(&meeting).await.ok();
    officer.submit("#con-lai", fill()).await.is(303);
    officer.get(&screen).await.ok().says("Đã xét hết").says("Đề nghị công nhận 1, không đề nghị 1, để lại 0.");
    officer.get(&format!("{meeting}/ket-thuc")).await.ok();
    officer.submit(&format!("{meeting}/ket-thuc"), fill()).await.is(303);
    assert!(officer.get(&screen).await.ok().headers.get("refresh").is_none(), "a meeting that is over stands still");
    assert_eq!(world.status(&seven).await, "recommended");
}

#[tokio::test]
async fn each_seat_sees_its_own_meetings_and_presses_its_own_buttons() {
    let world = World::on("2024-11-14").await;
    let seven = world.appraised_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let meeting = opened(&mut officer, "hand").await;
    let mut member = world.client(people::MEMBER).await;
    member.get(&meeting).await.ok().says("Tổ 7").is_silent_about("Tán thành cả");
    member.get(&turn(&meeting, &seven)).await.is(403);
    member.get(&format!("{meeting}/chieu")).await.ok();
    for phone in [people::LEADER_7, people::AREA, people::OTHER_OFFICER] {
        let mut stranger = world.client(phone).await;
        stranger.get(&meeting).await.not_found();
        stranger.get(&format!("{meeting}/ket-qua")).await.not_found();
    }
    for phone in [people::CITY_CHAIR, people::STEWARD, people::CITY_STEWARD] {
        let mut other = world.client(phone).await;
        other.get("/hop").await.is(403);
        other.get(&meeting).await.is(403);
    }
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(PLAN).await.is(403).says("Thường trực Ban chỉ đạo phường làm được việc này.");
    let eight = group(&world, "08").await;
    leader.get(&format!("{PLAN}?to={eight}")).await.is(403);
    officer.get(&format!("{PLAN}?to={eight}")).await.is(403);
    let mut area = world.client(people::AREA).await;
    area.get(PLAN).await.ok().says("Cuộc họp của tổ nào").says("Tổ dân phố 7").is_silent_about("Tổ dân phố 13");
    area.get(&format!("{PLAN}?to={eight}")).await.ok();
    assert_eq!(area.shown().value("ten-1"), "Ngô Thị Thu Cúc", "its leader leads it");
    // Names of seats are told to those who may call such a meeting, of their own place.
    let seats = async |phone: &str, group: Option<uuid::Uuid>| {
        let client = world.client(phone).await;
        let (mut db, _) = world.enter(&client).await;
        let found: Vec<String> = sqlx::query_scalar("select full_name from meeting_seats($1, $2)")
            .bind(group)
            .bind(world.app.clock.now())
            .fetch_all(&mut *db)
            .await
            .unwrap();
        found.len()
    };
    let eight = Some(eight.parse().unwrap());
    assert_eq!(seats(people::OFFICER, None).await, 6);
    assert_eq!((seats(people::MEMBER, None).await, seats(people::LEADER_7, None).await), (0, 0));
    assert_eq!((seats(people::LEADER_8, eight).await, seats(people::LEADER_7, eight).await), (2, 0));
    assert_eq!((seats(people::AREA, eight).await, seats(people::OFFICER, eight).await), (2, 0));
    assert_eq!(seats(people::OTHER_OFFICER, None).await, 2);
}

#[tokio::test]
async fn pages_of_a_meeting_keep_their_budget() {
    let world = World::on("2024-11-14").await;
    let seven = world.appraised_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(PLAN).await.ok().costs(4);
    let meeting = planned(&mut officer, "hand").await;
    let twice = async |client: &mut Client, path: &str, most: u32| {
        client.get(path).await.ok();
        client.get(path).await.ok().costs(most);
    };
    twice(&mut officer, "/hop", 2).await;
    twice(&mut officer, &format!("{meeting}/sua"), 2).await;
    twice(&mut officer, &meeting, 3).await;
    officer.submit(&format!("{meeting}/diem-danh"), fill()).await.is(303);
    for page in ["", "/ket-thuc", "/chieu", "/ket-qua"] {
        twice(&mut officer, &format!("{meeting}{page}"), 3).await;
    }
    twice(&mut officer, &turn(&meeting, &seven), 3).await;
    let mut area = world.client(people::AREA).await;
    twice(&mut area, PLAN, 2).await;
    let eight = group(&world, "08").await;
    twice(&mut area, &format!("{PLAN}?to={eight}"), 4).await;
}
