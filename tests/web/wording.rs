//! Stewards change the texts from which papers are drafted: looked at, published, gone back from, never broken.

use binhyen::paper::model::{Kind, Wording};
use binhyen::wording::store;

use crate::support::{World, fill, people};

const LIST: &str = "/mau-van-ban";
const REPORT: &str = "/mau-van-ban/to-bao-cao";

/// The wording from which somebody's reports are drafted.
async fn current(world: &World, phone: &str) -> Wording {
    let client = world.client(phone).await;
    let (mut db, _) = world.enter(&client).await;
    store::current(&mut db, Kind::GroupReport).await.unwrap()
}

/// A new body for the report.
fn report(body: &str) -> crate::support::Fill {
    fill().with("noi-dung", body).with("sua-gi", "Viết gọn lại")
}

#[tokio::test]
async fn a_wording_is_looked_at_published_and_taken_back() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get("/").await.ok().says("Mẫu văn bản");
    let page = steward.get(LIST).await;
    page.ok().says("Tờ trình của phường").says("Quyết định công nhận của thành phố").costs(2);
    assert_eq!(page.links("/mau-van-ban/").len(), 17);
    let page = steward.get(REPORT).await;
    page.ok().says("Bản đi cùng chương trình").says("312/312 hộ").says("ho.ky").says("[bảng tiêu chí]").costs(3);
    // A look writes nothing.
    let look = report("# I. {{ don_vi }}\n{{ ho.ky }} hộ ký.\n[bảng vụ việc]").with("lam", "xem");
    let page = steward.submit(REPORT, look).await;
    page.ok().says("309 hộ ký.").says("I. Tổ dân phố 7").says("Bảng vụ việc");
    assert_eq!(world.ask::<i64>("select count(*) from wording_version").await, 0);
    let form = steward.tab(REPORT);
    steward.submit(REPORT, report("{{ don_vi }}: {{ ho.ky }} hộ ký.")).await.leads_to(&format!("{REPORT}/1"));
    steward.follow().await.ok().says("Đang dùng").says("Viết gọn lại").says("Tổ dân phố 7: 309 hộ ký.");
    // Sent twice: the first one did it.
    steward.submit_tab(&form, report("{{ don_vi }}: {{ ho.ky }} hộ ký.")).await.leads_to(&format!("{REPORT}/1"));
    assert_eq!(world.ask::<i64>("select count(*) from wording_version").await, 1);
    let ward: uuid::Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PL'").await;
    let page = steward.get(&format!("/don-vi/{ward}")).await;
    page.ok().says("Công bố mẫu văn bản: Báo cáo kết quả của tổ dân phố, bản 1");
    steward.get(LIST).await.ok().says("Viết gọn lại");
    // Everybody of the ward drafts from it, the other papers and the other ward do not.
    let wording = current(&world, people::LEADER_7).await;
    assert_eq!((wording.version, wording.text.body.as_str()), (1, "{{ don_vi }}: {{ ho.ky }} hộ ký."));
    assert_eq!(current(&world, people::OFFICER).await, wording);
    assert_eq!(current(&world, people::OTHER_LEADER).await.version, 0);
    // One press leads back, as a version of its own.
    let built_in = format!("{REPORT}/goc");
    steward.get(&built_in).await.ok().says("Khác bản đang dùng ở đâu").says("Dùng lại bản này");
    steward.submit(&format!("{built_in}/dung-lai"), fill()).await.leads_to(&format!("{REPORT}/2"));
    steward.follow().await.ok().says("Dùng lại bản đi cùng chương trình");
    assert_eq!(current(&world, people::LEADER_7).await.text, Wording::built_in(Kind::GroupReport).text);
    let again = format!("{REPORT}/1");
    steward.get(&again).await.ok().says("{{ don_vi }}: {{ ho.ky }} hộ ký.");
    steward.submit(&format!("{again}/dung-lai"), fill()).await.leads_to(&format!("{REPORT}/3"));
    assert_eq!(current(&world, people::LEADER_7).await.text, wording.text);
}

