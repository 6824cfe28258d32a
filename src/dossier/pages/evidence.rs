//! Evidence: what lies with a criterion and what is missing, files and facts added, and one page with a photograph for any criterion.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::assess::{drawn_again, filled};
use super::file::brought;
use super::show::frame;
use crate::access::rules;
use crate::app::App;
use crate::dossier::actions::{self, Brought, Opened, Spot, Target};
use crate::dossier::model::{Day, FileRow, Meter};
use crate::dossier::store::{self, Offer};
use crate::dossier::{form, urls};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::DossierId;
use crate::ruleset::Criterion;
use crate::ruleset::engine::Outcome;
use crate::upload::{self, Sent};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::posted_files::PostedFiles;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier as dossier_words;
use crate::words::evidence as words;

/// A file or a fact in the list.
pub(super) struct Line {
    pub name: String,
    /// In which days it lies.
    pub when: String,
    /// The listed paper that it is.
    pub piece: Option<String>,
    /// And its place among them.
    pub place: Option<i16>,
    /// Its own page, where its day and name are sent to.
    pub href: String,
    pub asks_day: bool,
    pub asks_piece: bool,
}

/// A file that the unit has elsewhere.
pub(super) struct Offered {
    pub id: String,
    pub name: String,
    pub when: String,
    pub from: &'static str,
}

/// What lies around a criterion.
#[derive(Default)]
pub(super) struct Around {
    pub offers: Vec<Offer>,
    pub sent: Vec<Sent>,
}

impl Around {
    /// Reads it: the files offered, and those that the form names already.
    pub async fn read(db: &mut Scoped, opened: &Opened, code: &str, form: &Filled) -> Result<Self, AppError> {
        let dossier = &opened.whole.dossier;
        let criterion = opened.rules()?.criterion(code).ok_or(AppError::NotFound)?;
        let offers = store::offers(db, dossier, criterion, opened.whole.year).await?;
        let sent = upload::sent(db, form, &urls::assess(dossier.id, code)).await?;
        Ok(Self { offers, sent })
    }
}

/// The evidence of one criterion as its page shows it.
pub(super) struct Evidence {
    pub lines: Vec<Line>,
    pub meter: Meter,
    pub offered: Vec<Offered>,
    pub sent: Vec<Sent>,
    /// The listed papers, to pick from.
    pub pieces: Vec<(String, String)>,
    pub add: String,
    pub say: String,
    pub use_again: String,
}

impl Evidence {
    pub fn of(opened: &Opened, criterion: &Criterion, outcome: Option<&Outcome>, around: Around) -> Self {
        let whole = &opened.whole;
        let (id, code) = (whole.dossier.id, &criterion.code);
        let several = criterion.evidence.len() > 1;
        let line = |use_id: Uuid, name: &str, day: Option<chrono::NaiveDate>, piece: Option<i16>| Line {
            name: name.to_owned(),
            when: words::day(Day::of(day, whole.window)),
            piece: named(criterion, piece),
            place: piece,
            href: urls::one_evidence(id, code, use_id),
            asks_day: day.is_none(),
            asks_piece: several && piece.is_none(),
        };
        let files = whole.evidence_for(code).into_iter().map(|it| line(it.use_id, &it.name, it.evidence_on, it.piece));
        let facts = whole.facts_said.iter().filter(|it| it.criterion.as_ref() == Some(code));
        let facts = facts.map(|it| line(it.use_id, &it.said, Some(it.happened_on), it.piece));
        Self {
            lines: files.chain(facts).collect(),
            meter: whole.meter(criterion, outcome),
            offered: around.offers.into_iter().map(|offer| offered(offer, whole.window)).collect(),
            sent: around.sent,
            pieces: pieces(criterion),
            add: urls::add_evidence(id, code),
            say: urls::say_fact(id, code),
            use_again: urls::use_again(id, code),
        }
    }
}

