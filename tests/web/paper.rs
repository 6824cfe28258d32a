//! Papers: drafted from figures, written over, numbered, issued, made a part, and signed.

use hayro::hayro_syntax::Pdf;
use uuid::Uuid;

use crate::support::signing::{Key, Token, sign};
use crate::support::{Answer, Client, Kind, World, fill, people, samples};

const LIST: &str = "/van-ban";
const DRAFT: &str = "/van-ban/soan";

/// The form that drafts a kind.
fn draft_of(kind: &str) -> String {
    format!("form:has(input[name=\"loai\"][value=\"{kind}\"])")
}

/// Drafts a paper of the seat's own unit; gives its address.
async fn drafted(client: &mut Client, list: &str, kind: &str) -> String {
    client.get(list).await.ok();
    client.submit(&draft_of(kind), fill()).await.is(303).location()
}

async fn issued(client: &mut Client, paper: &str, number: &str) {
    client.get(paper).await.ok();
    let typed = if number.is_empty() { fill() } else { fill().with("so", number) };
    client.submit(&format!("{paper}/phat-hanh"), typed).await.leads_to(paper);
}

fn is_pdf(answer: &Answer) -> usize {
    answer.is(200);
    assert_eq!(answer.headers["content-type"], "application/pdf");
    Pdf::new(answer.body.to_vec()).unwrap().pages().len()
}

/// The program keeps the register of that body.
async fn keeps_register(client: &mut Client, body: &str, how: &str) {
    let page = format!("{LIST}/noi-phat-hanh?ai={body}");
    client.get(&page).await.ok();
    client.submit(&format!("{LIST}/noi-phat-hanh"), fill().with("so", how)).await.leads_to(LIST);
}

#[tokio::test]
async fn a_leader_drafts_writes_over_issues_and_the_paper_is_a_part() {
    let world = World::on("2024-11-10").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(LIST).await.ok().costs(2).says("Chưa soạn").says("Báo cáo kết quả");
    let report = drafted(&mut leader, LIST, "to-bao-cao").await;
    // Pressed once more, the draft is opened.
    assert_eq!(drafted_again(&mut leader, "to-bao-cao").await, report);
    leader.get(&report).await.ok().costs(4).says("Bản soạn").says("Tổ dân phố 7").says("Độc lập - Tự do - Hạnh phúc");
    let body = leader.shown().value("noi-dung");
    let mine = format!("{body}\nBà con tổ 7 rất đoàn kết.");
    leader.submit(&format!("{report}/sua"), fill().with("noi-dung", &mine)).await.leads_to(&report);
    leader.get(&report).await.ok().says("Bà con tổ 7 rất đoàn kết.").says("Khác với bản chương trình soạn: 1 dòng");
    assert_eq!(is_pdf(leader.get(&format!("{report}/ban-in.pdf")).await), 2);
    let word = leader.get(&format!("{report}/ban-word.docx")).await.ok();
    assert!(word.body.starts_with(b"PK"));

    leader.get(&report).await.ok();
    let issue = format!("{report}/phat-hanh");
    leader.submit(&issue, fill().with("so", "")).await.is(422).refuses("so", "Ghi số, ký hiệu");
    leader.get(&report).await.ok();
    leader.submit(&issue, fill().with("so", "05/BC-TDP7").with("ngay", "20/11/2024")).await.is(422);
    assert_eq!(leader.shown().value("so"), "05/BC-TDP7", "what was typed is kept");
    leader.shown().refuses("ngay", "chưa tới");
    leader.get(&report).await.ok();
    leader.submit(&issue, fill().with("so", "05/BC-TDP7")).await.leads_to(&report);
    leader.get(&report).await.ok().says("Đã phát hành").says("Đã vào hồ sơ").says("05/BC-TDP7").says("Trần Văn Lựu");
    // Nobody changes it any more.
    assert!(!leader.shown().has(&format!("form[action='{report}/sua']")));

    leader.get(&format!("{dossier}/phan/bao-cao")).await.ok();
    assert_eq!(leader.shown().value("so"), "05/BC-TDP7");
    assert_eq!(leader.shown().value("ngay"), "10/11/2024");
    assert_eq!(leader.shown().value("nguoi-ky"), "Trần Văn Lựu");
    leader.shown().says("to-bao-cao-2024.pdf");
}

