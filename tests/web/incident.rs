//! Counts of incidents: who reads and writes them, to which year a day belongs, corrections with their trace, last year's list, typed
//! figures, and the other units of the ward.

use crate::support::{Client, World, fill, people};

const LIST: &str = "/vu-viec";
const ADD: &str = "/vu-viec/ghi";
const LAST_YEAR: &str = "/vu-viec/nam-truoc";
const READ: &str = "/vu-viec/nam-truoc/xem";
const WRITE: &str = "/vu-viec/nam-truoc/ghi";
const CLOSE: &str = "/vu-viec/nam-truoc/da-du";
const TOTALS: &str = "/vu-viec/nam-truoc/tong-so";
const FIGURES: &str = "/vu-viec/so-lieu";
const UNITS: &str = "/vu-viec/don-vi";

/// Enters a count; gives the address of its page.
async fn enter(client: &mut Client, kind: &str, (n, day, group): (&str, &str, &str)) -> String {
    client.get(ADD).await.ok();
    let typed = fill().with("loai", kind).with("so-vu", n).with("ngay", day).with("to", group);
    let to = client.submit(ADD, typed).await.is(303).location();
    let id = to.split("da=").nth(1).and_then(|rest| rest.split('#').next()).expect("its id").to_owned();
    client.get(to.split('#').next().unwrap()).await.ok().says("Đã ghi");
    format!("{LIST}/{id}")
}

async fn standing(world: &World) -> i64 {
    world.ask("select count(*) from incident where voided_at is null").await
}

// Seats -------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn each_seat_opens_what_the_rules_say() {
    let world = World::new().await;
    let count = enter(&mut world.client(people::OFFICER).await, "toi-pham", ("2", "12/3/2024", "07")).await;
    let correct = format!("{count}/sua");
    let pages = [LIST, count.as_str(), ADD, correct.as_str(), LAST_YEAR, TOTALS, CLOSE, FIGURES, UNITS];
    for (phone, expected) in [
        (people::OFFICER, [200, 200, 200, 200, 200, 200, 200, 200, 200]),
        (people::AREA, [200, 200, 200, 403, 403, 403, 403, 200, 200]),
        (people::LEADER_7, [200, 200, 403, 403, 403, 403, 403, 200, 403]),
        (people::LEADER_8, [200, 404, 403, 404, 403, 403, 403, 200, 403]),
        (people::MEMBER, [200, 200, 403, 403, 403, 403, 403, 200, 200]),
        (people::CHAIR, [200, 200, 403, 403, 403, 403, 403, 200, 200]),
        (people::STEWARD, [403; 9]),
        (people::CITY_CHAIR, [403; 9]),
        (people::OTHER_OFFICER, [200, 404, 200, 404, 200, 200, 200, 200, 200]),
    ] {
        let mut client = world.client(phone).await;
        for (page, status) in pages.iter().zip(expected) {
            assert_eq!(client.get(page).await.status.as_u16(), status, "{phone} and {page}");
        }
    }
}

#[tokio::test]
async fn a_leader_sees_the_own_group_and_says_nothing() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    enter(&mut officer, "toi-pham", ("2", "12/3/2024", "07")).await;
    enter(&mut officer, "tai-nan", ("1", "12/3/2024", "08")).await;
    enter(&mut officer, "chay-no", ("1", "12/3/2024", "khong")).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/xem-them").await.ok().says("Số vụ việc");
    let page = leader.get(LIST).await.ok();
    page.says("Tội phạm").says("2 vụ").says("không nhập").is_silent_about("Ghi số vụ");
    assert_eq!(page.links("/vu-viec/").iter().filter(|link| link.len() > 40).count(), 1, "one count and no other");
    assert!(!page.has("input[type=checkbox]"));
    officer.get("/").await.ok();
    assert!(officer.shown().has("a[href='/vu-viec']"));
}

