//! Bundles: asked for, made in the background, taken away, read without the program.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use binhyen::commands::worker;
use binhyen::platform::files::ContentHash;
use hayro::hayro_syntax::Pdf;
use serde_json::Value;
use zip::ZipArchive;

use super::participation::settle;
use super::sheets::looks;
use crate::support::{Answer, Client, Kind, World, fill, people};

const LIST: &str = "/goi-ho-so";

/// The form that asks for a kind.
fn form_of(kind: &str) -> String {
    format!("form[action^=\"{LIST}/lam/{kind}/\"]")
}

/// Asks for one; gives its address.
async fn asked(client: &mut Client, kind: &str, list: &str, chosen: crate::support::Fill) -> String {
    client.get(list).await.ok();
    client.submit(&form_of(kind), chosen).await.is(303).location()
}

async fn made(world: &World, client: &mut Client, kind: &str, chosen: crate::support::Fill) -> String {
    let page = asked(client, kind, LIST, chosen).await;
    assert_eq!(worker::work_off(&world.app).await.unwrap(), 1);
    page
}

fn saved<'a>(answer: &'a Answer, media_type: &str, name: &str) -> &'a [u8] {
    answer.is(200);
    assert_eq!(answer.headers["content-type"], media_type);
    assert_eq!(answer.headers["content-disposition"], format!("attachment; filename=\"{name}\"").as_str());
    assert_eq!(answer.headers["content-length"], answer.body.len().to_string().as_str());
    &answer.body
}

/// Every file of a ZIP.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-./".contains(c) || c == '_';
        assert!(name.chars().all(plain) && !name.starts_with('/') && !name.contains(".."), "{name}");
        let mut content = vec![];
        file.read_to_end(&mut content).unwrap();
        assert!(files.insert(name.clone(), content).is_none(), "{name} twice");
    }
    files
}

