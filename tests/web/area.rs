//! Units: where they come from, what they were called, when they end, and who keeps them.

use crate::support::{Client, Fill, World, fill, people};

const ADD: &str = "/don-vi/them";

/// The address of a group of a ward.
async fn group(world: &World, ward: &str, code: &str) -> String {
    let mut owner = world.owner().await;
    let question = "select u.id from unit u join unit w on w.id = u.ward_id where w.code = $1 and u.kind = 'group' and u.code = $2";
    let id: uuid::Uuid =
        sqlx::query_scalar(question).bind(ward).bind(code).fetch_one(&mut owner).await.expect("a group");
    format!("/don-vi/{id}")
}

fn new_group(number: &str, from: &str) -> Fill {
    let named = fill()
        .with("loai", "group")
        .with("ten", &format!("Tổ dân phố {number}"))
        .with("ten-goi", &format!("Tổ {number}"));
    named.with("ma", number).with("tu-ngay", from)
}

/// Adds a unit and gives its address; its page is on the screen.
async fn add(steward: &mut Client, new: Fill) -> String {
    steward.get(ADD).await.ok();
    let address = steward.submit(ADD, new).await.is(303).location();
    steward.get(&address).await.ok();
    address
}

#[tokio::test]
async fn a_group_splits_off_and_gets_the_dossiers_of_the_year() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    add(&mut steward, new_group("25", "1/4/2024").with("truoc", "7").with("cach", "split")).await;
    steward.shown().says("Từ 1/4/2024, tách ra từ Tổ dân phố 7").says("Thêm đơn vị: Tổ dân phố 25, có từ 1/4/2024");
    let seven = group(&world, "PL", "07").await;
    steward.get(&seven).await.ok().says("tách thành Tổ dân phố 25").says("nay");
    let own = "select count(*) from dossier d join unit u on u.id = d.group_id where u.code = '25'";
    assert_eq!(world.ask::<i64>(own).await, 2);
}

#[tokio::test]
async fn two_groups_merge_and_end_the_day_before() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    add(&mut steward, new_group("26", "1/4/2024").with("truoc", "08, 9").with("cach", "merge")).await;
    steward.shown().says("nhập từ Tổ dân phố 8").says("nhập từ Tổ dân phố 9");
    let eight = group(&world, "PL", "08").await;
    steward.get(&eight).await.ok().says("nhập vào Tổ dân phố 26").says("Kết thúc đơn vị: ngày cuối 31/3/2024");
    assert_eq!(world.ask::<i64>("select count(*) from unit where valid_to = '2024-03-31'").await, 2);
}

#[tokio::test]
async fn a_unit_that_does_not_fit_is_said_at_its_fields() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get(ADD).await.ok();
    let page = steward.submit(ADD, fill()).await;
    page.refuses("loai", "Chọn loại đơn vị").refuses("ten", "Ghi tên đầy đủ").refuses("tu-ngay", "Ghi ngày bắt đầu");
    let page = steward.submit(ADD, new_group("07", "1/4/2024")).await;
    page.refuses("ma", "Mã 07 đang thuộc một đơn vị cùng loại");
    assert_eq!(page.value("ten"), "Tổ dân phố 07");
    let from_nowhere = new_group("27", "1/4/2024").with("truoc", "99").with("cach", "split");
    steward.submit(ADD, from_nowhere).await.refuses("truoc", "Không có đơn vị cùng loại mang mã 99");
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'unit_added'").await, 0);
}

#[tokio::test]
async fn an_old_paper_keeps_the_old_name() {
    let world = World::new().await;
    let seven = group(&world, "PL", "07").await;
    let form = format!("{seven}/doi-ten");
    let mut steward = world.client(people::STEWARD).await;
    steward.get(&form).await.ok();
    let stale = steward.tab(&form);
    let to = |day: &str| fill().with("ten", "Tổ dân phố Phước Bình").with("ten-goi", "Phước Bình").with("tu-ngay", day);
    steward.submit(&form, to("1/7/2024")).await.refuses("tu-ngay", "Ngày 1/7/2024 chưa tới");
    let renamed = to("20/3/2024").with("can-cu", "Nghị quyết 12/NQ-HĐND");
    steward.submit(&form, renamed).await.leads_to(&seven);
    let page = steward.follow().await;
    page.ok()
        .says("Đổi tên đơn vị: Tổ dân phố 7 thành Tổ dân phố Phước Bình, từ 20/3/2024")
        .says("Nghị quyết 12/NQ-HĐND");
    let asked = format!("form[action=\"{seven}\"]");
    let page = steward.submit(&asked, fill().with("ngay", "5/3/2024")).await;
    page.ok().says("Giấy tờ ngày 5/3/2024 mang tên Tổ dân phố 7");
    let page = steward.submit(&asked, fill().with("ngay", "20/3/2024")).await;
    page.ok().says("Giấy tờ ngày 20/3/2024 mang tên Tổ dân phố Phước Bình");
    steward.submit(&asked, fill().with("ngay", "5/13/2024x")).await.refuses("ngay", "Chưa đọc được ngày");
    // A form drawn before the change.
    steward
        .submit_tab(&stale, fill().with("ten", "Tổ B").with("tu-ngay", "21/3/2024"))
        .await
        .is(409)
        .says("Có người vừa làm trước");
}

