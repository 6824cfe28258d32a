//! Coming in: the sign-in page, the throttle, where one goes afterwards, and what never gets into a log.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Method, header};
use chrono::Duration;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{Answer, Client, World, day, fill, people};

/// What nobody's password is.
pub const WRONG: &str = "khong phai mat khau nay";
const SAME_SENTENCE: &str = "Số điện thoại hoặc mật khẩu chưa đúng.";

/// Fills the sign-in page in, whatever comes of it.
pub async fn enter<'a>(client: &'a mut Client, phone: &str, password: &str) -> &'a Answer {
    client.get("/dang-nhap").await;
    client.submit("/dang-nhap", fill().with("so-dien-thoai", phone).with("mat-khau", password)).await
}

/// Nowhere in the answer: neither in its text nor in an attribute, a hidden field or a header.
#[track_caller]
pub fn hides(answer: &Answer, secret: &str) {
    let body = String::from_utf8_lossy(&answer.body);
    assert!(!body.contains(secret), "“{secret}” stands in {}", answer.asked);
    assert!(!format!("{:?}", answer.headers).contains(secret), "“{secret}” stands in a header of {}", answer.asked);
}

#[tokio::test]
async fn a_number_is_taken_in_every_spelling() {
    let world = World::new().await;
    for typed in ["0900000207", "0900 000 207", "+84 900 000 207", "0900.000.207"] {
        let mut client = world.visitor();
        enter(&mut client, typed, people::PASSWORD).await.leads_to("/");
        client.follow().await.ok().says("Chào ông Trần Văn Lựu");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_number_are_told_alike() {
    let world = World::new().await;
    let mut client = world.visitor();
    for phone in ["0900 000 207", "0911 111 111"] {
        let answer = enter(&mut client, phone, WRONG).await;
        answer.refuses("mat-khau", SAME_SENTENCE);
        assert_eq!(answer.errors().len(), 1);
        assert_eq!(answer.value("so-dien-thoai"), phone);
        hides(answer, WRONG);
        assert!(!client.is_signed_in());
    }
    let answer = enter(&mut client, "12", "").await;
    answer.refuses("so-dien-thoai", "Ghi số điện thoại").refuses("mat-khau", "Gõ mật khẩu");
}

#[tokio::test]
async fn the_cookie_is_of_this_host_alone_and_ends_with_the_browser() {
    let world = World::new().await;
    let mut client = world.visitor();
    client.get("/dang-nhap").await;
    let filled = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", people::PASSWORD).tick("nho", "co");
    let answer = client.submit("/dang-nhap", filled).await;
    let cookies: Vec<&str> = answer.headers.get_all(header::SET_COOKIE).iter().map(|it| it.to_str().unwrap()).collect();
    let session = cookies.iter().find(|it| it.starts_with("__Host-phien=")).expect("a session");
    for word in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(session.split("; ").any(|it| it == word), "{session}");
    }
    assert!(!session.contains("Domain") && !session.contains("Max-Age") && !session.contains("Expires"), "{session}");
    // 32 bytes by chance, of which the database keeps a hash only.
    assert_eq!(client.session_key().len(), 64);
    let kept: i64 = world.ask("select count(*) from session where octet_length(key_hash) = 32").await;
    assert_eq!(kept, 1);
    client.get("/tai-khoan").await.ok();
    client.submit("main form[action='/dang-xuat']", fill()).await.leads_to("/dang-nhap?xong=dang-xuat");
    let page = client.follow().await;
    page.ok().says("Đã đăng xuất").says("Máy này đã nhớ số");
    assert_eq!(page.value("so-dien-thoai"), "0900 000 207");
}

#[tokio::test]
async fn five_failures_rest_a_minute_for_this_number_alone() {
    let world = World::new().await;
    let mut client = world.visitor();
    for _ in 0..5 {
        enter(&mut client, people::LEADER_7, WRONG).await.is(422);
    }
    let answer = enter(&mut client, people::LEADER_7, people::PASSWORD).await;
    answer.is(429).says("Nghỉ 1 phút rồi thử lại");
    assert_eq!(answer.headers[header::RETRY_AFTER], "60");
    assert_eq!(answer.value("so-dien-thoai"), people::LEADER_7);
    hides(answer, people::PASSWORD);
    enter(&mut world.visitor(), people::LEADER_8, people::PASSWORD).await.leads_to("/");
    world.now_is("2024-03-25T09:01");
    enter(&mut client, people::LEADER_7, WRONG).await.is(422);
    enter(&mut client, people::LEADER_7, people::PASSWORD).await.is(429).says("Nghỉ 2 phút");
    world.now_is("2024-03-25T09:03");
    enter(&mut client, people::LEADER_7, people::PASSWORD).await.leads_to("/");
    // A success forgets: four failures are free again.
    let mut other = world.visitor();
    for _ in 0..4 {
        enter(&mut other, people::LEADER_7, WRONG).await.is(422);
    }
    enter(&mut other, people::LEADER_7, people::PASSWORD).await.leads_to("/");
}

/// A try that a proxy on this machine says comes from that address.
async fn enter_from(client: &mut Client, address: &str, phone: &str, password: &str) -> u16 {
    let fields = format!("so-dien-thoai={phone}&mat-khau={}", password.replace(' ', "+"));
    let request = client
        .request(Method::POST, "/dang-nhap")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", address)
        .body(Body::from(fields))
        .expect("a request");
    client.send(request).await.status.as_u16()
}

#[tokio::test]
async fn thirty_failures_from_one_address_rest_it() {
    let world = World::new().await;
    let mut client = world.visitor();
    for nobody in 0..30 {
        let phone = format!("09111111{nobody:02}");
        assert_eq!(enter_from(&mut client, "203.0.113.9", &phone, WRONG).await, 422, "{phone}");
    }
    let (here, there) = ("203.0.113.9", "198.51.100.1");
    // Tries that are not judged do not count against the person either.
    for _ in 0..6 {
        assert_eq!(enter_from(&mut client, here, people::LEADER_7, people::PASSWORD).await, 429);
    }
    assert_eq!(enter_from(&mut client, there, people::LEADER_7, people::PASSWORD).await, 303);
    world.now_is("2024-03-25T09:01");
    assert_eq!(enter_from(&mut world.visitor(), here, people::LEADER_8, people::PASSWORD).await, 303);
}

#[tokio::test]
async fn the_way_back_stays_on_this_site() {
    let world = World::new().await;
    let mut client = world.visitor();
    client.get("/tai-khoan?xong=khong").await.leads_to("/dang-nhap?ve=%2Ftai%2Dkhoan%3Fxong%3Dkhong");
    client.follow().await.ok();
    let filled = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", people::PASSWORD);
    client.submit("/dang-nhap", filled.clone()).await.leads_to("/tai-khoan?xong=khong");
    for evil in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/dang-xuat",
    ] {
        let mut client = world.visitor();
        let query: String = evil.bytes().map(|byte| format!("%{byte:02X}")).collect();
        assert_eq!(client.get(&format!("/dang-nhap?ve={query}")).await.ok().value("ve"), "/", "{evil}");
        client.submit("/dang-nhap", filled.clone().forge("ve", evil)).await.leads_to("/");
        client.get("/dang-nhap").await;
        let carried = filled.clone().forge("giu-path", evil).forge("giu.noi-dung", "x");
        client.submit("/dang-nhap", carried).await.leads_to("/");
    }
    let mut two_seats = world.client(people::OFFICER_TOO).await;
    two_seats.get("/doi-vai?ve=%2F%2Fevil.example").await.ok();
    let seat = two_seats.shown().value("vai");
    two_seats.submit("/doi-vai", fill().with("vai", &seat).forge("ve", "//evil.example")).await.leads_to("/");
}