/// Holds the manifest, the sums and the index page against the contents; gives the manifest.
fn agrees(files: &BTreeMap<String, Vec<u8>>) -> Value {
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let listed: BTreeSet<&str> =
        manifest["files"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    let here: BTreeSet<&str> =
        files.keys().map(String::as_str).filter(|it| !["manifest.json", "SHA256SUMS"].contains(it)).collect();
    assert_eq!(listed, here);
    for entry in manifest["files"].as_array().unwrap() {
        let content = &files[entry["path"].as_str().unwrap()];
        assert_eq!(entry["sha256"].as_str().unwrap(), ContentHash::of(content).to_string());
        assert_eq!(entry["size"].as_u64().unwrap(), content.len() as u64);
        assert!(!entry["what"].as_str().unwrap().is_empty());
    }
    let sums = String::from_utf8(files["SHA256SUMS"].clone()).unwrap();
    assert_eq!(sums.lines().count(), files.len() - 1);
    for line in sums.lines() {
        let (sha256, path) = line.split_once("  ").unwrap();
        assert_eq!(sha256, ContentHash::of(&files[path]).to_string(), "{path}");
    }
    let page = String::from_utf8(files["muc-luc.html"].clone()).unwrap();
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    let html = scraper::Html::parse_document(&page);
    let mut linked = BTreeSet::new();
    for link in html.select(&scraper::Selector::parse("a[href]").unwrap()) {
        let href = link.attr("href").unwrap();
        match href.strip_prefix('#') {
            Some(id) => {
                let target = scraper::Selector::parse(&format!("[id=\"{id}\"]")).unwrap();
                assert_eq!(html.select(&target).count(), 1, "{href}");
            }
            None => {
                assert!(files.contains_key(href), "{href} leads nowhere");
                linked.insert(href.to_owned());
            }
        }
    }
    // Everything is reached from the index, but the index itself and the sums.
    assert_eq!(linked.len(), files.len() - 2);
    manifest
}

/// The ward's letter, drafted and issued.
async fn letter(world: &World) {
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/van-ban").await.ok();
    let draft = "form:has(input[name=\"loai\"][value=\"phuong-to-trinh\"])";
    let paper = officer.submit(draft, fill()).await.is(303).location();
    officer.get(&paper).await.ok();
    let issue = format!("{paper}/phat-hanh");
    officer.submit(&issue, fill().with("so", "../05/TTr-BCĐ")).await.leads_to(&paper);
}

#[tokio::test]
async fn the_wards_package_is_three_clicks_from_home_and_reads_without_the_program() {
    let world = World::on("2024-11-16").await;
    letter(&world).await;
    world.recommended_request(7).await;
    world.written_request(8).await;
    let own = world.own_dossier(Kind::Request).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&own).await.ok();
    let page = officer.submit(&form_of("package"), fill()).await.is(303).location();
    // Waiting: it says so and looks again by itself.
    let waiting = officer.get(&page).await.ok();
    waiting.costs(3).says("Đang làm").says("Có thể rời trang này");
    assert_eq!(waiting.headers["refresh"], "1");
    officer.get(&format!("{page}/tai-ve")).await.not_found();
    // Pressed again meanwhile it is the same one.
    officer.get(&own).await.ok();
    assert_eq!(officer.submit(&form_of("package"), fill()).await.is(303).location(), page);
    assert_eq!(worker::work_off(&world.app).await.unwrap(), 1);
    let shown = officer.get(&page).await.ok();
    shown.costs(2).says("đã xong").says("goi-ho-so-phuoc-long-2024.zip");
    assert!(!shown.headers.contains_key("refresh"));
    let file = format!("{page}/tai-ve");
    assert_eq!(shown.links(LIST).iter().filter(|it| **it == file).count(), 1);
    let files = unpacked(saved(officer.get(&file).await, "application/zip", "goi-ho-so-phuoc-long-2024.zip"));
    let manifest = agrees(&files);
    assert_eq!((manifest["schema"].as_u64(), manifest["year"].as_i64()), (Some(1), Some(2024)));
    assert_eq!((manifest["kind"].as_str(), manifest["ward"].as_str()), (Some("package"), Some("phường Phước Long")));
    let has = |start: &str| files.keys().any(|path| path.starts_with(start));
    assert!(has("phuong/van-ban/to-trinh-05-ttr-bcd") || has("phuong/de-nghi/01-to-trinh/"), "{:?}", files.keys());
    assert!(has("to-07/de-nghi/01-to-trinh/") && has("to-07/de-nghi/02-bao-cao/"), "{:?}", files.keys());
    assert!(has("chung/ket-qua.csv"));
    assert!(!has("to-08/"), "a draft is nobody's yet");
    let results = String::from_utf8(files["chung/ket-qua.csv"].clone()).unwrap();
    assert!(results.starts_with('\u{feff}') && results.contains("\"Tổ dân phố 7\",\"Đề nghị công nhận\""), "{results}");
    // The list shows it, and the journal tells of it.
    officer.get(LIST).await.ok().costs(3).says("Gói hồ sơ đề nghị").says("Đã xong");
    officer.get("/nam/2024").await.ok().says("Tải hồ sơ, danh sách ra tệp: gói hồ sơ đề nghị");
}

#[tokio::test]
async fn the_archive_holds_the_whole_year() {
    let world = World::on("2024-11-16").await;
    settle(&world, "07", 3).await;
    world.registered(7).await;
    let seven = world.recommended_request(7).await;
    world.received_package().await;
    world.client(people::CITY_CHAIR).await.decide(&seven, true, "6120/QĐ-UBND", "16/11/2024").await;
    let mut chair = world.client(people::CHAIR).await;
    let page = made(&world, &mut chair, "archive", fill()).await;
    let file = chair.get(&format!("{page}/tai-ve")).await;
    let files = unpacked(saved(file, "application/zip", "ban-luu-phuoc-long-2024.zip"));
    agrees(&files);
    for start in [
        "chung/nhat-ky.csv",
        "chung/quyet-dinh.csv",
        "chung/vu-viec.csv",
        "chung/cuoc-hop.csv",
        "chung/bo-quy-dinh.json",
        "to-07/dang-ky/01-nghi-quyet/",
        "to-07/de-nghi/ban-duoc-xet/",
        "phuong/de-nghi/",
    ] {
        assert!(files.keys().any(|path| path.starts_with(start)), "{start}: {:?}", files.keys());
    }
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    assert!(text("chung/quyet-dinh.csv").contains("6120/QĐ-UBND"));
    assert!(text("chung/nhat-ky.csv").contains("\"Nộp hồ sơ\""));
    // The journal holds no household's name.
    let head: String = world.ask("select head from household where code = '07-0001'").await;
    assert!(!text("chung/nhat-ky.csv").contains(&head));
    let rules: Value = serde_json::from_str(&text("chung/bo-quy-dinh.json")).unwrap();
    assert_eq!(rules["code"], "kh390-2024");
    // What was judged is there with its own hash.
    let state = files.keys().find(|path| path.starts_with("to-07/de-nghi/ban-duoc-xet/")).unwrap();
    let sha256 = ContentHash::of(&files[state]).to_string();
    assert!(text("chung/quyet-dinh.csv").contains(&sha256));
}

