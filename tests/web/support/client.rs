//! A browser: it keeps cookies and the page it looks at, and sends the forms that were drawn on it.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, header};
use binhyen::web::flights::Flights;
use binhyen::web::session::SESSION_COOKIE;
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::answer::Answer;
use super::form::{Fill, Form, fill};
use super::people::PASSWORD;

/// The address that browsers see.
pub const ORIGIN: &str = "http://localhost:8390";

pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// The page on the screen.
    pub page: Option<Answer>,
    /// The day that this person writes on papers.
    pub paper_day: &'static str,
}

/// A form of a page that was on the screen some time ago: another tab.
#[derive(Clone)]
pub struct Tab(Form);

impl Client {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), page: None, paper_day: "12/1/2024" }
    }

    /// The same person on a copy of the same database.
    pub fn moved_to(&self, router: Router) -> Self {
        Self { router, cookies: self.cookies.clone(), page: None, paper_day: self.paper_day }
    }

    pub fn is_signed_in(&self) -> bool {
        self.cookies.contains_key(SESSION_COOKIE)
    }

    /// The session key; with it a test enters the database as this person.
    pub fn session_key(&self) -> &str {
        &self.cookies[SESSION_COOKIE]
    }

    /// Loses the session, as a browser does that was closed.
    pub fn forget_session(&mut self) {
        self.cookies.remove(SESSION_COOKIE);
    }

    /// Signs in, and takes the first seat where there are several.
    pub async fn sign_in(&mut self, phone: &str) -> &Answer {
        self.get("/dang-nhap").await;
        self.submit("/dang-nhap", fill().with("so-dien-thoai", phone).with("mat-khau", PASSWORD)).await;
        assert!(self.is_signed_in(), "{phone} did not get in: {}", self.shown().text());
        if self.shown().is(303).location().starts_with("/doi-vai") {
            self.choose_seat(|_| true).await;
        }
        self.shown()
    }

    /// Signs in and takes the seat whose words fit.
    pub async fn sign_in_as(&mut self, phone: &str, fits: impl Fn(&str) -> bool) -> &Answer {
        self.sign_in(phone).await;
        self.choose_seat(fits).await
    }

    /// Takes another seat.
    pub async fn choose_seat(&mut self, fits: impl Fn(&str) -> bool) -> &Answer {
        let page = self.get("/doi-vai").await.ok();
        let picks = super::answer::selector("label.pick");
        let seat = page.html().select(&picks).find(|pick| fits(&super::answer::words_of(*pick))).expect("such a seat");
        let control = seat.select(&super::answer::selector("input")).next().expect("its button");
        let value = control.attr("value").expect("its value").to_owned();
        self.submit("/doi-vai", fill().with("vai", &value)).await.is(303)
    }

    /// The seat that forms of that page are drawn for.
    pub async fn seat_key(&mut self, path: &str) -> String {
        self.get(path).await.ok().value("_vai")
    }

    /// The page on the screen.
    #[track_caller]
    pub fn shown(&self) -> &Answer {
        self.page.as_ref().expect("no page was opened yet")
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> &Answer {
        let request = self.request(Method::GET, path).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// Presses the button of a form on the screen, named by its address or by a selector.
    pub async fn submit(&mut self, which: &str, fill: Fill) -> &Answer {
        let tab = self.tab(which);
        self.submit_tab(&tab, fill).await
    }

    /// Keeps a form of the page on the screen, to press its button later.
    #[track_caller]
    pub fn tab(&self, which: &str) -> Tab {
        let page = self.shown();
        Tab(Form::find(page.html(), which, &page.path))
    }

    /// Whether the form on the screen has such a field.
    pub fn offers(&self, which: &str, field: &str) -> bool {
        self.tab(which).0.has(field)
    }

    /// Presses the button of a form kept before.
    pub async fn submit_tab(&mut self, tab: &Tab, fill: Fill) -> &Answer {
        let form = tab.0.clone().filled(&fill);
        if form.method.eq_ignore_ascii_case("get") {
            let path = format!("{}?{}", form.action, super::form::encoded(&form.pairs()));
            return self.get(&path).await;
        }
        let (kind, body) = form.body();
        self.post(&form.action, &kind, body).await
    }

    /// Presses a button of the form that sends it elsewhere (`formaction`).
    pub async fn submit_tab_to(&mut self, tab: &Tab, action: &str, fill: Fill) -> &Answer {
        let (kind, body) = tab.0.clone().filled(&fill).body();
        self.post(action, &kind, body).await
    }

    /// Sends a body from one of our own pages.
    pub async fn post(&mut self, path: &str, kind: &str, body: Body) -> &Answer {
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::ORIGIN, ORIGIN)
            .header("sec-fetch-site", "same-origin")
            .body(body)
            .expect("a request");
        self.send(request).await
    }

    /// Sends fields that no page drew.
    pub async fn post_pairs(&mut self, path: &str, pairs: &[(&str, &str)]) -> &Answer {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.post(path, "application/x-www-form-urlencoded", Body::from(super::form::encoded(&pairs))).await
    }

    /// Goes where the last answer leads.
    pub async fn follow(&mut self) -> &Answer {
        let to = self.shown().is(303).location();
        self.get(&to).await
    }

    /// A request with the headers of a browser.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost:8390");
        request =
            request.header(header::USER_AGENT, "Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0 Mobile Safari/537.36");
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request
    }

    /// Sends any request, and checks what every answer has to be.
    pub async fn send(&mut self, mut request: Request<Body>) -> &Answer {
        let path = request.uri().path().to_owned();
        let asked = format!("{} {path}", request.method());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
        let signed_in = self.is_signed_in();
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes();
        self.keep_cookies(&parts.headers);
        let answer = Answer::new(asked, path, (parts.status, parts.headers, body), parts.extensions.get::<Flights>());
        answer.check(signed_in);
        self.page.insert(answer)
    }

    fn keep_cookies(&mut self, headers: &axum::http::HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie");
            let (pair, rest) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').expect("a cookie's value");
            assert!(
                name.starts_with("__Host-")
                    && rest.contains("Secure")
                    && rest.contains("HttpOnly")
                    && rest.contains("SameSite=Lax"),
                "{text}"
            );
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
