//! One file or fact of a criterion: when it happened, which listed paper it is, where else it is used, the versions of a file.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::evidence::{named, pieces};
use super::file::brought;
use super::show::frame;
use crate::access::{Actor, rules};
use crate::app::App;
use crate::dossier::actions::{self, Opened, Spot, Target};
use crate::dossier::model::{Day, FactRow, FileRow, Whole};
use crate::dossier::store::{self, Version};
use crate::dossier::{form, urls};
use crate::platform::db::Scoped;
use crate::platform::id::DossierId;
use crate::ruleset::{Criterion, SubjectRules};
use crate::upload::{self, Sent};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::posted_files::PostedFiles;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier as dossier_words;
use crate::words::evidence as words;

/// What it is.
enum What {
    File(FileRow),
    Fact(FactRow),
}

impl What {
    fn find(whole: &Whole, criterion: &str, use_id: Uuid) -> Option<Self> {
        let of = |code: &Option<String>| code.as_deref() == Some(criterion);
        let file = whole.evidence.iter().find(|it| it.use_id == use_id && of(&it.criterion)).cloned();
        let fact = || whole.facts_said.iter().find(|it| it.use_id == use_id && of(&it.criterion)).cloned();
        file.map(Self::File).or_else(|| fact().map(Self::Fact))
    }

    async fn versions(&self, db: &mut Scoped) -> Result<Vec<Version>, AppError> {
        match self {
            Self::File(file) => Ok(store::versions(db, file.id).await?),
            Self::Fact(_) => Ok(vec![]),
        }
    }

    const fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::File(file) => file.evidence_on,
            Self::Fact(fact) => Some(fact.happened_on),
        }
    }

    const fn piece(&self) -> Option<i16> {
        match self {
            Self::File(file) => file.piece,
            Self::Fact(fact) => fact.piece,
        }
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "dossier/one_evidence.html")]
struct PiecePage {
    shell: Shell,
    form: Filled,
    what: What,
    criterion: Criterion,
    when: String,
    piece: Option<String>,
    pieces: Vec<(String, String)>,
    /// Other things that it serves already.
    used: Vec<String>,
    /// And those that it might: criteria and parts, by the value that the form sends.
    places: Vec<(String, String)>,
    versions: Vec<Version>,
    sent: Vec<Sent>,
    /// The criterion may be changed now.
    editable: bool,
    action: String,
    share: String,
    renew: String,
    remove: String,
    back: String,
}

/// Where something is used beside this criterion, and where it might be.
fn places(whole: &Whole, of_kind: &SubjectRules, criterion: &str, what: &What) -> (Vec<String>, Vec<(String, String)>) {
    let (mut used, mut free) = (vec![], vec![]);
    let uses_criterion = |code: &str| match what {
        What::File(file) => whole.evidence_for(code).iter().any(|it| it.id == file.id),
        What::Fact(fact) => whole.facts_said.iter().any(|it| it.id == fact.id && it.criterion.as_deref() == Some(code)),
    };
    for other in of_kind.criteria.iter().filter(|it| it.code != criterion) {
        let label = format!("{}: {}", other.label, other.title);
        if uses_criterion(&other.code) {
            used.push(label);
        } else if whole.criterion_is_open(&other.code) {
            free.push((format!("tieu-chi:{}", other.code), label));
        }
    }
    // A part is papers: a fact cannot be one.
    let What::File(file) = what else { return (used, free) };
    for rule in of_kind.parts(whole.dossier.kind) {
        let Some(part) = whole.part(&rule.code) else { continue };
        let label = format!("Phần {}", rule.short_title);
        if part.files.iter().any(|it| it.id == file.id) {
            used.push(label);
        } else if part.open {
            free.push((format!("phan:{}", rule.code), label));
        }
    }
    (used, free)
}

type At<'a> = (DossierId, &'a str, Uuid);

async fn piece_page(
    app: &App,
    actor: &Actor,
    db: &mut Scoped,
    (opened, (id, code, use_id)): (&Opened, At<'_>),
    form: Filled,
    now: DateTime<Utc>,
) -> Result<PiecePage, AppError> {
    let (whole, of_kind) = (&opened.whole, opened.rules()?);
    let criterion = of_kind.criterion(code).ok_or(AppError::NotFound)?;
    let what = What::find(whole, code, use_id).ok_or(AppError::NotFound)?;
    let versions = what.versions(db).await?;
    let (used, places) = places(whole, of_kind, code, &what);
    let renew = urls::renew_evidence(id, code, use_id);
    let may = rules::can_assess(actor, &whole.dossier, &opened.facts(now)?).is_ok();
    Ok(PiecePage {
        shell: frame(app, actor, opened, "Minh chứng")
            .crumb(dossier_words::kind_short(whole.dossier.kind), urls::show(id))
            .crumb(criterion.label.clone(), urls::evidence_of(id, code))
            .here("Minh chứng")
            .failing(form.is_bad()),
        sent: upload::sent(db, &form, &renew).await?,
        form,
        when: words::day(Day::of(what.day(), whole.window)),
        piece: named(criterion, what.piece()),
        pieces: pieces(criterion),
        what,
        used,
        places,
        versions,
        editable: may && whole.criterion_is_open(code),
        action: urls::one_evidence(id, code, use_id),
        share: urls::share_evidence(id, code, use_id),
        renew,
        remove: urls::remove_file(id),
        back: urls::evidence_of(id, code),
        criterion: criterion.clone(),
    })
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, code, use_id)): Path<(DossierId, String, Uuid)>,
) -> Result<Response, AppError> {
    let opened = actions::open(&mut visit.db, &app.rulesets, id).await?;
    let piece = What::find(&opened.whole, &code, use_id).and_then(|what| what.piece());
    let form = Filled::default().with("giay", piece.map(|at| at.to_string()).unwrap_or_default());
    let at = (&opened, (id, code.as_str(), use_id));
    Ok(piece_page(&app, &visit.actor, &mut visit.db, at, form, visit.now).await?.into_response())
}

