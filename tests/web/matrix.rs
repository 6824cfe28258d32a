//! Groups against criteria: one cell beside the table, what changed since a look, approving together, taking conclusions back, what if,
//! where the ward stands, and a city's forecast.

use binhyen::ruleset::{Criterion, SubjectKind, shipped};

use crate::support::{Answer, Kind, World, fill, people};

const MATRIX: &str = "/bang-tham-dinh";

/// Writes the figures that no register counts, so that criterion 5 can be computed.
async fn nobody_disciplined(world: &World) {
    let mut owner = world.owner().await;
    sqlx::query(
        "insert into unit_figure (city_id, ward_id, group_id, cycle_id, subject_id, metric, value, updated_at, updated_by)
         select d.city_id, d.ward_id, d.group_id, d.cycle_id, d.subject_id, 'core_force_disciplined', 0, now(), 'x'
           from dossier d where d.kind = 'request' and d.group_id is not null",
    )
    .execute(&mut owner)
    .await
    .unwrap();
}

/// A confirmed incident in group 7, written as the ward police would.
async fn incident(world: &World, on: &str) {
    let mut owner = world.owner().await;
    sqlx::query(
        "insert into incident (id, city_id, ward_id, group_id, kind, happened_on, n, source, confirmed_at, confirmed_by, created_at, created_by, updated_at, updated_by)
         select gen_random_uuid(), u.city_id, u.ward_id, u.id, 'mau-thuan-keo-dai', $1::date, 1, 'typed', now(), 'x', now(), 'x', now(), 'x'
           from unit u join unit w on w.id = u.ward_id where w.code = 'PL' and u.code = '07'",
    )
    .bind(on.parse::<chrono::NaiveDate>().unwrap())
    .execute(&mut owner)
    .await
    .unwrap();
}

/// The page is under 40 KB over the wire.
fn fits(page: &Answer) {
    let mut squeezed = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    std::io::Write::write_all(&mut squeezed, page.html().html().as_bytes()).unwrap();
    let bytes = squeezed.finish().unwrap().len();
    assert!(bytes < 40 * 1024, "{bytes}");
}

/// The plan with seven more criteria for groups, twenty in all, as the city published it; and the year 2025 that goes by it.
async fn year_of_twenty() -> World {
    let world = World::on("2025-01-06").await;
    let mut wide = shipped().unwrap().into_iter().find(|it| it.code == "kh390-2024").unwrap();
    "nt-20".clone_into(&mut wide.code);
    "Bộ hai mươi tiêu chí".clone_into(&mut wide.title);
    let groups = wide.subjects.iter_mut().find(|it| it.subject == SubjectKind::Group).unwrap();
    let judged = groups.criterion("2").unwrap().clone();
    let more = |n: u8| Criterion { code: n.to_string(), label: format!("Khoản {n}"), ..judged.clone() };
    groups.criteria.extend((6..=12).map(more));
    assert_eq!(groups.criteria.len(), 20);
    let mut owner = world.owner().await;
    sqlx::query(
        "insert into ruleset (id, code, version, title, body, sha256, published_at, city_id, published_by)
         select gen_random_uuid(), $1, 1, $4, $2, $3, now(), u.id, 'x' from unit u where u.code = 'NT'",
    )
    .bind(&wide.code)
    .bind(serde_json::to_value(&wide).unwrap())
    .bind(wide.sha256())
    .bind(&wide.title)
    .execute(&mut owner)
    .await
    .unwrap();
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam?nam=2025&bo=nt-20").await.ok().says("Bộ hai mươi tiêu chí");
    officer.submit("/nam", fill()).await.leads_to("/nam/2025");
    world
}