// Entering ----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn counts_are_entered_one_after_the_other() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(ADD).await.ok().says("Không nhập nội dung thuộc bí mật nhà nước");
    let tab = officer.tab(ADD);
    let typed = || fill().with("loai", "toi-pham").with("so-vu", "2").with("ngay", "12/3/2024").with("to", "07");
    let to = officer.submit_tab(&tab, typed()).await.is(303).location();
    assert!(to.starts_with("/vu-viec/ghi?ngay=12/3/2024&to=07&da=") && to.ends_with("#loai"), "{to}");
    let page = officer.get(to.split('#').next().unwrap()).await.ok();
    page.says("2 vụ Tội phạm, ngày 12/3/2024, Tổ 7");
    assert_eq!((page.value("ngay"), page.value("so-vu")), ("12/3/2024".to_owned(), "1".to_owned()));
    // The same form sent twice is one count.
    officer.submit_tab(&tab, typed()).await.is(303);
    assert_eq!(standing(&world).await, 1);
    let page = officer.get(LIST).await.ok();
    page.says("Tội phạm").says("Đã xác nhận").says("chưa có số năm 2023").says("chưa có số nhân khẩu");
    let told: serde_json::Value = world.ask("select detail from event where verb = 'incident_added'").await;
    assert_eq!(told["what"], "Tội phạm");
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(ADD).await.ok();
    let page = officer.submit(ADD, fill().with("so-vu", "0").with("ngay", "").with("to", "")).await;
    page.refuses("loai", "Chọn loại")
        .refuses("so-vu", "ngoài khoảng")
        .refuses("ngay", "Ghi ngày")
        .refuses("to", "Chọn tổ");
    assert_eq!(page.value("so-vu"), "0");
    // An area officer has no other group, and none of the ward.
    let mut area = world.client(people::AREA).await;
    area.get(ADD).await.ok();
    let typed = |group: &str| fill().with("loai", "toi-pham").with("ngay", "12/3/2024").forge("to", group);
    for group in ["01", "khong"] {
        area.submit(ADD, typed(group)).await.refuses("to", "Chọn tổ");
    }
    assert_eq!(standing(&world).await, 0);
}

#[tokio::test]
async fn a_day_belongs_to_the_window_in_which_it_lies() {
    let world = World::on("2024-11-16T08:00").await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(ADD).await.ok();
    let typed = |day: &str| fill().with("loai", "toi-pham").with("ngay", day).with("to", "07");
    officer.submit(ADD, typed("17/11/2024")).await.refuses("ngay", "chưa tới");
    let page = officer.submit(ADD, typed("15/11/2022")).await;
    page.refuses("ngay", "cũ quá. Ghi ngày từ 16/11/2022");
    let page = officer.submit(ADD, typed("16/11/2024")).await;
    page.refuses("ngay", "Ngày 16/11/2024 thuộc kỳ đánh giá 2025");
    assert_eq!(standing(&world).await, 0);
    // A tick for one day is no tick for another.
    let page = officer.submit(ADD, typed("15/11/2023").tick("ky-khac", "2024-11-16")).await;
    page.refuses("ngay", "Ngày 15/11/2023 thuộc kỳ đánh giá 2023");
    let to = officer.submit(ADD, typed("15/11/2023").tick("ky-khac", "2023-11-15")).await.is(303).location();
    let id = to.split("da=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    officer.get(&format!("{LIST}/{id}")).await.ok().says("Tính vào kỳ đánh giá 2023");
    // The last day is this year's, until midnight.
    enter(&mut officer, "toi-pham", ("3", "15/11/2024", "07")).await;
    enter(&mut officer, "tai-nan", ("1", "16/11/2023", "khong")).await;
    let page = officer.get(LIST).await.ok();
    page.says("15/11/2024").says("16/11/2023").is_silent_about("ngày 15/11/2023");
    // Compared with the year before: three against one.
    page.says("1 vụ, tăng 2 (200,0%)");
}

#[tokio::test]
async fn a_group_is_asked_about_the_days_of_its_life() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(ADD).await.ok();
    // Tổ 24 was split off Tổ 23 on 1 July 2023.
    let typed = fill().with("loai", "toi-pham").with("ngay", "30/6/2023").with("to", "24");
    officer.submit(ADD, typed).await.refuses("to", "Tổ 24 có từ 1/7/2023. Chọn tổ của ngày 30/6/2023");
}

// Confirming, correcting, striking out ------------------------------------------------------------------------------

