//! Pledges on paper: sheets as PDF, the symbol of a household, photographs of what was signed.

use binhyen::platform::qr::{Limits, read_photo};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};
use typeset::sheet::ENTRY;

use super::participation::{counts_agree, settle};
use crate::support::{Answer, Client, World, fill, people};

const SHEETS: &str = "/ky-cam-ket/phieu";
const PDF: &str = "/ky-cam-ket/phieu.pdf";
const PHOTO: &str = "/ky-cam-ket/anh";

/// Pages of an answer that is a PDF to keep under that name.
#[track_caller]
fn pages(answer: &Answer, name: &str) -> usize {
    answer.is(200);
    assert_eq!(answer.headers["content-type"], "application/pdf");
    assert_eq!(answer.headers["content-disposition"], format!("attachment; filename=\"{name}\"").as_str());
    assert!(answer.body.starts_with(b"%PDF-"));
    Pdf::new(answer.body.to_vec()).unwrap().pages().len()
}

/// How many looks of that kind there were, and how many households they saw.
pub(super) async fn looks(world: &World, what: &str) -> (i64, i64) {
    let mut owner = world.owner().await;
    sqlx::query_as("select count(*), coalesce(sum(rows), 0)::bigint from data_access where what = $1")
        .bind(what)
        .fetch_one(&mut owner)
        .await
        .unwrap()
}

