//! The register: written, found, changed, ended, split, merged, moved and taken away, through its pages.

use std::collections::BTreeSet;
use std::io::Cursor;

use binhyen::access::Seat;
use binhyen::household::model::{Facts, Listing, Order, Query, View, Within};
use binhyen::platform::id::HouseholdId;
use binhyen::privacy::model::What;
use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, Connection, Row};

use crate::support::households::{Line, facts};
use crate::support::{Answer, Client, Fill, World, fill, people};

const ADD: &str = "/ho/them";

/// Four households that differ in everything that is looked for.
const FOUR: [Line<'static>; 4] = [
    ("Nguyễn Văn Lựu", "15", "", "Dã Tượng", Some("0905123456")),
    ("Ôn Thị Ánh", "212", "", "Trường Sơn", None),
    ("Trần Thị Đào", "12", "24", "Dã Tượng", Some("0905999888")),
    ("Lê Nguyễn Bảo", "14/2", "", "Trường Sơn", None),
];

fn four() -> Vec<Facts> {
    FOUR.into_iter().map(facts).collect()
}

fn typed(head: &str, house: &str, street: &str) -> Fill {
    fill()
        .with("ten", head)
        .with("so-nha", house)
        .with("duong", street)
        .with("so-nguoi", "4")
        .with("tu-ngay", "1/3/2024")
}

fn at(id: HouseholdId, verb: &str) -> String {
    format!("/ho/{id}{verb}")
}

/// The heads of a list, in its order.
fn heads(page: &Answer) -> Vec<String> {
    let css = scraper::Selector::parse(".door > a").unwrap();
    let first_text = |link: scraper::ElementRef<'_>| link.text().next().unwrap_or_default().trim().to_owned();
    page.html().select(&css).map(first_text).collect()
}

async fn found(client: &mut Client, address: &str) -> Vec<String> {
    heads(client.get(address).await.ok())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Who lives in a group on a day, and how many of them had registered.
async fn residents(world: &World, group: u8, on: &str) -> i64 {
    let place = world.place(group).await;
    let cycle = world.cycle_of(place.ward).await;
    let mut owner = world.owner().await;
    let of = (place.ward, place.group.unwrap());
    binhyen::household::store::residents_on(&mut owner, of, cycle, day(on)).await.unwrap().0
}

#[tokio::test]
async fn a_leader_writes_a_household_and_it_counts() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/ho").await.ok().says("Chưa có hộ nào").costs(2);
    leader.get(ADD).await.ok();
    let new = typed("Trần Văn Lựu", "15", "đường Dã Tượng").with("hem", "Hẻm 24").with("dien-thoai", "+84 905 123 456");
    let page = leader.submit(ADD, new).await.is(303).location();
    leader
        .follow()
        .await
        .ok()
        .says("15 hẻm 24 Dã Tượng")
        .says("0905 123 456")
        .says("07-0001")
        .says("Ghi hộ vào sổ: từ 1/3/2024");
    assert!(leader.shown().has("a[href='tel:0905123456']"));
    leader.get("/ho").await.ok().says("0/1 hộ (0%), còn 1 chưa ký").says("4 người, hộ 07-0001").costs(2);
    leader.get(&page).await.ok().costs(4);
    assert_eq!(world.tally(7).await, (1, 0, 0));
    assert_eq!((residents(&world, 7, "2024-03-01").await, residents(&world, 7, "2024-02-29").await), (1, 0));
    let names = "select count(*) from event where household_id is not null and (detail::text || coalesce(reason, '')) like '%Lựu%'";
    assert_eq!(world.ask::<i64>(names).await, 0, "the journal cannot forget a name");
}

#[tokio::test]
async fn every_wrong_place_is_said_and_what_was_typed_stays() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(ADD).await.ok();
    let wrong = typed("", "", "").with("so-nguoi", "51").with("dien-thoai", "12").with("ghi-chu", "CCCD 056099001234");
    let page = leader.submit(ADD, wrong.with("tu-ngay", "30/2/2024")).await;
    page.refuses("ten", "Ghi họ tên chủ hộ")
        .refuses("so-nha", "Ghi số nhà hoặc tên đường")
        .refuses("so-nguoi", "ngoài khoảng cho phép")
        .refuses("dien-thoai", "10 hoặc 11 chữ số")
        .refuses("ghi-chu", "không được ghi số căn cước")
        .refuses("tu-ngay", "không có trong lịch");
    assert_eq!((page.value("ghi-chu").trim(), page.value("dien-thoai").as_str()), ("CCCD 056099001234", "12"));
    leader
        .submit(
            ADD,
            typed("A B", "1", "C")
                .with("so-nguoi", "")
                .with("dien-thoai", "")
                .with("ghi-chu", "")
                .with("tu-ngay", "26/3/2024"),
        )
        .await
        .refuses("tu-ngay", "Ngày 26/3/2024 chưa tới");
    assert_eq!(world.ask::<i64>("select count(*) from household").await, 0);
}

