//! Results that anybody may read: who was recognised, by which decision. Names of units and nothing else
//! (Thông tư 124/2021/TT-BCA, Điều 3). As a page, and as data by a schema.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::app::App;
use crate::recognition::model::Results;
use crate::recognition::{open_data, store, urls};
use crate::web::cache::{CachePolicy, tagged};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::page;
use crate::web::shell::Shell;

/// So many wards stand open below each other; more are folded.
const OPEN: usize = 4;

#[derive(Template)]
#[template(path = "recognition/public.html")]
pub(super) struct PublicPage {
    pub(super) shell: Shell,
    /// Year, address, whether it is on show.
    pub(super) years: Vec<(i32, String, bool)>,
    pub(super) results: Results,
    pub(super) folded: bool,
    pub(super) json: String,
    pub(super) csv: String,
}

/// The year asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    nam: Option<String>,
}

/// Whatever is not a year with results shows the newest one.
async fn read(app: &App, asked: &Asked) -> Result<Results, AppError> {
    let mut db = app.db.enter_public().await?;
    let year = asked.nam.as_deref().and_then(|typed| typed.parse().ok());
    Ok(store::published(&mut db, year).await?)
}

/// The list.
pub(super) async fn list(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let results = read(&app, &asked).await?;
    let shell = Shell::public("Kết quả công khai").wide().on_demo_day(page::demo_day(&app));
    let page = draw(shell, results).render().map_err(anyhow::Error::from)?;
    Ok(tagged(&headers, CachePolicy::PublicShort, "text/html; charset=utf-8", page))
}

/// `/cong-khai.json`.
pub(super) async fn json(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let body = open_data::json(&read(&app, &asked).await?, &app.settings.public_url)?;
    Ok(tagged(&headers, CachePolicy::PublicShort, "application/json", body))
}

/// `/cong-khai.csv`.
pub(super) async fn csv(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let results = read(&app, &asked).await?;
    let year = results.year.map(|year| format!("-{year}")).unwrap_or_default();
    let disposition = format!("attachment; filename=\"ket-qua-cong-nhan{year}.csv\"");
    let file = tagged(&headers, CachePolicy::PublicShort, "text/csv; charset=utf-8", open_data::csv(&results));
    Ok(([(header::CONTENT_DISPOSITION, disposition)], file).into_response())
}

/// `/cong-khai/luoc-do.json`.
pub(super) async fn schema(headers: HeaderMap) -> Response {
    tagged(&headers, CachePolicy::PublicShort, "application/schema+json", open_data::SCHEMA)
}

/// The page itself, from what is known.
pub(super) fn draw(shell: Shell, results: Results) -> PublicPage {
    let of = |address: &str, year: i32| format!("{address}?nam={year}");
    let tab = |year: i32| (year, of(urls::PUBLIC, year), Some(year) == results.year);
    let named = |address: &str| results.year.map_or_else(|| address.to_owned(), |year| of(address, year));
    PublicPage {
        shell,
        years: results.years.iter().map(|sum| tab(sum.year)).collect(),
        folded: results.wards.len() > OPEN,
        json: named(urls::PUBLIC_JSON),
        csv: named(urls::PUBLIC_CSV),
        results,
    }
}
