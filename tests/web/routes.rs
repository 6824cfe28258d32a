//! Every address of the program: closed without a session, unless the list of public ones names it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use binhyen::router::PUBLIC;

use crate::support::{World, people};

/// The path patterns that the sources name: constants that begin with a slash, in `urls.rs` and where else they stand.
fn patterns() -> BTreeSet<String> {
    fn read(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                read(&entry.path(), found);
                continue;
            }
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            let constants =
                text.lines().filter_map(|line| line.trim().strip_prefix("pub const ")?.split_once(": &str = \"/"));
            found.extend(constants.map(|(_, rest)| format!("/{}", rest.trim_end_matches("\";"))));
        }
    }
    let mut found = BTreeSet::new();
    read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    found
}

/// An address that fits the pattern, of something that does not exist.
fn example(pattern: &str) -> String {
    let id = "018d0abd-61c0-7000-825c-81a10b8feef3";
    let mut path = pattern.to_owned();
    for (name, value) in [
        ("{id}", id),
        ("{ward}", id),
        ("{household}", id),
        ("{dossier}", id),
        ("{attendee}", id),
        ("{seat}", id),
        ("{year}", "2024"),
        ("{token}", "abc"),
        ("{criterion}", "1.1"),
        ("{version}", "1"),
        ("{batch}", "00000000-0000-7000-8000-000000000000"),
        ("{seq}", "1"),
        ("{use_id}", id),
        ("{draft}", id),
        ("{subject}", "group"),
        ("{part}", "nghi-quyet"),
        ("{incident}", "toi-pham"),
        ("{sha256}", "00"),
        ("{kind}", "to-bao-cao"),
    ] {
        path = path.replace(name, value);
    }
    let code = if path.contains("/han/") { "group_registration" } else { "ke-hoach" };
    path.replace("{code}", code)
}

#[tokio::test]
async fn without_a_session_every_address_refuses_but_the_public_ones() {
    let world = World::new().await;
    let patterns = patterns();
    assert!(patterns.len() > 40, "{patterns:?}");
    for pattern in patterns.iter().filter(|pattern| !PUBLIC.contains(&pattern.as_str())) {
        let path = example(pattern);
        assert!(!path.contains('{'), "{pattern} has a parameter that this test does not know");
        let mut visitor = world.visitor();
        let opened = visitor.get(&path).await.status.as_u16();
        if opened == 303 {
            assert!(
                visitor.shown().location().starts_with("/dang-nhap?ve="),
                "{path} leads to {}",
                visitor.shown().location()
            );
        }
        let sent = visitor.post_pairs(&path, &[("x", "1")]).await.status.as_u16();
        assert!(matches!((opened, sent), (303, 401 | 405) | (405, 401)), "{pattern}: GET {opened}, POST {sent}");
    }
}

#[tokio::test]
async fn every_public_address_answers() {
    let world = World::new().await;
    let mut visitor = world.visitor();
    visitor.get("/healthz").await.ok();
    visitor.get("/readyz").await.ok();
    visitor.get("/dang-nhap").await.ok().says("Đăng nhập");
    visitor.get("/cong-khai").await.ok().says("Chưa có kết quả nào");
    assert_eq!(visitor.shown().headers["cache-control"], "public, max-age=60");
    visitor.get("/moi/khong-co").await;
    assert!([404, 410].contains(&visitor.shown().status.as_u16()), "{}", visitor.shown().status);
    visitor.post_pairs("/dang-xuat", &[]).await.is(303);
    visitor.get("/dang-nhap").await.ok();
    let sheets: Vec<String> = {
        let html = visitor.shown().html();
        let css = scraper::Selector::parse("link[href^='/tinh/'], script[src^='/tinh/']").unwrap();
        html.select(&css).map(|it| it.attr("href").or(it.attr("src")).unwrap().to_owned()).collect()
    };
    assert!(sheets.len() >= 2);
    for sheet in sheets {
        let sent = visitor.get(&sheet).await.ok();
        assert!(sent.headers["cache-control"].to_str().unwrap().contains("immutable"));
    }
}

#[tokio::test]
async fn a_password_to_be_changed_comes_before_everything() {
    let world = World::new().await;
    let mut owner = world.owner().await;
    // As a steward leaves an account that was just made.
    sqlx::query("update account set must_change = true where phone = $1")
        .bind(people::LEADER_7)
        .execute(&mut owner)
        .await
        .unwrap();
    let mut leader = world.client(people::LEADER_7).await;
    for path in ["/", "/ho-so", "/quy-dinh"] {
        leader.get(path).await.leads_to("/tai-khoan/mat-khau");
    }
    leader.get("/tai-khoan/mat-khau").await.ok().says("Mật khẩu ban đầu");
}
