//! Results that anybody may read: who was recognised, by which decision. Names of units and nothing else
//! (Thông tư 124/2021/TT-BCA, Điều 3).

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::App;
use crate::recognition::store::{self, Published};
use crate::recognition::urls;
use crate::web::cache::CachePolicy;
use crate::web::error::AppError;
use crate::web::filters::{self, numbers};
use crate::web::page;
use crate::web::shell::Shell;

/// The results of one ward.
pub(super) struct WardResults {
    pub(super) name: String,
    pub(super) city: String,
    /// Recognised, the ward itself first. The others are told as a number and never by name.
    pub(super) units: Vec<Published>,
    pub(super) groups_met: usize,
    pub(super) groups: usize,
    pub(super) words: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "recognition/public.html")]
pub(super) struct PublicPage {
    pub(super) shell: Shell,
    /// Year, address, whether it is on show.
    pub(super) years: Vec<(i32, String, bool)>,
    pub(super) year: Option<i32>,
    pub(super) wards: Vec<WardResults>,
}

/// The year asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    nam: Option<String>,
}

/// The list.
pub(super) async fn list(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<(CachePolicy, PublicPage), AppError> {
    let mut db = app.db.enter_public().await?;
    let years = store::published_years(&mut db).await?;
    // Whatever is not a year with results shows the newest one.
    let year =
        asked.nam.and_then(|typed| typed.parse().ok()).filter(|year| years.contains(year)).or(years.first().copied());
    let rows = store::published(&mut db, year).await?;
    let shell = Shell::public("Kết quả công khai").wide().on_demo_day(page::demo_day(&app));
    Ok((CachePolicy::PublicShort, draw(shell, &years, year, rows)))
}

/// The page itself, from what is known.
pub(super) fn draw(shell: Shell, years: &[i32], year: Option<i32>, rows: Vec<Published>) -> PublicPage {
    let tab = |it: &i32| (*it, format!("{}?nam={it}", urls::PUBLIC), Some(*it) == year);
    PublicPage { shell, years: years.iter().map(tab).collect(), year, wards: by_ward(rows) }
}

/// Rows come ward by ward.
fn by_ward(rows: Vec<Published>) -> Vec<WardResults> {
    let mut wards: Vec<WardResults> = Vec::new();
    for row in rows {
        if wards.last().is_none_or(|ward| ward.name != row.ward_name || ward.city != row.city_name) {
            let (name, city) = (row.ward_name.clone(), row.city_name.clone());
            wards.push(WardResults { name, city, units: vec![], groups_met: 0, groups: 0, words: String::new() });
        }
        let Some(ward) = wards.last_mut() else { continue };
        let is_ward = row.unit_name == row.ward_name;
        ward.groups = ward.groups.max(usize::try_from(row.groups).unwrap_or(0));
        ward.groups_met += usize::from(!is_ward && row.recognised);
        match (row.recognised, is_ward) {
            (true, true) => ward.units.insert(0, row),
            (true, false) => ward.units.push(row),
            // What was public once stays so: a recognition that was taken back is told as such.
            (false, _) if row.revoked_number.is_some() => ward.units.push(row),
            (false, _) => {}
        }
    }
    for ward in &mut wards {
        ward.words = numbers::percent(ward.groups_met, ward.groups);
    }
    wards
}