#[tokio::test]
async fn a_household_that_may_be_there_already_is_shown_first() {
    let world = World::new().await;
    world.households(7, &four()).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(ADD).await.ok();
    let page = leader.submit(ADD, typed("nguyen van LUU", "99", "Hòn Chồng")).await;
    page.ok().says("Có thể hộ này đã có trong sổ").says("Nguyễn Văn Lựu").says("15 Dã Tượng");
    assert_eq!((page.value("ten"), page.value("so-nha")), ("nguyen van LUU".to_owned(), "99".to_owned()));
    assert_eq!(world.tally(7).await.0, 4);
    leader.submit(ADD, fill()).await.is(303);
    assert_eq!(world.tally(7).await.0, 5);
    // The same door is asked about as well; another door and another name are not.
    leader.get(ADD).await.ok();
    leader.submit(ADD, typed("Phạm Cau", "212", "truong son")).await.ok().says("Ôn Thị Ánh");
    leader.get(ADD).await.ok();
    leader.submit(ADD, typed("Nguyễn Văn", "1", "Hòn Chồng")).await.is(303);
}

#[tokio::test]
async fn what_stood_before_a_change_is_kept_with_its_reason() {
    let world = World::new().await;
    let id = world.households(7, &four()).await[0];
    let mut leader = world.client(people::LEADER_7).await;
    let form = at(id, "/sua");
    leader.get(&form).await.ok().costs(4);
    assert_eq!(leader.shown().value("dien-thoai"), "0905 123 456");
    leader.submit(&form, fill().with("ten", "Nguyễn Thị Sen").with("ly-do", "Đổi chủ hộ")).await.leads_to(&at(id, ""));
    let page = leader.follow().await;
    page.ok().says("Trước đây ghi").says("Nguyễn Văn Lựu").says("Đổi chủ hộ").says("Sửa thông tin hộ: chủ hộ");
    assert_eq!(found(&mut leader, "/ho?tim=sen").await, ["Nguyễn Thị Sen"]);
    assert!(found(&mut leader, "/ho?tim=luu").await.is_empty());
    // Sent once more without a change: nothing new is written.
    leader.get(&form).await.ok();
    leader.submit(&form, fill()).await.is(303);
    assert_eq!(world.ask::<i64>("select count(*) from household_version").await, 1);
}

#[tokio::test]
async fn two_people_see_both_versions_side_by_side() {
    let world = World::new().await;
    let id = world.households(7, &four()).await[0];
    let form = at(id, "/sua");
    let mut leader = world.client(people::LEADER_7).await;
    let mut officer = world.client(people::OFFICER).await;
    leader.get(&form).await.ok();
    officer.get(&form).await.ok();
    officer.submit(&form, fill().with("so-nguoi", "6")).await.is(303);
    let page = leader.submit(&form, fill().with("ten", "Nguyễn Văn Lưu")).await;
    page.is(409).says("Có người vừa sửa hộ này").says("Chủ hộ: Nguyễn Văn Lưu").says("Số nhân khẩu: 6");
    assert_eq!(page.value("ten"), "Nguyễn Văn Lưu");
    leader.submit(&form, fill().with("so-nguoi", "6")).await.is(303);
    leader.follow().await.ok().says("Nguyễn Văn Lưu").says("6 người");
}

