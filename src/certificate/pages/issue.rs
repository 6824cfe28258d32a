//! Issuing: what is typed becomes papers, the papers files, and the files certificates.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use super::list::{self, ListPage};
use super::pdf;
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::certificate::model::{Book, Draft};
use crate::certificate::{actions, form, paper, urls};
use crate::platform::clock::civil;
use crate::platform::id::UnitId;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::{Posted, Visit};

/// The certificates that a form asks for, and the day on them.
type Wanted = (Vec<Draft>, NaiveDate);

/// Issues the certificates of the units ticked: all of them or none. Nobody holds a connection while type is set.
pub(super) async fn issue(
    State(app): State<App>,
    Path(of): Path<(UnitId, i32)>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, AppError> {
    let (typed, seat) = (posted.form.clone(), posted.visit.actor.seat_key());
    let (drafts, issued_on) = match ready(&app, of, posted).await? {
        Ok(Some(wanted)) => wanted,
        Ok(None) => return Ok(Redirect::to(&urls::issued(of.0, of.1)).into_response()),
        Err(page) => return Ok(*page),
    };
    let made = actions::make(&app.press, &app.files, drafts).await??;
    let Visit { actor, db, now } = Visit::again(&headers, &app, &urls::list(of.0, of.1)).await?;
    if actor.seat_key() != seat {
        return Err(AppError::Stale);
    }
    let parts = (app.clone(), actor);
    let work = async move { actions::issue(db, &parts.0.rulesets, &parts.1, of, (made, issued_on), now).await };
    match unstoppable(work).await? {
        Ok(_) => Ok(Redirect::to(&urls::issued(of.0, of.1)).into_response()),
        Err(Refused::Invalid(faults)) => {
            let mut visit = Visit::again(&headers, &app, &urls::list(of.0, of.1)).await?;
            let book = open(&app, of, &mut visit).await?;
            Ok(again(&app, &visit.actor, &book, typed.with_faults(faults)))
        }
        Err(refused) => Err(refused.into()),
    }
}

/// A PDF of the first unit ticked, to look at before issuing. It bears no code, and the book stays as it is.
pub(super) async fn try_out(
    State(app): State<App>,
    Path(of): Path<(UnitId, i32)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let book = open(&app, of, &mut posted.visit).await?;
    let drafts = match wanted(&app, &posted, &book)? {
        Ok((drafts, _)) => drafts,
        Err(form) => return Ok(again(&app, &posted.visit.actor, &book, form)),
    };
    drop(posted);
    let paper = paper::trial(drafts, &app.settings.public_url).ok_or(AppError::NotFound)?;
    let set = app.press.run(move || typeset::certificates(&[paper])).await?;
    Ok(pdf("xem-thu-giay-cong-nhan.pdf", set.map_err(anyhow::Error::from)?))
}

async fn open(app: &App, of: (UnitId, i32), visit: &mut Visit) -> Result<Book, AppError> {
    rules::can_see_certificates(&visit.actor)?;
    Ok(actions::open(&mut visit.db, &app.rulesets, &visit.actor, of, civil(visit.now)).await?)
}

/// What a form asks for, or the form with its sentences.
fn wanted(app: &App, posted: &Posted, book: &Book) -> Result<Result<Wanted, Filled>, AppError> {
    // A page of this ward ticks nothing else.
    let units = form::ticked(book, &posted.form).ok_or(AppError::NotFound)?;
    let today = civil(posted.visit.now);
    Ok(posted.parse(|typed| form::issue(typed, &units, today)).map(|typed| {
        let chance = (app.settings.public_url.as_str(), &mut rand::rng());
        (paper::drafts(book, &units, &typed, chance), typed.issued_on)
    }))
}

/// Everything that can be refused before type is set. `None`: this very form was sent before.
async fn ready(
    app: &App,
    of: (UnitId, i32),
    mut posted: Posted,
) -> Result<Result<Option<Wanted>, Box<Response>>, AppError> {
    let book = open(app, of, &mut posted.visit).await?;
    let (drafts, issued_on) = match wanted(app, &posted, &book)? {
        Ok(wanted) => wanted,
        Err(form) => return Ok(Err(Box::new(again(app, &posted.visit.actor, &book, form)))),
    };
    let Visit { actor, db, .. } = &mut posted.visit;
    match actions::can_issue(db, actor, &book, (&drafts, issued_on)).await {
        Ok(is_new) => Ok(Ok(is_new.then_some((drafts, issued_on)))),
        Err(Refused::Invalid(faults)) => {
            let form = posted.form.clone().with_faults(faults);
            Ok(Err(Box::new(again(app, &posted.visit.actor, &book, form))))
        }
        Err(refused) => Err(refused.into()),
    }
}

fn again(app: &App, actor: &Actor, book: &Book, form: Filled) -> Response {
    let is_bad = form.is_bad();
    let page: ListPage = list::show(app, actor, book, form);
    page::again(is_bad, page)
}
