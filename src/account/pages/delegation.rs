//! Lending the seat at hand: what is lent, lending, taking back.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;

use super::{Ask, after};
use crate::access::{Actor, Form, rules};
use crate::account::store::delegation::{self as store, Lent};
use crate::account::{actions, form, urls};
use crate::app::App;
use crate::platform::clock::civil;
use crate::platform::id::DelegationId;
use crate::ruleset::DossierKind;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::filters::dates;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::{self, shell};
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::account::{self as words, Done};
use crate::words::dossier::kind;

/// A lent seat in the list.
struct LentLine {
    deputy: String,
    form: String,
    scope: String,
    reason: String,
    from: NaiveDate,
    to: NaiveDate,
    /// Word, icon and tone of its state.
    tag: (&'static str, &'static str, &'static str),
    /// Where taking it back is sent to.
    revoke: Option<String>,
}

impl LentLine {
    fn of(lent: &Lent, today: NaiveDate) -> Self {
        let scope: Vec<&str> =
            lent.scope.iter().filter_map(|word| word.parse::<DossierKind>().ok()).map(kind).collect();
        let tag = match lent.revoked_at {
            Some(_) => ("Đã thôi", "undo-2", "none"),
            None if lent.to < today => ("Đã hết hạn", "clock", "none"),
            None if lent.from > today => ("Chưa tới ngày", "calendar", "info"),
            None => ("Đang hiệu lực", "circle-check", "good"),
        };
        Self {
            deputy: lent.deputy.clone(),
            form: lent.form.clone(),
            scope: scope.join(", "),
            reason: lent.reason.clone(),
            from: lent.from,
            to: lent.to,
            tag,
            revoke: (lent.revoked_at.is_none() && lent.to >= today).then(|| urls::revoke(lent.id)),
        }
    }
}

/// What is lent.
#[derive(Template, WebTemplate)]
#[template(path = "account/delegations.html")]
struct ListPage {
    shell: Shell,
    seat: String,
    lent: Vec<LentLine>,
}

/// What is lent.
pub(super) async fn list(
    State(app): State<App>,
    Query(ask): Query<Ask>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_delegate(&visit.actor)?;
    let lent = store::of_seat(&mut visit.db, visit.actor.seat_id).await?;
    let today = civil(visit.now);
    let page = ListPage {
        shell: shell(&app, &visit.actor, "Ủy quyền", urls::DELEGATIONS).with_flash(ask.flash()),
        seat: visit.actor.seat_words(),
        lent: lent.iter().map(|lent| LentLine::of(lent, today)).collect(),
    };
    Ok(page.into_response())
}

/// Lending.
#[derive(Template, WebTemplate)]
#[template(path = "account/delegate.html")]
struct DelegatePage {
    shell: Shell,
    form: Filled,
    seat: String,
    forms: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
}

impl DelegatePage {
    fn new(app: &App, actor: &Actor, form: Filled) -> Self {
        let title = "Ủy quyền vai này";
        let frame = shell(app, actor, title, urls::DELEGATIONS).crumb("Ủy quyền", urls::DELEGATIONS).here(title);
        Self {
            shell: frame.failing(form.is_bad()),
            form,
            seat: actor.seat_words(),
            forms: Form::ALL.into_iter().map(|form| (form.as_str().to_owned(), words::form(form).to_owned())).collect(),
            kinds: DossierKind::ALL
                .iter()
                .map(|dossier| (dossier.as_str().to_owned(), kind(*dossier).to_owned()))
                .collect(),
        }
    }
}

/// The form.
pub(super) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    rules::can_delegate(&visit.actor)?;
    let form = Filled::default().with("tu-ngay", dates::day(visit.now));
    Ok(DelegatePage::new(&app, &visit.actor, form).into_response())
}

/// Lends the seat.
pub(super) async fn delegate(State(app): State<App>, sent: Posted) -> Result<Response, AppError> {
    rules::can_delegate(&sent.visit.actor)?;
    let typed = sent.form.clone();
    let today = civil(sent.visit.now);
    let input = sent.parse(|form| form::delegation(form, today));
    let Visit { actor, db, now } = sent.visit;
    let form = match input {
        Ok(new) => match unstoppable(actions::delegate(db, actor.clone(), new, now)).await? {
            Ok(()) => return Ok(after(urls::DELEGATIONS, Done::Delegated)),
            Err(refused) => form::with_faults(typed, refused)?,
        },
        Err(form) => form,
    };
    Ok(page::again(form.is_bad(), DelegatePage::new(&app, &actor, form)))
}

/// Takes it back.
pub(super) async fn revoke(Path(id): Path<DelegationId>, sent: Posted) -> Result<Response, AppError> {
    let Visit { actor, db, now } = sent.visit;
    unstoppable(actions::revoke(db, actor, id, now)).await??;
    Ok(after(urls::DELEGATIONS, Done::Revoked))
}
