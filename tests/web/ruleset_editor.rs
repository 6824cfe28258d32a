//! A steward writes a ruleset: copied, changed place by place, compared, published, chosen for a year.

use binhyen::ruleset::{load, shipped};

use crate::support::{Client, Fill, World, fill, people};

const PLAN: &str = "/bo-quy-dinh/kh390-2024/1";

/// The form of a copy, filled.
fn named(code: &str) -> Fill {
    fill().with("ma", code).with("ten", "Bộ của phường năm 2025").with("tu-ngay", "1/1/2024")
}

/// A draft of the plan; its address.
async fn copied(steward: &mut Client, code: &str) -> String {
    let form = format!("{PLAN}/soan");
    steward.get(&form).await.ok();
    steward.submit(&form, named(code)).await.is(303).location()
}

/// Publishes a draft as it stands; the address of what was published.
async fn published(steward: &mut Client, draft: &str) -> String {
    let form = format!("{draft}/cong-bo");
    steward.get(&form).await.ok().says("Đã kiểm tra, không có chỗ sai");
    steward.submit(&form, fill()).await.is(303).location()
}

/// Chooses the kinds of conditions of a criterion; the page with their fields is on the screen.
async fn choose(steward: &mut Client, criterion: &str, kinds: &[&str]) -> String {
    let conditions = format!("{criterion}/dieu-kien");
    steward.get(&conditions).await.ok();
    let pick = |form: Fill, (at, kind): (usize, &&str)| form.with(&format!("dk-{}", at + 1), kind);
    let blank = (1..=3).fold(fill(), |form, slot| form.with(&format!("dk-{slot}"), ""));
    let chosen = kinds.iter().enumerate().fold(blank, pick);
    steward.submit(&format!("form[action=\"{conditions}\"]"), chosen).await.ok();
    conditions
}

/// The same form, posted to the page without its query.
fn to(conditions: &str) -> String {
    format!("form[method=\"post\"][action=\"{conditions}\"]")
}

#[tokio::test]
async fn a_ruleset_is_copied_changed_compared_published_and_chosen_for_a_year() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get("/bo-quy-dinh").await.ok().says("Soạn bộ mới từ bộ này").costs(2);
    let draft = copied(&mut steward, "pl-2025").await;
    let page = steward.get(&draft).await;
    page.ok().says("So với bộ gốc: sửa 1 chỗ").says("Khoản 3 điểm đ").costs(2);
    steward.get("/bo-quy-dinh").await.ok().says("Đang soạn").says("pl-2025").costs(2);
    // A criterion of the province, with its own conditions.
    let add = format!("{draft}/tieu-chi/group");
    steward.get(&format!("{add}?tinh=1")).await.ok().costs(2);
    let words = fill().with("ma", "6").with("dieu-khoan", "Khoản 6").with("ten", "Mọi ngõ có camera");
    let words = words.with("noi-dung", "Mỗi ngõ của tổ có ít nhất một camera.");
    let page = steward.submit(&add, words.clone()).await;
    page.refuses("thong-tu", "Điền số, ngày văn bản của tỉnh");
    assert_eq!(page.value("ten"), "Mọi ngõ có camera");
    let cited = words.with("thong-tu", "Điều 8 khoản 1 Thông tư 124/2021/TT-BCA; Công văn 12/UBND-NC của tỉnh");
    steward.submit(&add, cited).await.leads_to(&format!("{add}/6/dieu-kien"));
    let conditions = choose(&mut steward, &format!("{add}/6"), &["count", "judgement"]).await;
    let fields = fill().with("so-lieu-1", "effective_initiatives").with("it-nhat-1", "2");
    steward.submit(&to(&conditions), fields).await.leads_to(&format!("{add}/6"));
    steward.follow().await.ok().says("Số mô hình có hiệu quả: từ 2 trở lên.").says("Người thẩm định kết luận");
    // What changes, and for whom.
    let page = steward.get(&format!("{draft}/so-sanh")).await;
    page.ok().says("Thêm 1 tiêu chí.").says("Khoản 6. Mọi ngõ có camera").costs(2);
    steward.get(&format!("{draft}/xem")).await.ok().says("Đây là bản đang soạn").says("Mọi ngõ có camera").costs(2);
    let form = format!("{draft}/cong-bo");
    steward.get(&form).await.ok().says("phường Phước Long").says("Mã pl-2025 sẽ thành phiên bản 1").costs(3);
    let pressed_again = steward.tab(&form);
    let address = steward.submit(&form, fill()).await.is(303).location();
    assert_eq!(address, "/bo-quy-dinh/pl-2025/1");
    steward.submit_tab(&pressed_again, fill()).await.leads_to(&address);
    assert_eq!(world.ask::<i64>("select count(*) from ruleset where code = 'pl-2025'").await, 1);
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'ruleset_published'").await, 1);
    let ward: uuid::Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PL'").await;
    let page = steward.get(&format!("/don-vi/{ward}")).await;
    page.ok().says("Công bố bộ quy định: Bộ của phường năm 2025, mã pl-2025, phiên bản 1");
    // The draft is done: its page leads on, its forms refuse.
    steward.get(&draft).await.leads_to(&address);
    steward.get(&format!("{draft}/dau")).await.is(403).says("Bộ này đã công bố");
    // Everybody of the ward reads it; the office opens a year by it.
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&address).await.ok().says("Công văn 12/UBND-NC");
    officer.get("/nam?nam=2025&bo=pl-2025").await.ok().says("Bộ của phường năm 2025");
    officer.submit("/nam", fill()).await.leads_to("/nam/2025");
    officer.get("/quy-dinh").await.leads_to(&address);
    let request: uuid::Uuid = world
        .ask("select d.id from dossier d join cycle c on c.id = d.cycle_id join unit u on u.id = d.group_id where c.year = 2025 and u.code = '07' and d.kind = 'request'")
        .await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&format!("/ho-so/{request}/tu-danh-gia/6")).await.ok().says("Mỗi ngõ của tổ có ít nhất một camera");
}