#[tokio::test]
async fn a_broken_wording_is_told_line_by_line_and_never_taken() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get(REPORT).await.ok();
    let typed = "Dòng một\n{{ ho.kyy }}\nDòng ba";
    let page = steward.submit(REPORT, report(typed).with("noi-nhan", "Như trên;\n{% if nam %}")).await;
    page.is(422).refuses("noi-dung", "Nội dung, dòng 2: không có tên").refuses("noi-nhan", "Nơi nhận, dòng 2");
    assert_eq!(page.value("noi-dung"), typed);
    assert_eq!(page.value("sua-gi"), "Viết gọn lại");
    // What only a poor year would show, a table nobody knows, a loop without end; and a look says the same.
    let poor = report("{% if not ho.tong %}{{ nhan_khau }}{% endif %}");
    steward.submit(REPORT, poor.clone()).await.refuses("noi-dung", "dòng 1: không có tên “nhan_khau”");
    steward.submit(REPORT, poor.with("lam", "xem")).await.refuses("noi-dung", "nhan_khau");
    steward.submit(REPORT, report("x\n[bảng lạ]")).await.refuses("noi-dung", "dòng 2: không có bảng “lạ”");
    let endless = "{% for i in range(9999) %}{% for j in range(9999) %}x{% endfor %}{% endfor %}";
    steward.submit(REPORT, report(endless)).await.refuses("noi-dung", "lặp quá nhiều lần");
    let page = steward.submit(REPORT, report("{{ nam }}").with("sua-gi", "")).await;
    page.refuses("sua-gi", "Ghi ngắn đã sửa gì");
    steward.submit(REPORT, report("")).await.refuses("noi-dung", "Ghi nội dung");
    assert_eq!(world.ask::<i64>("select count(*) from wording_version").await, 0);
    assert_eq!(current(&world, people::LEADER_7).await, Wording::built_in(Kind::GroupReport));
    // The same as what is in force is no new version.
    steward.get(REPORT).await.ok();
    steward.submit(REPORT, fill().with("sua-gi", "Không sửa gì")).await.is(422).says("giống hệt bản đang dùng");
}

#[tokio::test]
async fn a_wording_that_works_no_longer_leaves_its_place_to_the_program() {
    let world = World::new().await;
    let mut owner = world.owner().await;
    let statement = "insert into wording_version (id, city_id, ward_id, kind, version, subject, body, recipients, note, published_at, published_by)
         select gen_random_uuid(), city_id, id, 'to-bao-cao', 4, '', '{{ ten_cu }}', '', 'Bản cũ', now(), 'Nguyễn Thị An'
           from unit where kind = 'ward' and code = 'PL'";
    sqlx::query(statement).execute(&mut owner).await.unwrap();
    assert_eq!(current(&world, people::LEADER_7).await, Wording::built_in(Kind::GroupReport));
    let mut steward = world.client(people::STEWARD).await;
    steward.get(LIST).await.ok().says("Có mẫu không còn dùng được").says("Bản mới nhất không dùng được");
    let page = steward.get(REPORT).await;
    page.ok().says("Bản mới nhất không còn dùng được").says("dòng 1: không có tên “ten_cu”");
    // Other kinds are as they were, and publishing mends it.
    steward.get("/mau-van-ban/to-to-trinh").await.ok().is_silent_about("không còn dùng được");
    steward.get(REPORT).await.ok();
    steward.submit(REPORT, report("{{ don_vi }}")).await.leads_to(&format!("{REPORT}/5"));
    steward.get(LIST).await.ok().is_silent_about("không còn dùng được");
    steward
        .get(&format!("{REPORT}/4"))
        .await
        .ok()
        .says("Bản này không còn dùng được")
        .is_silent_about("Dùng lại bản này");
    let forced = steward.seat_key(REPORT).await;
    let sent = [("_vai", forced.as_str()), ("_phien_ban", "5")];
    steward.post_pairs(&format!("{REPORT}/4/dung-lai"), &sent).await.is(422).says("ten_cu");
}

