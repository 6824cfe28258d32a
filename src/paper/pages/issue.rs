//! Issuing a paper: number, day, signer; and making it a part of its dossier.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::show::draw;
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::paper::form::Asked;
use crate::paper::model::{self, Capacity, Issuing};
use crate::paper::store::{self, Whole};
use crate::paper::{actions, form, urls};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::PaperId;
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::words::paper as words;

/// How often a paper is printed again because another one took its number meanwhile.
const TRIES: usize = 4;

/// The form of issuing, as it is offered to whoever may.
pub(super) struct Offer {
    /// A number is typed.
    pub number: bool,
    /// How a typed one looks.
    pub example: String,
    /// The register that the program keeps begins with this paper.
    pub start: bool,
    /// The number that comes next, where the program keeps the register.
    pub next: Option<String>,
    /// The capacities to pick from.
    pub capacities: Vec<(&'static str, &'static str)>,
    /// Can become a part of its dossier at once.
    pub attaches: bool,
    /// Who may sign, in a sentence.
    pub signers: String,
    /// What the form is filled in with.
    pub filled: Vec<(&'static str, String)>,
}

/// What is asked, by who keeps the register.
fn asked(whole: &Whole, last: Option<i32>, today: NaiveDate) -> Asked {
    let kind = whole.paper.slot.kind;
    let book = whole.settings.register.book(kind);
    // The year before may be ending when its successor is planned.
    let from = NaiveDate::from_ymd_opt(whole.year - 1, 1, 1).unwrap_or(today);
    Asked {
        number: kind.abbreviation().is_some() && book.is_none(),
        start: book.is_some() && last.is_none(),
        from,
        today,
    }
}

async fn last(db: &mut Scoped, whole: &Whole, today: NaiveDate) -> Result<Option<i32>, Refused> {
    let slot = &whole.paper.slot;
    match whole.settings.register.book(slot.kind) {
        Some(book) => store::last(db, (actions::signing_unit(slot), slot.kind.body()), (today.year(), book)).await,
        None => Ok(None),
    }
}

/// The form, for who may issue.
pub(super) async fn offer(
    db: &mut Scoped,
    actor: &Actor,
    whole: &Whole,
    now: DateTime<Utc>,
) -> Result<Option<Offer>, AppError> {
    if rules::can_issue_paper(actor, &whole.paper).is_err() {
        return Ok(None);
    }
    let (slot, today) = (&whole.paper.slot, civil(now));
    let last = last(db, whole, today).await?;
    let signers = store::signers(db, (slot.kind.keeper(), actions::signing_unit(slot)), now).await?;
    let asked = asked(whole, last, today);
    let head = whole.settings.letterhead(slot.kind, &whole.names);
    let next = last.and_then(|last| model::number(slot.kind, Some(last + 1), &head.symbol));
    let attaches = slot.kind.part().is_some() && whole.standing.is_some_and(|it| it.open);
    let first = signers.first();
    let mut filled = vec![
        ("ngay", dates::day(today)),
        ("nguoi-ky", first.map_or_else(String::new, |it| it.name.clone())),
        ("tu-cach", first.map_or(Capacity::Own, |it| it.capacity).as_str().to_owned()),
    ];
    if asked.start {
        filled.push(("so-dau", "1".to_owned()));
    }
    if attaches {
        filled.push(("dua-vao", "co".to_owned()));
    }
    Ok(Some(Offer {
        number: asked.number,
        example: words::number_example(&model::number(slot.kind, Some(5), &head.symbol).unwrap_or_default()),
        start: asked.start,
        next,
        capacities: Capacity::ALL.iter().map(|it| (it.as_str(), words::capacity(*it))).collect(),
        attaches,
        signers: words::signers(&signers),
        filled,
    }))
}

/// Issues it. The type is set while no connection is held; a number that another paper took meanwhile is replaced by the next.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<PaperId>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let typed = posted.form.clone();
    let mut visit = posted.visit;
    let issuing = match read(&mut visit, id, revision, &typed).await? {
        Read::Done => return Ok(Redirect::to(&urls::show(id)).into_response()),
        Read::Wrong(wrong) => return redraw(&app, visit, id, wrong).await,
        Read::Good(issuing) => issuing,
    };
    for _ in 0..TRIES {
        match once(&app, visit, (id, revision), (&issuing, &headers)).await? {
            Ok(true) => return Ok(Redirect::to(&urls::show(id)).into_response()),
            Ok(false) => {}
            Err(faults) => {
                let visit = Visit::again(&headers, &app, &urls::show(id)).await?;
                return redraw(&app, visit, id, typed.with_faults(faults)).await;
            }
        }
        visit = Visit::again(&headers, &app, &urls::show(id)).await?;
    }
    Err(AppError::Stale)
}

/// What became of reading the form.
enum Read {
    /// The same form sent twice: this person issued it already.
    Done,
    /// With its sentences.
    Wrong(Filled),
    /// Whole.
    Good(Issuing),
}

async fn read(visit: &mut Visit, id: PaperId, revision: i32, typed: &Filled) -> Result<Read, AppError> {
    let whole = store::load(&mut visit.db, id).await?;
    let by = |by: &str| by == visit.actor.person.name;
    if whole.paper.revision == revision + 1 && whole.paper.issued.as_ref().is_some_and(|it| by(&it.by)) {
        return Ok(Read::Done);
    }
    rules::can_issue_paper(&visit.actor, &whole.paper)?;
    let today = civil(visit.now);
    let last = last(&mut visit.db, &whole, today).await?;
    Ok(match form::issuing(typed.clone(), asked(&whole, last, today)) {
        Ok(issuing) => Read::Good(issuing),
        Err(wrong) => Read::Wrong(wrong),
    })
}

async fn redraw(app: &App, visit: Visit, id: PaperId, form: Filled) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let whole = store::load(&mut db, id).await?;
    let page = draw(app, (&actor, &mut db), whole, (Some(form), now), None).await?;
    Ok(again(true, page))
}

type Faults = Vec<(&'static str, String)>;

/// One try: look, print without a connection, enter again, write. `false`: the number went to another paper.
async fn once(
    app: &App,
    visit: Visit,
    (id, revision): (PaperId, i32),
    (issuing, headers): (&Issuing, &HeaderMap),
) -> Result<Result<bool, Faults>, AppError> {
    let Visit { actor, mut db, now } = visit;
    let prepared = match actions::prepare(&mut db, &actor, (id, revision), issuing.clone(), now).await {
        Err(Refused::Invalid(faults)) => return Ok(Err(faults)),
        other => other?,
    };
    drop(db);
    let printed = match actions::print(&app.press, &app.files, prepared).await? {
        Err(Refused::Invalid(faults)) => return Ok(Err(faults)),
        other => other?,
    };
    let Visit { actor, db, now } = Visit::again(headers, app, &urls::show(id)).await?;
    let rulesets = app.rulesets.clone();
    let work = async move { actions::issue(db, &rulesets, &actor, &printed, now).await };
    match unstoppable(work).await? {
        Ok(done) => Ok(Ok(done.is_some())),
        Err(Refused::Invalid(faults)) => Ok(Err(faults)),
        Err(refused) => Err(refused.into()),
    }
}

/// Makes an issued paper a part of its dossier.
pub(super) async fn attach(
    State(app): State<App>,
    Path(id): Path<PaperId>,
    posted: Posted,
) -> Result<Redirect, AppError> {
    let Visit { actor, db, now } = posted.visit;
    let work = async move { actions::attach(db, &app.rulesets, &actor, id, now).await };
    unstoppable(work).await??;
    Ok(Redirect::to(&urls::show(id)))
}