/// Code, day, way and person of each pledge.
async fn pledges(world: &World) -> Vec<(String, String, String)> {
    let mut owner = world.owner().await;
    sqlx::query_as(
        "select h.code, p.pledged_on::text, p.pledged_how from participation p join household h on h.id = p.household_id
          where p.pledged_on is not null order by h.code",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_leader_prints_sheets_for_who_has_not_signed() {
    let world = World::new().await;
    settle(&world, "07", 45).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(SHEETS).await.ok().costs(2).says("Hộ chưa ký (45 hộ)").says("Tất cả (45 hộ)").says("Kế hoạch 390");
    assert_eq!(looks(&world, "print").await, (0, 0), "a form that names nobody is no look");
    // Submitted as drawn: who has not signed, as a list.
    let list = leader.submit(PDF, fill()).await;
    // The text leaves room for twelve on the first page; the totals stand on a page of their own when the last one is full.
    assert_eq!(pages(list, "phieu-ky-to-07-2024.pdf"), 4);
    list.costs(3);
    assert_eq!(looks(&world, "print").await, (1, 45));
    leader.get("/ky-cam-ket").await.ok();
    leader.submit("#ho-07-0001 form", fill()).await.is(303);
    leader.get(SHEETS).await.ok().says("Hộ chưa ký (44 hộ)").says("Tất cả (45 hộ)");
    let each = leader.submit(PDF, fill().with("kieu", "tung-ho")).await;
    assert_eq!(pages(each, "phieu-ky-to-07-2024.pdf"), 22);
    let all = leader.get("/ky-cam-ket/phieu.pdf?ai=tat-ca&kieu=tung-ho").await;
    assert_eq!(pages(all, "phieu-ky-to-07-2024.pdf"), 23);
    let rest = leader.get("/ky-cam-ket/con-lai.pdf").await;
    assert_eq!(pages(rest, "con-lai-to-07-2024.pdf"), 3);
    assert_eq!(looks(&world, "print").await, (4, 45 + 44 + 45 + 44));
    assert!(leader.get("/ky-cam-ket/con-lai").await.ok().links("/ky-cam-ket/con-lai.pdf").len() == 1);
}

#[tokio::test]
async fn sheets_stay_within_the_groups_of_a_seat() {
    let world = World::new().await;
    settle(&world, "07", 2).await;
    settle(&world, "20", 3).await;
    let mut leader = world.client(people::LEADER_7).await;
    for path in [SHEETS, PDF, "/ky-cam-ket/con-lai.pdf", PHOTO] {
        leader.get(&format!("{path}?to=20")).await.not_found();
    }
    let mut area = world.client(people::AREA).await;
    area.get("/ky-cam-ket/phieu?to=20").await.not_found();
    area.get("/ky-cam-ket/phieu?to=07").await.ok().says("In phiếu ký, Tổ 7");
    assert_eq!(pages(area.submit(PDF, fill()).await, "phieu-ky-to-07-2024.pdf"), 1);
    // The chair may look, and print; photographs are for those who write.
    let mut chair = world.client(people::CHAIR).await;
    assert_eq!(pages(chair.get("/ky-cam-ket/phieu.pdf?to=20").await, "phieu-ky-to-20-2024.pdf"), 1);
    chair.get("/ky-cam-ket/anh?to=20").await.is(403);
    for outsider in [people::MEMBER, people::STEWARD, people::CITY] {
        let mut outsider = world.client(outsider).await;
        for path in [SHEETS, PDF, PHOTO, "/q/PL/2024/07-0001"] {
            let status = outsider.get(path).await.status.as_u16();
            assert!([403, 404].contains(&status), "{path}: {status}");
        }
    }
}

#[tokio::test]
async fn a_symbol_opens_its_household_and_one_button_signs() {
    let world = World::new().await;
    settle(&world, "07", 3).await;
    settle(&world, "08", 1).await;
    // The symbol is scanned by a telephone that is signed out.
    let mut leader = world.visitor();
    let symbol = "/Q/PL/2024/07-0002";
    leader.get(symbol).await.is(303);
    assert_eq!(leader.shown().location(), "/dang-nhap?ve=%2FQ%2FPL%2F2024%2F07%2D0002");
    leader.follow().await.ok();
    let typed = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", people::PASSWORD);
    leader.submit("/dang-nhap", typed).await.leads_to(symbol);
    leader.follow().await.ok().costs(3).says("Nguyễn Thị Sen B").says("1 hẻm 24 Dã Tượng").says("Ký cam kết Chưa");
    assert_eq!(looks(&world, "show").await, (1, 1));
    leader.submit("main form", fill()).await.leads_to("/ky-cam-ket?tu-ho=07-0002&vua-ghi=07-0002#ho-07-0002");
    assert_eq!(pledges(&world).await, [("07-0002".to_owned(), "2024-03-25".to_owned(), "qr".to_owned())]);
    leader.get("/q/pl/2024/07-0002").await.ok().says("Đã ký ngày 25/3/2024").says("quét mã QR");
    assert!(!leader.shown().has("main form"), "who has signed is not asked again");
    counts_agree(&world).await;
    for nobody in ["/q/PL/2024/08-0001", "/q/PL/2024/07-0099", "/q/PH/2024/07-0001", "/q/PL/nay/07-0001"] {
        leader.get(nobody).await.not_found();
    }
    let mut other = world.client(people::OTHER_OFFICER).await;
    other.get(symbol).await.not_found();
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/q/PL/2024/08-0001").await.ok();
    officer.submit("main form", fill()).await.leads_to("/ky-cam-ket?to=08&tu-ho=08-0001&vua-ghi=08-0001#ho-08-0001");
    let mut chair = world.client(people::CHAIR).await;
    chair.get("/q/PL/2024/07-0001").await.ok().says("ghi giúp hộ này");
    assert!(!chair.shown().has("main form"));
}

#[tokio::test]
async fn a_symbol_of_a_year_that_is_over_is_only_read() {
    let world = World::on("2024-12-02").await;
    settle(&world, "07", 1).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam").await.ok();
    officer.submit("form[method='get']", fill().with("nam", "2025").with("bo", "kh390-2024")).await.ok();
    officer.submit("form[action='/nam'][method='post']", fill()).await.is(303);
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/q/PL/2024/07-0001").await.ok().says("Năm này đã qua").says("Nguyễn Thị Sen A");
    assert!(!leader.shown().has("main form"));
    leader.get("/q/PL/2025/07-0001").await.ok();
    leader.submit("main form", fill()).await.is(303);
    assert_eq!(pledges(&world).await.len(), 1);
}

/// A picture of the first page of a list.
fn picture(pdf: &[u8]) -> GrayImage {
    let pdf = Pdf::new(pdf.to_vec()).unwrap();
    let scale = 2020.0 / 842.0;
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let drawn = render(&pdf.pages()[0], &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let pixels = drawn.data_as_u8_slice().chunks_exact(4).map(|it| it[1]).collect();
    GrayImage::from_raw(drawn.width().into(), drawn.height().into(), pixels).unwrap()
}

/// Writes in the box beside a symbol: a zigzag of a ball pen.
fn sign(page: &mut GrayImage, corners: [(f32, f32); 4]) {
    let [(left, top), (right, _), ..] = corners;
    let mm = f64::from(right - left) / ENTRY.symbol;
    let (x, y) = (f64::from(left) + (ENTRY.box_x + 5.0) * mm, f64::from(top) + (ENTRY.box_y + 3.0) * mm);
    for step in 0..4000 {
        let along = f64::from(step) / 4000.0;
        let up = (along * 9.0).fract();
        let (x, y) = (x + along * 22.0 * mm, y + up * 6.0 * mm);
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            page.put_pixel(x as u32 + dx, y as u32 + dy, Luma([60]));
        }
    }
}

fn jpeg(page: &GrayImage) -> Vec<u8> {
    let mut bytes = vec![];
    JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(page).unwrap();
    bytes
}

async fn photograph(client: &mut Client, name: &str, bytes: Vec<u8>) {
    client.get(PHOTO).await.ok();
    client.submit("main form[enctype]", fill().file("tep", name, bytes)).await;
}

/// Codes whose box is ticked on the page of proposals, told by the house number that stands there.
fn ticked(answer: &Answer) -> Vec<String> {
    let boxes = scraper::Selector::parse("input[name=ho][checked] + span b").unwrap();
    answer.html().select(&boxes).map(|it| it.text().collect()).collect()
}

#[tokio::test]
async fn a_photograph_proposes_and_only_what_is_confirmed_is_written() {
    let world = World::new().await;
    settle(&world, "07", 6).await;
    let mut leader = world.client(people::LEADER_7).await;
    let list = leader.get("/ky-cam-ket/phieu.pdf?ai=tat-ca").await.body.to_vec();
    let mut page = picture(&list);
    let found = read_photo(&jpeg(&page), &Limits::default()).unwrap();
    let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts.len(), 6, "{texts:?}");
    assert_eq!(texts[0], "HTTPS://BINHYEN.EXAMPLE/Q/PL/2024/07-0001");
    // Households 1, 2, 4 and 6 sign; 6 was written down before, and 5 has moved to the next group since the sheet was printed.
    for at in [0, 1, 3, 5] {
        sign(&mut page, found[at].corners);
    }
    leader.get("/ky-cam-ket").await.ok();
    leader.submit("#ho-07-0006 form", fill()).await.is(303);
    let mut owner = world.owner().await;
    let moved = "update participation set group_id = (select id from unit where code = '08' and ward_id = participation.ward_id)
                  where household_id = (select id from household where code = '07-0005')";
    sqlx::query(moved).execute(&mut owner).await.unwrap();

    photograph(&mut leader, "phieu.jpg", jpeg(&page)).await;
    leader.shown().ok().says("Thấy chữ ký của 3 trong 4 hộ").says("Chưa thấy chữ ký").costs(6);
    leader.shown().says("Bỏ qua 1 mã của hộ ngoài tổ").says("1 hộ trên ảnh đã ghi từ trước");
    assert_eq!(ticked(leader.shown()), ["1", "3", "2"].map(str::to_owned).to_vec().as_slice());
    assert_eq!(pledges(&world).await.len(), 1, "a photograph writes nothing");

    // The day is wrong: everything chosen is still there.
    let form = "main form:not([method=get])";
    let third: uuid::Uuid = world.ask("select id from household where code = '07-0003'").await;
    let first: uuid::Uuid = world.ask("select id from household where code = '07-0001'").await;
    let typed = || fill().tick("ho", &third.to_string());
    leader.submit(form, typed().with("ngay", "30/3/2024")).await.refuses("ngay", "chưa tới");
    assert_eq!(ticked(leader.shown()).len(), 4);
    // A foreign household slipped into the form is not written, and the photograph's guess does not outweigh a person's.
    let foreign: uuid::Uuid = world.ask("select id from household where code = '07-0005'").await;
    let sent = fill().with("ngay", "20/3/2024").forge("ho", &foreign.to_string());
    let tab = leader.tab(form);
    leader.submit_tab(&tab, sent).await.leads_to("/ky-cam-ket?to=07&da-ghi=0");
    let sent = fill().with("ngay", "20/3/2024").untick("ho", &first.to_string());
    leader.submit_tab(&tab, sent).await.leads_to("/ky-cam-ket?to=07&da-ghi=3").costs(9);
    leader.follow().await.ok().says("Đã ghi 3 hộ ký");
    let pledge = |code: &str, on: &str, how: &str| (code.to_owned(), on.to_owned(), how.to_owned());
    let written = ["07-0002", "07-0003", "07-0004"].map(|code| pledge(code, "2024-03-20", "sheet"));
    let mut all = written.to_vec();
    all.push(pledge("07-0006", "2024-03-25", "door"));
    assert_eq!(pledges(&world).await, all);
    let events: i64 = world.ask("select count(*) from event where verb = 'marks_recorded'").await;
    assert_eq!(events, 1);
    counts_agree(&world).await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_at_its_field() {
    let world = World::new().await;
    settle(&world, "07", 1).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(PHOTO).await.ok().costs(2);
    leader.submit("main form[enctype]", fill()).await.refuses("tep", "Chụp phiếu hoặc chọn ảnh");
    let blank = jpeg(&GrayImage::from_pixel(300, 400, Luma([230])));
    photograph(&mut leader, "trang.jpg", blank.clone()).await;
    leader.shown().refuses("tep", "Không thấy mã QR nào");
    photograph(&mut leader, "phieu.pdf", crate::support::samples::pdf("a")).await;
    leader.shown().refuses("tep", "không phải ảnh");
    photograph(&mut leader, "cut.jpg", blank[..blank.len() / 2].to_vec()).await;
    leader.shown().refuses("tep", "cụt");
    // A picture of a few bytes that says it is 60,000 by 60,000 pixels.
    let mut bomb = crate::support::samples::png();
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    photograph(&mut leader, "bom.png", bomb).await;
    leader.shown().refuses("tep", "triệu điểm");
    let many = (0..7).fold(fill(), |filled, at| filled.file("co-san", &format!("{at}.jpg"), blank.clone()));
    leader.get(PHOTO).await.ok();
    leader.submit("main form[enctype]", many).await.refuses("tep", "6 ảnh");
    assert_eq!(looks(&world, "list").await, (0, 0));
}

#[tokio::test]
async fn a_code_of_somebody_else_is_told_apart() {
    let matrix = binhyen::platform::qr::matrix("HTTPS://BINHYEN.EXAMPLE/Q/PH/2024/07-0001").unwrap();
    let module = |at: u32, first: u32| at.checked_sub(first).map_or(usize::MAX, |it| it as usize / 4);
    let foreign = GrayImage::from_fn(800, 600, |x, y| {
        Luma([if matrix.is_dark(module(x, 300), module(y, 200)) { 20 } else { 240 }])
    });
    let world = World::new().await;
    settle(&world, "07", 1).await;
    let mut leader = world.client(people::LEADER_7).await;
    photograph(&mut leader, "la.jpg", jpeg(&foreign)).await;
    leader.shown().refuses("tep", "Không có mã nào của tổ 7. Bỏ qua 1 mã của phường khác.");
}
