//! Years: opened from each ruleset, their dates and why they moved, late dossiers locked out and taken again.

use crate::support::{Kind, World, fill, people};

const REGISTRATION: &str = "/nam/2024/han/group_registration";
const LOCK: &str = "/nam/2024/khoa";

#[tokio::test]
async fn a_year_opens_from_each_ruleset() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    for (year, code, deadline, window) in [
        ("2025", "kh390-2024", "trước 31/3/2025", "16/11/2024 đến hết 15/11/2025"),
        ("2023", "tt124-2021", "hết 31/3/2023", "1/11/2022 đến hết 31/10/2023"),
        ("2026", "tt124-2021-2025", "hết 31/3/2026", "1/11/2025 đến hết 31/10/2026"),
    ] {
        officer.get("/nam").await.ok();
        officer.submit("/nam", fill().with("nam", year).with("bo", code)).await.ok().says(deadline).says(window);
        let address = format!("/nam/{year}");
        officer.submit("/nam", fill()).await.leads_to(&address);
        let page = officer.follow().await;
        page.ok().says(deadline).says(window).says(&format!("Mở năm đánh giá: theo {code}, phiên bản 1"));
    }
    officer.get("/nam").await.ok().says("Năm 2026").says("Năm 2023");
    // 24 groups and the ward, a registration and a request each.
    let made = "select count(*) from dossier d join cycle c on c.id = d.cycle_id where c.year in (2023, 2025, 2026)";
    assert_eq!(world.ask::<i64>(made).await, 150);
}

#[tokio::test]
async fn a_year_opens_once_and_by_rules_of_its_time() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam").await.ok();
    officer.submit("/nam", fill().with("nam", "2024")).await.refuses("nam", "Năm 2024 đã mở");
    officer.submit("/nam", fill().with("nam", "1999")).await.refuses("nam", "Năm 1999 không lập được");
    officer.submit("/nam", fill().with("nam", "2023")).await.refuses("bo", "dành cho thời gian từ 25/3/2024");
    // The same holds for a form that was sent past the preview.
    officer.get("/nam?nam=2025&bo=kh390-2024").await.ok();
    let forged = fill().forge("nam", "2023");
    officer.submit("/nam", forged).await.refuses("bo", "Chọn bộ khác");
    // The plan itself came when its first year had begun: that is pointed out, not refused.
    let mut other = world.client(people::OFFICER).await;
    other.get("/nam?nam=2025&bo=tt124-2021-2025").await.ok().says("Kỳ đánh giá bắt đầu từ 1/11/2024");
    assert_eq!(world.ask::<i64>("select count(*) from cycle where year <> 2024").await, 0);
}

#[tokio::test]
async fn two_tabs_open_one_year() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam?nam=2025&bo=kh390-2024").await.ok();
    let tab = officer.tab("/nam");
    officer.submit_tab(&tab, fill()).await.leads_to("/nam/2025");
    officer.submit_tab(&tab, fill()).await.refuses("nam", "Năm 2025 đã mở");
}

#[tokio::test]
async fn the_page_tells_deadlines_weekends_and_the_story() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam/2024").await;
    let page = officer.get("/nam/2024").await;
    page.ok().costs(4).says("Ngày cuối rơi vào thứ Bảy 30/3/2024.").says("Ngày cuối rơi vào Chủ nhật 17/11/2024.");
    page.says("trước 31/3/2024").says("Diễn biến").says("Mở năm đánh giá");
    officer.get("/nam").await.ok().costs(3);
    officer.get(REGISTRATION).await.ok().costs(2);
    // A leader reads the dates and changes none of them.
    let mut leader = world.client(people::LEADER_7).await;
    let page = leader.get("/nam/2024").await;
    page.ok().says("trước 31/3/2024").is_silent_about("Khóa nhận hồ sơ trễ");
    assert!(page.links("/nam/2024/han/").is_empty());
    leader.get(REGISTRATION).await.is(403).says("Việc này thuộc người khác").says("làm được việc này");
    leader.get("/nam/2031").await.not_found();
}

#[tokio::test]
async fn a_deadline_moves_with_a_reason() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(REGISTRATION).await.ok();
    let to = |day: &str, reason: &str| fill().with("ngay", day).with("cach", "het").with("ly-do", reason);
    let page = officer.submit(REGISTRATION, to("5/4/2024", "")).await;
    page.refuses("ly-do", "Ghi lý do đổi hạn");
    assert_eq!(page.value("ngay"), "5/4/2024");
    let page = officer.submit(REGISTRATION, to("31/2/2024", "Thành phố lùi hạn.")).await;
    page.refuses("ngay", "không có trong lịch");
    assert_eq!(page.value("ly-do"), "Thành phố lùi hạn.");
    officer.submit(REGISTRATION, to("mai", "Thành phố lùi hạn.")).await.refuses("ngay", "Chưa đọc được ngày");
    officer.submit(REGISTRATION, to("5/4/2025", "Thành phố lùi hạn.")).await.refuses("ngay", "nằm ngoài năm 2024");
    officer.submit(REGISTRATION, to("5/4/2024", "Thành phố lùi hạn.")).await.leads_to("/nam/2024");
    let page = officer.follow().await;
    page.ok().says("Nay là hết 5/4/2024. Lý do: “Thành phố lùi hạn.”").says("Quy định ghi: trước 31/3/2024");
    page.says("Đổi hạn: Hồ sơ đăng ký của tổ dân phố, nay là hết 5/4/2024");
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/").await.ok().says("hết thứ Sáu 5/4");
}

