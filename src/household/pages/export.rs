//! What a list shows, to take away; and a spreadsheet to fill in.

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

use super::asked::Asked;
use crate::access::{Actor, rules};
use crate::household::model::{Listing, Order, View};
use crate::household::sheet;
use crate::household::store::{self, Piece};
use crate::platform::clock::civil;
use crate::privacy::model::What;
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::page::capital;
use crate::web::session::Visit;

/// More households than any ward has; a file is made in memory, so there is an end to it.
const MOST: usize = 50_000;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Reads everything that the list shows, and writes the look down with its number of rows.
async fn read(visit: Visit, asked: &Asked, change: fn(&mut Listing)) -> Result<(Actor, Piece), AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_see_register(&actor)?;
    let mut listing = Listing { after: None, ..asked.listing(&actor, MOST) };
    change(&mut listing);
    let piece = store::list(&mut db, &actor, &listing, What::Export, now).await?;
    if asked.group().is_some() && listing.query.group.is_none() && piece.group.is_none() {
        return Err(AppError::NotFound);
    }
    Ok((actor, piece))
}

/// "Danh sách hộ Tổ dân phố 7, phường Phước Long, ngày 25/3/2024".
fn title(actor: &Actor, piece: &Piece, now: DateTime<Utc>) -> String {
    let ward = actor.ward_name.as_deref().unwrap_or_default();
    let place = piece.group.as_ref().map_or_else(|| capital(ward), |group| format!("{}, {ward}", group.name));
    format!("Danh sách hộ {place}, ngày {}", dates::day(civil(now)))
}

fn attachment(piece: &Piece, (stem, extension): (&str, &str), kind: &'static str, body: Vec<u8>) -> Response {
    let group = piece.group.as_ref().map_or_else(String::new, |group| format!("-to-{}", group.code.to_lowercase()));
    let ascii: String = group.chars().map(|c| if c.is_ascii() { c } else { 'd' }).collect();
    let disposition = format!("attachment; filename=\"{stem}{ascii}.{extension}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body).into_response()
}

/// Makes a workbook where it does not hold up other requests.
async fn made(work: impl FnOnce() -> anyhow::Result<Vec<u8>> + Send + 'static) -> Result<Vec<u8>, AppError> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)??)
}

/// `/ho/xuat.xlsx`.
pub(super) async fn xlsx(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let now = visit.now;
    let (actor, mut piece) = read(visit, &asked, |_| {}).await?;
    let title = title(&actor, &piece, now);
    let rows = std::mem::take(&mut piece.rows);
    let body = made(move || sheet::export(&title, &rows, now)).await?;
    Ok(attachment(&piece, ("danh-sach-ho", "xlsx"), XLSX, body))
}

/// `/ho/xuat.csv`.
pub(super) async fn csv(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let (_, piece) = read(visit, &asked, |_| {}).await?;
    let body = sheet::csv(&piece.rows).into_bytes();
    Ok(attachment(&piece, ("danh-sach-ho", "csv"), "text/csv; charset=utf-8", body))
}

/// `/ho/mau.xlsx`: who lives there, down the street.
pub(super) async fn template(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let now = visit.now;
    let walk = |listing: &mut Listing| {
        (listing.view, listing.order) = (View::Resident, Order::Walk);
        listing.query.needles.clear();
    };
    let (actor, mut piece) = read(visit, &asked, walk).await?;
    let (title, of_ward) = (title(&actor, &piece, now), piece.group.is_none());
    let rows = std::mem::take(&mut piece.rows);
    let body = made(move || sheet::template(&title, (&rows, of_ward), now)).await?;
    Ok(attachment(&piece, ("mau-danh-sach-ho", "xlsx"), XLSX, body))
}