#[tokio::test]
async fn twenty_criteria_come_in_two_flights_and_under_forty_kilobytes_too() {
    let world = year_of_twenty().await;
    world.now_is("2025-11-17");
    // As full as it gets: every unit has said something of everything, two cells of three are judged, and of some the unit has thought again.
    let mut owner = world.owner().await;
    let subjects = "from dossier d join cycle c on c.id = d.cycle_id and c.year = 2025, unnest($1::text[]) with ordinality k (code, n)
                    where d.kind = 'request' and d.group_id is not null";
    let codes = ["1.1", "1.2", "1.3", "2", "3.a", "3.b", "3.c", "3.d", "3.dd", "3.e", "3.g", "4", "5"];
    let codes: Vec<String> = codes.iter().map(|it| (*it).to_owned()).chain((6..=12).map(|n| n.to_string())).collect();
    for statement in [
        "insert into self_assessment (city_id, ward_id, group_id, cycle_id, subject_id, criterion, finding, note, revision, updated_at, updated_by)
         select d.city_id, d.ward_id, d.group_id, d.cycle_id, d.subject_id, k.code, 'met', 'Tổ đã rà soát, không có việc nào phải ghi.', 1 + k.n % 2, now(), 'x'",
        "insert into verdict (city_id, ward_id, group_id, cycle_id, subject_id, criterion, finding, note, looked_at_revision, made_at, made_by)
         select d.city_id, d.ward_id, d.group_id, d.cycle_id, d.subject_id, k.code, (array['met', 'not_met', 'insufficient'])[1 + k.n % 3],
                'Minh chứng chưa ghi ngày hoặc nằm ngoài thời gian xét.', 1, now(), 'x'",
    ] {
        let of = if statement.contains("into verdict") { " and (k.n + ascii(right(d.id::text, 1))) % 3 > 0" } else { "" };
        let written = sqlx::query(sqlx::AssertSqlSafe(format!("{statement} {subjects}{of}")))
            .bind(&codes)
            .execute(&mut owner)
            .await
            .unwrap();
        assert!(written.rows_affected() > 250, "{}", written.rows_affected());
    }
    let mut officer = world.client(people::OFFICER).await;
    for place in ["?to=07&tc=12", "?theo=cot&to=24&tc=3.dd", "?xem=doi"] {
        let page = officer.get(&format!("{MATRIX}{place}")).await.ok();
        fits(page.says("/480 ô").costs(2));
    }
    officer.get(&format!("{MATRIX}?to=07&tc=12")).await.ok().says("Tổ dân phố 7, khoản 12").says("Khoản 6");
    officer.get(&format!("{MATRIX}/duyet")).await.ok().says("Cần xem riêng: 24 hồ sơ").costs(2);
}

#[tokio::test]
async fn the_table_comes_in_two_flights_and_under_forty_kilobytes() {
    let world = World::on("2024-11-16").await;
    world.received_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let page = officer.get(&format!("{MATRIX}?to=07&tc=1.3")).await.ok();
    page.says("Thẩm định 24 tổ").says("0/312 ô").says("Tổ dân phố 7, khoản 1.3").says("Chương trình tính").costs(2);
    // Nothing out of nothing is not enough grounds.
    page.says("Chưa đủ căn cứ");
    fits(page);
    // Leaders and the city have no business there; the chair and the committee read.
    world.client(people::LEADER_7).await.get(MATRIX).await.is(403);
    world.city().await.get(MATRIX).await.is(403);
    let mut chair = world.client(people::CHAIR).await;
    assert!(!chair.get(&format!("{MATRIX}?to=07&tc=1.3")).await.ok().has("button[name=ket-luan]"));
}

#[tokio::test]
async fn one_press_judges_the_cell_and_the_next_one_comes_by_itself() {
    let world = World::on("2024-11-16").await;
    world.received_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let cell = format!("{MATRIX}?to=07&tc=2");
    officer.get(&cell).await.ok();
    let to = officer.submit("#o form", fill().with("ket-luan", "met")).await.is(303).location();
    assert!(to.starts_with(&format!("{MATRIX}?to=07&tc=2")) && to.contains("tiep=1"), "{to}");
    // 1/13 of the group; beside the table now lies the next cell that a person has to look at.
    officer.get(&to).await.ok().says("1/13").is_silent_about("Tổ dân phố 7, khoản 2 ");
    // A finding against the program asks for its reason, and keeps the place of the table.
    officer.get(&format!("{MATRIX}?to=07&tc=5")).await.ok();
    officer
        .submit("#o form", fill().with("ket-luan", "met"))
        .await
        .refuses("ghi-chu", "khác kết quả chương trình tính");
    assert!(officer.shown().value("bang").starts_with(MATRIX));
    // Two appraisers on one cell: the second is told, and what was typed stays.
    officer.get(&cell).await.ok();
    let tab = officer.tab("#o form");
    let mut colleague = world.client(people::OFFICER).await;
    colleague.get(&cell).await.ok();
    let not_met = fill().with("ket-luan", "not_met").with("ghi-chu", "Thiếu biên bản.");
    colleague.submit("#o form", not_met).await.is(303);
    let late = fill().with("ket-luan", "insufficient").with("ghi-chu", "Chờ ảnh.");
    officer.submit_tab(&tab, late).await.is(409).says("Có người vừa thẩm định").says("Chờ ảnh.");
}