async fn drafted_again(client: &mut Client, kind: &str) -> String {
    client.get(LIST).await.ok();
    let tab = client.tab(&draft_of("to-to-trinh"));
    client.submit_tab(&tab, fill().forge("loai", kind)).await.is(303).location()
}

#[tokio::test]
async fn figures_follow_a_new_draft_and_what_people_wrote_stays() {
    let world = World::on("2024-03-20").await;
    super::participation::settle(&world, "07", 3).await;
    let mut officer = world.client(people::OFFICER).await;
    let paper = drafted(&mut officer, LIST, "phuong-tong-hop").await;
    officer.get(&paper).await.ok();
    let body = officer.shown().value("noi-dung");
    let mine = format!("{body}\n\nÝ riêng của phường.");
    officer.submit(&format!("{paper}/sua"), fill().with("noi-dung", &mine)).await.leads_to(&paper);
    super::participation::settle(&world, "08", 2).await;
    officer.get(&format!("{paper}?doi-chieu=1")).await.ok().says("Số liệu đã đổi").says("Số hộ, tổng số");
    officer.get(&paper).await.ok();
    officer.submit(&format!("{paper}/soan-lai"), fill()).await.leads_to(&paper);
    officer.get(&paper).await.ok().says("Ý riêng của phường.");
    officer.get(&format!("{paper}?doi-chieu=1")).await.ok().says("Số liệu vẫn như lúc soạn");
}

#[tokio::test]
async fn a_register_that_the_program_keeps_has_no_gap_under_two_officers() {
    let world = World::on("2024-11-16").await;
    let mut officer = world.client(people::OFFICER).await;
    keeps_register(&mut officer, "committee", "shared").await;
    let first = drafted(&mut officer, LIST, "phuong-to-trinh").await;
    let second = drafted(&mut officer, LIST, "phuong-bao-cao").await;
    let mut chair = world.client(people::CHAIR).await;
    officer.get(&first).await.ok().says("Sổ bắt đầu từ số");
    chair.get(&second).await.ok();
    let (mine, theirs) = (format!("{first}/phat-hanh"), format!("{second}/phat-hanh"));
    let (a, b) = tokio::join!(
        async { officer.submit(&mine, fill().with("so-dau", "7")).await.leads_to(&first).status },
        async { chair.submit(&theirs, fill().with("so-dau", "7")).await.leads_to(&second).status }
    );
    assert_eq!((a.as_u16(), b.as_u16()), (303, 303));
    let mut owner = world.owner().await;
    let numbers: Vec<String> = sqlx::query_scalar("select number from paper where number is not null order by number")
        .fetch_all(&mut owner)
        .await
        .unwrap();
    let counts: Vec<&str> = numbers.iter().map(|it| it.split('/').next().unwrap()).collect();
    assert_eq!(counts, ["07", "08"], "{numbers:?}");
    // The next one is shown before it is taken.
    let third = drafted(&mut officer, LIST, "phuong-ke-hoach").await;
    officer.get(&third).await.ok().says("Số tiếp theo trong sổ").says("09/KH-BCĐ");
}

#[tokio::test]
async fn a_number_that_is_taken_is_refused_and_nothing_is_half_made() {
    let world = World::on("2024-11-16").await;
    let mut officer = world.client(people::OFFICER).await;
    let first = drafted(&mut officer, LIST, "phuong-to-trinh").await;
    issued(&mut officer, &first, "05/TTr-BCĐ").await;
    officer.get(&first).await.ok();
    let second = officer.submit(&draft_of("phuong-to-trinh"), fill()).await.is(303).location();
    assert_ne!(first, second, "what was issued stays, a new one is drafted beside it");
    officer.get(&second).await.ok();
    officer
        .submit(&format!("{second}/phat-hanh"), fill().with("so", "05/TTr-BCĐ"))
        .await
        .is(422)
        .refuses("so", "đã có");
    officer.get(&second).await.ok().says("Bản soạn");
    issued(&mut officer, &second, "06/TTr-BCĐ").await;
    // The same form sent twice is one issue.
    let count: i64 = world.ask("select count(*) from paper where issued_at is not null").await;
    assert_eq!(count, 2);
    let parts: i64 = world
        .ask("select count(*) from attachment_use x join attachment a on a.id = x.attachment_id where a.name like 'phuong-to-trinh%' and x.removed_at is null")
        .await;
    assert_eq!(parts, 1, "the newer edition takes the place of the older one");
}

