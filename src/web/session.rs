//! Who sends this request: the session cookie, and the two extractors through which every closed page enters.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header, request::Parts};
use axum_extra::extract::cookie::{Cookie, SameSite};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::error::{AppError, Bad};
use super::form::Filled;
use crate::access::{Actor, Delegation, Honorific, Person, Role, Seat};
use crate::app::App;
use crate::platform::db::{Entrance, Scoped};

/// `__Host-`: sent over HTTPS (or to localhost) only, to this host only, for every path.
pub const SESSION_COOKIE: &str = "__Host-phien";

/// The longest form body without files.
const FORM_LIMIT: usize = 1024 * 1024;

/// A page asked for by somebody in a seat: who, the scoped connection, the moment.
#[derive(Debug)]
pub struct Visit {
    /// Who acts, and from where.
    pub actor: Actor,
    /// The one connection of this request.
    pub db: Scoped,
    /// The moment of the request.
    pub now: DateTime<Utc>,
}

/// A page asked for by somebody signed in who may have no seat yet: the picker, one's own account.
#[derive(Debug)]
pub struct PersonVisit {
    /// Who.
    pub person: Person,
    /// The seat, if one is chosen and valid.
    pub actor: Option<Actor>,
    /// The one connection of this request.
    pub db: Scoped,
    /// The moment of the request.
    pub now: DateTime<Utc>,
}

/// A form sent by somebody in a seat. The body is read before a connection is taken.
#[derive(Debug)]
pub struct Posted {
    /// Who sent it.
    pub visit: Visit,
    /// What was typed.
    pub form: Filled,
    /// Draw the form again with what was typed, and do nothing: the person had to sign in first.
    pub redraw: bool,
}

/// A form sent by somebody signed in who may have no seat.
#[derive(Debug)]
pub struct PersonPosted {
    /// Who sent it.
    pub visit: PersonVisit,
    /// What was typed.
    pub form: Filled,
}

/// A form sent by anybody.
#[derive(Debug)]
pub struct Anonymous {
    /// What was typed.
    pub form: Filled,
    /// The moment.
    pub now: DateTime<Utc>,
}

/// What a signed-out person had typed, for the sign-in page to carry.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The address the form was sent to.
    pub path: String,
    /// Its fields, without passwords.
    pub fields: Vec<(String, String)>,
}

impl PersonVisit {
    /// Whoever still has an initial password changes it before anything else.
    ///
    /// # Errors
    /// [`AppError::First`], to the page of the password.
    pub fn settled(self) -> Result<Self, AppError> {
        if self.person.must_change { Err(AppError::First(crate::account::urls::PASSWORD)) } else { Ok(self) }
    }
}

impl Visit {
    /// Enters again after long work for which the connection was let go.
    ///
    /// # Errors
    /// As on entering first: the session may have ended meanwhile.
    pub async fn again(headers: &HeaderMap, app: &App, back: &str) -> Result<Self, AppError> {
        seated(enter(headers, app, back.to_owned()).await?)
    }
}

impl Typed {
    /// Keeps what a person typed: no passwords, and of the steering fields only the version.
    #[must_use]
    pub fn of(path: String, pairs: Vec<(String, String)>) -> Self {
        let fields = pairs.into_iter().filter(|(name, _)| is_typed(name) || name == "_phien_ban").collect();
        Self { path, fields }
    }
}

impl Posted {
    /// Checks the form with the feature's `parse`; a form that only has to be drawn again comes back unjudged.
    ///
    /// # Errors
    /// The form with its sentences, to be drawn again.
    pub fn parse<T>(&self, parse: impl FnOnce(Filled) -> Result<T, Filled>) -> Result<T, Filled> {
        if self.redraw { Err(self.form.clone()) } else { parse(self.form.clone()) }
    }

    /// The version the form was drawn from; a form without one is stale.
    ///
    /// # Errors
    /// [`AppError::Stale`].
    pub fn version(&self) -> Result<i32, AppError> {
        self.form.value("_phien_ban").parse().map_err(|_| AppError::Stale)
    }
}

/// SHA-256 of the session key: what the database keeps.
#[must_use]
pub fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}

/// The session key of a request.
#[must_use]
pub fn session_key(headers: &HeaderMap) -> Option<String> {
    let jar = axum_extra::extract::CookieJar::from_headers(headers);
    jar.get(SESSION_COOKIE).map(|cookie| cookie.value().to_owned())
}

/// The cookie that carries a session; it ends with the browser.
#[must_use]
pub fn session_cookie(key: String) -> Cookie<'static> {
    Cookie::build((SESSION_COOKIE, key)).path("/").secure(true).http_only(true).same_site(SameSite::Lax).build()
}

/// The person of a session, whatever the seat.
#[must_use]
pub fn person(entrance: &Entrance) -> Option<Person> {
    Some(Person {
        account: entrance.account_id?.into(),
        session: entrance.session_id?.into(),
        name: entrance.full_name.clone()?,
        honorific: entrance.honorific.as_deref().unwrap_or_default().parse().unwrap_or(Honorific::Ban),
        must_change: entrance.must_change.unwrap_or(true),
        can_switch: entrance.can_switch.unwrap_or(false),
    })
}

