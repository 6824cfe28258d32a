//! The files of `static/`, carried inside the program and served under an address that changes with their content.
//!
//! `/tinh/<hash>/<path>`: one hash covers the whole tree, because the style sheet names its fonts by relative paths.
//! `app.css` is not a file: it is the sheets of `css/` joined in that order, so that a page asks once.

use crate::web::cache::CachePolicy;
use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{LazyLock, OnceLock};

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/static/"]
struct Static;

/// The sheets of `app.css`. The first one declares the order of the layers.
const SHEETS: [&str; 10] = [
    "css/tokens.css",
    "css/base.css",
    "css/shell.css",
    "css/actions.css",
    "css/parts.css",
    "css/forms.css",
    "css/figures.css",
    "css/groups.css",
    "css/official.css",
    "css/paper.css",
];

struct Asset {
    body: Bytes,
    kind: HeaderValue,
    /// Made when first asked for; `None` when compression does not pay (fonts).
    gzip: OnceLock<Option<Bytes>>,
}

impl Asset {
    fn new(body: Bytes, kind: HeaderValue) -> Self {
        Self { body, kind, gzip: OnceLock::new() }
    }

    fn gzipped(&self) -> Option<&Bytes> {
        self.gzip.get_or_init(|| smaller(&self.body)).as_ref()
    }
}

struct Shelf {
    hash: String,
    assets: BTreeMap<String, Asset>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let mut assets = BTreeMap::new();
    for path in Static::iter() {
        if let Some(file) = Static::get(&path) {
            let body = Bytes::from(file.data.into_owned());
            assets.insert(path.to_string(), Asset::new(body, kind_of(file.metadata.mimetype())));
        }
    }
    let joined: Vec<&[u8]> =
        SHEETS.iter().filter_map(|sheet| assets.get(*sheet)).map(|asset| &asset.body[..]).collect();
    let sheet = Asset::new(joined.join(&b'\n').into(), kind_of("text/css"));
    assets.insert("app.css".to_owned(), sheet);
    Shelf { hash: hash_of(&assets), assets }
});

fn kind_of(mime: &str) -> HeaderValue {
    let text = mime.starts_with("text/") || mime == "image/svg+xml";
    let full = if text { format!("{mime}; charset=utf-8") } else { mime.to_owned() };
    HeaderValue::from_str(&full).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// Names and lengths go in with the bytes, so that moving content between files changes the hash.
fn hash_of(assets: &BTreeMap<String, Asset>) -> String {
    let mut sum = Sha256::new();
    for (path, asset) in assets {
        sum.update(path.as_bytes());
        sum.update([0]);
        sum.update(asset.body.len().to_be_bytes());
        sum.update(&asset.body);
    }
    hex::encode(&sum.finalize()[..4])
}

fn smaller(body: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).ok()?;
    let packed = encoder.finish().ok()?;
    (packed.len() + packed.len() / 10 < body.len()).then(|| packed.into())
}

/// The address of a file of `static/`, or of `app.css`.
///
/// A wrong name gives an address that answers 404; debug builds panic, so that a render test finds the slip.
#[must_use]
pub fn href(path: &str) -> String {
    debug_assert!(SHELF.assets.contains_key(path), "static/ holds no {path}");
    format!("/tinh/{}/{path}", SHELF.hash)
}

/// The content of a file of `static/`, for those who draw it into a page (icons).
pub(crate) fn content(path: &str) -> Option<&'static str> {
    SHELF.assets.get(path).and_then(|asset| std::str::from_utf8(&asset.body).ok())
}

/// Every path that can be asked for.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    SHELF.assets.keys().map(String::as_str)
}

/// The route of all static files.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/tinh/{hash}/{*path}", get(serve))
}

async fn serve(Path((hash, path)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let found = (hash == SHELF.hash).then(|| SHELF.assets.get(&path)).flatten();
    let Some(asset) = found else {
        return (StatusCode::NOT_FOUND, "Không có tệp này.").into_response();
    };
    let same =
        [(header::CONTENT_TYPE, asset.kind.clone()), (header::VARY, HeaderValue::from_static("accept-encoding"))];
    match asset.gzipped().filter(|_| takes_gzip(&headers)) {
        Some(packed) => {
            let packed_as = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
            (CachePolicy::Immutable, same, packed_as, packed.clone()).into_response()
        }
        None => (CachePolicy::Immutable, same, asset.body.clone()).into_response(),
    }
}

/// Reads `Accept-Encoding: gzip, br;q=0.5`; `gzip;q=0` is a refusal.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let Some(accepted) = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    accepted.split(',').any(|choice| {
        let (name, weight) = choice.split_once(";q=").unwrap_or((choice, "1"));
        name.trim().eq_ignore_ascii_case("gzip") && weight.trim().parse::<f32>().is_ok_and(|q| q > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use http_body_util::BodyExt;
    use std::io::Read;
    use tower::ServiceExt;

    async fn ask(path: &str, accepts: &str) -> Response {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, accepts).body(Body::empty());
        routes::<()>().oneshot(request.expect("request")).await.expect("response")
    }

    async fn body(response: Response) -> Bytes {
        response.into_body().collect().await.expect("body").to_bytes()
    }

    #[tokio::test]
    async fn the_sheet_is_one_file_packed_and_kept_for_a_year() {
        let packed = ask(&href("app.css"), "br, gzip").await;
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
        assert_eq!(packed.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(packed.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        let packed = body(packed).await;
        assert!(packed.len() < 12_000, "the sheet weighs {} bytes over the wire", packed.len());

        let plain = ask(&href("app.css"), "gzip;q=0").await;
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
        let plain = body(plain).await;
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut unpacked).expect("gzip");
        assert_eq!(plain, unpacked);
    }

    #[tokio::test]
    async fn a_font_is_not_packed_twice() {
        let font = ask(&href("fonts/be-vietnam-pro-latin-400.woff2"), "gzip").await;
        assert_eq!(font.headers()[header::CONTENT_TYPE], "font/woff2");
        assert!(!font.headers().contains_key(header::CONTENT_ENCODING));
    }

    #[tokio::test]
    async fn a_wrong_hash_or_a_wrong_name_is_not_found() {
        assert_eq!(ask("/tinh/00000000/app.css", "gzip").await.status(), StatusCode::NOT_FOUND);
        let beside = href("app.css").replace("app.css", "khong-co.css");
        let answer = ask(&beside, "gzip").await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        assert!(!answer.headers().contains_key(header::CACHE_CONTROL));
    }

    #[test]
    fn the_sheets_name_only_fonts_that_exist() {
        let sheet = content("app.css").expect("app.css");
        let named: Vec<_> = sheet.split("url(\"").skip(1).filter_map(|s| s.split('"').next()).collect();
        assert!(named.len() >= 6, "{named:?}");
        for font in named {
            assert!(SHELF.assets.contains_key(font), "app.css names {font}");
        }
    }

    #[test]
    fn every_sheet_closes_what_it_opens() {
        for sheet in SHEETS {
            let text = content(sheet).expect(sheet);
            let count = |brace| text.matches(brace).count();
            assert_eq!(count('{'), count('}'), "{sheet}: what follows the open rule is lost");
        }
    }

    #[test]
    fn the_script_stays_small() {
        assert!(content("js/app.js").expect("script").len() <= 6 * 1024);
    }
}
