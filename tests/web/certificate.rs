//! Giấy công nhận: numbered once, issued together, checked by anybody.

use std::collections::BTreeSet;

use binhyen::access::Refused;
use binhyen::certificate::model::{Capacity, Typed};
use binhyen::certificate::{actions, paper};
use hayro::hayro_syntax::Pdf;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{Answer, Client, World, fill, people};

/// A world in which the city recognised these groups on 16 November.
async fn recognised(groups: &[u8]) -> (World, Vec<String>) {
    let world = World::on("2024-11-16").await;
    let mut dossiers = vec![];
    for group in groups {
        dossiers.push(world.recommended_request(*group).await);
    }
    world.received_package().await;
    let mut chair = world.client(people::CITY_CHAIR).await;
    for dossier in &dossiers {
        chair.decide(dossier, true, "6120/QĐ-UBND", "16/11/2024").await;
    }
    (world, dossiers)
}

async fn list(world: &World) -> String {
    let ward: Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PL'").await;
    format!("/giay-cong-nhan/{ward}/2024")
}

async fn issue(client: &mut Client, list: &str) {
    client.get(list).await.ok();
    client.submit(list, fill().with("so-dau", "7")).await.leads_to(&format!("{list}?xong=cap"));
}

/// Number, code and SHA-256 of what was issued.
async fn issued(world: &World) -> Vec<(i32, String, String)> {
    let mut owner = world.owner().await;
    sqlx::query_as("select number, code, sha256 from certificate order by number").fetch_all(&mut owner).await.unwrap()
}

#[track_caller]
fn pages(answer: &Answer, name: &str) -> usize {
    answer.is(200);
    assert_eq!(answer.headers["content-type"], "application/pdf");
    assert_eq!(answer.headers["content-disposition"], format!("attachment; filename=\"{name}\"").as_str());
    Pdf::new(answer.body.to_vec()).unwrap().pages().len()
}

#[tokio::test]
async fn one_press_issues_a_certificate_for_every_unit_and_one_file_prints_them_all() {
    let (world, dossiers) = recognised(&[7, 8]).await;
    let list = list(&world).await;
    let mut city = world.city().await;
    assert_eq!(city.get("/").await.ok().costs(2).links("/giay-cong-nhan/"), std::slice::from_ref(&list));
    assert_eq!(city.get(&world.package().await).await.ok().links("/giay-cong-nhan/"), std::slice::from_ref(&list));
    let page = city.get(&list).await.ok().costs(2).says("0/2 giấy").says("Tổ dân phố 7").says("6120/QĐ-UBND");
    assert_eq!((page.value("so-dau").as_str(), page.value("ngay").as_str()), ("1", "16/11/2024"));
    assert_eq!(page.value("nguoi-ky"), "Lê Thị Ngọc Diệp");
    // A look at the first of them takes no number and leaves no code.
    let trial = city.tab(&list);
    let looked = city.submit_tab_to(&trial, &format!("{list}/xem-thu.pdf"), fill()).await;
    assert_eq!(pages(looked, "xem-thu-giay-cong-nhan.pdf"), 1);
    assert_eq!(issued(&world).await.len(), 0);
    city.get(&list).await.ok();
    let tab = city.tab(&list);
    issue(&mut city, &list).await;
    city.follow().await.ok().says("Đã cấp giấy công nhận").says("2/2 giấy").says("07/GCN-UBND").says("08/GCN-UBND");
    let made = issued(&world).await;
    assert_eq!(made.iter().map(|it| it.0).collect::<Vec<_>>(), [7, 8]);
    assert_eq!(made.iter().map(|it| &it.1).collect::<BTreeSet<_>>().len(), 2, "codes differ");
    // The same form once more: the first result, nothing twice.
    city.submit_tab(&tab, fill().with("so-dau", "7")).await.leads_to(&format!("{list}?xong=cap"));
    assert_eq!(issued(&world).await, made);
    let files = city.get(&list).await.ok().links("/giay-cong-nhan/tep/");
    assert_eq!(files.len(), 4);
    assert_eq!(pages(city.get(&files[0]).await, "giay-cong-nhan-2024-so-07.pdf"), 1);
    assert_eq!(hex::encode(Sha256::digest(&city.shown().body)), made[0].2, "the bytes that were issued");
    city.get(&files[1]).await.ok();
    assert!(city.shown().body.starts_with(b"PK"), "a Word document");
    assert_eq!(pages(city.get(&format!("{list}/tat-ca.pdf")).await, "giay-cong-nhan-2024.pdf"), 2);
    city.get(&dossiers[0]).await.ok().says("Cấp giấy công nhận: số 07/GCN-UBND");
}