fn offered(offer: Offer, window: crate::cycle::model::Window) -> Offered {
    Offered {
        id: offer.id.to_string(),
        name: offer.name,
        when: words::day(Day::of(offer.evidence_on, window)),
        from: if offer.is_of_this_year { "trong hồ sơ năm nay" } else { "minh chứng năm trước" },
    }
}

/// The listed papers to pick from, by their places.
pub(super) fn pieces(criterion: &Criterion) -> Vec<(String, String)> {
    criterion.evidence.iter().enumerate().map(|(at, words)| (at.to_string(), words.clone())).collect()
}

/// The listed paper at that place.
pub(super) fn named(criterion: &Criterion, piece: Option<i16>) -> Option<String> {
    criterion.evidence.get(usize::try_from(piece?).ok()?).cloned()
}

/// A criterion in the overview.
struct Row {
    anchor: String,
    label: String,
    title: String,
    href: String,
    meter: Meter,
    files: Vec<FileRow>,
    facts: usize,
    /// Where a photograph goes; none while the criterion is closed.
    add: Option<String>,
    purpose: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "dossier/evidence.html")]
pub(super) struct OverviewPage {
    shell: Shell,
    rows: Vec<Row>,
    complete: usize,
    back: String,
}

/// The page's own id for a criterion: codes hold dots.
fn anchor(code: &str) -> String {
    format!("mc-{}", code.replace('.', "-"))
}

/// All criteria with what lies there, and a photograph for any of them.
pub(super) async fn overview(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<DossierId>,
) -> Result<OverviewPage, AppError> {
    let opened = actions::open(&mut visit.db, &app.rulesets, id).await?;
    let (whole, facts) = (&opened.whole, opened.facts(visit.now)?);
    rules::can_assess(&visit.actor, &whole.dossier, &facts)?;
    let outcomes = opened.outcomes(civil(visit.now));
    let row = |criterion: &Criterion| {
        let code = &criterion.code;
        Row {
            anchor: anchor(code),
            label: criterion.label.clone(),
            title: criterion.title.clone(),
            href: urls::evidence_of(id, code),
            meter: whole.meter(criterion, outcomes.iter().find(|it| it.code == *code)),
            files: whole.evidence_for(code).into_iter().cloned().collect(),
            facts: whole.facts_for(code).len(),
            add: whole.criterion_is_open(code).then(|| urls::add_evidence(id, code)),
            purpose: urls::assess(id, code),
        }
    };
    let rows: Vec<Row> = opened.rules()?.criteria.iter().map(row).collect();
    Ok(OverviewPage {
        shell: frame(&app, &visit.actor, &opened, "Minh chứng")
            .crumb(dossier_words::kind_short(whole.dossier.kind), urls::show(id))
            .here("Minh chứng"),
        complete: rows.iter().filter(|row| row.meter.is_complete()).count(),
        rows,
        back: urls::show(id),
    })
}

/// A page that was drawn by a form is asked for again: its evidence.
pub(super) async fn back(_visit: Visit, Path((id, code)): Path<(DossierId, String)>) -> Redirect {
    Redirect::to(&urls::evidence_of(id, &code))
}