#[tokio::test]
async fn two_officers_move_one_deadline() {
    let world = World::new().await;
    let (mut one, mut two) = (world.client(people::OFFICER).await, world.client(people::CHAIR).await);
    one.get(REGISTRATION).await.ok();
    two.get(REGISTRATION).await.ok();
    let to = |day: &str| fill().with("ngay", day).with("ly-do", "Thành phố lùi hạn.");
    one.submit(REGISTRATION, to("5/4/2024")).await.leads_to("/nam/2024");
    two.submit(REGISTRATION, to("8/4/2024"))
        .await
        .is(409)
        .says("Có người vừa làm trước")
        .is_silent_about("Hồ sơ đã đổi");
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'deadline_moved'").await, 1);
    two.get("/nam/2024").await.ok().says("Nay là trước 5/4/2024").is_silent_about("8/4/2024");
}

#[tokio::test]
async fn late_dossiers_are_locked_out_and_taken_again() {
    let world = World::on("2024-04-02").await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let submission = format!("{dossier}/nop");
    let mut leader = world.client(people::LEADER_7).await;
    leader.fill_parts(&dossier).await;
    leader.get(&submission).await.ok();
    let tab = leader.tab(&submission);

    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam/2024").await.ok().says("Vẫn nhận, ghi là nộp trễ kèm lý do");
    let stale = officer.tab(LOCK);
    officer.submit(LOCK, fill()).await.leads_to("/nam/2024");
    officer.submit_tab(&stale, fill()).await.is(409);
    officer.get("/nam/2024").await.ok().says("Không nhận").says("Khóa nhận hồ sơ trễ");

    let late = fill().tick("dung", "co").with("ly-do-tre", "Chi bộ họp muộn.");
    let page = leader.submit_tab(&tab, late).await;
    page.is(403).says("Đã khóa nhận hồ sơ trễ").says("Liên hệ Công an phường để được mở");
    leader.get(&submission).await.is(403);
    assert_eq!(world.status(&dossier).await, "draft");

    officer.get("/nam/2024").await.ok();
    officer.submit(LOCK, fill()).await.leads_to("/nam/2024");
    officer.follow().await.ok().says("Nhận hồ sơ trễ trở lại").says("Vẫn nhận");
    leader.hand_in(&dossier).await;
    leader.get(&dossier).await.ok().says("Nộp trễ hạn, có lý do").says("Chi bộ họp muộn.");
}

#[tokio::test]
async fn a_city_chooses_among_the_years_of_its_wards() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam?nam=2025&bo=tt124-2021").await.ok();
    officer.submit("/nam", fill()).await.leads_to("/nam/2025");
    let mut city = world.city().await;
    city.get("/nam").await;
    let page = city.get("/nam").await;
    page.ok().costs(2).says("Năm 2025").says("tt124-2021, phiên bản 1 , 1 nơi: phường Phước Long");
    page.says("kh390-2024, phiên bản 1 , 3 nơi: phường Phước Long, phường Phước Hải, phường Vĩnh Nguyên");
    // The newest year is on show until another is chosen.
    city.submit("/nam/chon", fill()).await.leads_to("/");
    city.follow().await.ok();
    let page = city.get("/nam").await;
    let offered = page.html().select(&scraper::Selector::parse("button[name=nam]").expect("a selector")).next();
    assert_eq!(offered.and_then(|button| button.attr("value")), Some("2025"));
    city.get("/nam/2024").await.not_found();
}

#[tokio::test]
async fn a_year_takes_the_groups_of_its_own_days() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get("/don-vi/them").await.ok();
    let later = fill().with("loai", "group").with("ten", "Tổ dân phố 25").with("ten-goi", "Tổ 25").with("ma", "25");
    steward.submit("/don-vi/them", later.with("tu-ngay", "1/2/2026")).await.is(303);
    let group_1 = "select '/don-vi/' || u.id from unit u join unit w on w.id = u.ward_id where w.code = 'PL' and u.kind = 'group' and u.code = '01'";
    let closing = format!("{}/ket-thuc", world.ask::<String>(group_1).await);
    steward.get(&closing).await.ok();
    steward.submit(&closing, fill().with("den-ngay", "31/12/2025")).await.is(303);
    let mut officer = world.client(people::OFFICER).await;
    // 2026 runs from 16/11/2025: group 1 ends in it, group 25 begins in it. 2027 has group 25 alone.
    for year in ["2026", "2027"] {
        officer.get(&format!("/nam?nam={year}&bo=kh390-2024")).await.ok();
        officer.submit("/nam", fill()).await.is(303);
    }
    let judged = "select count(*) from dossier d join cycle c on c.id = d.cycle_id where c.year = 2026 and d.kind = 'request' and d.group_id is not null";
    assert_eq!(world.ask::<i64>(judged).await, 25);
    let judged = "select string_agg(u.code, ' ' order by u.code) from dossier d join cycle c on c.id = d.cycle_id join unit u on u.id = d.group_id
                   where c.year = 2027 and d.kind = 'request' and u.code in ('01', '25')";
    assert_eq!(world.ask::<String>(judged).await, "25");
}