#[tokio::test]
async fn a_draft_counts_once_the_ward_confirms_it() {
    let world = World::new().await;
    let mut area = world.client(people::AREA).await;
    let first = enter(&mut area, "toi-pham", ("2", "12/3/2024", "07")).await;
    enter(&mut area, "tai-nan", ("1", "13/3/2024", "08")).await;
    enter(&mut area, "chay-no", ("1", "14/3/2024", "09")).await;
    area.get(LIST).await.ok().says("0 vụ, chờ xác nhận 2");
    area.get(&first).await.ok().says("Chờ xác nhận").is_silent_about("Xác nhận số này");
    let mut officer = world.client(people::OFFICER).await;
    let page = officer.get("/vu-viec?xem=pending").await.ok();
    page.says("Chờ xác nhận 3");
    let tab = officer.tab("/vu-viec/xac-nhan");
    // One box taken out: the others are confirmed.
    let kept: String = world.ask("select id || ':' || revision from incident where kind = 'chay-no'").await;
    officer.submit_tab(&tab, fill().untick("vu", &kept)).await.leads_to("/vu-viec?xem=pending");
    officer.get("/vu-viec?xem=pending").await.ok().says("Chờ xác nhận 1").is_silent_about("Tai nạn, 13/3");
    // The same press once more confirms nothing twice.
    officer.submit_tab(&tab, fill().untick("vu", &kept)).await.is(303);
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'incident_confirmed'").await, 1);
    officer.get(LIST).await.ok().says("2 vụ").says("1 vụ");
    // One from its own page.
    let last = format!("{LIST}/{}", kept.split(':').next().unwrap());
    officer.get(&last).await.ok();
    officer.submit("/vu-viec/xac-nhan", fill()).await.leads_to(&last);
    assert_eq!(world.ask::<i64>("select count(*) from incident where confirmed_at is null").await, 0);
    // Sealed for whoever drafted it.
    area.get(&format!("{first}/sua")).await.is(403).says("Số này đã xác nhận");
    officer.submit_tab(&tab, fill().untick("vu", &kept)).await.is(303);
}

#[tokio::test]
async fn nothing_ticked_is_said_and_a_changed_count_is_looked_at_again() {
    let world = World::new().await;
    let mut area = world.client(people::AREA).await;
    let count = enter(&mut area, "toi-pham", ("2", "12/3/2024", "07")).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/vu-viec?xem=pending").await.ok();
    let tab = officer.tab("/vu-viec/xac-nhan");
    let key: String = world.ask("select id || ':' || revision from incident").await;
    officer.submit_tab(&tab, fill().untick("vu", &key)).await.is(422).says("Chưa đánh dấu số nào");
    area.get(&format!("{count}/sua")).await.ok();
    area.submit(&format!("{count}/sua"), fill().with("so-vu", "5").with("ly-do", "Đếm lại.")).await.leads_to(&count);
    officer.submit_tab(&tab, fill()).await.is(409);
    assert_eq!(world.ask::<i64>("select count(*) from incident where confirmed_at is null").await, 1);
    area.post_pairs("/vu-viec/xac-nhan", &[("_vai", "x")]).await.is(409);
}

#[tokio::test]
async fn a_correction_leaves_its_trace() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    let count = enter(&mut officer, "toi-pham", ("2", "12/3/2024", "07")).await;
    let correct = format!("{count}/sua");
    officer.get(&correct).await.ok();
    officer.submit(&correct, fill().with("so-vu", "3")).await.refuses("ly-do", "Ghi lý do");
    let typed =
        || fill().with("so-vu", "3").with("to", "08").with("muc-do", "high").with("ly-do", "Vụ ở bên kia đường.");
    officer.get(&correct).await.ok();
    let tab = officer.tab(&correct);
    officer.submit_tab(&tab, typed()).await.leads_to(&count);
    let page = officer.get(&count).await.ok();
    page.says("3 vụ").says("Tổ 8").says("Nghiêm trọng").says("Vụ ở bên kia đường.");
    page.says("2 vụ Tội phạm, thường, ngày 12/3/2024, Tổ 7");
    // Sent twice: the first result.
    officer.submit_tab(&tab, typed()).await.leads_to(&count);
    assert_eq!(world.ask::<i64>("select count(*) from incident_version").await, 1);
    // Struck out, with a reason, for good.
    let strike = format!("{count}/bo");
    officer.get(&strike).await.ok();
    officer.submit(&strike, fill()).await.refuses("ly-do", "Ghi lý do");
    let tab = officer.tab(&strike);
    officer.submit_tab(&tab, fill().with("ly-do", "Ghi trùng.")).await.leads_to(&count);
    officer.submit_tab(&tab, fill().with("ly-do", "Ghi trùng.")).await.leads_to(&count);
    officer.get(&count).await.ok().says("Số này đã bỏ").says("Ghi trùng.").is_silent_about("Bỏ số này");
    officer.get(&correct).await.is(403);
    officer.get(LIST).await.ok().says("chưa ghi vụ việc nào");
    officer.get("/vu-viec?xem=void").await.ok().says("Đã bỏ").says("Tội phạm");
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'incident_voided'").await, 1);
}

