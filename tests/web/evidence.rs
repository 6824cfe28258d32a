//! Evidence: what is kept of a picture, files that come piece by piece, what lies with a criterion and what is missing, and the few
//! presses that it takes.

use axum::body::Body;
use serde_json::Value;

use crate::support::{Client, Kind, World, fill, people, samples};

/// The leader of group 7 at a criterion of the request.
struct Desk {
    world: World,
    leader: Client,
    dossier: String,
    /// The page of the criterion, and the address that takes its evidence.
    at: String,
    add: String,
}

impl Desk {
    async fn at(criterion: &str) -> Self {
        let world = World::on("2024-11-12").await;
        let dossier = world.dossier(7, Kind::Request).await;
        let leader = world.client(people::LEADER_7).await;
        let (at, add) = (format!("{dossier}/tu-danh-gia/{criterion}"), format!("{dossier}/minh-chung/{criterion}"));
        Self { world, leader, dossier, at, add }
    }

    /// Sends the form of the criterion to where evidence is added, as the button without script does.
    async fn adds(&mut self, pairs: &[(&str, &str)], name: &str, bytes: Vec<u8>) {
        let seat = self.leader.seat_key(&self.at).await;
        let boundary = "tap";
        let mut body = vec![];
        for (field, value) in [("_vai", seat.as_str())].iter().chain(pairs) {
            body.extend_from_slice(
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
                    .as_bytes(),
            );
        }
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&bytes);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        self.leader.post(&self.add, &format!("multipart/form-data; boundary={boundary}"), Body::from(body)).await;
    }

    /// The address of the only piece of evidence on the page of the criterion.
    async fn only_one(&mut self) -> String {
        let links = self.leader.get(&self.at).await.ok().links(&format!("{}/", self.add));
        assert_eq!(links.len(), 1, "{links:?}");
        links[0].clone()
    }
}

#[tokio::test]
async fn of_a_photograph_the_place_goes_and_the_time_stays() {
    let mut desk = Desk::at("2").await;
    let photo = samples::photo("2024:06:05 08:12:33");
    assert!(samples::tells_the_place(&photo));
    desk.adds(&[], "anh.png", photo).await;
    desk.leader.shown().leads_to(&format!("{}#minh-chung", desk.at));
    desk.leader.get(&desk.at).await.ok().costs(4).says("anh.png").says("ngày 5/6/2024, trong thời gian xét");
    let one = desk.only_one().await;
    let page = desk.leader.get(&one).await.ok();
    page.costs(4).says("8:12, thứ Tư 5/6/2024");
    let file = page.links("/tep/")[0].clone();
    let kept = desk.leader.get(&file).await.ok().body.clone();
    assert!(!samples::tells_the_place(&kept));
    let sha: String = desk.world.ask("select sha256 from attachment").await;
    assert_eq!(binhyen::platform::files::ContentHash::of(&kept).to_string(), sha, "the hash is of what is kept");
}

#[tokio::test]
async fn the_meter_counts_what_is_named_and_a_file_asks_for_its_day_once() {
    let mut desk = Desk::at("2").await;
    desk.leader.get(&desk.at).await.ok().says("0/3 giấy tờ, thiếu:");
    desk.adds(&[], "anh.png", samples::png()).await;
    let one = desk.only_one().await;
    desk.leader.shown().says("chưa ghi ngày").says("chưa rõ là giấy nào").says("0/3 giấy tờ");
    let mend = format!(".mend[action='{one}']");
    desk.leader.submit(&mend, fill().with("ngay-minh-chung", "25/12/2024").with("giay", "1")).await;
    desk.leader.shown().refuses("ngay-minh-chung", "chưa tới");
    assert_eq!(desk.leader.shown().value("ngay-minh-chung"), "25/12/2024");
    desk.leader.get(&desk.at).await.ok();
    desk.leader.submit(&mend, fill().with("ngay-minh-chung", "5/6/2024").with("giay", "1")).await.is(303);
    let page = desk.leader.get(&desk.at).await.ok();
    page.says("1/3 giấy tờ").says("ngày 5/6/2024, trong thời gian xét");
    assert!(!page.has(".mend"), "it is asked once");
    // A day that stands is not changed by a forged form.
    let seat = desk.leader.seat_key(&desk.at).await;
    desk.leader.post_pairs(&one, &[("_vai", &seat), ("ngay-minh-chung", "1/1/2024"), ("giay", "1")]).await.is(303);
    desk.leader.get(&desk.at).await.ok().says("ngày 5/6/2024");
    desk.leader.get(&format!("{}/minh-chung", desk.dossier)).await.ok().costs(3).says("1/3 giấy tờ");
}