#[tokio::test]
async fn two_stewards_at_once_lose_nothing() {
    let world = World::new().await;
    let mut first = world.client(people::STEWARD).await;
    first.get(REPORT).await.ok();
    let mut second = world.client(people::STEWARD).await;
    second.get(REPORT).await.ok();
    second.submit(REPORT, report("Bản của người khác {{ nam }}")).await.is(303);
    let page = first.submit(REPORT, report("Bản của tôi {{ nam }}")).await;
    page.is(409).says("Có người vừa công bố bản khác").says("Bản của người khác");
    assert_eq!(page.value("noi-dung"), "Bản của tôi {{ nam }}");
    first.submit(REPORT, fill()).await.leads_to(&format!("{REPORT}/2"));
    assert_eq!(current(&world, people::LEADER_7).await.text.body, "Bản của tôi {{ nam }}");
}

#[tokio::test]
async fn a_ward_without_its_own_takes_the_citys() {
    let world = World::new().await;
    let mut city = world.client(people::CITY_STEWARD).await;
    city.get(REPORT).await.ok();
    city.submit(REPORT, report("Mẫu thành phố {{ nam }}")).await.leads_to(&format!("{REPORT}/1"));
    assert_eq!(current(&world, people::LEADER_7).await.text.body, "Mẫu thành phố {{ nam }}");
    let mut steward = world.client(people::STEWARD).await;
    steward.get(LIST).await.ok().says("Bản 1 của thành phố");
    steward.get(REPORT).await.ok();
    steward.submit(REPORT, report("Mẫu phường {{ nam }}")).await.leads_to(&format!("{REPORT}/1"));
    assert_eq!(current(&world, people::LEADER_7).await.text.body, "Mẫu phường {{ nam }}");
    assert_eq!(current(&world, people::OTHER_LEADER).await.text.body, "Mẫu thành phố {{ nam }}");
    // The city sees its own alone, and a ward's way back leads to the city's too.
    city.get(REPORT).await.ok().says("Mẫu thành phố").is_silent_about("Mẫu phường");
    steward.get(&format!("{REPORT}/tp-1")).await.ok().says("Mẫu thành phố");
    steward.submit(&format!("{REPORT}/tp-1/dung-lai"), fill()).await.leads_to(&format!("{REPORT}/2"));
    assert_eq!(current(&world, people::LEADER_7).await.text.body, "Mẫu thành phố {{ nam }}");
}

#[tokio::test]
async fn nobody_else_and_nothing_else() {
    let world = World::new().await;
    for phone in [people::LEADER_7, people::AREA, people::OFFICER, people::MEMBER, people::CHAIR, people::CITY] {
        let mut client = world.client(phone).await;
        let key = client.seat_key("/").await;
        for path in [LIST, REPORT, "/mau-van-ban/to-bao-cao/goc"] {
            client.get(path).await.is(403);
        }
        let sent = [("_vai", key.as_str()), ("_phien_ban", "goc"), ("noi-dung", "x"), ("sua-gi", "x")];
        client.post_pairs(REPORT, &sent).await.is(403);
        client.post_pairs("/mau-van-ban/to-bao-cao/goc/dung-lai", &sent).await.is(403);
    }
    let mut steward = world.client(people::STEWARD).await;
    // Papers of the city are the city's: a ward's steward reads their wordings.
    steward.get("/mau-van-ban/tp-bao-cao").await.ok().says("Ở đây chỉ xem").is_silent_about("Xem thử, chưa công bố");
    let key = steward.seat_key(LIST).await;
    let sent = [("_vai", key.as_str()), ("_phien_ban", "goc"), ("noi-dung", "x"), ("sua-gi", "x")];
    steward.post_pairs("/mau-van-ban/tp-bao-cao", &sent).await.is(403);
    for nowhere in ["/mau-van-ban/khong-co", "/mau-van-ban/to-bao-cao/9", "/mau-van-ban/to-bao-cao/x"] {
        steward.get(nowhere).await.not_found();
    }
    // What was published never changes, whoever asks.
    steward.get(REPORT).await.ok();
    steward.submit(REPORT, report("{{ nam }}")).await.is(303);
    let mut owner = world.owner().await;
    for statement in ["update wording_version set body = 'x'", "delete from wording_version"] {
        let refused = sqlx::query(statement).execute(&mut owner).await.unwrap_err();
        assert!(refused.to_string().contains("immutable"), "{refused}");
    }
}