#[tokio::test]
async fn other_places_do_not_see_it() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    let draft = copied(&mut steward, "pl-2025").await;
    let address = published(&mut steward, &draft).await;
    let open = copied(&mut steward, "pl-2026").await;
    let mut stranger = world.client(people::OTHER_OFFICER).await;
    stranger.get(&address).await.not_found();
    stranger.get("/bo-quy-dinh").await.ok().is_silent_about("pl-2025");
    stranger.get("/nam?nam=2025&bo=pl-2025").await.refuses("bo", "Chọn một bộ quy định");
    stranger.get(&open).await.is(403);
    let mut city = world.client(people::CITY_STEWARD).await;
    city.get(&address).await.ok();
    city.get("/bo-quy-dinh").await.ok().says("phường Phước Long").is_silent_about("pl-2026");
    city.get(&open).await.not_found();
    // The ward's code is the ward's.
    let form = format!("{PLAN}/soan");
    city.get(&form).await.ok();
    city.submit(&form, named("pl-2025")).await.refuses("ma", "Mã này nơi khác đã dùng");
    // Another city's rules, and its code, are out of sight altogether: only the constraint knows.
    let mut owner = world.owner().await;
    for statement in [
        "insert into unit (id, kind, city_id, code, name, short_name, valid_from)
         select x.id, 'city', x.id, 'CR', 'thành phố Cam Ranh', 'Cam Ranh', '2020-01-01' from (select gen_random_uuid() as id) x",
        "insert into ruleset (id, code, version, title, body, sha256, published_at, city_id, published_by)
         select gen_random_uuid(), 'cr-2025', 1, 'Bộ của Cam Ranh', r.body, r.sha256, now(), u.id, 'x'
           from ruleset r, unit u where r.code = 'kh390-2024' and u.code = 'CR'",
    ] {
        sqlx::query(statement).execute(&mut owner).await.expect("another city");
    }
    steward.get("/bo-quy-dinh/cr-2025/1").await.not_found();
    steward.get("/bo-quy-dinh").await.ok().is_silent_about("Cam Ranh");
    let form = format!("{open}/cong-bo");
    steward.get(&form).await.ok();
    let page = steward.submit(&form, fill().with("ma", "cr-2025")).await;
    page.refuses("ma", "Mã này nơi khác đã dùng");
    assert_eq!(page.value("ma"), "cr-2025");
    // With a code of its own it goes through.
    steward.submit(&form, fill().with("ma", "pl-2027")).await.leads_to("/bo-quy-dinh/pl-2027/1");
}