#[tokio::test]
async fn two_officers_who_number_at_once_and_what_the_second_reads() {
    let (world, _) = recognised(&[7, 8]).await;
    let list = list(&world).await;
    let (mut city, mut chair) = (world.city().await, world.client(people::CITY_CHAIR).await);
    let pick = |page: &Answer, at: usize| {
        let boxes = scraper::Selector::parse("input[name='ho-so']").unwrap();
        page.html().select(&boxes).nth(at).unwrap().attr("value").unwrap().to_owned()
    };
    let (seven, eight) = (pick(city.get(&list).await.ok(), 0), pick(city.shown(), 1));
    chair.get(&list).await.ok();
    city.submit(&list, fill().untick("ho-so", &eight).with("so-dau", "7")).await.is(303);
    // The number is taken: a sentence at its field, with the next one; all typed stays.
    let tab = chair.tab(&list);
    let typed = fill().untick("ho-so", &seven).with("so-dau", "7").with("nguoi-ky", "Trần Khác");
    let page = chair
        .submit_tab(&tab, typed)
        .await
        .refuses("so-dau", "Số 07 đã cấp trong sổ năm 2024. Số tiếp theo chưa dùng là 08.");
    assert_eq!(page.value("nguoi-ky"), "Trần Khác");
    // The unit is taken: nothing is issued, not even for the other one.
    chair
        .submit_tab(&tab, fill().with("so-dau", "8"))
        .await
        .refuses("ho-so", "Hồ Minh Thạch vừa cấp giấy số 07/GCN-UBND cho Tổ dân phố 7");
    assert_eq!(issued(&world).await.len(), 1);
    chair.submit_tab(&tab, fill().untick("ho-so", &seven).with("so-dau", "8")).await.is(303);
    assert_eq!(issued(&world).await.iter().map(|it| it.0).collect::<Vec<_>>(), [7, 8]);
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'certificate_issued'").await, 2);
}

#[tokio::test]
async fn the_database_itself_gives_a_number_once() {
    let (world, _) = recognised(&[7, 8]).await;
    let ward: Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PL'").await;
    let (of, now) = ((ward.into(), 2024), world.app.clock.now());
    let today = binhyen::platform::clock::civil(now);
    let typed = Typed {
        first: 7,
        symbol: "GCN-UBND".to_owned(),
        issued_on: today,
        signer: "Lê Thị Ngọc Diệp".to_owned(),
        capacity: Capacity::Chair,
    };
    // Both have looked and found the number free; now both write, each for another unit.
    let mut presses = vec![];
    for client in [world.city().await, world.client(people::CITY_CHAIR).await] {
        let (mut db, actor) = world.enter(&client).await;
        let book = actions::open(&mut db, &world.app.rulesets, &actor, of, today).await.unwrap();
        let at = presses.len();
        let mut chance = StdRng::seed_from_u64(at as u64);
        let drafts = paper::drafts(&book, &[&book.units[at]], &typed, ("https://a.vn", &mut chance));
        assert!(actions::can_issue(&mut db, &actor, &book, (&drafts, today)).await.unwrap());
        let made = actions::make(&world.app.press, &world.app.files, drafts).await.unwrap().unwrap();
        presses.push((db, actor, made));
    }
    let mut outcomes = vec![];
    for (db, actor, made) in presses {
        outcomes.push(actions::issue(db, &world.app.rulesets, &actor, of, (made, today), now).await);
    }
    assert!(matches!(outcomes[0], Ok(1)), "{outcomes:?}");
    assert!(matches!(&outcomes[1], Err(Refused::Invalid(faults)) if faults[0].0 == "so-dau"), "{outcomes:?}");
    assert_eq!(issued(&world).await.len(), 1);
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'certificate_issued'").await, 1);
}