#[tokio::test]
async fn a_unit_ends_and_stays_in_the_list() {
    let world = World::new().await;
    let nine = group(&world, "PL", "09").await;
    let form = format!("{nine}/ket-thuc");
    let mut steward = world.client(people::STEWARD).await;
    steward.get(&form).await.ok();
    steward.submit(&form, fill()).await.refuses("den-ngay", "Ghi ngày cuối cùng");
    steward.submit(&form, fill().with("den-ngay", "1/1/1990")).await.refuses("den-ngay", "Đơn vị có từ");
    steward.submit(&form, fill().with("den-ngay", "20/3/2024")).await.leads_to(&nine);
    steward.follow().await.ok().says("Đã kết thúc").says("Kết thúc đơn vị: ngày cuối 20/3/2024");
    steward.get("/don-vi").await.ok().says("Tổ dân phố 9").says("23 đang hoạt động");
}

#[tokio::test]
async fn a_ward_keeps_its_own_units_only() {
    let world = World::new().await;
    let (own, elsewhere) = (group(&world, "PL", "07").await, group(&world, "PH", "01").await);
    let mut steward = world.client(people::STEWARD).await;
    for verb in ["doi-ten", "ket-thuc"] {
        steward.get(&format!("{own}/{verb}")).await.ok();
        let seat = steward.shown().value("_vai");
        let address = format!("{elsewhere}/{verb}");
        steward.get(&address).await.not_found();
        let sent = [
            ("_vai", seat.as_str()),
            ("_phien_ban", "1"),
            ("ten", "Tổ B"),
            ("ten-goi", "B"),
            ("tu-ngay", "20/3/2024"),
            ("den-ngay", "20/3/2024"),
        ];
        steward.post_pairs(&address, &sent).await.not_found();
    }
    steward.get(&elsewhere).await.not_found();
    assert_eq!(world.ask::<i64>("select count(*) from event where verb like 'unit%'").await, 0);
}

#[tokio::test]
async fn stewards_alone_keep_units() {
    let world = World::new().await;
    let seven = group(&world, "PL", "07").await;
    for phone in [people::LEADER_7, people::OFFICER] {
        let mut other = world.client(phone).await;
        other.get(ADD).await.is(403).says("Việc này thuộc người khác").says("Quản trị");
        other.get(&format!("{seven}/doi-ten")).await.is(403);
        let page = other.get(&seven).await;
        page.ok().is_silent_about("Ghi ngày kết thúc");
        assert!(page.links(&format!("{seven}/")).is_empty());
    }
}

#[tokio::test]
async fn a_city_renames_a_ward_and_reads_that_it_did() {
    let world = World::new().await;
    let id: uuid::Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PH'").await;
    let ward = format!("/don-vi/{id}");
    let form = format!("{ward}/doi-ten");
    let mut steward = world.client(people::CITY_STEWARD).await;
    steward.get(&form).await.ok();
    let to = fill().with("ten", "phường Phước Hòa").with("ten-goi", "Phước Hòa").with("tu-ngay", "25/3/2024");
    steward.submit(&form, to).await.leads_to(&ward);
    steward.follow().await.ok().says("Đổi tên đơn vị: phường Phước Hải thành phường Phước Hòa, từ 25/3/2024");
    // The ward reads it too; its neighbour does not find it.
    world.client(people::OTHER_OFFICER).await.get(&ward).await.ok().says("Đổi tên đơn vị");
    world.client(people::STEWARD).await.get(&ward).await.not_found();
}

#[tokio::test]
async fn units_cost_few_statements() {
    let world = World::new().await;
    let seven = group(&world, "PL", "07").await;
    let mut steward = world.client(people::STEWARD).await;
    for (page, budget) in
        [("/don-vi".to_owned(), 2), (seven.clone(), 3), (format!("{seven}/doi-ten"), 2), (ADD.to_owned(), 1)]
    {
        steward.get(&page).await.ok();
        steward.get(&page).await.ok().costs(budget);
    }
    world.client(people::CITY_STEWARD).await.get("/don-vi").await.ok().costs(2).says("phường Phước Long");
}