#[tokio::test]
async fn evidence_of_another_year_is_taken_and_said_to_lie_outside() {
    let mut desk = Desk::at("2").await;
    desk.adds(&[("ngay-minh-chung", "5/6/2023"), ("giay", "0")], "anh.png", samples::png()).await;
    desk.leader.get(&desk.at).await.ok().says("ngày 5/6/2023, ngoài thời gian xét").says("1/3 giấy tờ");
}

#[tokio::test]
async fn sending_evidence_keeps_what_was_typed_beside_it() {
    let mut desk = Desk::at("2").await;
    desk.adds(&[("ghi-chu", "Ba buổi tuyên truyền.")], "anh.png", samples::png()).await;
    let page = desk.leader.shown().ok();
    page.says("anh.png");
    assert_eq!(page.value("ghi-chu").trim(), "Ba buổi tuyên truyền.");
    desk.adds(&[("ghi-chu", "Ba buổi tuyên truyền.")], "xau.png", vec![]).await;
    desk.leader.shown().refuses("tep", "Tệp này trống");
    assert_eq!(desk.leader.shown().value("ghi-chu").trim(), "Ba buổi tuyên truyền.");
    // The same picture again is the same picture.
    desk.adds(&[], "anh.png", samples::png()).await;
    let files: i64 = desk.world.ask("select count(*) from attachment").await;
    assert_eq!(files, 1);
    desk.leader.get(&desk.add.clone()).await.leads_to(&format!("{}#minh-chung", desk.at));
    let seat = desk.leader.seat_key(&desk.at).await;
    desk.leader.post_pairs(&desk.add.clone(), &[("_vai", &seat)]).await.refuses("tep", "Chọn ảnh hoặc tệp");
}

#[tokio::test]
async fn a_fact_without_a_file_serves_several_criteria() {
    let mut desk = Desk::at("2").await;
    let say = format!("{}/viec", desk.add);
    desk.leader.get(&desk.at).await.ok();
    desk.leader.submit(&say, fill().with("viec", "")).await.refuses("viec", "Ghi việc đã làm");
    desk.leader.shown().refuses("ngay-viec", "Ghi ngày việc diễn ra");
    let said = fill().with("viec", "Họp tổ phổ biến kế hoạch, 52 người dự").with("giay-viec", "0");
    desk.leader.submit(&say, said.clone().with("ngay-viec", "12/12/2024")).await.refuses("ngay-viec", "chưa tới");
    assert_eq!(desk.leader.shown().value("viec"), "Họp tổ phổ biến kế hoạch, 52 người dự");
    let form = desk.leader.tab(&say);
    for _ in 0..2 {
        desk.leader.submit_tab(&form, said.clone().with("ngay-viec", "12/3/2024")).await.is(303);
    }
    let facts: i64 = desk.world.ask("select count(*) from fact").await;
    assert_eq!(facts, 1, "the same form twice says it once");
    let one = desk.only_one().await;
    desk.leader.shown().says("52 người dự").says("1/3 giấy tờ");
    desk.leader.get(&one).await.ok().costs(4);
    let share = format!("{one}/dung-cho");
    desk.leader.submit(&share, fill()).await.refuses("cho", "Chọn tiêu chí hoặc phần");
    desk.leader.submit(&share, fill().with("cho", "tieu-chi:5")).await.leads_to(&one);
    desk.leader.follow().await.ok().says("Cũng dùng cho");
    desk.leader.get(&desk.at.replace("/2", "/5")).await.ok().says("52 người dự");
    // Taken out of one, it stays with the other.
    desk.leader.get(&one).await.ok();
    desk.leader.submit(&format!("{}/bo-tep", desk.dossier), fill()).await.is(303);
    desk.leader.get(&desk.at).await.ok().is_silent_about("52 người dự");
    desk.leader.get(&desk.at.replace("/2", "/5")).await.ok().says("52 người dự");
}