/// Writes its day and which paper it is.
pub(super) async fn note(
    State(app): State<App>,
    Path((id, code, use_id)): Path<(DossierId, String, Uuid)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let now = posted.visit.now;
    let opened = actions::open(&mut posted.visit.db, &app.rulesets, id).await?;
    let criterion = opened.rules()?.criterion(&code).ok_or(AppError::NotFound)?;
    let input = match posted.parse(|form| form::evidence(form, criterion, now)) {
        Ok(input) => input,
        Err(wrong) => {
            let at = (&opened, (id, code.as_str(), use_id));
            let Visit { actor, mut db, .. } = posted.visit;
            let page = piece_page(&app, &actor, &mut db, at, wrong.clone(), now).await?;
            return Ok(again(wrong.is_bad(), page));
        }
    };
    let Visit { actor, db, now } = posted.visit;
    let to = urls::evidence_of(id, &code);
    let work = async move {
        let spot = Spot { rulesets: &app.rulesets, actor: &actor, id, criterion: &code, now };
        actions::note(db, spot, use_id, input).await
    };
    unstoppable(work).await??;
    Ok(Redirect::to(&to).into_response())
}

/// Uses it for something else as well.
pub(super) async fn share(
    State(app): State<App>,
    Path((id, code, use_id)): Path<(DossierId, String, Uuid)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let target = match posted.form.value("cho").split_once(':') {
        Some(("tieu-chi", code)) => Target::Criterion(code.to_owned()),
        Some(("phan", code)) => Target::Part(code.to_owned()),
        _ => {
            let db = &mut posted.visit.db;
            let opened = actions::open(db, &app.rulesets, id).await?;
            let mut form = posted.form.clone();
            form.fail("cho", words::NO_PLACE);
            let at = (&opened, (id, code.as_str(), use_id));
            let page = piece_page(&app, &posted.visit.actor, db, at, form, posted.visit.now).await?;
            return Ok(again(true, page));
        }
    };
    let Visit { actor, db, now } = posted.visit;
    let to = urls::one_evidence(id, &code, use_id);
    let work = async move {
        let spot = Spot { rulesets: &app.rulesets, actor: &actor, id, criterion: &code, now };
        actions::share(db, spot, use_id, &target).await
    };
    unstoppable(work).await??;
    Ok(Redirect::to(&to).into_response())
}

/// Puts a newer version in its place.
pub(super) async fn renew(
    State(app): State<App>,
    Path((id, code, use_id)): Path<(DossierId, String, Uuid)>,
    posted: PostedFiles,
) -> Result<Response, AppError> {
    let PostedFiles { visit: Visit { actor, mut db, now }, form: mut typed, files, redraw } = posted;
    let target = Target::Criterion(code.clone());
    let opened = actions::may_add_file(&mut db, &app.rulesets, &actor, id, &target, now).await?;
    let criterion = opened.rules()?.criterion(&code).ok_or(AppError::NotFound)?;
    let kept = match redraw {
        true => actions::Brought::default(),
        false => brought(&app, &mut db, &mut typed, files, &urls::renew_evidence(id, &code, use_id)).await?,
    };
    if kept.files.is_empty() && !redraw {
        typed.fail("tep", words::NO_FILE);
    }
    let read = if redraw { Err(typed.clone()) } else { form::evidence(typed.clone(), criterion, now) };
    let day = match read {
        Ok(input) => input.day,
        Err(wrong) => {
            let is_bad = wrong.is_bad() && !redraw;
            let at = (&opened, (id, code.as_str(), use_id));
            return Ok(again(is_bad, piece_page(&app, &actor, &mut db, at, wrong, now).await?));
        }
    };
    let to = urls::evidence_of(id, &code);
    let work = async move {
        let spot = Spot { rulesets: &app.rulesets, actor: &actor, id, criterion: &code, now };
        actions::renew(db, spot, use_id, day, &kept).await
    };
    unstoppable(work).await??;
    Ok(Redirect::to(&to).into_response())
}

impl PiecePage {
    fn is_file(&self) -> bool {
        matches!(self.what, What::File(_))
    }

    fn asks_day(&self) -> bool {
        matches!(&self.what, What::File(file) if file.evidence_on.is_none())
    }

    const fn use_id(&self) -> Uuid {
        match &self.what {
            What::File(file) => file.use_id,
            What::Fact(fact) => fact.use_id,
        }
    }
}
