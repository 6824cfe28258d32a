//! The counting day of criterion k1.3: the last day of the groups' window. What the register learns of later days leaves the year's counts
//! alone; what it learns late of earlier days does not.

use binhyen::platform::id::HouseholdId;
use chrono::NaiveDate;

use super::participation::counts_agree;
use crate::support::households::facts;
use crate::support::{Client, Fill, Kind, World, fill, people};

/// Three households each in groups 7 and 8, on the 25th of November.
async fn after_the_window() -> (World, Vec<HouseholdId>) {
    let world = World::on("2024-11-25").await;
    let homes = |street: &'static str| ["2", "4", "6"].map(|house| facts(("Nguyễn Thị Sen", house, "", street, None)));
    let seven = world.households(7, &homes("Trường Sơn")).await;
    world.households(8, &homes("Dã Tượng")).await;
    (world, seven)
}

/// Those who lived in a group on the last day of the window, from the stays: what the counts have to say.
async fn lived_there(world: &World, group: u8) -> i32 {
    let place = world.place(group).await;
    let of = (place.ward, place.group.unwrap());
    let last: NaiveDate = "2024-11-15".parse().unwrap();
    let cycle = world.cycle_of(place.ward).await;
    let mut owner = world.owner().await;
    let (residents, _) = binhyen::household::store::residents_on(&mut owner, of, cycle, last).await.unwrap();
    i32::try_from(residents).unwrap()
}

/// Counts, stays and a recount say the same of both groups; gives how many households each has in the year.
async fn counted(world: &World) -> (i32, i32) {
    counts_agree(world).await;
    let both = (world.tally(7).await.0, world.tally(8).await.0);
    assert_eq!(both, (lived_there(world, 7).await, lived_there(world, 8).await), "counts and stays");
    both
}

async fn arrive(client: &mut Client, head: &str, on: &str) {
    client.get("/ho/them").await.ok();
    let new = fill()
        .with("ten", head)
        .with("so-nha", &(100 + head.len()).to_string())
        .with("duong", "Trường Sơn")
        .with("so-nguoi", "4");
    client.submit("/ho/them", new.with("tu-ngay", on)).await.is(303);
}

async fn write(client: &mut Client, household: HouseholdId, verb: &str, typed: Fill) {
    let form = format!("/ho/{household}/{verb}");
    client.get(&form).await.ok();
    client.submit(&form, typed).await.is(303);
}

#[tokio::test]
async fn who_comes_after_the_last_day_is_not_of_that_year() {
    let (world, _) = after_the_window().await;
    let mut leader = world.client(people::LEADER_7).await;
    arrive(&mut leader, "Trần Văn Lựu", "16/11/2024").await;
    leader.follow().await.ok().says("07-0004");
    assert_eq!(counted(&world).await, (3, 3));
    leader.get("/ho").await.ok().says("0/3 hộ");
    // The register has it, and so has the year that follows.
    let residents: i64 =
        world.ask("select count(*) from household where status = 'resident' and code like '07-%'").await;
    assert_eq!(residents, 4);
    arrive(&mut leader, "Đỗ Thị Lan Hương", "15/11/2024").await;
    assert_eq!(counted(&world).await, (4, 3), "whoever came on the last day lives here on it");
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam").await.ok();
    officer.submit("form[method='get']", fill().with("nam", "2025").with("bo", "kh390-2024")).await.ok();
    officer.submit("form[action='/nam'][method='post']", fill()).await.is(303);
    assert_eq!(world.tally(7).await.0, 5, "the new year begins with everybody");
}

#[tokio::test]
async fn who_leaves_after_the_counting_day_is_counted_and_who_left_before_it_is_not() {
    let (world, seven) = after_the_window().await;
    let mut leader = world.client(people::LEADER_7).await;
    let gone = |last: &str| fill().with("cach", "moved").with("den-ngay", last);
    write(&mut leader, seven[0], "ket-thuc", gone("20/11/2024")).await;
    leader.follow().await.ok().says("Đã chuyển đi").is_silent_about("Không tính vào số hộ của năm");
    write(&mut leader, seven[1], "ket-thuc", gone("15/11/2024")).await;
    assert_eq!(counted(&world).await, (3, 3));
    // Written down late, but it happened before.
    write(&mut leader, seven[2], "ket-thuc", gone("14/11/2024")).await;
    leader.follow().await.ok().says("Không tính vào số hộ của năm");
    assert_eq!(counted(&world).await, (2, 3));
    write(&mut leader, seven[2], "mo-lai", fill().with("ly-do", "Ghi nhầm hộ.")).await;
    write(&mut leader, seven[0], "mo-lai", fill().with("ly-do", "Ghi nhầm hộ.")).await;
    assert_eq!(counted(&world).await, (3, 3));
}

