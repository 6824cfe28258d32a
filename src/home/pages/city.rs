//! The start page of a city's seats: every ward and its state.

use askama::Template;
use askama_web::WebTemplate;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::dossier;
use crate::home::model::WardRow;
use crate::home::{store, urls};
use crate::platform::clock::civil;
use crate::web::error::AppError;
use crate::web::filters::{self, Leaf, TimeLeft, deadlines};
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as words, Tag};

#[derive(Template, WebTemplate)]
#[template(path = "home/city.html")]
struct CityPage {
    shell: Shell,
    now: String,
    year: i32,
    wards: Vec<CityWard>,
    sent: i64,
    registered: i64,
    groups: i64,
    recommended: i64,
    recognised: i64,
    due: Option<(Leaf, TimeLeft)>,
}

struct CityWard {
    row: WardRow,
    tag: Tag,
    registration: Option<(Tag, String)>,
    package: Option<String>,
    /// Where its certificates are issued, once a unit is recognised.
    certificates: Option<String>,
}

/// The page.
pub(super) async fn page(app: &App, mut visit: Visit) -> Result<Response, AppError> {
    let today = civil(visit.now);
    let year = visit.actor.year.unwrap_or_else(|| chrono::Datelike::year(&today));
    let rows = store::wards(&mut visit.db, visit.actor.city, year).await?;
    let sum = |of: fn(&WardRow) -> i64| rows.iter().map(of).sum();
    // Nobody is late any more once every ward has sent its package.
    let due = rows.iter().filter(|row| row.request.is_none()).find_map(|row| {
        let (stated, exclusive) = row.due_stated.zip(row.due_exclusive)?;
        let last_day = if exclusive { stated.pred_opt()? } else { stated };
        let closes_at = crate::platform::clock::first_moment(last_day.succ_opt()?);
        Some((deadlines::leaf(last_day), deadlines::time_left(closes_at, visit.now)))
    });
    let page = CityPage {
        shell: page::shell(app, &visit.actor, "Phường, xã", urls::HOME),
        now: format!("{}, {}", filters::dates::clock_time(visit.now), filters::dates::day_long(visit.now)),
        year,
        sent: rows.iter().filter(|row| row.request.is_some()).count() as i64,
        registered: sum(|row| row.registered),
        groups: sum(|row| row.groups),
        recommended: sum(|row| row.recommended),
        recognised: sum(|row| row.recognised),
        due,
        wards: rows.into_iter().map(|row| city_ward(row, year)).collect(),
    };
    Ok(page.into_response())
}

fn city_ward(row: WardRow, year: i32) -> CityWard {
    let tag_of = |status: &Option<String>| status.as_deref().and_then(|word| word.parse().ok()).map(words::status);
    let none =
        Tag {
            word: if row.year.is_some() { "Chưa nộp" } else { "Chưa mở năm" }, icon: "circle-dashed", tone: "none"
        };
    CityWard {
        tag: tag_of(&row.request_status).unwrap_or(none),
        registration: row
            .registration
            .and_then(|id| Some((tag_of(&row.registration_status)?, dossier::urls::show(id.into())))),
        package: (row.request.is_some() || row.registration.is_some())
            .then(|| crate::recognition::urls::package(row.id, year)),
        certificates: (row.recognised > 0).then(|| crate::certificate::urls::list(row.id, year)),
        row,
    }
}
