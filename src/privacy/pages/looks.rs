//! Who looked at households.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use uuid::Uuid;

use super::{Door, doors, frame};
use crate::access::{Refused, rules};
use crate::app::App;
use crate::platform::clock::{civil, first_moment};
use crate::privacy::store::{self, Filter, Line, PAGE, Sum};
use crate::privacy::urls;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::filters::numbers;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::privacy as words;

/// How many days are summed up at the top.
const DAYS: u64 = 7;

/// `?nguoi=`, `?ma=`, `?sau=`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    nguoi: String,
    #[serde(default)]
    ma: String,
    #[serde(default)]
    sau: String,
}

/// A day with the people who looked in it.
struct Day {
    day: NaiveDate,
    people: Vec<Sum>,
    rows: i64,
}

#[derive(Template, WebTemplate)]
#[template(path = "privacy/looks.html")]
pub(super) struct LooksPage {
    shell: Shell,
    doors: Vec<Door>,
    /// "Hôm nay 412 lượt hộ, 3 người".
    today: String,
    days: Vec<Day>,
    lines: Vec<Line>,
    /// People to choose from: those of the sums.
    people: Vec<(String, String)>,
    nguoi: String,
    ma: String,
    by_code: bool,
    place: String,
    first: String,
    next: String,
}

impl LooksPage {
    fn is_filtered(&self) -> bool {
        !self.nguoi.is_empty() || !self.ma.is_empty()
    }
}

/// The page.
pub(super) async fn page(State(app): State<App>, Query(ask): Query<Ask>, visit: Visit) -> Result<LooksPage, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_read_access_log(&actor)?;
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let today = civil(now);
    let sums = store::sums(&mut db, ward, first_moment(today - Days::new(DAYS - 1))).await?;
    let code = ask.ma.trim().to_uppercase();
    let filter = Filter {
        account: ask.nguoi.parse().ok(),
        code: Some(code.clone()).filter(|code| !code.is_empty()),
        before: ask.sau.parse::<Uuid>().ok(),
    };
    let mut lines = store::looks(&mut db, ward, &filter).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let query = format!("{}?nguoi={}&ma={}", urls::LOOKS, encoded(&ask.nguoi), encoded(&code));
    let last = lines.last().filter(|_| more);
    Ok(LooksPage {
        shell: frame(&app, &actor, "Ai đã xem dữ liệu hộ"),
        doors: doors(&actor, urls::LOOKS),
        today: of_today(&sums, today),
        people: people(&sums),
        days: by_day(sums),
        place: format!("{} lượt ở trang này", numbers::number(lines.len())),
        next: last.map(|line| format!("{query}&sau={}", line.id)).unwrap_or_default(),
        first: if filter.before.is_some() { query } else { String::new() },
        lines,
        nguoi: ask.nguoi,
        ma: code,
        by_code: rules::can_see_register(&actor).is_ok(),
    })
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn of_today(sums: &[Sum], today: NaiveDate) -> String {
    let of_today: Vec<&Sum> = sums.iter().filter(|sum| sum.day == today).collect();
    if of_today.is_empty() {
        return "Hôm nay chưa ai xem".to_owned();
    }
    let rows: i64 = of_today.iter().map(|sum| sum.rows).sum();
    format!("Hôm nay {} lượt hộ, {} người", numbers::number(rows), of_today.len())
}

/// Each person once, by name.
fn people(sums: &[Sum]) -> Vec<(String, String)> {
    let mut people: Vec<(String, String)> =
        sums.iter().map(|sum| (sum.account.to_string(), sum.actor.clone())).collect();
    people.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
    people.dedup_by(|one, other| one.0 == other.0);
    people
}

/// Sums come newest day first.
fn by_day(sums: Vec<Sum>) -> Vec<Day> {
    let mut days: Vec<Day> = vec![];
    for sum in sums {
        match days.last_mut().filter(|day| day.day == sum.day) {
            Some(day) => {
                day.rows += sum.rows;
                day.people.push(sum);
            }
            None => days.push(Day { day: sum.day, rows: sum.rows, people: vec![sum] }),
        }
    }
    days
}