#[tokio::test]
async fn a_file_serves_a_part_and_its_newer_version_takes_its_place_everywhere() {
    let mut desk = Desk::at("2").await;
    desk.adds(&[("ngay-minh-chung", "5/6/2024"), ("giay", "0")], "anh.png", samples::png()).await;
    let one = desk.only_one().await;
    desk.leader.get(&one).await.ok();
    desk.leader.submit(&format!("{one}/dung-cho"), fill().with("cho", "phan:bao-cao")).await.is(303);
    desk.leader.get(&one).await.ok();
    let renew = format!("{one}/ban-moi");
    desk.leader.submit(&renew, fill()).await.refuses("tep", "Chọn ảnh hoặc tệp");
    let newer = fill().file("tep", "anh-moi.png", samples::photo("2024:06:05 08:00:00"));
    desk.leader.submit(&renew, newer).await.is(303);
    let two = desk.only_one().await;
    let page = desk.leader.get(&two).await.ok();
    page.says("anh-moi.png").says("Các bản").says("anh.png").says("ngày 5/6/2024");
    for file in page.links("/tep/") {
        desk.leader.get(&file).await.ok();
    }
    desk.leader.get(&format!("{}/phan/bao-cao", desk.dossier)).await.ok().says("anh-moi.png");
    desk.leader.get(&one).await.not_found();
    // Whoever judged it before sees that something is new.
    let story: i64 = desk.world.ask("select count(*) from event where verb = 'evidence_renewed'").await;
    assert_eq!(story, 1);
}

#[tokio::test]
async fn last_years_evidence_and_the_paper_of_a_part_are_offered_again() {
    let mut desk = Desk::at("2").await;
    let mut owner = desk.world.owner().await;
    for statement in [
        "insert into cycle select (jsonb_populate_record(c, jsonb_build_object('id', '018d0abd-61c0-7000-825c-81a10b8feef3', 'year', 2023))).*
           from cycle c join unit w on w.id = c.ward_id where w.code = 'PL'",
        "insert into attachment (id, city_id, ward_id, group_id, cycle_id, subject_id, sha256, name, media_type, size, evidence_on, uploaded_at, uploaded_by)
         select gen_random_uuid(), g.city_id, g.ward_id, g.id, '018d0abd-61c0-7000-825c-81a10b8feef3', g.id, repeat('a', 64), 'nam-ngoai.png', 'image/png', 9,
                '2023-05-01', now(), 'x' from unit g join unit w on w.id = g.ward_id and w.code = 'PL' where g.kind = 'group' and g.code = '07'",
        "insert into attachment_use (id, attachment_id, city_id, ward_id, group_id, cycle_id, subject_id, criterion, added_at)
         select gen_random_uuid(), id, city_id, ward_id, group_id, cycle_id, subject_id, '2', now() from attachment",
    ] {
        sqlx::query(statement).execute(&mut owner).await.unwrap();
    }
    let page = desk.leader.get(&desk.at).await.ok();
    page.costs(4).says("nam-ngoai.png").says("minh chứng năm trước, ngày 1/5/2023, ngoài thời gian xét");
    let again = format!("{}/dung-lai", desk.add);
    let form = desk.leader.tab(&again);
    for _ in 0..2 {
        desk.leader.submit_tab(&form, fill()).await.leads_to(&format!("{}#minh-chung", desk.at));
    }
    let page = desk.leader.get(&desk.at).await.ok();
    page.says("ngày 1/5/2023, ngoài thời gian xét");
    assert!(!page.has(&format!("form[action='{again}']")), "what lies here is not offered any more");
    // The paper of the registration is the evidence of the criterion that asks for it.
    let registration = desk.world.dossier(7, Kind::Registration).await;
    let part = format!("{registration}/phan/nghi-quyet");
    desk.leader.get(&part).await.ok();
    desk.leader.submit(&part, fill().file("tep", "nghi-quyet.pdf", samples::pdf("x"))).await.is(303);
    let first = desk.at.replace("/2", "/1.1");
    desk.leader.get(&first).await.ok().says("nghi-quyet.pdf").says("trong hồ sơ năm nay");
    desk.leader.submit(&format!("{}/minh-chung/1.1/dung-lai", desk.dossier), fill()).await.is(303);
    desk.leader.get(&first).await.ok().says("1/1 giấy tờ");
}

/// Begins an upload for that form; gives its address.
async fn begun(client: &mut Client, purpose: &str, name: &str, size: usize) -> String {
    let seat = client.seat_key(purpose).await;
    let size = size.to_string();
    let fields =
        [("_vai", seat.as_str()), ("ten", name), ("co", &size), ("cho", purpose), ("chup-luc", "2024-06-05T08:12:33")];
    let said = client.post_pairs("/tai-len", &fields).await.is(201).body.clone();
    let said: Value = serde_json::from_slice(&said).unwrap();
    format!("/tai-len/{}", said["id"].as_str().unwrap())
}

/// Sends a piece; gives status and how much is there.
async fn piece(client: &mut Client, upload: &str, from: usize, bytes: &[u8]) -> (u16, u64) {
    let kind = "application/octet-stream";
    let answer = client.post(&format!("{upload}?tu={from}"), kind, Body::from(bytes.to_vec())).await;
    let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    (answer.status.as_u16(), said["received"].as_u64().unwrap_or_default())
}