#[tokio::test]
async fn who_changes_groups_after_the_counting_day_is_counted_where_it_lived() {
    let (world, seven) = after_the_window().await;
    let mut officer = world.client(people::OFFICER).await;
    let to_eight = |from: &str| fill().with("sang-to", "08").with("tu-ngay", from);
    write(&mut officer, seven[0], "chuyen-to", to_eight("16/11/2024")).await;
    officer.follow().await.ok().says("Tổ dân phố 8");
    assert_eq!(counted(&world).await, (3, 3));
    write(&mut officer, seven[1], "chuyen-to", to_eight("15/11/2024")).await;
    assert_eq!(counted(&world).await, (2, 4));
}

#[tokio::test]
async fn who_splits_or_merges_after_the_counting_day_changes_the_register_alone() {
    let (world, seven) = after_the_window().await;
    let mut leader = world.client(people::LEADER_7).await;
    let young = fill().with("ten", "Lê Văn Mai").with("so-nguoi", "2").with("tu-ngay", "20/11/2024");
    write(&mut leader, seven[0], "tach", young).await;
    write(&mut leader, seven[1], "nhap-chung", fill().with("vao-ho", "07-0003").with("den-ngay", "20/11/2024")).await;
    assert_eq!(counted(&world).await, (3, 3));
}

#[tokio::test]
async fn the_criterion_stands_still_once_the_window_is_over() {
    let (world, seven) = after_the_window().await;
    let mut owner = world.owner().await;
    sqlx::query("update participation set registered_on = '2024-03-12', registered_at = now(), registered_by = 'x', registered_how = 'meeting'")
        .execute(&mut owner)
        .await
        .unwrap();
    let dossier = world.dossier(7, Kind::Request).await;
    let judge = format!("{dossier}/tham-dinh/1.3");
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&judge).await.ok().says("3/3 hộ");
    let mut leader = world.client(people::LEADER_7).await;
    arrive(&mut leader, "Trần Văn Lựu", "20/11/2024").await;
    officer.get(&judge).await.ok().says("3/3 hộ");
    arrive(&mut leader, "Đỗ Thị Lan Hương", "12/11/2024").await;
    officer.get(&judge).await.ok().says("3/4 hộ");
    write(&mut leader, seven[0], "ket-thuc", fill().with("cach", "moved").with("den-ngay", "25/11/2024")).await;
    officer.get(&judge).await.ok().says("3/4 hộ");
}

#[tokio::test]
async fn a_list_brought_in_after_the_window_keeps_its_marks_and_leaves_the_counts_alone() {
    let (world, _) = after_the_window().await;
    let mut leader = world.client(people::LEADER_7).await;
    let list = "Chủ hộ,Số nhà,Đường,Số người,Ngày đăng ký\nĐỗ Thị Lan,31,Trường Sơn,3,12/3/2024\n";
    leader.get("/ho/nhap").await.ok();
    leader
        .submit("/ho/nhap", fill().file("tep", "to7.csv", list.as_bytes().to_vec()).with("tu-ngay", "20/11/2024"))
        .await
        .is(303);
    let path = leader.shown().location();
    assert_eq!(binhyen::commands::worker::work_off(&world.app).await.unwrap(), 1);
    leader.get(&path).await.ok();
    leader.submit(&format!("{path}/ghi"), fill()).await.leads_to(&path);
    assert_eq!(binhyen::commands::worker::work_off(&world.app).await.unwrap(), 1);
    assert_eq!(counted(&world).await, (3, 3));
    let kept: String = world
        .ask("select concat_ws(' ', counted, registered_on) from participation where registered_how = 'import'")
        .await;
    assert_eq!(kept, "f 2024-03-12");
}