#[tokio::test]
async fn a_code_is_new_or_ones_own() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    let form = format!("{PLAN}/soan");
    steward.get(&form).await.ok().costs(4);
    steward.submit(&form, named("tt124-2021")).await.refuses("ma", "đi cùng chương trình");
    steward.submit(&form, named("phường 1")).await.refuses("ma", "Mã dài 3 đến 40");
    steward.submit(&form, named("soan")).await.refuses("ma", "Mã này dành cho địa chỉ");
    let page = steward.submit(&form, fill().with("ten", "").with("ma", "pl-2025").with("den-ngay", "31/2/2025")).await;
    page.refuses("ten", "Ghi tên").refuses("den-ngay", "31/2/2025");
    let tab = steward.tab(&form);
    let draft = steward.submit_tab(&tab, named("pl-2025").with("den-ngay", "")).await.is(303).location();
    // Sent twice; and once more with other words.
    steward.submit_tab(&tab, named("pl-2025").with("den-ngay", "")).await.leads_to(&draft);
    steward.submit_tab(&tab, named("pl-2025").with("ten", "Khác").with("den-ngay", "")).await.refuses("ma", "soạn dở");
    let address = published(&mut steward, &draft).await;
    // From one's own the next version.
    let again = format!("{address}/soan");
    steward.get(&again).await.ok();
    assert_eq!(steward.shown().value("ma"), "pl-2025");
    let second = steward.submit(&again, fill()).await.is(303).location();
    steward.get(&second).await.ok().says("phiên bản 2");
    let form = format!("{second}/cong-bo");
    steward.get(&form).await.ok().says("phiên bản 2");
    // Somebody publishes the second version from another draft meanwhile.
    let mut owner = world.owner().await;
    sqlx::query(
        "insert into ruleset (id, code, version, title, body, sha256, published_at, city_id, ward_id, published_by)
         select gen_random_uuid(), code, 2, title, body, sha256, published_at, city_id, ward_id, published_by from ruleset where code = 'pl-2025'",
    )
    .execute(&mut owner)
    .await
    .expect("a second version");
    let page = steward.submit(&form, fill()).await;
    page.refuses("ma", "Phiên bản 2 vừa được công bố").says("Mã pl-2025 sẽ thành phiên bản 3");
    steward.submit(&form, fill()).await.leads_to("/bo-quy-dinh/pl-2025/3");
}

#[tokio::test]
async fn a_wrong_condition_is_said_at_its_field_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    let draft = copied(&mut steward, "pl-2025").await;
    let five = format!("{draft}/tieu-chi/group/5");
    let conditions = choose(&mut steward, &five, &["ratio", "roll_up.ward"]).await;
    steward.shown().costs(2);
    let ratio = fill()
        .with("tu-so-1", "households_pledged")
        .with("mau-so-1", "households_resident")
        .with("nguong-1", "120")
        .tick("cua-2", "1.1");
    let page = steward.submit(&to(&conditions), ratio.clone()).await;
    page.refuses("nguong-1", "Ngưỡng 120% vượt 100%");
    assert_eq!(page.value("nguong-1"), "120");
    assert!(page.has("[name=\"cua-2\"][value=\"1.1\"][checked]"));
    let forged = ratio.clone().forge("tu-so-1", "households_happy");
    steward.submit(&to(&conditions), forged).await.refuses("tu-so-1", "Chọn số liệu trong danh sách");
    // The ward's second criterion rests on the groups' second one.
    let two = format!("{draft}/tieu-chi/group/2");
    let conditions = choose(&mut steward, &two, &["judgement", "roll_up.ward"]).await;
    let circle = steward.submit(&to(&conditions), fill().tick("cua-2", "2")).await;
    circle.refuses("cua-2", "Tiêu chí dựa vào chính nó: “2”, “2” rồi về “2”");
    assert!(circle.has("[name=\"cua-2\"][value=\"2\"][checked]"));
    let empty = steward.submit(&to(&conditions), fill().untick("cua-2", "2")).await;
    empty.refuses("cua-2", "Danh sách này trống");
    let conditions = choose(&mut steward, &two, &["document_dated"]).await;
    let unknown = fill().forge("phan-1", "giay-khac").with("ky-1", "window");
    steward.submit(&to(&conditions), unknown).await.refuses("phan-1", "Thành phần “giay-khac” không có");
    steward.get(&format!("{two}/dieu-kien?dk-1=bay")).await.is(422).says("Chọn cách kết luận thứ nhất");
    // A code that is taken.
    steward.get(&two).await.ok().costs(2);
    let page = steward.submit(&two, fill().with("ma", "1.1").with("ten", "Tên khác")).await;
    page.refuses("ma", "Mã “1.1” đã dùng");
    assert_eq!(page.value("ten"), "Tên khác");
    steward.get(&draft).await.ok().says("So với bộ gốc: sửa 1 chỗ");
}