#[tokio::test]
async fn a_file_comes_piece_by_piece_and_goes_on_where_the_network_broke() {
    let mut desk = Desk::at("2").await;
    let photo = samples::png();
    let upload = begun(&mut desk.leader, &desk.at, "IMG_1.png", photo.len()).await;
    assert_eq!(piece(&mut desk.leader, &upload, 0, &photo[..20]).await, (200, 20));
    // Its answer was lost, so it comes again; then one that leaves a hole.
    assert_eq!(piece(&mut desk.leader, &upload, 0, &photo[..20]).await, (409, 20));
    assert_eq!(piece(&mut desk.leader, &upload, 30, &photo[30..]).await, (409, 20));
    let said: Value = serde_json::from_slice(&desk.leader.get(&upload).await.ok().body).unwrap();
    assert_eq!(said["received"], 20);
    let id = upload.rsplit('/').next().unwrap().to_owned();
    let seat = desk.leader.seat_key(&desk.at).await;
    let attach = [("_vai", seat.as_str()), ("da-tai", id.as_str())];
    desk.leader.post_pairs(&desk.add.clone(), &attach).await.refuses("tep", "không còn ở máy chủ");
    assert_eq!(piece(&mut desk.leader, &upload, 20, &photo[20..]).await, (200, photo.len() as u64));
    // Another form may not take it, another person does not know it.
    let other = desk.add.replace("/2", "/5");
    desk.leader.post_pairs(&other, &attach).await.refuses("tep", "không còn ở máy chủ");
    let mut neighbour = desk.world.client(people::LEADER_8).await;
    neighbour.get(&upload).await.not_found();
    assert_eq!(piece(&mut neighbour, &upload, 0, b"x").await.0, 404);
    // A form that comes back still holds it; the form twice attaches it once.
    desk.leader.post_pairs(&desk.add.clone(), &[attach[0], attach[1], ("ngay-minh-chung", "1/1/2030")]).await;
    desk.leader.shown().refuses("ngay-minh-chung", "chưa tới").says("Đã gửi: IMG_1.png");
    assert_eq!(desk.leader.shown().value("da-tai"), id);
    for _ in 0..2 {
        desk.leader.post_pairs(&desk.add.clone(), &attach).await.is(303);
    }
    let files: i64 = desk.world.ask("select count(*) from attachment").await;
    assert_eq!(files, 1);
    // The time that the phone read before it made the picture smaller.
    desk.leader.get(&desk.at).await.ok().says("IMG_1.png").says("ngày 5/6/2024");
}

#[tokio::test]
async fn a_part_and_a_criterion_take_what_was_sent_before_them() {
    let mut desk = Desk::at("2").await;
    let (paper, photo) = (samples::pdf("bao cao"), samples::png());
    let part = format!("{}/phan/bao-cao", desk.dossier);
    let upload = begun(&mut desk.leader, &part, "bao-cao.pdf", paper.len()).await;
    piece(&mut desk.leader, &upload, 0, &paper).await;
    desk.leader.get(&part).await.ok();
    let id = upload.rsplit('/').next().unwrap();
    desk.leader.submit(&part, fill().forge("da-tai", id)).await.is(303);
    desk.leader.get(&part).await.ok().says("bao-cao.pdf");
    let upload = begun(&mut desk.leader, &desk.at, "anh.png", photo.len()).await;
    piece(&mut desk.leader, &upload, 0, &photo).await;
    desk.leader.get(&desk.at).await.ok();
    let id = upload.rsplit('/').next().unwrap();
    let typed = fill().forge("da-tai", id).with("ket-luan", "not_met");
    desk.leader.submit(&desk.at, typed).await.refuses("ghi-chu", "Ghi rõ vì sao").says("Đã gửi: anh.png");
    desk.leader.submit(&desk.at, fill().with("ket-luan", "not_met").with("ghi-chu", "Mới có một buổi.")).await.is(303);
    desk.leader.get(&desk.at).await.ok().says("anh.png");
}