#[tokio::test]
async fn what_changed_since_the_look_is_listed_and_nothing_else() {
    let world = World::on("2024-11-12").await;
    let dossier = world.written_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.judge_all(&dossier, &[]).await;
    officer.get(&format!("{MATRIX}?xem=doi")).await.ok().says("Không ô nào đổi").costs(2);
    // A count outside the window belongs to another year; one inside changes two criteria of the group.
    incident(&world, "2023-11-15").await;
    officer.get(&format!("{MATRIX}?xem=doi")).await.ok().says("Không ô nào đổi");
    incident(&world, "2024-11-12").await;
    let page = officer.get(&format!("{MATRIX}?xem=doi")).await.ok();
    page.says("Tổ 7").says("Khoản 3 điểm e").says("Kết quả tính: đạt thành chưa đạt");
    page.is_silent_about("Khoản 3 điểm a").is_silent_about("Tổ 8");
}

#[tokio::test]
async fn clean_dossiers_are_approved_together_and_exceptions_stand_first() {
    let world = World::on("2024-11-16").await;
    nobody_disciplined(&world).await;
    for group in [7, 8] {
        let dossier = world.received_request(group).await;
        let mut officer = world.client(people::OFFICER).await;
        officer.judge_all(&dossier, &[]).await;
    }
    let nine = world.submitted_request(9).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(MATRIX).await.ok().says("Duyệt 2 hồ sơ đủ, không đổi");
    let approve = format!("{MATRIX}/duyet");
    let page =
        officer.get(&approve).await.ok().says("Duyệt cùng lúc: 2 hồ sơ").says("Cần xem riêng: 22 hồ sơ").costs(2);
    let text = page.text();
    assert!(text.find("Tổ dân phố 9") < text.find("Duyệt cùng lúc"), "exceptions come first");
    officer.submit(&approve, fill().leave_out("ho-so")).await.refuses("ho-so", "Chọn ít nhất một hồ sơ");
    officer.get(&approve).await.ok();
    let tab = officer.tab(&approve);
    // One of them changes meanwhile: nothing is approved.
    incident(&world, "2024-11-10").await;
    officer.submit_tab(&tab, fill()).await.is(409);
    let seven = world.dossier(7, Kind::Request).await;
    let eight = world.dossier(8, Kind::Request).await;
    assert_eq!(
        (world.status(&seven).await, world.status(&eight).await),
        ("received".to_owned(), "received".to_owned())
    );
    officer.get(&approve).await.ok().says("Duyệt cùng lúc: 1 hồ sơ").says("Đổi sau khi xem: 3 điểm e");
    officer.submit(&approve, fill()).await.leads_to(MATRIX);
    assert_eq!(world.status(&eight).await, "appraised");
    assert_eq!(world.status(&nine).await, "submitted");
}

#[tokio::test]
async fn the_mistake_is_said_where_no_dossier_is_clean_too() {
    let world = World::on("2024-11-16").await;
    nobody_disciplined(&world).await;
    let mut officer = world.client(people::OFFICER).await;
    let approve = format!("{MATRIX}/duyet");
    // Nothing to tick at all: no button, and a page that was open since says why.
    officer.get(&approve).await.ok().says("Chưa hồ sơ nào đủ");
    assert!(!officer.shown().has("main form button"));
    let bare = officer.tab(&approve);
    officer.submit_tab(&bare, fill()).await.refuses("ho-so", "Chọn ít nhất một hồ sơ");
    assert!(officer.shown().has("#ho-so #ho-so-e"));
    // One that is complete and not all met can be ticked, each for itself.
    let dossier = world.received_request(7).await;
    officer.judge_all(&dossier, &[("5", "not_met", "Có người bị kỷ luật.")]).await;
    officer.get(&approve).await.ok().says("Chưa hồ sơ nào đủ").says("Vẫn chốt thẩm định tổ dân phố 7");
    officer.submit(&approve, fill()).await.refuses("ho-so", "Chọn ít nhất một hồ sơ");
    assert!(officer.shown().has("input#ho-so[aria-describedby='ho-so-e']") && officer.shown().has("p#ho-so-e"));
    assert_eq!(world.status(&dossier).await, "received");
}

#[tokio::test]
async fn a_material_change_after_the_conclusion_stops_it_until_it_is_reopened() {
    let world = World::on("2024-11-16").await;
    let seven = world.recommended_request(7).await;
    incident(&world, "2024-11-10").await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&seven).await.ok().says("Hồ sơ đã đổi sau kết luận").costs(2);
    // It does not go along with the package.
    let own = world.own_dossier(Kind::Request).await;
    officer.fill_parts(&own).await;
    officer.assess_all(&own).await;
    officer.get(&format!("{own}/nop")).await.ok();
    officer.submit(&format!("{own}/nop"), fill().tick("dung", "co")).await.is(403).says("Hồ sơ đã đổi sau kết luận");
    // The chair takes the conclusion back, with a reason; the officer may not.
    let reopen = format!("{seven}/mo-lai");
    officer.get(&reopen).await.is(403);
    let mut chair = world.client(people::CHAIR).await;
    chair.get(&reopen).await.ok().says("Kết luận này thôi giá trị").costs(2);
    chair.submit(&reopen, fill().with("ly-do", "ít")).await.refuses("ly-do", "Ghi lý do mở lại");
    let tab = chair.tab(&reopen);
    let because = fill().with("ly-do", "Có vụ việc mới xác nhận.");
    chair.submit(&reopen, because.clone()).await.leads_to(&seven);
    chair.submit_tab(&tab, because).await.leads_to(&seven);
    assert_eq!(world.status(&seven).await, "received");
    chair
        .get(&seven)
        .await
        .ok()
        .says("thôi giá trị")
        .says("Có vụ việc mới xác nhận.")
        .is_silent_about("Hồ sơ đã đổi sau kết luận");
    let voids: i64 = world.ask("select count(*) from decision_void").await;
    assert_eq!(voids, 1, "pressed twice, voided once");
}

