//! Requests that no page of ours sends, and servers that go away.

use axum::body::Body;
use axum::http::{Method, Request, header};
use sqlx::Connection;

use crate::support::{Client, Kind, World, fill, people};

#[tokio::test]
async fn a_page_asked_for_signed_out_is_there_after_signing_in() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut leader = world.visitor();
    leader.get(&format!("{dossier}?xem=1")).await.is(303);
    leader.follow().await.ok().says("Đăng nhập");
    let typed = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", people::PASSWORD);
    leader.submit("/dang-nhap", typed).await.leads_to(&format!("{dossier}?xem=1"));
    leader.follow().await.ok().says("Hồ sơ đăng ký năm 2024");
}

#[tokio::test]
async fn signing_in_leads_to_no_other_site() {
    let world = World::new().await;
    for elsewhere in ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"] {
        let mut visitor = world.visitor();
        let query = percent_encoding::utf8_percent_encode(elsewhere, percent_encoding::NON_ALPHANUMERIC).to_string();
        visitor.get(&format!("/dang-nhap?ve={query}")).await.ok();
        let typed = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", people::PASSWORD);
        visitor.submit("/dang-nhap", typed).await.leads_to("/");
    }
}

#[tokio::test]
async fn a_long_text_typed_survives_the_end_of_the_session() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let part = format!("{dossier}/phan/ke-hoach");
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&part).await.ok();
    let long = "Tuần tra từ 19 giờ đến 5 giờ, ba lực lượng.\n".repeat(100);
    let long = long.trim_end();
    world.app.clock.advance(chrono::Duration::minutes(16));
    let typed = fill().with("so", "05-KH/TDP").with("noi-dung", long);
    leader.submit(&part, typed).await.is(401).says("Chữ đã gõ vẫn còn");
    let again = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", people::PASSWORD);
    leader.submit("/dang-nhap", again).await.ok().says("Mở lại trang đang viết");
    let numbers: i64 = world.ask("select count(*) from dossier_part where number is not null").await;
    assert_eq!(numbers, 0, "nothing is submitted by signing in");
    // Drawn again with all of it, and sent by the person's own hand.
    leader.submit(&part, fill()).await.ok();
    assert_eq!(leader.shown().value("so"), "05-KH/TDP");
    assert_eq!(leader.shown().value("noi-dung").trim(), long);
    leader.submit(&part, fill()).await.leads_to(&dossier);
    leader.get(&part).await.ok();
    assert_eq!(leader.shown().value("noi-dung").trim(), long);
}

#[tokio::test]
async fn a_text_typed_survives_a_wrong_password_too() {
    let world = World::on("2024-11-12").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let address = format!("{dossier}/tu-danh-gia/2");
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&address).await.ok();
    let tab = leader.tab(&address);
    leader.forget_session();
    leader.submit_tab(&tab, fill().with("ket-luan", "met").with("ghi-chu", "Ba buổi tuyên truyền.")).await.is(401);
    let wrong = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", "sai mat khau roi");
    leader.submit("/dang-nhap", wrong).await.is(422).is_silent_about("sai mat khau roi");
    leader.submit("/dang-nhap", fill().with("mat-khau", people::PASSWORD)).await.ok();
    leader.submit(&address, fill()).await.ok();
    assert_eq!(leader.shown().value("ghi-chu").trim(), "Ba buổi tuyên truyền.");
    assert!(leader.shown().has("button[value='met'][aria-pressed]"));
}

/// A POST that a browser would send from a page of that site.
fn cross(client: &Client, path: &str, origin: Option<&str>, site: &str) -> Request<Body> {
    let mut request =
        client.request(Method::POST, path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    if !site.is_empty() {
        request = request.header("sec-fetch-site", site);
    }
    request.body(Body::from("x=1")).unwrap()
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let address = format!("{dossier}/tiep-nhan");
    for (origin, site) in [
        (Some("https://example.org"), "cross-site"),
        (Some("https://evil.localhost"), "same-site"),
        (Some("https://example.org"), ""),
        (Some("null"), ""),
    ] {
        let request = cross(&officer, &address, origin, site);
        officer.send(request).await.is(403).says("Biểu mẫu đến từ trang khác");
    }
    // Signing out from elsewhere is no way to annoy anybody either.
    let request = cross(&officer, "/dang-xuat", Some("https://example.org"), "cross-site");
    officer.send(request).await.is(403);
    officer.get("/").await.ok();
    assert_eq!(world.status(&dossier).await, "submitted");
}

#[tokio::test]
async fn an_address_for_buttons_opened_by_hand() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut officer = world.client(people::OFFICER).await;
    for verb in ["tiep-nhan", "rut", "tham-dinh-xong", "bo-tep"] {
        let page = officer.get(&format!("{dossier}/{verb}")).await.is(405);
        page.says("Địa chỉ này không mở trực tiếp được");
        assert_eq!(page.headers[header::ALLOW], "POST");
        assert_eq!(page.links(&dossier), std::slice::from_ref(&dossier), "the way back");
    }
    officer.get("/khong-co-trang-nay").await.not_found();
    officer.get("/ho-so/khong-phai-ma").await.not_found();
    officer.get("/ho-so/018d0abd-61c0-7000-825c-81a10b8feef3").await.not_found();
}

