//! Sheets to sign on, and the list of who has not, as PDF.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use serde::Deserialize;
use typeset::{Remaining, RemainingList, Style};

use super::choices;
use crate::access::{Actor, rules};
use crate::app::App;
use crate::participation::model::Mark;
use crate::participation::model::sheet::{Sheet, Signer};
use crate::participation::print::{Whose, members, pledge_sheets, printed};
use crate::participation::store::{self, Which};
use crate::participation::urls;
use crate::platform::clock::civil;
use crate::privacy;
use crate::privacy::model::{Look, What};
use crate::web::error::AppError;
use crate::web::filters::numbers;
use crate::web::form::Filled;
use crate::web::page::shell;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::participation as marks;
use crate::words::sheet as words;

const OPEN: &str = "chua-ky";
const ALL: &str = "tat-ca";
const LIST: &str = "danh-sach";
const EACH: &str = "tung-ho";

/// What is to be printed.
#[derive(Debug, Default, Clone, Deserialize)]
pub(super) struct Asked {
    /// The code of a group.
    to: Option<String>,
    /// "tat-ca": who has signed as well.
    ai: Option<String>,
    /// "tung-ho": a sheet for each household.
    kieu: Option<String>,
}

impl Asked {
    fn group(&self) -> Option<&str> {
        self.to.as_deref().map(str::trim).filter(|code| !code.is_empty())
    }

    fn which(&self) -> Which<'static> {
        if self.ai.as_deref() == Some(ALL) { Which::All } else { Which::Open }
    }

    fn style(&self) -> Style {
        if self.kieu.as_deref() == Some(EACH) { Style::Each } else { Style::List }
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "participation/sheets.html")]
struct SheetsPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    groups: Vec<(String, String, bool)>,
    whom: Vec<(&'static str, String)>,
    styles: Vec<(&'static str, &'static str)>,
    text: Vec<String>,
    /// May also write down what was signed.
    may_record: bool,
}

/// What to print. It names no household, so there is no look to write down.
pub(super) async fn page(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, AppError> {
    let Visit { actor, mut db, .. } = visit;
    rules::can_see_register(&actor)?;
    let sheet = store::sheet(&mut db, &actor, asked.group(), Which::Nobody).await?;
    let (all, open) = (sheet.tally.households, sheet.tally.open(Mark::Pledged));
    let first = if open == 0 { ALL } else { OPEN };
    Ok(SheetsPage {
        shell: shell(&app, &actor, "In phiếu ký", urls::STREET)
            .crumb("Ký cam kết", urls::of_group(urls::STREET, &sheet.code))
            .here("In phiếu ký"),
        form: Filled::default().with("ai", first).with("kieu", LIST),
        groups: choices(&sheet.groups, &sheet.code),
        whom: vec![(OPEN, words::choice("Hộ chưa ký", open)), (ALL, words::choice("Tất cả", all))],
        styles: vec![(LIST, "Danh sách, 20 hộ một trang"), (EACH, "Mỗi hộ một phiếu")],
        text: words::pledge(actor.ruleset.as_deref().unwrap_or_default(), sheet.year),
        may_record: sheet.is_newest && rules::may_record(&actor, sheet.group).is_ok(),
        sheet,
    })
}

/// Reads who stands on the paper and writes the look down; the connection is let go before the type is set.
async fn read(visit: Visit, asked: &Asked, which: Which<'_>) -> Result<(Actor, Sheet, NaiveDate), AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_see_register(&actor)?;
    let sheet = store::sheet(&mut db, &actor, asked.group(), which).await?;
    let look = Look { what: What::Print, group: Some(sheet.group), household: None, rows: sheet.signers.len() };
    privacy::store::log(&mut db, &actor, look, now).await?;
    Ok((actor, sheet, civil(now)))
}

/// `/ky-cam-ket/phieu.pdf`.
pub(super) async fn pdf(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let (actor, sheet, today) = read(visit, &asked, asked.which()).await?;
    let name = file_name("phieu-ky", &sheet);
    let whose = Whose {
        ward: actor.ward_name.clone().unwrap_or_default(),
        place: actor.ward_short.clone().unwrap_or_default(),
        ruleset: actor.ruleset.as_deref().unwrap_or_default(),
        public_url: &app.settings.public_url,
    };
    let data = pledge_sheets(&whose, sheet, (asked.style(), today));
    let pdf = app.press.run(move || typeset::pledge_sheets(&data)).await?.map_err(anyhow::Error::from)?;
    Ok(attachment(&name, pdf))
}

/// `/ky-cam-ket/con-lai.pdf`.
pub(super) async fn rest_pdf(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let (actor, sheet, today) = read(visit, &asked, Which::Open).await?;
    let name = file_name("con-lai", &sheet);
    let data = remaining_list(&actor, sheet, today);
    let pdf = app.press.run(move || typeset::remaining_list(&data)).await?.map_err(anyhow::Error::from)?;
    Ok(attachment(&name, pdf))
}

/// "phieu-ky-to-07-2024.pdf".
fn file_name(stem: &str, sheet: &Sheet) -> String {
    let group: String = sheet.code.to_lowercase().chars().map(|c| if c.is_ascii() { c } else { 'd' }).collect();
    format!("{stem}-to-{group}-{}.pdf", sheet.year)
}

fn attachment(name: &str, pdf: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, disposition)], pdf)
        .into_response()
}

fn remaining_list(actor: &Actor, sheet: Sheet, today: NaiveDate) -> RemainingList {
    let (done, of) = (sheet.tally.pledged, sheet.tally.households);
    let row = |signer: Signer| Remaining {
        members: members(&signer),
        address: signer.address.to_string(),
        reason: signer.why.map(|why| marks::why(why).to_lowercase()).unwrap_or_default(),
        head: signer.head,
        code: signer.code,
    };
    RemainingList {
        ward: actor.ward_name.clone().unwrap_or_default(),
        group: sheet.name,
        year: sheet.year,
        place: actor.ward_short.clone().unwrap_or_default(),
        printed: printed(today),
        state: format!("{} {}", marks::of(done, of), numbers::rest(done, of)),
        households: sheet.signers.into_iter().map(row).collect(),
    }
}