#[tokio::test]
async fn registrations_of_all_groups_are_one_pdf() {
    let world = World::on("2024-03-20").await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/van-ban").await.ok();
    let draft = "form:has(input[name=\"loai\"][value=\"to-dang-ky\"])";
    let paper = leader.submit(draft, fill()).await.is(303).location();
    leader.get(&paper).await.ok();
    leader.submit(&format!("{paper}/phat-hanh"), fill().with("so", "03/BĐK-TDP7")).await.leads_to(&paper);
    let mut officer = world.client(people::OFFICER).await;
    let page = made(&world, &mut officer, "registrations", fill()).await;
    let answer = officer.get(&format!("{page}/tai-ve")).await;
    let pdf = saved(answer, "application/pdf", "ban-dang-ky-phuoc-long-2024.pdf").to_vec();
    assert!(Pdf::new(pdf).unwrap().pages().len() >= 24);
    // A leader has the own group's alone.
    let page = made(&world, &mut leader, "registrations", fill()).await;
    let answer = leader.get(&format!("{page}/tai-ve")).await;
    let pdf = saved(answer, "application/pdf", "ban-dang-ky-to-07-2024.pdf").to_vec();
    assert!(Pdf::new(pdf).unwrap().pages().len() <= 3);
}

#[tokio::test]
async fn sheets_and_lists_of_households_are_looks_at_people() {
    let world = World::new().await;
    settle(&world, "07", 45).await;
    settle(&world, "08", 3).await;
    let mut leader = world.client(people::LEADER_7).await;
    let page = made(&world, &mut leader, "sheets", fill().with("kieu", "tung-ho")).await;
    assert_eq!(looks(&world, "print").await, (1, 45));
    let answer = leader.get(&format!("{page}/tai-ve")).await;
    let pdf = saved(answer, "application/pdf", "phieu-ky-to-07-2024.pdf").to_vec();
    assert_eq!(Pdf::new(pdf).unwrap().pages().len(), 23);
    assert_eq!(looks(&world, "export").await, (1, 45), "fetching is a look too");

    let mut officer = world.client(people::OFFICER).await;
    let all = made(&world, &mut officer, "sheets", fill()).await;
    assert_eq!(looks(&world, "print").await, (3, 45 + 45 + 3));
    let answer = officer.get(&format!("{all}/tai-ve")).await;
    let files = unpacked(saved(answer, "application/zip", "phieu-ky-phuoc-long-2024.zip"));
    agrees(&files);
    let sheets: Vec<&String> = files.keys().filter(|path| path.ends_with(".pdf")).collect();
    assert_eq!(sheets, ["phieu-ky-to-07.pdf", "phieu-ky-to-08.pdf"]);
    let index = String::from_utf8(files["muc-luc.html"].clone()).unwrap();
    assert!(index.contains("Tổ dân phố 9: Tổ chưa có hộ nào để in."));

    let list = made(&world, &mut officer, "households", fill()).await;
    let answer = officer.get(&format!("{list}/tai-ve")).await;
    let files = unpacked(saved(answer, "application/zip", "danh-sach-ho-phuoc-long-2024.zip"));
    agrees(&files);
    assert!(Pdf::new(files["danh-sach-ho-to-07.pdf"].clone()).unwrap().pages().len() >= 2);
    assert!(files.contains_key("danh-sach-ho-to-08.pdf"));
    assert_eq!(looks(&world, "print").await, (5, 2 * (45 + 3) + 45));
    // The officer sees what a leader asked for; a leader sees neither the whole ward's nor another group's.
    officer.get(&page).await.ok();
    leader.get(&all).await.not_found();
    leader.get(&format!("{all}/tai-ve")).await.not_found();
    world.client(people::LEADER_8).await.get(&page).await.not_found();
    // Without a household there is nothing to print.
    let group: uuid::Uuid = world
        .ask("select u.id from unit u join unit w on w.id = u.ward_id where w.code = 'PL' and u.code = '09'")
        .await;
    let none = made(&world, &mut officer, "households", fill().with("to", &group.to_string())).await;
    officer.get(&none).await.ok().says("Chưa có tổ hoặc hộ nào để in");
}