#[tokio::test]
async fn two_people_correct_one_count_and_nothing_is_lost() {
    let world = World::new().await;
    let mut one = world.client(people::OFFICER).await;
    let count = enter(&mut one, "toi-pham", ("2", "12/3/2024", "07")).await;
    let correct = format!("{count}/sua");
    let mut other = world.visitor();
    other.sign_in_as(people::OFFICER_TOO, |words| words.contains("Thường trực")).await;
    one.get(&correct).await.ok();
    other.get(&correct).await.ok();
    one.submit(&correct, fill().with("so-vu", "4").with("ly-do", "Đếm lại sổ.")).await.leads_to(&count);
    let page = other.submit(&correct, fill().with("so-vu", "5").with("ly-do", "Theo báo cáo tháng.")).await.is(409);
    page.says("Số vụ: 5").says("Số vụ: 4").says("Có người vừa sửa");
    assert_eq!(
        (page.value("so-vu"), page.value("ly-do").trim().to_owned()),
        ("5".to_owned(), "Theo báo cáo tháng.".to_owned())
    );
    assert_eq!(world.ask::<i32>("select n from incident").await, 4);
    // The later one decides, and both stay readable.
    other.submit(&correct, fill()).await.leads_to(&count);
    assert_eq!(world.ask::<i32>("select n from incident").await, 5);
    assert_eq!(world.ask::<i64>("select count(*) from incident_version").await, 2);
}

// The list ----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_long_list_comes_in_pieces_and_every_count_once() {
    let world = World::new().await;
    let mut owner = world.owner().await;
    // More than a page, several on one day: the owner writes them, the list is what is asked about.
    sqlx::query(
        "insert into incident (id, city_id, ward_id, group_id, kind, happened_on, n, source, confirmed_at, confirmed_by, created_at, created_by, updated_at, updated_by)
         select gen_random_uuid(), g.city_id, g.ward_id, g.id, 'toi-pham', date '2024-01-01' + (n % 5), 1, 'typed', now(), 'x', now(), 'x', now(), 'x'
           from unit g join unit w on w.id = g.ward_id and w.code = 'PL', generate_series(1, 120) n where g.kind = 'group' and g.code = '07'",
    )
    .execute(&mut owner)
    .await
    .unwrap();
    let mut officer = world.client(people::OFFICER).await;
    let (mut at, mut seen, mut pieces) =
        ("/vu-viec?to=07&loai=toi-pham".to_owned(), std::collections::BTreeSet::new(), 0);
    loop {
        let page = officer.get(&at).await.ok();
        let counts: Vec<String> = page.links("/vu-viec/").into_iter().filter(|link| link.len() == 45).collect();
        assert!(counts.iter().all(|count| seen.insert(count.clone())), "a count came twice");
        pieces += 1;
        let next = page.links("/vu-viec?").into_iter().find(|link| link.contains("sau="));
        match next {
            Some(next) => at = next.split('#').next().unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!((seen.len(), pieces), (120, 3));
    officer.get("/vu-viec?to=99").await.not_found();
    officer.get("/vu-viec?to=08").await.ok().says("Không có số nào khớp");
}

#[tokio::test]
async fn pages_stay_within_their_statements() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    let count = enter(&mut officer, "toi-pham", ("2", "12/3/2024", "07")).await;
    let unit: uuid::Uuid = world.ask("select id from unit where code = 'THCS'").await;
    let unit = format!("{UNITS}/{unit}");
    let (correct, strike) = (format!("{count}/sua"), format!("{count}/bo"));
    for (path, most) in [
        (LIST, 2),
        ("/vu-viec?to=07&xem=pending", 2),
        (ADD, 4),
        (count.as_str(), 4),
        (correct.as_str(), 4),
        (strike.as_str(), 4),
        (LAST_YEAR, 4),
        (TOTALS, 4),
        (CLOSE, 4),
        (FIGURES, 2),
        (UNITS, 2),
        (unit.as_str(), 4),
    ] {
        officer.get(path).await.ok();
        officer.get(path).await.ok().costs(most);
    }
}