/// Adds files.
pub(super) async fn add(
    State(app): State<App>,
    headers: HeaderMap,
    Path((id, code)): Path<(DossierId, String)>,
    posted: PostedFiles,
) -> Result<Response, AppError> {
    let PostedFiles { visit: Visit { actor, mut db, now }, form: mut typed, files, redraw } = posted;
    let target = Target::Criterion(code.clone());
    let opened = actions::may_add_file(&mut db, &app.rulesets, &actor, id, &target, now).await?;
    let criterion = opened.rules()?.criterion(&code).ok_or(AppError::NotFound)?;
    let mut kept = Brought::default();
    if !redraw {
        kept = brought(&app, &mut db, &mut typed, files, &urls::assess(id, &code)).await?;
        // A form sent twice names files that it brought the first time.
        if kept.files.is_empty() && typed.value("da-tai").is_empty() {
            typed.fail("tep", words::NO_FILE);
        }
    }
    let read = if redraw { Err(typed.clone()) } else { form::evidence(typed.clone(), criterion, now) };
    let input = match read {
        Ok(input) => input,
        Err(wrong) => return drawn_again(&app, (&actor, &mut db, now), &opened, &code, wrong).await,
    };
    let work = {
        let (rulesets, actor, code) = (app.rulesets.clone(), actor.clone(), code.clone());
        async move {
            let spot = Spot { rulesets: &rulesets, actor: &actor, id, criterion: &code, now };
            actions::add_evidence(db, spot, input, &kept).await
        }
    };
    unstoppable(work).await??;
    if typed.has("ve", "danh-sach") {
        return Ok(Redirect::to(&format!("{}#{}", urls::evidence(id), anchor(&code))).into_response());
    }
    let before = filled(&opened, &code, now);
    let as_before = |name: &&str| typed.value(name).trim() == before.value(name).trim();
    if ["ghi-chu", "so-dat", "tong-so"].iter().all(as_before) {
        return Ok(Redirect::to(&urls::evidence_of(id, &code)).into_response());
    }
    with_typed(&app, &headers, (id, &code), typed).await
}

/// What was typed about the criterion itself is not saved with its evidence, so it must not be lost either: the page again, with it.
async fn with_typed(
    app: &App,
    headers: &HeaderMap,
    (id, code): (DossierId, &str),
    typed: Filled,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = Visit::again(headers, app, &urls::assess(id, code)).await?;
    let opened = actions::open(&mut db, &app.rulesets, id).await?;
    let form = ["ngay-minh-chung", "giay", "da-tai"].iter().fold(typed, |form, name| form.replaced(name, ""));
    drawn_again(app, (&actor, &mut db, now), &opened, code, form).await
}

/// Says something that happened.
pub(super) async fn say(
    State(app): State<App>,
    Path((id, code)): Path<(DossierId, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (db, now) = (&mut posted.visit.db, posted.visit.now);
    let target = Target::Criterion(code.clone());
    let opened = actions::may_add_file(db, &app.rulesets, &posted.visit.actor, id, &target, now).await?;
    let criterion = opened.rules()?.criterion(&code).ok_or(AppError::NotFound)?;
    let input = match posted.parse(|form| form::fact(form, criterion, now)) {
        Ok(input) => input,
        Err(wrong) => {
            let mut form = filled(&opened, &code, now);
            for name in ["viec", "ngay-viec", "giay-viec"] {
                form = form.with(name, wrong.value(name));
            }
            for error in wrong.errors() {
                form.fail(&error.field, error.sentence.clone());
            }
            let Visit { actor, mut db, now } = posted.visit;
            return drawn_again(&app, (&actor, &mut db, now), &opened, &code, form).await;
        }
    };
    let Visit { actor, db, now } = posted.visit;
    let to = urls::evidence_of(id, &code);
    let work = async move {
        let spot = Spot { rulesets: &app.rulesets, actor: &actor, id, criterion: &code, now };
        actions::say(db, spot, &input).await
    };
    unstoppable(work).await??;
    Ok(Redirect::to(&to).into_response())
}

/// Uses a file again.
pub(super) async fn use_again(
    State(app): State<App>,
    Path((id, code)): Path<(DossierId, String)>,
    posted: Posted,
) -> Result<Redirect, AppError> {
    let attachment = posted.form.value("tep").parse().map_err(|_| AppError::NotFound)?;
    let Visit { actor, db, now } = posted.visit;
    let to = urls::evidence_of(id, &code);
    let work = async move {
        let spot = Spot { rulesets: &app.rulesets, actor: &actor, id, criterion: &code, now };
        actions::use_again(db, spot, attachment).await
    };
    unstoppable(work).await??;
    Ok(Redirect::to(&to))
}
