//! What the QR symbol of a household opens: who it is, and one button.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

use crate::access::{Role, rules};
use crate::app::App;
use crate::participation::model::sheet::{Scanned, Symbol};
use crate::participation::model::street::View;
use crate::participation::model::{How, Mark, Wish};
use crate::participation::{store, urls};
use crate::privacy;
use crate::privacy::model::{Look, What};
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::page::shell;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::sheet as words;

#[derive(Template, WebTemplate)]
#[template(path = "participation/scan.html")]
struct ScanPage {
    shell: Shell,
    it: Scanned,
    registered: String,
    pledged: String,
    /// "Đã ký ngày 25/3/2024".
    signed: Option<String>,
    /// Why nothing can be written here.
    closed: Option<&'static str>,
    /// Where the form is sent.
    tap: String,
    give: &'static str,
    how: &'static str,
    /// The list, from this door on.
    back: String,
    /// The same in the register.
    household: String,
}

/// The page. A symbol may be typed by hand, so the case of its letters does not matter.
pub(super) async fn page(
    State(app): State<App>,
    visit: Visit,
    Path((ward, year, code)): Path<(String, String, String)>,
) -> Result<impl IntoResponse, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_see_register(&actor)?;
    let of_ward = actor.ward().ok_or(AppError::NotFound)?;
    let year = year.parse().map_err(|_| AppError::NotFound)?;
    let symbol = Symbol { ward: ward.to_uppercase(), year, code: code.to_uppercase() };
    let it = store::scanned(&mut db, of_ward, &symbol).await?;
    let look = Look { what: What::Show, group: Some(it.group), household: Some(it.signer.id), rows: 1 };
    privacy::store::log(&mut db, &actor, look, now).await?;
    let closed = if !it.is_newest {
        Some(words::YEAR_OVER)
    } else if !it.counted {
        Some(words::NOT_COUNTED)
    } else {
        rules::may_record(&actor, it.group).is_err().then_some(words::ONLY_TO_LOOK)
    };
    let group = (actor.role() != Role::GroupLeader).then(|| it.group_code.clone());
    let view = View { group, ..View::beginning_at(&it.signer.code) };
    Ok(ScanPage {
        shell: shell(&app, &actor, it.signer.head.clone(), urls::STREET)
            .crumb("Ký cam kết", urls::street(&View { from: None, ..view.clone() }))
            .here(format!("Hộ {}", it.signer.code)),
        registered: words::mark(it.registered.as_ref()),
        pledged: words::mark(it.pledged.as_ref()),
        signed: it.pledged.as_ref().map(|given| format!("Đã ký ngày {}", dates::day(given.on))),
        closed,
        tap: urls::tap(it.signer.id, &view),
        give: Wish::Give(Mark::Pledged).as_str(),
        how: How::Qr.as_str(),
        back: urls::door(&view, &it.signer.code),
        household: urls::household(it.signer.id),
        it,
    })
}