// Last year ---------------------------------------------------------------------------------------------------------

/// Pastes a list and has it read.
async fn paste<'c>(officer: &'c mut Client, text: &str) -> &'c crate::support::Answer {
    officer.get(LAST_YEAR).await.ok();
    officer.submit(READ, fill().with("bang", text)).await
}

#[tokio::test]
async fn a_list_is_read_first_then_written_whole_and_struck_out_as_one() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(LAST_YEAR).await.ok().says("Chưa có số vụ việc nào của năm 2023");
    officer.submit(READ, fill()).await.refuses("bang", "Chọn tệp, hoặc dán");
    let bad = "Tổ\tLoại\tSố vụ\tNgày\n7\tTội phạm\t3\t5/3/2023\n99\tđua xe\tba\t16/11/2023\n";
    let page = paste(&mut officer, bad).await;
    page.refuses("bang", "Còn 1 dòng cần sửa");
    page.says("A3 Tổ").says("B3 Loại").says("C3 Số vụ").says("Không có loại “đua xe”");
    assert_eq!(standing(&world).await, 0);
    // Mended where it stands, read again.
    let good =
        "Tổ\tLoại\tSố vụ\tNgày\n7\tTội phạm\t3\t5/3/2023\n8\ttai nạn\t2\t\nphường\tCháy\t1\t\n9\tTội phạm\t0\t\n";
    let page = officer.submit(READ, fill().with("bang", good)).await.ok();
    page.says("3 số, 6 vụ").says("của 2 tổ").says("1 ô ghi 0");
    let tab = officer.tab(WRITE);
    officer.submit_tab(&tab, fill()).await.leads_to(LAST_YEAR);
    officer.submit_tab(&tab, fill()).await.leads_to(LAST_YEAR);
    assert_eq!(standing(&world).await, 3);
    assert_eq!(world.ask::<i64>("select count(*) from incident where confirmed_at is null").await, 0);
    officer.get(LAST_YEAR).await.ok().says("6 vụ").says("3 số, 6 vụ");
    officer.get(LIST).await.ok().says("0 vụ").says("số năm trước không ghi ngày").says("3 vụ, còn cách 3");
    // What is written is not written again.
    paste(&mut officer, good).await.is(422).says("Số này đã ghi trước đây");
    let batch = {
        let page = officer.get(LAST_YEAR).await.ok();
        page.links("/vu-viec/nam-truoc/danh-sach/").remove(0)
    };
    officer.get(&batch).await.ok();
    officer.submit(&batch, fill()).await.refuses("ly-do", "Ghi lý do");
    officer.submit(&batch, fill().with("ly-do", "Nhập nhầm tệp.")).await.leads_to(LAST_YEAR);
    assert_eq!(standing(&world).await, 0);
    officer.get(&batch).await.ok().says("đã bỏ hết");
    let told: i64 =
        world.ask("select count(*) from event where verb in ('incidents_imported', 'incidents_undone')").await;
    assert_eq!(told, 2);
}

#[tokio::test]
async fn a_file_is_read_like_a_pasted_list() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(LAST_YEAR).await.ok();
    let csv = "SỐ LIỆU 2023,,\nTổ,Tội phạm,\"Cháy, nổ\"\n7,3,\n8,,2\nCộng,3,2\n".as_bytes().to_vec();
    let page = officer.submit(READ, fill().file("tep", "so-lieu.csv", csv)).await.ok();
    page.says("2 số, 5 vụ");
    officer.get(LAST_YEAR).await.ok();
    let picture = crate::support::samples::png();
    officer.submit(READ, fill().file("tep", "so-lieu.xlsx", picture)).await.refuses("tep", "Đây là ảnh");
}