#[tokio::test]
async fn every_piece_has_a_form() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    let draft = copied(&mut steward, "pl-2025").await;
    for (page, wrong, at, said, right) in [
        ("dau", fill().with("den-ngay", "1/1/2020"), "den-ngay", "đứng trước", fill().with("den-ngay", "31/12/2026")),
        ("ky/ward", fill().with("tu", "31/11"), "tu", "31/11 không có trong lịch", fill().with("tu", "17/11")),
        ("thanh-phan/group/ke-hoach", fill().with("ten", ""), "ten", "Ghi tên", fill().untick("bat-buoc", "co")),
        (
            "han/group_request",
            fill().with("ngay", "29/2"),
            "ngay",
            "29/2",
            fill().with("ngay", "10/11").with("cach", "het"),
        ),
        ("loai-vu-viec/ly-khai", fill().with("ten", " "), "ten", "Ghi tên", fill().with("ten", "Ly khai, tự trị")),
    ] {
        let form = format!("{draft}/{page}");
        steward.get(&form).await.ok().costs(2);
        steward.submit(&form, wrong).await.refuses(at, said);
        steward.get(&form).await.ok();
        steward.submit(&form, right).await.is(303);
    }
    let page = steward.get(&draft).await;
    page.ok().says("17/11 năm trước đến hết 15/11").says("hết 10/11").says("Ly khai, tự trị").says("sửa 5 chỗ");
    let page = steward.get(&format!("{draft}/so-sanh")).await;
    page.ok().says("Bắt buộc: có").says("Bắt buộc: không").says("Hạn: trước 16/11").says("Hạn: hết 10/11");
    // What criteria use stays; what is used by none goes.
    let used = format!("{draft}/loai-vu-viec/ly-khai");
    steward.get(&used).await.ok();
    let page = steward.submit(&format!("{used}/bo"), fill()).await;
    page.is(422).says("Còn tiêu chí dùng mục này: Khoản 3 điểm đ (tổ dân phố)");
    let add = format!("{draft}/loai-vu-viec");
    steward.get(&add).await.ok();
    steward
        .submit(&add, fill().with("ma", "ma túy").with("ten", "Ma túy"))
        .await
        .refuses("ma", "không đưa vào địa chỉ");
    steward.submit(&add, fill().with("ma", "ma-tuy").with("ten", "Ma túy")).await.is(303);
    steward.get(&format!("{add}/ma-tuy")).await.ok();
    let remove = steward.tab(&format!("{add}/ma-tuy/bo"));
    steward.submit_tab(&remove, fill()).await.is(303);
    steward.submit_tab(&remove, fill()).await.is(303);
    steward.get(&draft).await.ok().is_silent_about("Ma túy");
}

