//! The outer manners of every request: a number, a page for every error, one line in the log, figures for the metrics.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::error::{AppError, Bad, Carried};
use super::error_page::ErrorPage;
use super::flights::counted;
use super::page;
use super::session::{Typed, session_key};
use super::shell::Shell;
use crate::app::App;
use crate::words;

/// A number that is easy to read out on the telephone: six letters and digits without look-alikes.
fn request_number() -> String {
    const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKLMNPQRSTVWXY";
    let chance: [u8; 6] = rand::random();
    let letters: String = chance.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect();
    format!("{}-{}", &letters[..3], &letters[3..])
}

/// What the error page needs to know of the request.
struct Asked {
    method: Method,
    path: String,
    headers: HeaderMap,
    number: String,
}

/// Runs a request inside a counter, draws its error page, and writes its line in the log. Paths are logged without their
/// query, and nothing of a body, a cookie or a name is.
pub async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    #[allow(clippy::disallowed_methods, reason = "measures how long a request takes, which no test decides on")]
    let begun = Instant::now();
    let asked = Asked {
        method: request.method().clone(),
        path: request.uri().path().to_owned(),
        headers: request.headers().clone(),
        number: request_number(),
    };
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let (response, flights) = counted(next.run(request)).await;
    let mut response = draw_error(&app, &asked, &route, response).await;
    let status = response.status().as_u16();
    let millis = begun.elapsed().as_secs_f64() * 1000.0;
    tracing::info!(
        target: "request", number = asked.number, method = %asked.method, route, status,
        flights = flights.0, millis = format_args!("{millis:.1}")
    );
    metrics::counter!("binhyen_requests_total", "route" => route.clone(), "status" => status.to_string()).increment(1);
    metrics::histogram!("binhyen_request_seconds", "route" => route).record(millis / 1000.0);
    response.extensions_mut().insert(flights);
    if let Ok(number) = HeaderValue::from_str(&asked.number) {
        response.headers_mut().insert("x-request-id", number);
    }
    response
}

/// The failure that a response carries, or that a layer below answered with a bare status.
fn failure(response: &Response) -> Option<std::sync::Arc<AppError>> {
    if let Some(carried) = response.extensions().get::<Carried>() {
        return Some(std::sync::Arc::clone(&carried.0));
    }
    let is_bare =
        response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !is_bare || response.extensions().get::<Plain>().is_some() {
        return None;
    }
    let error = match response.status() {
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => AppError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => AppError::Bad(Bad::Method),
        StatusCode::FORBIDDEN => AppError::Bad(Bad::CrossSite),
        StatusCode::PAYLOAD_TOO_LARGE => AppError::Bad(Bad::TooLarge),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => AppError::Bad(Bad::NotAForm),
        status if status.is_server_error() => AppError::Internal(anyhow::anyhow!("a layer answered {status}")),
        _ => return None,
    };
    Some(std::sync::Arc::new(error))
}

/// Marks an answer for machines: its plain text is meant.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

/// The log names the route and never the path, which may hold the token of a one-time link.
async fn draw_error(app: &App, asked: &Asked, route: &str, mut response: Response) -> Response {
    let Some(error) = failure(&response) else {
        return response;
    };
    if let AppError::Internal(cause) = &*error {
        tracing::error!(number = asked.number, route, "{cause:#}");
    }
    if let AppError::SignInRequired { back } = &*error {
        let typed = response.extensions_mut().remove::<Typed>();
        return sign_in_first(app, asked, back, typed.as_ref());
    }
    let status = error.status();
    let mut drawn = (status, error_page(app, asked, &error)).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        drawn.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    }
    // A method that an address does not take comes with the list of those it does.
    if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
        drawn.headers_mut().insert(header::ALLOW, allow);
    }
    drawn
}

fn sign_in_first(app: &App, asked: &Asked, back: &str, typed: Option<&Typed>) -> Response {
    if asked.method == Method::GET || asked.method == Method::HEAD {
        let query = percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
        return Redirect::to(&format!("{}?ve={query}", crate::account::urls::SIGN_IN)).into_response();
    }
    crate::account::sign_in_page(app, &asked.headers, &way_back(asked), typed)
}

fn error_page(app: &App, asked: &Asked, error: &AppError) -> ErrorPage {
    let (heading, sentence) = words::errors::of(error);
    let mut shell = Shell::public(heading).on_demo_day(page::demo_day(app));
    shell.signed_in = session_key(&asked.headers).is_some();
    let (kind, icon) = match error {
        AppError::Denied(_) => ("Chưa làm được", "lock"),
        AppError::NotFound => ("Không tìm thấy", "search"),
        AppError::Stale => ("Đã có thay đổi", "refresh-cw"),
        AppError::TooMany | AppError::Unavailable | AppError::Busy => ("Tạm dừng", "clock-alert"),
        _ => ("Chưa làm được", "triangle-alert"),
    };
    let mut drawn = ErrorPage::new(shell, kind, icon, sentence);
    if let AppError::Denied(denial) = error {
        drawn.who = words::denial::who_can(*denial);
    }
    let back = way_back(asked);
    if back != crate::home::urls::HOME && back != asked.path {
        drawn.back = ("Quay lại trang trước".to_owned(), back);
    }
    if matches!(error, AppError::Internal(_)) {
        drawn.request = Some(asked.number.clone());
    }
    drawn
}

/// Where a person can go on: the dossier an address belongs to, or the page of ours that led here, or home.
fn way_back(asked: &Asked) -> String {
    let mut steps = asked.path.split('/').skip(1);
    if let (Some("ho-so"), Some(id), Some(_)) = (steps.next(), steps.next(), steps.next()) {
        return format!("/ho-so/{id}");
    }
    let host = asked.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let referer = asked.headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()).unwrap_or_default();
    let ours =
        referer.split_once("://").and_then(|(_, rest)| rest.strip_prefix(host)).filter(|path| path.starts_with('/'));
    ours.filter(|_| !host.is_empty()).unwrap_or(crate::home::urls::HOME).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(path: &str, referer: &str) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("localhost:8390"));
        headers.insert(header::REFERER, HeaderValue::from_str(referer).expect("plain"));
        Asked { method: Method::POST, path: path.to_owned(), headers, number: "ABC-234".to_owned() }
    }

    #[test]
    fn the_way_back_stays_with_us() {
        assert_eq!(way_back(&asked("/ho-so/7/rut", "")), "/ho-so/7");
        assert_eq!(way_back(&asked("/nam/2024/khoa", "http://localhost:8390/nam/2024")), "/nam/2024");
        assert_eq!(way_back(&asked("/nam/2024/khoa", "https://localhost:8390.example.org/x")), "/");
        assert_eq!(way_back(&asked("/nam/2024/khoa", "https://example.org/x")), "/");
    }

    #[test]
    fn a_number_can_be_read_out() {
        let number = request_number();
        assert_eq!(number.len(), 7);
        assert!(!number.contains(['0', '1', 'I', 'O', 'U']));
    }
}