#[tokio::test]
async fn totals_are_typed_and_the_year_is_called_complete() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    let seven = format!("{TOTALS}?to=07");
    officer.get(&seven).await.ok().says("Tổ dân phố 7");
    officer
        .submit("form[method=post][action='/vu-viec/nam-truoc/tong-so']", fill().with("vu.toi-pham", "x"))
        .await
        .refuses("vu.toi-pham", "Chưa đọc được số");
    officer.get(&seven).await.ok();
    let form = "form[method=post][action='/vu-viec/nam-truoc/tong-so']";
    let tab = officer.tab(form);
    let typed = || fill().with("vu.toi-pham", "4").with("vu.tai-nan", "2");
    officer.submit_tab(&tab, typed()).await.leads_to(LAST_YEAR);
    officer.submit_tab(&tab, typed()).await.leads_to(LAST_YEAR);
    assert_eq!(standing(&world).await, 2);
    // Somebody who still looks at the empty form does not write over it.
    let page = officer.submit_tab(&tab, fill().with("vu.toi-pham", "9")).await.is(409);
    page.says("Tội phạm: 9").says("Tội phạm: 4");
    officer.submit(form, fill().with("vu.tai-nan", "2")).await.leads_to(LAST_YEAR);
    assert_eq!(world.ask::<i32>("select n from incident where kind = 'toi-pham' and voided_at is null").await, 9);
    assert_eq!(world.ask::<i64>("select count(*) from incident_version").await, 1);
    // Left empty: taken out.
    officer.get(&seven).await.ok();
    officer.submit(form, fill().with("vu.tai-nan", "")).await.leads_to(LAST_YEAR);
    assert_eq!(standing(&world).await, 1);
    officer.get(CLOSE).await.ok().says("Tai nạn").says("được tính là 0 vụ").says("9 vụ, 1/24 tổ");
    let tab = officer.tab(CLOSE);
    officer.submit_tab(&tab, fill()).await.leads_to(LAST_YEAR);
    officer.submit_tab(&tab, fill()).await.leads_to(LAST_YEAR);
    officer.get(LAST_YEAR).await.ok().says("Số liệu năm 2023 đã đủ");
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'incident_period_closed'").await, 1);
    officer.get("/nam/2024").await.ok().says("Chốt số vụ việc của năm đã đủ: kỳ 2023");
    officer.get("/vu-viec?to=08").await.ok().says("0 vụ ở cả hai kỳ");
}

// Figures -----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn one_form_saves_all_figures_that_changed() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(FIGURES).await.ok().says("Để trống là chưa rõ");
    let typed = fill()
        .with("population.PL", "14500")
        .with("ward_police_disciplined.PL", "0")
        .with("population.07", "900")
        .with("core_force_disciplined.07", "0");
    officer.submit(FIGURES, typed).await.leads_to(FIGURES);
    assert_eq!(world.ask::<i64>("select count(*) from unit_figure").await, 4);
    let page = officer.get(FIGURES).await.ok();
    assert_eq!(
        (page.value("core_force_disciplined.07"), page.value("core_force_disciplined.08")),
        ("0".to_owned(), String::new())
    );
    page.says("1/24 tổ");
    // A number that cannot be read saves nothing of the rest.
    let page = officer.submit(FIGURES, fill().with("population.08", "nhiều").with("population.09", "700")).await;
    page.refuses("population.08", "Chưa đọc được số");
    assert_eq!(page.value("population.09"), "700");
    assert_eq!(world.ask::<i64>("select count(*) from unit_figure").await, 4);
    // Taken back: unknown again, which is not 0.
    officer.get(FIGURES).await.ok();
    officer.submit(FIGURES, fill().with("core_force_disciplined.07", "")).await.leads_to(FIGURES);
    assert_eq!(world.ask::<i64>("select count(value) from unit_figure").await, 3);
    let facts: serde_json::Value = world.ask("select coalesce((select jsonb_object_agg(metric, value) from unit_figure where value is not null and group_id is not null), '{}')").await;
    assert_eq!(facts, serde_json::json!({ "population": 900 }));
    // Two cases in 14,500 people.
    enter(&mut officer, "toi-pham", ("2", "12/3/2024", "07")).await;
    officer.get(LIST).await.ok().says("1,4 vụ").says("14.500 người");
    officer.get("/vu-viec?to=07").await.ok().says("22,2 vụ");
}