#[tokio::test]
async fn criteria_move_go_and_keep_what_they_were() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    let draft = copied(&mut steward, "pl-2025").await;
    let five = format!("{draft}/tieu-chi/group/5");
    steward.get(&draft).await.ok();
    let up = steward.tab(&format!("[id=\"group\"] form[action=\"{five}/doi-cho\"]"));
    steward.submit_tab(&up, fill()).await.leads_to(&format!("{draft}#group"));
    // A double press moves it once.
    steward.submit_tab(&up, fill()).await.is(303);
    let order = "select string_agg(c->>'code', ' ') from ruleset_draft d, jsonb_array_elements(d.body->'subjects'->0->'criteria') c";
    assert_eq!(world.ask::<String>(order).await, "1.1 1.2 1.3 2 3.a 3.b 3.c 3.d 3.dd 3.e 3.g 5 4");
    steward.get(&five).await.ok();
    steward.submit(&five, fill().with("ma", "6").with("tiep-noi", "99")).await.refuses("tiep-noi", "Bộ gốc không có");
    steward.submit(&five, fill().with("ma", "6").with("tiep-noi", "4, 5")).await.is(303);
    let was = "select d.body->'subjects'->0->'criteria'->11->'was' from ruleset_draft d";
    assert_eq!(world.ask::<serde_json::Value>(was).await, serde_json::json!(["4", "5"]));
    let rolled = format!("{draft}/tieu-chi/group/3.a");
    steward.get(&rolled).await.ok();
    let page = steward.submit(&format!("{rolled}/bo"), fill()).await;
    page.is(422).says("Còn tiêu chí dùng mục này: Khoản 2 (phường)");
    let six = format!("{draft}/tieu-chi/group/6");
    steward.get(&six).await.ok();
    steward.submit(&format!("{six}/bo"), fill()).await.is(303);
    steward.get(&draft).await.ok().says("bỏ 1");
}

#[tokio::test]
async fn two_stewards_on_one_place_lose_nothing() {
    let world = World::new().await;
    let mut first = world.client(people::STEWARD).await;
    let draft = copied(&mut first, "pl-2025").await;
    let mut second = world.client(people::STEWARD).await;
    let (head, due) = (format!("{draft}/dau"), format!("{draft}/han/group_request"));
    first.get(&head).await.ok();
    second.get(&due).await.ok();
    let other_place = second.tab(&due);
    second.get(&head).await.ok();
    first.submit(&head, fill().with("ghi-chu", "Lời của người thứ nhất.")).await.is(303);
    // Another place of the same draft is nobody's way.
    second.submit_tab(&other_place, fill().with("ngay", "10/11")).await;
    second.shown().is(303);
    second.get(&head).await.ok();
    first.get(&head).await.ok();
    first.submit(&head, fill().with("ten", "Tên của người thứ nhất")).await.is(303);
    let page = second.submit(&head, fill().with("ten", "Tên của người thứ hai")).await;
    page.is(409)
        .says("Có người vừa sửa mục này")
        .says("Tên: Tên của người thứ nhất")
        .says("Tên: Tên của người thứ hai");
    assert_eq!(page.value("ten"), "Tên của người thứ hai");
    // Sending again is a choice.
    second.submit(&head, fill()).await.is(303);
    second.get(&draft).await.ok().says("Tên của người thứ hai");
    // A draft that changed while somebody looked at the page of its publication.
    let form = format!("{draft}/cong-bo");
    first.get(&form).await.ok();
    let old = first.tab(&form);
    second.get(&head).await.ok();
    second.submit(&head, fill().with("ten", "Tên cuối")).await.is(303);
    first.submit_tab(&old, fill()).await.is(409);
    assert_eq!(world.ask::<i64>("select count(*) from ruleset where code = 'pl-2025'").await, 0);
}