#[tokio::test]
async fn households_stand_in_the_print_alone_and_every_print_is_a_look() {
    let world = World::on("2024-03-20").await;
    super::participation::settle(&world, "07", 4).await;
    let mut leader = world.client(people::LEADER_7).await;
    let paper = drafted(&mut leader, LIST, "to-danh-sach-ho").await;
    leader.get(&paper).await.ok().says("Danh sách hộ chỉ đọc khi in");
    let before: i64 = world.ask("select count(*) from data_access where what = 'print'").await;
    is_pdf(leader.get(&format!("{paper}/ban-in.pdf")).await);
    let after: i64 = world.ask("select count(*) from data_access where what = 'print'").await;
    assert_eq!(after, before + 1);
    issued(&mut leader, &paper, "").await;
    let kept: Option<String> = world.ask("select printed::text from paper limit 1").await;
    assert_eq!(kept, None, "rows about households are kept in the file alone");
}

#[tokio::test]
async fn a_city_sees_what_was_sent_and_a_ward_sees_what_the_city_issued() {
    let world = World::on("2024-11-16").await;
    world.recommended_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let letter = drafted(&mut officer, LIST, "phuong-to-trinh").await;
    issued(&mut officer, &letter, "05/TTr-BCĐ").await;
    let mut city = world.client(people::CITY).await;
    city.get(&letter).await.not_found();
    world.received_package().await;
    city.get(&letter).await.ok().says("05/TTr-BCĐ");
    let package = world.package().await;
    let ward: Uuid = package.split('/').find_map(|it| it.parse().ok()).unwrap();
    let list = format!("{LIST}?phuong={ward}&nam=2024");
    let report = drafted(&mut city, &list, "tp-bao-cao").await;
    officer.get(&report).await.not_found();
    city.get(&report).await.ok();
    issued(&mut city, &report, "12/BC-BCĐ").await;
    officer.get(&report).await.ok().says("12/BC-BCĐ");
}

#[tokio::test]
async fn others_draft_nothing_and_see_only_their_own() {
    let world = World::on("2024-11-10").await;
    let mut leader = world.client(people::LEADER_7).await;
    let paper = drafted(&mut leader, LIST, "to-bao-cao").await;
    let mut other = world.client(people::LEADER_8).await;
    other.get(&paper).await.not_found();
    // An area officer helps and does not issue.
    let mut area = world.client(people::AREA).await;
    area.get(&paper).await.ok();
    assert!(!area.shown().has(&format!("form[action='{paper}/phat-hanh']")));
    assert!(area.shown().has(&format!("form[action='{paper}/sua']")));
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&paper).await.ok();
    assert!(!officer.shown().has(&format!("form[action='{paper}/sua']")));
    let seat = officer.seat_key("/").await;
    officer.post_pairs(DRAFT, &[("_vai", seat.as_str()), ("loai", "to-bao-cao")]).await.is(403);
    world.client(people::STEWARD).await.get(LIST).await.is(403);
}

#[tokio::test]
async fn a_scan_goes_to_the_same_part_and_another_pdf_is_no_signature() {
    let world = World::on("2024-11-10").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut leader = world.client(people::LEADER_7).await;
    let letter = drafted(&mut leader, LIST, "to-to-trinh").await;
    issued(&mut leader, &letter, "05/TTr-TDP7").await;
    let signed = format!("{letter}/ban-ky");
    leader.get(&letter).await.ok();
    let another = fill().with("cach", "token").file("tep", "ky.pdf", samples::pdf("khác"));
    leader.submit(&signed, another).await.is(422).refuses("tep", "không chứa nguyên bản");
    leader.get(&letter).await.ok();
    leader.submit(&signed, fill().file("tep", "quet.png", samples::png())).await.leads_to(&letter);
    leader.get(&letter).await.ok().says("Bản quét, ảnh");
    leader.get(&format!("{dossier}/phan/to-trinh")).await.ok().says("quet.png").says("to-to-trinh-2024.pdf");
}