#[tokio::test]
async fn a_leader_types_the_own_groups_figures_and_two_hands_do_not_collide() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let mut officer = world.client(people::OFFICER).await;
    leader.get(FIGURES).await.ok().is_silent_about("Công an phường bị kỷ luật");
    officer.get(FIGURES).await.ok();
    leader.submit(FIGURES, fill().with("core_force_disciplined.07", "1")).await.leads_to(FIGURES);
    // Another figure of the same form: nobody is in the way of anybody.
    let tab = officer.tab(FIGURES);
    officer.submit_tab(&tab, fill().with("population.08", "800")).await.leads_to(FIGURES);
    // The same figure: both stay.
    let page = officer.submit_tab(&tab, fill().with("core_force_disciplined.07", "0")).await.is(409);
    page.says("bị kỷ luật: 0").says("bị kỷ luật: 1");
    officer.submit(FIGURES, fill()).await.leads_to(FIGURES);
    let stands = "select value from unit_figure where metric = 'core_force_disciplined'";
    assert_eq!(world.ask::<i32>(stands).await, 0);
    // A forged field of the ward is no leader's, and the chair reads.
    leader.get(FIGURES).await.ok();
    leader.submit(FIGURES, fill().forge("cu.population.08", "1:800").forge("population.08", "1")).await.is(303);
    assert_eq!(world.ask::<i32>("select value from unit_figure where metric = 'population'").await, 800);
    let mut chair = world.client(people::CHAIR).await;
    assert!(!chair.get(FIGURES).await.ok().has("main input[type=text]"));
}

// Agencies, enterprises, schools ------------------------------------------------------------------------------------

#[tokio::test]
async fn a_unit_registers_is_left_out_or_decided_on() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(UNITS).await.ok().says("Năm nay không tính các đơn vị này").says("Trường THCS Hoa Phượng");
    let id: uuid::Uuid = world.ask("select id from unit where code = 'THCS'").await;
    let unit = format!("{UNITS}/{id}");
    officer.get(&unit).await.ok();
    let page = officer.submit(&unit, fill().with("xet", "khong").with("ket-qua", "recognised")).await;
    page.refuses("ly-do", "Ghi lý do").refuses("so", "Ghi số văn bản").refuses("ngay", "Ghi ngày của văn bản");
    officer.get(&unit).await.ok();
    let tab = officer.tab(&unit);
    officer.submit_tab(&tab, fill().with("ngay-dang-ky", "26/3/2024")).await.refuses("ngay-dang-ky", "chưa tới");
    let typed = || fill().with("ngay-dang-ky", "12/3/2024");
    officer.submit_tab(&tab, typed()).await.leads_to(UNITS);
    officer.submit_tab(&tab, typed()).await.leads_to(UNITS);
    officer.get(UNITS).await.ok().says("Đã đăng ký").says("12/3/2024");
    let page = officer.submit_tab(&tab, fill().with("xet", "khong").with("ly-do", "Trường tiểu học.")).await.is(409);
    page.says("Thuộc diện xét: không, Trường tiểu học.").says("Đăng ký: 12/3/2024");
    officer.submit(&unit, fill()).await.leads_to(UNITS);
    officer.get(UNITS).await.ok().says("Không xét").says("Trường tiểu học.");
    officer.get(&format!("/don-vi/{id}")).await.ok().says("Ghi kết quả năm của đơn vị: năm 2024");
    let mut member = world.client(people::MEMBER).await;
    member.get(UNITS).await.ok();
    member.get(&unit).await.is(403);
    // A group is no such unit.
    let group: uuid::Uuid = world.ask("select id from unit where kind = 'group' and code = '07' limit 1").await;
    officer.get(&format!("{UNITS}/{group}")).await.not_found();
}