#[tokio::test]
async fn seats_have_what_is_theirs_and_others_nothing() {
    let world = World::on("2024-11-16").await;
    world.recommended_request(7).await;
    let ward: uuid::Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PL'").await;
    let of_ward = format!("{LIST}?phuong={ward}&nam=2024");
    let mut officer = world.client(people::OFFICER).await;
    let page = made(&world, &mut officer, "package", fill()).await;
    for phone in [people::MEMBER, people::STEWARD, people::CITY_STEWARD] {
        let mut other = world.client(phone).await;
        for path in [LIST, &page, &format!("{page}/tai-ve")] {
            other.get(path).await.is(403);
        }
    }
    for phone in [people::LEADER_7, people::AREA, people::OTHER_OFFICER] {
        let mut other = world.client(phone).await;
        other.get(&page).await.not_found();
        other.get(&format!("{page}/tai-ve")).await.not_found();
    }
    world.client(people::OTHER_OFFICER).await.get(&of_ward).await.not_found();
    // A leader's list offers the own group's prints and no package.
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(LIST).await.ok().says("Phiếu ký cam kết").is_silent_about("Bản lưu cả năm");
    let tab = leader.tab(&form_of("sheets"));
    leader.submit_tab(&tab, fill().forge("to", "018d0abd-61c0-7000-825c-81a10b8feef3")).await.is(422);
    leader.shown().refuses("to", "Chọn một tổ");
    let key = leader.seat_key(LIST).await;
    leader.post_pairs(&format!("{LIST}/lam/package/{ward}/2024"), &[("_vai", &key)]).await.is(403);
    leader.post_pairs(&format!("{LIST}/lam/sheets/{ward}/2024"), &[("_vai", &key)]).await.is(403);
    leader.post_pairs(&format!("{LIST}/lam/xyz/{ward}/2024"), &[("_vai", &key)]).await.not_found();
    // The city sees nothing before the ward sends, and then what was sent.
    let mut city = world.city().await;
    city.get(&of_ward).await.not_found();
    let key = city.seat_key("/du-kien").await;
    city.post_pairs(&format!("{LIST}/lam/package/{ward}/2024"), &[("_vai", &key)]).await.not_found();
    world.written_request(8).await;
    world.sent_package().await;
    city.get(&page).await.not_found();
    city.get(&world.package().await).await.ok();
    let own = city.submit(&form_of("package"), fill()).await.is(303).location();
    assert_eq!(worker::work_off(&world.app).await.unwrap(), 1);
    city.get(&own).await.ok().says("đã xong");
    let answer = city.get(&format!("{own}/tai-ve")).await;
    let files = unpacked(saved(answer, "application/zip", "goi-ho-so-phuoc-long-2024.zip"));
    agrees(&files);
    assert!(
        files.keys().any(|path| path.starts_with("to-07/")) && !files.keys().any(|path| path.starts_with("to-08/"))
    );
    officer.get(&own).await.not_found();
}

#[tokio::test]
async fn a_file_that_is_gone_is_told_and_a_store_that_fails_is_tried_again() {
    let world = World::on("2024-11-16").await;
    letter(&world).await;
    world.recommended_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    // The store cannot take it: a file lies where its folder should be.
    let blocked = world.files().join("made");
    std::fs::write(&blocked, b"x").unwrap();
    let page = made(&world, &mut officer, "package", fill()).await;
    officer.get(&page).await.ok().says("Chưa làm được tệp này").says("Chưa mở được kho tệp");
    officer.get(&format!("{page}/tai-ve")).await.not_found();
    std::fs::remove_file(&blocked).unwrap();
    // Meanwhile one of the files got lost.
    let sha256: String = world
        .ask("select a.sha256 from attachment a join attachment_use x on x.attachment_id = a.id where x.part_id is not null order by a.id limit 1")
        .await;
    std::fs::remove_file(world.files().join(&sha256[..2]).join(&sha256[2..4]).join(&sha256)).unwrap();
    officer.get(&page).await.ok();
    officer.submit(&format!("{page}/lai"), fill()).await.leads_to(&page);
    assert_eq!(worker::work_off(&world.app).await.unwrap(), 1);
    officer.get(&page).await.ok().says("đã xong").says("không còn trong kho");
    let answer = officer.get(&format!("{page}/tai-ve")).await;
    let files = unpacked(saved(answer, "application/zip", "goi-ho-so-phuoc-long-2024.zip"));
    let manifest = agrees(&files);
    assert_eq!(manifest["missing"][0]["sha256"], sha256.as_str());
    let index = String::from_utf8(files["muc-luc.html"].clone()).unwrap();
    assert!(index.contains("không còn trong kho tệp") && index.contains("Thiếu"));
}