#[tokio::test]
async fn a_draft_goes_out_as_a_file_and_comes_back() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    let draft = copied(&mut steward, "pl-2025").await;
    let file = steward.get(&format!("{draft}/tep.toml")).await;
    file.ok().costs(2);
    let text = String::from_utf8(file.body.to_vec()).expect("text");
    let read = load::parse("pl-2025.toml", &text).expect("a ruleset");
    let plan = shipped().expect("shipped").into_iter().find(|it| it.code == "kh390-2024").expect("the plan");
    assert_eq!((read.code.as_str(), &read.subjects), ("pl-2025", &plan.subjects));
    let form = format!("{draft}/tep");
    steward.get(&form).await.ok().costs(2);
    steward.submit(&form, fill()).await.refuses("tep", "Chọn tệp TOML");
    let wrong =
        text.replacen("at_least_percent = 100", "at_least_percent = 120", 1).replacen("\"ly-khai\"]", "\"x\"]", 1);
    let page = steward.submit(&form, fill().file("tep", "sua.toml", wrong.into_bytes())).await;
    page.refuses("tep", "Tệp có 2 chỗ cần sửa").says("sua.toml").says("group 1.3").says("Ngưỡng 120% vượt 100%");
    page.says("group 3.dd");
    steward.submit(&form, fill().file("tep", "anh.toml", vec![0xff, 0xd8, 0xff])).await.refuses("tep", "UTF-8");
    steward.get(&draft).await.ok().says("So với bộ gốc: sửa 1 chỗ");
    let better = text.replacen("Không có hoạt động ly khai", "Không ly khai", 1).replacen(
        "code = \"pl-2025\"",
        "code = \"khac\"",
        1,
    );
    steward.get(&form).await.ok();
    steward.submit(&form, fill().file("tep", "sua.toml", better.into_bytes())).await.leads_to(&draft);
    steward.get(&draft).await.ok().says("Không ly khai").says("mã pl-2025").says("sửa 2 chỗ");
}

#[tokio::test]
async fn what_is_wrong_stands_in_the_way_of_publishing_and_says_where() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    let draft = copied(&mut steward, "pl-2025").await;
    // No page leaves a draft like this; a newer check might.
    let mut owner = world.owner().await;
    sqlx::query("update ruleset_draft set body = jsonb_set(body, '{deadlines,0,day}', '32')")
        .execute(&mut owner)
        .await
        .expect("a mistake");
    let deadline = format!("{draft}/han/group_registration");
    let page = steward.get(&draft).await;
    page.ok().says("Còn chỗ cần sửa trước khi công bố").says("không có trong lịch");
    assert!(page.links(&deadline).len() == 1);
    let page = steward.get(&format!("{draft}/cong-bo")).await;
    page.ok().says("Chưa công bố được").says("không có trong lịch");
    assert!(!page.has("form[method=\"post\"][action$=\"/cong-bo\"]"));
    // It does not stand in the way of another place, and can be mended.
    steward.get(&format!("{draft}/dau")).await.ok();
    steward.submit(&format!("{draft}/dau"), fill().with("ten", "Tên khác")).await.is(303);
    steward.get(&deadline).await.ok();
    steward.submit(&deadline, fill().with("ngay", "31/3")).await.is(303);
    published(&mut steward, &draft).await;
}

#[tokio::test]
async fn any_two_published_rulesets_are_compared_by_whoever_reads_them() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let compare = "/bo-quy-dinh/tt124-2021/1/so-sanh";
    leader.get(compare).await.ok().says("Bộ cũ để so sánh");
    leader.submit(&format!("form[action=\"{compare}\"]"), fill().with("voi", "kh390-2024.1")).await.ok();
    let page = leader.get(&format!("{compare}?voi=kh390-2024.1")).await;
    page.ok().says("Bộ cũ không xét, bộ mới xét.").says("16/11 năm trước đến hết 15/11").costs(2);
    leader.get(&format!("{compare}?voi=nhay.x")).await.ok().says("Bộ cũ để so sánh");
    leader.get("/bo-quy-dinh/kh390-2024/9/so-sanh").await.not_found();
}

#[tokio::test]
async fn a_draft_is_thrown_away_and_other_seats_write_none() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    let draft = copied(&mut steward, "pl-2025").await;
    for phone in [people::LEADER_7, people::OFFICER, people::CHAIR, people::CITY_CHAIR] {
        let mut other = world.client(phone).await;
        other.get(&draft).await.is(403);
        other.get(&format!("{PLAN}/soan")).await.is(403);
        other.get("/bo-quy-dinh").await.ok().is_silent_about("Soạn bộ mới").is_silent_about("pl-2025");
    }
    let form = format!("{draft}/bo");
    steward.get(&form).await.ok().costs(2);
    let tab = steward.tab(&form);
    steward.submit_tab(&tab, fill()).await.leads_to("/bo-quy-dinh");
    steward.submit_tab(&tab, fill()).await.leads_to("/bo-quy-dinh");
    steward.get(&draft).await.not_found();
    // Its code is free again.
    copied(&mut steward, "pl-2025").await;
}