#[tokio::test]
async fn an_end_takes_a_household_out_of_the_counts_and_back() {
    let world = World::new().await;
    let id = world.households(7, &four()).await[0];
    let mut leader = world.client(people::LEADER_7).await;
    let form = at(id, "/ket-thuc");
    leader.get(&form).await.ok().costs(4);
    leader
        .submit(&form, fill().with("den-ngay", "26/3/2024").with("cach", "moved"))
        .await
        .refuses("den-ngay", "chưa tới");
    leader.submit(&form, fill().with("den-ngay", "31/12/2019")).await.refuses("den-ngay", "Hộ có ở đây từ 1/1/2020");
    let stale = leader.tab(&form);
    leader.submit(&form, fill().with("den-ngay", "20/3/2024")).await.leads_to(&at(id, ""));
    leader
        .follow()
        .await
        .ok()
        .says("Đã chuyển đi")
        .says("Ngày cuối ở đây: 20/3/2024")
        .says("chuyển đi, ngày cuối 20/3/2024");
    assert_eq!(world.tally(7).await.0, 3);
    assert_eq!((residents(&world, 7, "2024-03-20").await, residents(&world, 7, "2024-03-21").await), (4, 3));
    assert_eq!(found(&mut leader, "/ho?xem=da-di").await, ["Nguyễn Văn Lựu"]);
    assert!(!found(&mut leader, "/ho").await.contains(&"Nguyễn Văn Lựu".to_owned()));
    leader.submit_tab(&stale, fill().with("den-ngay", "20/3/2024").with("cach", "moved")).await.is(403);
    // Nothing found among those who live here: the page offers to look among all.
    leader.get("/ho?tim=luu").await.ok().says("Không có hộ nào khớp").says("Tìm cả hộ đã đi").says("Thêm hộ");
    assert_eq!(found(&mut leader, "/ho?tim=luu&xem=tat-ca").await, ["Nguyễn Văn Lựu"]);
    let form = at(id, "/mo-lai");
    leader.get(&form).await.ok();
    leader.submit(&form, fill()).await.refuses("ly-do", "Ghi vì sao mở lại");
    leader.submit(&form, fill().with("ly-do", "Ghi nhầm hộ.")).await.leads_to(&at(id, ""));
    leader.follow().await.ok().says("Mở lại hộ").says("Ghi nhầm hộ.");
    assert_eq!((world.tally(7).await.0, residents(&world, 7, "2024-03-21").await), (4, 4));
    leader.get(&form).await.is(403).says("Hộ này không còn ở đây");
}

#[tokio::test]
async fn a_household_splits_and_two_merge() {
    let world = World::new().await;
    let ids = world.households(7, &four()).await;
    let mut leader = world.client(people::LEADER_7).await;
    let form = at(ids[0], "/tach");
    leader.get(&form).await.ok().costs(4);
    assert_eq!(leader.shown().value("so-nha"), "15", "whoever splits off lives at the same door");
    leader
        .submit(&form, typed("Nguyễn Thị Mai", "15", "Dã Tượng").with("tu-ngay", "1/1/2019"))
        .await
        .refuses("tu-ngay", "1/1/2020");
    leader.submit(&form, typed("Nguyễn Thị Mai", "15", "Dã Tượng").with("tu-ngay", "10/3/2024")).await.is(303);
    let page = leader.follow().await;
    page.ok().says("07-0005").says("tách ra từ hộ Nguyễn Văn Lựu (07-0001)").says("Tách từ hộ khác: từ 10/3/2024");
    leader.get(&at(ids[0], "")).await.ok().says("có hộ tách ra: Nguyễn Thị Mai");
    assert_eq!(world.tally(7).await.0, 5);
    assert_eq!((residents(&world, 7, "2024-03-09").await, residents(&world, 7, "2024-03-10").await), (4, 5));

    let other = world.households(8, &four()).await[1];
    let form = at(ids[1], "/nhap-chung");
    leader.get(&form).await.ok();
    leader.submit(&form, fill()).await.refuses("vao-ho", "Ghi mã của hộ kia").refuses("den-ngay", "Ghi ngày cuối cùng");
    let into = |code: &str| fill().with("vao-ho", code).with("den-ngay", "15/3/2024");
    leader.submit(&form, into("2")).await.refuses("vao-ho", "một hộ không nhập được vào chính mình");
    leader.submit(&form, into("07-9999")).await.refuses("vao-ho", "Không có hộ mang mã này");
    leader.submit(&form, into("08-0001")).await.refuses("vao-ho", "Không có hộ mang mã này");
    leader.submit(&form, into("3")).await.leads_to(&at(ids[2], ""));
    leader.follow().await.ok().says("có hộ nhập vào: Ôn Thị Ánh");
    assert_eq!((world.tally(7).await.0, residents(&world, 7, "2024-03-16").await), (4, 4));
    // For the ward, which sees both groups, the border is said; a household that ended is no place to merge into.
    let mut officer = world.client(people::OFFICER).await;
    let form = at(other, "/nhap-chung");
    officer.get(&form).await.ok();
    officer.submit(&form, into("07-0001")).await.refuses("vao-ho", "Hai hộ ở hai tổ khác nhau");
    let form = at(ids[0], "/nhap-chung");
    officer.get(&form).await.ok();
    officer.submit(&form, into("07-0002")).await.refuses("vao-ho", "không còn ở đây");
}