#[tokio::test]
async fn after_its_days_a_bundle_is_gone_with_its_bytes() {
    let world = World::on("2024-11-16").await;
    world.recommended_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let page = made(&world, &mut officer, "package", fill()).await;
    let kept = world.files().join("made");
    assert_eq!(std::fs::read_dir(&kept).unwrap().count(), 1);
    world.now_is("2024-11-23T09:01");
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&page).await.not_found();
    officer.get(&format!("{page}/tai-ve")).await.not_found();
    let now = world.app.clock.now();
    assert_eq!(binhyen::bundle::sweep(&world.app.db, &world.app.files, now).await.unwrap(), 1);
    assert_eq!(world.ask::<i64>("select count(*) from bundle").await, 0);
    let left: usize = walk(&kept);
    assert_eq!(left, 0, "bytes stay behind");
    assert_eq!(binhyen::bundle::sweep(&world.app.db, &world.app.files, now).await.unwrap(), 0);
}

/// Files under a folder.
fn walk(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.map(|it| it.unwrap().path()).map(|it| if it.is_dir() { walk(&it) } else { 1 }).sum()
}

#[tokio::test]
async fn a_package_of_twenty_four_groups_has_a_folder_for_each() {
    let world = World::on("2024-11-16").await;
    let seven = world.recommended_request(7).await;
    // The same dossier for every group: what is measured is reading and packing, not how people came there.
    let mut owner = world.owner().await;
    let id: uuid::Uuid = seven.trim_start_matches("/ho-so/").parse().unwrap();
    for statement in [
        "update dossier o set status = 'recommended', receipt = 'X-' || o.id from dossier d
          where d.id = $1 and o.cycle_id = d.cycle_id and o.kind = 'request' and o.group_id is not null",
        "update dossier_part p set content = 'Nội dung của phần.' from dossier o, dossier d
          where d.id = $1 and o.cycle_id = d.cycle_id and o.kind = 'request' and o.group_id is not null and p.dossier_id = o.id",
        "with made as (
           insert into attachment (id, city_id, ward_id, group_id, cycle_id, subject_id, sha256, name, media_type, size, uploaded_at, uploaded_by)
           select gen_random_uuid(), o.city_id, o.ward_id, o.group_id, o.cycle_id, o.subject_id, a.sha256, a.name, a.media_type, a.size, a.uploaded_at, 'x'
             from dossier d join attachment a on a.subject_id = d.subject_id and a.cycle_id = d.cycle_id
             join dossier o on o.cycle_id = d.cycle_id and o.kind = 'request' and o.group_id is not null and o.id <> d.id
            where d.id = $1 returning *)
         insert into attachment_use (id, attachment_id, city_id, ward_id, group_id, cycle_id, subject_id, criterion, added_at)
         select gen_random_uuid(), m.id, m.city_id, m.ward_id, m.group_id, m.cycle_id, m.subject_id, '2', now() from made m",
    ] {
        sqlx::query(statement).bind(id).execute(&mut owner).await.unwrap();
    }
    let mut officer = world.client(people::OFFICER).await;
    let page = asked(&mut officer, "package", LIST, fill()).await;
    assert_eq!(worker::work_off(&world.app).await.unwrap(), 1);
    let answer = officer.get(&format!("{page}/tai-ve")).await;
    let files = unpacked(saved(answer, "application/zip", "goi-ho-so-phuoc-long-2024.zip"));
    agrees(&files);
    let units: BTreeSet<&str> = files.keys().filter_map(|path| path.split_once("/de-nghi/")).map(|it| it.0).collect();
    assert!(units.len() >= 24, "{units:?}");
}