#[tokio::test]
async fn a_token_signs_the_very_bytes_that_were_issued() {
    let world = World::on("2024-11-10").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut leader = world.client(people::LEADER_7).await;
    let letter = drafted(&mut leader, LIST, "to-to-trinh").await;
    issued(&mut leader, &letter, "05/TTr-TDP7").await;
    let pdf = leader.get(&format!("{letter}/ban-in.pdf")).await.ok().body.to_vec();
    let at = "2024-11-10T03:00:00Z".parse().unwrap();
    let file = sign(&pdf, &Token::of("Trần Văn Lựu", Key::P256), at);
    leader.get(&letter).await.ok();
    let typed = fill().with("cach", "token").file("tep", "ky-so.pdf", file.clone());
    leader.submit(&format!("{letter}/ban-ky"), typed).await.leads_to(&letter);
    leader.get(&letter).await.ok().says("Chữ ký khớp với nội dung tệp").says("chưa kiểm tra chứng thư");
    leader.get(&format!("{dossier}/phan/to-trinh")).await.ok().says("ky-so.pdf");
    // One byte of what was issued is another one: not the same paper.
    let mut changed = file;
    changed[200] ^= 1;
    leader.get(&letter).await.ok();
    let typed = fill().with("cach", "token").file("tep", "sua.pdf", changed);
    leader.submit(&format!("{letter}/ban-ky"), typed).await.is(422).refuses("tep", "không chứa nguyên bản");
}

#[tokio::test]
async fn bad_input_is_told_and_kept_and_never_half_written() {
    let world = World::on("2024-11-10").await;
    let mut leader = world.client(people::LEADER_7).await;
    let report = drafted(&mut leader, LIST, "to-bao-cao").await;
    leader.get(&report).await.ok();
    leader
        .submit(&format!("{report}/sua"), fill().with("noi-dung", "  "))
        .await
        .is(422)
        .refuses("noi-dung", "chưa có nội dung");
    // Signs of a typesetter, of a web page and of no shape are only signs.
    let marks = "Tổ #7 $x$ <b>đậm</b> \\ @lựu *sao* _gạch_ `mã`\u{7}\u{202e} hết.";
    leader.get(&report).await.ok();
    leader.submit(&format!("{report}/sua"), fill().with("noi-dung", marks)).await.leads_to(&report);
    leader.get(&report).await.ok().says("Tổ #7 $x$ <b>đậm</b>");
    is_pdf(leader.get(&format!("{report}/ban-in.pdf")).await);
    // Nobody is named who signs.
    leader.get(&report).await.ok();
    let nobody = fill().with("so", "1/BC").with("nguoi-ky", "").with("tu-cach", "TL.");
    leader.submit(&format!("{report}/phat-hanh"), nobody).await.is(422).refuses("nguoi-ky", "người ký");
    leader.shown().refuses("chuc-vu", "chức vụ");
    // A name of two hundred letters is longer than a signature.
    leader.get(&report).await.ok();
    let long = fill().with("so", "1/BC").with("nguoi-ky", &"Nguyễn ".repeat(30));
    leader.submit(&format!("{report}/phat-hanh"), long).await.is(422);
    // A store that takes nothing: what was typed stays, no number is used up, no row says more than there is.
    let (files, away) = (world.files(), world.files().with_extension("away"));
    std::fs::rename(&files, &away).unwrap();
    std::fs::write(&files, "not a folder").unwrap();
    leader.get(&report).await.ok();
    leader
        .submit(&format!("{report}/phat-hanh"), fill().with("so", "1/BC-TDP7"))
        .await
        .is(422)
        .refuses("so", "kho tệp");
    assert_eq!(leader.shown().value("so"), "1/BC-TDP7");
    std::fs::remove_file(&files).unwrap();
    std::fs::rename(&away, &files).unwrap();
    let count: i64 = world.ask("select count(*) from paper where issued_at is not null").await;
    assert_eq!(count, 0);
    issued(&mut leader, &report, "1/BC-TDP7").await;
}