#[tokio::test]
async fn the_ward_moves_a_household_and_its_leader_cannot() {
    let world = World::new().await;
    let id = world.households(7, &four()).await[0];
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&at(id, "")).await.ok().says("Chuyển sang tổ khác: Thường trực Ban chỉ đạo phường làm được việc này.");
    leader.get(&at(id, "/chuyen-to")).await.is(403);
    let mut officer = world.client(people::OFFICER).await;
    let form = at(id, "/chuyen-to");
    officer.get(&form).await.ok().costs(4);
    officer
        .submit(&form, fill())
        .await
        .refuses("sang-to", "Chọn tổ mà hộ chuyển tới")
        .refuses("tu-ngay", "Ghi ngày đầu tiên");
    officer.submit(&form, fill().with("sang-to", "08").with("tu-ngay", "11/3/2024")).await.leads_to(&at(id, ""));
    officer
        .follow()
        .await
        .ok()
        .says("Tổ dân phố 8")
        .says("Chuyển tổ: sang Tổ dân phố 8, từ 11/3/2024")
        .says("Tổ 7: từ 1/1/2020 đến 10/3/2024");
    assert_eq!((world.tally(7).await.0, world.tally(8).await.0), (3, 1));
    assert_eq!((residents(&world, 7, "2024-03-10").await, residents(&world, 8, "2024-03-10").await), (4, 0));
    assert_eq!((residents(&world, 7, "2024-03-11").await, residents(&world, 8, "2024-03-11").await), (3, 1));
    leader.get(&at(id, "")).await.not_found();
    assert_eq!(found(&mut world.client(people::LEADER_8).await, "/ho").await, ["Nguyễn Văn Lựu"]);
}

#[tokio::test]
async fn a_search_forgives() {
    let world = World::new().await;
    world.households(7, &four()).await;
    world.households(8, &[facts(("Nguyễn Văn Tám", "15", "", "Dã Tượng", None))]).await;
    let mut leader = world.client(people::LEADER_7).await;
    for (words, expected) in [
        ("luu", vec!["Nguyễn Văn Lựu"]),
        ("LUU%20nguyen", vec!["Nguyễn Văn Lựu"]),
        ("guyen", vec!["Nguyễn Văn Lựu", "Lê Nguyễn Bảo"]),
        ("on%20anh", vec!["Ôn Thị Ánh"]),
        ("dao%20da%20tuong", vec!["Trần Thị Đào"]),
        ("456", vec!["Nguyễn Văn Lựu"]),
        ("9888", vec!["Trần Thị Đào"]),
        ("12", vec!["Trần Thị Đào"]),
        ("14/2", vec!["Lê Nguyễn Bảo"]),
        ("0003", vec!["Trần Thị Đào"]),
        ("t%E1%BB%95%207%20luu", vec!["Nguyễn Văn Lựu"]),
        ("t%E1%BB%95%208%20tam", vec![]),
        ("%25", vec![]),
    ] {
        let mut names = found(&mut leader, &format!("/ho?tim={words}")).await;
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        names.sort();
        expected.sort();
        assert_eq!(names, expected, "{words}");
    }
    let mut officer = world.client(people::OFFICER).await;
    let page = officer.get("/ho?tim=nguyen%20van%20to%208").await.ok().costs(2);
    assert_eq!(heads(page), ["Nguyễn Văn Tám"]);
    assert_eq!(found(&mut officer, "/ho?tim=nguyen%20van").await, ["Nguyễn Văn Lựu", "Nguyễn Văn Tám"]);
    let page = officer.get("/ho?to=07&tim=tam").await.ok().says("Tìm trong cả phường");
    let wider = page.links("/ho?").into_iter().find(|it| !it.contains("to=") && it.contains("tat%2Dca")).unwrap();
    assert_eq!(found(&mut officer, &wider).await, ["Nguyễn Văn Tám"]);
}

#[tokio::test]
async fn three_orders_follow_feet_and_vietnamese_letters() {
    let world = World::new().await;
    let all = [
        ("Đặng Văn Ân", "10", "", "Dã Tượng", None),
        ("Dương Thị An", "9", "", "Dã Tượng", None),
        ("Ẩn Văn Bình", "14/2", "", "Dã Tượng", None),
        ("Ân Thị Ánh", "2", "", "Dã Tượng", None),
    ];
    world.households(7, &all.map(facts)).await;
    let mut leader = world.client(people::LEADER_7).await;
    // The odd side up, the even side by the size of its numbers.
    assert_eq!(found(&mut leader, "/ho").await, ["Dương Thị An", "Ân Thị Ánh", "Đặng Văn Ân", "Ẩn Văn Bình"]);
    // A before Ă before Â: An, Ánh, Ân, then B.
    assert_eq!(found(&mut leader, "/ho?xep=ten").await, ["Dương Thị An", "Ân Thị Ánh", "Đặng Văn Ân", "Ẩn Văn Bình"]);
    assert_eq!(found(&mut leader, "/ho?xep=ho").await, ["Ân Thị Ánh", "Ẩn Văn Bình", "Dương Thị An", "Đặng Văn Ân"]);
}