#[tokio::test]
async fn a_form_of_another_site_does_not_sign_in() {
    let world = World::new().await;
    let mut client = world.visitor();
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = client
            .request(Method::POST, "/dang-nhap")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from(format!(
                "so-dien-thoai={}&mat-khau={}",
                people::LEADER_7,
                people::PASSWORD.replace(' ', "+")
            )))
            .expect("a request");
        client.send(request).await.is(403).says("Biểu mẫu đến từ trang khác");
        assert!(!client.is_signed_in());
    }
    let mut signed_in = world.client(people::LEADER_7).await;
    signed_in.get("/dang-xuat").await.is(405);
    signed_in.get("/tai-khoan").await.ok();
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("a log").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_number_name_or_password_gets_into_the_log() {
    let world = World::new().await;
    let log = Log::default();
    // Everything that can be said, but by the tests' own reader of pages and by tower-http, which tells whole paths at its
    // lowest level and is kept at "warn" unless somebody asks for more.
    let most = tracing_subscriber::EnvFilter::new("trace,tower_http=warn,html5ever=off,selectors=off");
    let most = tracing_subscriber::fmt().with_env_filter(most).with_ansi(false).with_writer(log.clone()).finish();
    // The whole test runs on this thread, so this hears everything that the program says meanwhile.
    let listening = tracing::subscriber::set_default(most);
    let mut client = world.visitor();
    enter(&mut client, people::LEADER_7, WRONG).await.is(422);
    enter(&mut client, people::LEADER_7, people::PASSWORD).await.leads_to("/");
    let key = client.session_key().to_owned();
    client.get("/tai-khoan").await.ok();
    let mut steward = world.client(people::STEWARD).await;
    steward.get("/quan-tri/tai-khoan?tim=0900000208").await.ok().says("Ngô Thị Thu Cúc");
    let leader = steward.shown().links("/quan-tri/tai-khoan/")[0].clone();
    let leader =
        if leader.ends_with("/moi") { steward.shown().links("/quan-tri/tai-khoan/")[1].clone() } else { leader };
    steward.get(&leader).await.ok();
    steward.submit(&format!("{leader}/mat-khau"), fill()).await.ok();
    let initial = steward.shown().html().select(&scraper::Selector::parse("#mat-khau-ban-dau").unwrap()).next();
    let initial: String = initial.expect("a password").text().collect();
    client.get("/moi/0123456789abcdef").await.is(410);
    drop(listening);
    let said = String::from_utf8(log.0.lock().expect("a log").clone()).expect("text");
    assert!(
        said.contains("/quan-tri/tai-khoan/{id}/mat-khau") && said.contains("status=422"),
        "the log heard nothing:\n{said}"
    );
    let secrets = [
        WRONG,
        people::PASSWORD,
        &initial,
        &key,
        "0900000207",
        "0900 000 207",
        "0900000208",
        "Trần Văn Lựu",
        "Ngô Thị Thu Cúc",
        "argon2",
        "0123456789abcdef",
    ];
    for secret in secrets {
        let told = said.lines().find(|line| line.contains(secret));
        assert!(told.is_none(), "“{secret}” is in the log: {told:?}");
    }
}

#[tokio::test]
async fn old_sessions_and_tries_are_swept() {
    let world = World::new().await;
    let mut client = world.client(people::LEADER_7).await;
    enter(&mut world.visitor(), people::LEADER_8, WRONG).await.is(422);
    let db = &world.app.db;
    assert_eq!(binhyen::account::sweep(db, day("2024-03-25T20:59")).await.expect("swept"), 0);
    client.get("/tai-khoan").await.ok();
    // The session after 12 hours; the tries of a number and an address after two days.
    assert_eq!(binhyen::account::sweep(db, day("2024-03-25") + Duration::hours(12)).await.expect("swept"), 1);
    client.get("/tai-khoan").await.is(303);
    assert_eq!(binhyen::account::sweep(db, day("2024-03-28")).await.expect("swept"), 2);
}