/// The person in the seat that the session has chosen.
#[must_use]
pub fn actor(person: &Person, entrance: Entrance) -> Option<Actor> {
    let role: Role = entrance.role?.parse().ok()?;
    let groups = entrance.group_ids.unwrap_or_default().into_iter().map(Into::into).collect();
    let delegation = match (entrance.delegation_id, entrance.delegation_form, entrance.on_behalf_of) {
        (Some(id), Some(form), Some(on_behalf_of)) => Some(Delegation {
            id: id.into(),
            form: form.parse().ok()?,
            scope: entrance.delegation_scope.unwrap_or_default().iter().filter_map(|kind| kind.parse().ok()).collect(),
            on_behalf_of,
        }),
        _ => None,
    };
    Some(Actor {
        person: person.clone(),
        seat_id: entrance.seat_id?.into(),
        seat: Seat::assemble(role, entrance.ward_id.map(Into::into), groups)?,
        city: entrance.city_id?.into(),
        delegation,
        city_name: entrance.city_name?,
        ward_name: entrance.ward_name,
        ward_short: entrance.ward_short,
        group_name: entrance.group_name,
        cycle: entrance.cycle_id.map(Into::into),
        year: entrance.year,
        ruleset: entrance.ruleset_code,
    })
}

pub(super) async fn enter(headers: &HeaderMap, app: &App, back: String) -> Result<PersonVisit, AppError> {
    let now = app.clock.now();
    let Some(key) = session_key(headers) else {
        return Err(AppError::SignInRequired { back });
    };
    let (db, entrance) = app.db.enter_session(&hash(&key), now, app.settings.idle).await?;
    let Some(person) = person(&entrance) else {
        return Err(AppError::SignInRequired { back });
    };
    let actor = actor(&person, entrance);
    Ok(PersonVisit { person, actor, db, now })
}

pub(super) fn seated(visit: PersonVisit) -> Result<Visit, AppError> {
    let PersonVisit { actor, db, now, .. } = visit.settled()?;
    match actor {
        Some(actor) => Ok(Visit { actor, db, now }),
        None => Err(AppError::First(crate::account::urls::SEATS)),
    }
}

fn back_to(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

impl FromRequestParts<App> for PersonVisit {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        enter(&parts.headers, app, back_to(parts)).await
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        seated(PersonVisit::from_request_parts(parts, app).await?)
    }
}

/// Strict reading of `application/x-www-form-urlencoded`: bytes that are not UTF-8 are refused, never replaced.
fn read_pairs(body: &[u8]) -> Result<Vec<(String, String)>, AppError> {
    let text = |piece: &[u8]| {
        let spaced: Vec<u8> = piece.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
        percent_encoding::percent_decode(&spaced)
            .decode_utf8()
            .map(std::borrow::Cow::into_owned)
            .map_err(|_| AppError::Bad(Bad::NotUtf8))
    };
    body.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            Ok((text(halves.next().unwrap_or_default())?, text(halves.next().unwrap_or_default())?))
        })
        .collect()
}

pub(super) async fn read_form(headers: &HeaderMap, body: axum::body::Body) -> Result<Vec<(String, String)>, AppError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(AppError::Bad(Bad::NotAForm));
    }
    let bytes: Bytes = axum::body::to_bytes(body, FORM_LIMIT).await.map_err(|_| AppError::Bad(Bad::TooLarge))?;
    read_pairs(&bytes)
}

/// Fields that steer and are not typed.
fn is_typed(name: &str) -> bool {
    !name.starts_with('_') && !name.starts_with("mat-khau")
}

impl FromRequest<App> for PersonPosted {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let (parts, body) = request.into_parts();
        let pairs = read_form(&parts.headers, body).await?;
        let visit = enter(&parts.headers, app, back_to(&parts)).await?;
        Ok(Self { visit, form: Filled::from_pairs(pairs) })
    }
}

/// A rejection that takes what was typed along to the sign-in page.
#[derive(Debug)]
pub struct PostedRejection {
    pub(super) error: AppError,
    pub(super) typed: Option<Typed>,
}

impl axum::response::IntoResponse for PostedRejection {
    fn into_response(self) -> axum::response::Response {
        let mut response = self.error.into_response();
        if let Some(typed) = self.typed {
            response.extensions_mut().insert(typed);
        }
        response
    }
}

impl From<AppError> for PostedRejection {
    fn from(error: AppError) -> Self {
        Self { error, typed: None }
    }
}

impl FromRequest<App> for Posted {
    type Rejection = PostedRejection;

    async fn from_request(request: Request, app: &App) -> Result<Self, PostedRejection> {
        let (parts, body) = request.into_parts();
        let pairs = read_form(&parts.headers, body).await?;
        let visit = match enter(&parts.headers, app, back_to(&parts)).await {
            Ok(visit) => seated(visit)?,
            Err(error @ AppError::SignInRequired { .. }) => {
                let typed = Some(Typed::of(parts.uri.path().to_owned(), pairs));
                return Err(PostedRejection { error, typed });
            }
            Err(error) => return Err(error.into()),
        };
        let form = Filled::from_pairs(pairs);
        // A form belongs to the seat it was drawn for; after signing in again it is drawn anew for the seat at hand.
        let redraw = form.has("_ve_lai", "1");
        if !redraw && form.value("_vai") != visit.actor.seat_key() {
            return Err(AppError::Stale.into());
        }
        Ok(Self { visit, form, redraw })
    }
}

impl FromRequest<App> for Anonymous {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let (parts, body) = request.into_parts();
        Ok(Self { form: Filled::from_pairs(read_form(&parts.headers, body).await?), now: app.clock.now() })
    }
}