#[tokio::test]
async fn who_recognises_issues_and_who_does_not_only_reads() {
    let (world, dossiers) = recognised(&[7]).await;
    let list = list(&world).await;
    for phone in [people::LEADER_7, people::AREA, people::MEMBER, people::STEWARD, people::CITY_STEWARD] {
        world.client(phone).await.get(&list).await.is(403);
    }
    world.client(people::OTHER_OFFICER).await.get(&list).await.not_found();
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&list).await.ok().says("Vai này chỉ xem danh sách").says("Tổ dân phố 7");
    assert!(!officer.shown().has("main form"));
    let mut city = world.city().await;
    city.get(&list).await.ok();
    let tab = city.tab(&list);
    // The form of the city, sent from a seat of the ward.
    let seat = officer.seat_key("/uy-quyen/moi").await;
    let mut forged = fill().forge("_vai", &seat);
    officer.submit_tab_to(&tab, &list, forged.clone()).await.is(403);
    assert_eq!(issued(&world).await.len(), 0);
    forged = fill().forge("ho-so", "018d0abd-61c0-7000-825c-81a10b8feef3:1");
    city.submit_tab_to(&tab, &list, forged).await.not_found();
    issue(&mut city, &list).await;
    // The ward reads what the city gave, its leader the own one, another ward nothing.
    let file = officer.get(&list).await.ok().links("/giay-cong-nhan/tep/").swap_remove(0);
    officer.get(&file).await.ok();
    let mut leader = world.client(people::LEADER_7).await;
    assert_eq!(leader.get(&dossiers[0]).await.ok().costs(2).links("/giay-cong-nhan/"), std::slice::from_ref(&file));
    leader.get(&file).await.ok();
    leader.get(&format!("{file}/word")).await.is(403);
    for phone in [people::LEADER_8, people::OTHER_OFFICER] {
        world.client(phone).await.get(&file).await.not_found();
    }
}

#[tokio::test]
async fn a_form_that_is_wrong_says_so_at_each_field() {
    let (world, _) = recognised(&[7]).await;
    let list = list(&world).await;
    let mut city = world.city().await;
    city.get(&list).await.ok();
    let tab = city.tab(&list);
    let wrong = fill().with("so-dau", "").with("ngay", "17/11/2024").with("nguoi-ky", " ");
    let page = city.submit_tab(&tab, wrong).await;
    page.refuses("so-dau", "Ghi số của giấy đầu tiên").refuses("ngay", "chưa tới").refuses("nguoi-ky", "Ghi họ tên");
    let box_of = page.value("ho-so");
    city.submit_tab(&tab, fill().untick("ho-so", &box_of)).await.refuses("ho-so", "Chọn ít nhất một đơn vị");
    city.submit_tab(&tab, fill().with("ngay", "15/11/2024")).await.refuses("ngay", "Ghi từ 16/11/2024 trở đi");
    // Somebody takes the recognition back meanwhile.
    city.submit_tab(&tab, fill().forge("ho-so", &box_of.replace(':', ":1"))).await.refuses("ho-so", "vừa đổi");
    assert_eq!(issued(&world).await.len(), 0);
}