/// A hundred and thirty households, some at the same door and some with the same name.
fn many() -> Vec<Facts> {
    let names = ["Nguyễn Văn An", "Trần Thị Ánh", "Lê Đào", "Đặng Sen", "Phạm Văn Cau"];
    let one = |at: usize| {
        let house = (at / 2 + 1).to_string();
        facts((names[at % names.len()], &house, "", "Trường Sơn", None))
    };
    (0..130).map(one).collect()
}

/// Turns the pages of a list to its end; gives the doors in their order.
async fn all_doors(client: &mut Client, first: String) -> Vec<String> {
    let mut doors: Vec<String> = vec![];
    let mut next = Some(first);
    while let Some(address) = next {
        let page = client.get(&address).await.ok().costs(2);
        doors.extend(page.links("/ho/").into_iter().filter(|it| it.len() == "/ho/".len() + 36));
        next = page.links("/ho?").into_iter().find(|it| it.contains("sau="));
    }
    doors
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_and_without_a_repeat() {
    let world = World::new().await;
    let mut ids = world.households(7, &many()).await;
    let mut leader = world.client(people::LEADER_7).await;
    for order in ["nha", "ten", "ho"] {
        let doors = all_doors(&mut leader, format!("/ho?xep={order}")).await;
        assert_eq!((doors.len(), doors.iter().collect::<BTreeSet<_>>().len()), (130, 130), "{order}");
        assert!(ids.iter().all(|id| doors.contains(&at(*id, ""))));
    }
    leader.get("/ho?sau=kh%C3%B4ng").await.ok();
    // Over the ward, group by group.
    ids.extend(world.households(8, &many()[..60]).await);
    let mut officer = world.client(people::OFFICER).await;
    for order in ["nha", "ten", "ho"] {
        let doors = all_doors(&mut officer, format!("/ho?tim=truong&xep={order}")).await;
        assert_eq!((doors.len(), doors.iter().collect::<BTreeSet<_>>().len()), (190, 190), "{order}");
        let (seven, eight) = doors.split_at(130);
        assert!(ids[..130].iter().all(|id| seven.contains(&at(*id, ""))));
        assert!(ids[130..].iter().all(|id| eight.contains(&at(*id, ""))));
    }
}

#[tokio::test]
async fn each_seat_sees_what_it_may() {
    let world = World::new().await;
    let id = world.households(7, &four()).await[0];
    world.households(13, &four()[..1]).await;
    world.client(people::LEADER_8).await.get("/ho?to=07").await.not_found();
    world.client(people::LEADER_8).await.get(&at(id, "")).await.not_found();
    world.client(people::OTHER_OFFICER).await.get(&at(id, "")).await.not_found();
    world.client(people::OTHER_OFFICER).await.get("/ho?to=99").await.not_found();
    let mut area = world.client(people::AREA).await;
    area.get("/ho").await.ok().says("Tổ 12").is_silent_about("Tổ 13").costs(2);
    area.get("/ho?to=13").await.not_found();
    assert_eq!(found(&mut area, "/ho?tim=luu").await, ["Nguyễn Văn Lựu"]);
    area.get(&at(id, "/sua")).await.ok();
    // The chair answers for the register and does not write in it.
    let mut chair = world.client(people::CHAIR).await;
    chair.get("/ho?to=07").await.ok().says("Nguyễn Văn Lựu");
    chair.get(&at(id, "")).await.ok().says("Sửa sổ: Tổ trưởng làm được việc này.");
    assert!(chair.shown().links(&at(id, "/")).is_empty());
    for verb in ["/sua", "/ket-thuc", "/tach", "/nhap-chung", "/chuyen-to"] {
        chair.get(&at(id, verb)).await.is(403);
    }
    chair.get(ADD).await.is(403);
    // The committee reads counts, and neither names nor numbers of houses.
    let mut member = world.client(people::MEMBER).await;
    let page = member.get("/ho").await.ok().says("0/5 hộ").costs(2);
    assert!(page.links("/ho?").is_empty());
    for path in ["/ho?to=07", "/ho?tim=luu", "/ho/xuat.xlsx", "/ho/xuat.csv", "/ho/mau.xlsx", &at(id, "")] {
        member.get(path).await.is(403);
    }
    for phone in [people::STEWARD, people::CITY, people::CITY_CHAIR, people::CITY_STEWARD] {
        let mut client = if phone == people::CITY { world.city().await } else { world.client(phone).await };
        for path in ["/ho", "/ho?to=07", ADD, "/ho/xuat.csv", "/ho/mau.xlsx", &at(id, "")] {
            let status = client.get(path).await.status.as_u16();
            assert!(matches!(status, 403 | 404), "{phone} {path}: {status}");
        }
    }
}

#[tokio::test]
async fn the_ward_reads_counters_and_every_number_leads_to_its_rows() {
    let world = World::new().await;
    world.households(7, &four()).await;
    world.households(8, &four()[..2]).await;
    let mut officer = world.client(people::OFFICER).await;
    let page = officer.get("/ho").await.ok().says("0/6 hộ (0%), còn 6 chưa ký").says("Tổ 24").costs(2);
    assert!(page.links("/ho?to=07&xem=dang%2Do").len() == 1 && page.links("/ho?to=07&xem=chua%2Dky").len() == 1);
    assert_eq!(found(&mut officer, "/ho?to=07&xem=chua-ky").await.len(), 4);
    assert_eq!(found(&mut officer, "/ho?xem=chua-ky").await.len(), 6);
    assert!(found(&mut officer, "/ho?to=07&xem=da-ky").await.is_empty());
    officer.get("/ho?to=07").await.ok().says("Tổ dân phố 7").says("Chưa ký 4").costs(2);
    // The ward writes into a group that it chooses.
    officer.get("/ho/them?to=08").await.ok();
    officer.submit(ADD, typed("Phạm Cau", "1", "Hòn Chồng")).await.is(303);
    assert_eq!(world.tally(8).await.0, 3);
    officer.get(ADD).await.ok();
    officer.submit(ADD, typed("Phạm Cau", "3", "Hòn Chồng")).await.refuses("to", "Chọn tổ dân phố");
}

/// The rows of a workbook as texts.
fn sheet(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    assert!(book.worksheet_formula(&name).unwrap().is_empty(), "no cell is a formula");
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[tokio::test]
async fn an_export_holds_what_is_filtered_and_no_formula() {
    let world = World::new().await;
    let mut all = four();
    all[1].head = "=HYPERLINK(\"http://x\")".to_owned();
    all[3].note = Some("@SUM(A1); nói \"có\"".to_owned());
    world.households(7, &all).await;
    world.households(8, &four()).await;
    let mut leader = world.client(people::LEADER_7).await;
    let page = leader.get("/ho?tim=da%20tuong").await.ok();
    let address = page.links("/ho/xuat.xlsx").remove(0);
    let answer = leader.get(&address).await.ok().costs(2);
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"danh-sach-ho-to-07.xlsx\"");
    let rows = sheet(&answer.body);
    assert!(rows[0][0].starts_with("Danh sách hộ Tổ dân phố 7, phường Phước Long"), "{:?}", rows[0]);
    assert_eq!(rows[1][..4], ["Tổ", "Mã hộ", "Họ tên chủ hộ", "Số nhà"]);
    let names: Vec<&str> = rows[2..].iter().map(|row| row[2].as_str()).collect();
    assert_eq!(names, ["Nguyễn Văn Lựu", "Trần Thị Đào"]);
    assert_eq!(rows[2][5..8], ["Dã Tượng", "4", "0905 123 456"]);
    let rows = sheet(&leader.get("/ho/xuat.xlsx").await.ok().body);
    assert!(rows.iter().any(|row| row[2] == "=HYPERLINK(\"http://x\")"), "as a text it stays as it is");

    let answer = leader.get("/ho/xuat.csv").await.ok().costs(2);
    let text = std::str::from_utf8(&answer.body).unwrap();
    assert!(text.starts_with("\u{feff}Tổ;Mã hộ;Họ tên chủ hộ;"));
    assert_eq!(text.lines().count(), 5);
    assert!(
        text.contains(";\"'=HYPERLINK(\"\"http://x\"\")\";") && text.contains("\"'@SUM(A1); nói \"\"có\"\"\""),
        "{text}"
    );

    let rows = sheet(&leader.get("/ho/mau.xlsx").await.ok().costs(2).body);
    let columns = [
        "Mã hộ",
        "Họ tên chủ hộ",
        "Số nhà",
        "Hẻm",
        "Đường",
        "Số nhân khẩu",
        "Điện thoại",
        "Đăng ký",
        "Ký cam kết",
        "Ghi chú",
    ];
    assert_eq!(rows[1], columns);
    assert_eq!(rows.len(), 6);
    let mut officer = world.client(people::OFFICER).await;
    let rows = sheet(&officer.get("/ho/mau.xlsx").await.ok().body);
    assert_eq!((rows[1][0].as_str(), rows.len()), ("Tổ", 10));
}

#[tokio::test]
async fn every_look_is_written_down_with_its_rows_and_without_its_words() {
    let world = World::new().await;
    let id = world.households(7, &four()).await[0];
    let mut leader = world.client(people::LEADER_7).await;
    for path in ["/ho", "/ho?tim=da%20tuong", &at(id, ""), "/ho/xuat.csv?xem=chua-ky"] {
        leader.get(path).await.ok();
    }
    let mut area = world.client(people::AREA).await;
    area.get("/ho?tim=luu").await.ok();
    area.get("/ho?to=13").await.not_found();
    area.get("/ho").await.ok();
    let mut owner = world.owner().await;
    let rows = sqlx::query("select what, rows, group_id is not null, household_id is not null, to_jsonb(d)::text from data_access d order by at, what, rows")
        .fetch_all(&mut owner)
        .await
        .unwrap();
    owner.close().await.unwrap();
    let mut looks: Vec<(String, i32, bool, bool)> =
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect();
    looks.sort();
    let look = |what: &str, rows, group, household| (what.to_owned(), rows, group, household);
    let expected = [
        look("export", 4, true, false),
        look("list", 4, true, false),
        look("search", 1, false, false),
        look("search", 2, true, false),
        look("show", 1, true, true),
    ];
    assert_eq!(looks, expected);
    assert!(
        rows.iter().all(|row| !row.get::<String, _>(4).to_lowercase().contains("tuong")),
        "a search word is a name"
    );
}

/// The plan of the statement that the program sends for a list in that order, as its own role would run it for every group alike.
async fn plan(world: &World, session: &str, order: Order) -> String {
    let key = binhyen::web::session::hash(session);
    let now = world.app.clock.now();
    let (mut db, entrance) = world.app.db.enter_session(&key, now, chrono::Duration::minutes(15)).await.unwrap();
    let person = binhyen::web::session::person(&entrance).unwrap();
    let actor = binhyen::web::session::actor(&person, entrance).unwrap();
    let Seat::GroupLeader { ward, group } = actor.seat else { panic!("a leader asks") };
    let listing = Listing {
        within: Within::Group(group),
        view: View::Resident,
        order,
        query: Query::default(),
        cycle: actor.cycle,
        after: None,
        most: 50,
    };
    let piece = binhyen::household::store::list(&mut db, &actor, &listing, What::List, now).await.unwrap();
    assert!(piece.more, "a list of one page proves nothing");
    for setting in ["set plan_cache_mode = force_generic_plan", "set enable_seqscan = off"] {
        sqlx::query(setting).execute(&mut *db).await.unwrap();
    }
    let name: String = sqlx::query_scalar(
        "select name from pg_prepared_statements where statement like 'with asked%' order by prepare_time desc limit 1",
    )
    .fetch_one(&mut *db)
    .await
    .unwrap();
    let any = "'{t,f}', '{t,f}', '{t,f}', '', '', '', '', '', '', '', '', '', ''";
    let (city, account, seat) = (actor.city, actor.person.account, actor.seat_id);
    let cycle = actor.cycle.unwrap();
    let statement = format!(
        "explain execute {name} ('{ward}', '{group}', null, null, null, '{cycle}', '{{resident}}', {any}, 50, now(), '{city}', '{account}', '{seat}', 'a', 'b', 'list')"
    );
    let lines: Vec<String> = sqlx::raw_sql(AssertSqlSafe(statement))
        .fetch_all(&mut *db)
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    // This connection goes back to the program: nothing of the settings may stay.
    sqlx::query("reset all").execute(&mut *db).await.unwrap();
    lines.join("\n")
}

#[tokio::test]
async fn a_list_is_read_along_its_index_from_a_key_onwards() {
    let world = World::new().await;
    for group in [7, 8, 9] {
        for _ in 0..3 {
            world.households(group, &many()).await;
        }
    }
    let mut owner = world.owner().await;
    sqlx::query("analyze household, participation").execute(&mut owner).await.unwrap();
    owner.close().await.unwrap();
    let leader = world.client(people::LEADER_7).await;
    for (order, index) in
        [(Order::Walk, "household_walk"), (Order::Given, "household_by_given"), (Order::Family, "household_by_head")]
    {
        let plan = plan(&world, leader.session_key(), order).await;
        assert!(plan.contains(&format!("Index Scan using {index} on household h")), "{plan}");
        assert!(plan.contains("participation_of_list") && !plan.contains("Seq Scan on household"), "{plan}");
        let scan = plan.split(&format!("using {index}")).nth(1).unwrap();
        let bounds = scan.lines().find(|line| line.contains("Index Cond")).unwrap();
        assert!(bounds.contains("ROW(") && bounds.contains("ward_id"), "it begins at the key: {plan}");
        // One sort only: the fifty rows on their way into the answer.
        let before = plan.split("on household h").next().unwrap();
        assert!(!before.rsplit("CTE found").next().unwrap().contains("Sort"), "{plan}");
    }
}

#[tokio::test]
async fn forms_about_a_household_cost_four_statements_at_most() {
    let world = World::new().await;
    let id = world.households(7, &four()).await[0];
    let mut officer = world.client(people::OFFICER).await;
    for path in [
        ADD,
        &at(id, ""),
        &at(id, "/sua"),
        &at(id, "/ket-thuc"),
        &at(id, "/tach"),
        &at(id, "/nhap-chung"),
        &at(id, "/chuyen-to"),
    ] {
        officer.get(path).await.ok().costs(4);
    }
}

#[tokio::test]
async fn an_anonymised_household_shows_its_numbers_alone() {
    let world = World::new().await;
    let id = world.households(7, &four()).await[0];
    let mut leader = world.client(people::LEADER_7).await;
    let form = at(id, "/sua");
    leader.get(&form).await.ok();
    leader.submit(&form, fill().with("so-nguoi", "7")).await.is(303);
    let form = at(id, "/ket-thuc");
    leader.get(&form).await.ok();
    leader.submit(&form, fill().with("cach", "moved").with("den-ngay", "20/3/2024")).await.is(303);
    // Six years later the run by the calendar takes name and address out.
    let mut owner = world.owner().await;
    sqlx::query("select household_anonymise_expired('2030-03-25 02:00Z')").execute(&mut owner).await.unwrap();
    let page = leader.get(&at(id, "")).await.ok().says("Hộ đã ẩn danh").says("07-0001").says("Năm 2024");
    page.is_silent_about("Nguyễn Văn Lựu")
        .is_silent_about("Dã Tượng")
        .is_silent_about("0905")
        .is_silent_about("Trước đây ghi");
    assert!(page.links(&at(id, "/")).is_empty());
    leader.get("/ho?xem=da-di").await.ok().says("Hộ 07-0001").says("Đã ẩn danh");
    leader.get(&at(id, "/mo-lai")).await.is(403);
}

#[tokio::test]
async fn the_numbers_of_tabs_and_the_rows_behind_them_agree() {
    let world = World::new().await;
    let id = world.households(7, &four()).await[0];
    let mut leader = world.client(people::LEADER_7).await;
    assert_eq!(found(&mut leader, "/ho?xem=chua-dang-ky").await.len(), 4);
    leader.get(&at(id, "/ket-thuc")).await.ok();
    leader.submit(&at(id, "/ket-thuc"), fill().with("cach", "dissolved").with("den-ngay", "20/3/2024")).await.is(303);
    assert_eq!(found(&mut leader, "/ho?xem=chua-dang-ky").await.len(), 3);
    leader.get("/ho").await.ok().says("0/3 hộ").says("Chưa đăng ký 3");
    leader.get(&at(id, "")).await.ok().says("Không tính vào số hộ của năm");
}

#[tokio::test]
async fn a_typed_reason_is_kept_with_the_household_and_never_in_the_journal() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let id = world.households(7, &[facts(("Trần Văn Lựu", "8", "", "Trường Sơn", None))]).await[0];
    let form = at(id, "/ket-thuc");
    leader.get(&form).await.ok();
    let typed =
        fill().with("cach", "moved").with("den-ngay", "20/3/2024").with("ly-do", "Về ở với con là chị Nguyễn Thị Sen.");
    leader.submit(&form, typed).await.is(303);
    leader.get(&at(id, "")).await.ok().says("Về ở với con là chị Nguyễn Thị Sen.");
    let told: i64 =
        world.ask("select count(*) from event where reason like '%Sen%' or detail::text like '%Sen%'").await;
    assert_eq!(told, 0, "the journal cannot forget a name");
    world.now_is("2031-03-26");
    assert_eq!(binhyen::privacy::anonymise_expired(&world.app.db, world.app.clock.now()).await.unwrap(), 1);
    let kept: i64 = world.ask("select count(*) from household_stay where reason is not null").await;
    assert_eq!(kept, 0);
}
