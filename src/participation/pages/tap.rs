//! A tap at a door: a form's answer is the page again, the script's answer a few words of JSON.

use std::convert::Infallible;

use axum::Json;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Progress;
use crate::access::Refused;
use crate::participation::actions::{self, Told};
use crate::participation::form::{self, Asked};
use crate::participation::model::street::View;
use crate::participation::model::{Mark, Why};
use crate::participation::urls;
use crate::platform::id::HouseholdId;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::session::{Posted, Visit};
use crate::words::participation as words;

/// Which way the answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    /// Whoever presses a button without script.
    Page,
    /// The script of the page, which says so.
    Words,
}

impl<S: Sync> FromRequestParts<S> for Wants {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let of = |headers: &HeaderMap| headers.get(header::ACCEPT).is_some_and(|it| it == "application/json");
        Ok(if of(&parts.headers) { Self::Words } else { Self::Page })
    }
}

/// The door that a form was sent to, and the view that it was drawn in.
type Door = (Path<HouseholdId>, Query<Asked>, Wants);

/// What the script is told.
#[derive(Debug, Serialize)]
struct Said {
    /// It is as wished.
    done: bool,
    /// The household has the mark.
    signed: bool,
    /// When, as its button says it.
    time: Option<String>,
    /// Why not, by its word in the database.
    why: Option<Why>,
    /// For the next tap.
    revision: i32,
    /// The counts, as the page writes them.
    sum: Progress,
}

fn said(told: &Told, mark: Mark, now: DateTime<Utc>) -> Said {
    let given = match mark {
        Mark::Registered => told.row.registered.as_ref(),
        Mark::Pledged => told.row.pledged.as_ref(),
    };
    Said {
        done: told.is_done,
        signed: given.is_some(),
        time: given.map(|it| words::time(it.on, it.at, now)),
        why: told.row.why,
        revision: told.row.revision,
        sum: Progress::new(&told.tally, mark),
    }
}

/// The tap.
pub(super) async fn tap((Path(household), Query(asked), wants): Door, posted: Posted) -> Result<Response, AppError> {
    // After signing in again there is nothing to draw anew: the page itself shows where things stand.
    let code = posted.form.value("ma").to_owned();
    let day = form::day(asked.ngay.as_deref().unwrap_or_default(), Ok).1;
    let view = View { day, kept: Some(code.clone()).filter(|code| !code.is_empty()), ..asked.view() };
    let back = Redirect::to(&urls::door(&view, &code)).into_response();
    if posted.redraw {
        return Ok(back);
    }
    let tap = form::tap(&posted.form, household).ok_or(AppError::Stale)?;
    let Posted { visit: Visit { actor, db, now }, .. } = posted;
    let told = unstoppable(async move { actions::record(db, &actor, tap, now).await }).await?;
    match (told, wants) {
        (Ok(told), Wants::Words) => {
            let status = if told.is_done { StatusCode::OK } else { StatusCode::CONFLICT };
            Ok((status, Json(said(&told, view.mark, now))).into_response())
        }
        (Ok(told), Wants::Page) if told.is_done => Ok(back),
        (Ok(_), Wants::Page) => Err(AppError::Stale),
        (Err(Refused::Invalid(faults)), Wants::Words) => {
            let sentence = faults.into_iter().next().map(|(_, sentence)| sentence);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(sentence)).into_response())
        }
        // The day of a page that was left open over the end of a year.
        (Err(Refused::Invalid(_)), Wants::Page) => Err(AppError::Stale),
        (Err(refused), _) => Err(refused.into()),
    }
}