#[tokio::test]
async fn a_recognition_is_revoked_by_a_later_decision() {
    let world = World::on("2024-11-16").await;
    let seven = world.recommended_request(7).await;
    world.received_package().await;
    let mut city = world.city().await;
    let mut chair = world.client(people::CITY_CHAIR).await;
    chair.decide(&seven, true, "6120/QĐ-UBND", "16/11/2024").await;
    let revoke = format!("{seven}/thu-hoi");
    city.get(&revoke).await.is(403);
    chair.get(&revoke).await.ok().says("6120/QĐ-UBND").costs(2);
    let paper = fill().with("so", "128/QĐ-UBND").with("ngay", "15/11/2024").with("nguoi-ky", "Lê Thị Ngọc Diệp");
    chair
        .submit(&revoke, paper.with("ly-do", "Có vụ việc giấu không báo."))
        .await
        .refuses("ngay", "trước thời gian xét");
    let paper = fill().with("so", "128/QĐ-UBND").with("ngay", "16/11/2024").with("nguoi-ky", "Lê Thị Ngọc Diệp");
    chair.submit(&revoke, paper.with("ly-do", "Có vụ việc giấu không báo.")).await.leads_to(&seven);
    assert_eq!(world.status(&seven).await, "revoked");
    let mut anybody = world.visitor();
    anybody.get("/cong-khai").await.ok().says("Đã thu hồi").says("128/QĐ-UBND").says("0/24 tổ");
}

#[tokio::test]
async fn what_if_tells_which_criterion_flips_and_writes_nothing() {
    let world = World::on("2024-11-12").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut officer = world.client(people::OFFICER).await;
    let ask = format!("{dossier}/neu");
    officer.get(&ask).await.ok().says("Không ghi gì vào hồ sơ").costs(3);
    officer.get(&format!("{ask}?loai=ly-khai&vu=1")).await.ok().says("Khoản 3 điểm đ").says("chưa đạt");
    officer.get(&format!("{ask}?den=350&dang-ky=350")).await.ok().says("Khoản 1.3");
    officer.get(&format!("{ask}?vu=1")).await.refuses("loai", "Chọn loại vụ việc");
    officer.get(&format!("{ask}?dang-ky=nhieu")).await.refuses("dang-ky", "số");
    let written: i64 = world.ask("select count(*) from incident").await;
    assert_eq!(written, 0);
}

#[tokio::test]
async fn the_ward_stands_where_its_units_stand() {
    let world = World::on("2024-11-16").await;
    let mut officer = world.client(people::OFFICER).await;
    let page = officer.get("/bang-tham-dinh/phuong").await.ok().costs(4);
    page.says("0/24 đơn vị").says("cần 70% tức 17 đơn vị").says("bộ quy định này không tính vào tỷ lệ");
    world.client(people::LEADER_7).await.get("/bang-tham-dinh/phuong").await.is(403);
}

#[tokio::test]
async fn a_city_has_every_ward_computed_in_one_job() {
    let world = World::on("2024-11-16").await;
    world.registered(7).await;
    let mut city = world.city().await;
    city.get("/du-kien").await.ok().says("Chưa tính lần nào").costs(3);
    city.submit("/du-kien", fill()).await.leads_to("/du-kien");
    city.get("/du-kien").await.ok().says("Đang tính");
    assert_eq!(binhyen::commands::worker::work_off(&world.app).await.unwrap(), 1);
    let page = city.get("/du-kien").await.ok();
    page.says("Phường Phước Long, 2024").says("0/24 tổ").is_silent_about("Đang tính");
    let rows: i64 = world.ask("select count(*) from standing").await;
    assert_eq!(rows, 24 + 6 + 8 + 3, "groups and wards of the whole city");
    world.client(people::OFFICER).await.get("/du-kien").await.is(403);
}