#[tokio::test]
async fn anybody_reads_whether_a_certificate_counts_and_nothing_about_people() {
    let (world, dossiers) = recognised(&[7]).await;
    issue(&mut world.city().await, &list(&world).await).await;
    let (_, code, sha256) = issued(&world).await.swap_remove(0);
    let page = format!("/xac-minh/{code}");
    let mut anybody = world.visitor();
    anybody.get("/xac-minh").await.ok();
    let groups: Vec<String> = code.as_bytes().chunks(4).map(|it| String::from_utf8_lossy(it).to_lowercase()).collect();
    anybody.submit("/xac-minh", fill().with("ma", &groups.join(" - ").replace('0', "o"))).await.leads_to(&page);
    let shown = anybody.get(&page).await.ok().costs(2);
    shown.says("Giấy công nhận có giá trị").says("Tổ dân phố 7").says("07/GCN-UBND").says("6120/QĐ-UBND");
    shown.says("Thành phố Nha Trang").says(&sha256).says("còn nguyên").is_silent_about("Lê Thị Ngọc Diệp");
    assert_eq!(shown.headers["x-robots-tag"], "noindex, nofollow, noarchive");
    assert_eq!(shown.headers["cache-control"], "no-store");
    // A code that is none, and one that nobody was given.
    for unknown in ["/xac-minh/abc", "/xac-minh/00000000000000000000000000"] {
        anybody.get(unknown).await.is(404).says("Không có giấy công nhận nào mang mã này").costs(2);
        assert_eq!(anybody.shown().headers["x-robots-tag"], "noindex, nofollow, noarchive");
    }
    anybody.get("/xac-minh").await.ok();
    anybody.submit("/xac-minh", fill().with("ma", "0000-12")).await.refuses("ma", "Mã gồm 26 chữ và số");
    anybody.submit("/xac-minh", fill().with("ma", " ")).await.refuses("ma", "Gõ mã in dưới ô vuông");
    // Taken back by a later decision.
    let mut chair = world.client(people::CITY_CHAIR).await;
    let revoke = format!("{}/thu-hoi", dossiers[0]);
    chair.get(&revoke).await.ok();
    let paper = fill().with("so", "128/QĐ-UBND").with("ngay", "16/11/2024").with("nguoi-ky", "Lê Thị Ngọc Diệp");
    chair.submit(&revoke, paper.with("ly-do", "Có vụ việc giấu không báo.")).await.is(303);
    let shown = anybody.get(&page).await.ok();
    shown.says("Giấy công nhận đã bị thu hồi").says("Thu hồi theo Quyết định số 128/QĐ-UBND ngày 16/11/2024");
    shown.is_silent_about("có giá trị").is_silent_about("giấu không báo");
    // No more of it is printed; the list says why.
    let list = list(&world).await;
    chair.get(&list).await.ok().says("Đã thu hồi").says("0/0 giấy");
    chair.get(&format!("{list}/tat-ca.pdf")).await.not_found();
}

#[tokio::test]
async fn a_file_is_compared_with_the_one_that_was_issued() {
    let (world, _) = recognised(&[7]).await;
    let list = list(&world).await;
    let mut city = world.city().await;
    issue(&mut city, &list).await;
    let file = city.get(&list).await.ok().links("/giay-cong-nhan/tep/").swap_remove(0);
    let mut bytes = city.get(&file).await.ok().body.to_vec();
    let page = format!("/xac-minh/{}", issued(&world).await[0].1);
    let mut anybody = world.visitor();
    anybody.get(&page).await.ok();
    let tab = anybody.tab(&page);
    anybody.submit_tab(&tab, fill().file("tep", "giay.pdf", bytes.clone())).await.ok().says("đúng là tệp đã cấp");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    anybody.submit_tab(&tab, fill().file("tep", "giay.pdf", bytes)).await.ok().says("khác tệp đã cấp");
    anybody.submit_tab(&tab, fill()).await.refuses("tep", "Chọn tệp PDF");
    let large = vec![b' '; 5 * 1024 * 1024 + 1];
    anybody.submit_tab(&tab, fill().file("tep", "giay.pdf", large)).await.refuses("tep", "Tệp quá 5 MB");
    anybody.post_pairs(&page, &[("tep", "x")]).await.is(415);
    assert_eq!(issued(&world).await.len(), 1);
}

#[tokio::test]
async fn who_asks_for_too_many_codes_rests() {
    let world = World::new().await;
    let mut anybody = world.visitor();
    let code = "00000000000000000000000000";
    for _ in 0..30 {
        anybody.get(&format!("/xac-minh/{code}")).await.is(404);
    }
    let resting = anybody.get(&format!("/xac-minh/{code}")).await.is(429).says("10 phút nữa kiểm tra lại được");
    assert_eq!(resting.headers["retry-after"], "600");
    assert_eq!(resting.headers["x-robots-tag"], "noindex, nofollow, noarchive");
    // A whole hall is not told apart from a guesser, another address is.
    world.app.clock.advance(chrono::Duration::minutes(6));
    anybody.get(&format!("/xac-minh/{code}")).await.is(429).says("4 phút nữa");
    assert_eq!(anybody.shown().headers["retry-after"], "240");
    world.app.clock.advance(chrono::Duration::minutes(5));
    anybody.get(&format!("/xac-minh/{code}")).await.is(404);
    // Typing a code costs nothing: only its page does.
    anybody.get("/xac-minh").await.ok();
}