#[tokio::test]
async fn letters_that_are_not_utf8() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut officer = world.client(people::OFFICER).await;
    let address = format!("{dossier}/tiep-nhan");
    for body in ["_vai=%ff%fe", "%c3=1", "ly-do=Th%E0nh"] {
        officer
            .post(&address, "application/x-www-form-urlencoded", body.into())
            .await
            .is(400)
            .says("Chữ gửi lên không đọc được");
    }
    let mut leader = world.client(people::LEADER_8).await;
    let part = format!("{}/phan/ke-hoach", world.dossier(8, Kind::Registration).await);
    let seat = leader.seat_key(&part).await;
    let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"_vai\"\r\n\r\n{seat}\r\n--x\r\nContent-Disposition: form-data; name=\"_phien_ban\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"so\"\r\n\r\n").into_bytes();
    body.extend_from_slice(b"05-KH \xe0\r\n--x--\r\n");
    leader.post(&part, "multipart/form-data; boundary=x", body.into()).await.refuses("so", "Có chữ không đọc được");
}

#[tokio::test]
async fn a_body_over_the_limit() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    let body = format!("x={}", "a".repeat(1024 * 1024));
    officer
        .post("/tham-dinh/tiep-nhan", "application/x-www-form-urlencoded", body.into())
        .await
        .is(413)
        .says("quá lớn");
}

#[tokio::test]
async fn the_database_goes_away_and_comes_back() {
    let world = World::new().await;
    let dossier = world.registered(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&dossier).await.ok();
    // Every connection of the program ends, as in a restart of the server.
    end_connections(&world).await;
    officer.get(&dossier).await.ok();
    end_connections(&world).await;
    officer.submit(&format!("{dossier}/tiep-nhan"), fill()).await.leads_to(&dossier);
    assert_eq!(world.status(&dossier).await, "received");
    // Away for longer: a page that says so, and afterwards everything works.
    take_connections(&world, false).await;
    end_connections(&world).await;
    officer.get(&dossier).await.is(503).says("Chưa mở được dữ liệu");
    assert_eq!(officer.shown().headers[header::RETRY_AFTER], "30");
    officer.get("/cong-khai").await.is(503);
    let mut probe = world.visitor();
    probe.get("/readyz").await.is(503);
    probe.get("/healthz").await.ok();
    take_connections(&world, true).await;
    officer.get(&dossier).await.ok().says("Đã tiếp nhận");
    probe.get("/readyz").await.ok();
}

async fn end_connections(world: &World) {
    let mut admin = sqlx::PgConnection::connect(&crate::support::admin_url()).await.unwrap();
    sqlx::query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = 'binhyen_app'",
    )
    .bind(&world.urls.name)
    .execute(&mut admin)
    .await
    .unwrap();
    admin.close().await.unwrap();
}

/// Whether the server takes connections of the program; a superuser always gets in.
async fn take_connections(world: &World, takes: bool) {
    let limit = if takes { -1 } else { 0 };
    crate::support::as_admin(format!("alter database {} connection limit {limit}", world.urls.name)).await;
}

#[tokio::test]
async fn five_wrong_passwords_rest_a_minute() {
    let world = World::new().await;
    let mut guesser = world.visitor();
    for _ in 0..5 {
        guesser.get("/dang-nhap").await.ok();
        let typed = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", "khong phai mat khau");
        guesser.submit("/dang-nhap", typed).await.refuses("mat-khau", "");
    }
    let right = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", people::PASSWORD);
    guesser.get("/dang-nhap").await.ok();
    guesser.submit("/dang-nhap", right.clone()).await.is(429).says("Nghỉ 1 phút");
    world.app.clock.advance(chrono::Duration::seconds(61));
    guesser.get("/dang-nhap").await.ok();
    guesser.submit("/dang-nhap", right).await.leads_to("/");
}

#[tokio::test]
async fn a_number_nobody_has_gets_the_same_answer_as_a_wrong_password() {
    let world = World::new().await;
    let mut texts = vec![];
    for phone in [people::LEADER_7, "0987654321"] {
        let mut guesser = world.visitor();
        guesser.get("/dang-nhap").await.ok();
        let page = guesser
            .submit("/dang-nhap", fill().with("so-dien-thoai", phone).with("mat-khau", "khong phai mat khau"))
            .await
            .is(422);
        texts.push(page.errors());
    }
    assert_eq!(texts[0], texts[1]);
}
