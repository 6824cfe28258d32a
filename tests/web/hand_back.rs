//! The city hands a group's request back to its ward: named parts and criteria, each with its reason, which the ward looks at again or
//! passes on to the group.

use crate::support::{World, fill, people};

const PART: &str = "Ghi số phiếu tán thành của từng hộ dự họp.";
const CRITERION: &str = "Bổ sung biên bản tuyên truyền quý II.";

/// Group 8 at the city, and handed back by it for its minutes and for criterion 2; the ward has not answered yet.
async fn handed_back() -> (World, String) {
    let world = World::on("2024-11-16").await;
    let eight = world.recommended_request(8).await;
    world.received_package().await;
    let mut city = world.city().await;
    let back = format!("{eight}/tra-lai");
    city.get(&eight).await.ok().says("Trả về phường").costs(2);
    city.get(&back).await.ok().says("Phường nhận lại hồ sơ này").says("Đề nghị của phường thôi giá trị").costs(2);
    city.submit(&back, fill()).await.refuses("muc", "Chọn ít nhất một mục");
    let page = city.submit(&back, fill().tick("muc", "phan:bien-ban").with("ly-do.phan:bien-ban", "sửa")).await;
    page.refuses("ly-do.phan:bien-ban", "từ 5 ký tự trở lên");
    let named = fill().with("ly-do.phan:bien-ban", PART).tick("muc", "tieu-chi:2").with("ly-do.tieu-chi:2", CRITERION);
    city.submit(&back, named).await.leads_to(&eight);
    assert_eq!(world.status(&eight).await, "received");
    (world, eight)
}

#[tokio::test]
async fn the_ward_reads_each_reason_at_its_place_and_looks_at_the_criterion_again() {
    let (world, eight) = handed_back().await;
    world.now_is("2024-11-17");
    let mut officer = world.client(people::OFFICER).await;
    let page = officer.get(&eight).await.ok().says("Thành phố trả về phường").says("Trả lời hết").costs(2);
    page.says(&format!("Thành phố ghi: {PART}")).says(&format!("Thành phố ghi: {CRITERION}"));
    // What it had recommended holds no more, and it is not appraised as long as the criterion is not judged again.
    page.says("thôi giá trị").says("Thành phố trả về phường kèm lý do từng mục").says("Thẩm định tiếp, còn 1");
    let cell = officer.get("/bang-tham-dinh?to=08&tc=2").await.ok().costs(2);
    cell.says("Thành phố hỏi lại.").says(&format!("Thành phố ghi: {CRITERION}"));
    officer.get("/bang-tham-dinh?xem=doi").await.ok().says("Tổ 8").says("Thành phố hỏi lại.");
    officer.post_pairs(&format!("{eight}/tham-dinh-xong"), &[]).await.is(409);
    officer.get(&format!("{eight}/tham-dinh/2")).await.ok().says(&format!("Thành phố ghi: {CRITERION}"));
    let again = fill().with("ket-luan", "met").with("ghi-chu", "Đã có biên bản quý II.");
    officer.submit(&format!("{eight}/tham-dinh/2"), again).await.leads_to(&eight);
    officer.get("/bang-tham-dinh?xem=doi").await.ok().is_silent_about("hỏi lại");
    officer.press(&eight, "tham-dinh-xong").await;
    world.client(people::CHAIR).await.conclude(&eight, true).await;
    // It goes up again, where the reasons are history; the city may hand it back once more under the same attempt.
    officer.get("/").await.ok();
    officer.submit("form[action='/phuong/gui-bo-sung']", fill()).await.is(303);
    assert_eq!(world.status(&eight).await, "forwarded");
    let mut city = world.city().await;
    city.get(&eight).await.ok().is_silent_about("Thành phố ghi:").says("Thành phố trả về phường");
    city.send_back(&eight, &[("phan:to-trinh", "Ghi đúng tên đơn vị nhận.")]).await;
    officer.get(&eight).await.ok().says("Ghi đúng tên đơn vị nhận.").is_silent_about(&format!("Thành phố ghi: {PART}"));
}

#[tokio::test]
async fn the_ward_passes_on_to_the_group_what_the_city_asks() {
    let (world, eight) = handed_back().await;
    world.now_is("2024-11-17");
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&eight).await.ok();
    let all = officer.shown().links(&format!("{eight}/tra-lai?thanh-pho")).remove(0);
    let page = officer.get(&all).await.ok().costs(2);
    assert!(page.has("input[value='phan:bien-ban'][checked]") && page.has("input[value='tieu-chi:2'][checked]"));
    assert_eq!((page.value("ly-do.phan:bien-ban"), page.value("ly-do.tieu-chi:2")), (PART.into(), CRITERION.into()));
    // One of them alone comes with its reason too.
    let one = officer.get(&format!("{eight}/tra-lai?phan=bien-ban")).await.ok();
    assert_eq!((one.value("ly-do.phan:bien-ban"), one.value("ly-do.tieu-chi:2")), (PART.into(), String::new()));
    officer.get(&all).await.ok();
    officer.submit(&format!("{eight}/tra-lai"), fill()).await.leads_to(&eight);
    assert_eq!(world.status(&eight).await, "returned");
    // The leader reads the ward's words once, at the part and at the criterion, and nothing else is open.
    let mut leader = world.client(&people::leader(8)).await;
    let page = leader.get(&eight).await.ok();
    page.says(&format!("Phường ghi: {PART}")).says(&format!("Cần sửa: {CRITERION}")).is_silent_about("Thành phố ghi:");
    let open: Vec<String> = sqlx::query_scalar(
        "select p.code from dossier_part p join dossier d on d.id = p.dossier_id where d.status = 'returned' and p.open",
    )
    .fetch_all(&mut world.owner().await)
    .await
    .unwrap();
    assert_eq!(open, ["bien-ban"]);
}

#[tokio::test]
async fn only_the_city_hands_back_and_only_what_lies_with_it() {
    let world = World::on("2024-11-16").await;
    let seven = world.recommended_request(7).await;
    let back = format!("{seven}/tra-lai");
    world.client(people::OFFICER).await.get(&back).await.is(403);
    world.city().await.get(&back).await.not_found();
    world.received_package().await;
    world.client(people::OFFICER).await.get(&back).await.is(403);
    world.client(people::CITY_CHAIR).await.get(&back).await.is(403);
    // Pressed twice, it goes back once.
    let mut one = world.city().await;
    one.get(&back).await.ok();
    let tab = one.tab(&back);
    let named = fill().tick("muc", "phan:bien-ban").with("ly-do.phan:bien-ban", PART);
    one.submit(&back, named.clone()).await.leads_to(&seven);
    one.submit_tab(&tab, named).await.leads_to(&seven);
    assert_eq!(world.ask::<i64>("select count(*) from dossier_return where handed_back").await, 1);
    world.client(people::CITY_CHAIR).await.get(&back).await.is(403);
}