#[tokio::test]
async fn an_upload_has_its_bounds_and_goes_after_two_days() {
    let mut desk = Desk::at("2").await;
    let seat = desk.leader.seat_key(&desk.at).await;
    let at = desk.at.clone();
    let start = |size: &'static str| {
        [("_vai", seat.clone()), ("ten", "a.png".to_owned()), ("co", size.to_owned()), ("cho", at.clone())]
    };
    for (size, says) in [("0", "trống"), ("20971521", "20 MB"), ("nhiều", "cỡ")] {
        let pairs = start(size);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let said = String::from_utf8(desk.leader.post_pairs("/tai-len", &pairs).await.is(422).body.to_vec()).unwrap();
        assert!(said.contains(says), "{said}");
    }
    let upload = begun(&mut desk.leader, &desk.at, "a.png", 10).await;
    assert_eq!(piece(&mut desk.leader, &upload, 0, &[0; 11]).await, (409, 0), "more than was announced");
    assert_eq!(piece(&mut desk.leader, &upload, 0, &[0; 1024 * 1024 + 1]).await.0, 413);
    for _ in 0..10 {
        let pairs = start("20971520");
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.leader.post_pairs("/tai-len", &pairs).await;
    }
    desk.leader.shown().is(422);
    assert_eq!(piece(&mut desk.leader, &upload, 0, &[1; 10]).await, (200, 10));
    let app = &desk.world.app;
    let now = app.clock.now();
    assert_eq!(binhyen::upload::sweep(&app.db, &app.settings.scratch, now).await.unwrap(), 0);
    let later = now + chrono::Duration::days(3);
    assert_eq!(binhyen::upload::sweep(&app.db, &app.settings.scratch, later).await.unwrap(), 10);
    desk.leader.get(&upload).await.not_found();
    let left = std::fs::read_dir(app.settings.scratch.join("tung-phan")).unwrap().count();
    assert_eq!(left, 0);
}

/// Where the first task of the start page leads.
async fn first_task(client: &mut Client) -> String {
    let task = client.get("/").await.ok().links("/ho-so/").into_iter().find(|it| it.ends_with("/tiep")).unwrap();
    client.get(&task).await.is(303).location()
}

#[tokio::test]
async fn home_leads_to_what_is_to_be_done_next() {
    let world = World::on("2024-11-12").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/").await.ok().costs(2).says("Thêm ảnh minh chứng");
    let registration = world.registered(7).await;
    assert_eq!(first_task(&mut leader).await, format!("{dossier}/tu-danh-gia/1.1"));
    leader.get(&registration).await.ok();
    leader.assess_all(&dossier).await;
    assert_eq!(first_task(&mut leader).await, dossier, "parts are still missing");
    leader.fill_parts(&dossier).await;
    assert_eq!(first_task(&mut leader).await, format!("{dossier}/nop"), "complete: the last look");
    leader.hand_in(&dossier).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.press(&dossier, "tiep-nhan").await;
    officer.send_back(&dossier, &[("tieu-chi:4", "Bổ sung số liệu năm trước.")]).await;
    world.app.clock.advance(chrono::Duration::minutes(5));
    let criterion = format!("{dossier}/tu-danh-gia/4");
    assert_eq!(first_task(&mut leader).await, criterion, "one thing was returned: to it");
    leader.get(&criterion).await.ok();
    leader.submit(&criterion, fill().with("ket-luan", "met")).await.leads_to(&format!("{dossier}/tiep"));
    leader.follow().await.leads_to(&format!("{dossier}/nop"));
    leader.hand_in(&dossier).await;
    assert_eq!(world.status(&dossier).await, "submitted");
}

#[tokio::test]
async fn evidence_alone_answers_a_returned_criterion_and_a_closed_one_takes_none() {
    let world = World::on("2024-11-12").await;
    let dossier = world.received_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.send_back(&dossier, &[("tieu-chi:2", "Bổ sung ảnh buổi tuyên truyền.")]).await;
    world.app.clock.advance(chrono::Duration::minutes(5));
    let mut leader = world.client(people::LEADER_7).await;
    let add = format!("{dossier}/minh-chung/2");
    let seat = leader.seat_key(&format!("{dossier}/tu-danh-gia/2")).await;
    let photo = samples::png();
    let upload = begun(&mut leader, &format!("{dossier}/tu-danh-gia/2"), "anh.png", photo.len()).await;
    piece(&mut leader, &upload, 0, &photo).await;
    let id = upload.rsplit('/').next().unwrap();
    leader.post_pairs(&format!("{dossier}/minh-chung/5"), &[("_vai", &seat), ("da-tai", id)]).await.is(403);
    leader.post_pairs(&add, &[("_vai", &seat), ("da-tai", id)]).await.is(303);
    leader.get(&format!("{dossier}/tiep")).await.leads_to(&format!("{dossier}/nop"));
    // Others read it and change nothing.
    let seat = officer.seat_key(&format!("{dossier}/tham-dinh/2")).await;
    officer.get(&format!("{dossier}/minh-chung")).await.is(403);
    officer.post_pairs(&add, &[("_vai", &seat), ("da-tai", id)]).await.is(403);
    let mut neighbour = world.client(people::LEADER_8).await;
    neighbour.get(&format!("{dossier}/minh-chung")).await.not_found();
}
