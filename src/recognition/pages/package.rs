//! A ward's package as the city opens it, and one decision for many groups of it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::{DenialCode, rules};
use crate::app::App;
use crate::dossier;
use crate::dossier::model::Status;
use crate::platform::clock::civil;
use crate::platform::id::UnitId;
use crate::recognition::form::{self, Days};
use crate::recognition::store::{self, Package, PackageRow};
use crate::recognition::{actions, urls};
use crate::ruleset::DossierKind;
use crate::web::error::AppError;
use crate::web::filters::{self, numbers};
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::denial;
use crate::words::dossier::{self as tags, Tag};
use crate::{bundle, paper};

/// A dossier of the package.
pub(super) struct Line {
    name: String,
    href: String,
    tag: Tag,
    kind: &'static str,
    parts: String,
    met: String,
    /// The value of its box while it waits for the decision.
    order: Option<String>,
    /// The first box: the error summary leads to it.
    first: bool,
}

/// What the page counts.
pub(super) struct Counts {
    pub(super) sent: String,
    pub(super) rest: String,
    pub(super) now: usize,
    pub(super) of: i64,
    pub(super) recognised: usize,
    pub(super) waiting: usize,
}

#[derive(Template, WebTemplate)]
#[template(path = "recognition/package.html")]
pub(super) struct PackagePage {
    pub(super) shell: Shell,
    pub(super) form: Filled,
    pub(super) ward: String,
    pub(super) year: i32,
    pub(super) own: Vec<Line>,
    pub(super) groups: Vec<Line>,
    pub(super) counts: Counts,
    /// Where the batch form goes, for who may send it.
    pub(super) action: Option<String>,
    /// The papers about it.
    pub(super) papers: String,
    /// Where certificates are issued, once a unit is recognised.
    pub(super) certificates: Option<String>,
    /// Where the wish for all of it as one file is sent.
    pub(super) bundle: String,
    /// What else can be taken away.
    pub(super) bundles: String,
    /// Why there is no batch form although groups wait.
    pub(super) refusal: Option<(&'static str, &'static str)>,
}

/// The package.
pub(super) async fn open(
    State(app): State<App>,
    Path((ward, year)): Path<(UnitId, i32)>,
    mut visit: Visit,
) -> Result<PackagePage, AppError> {
    rules::can_open_package(&visit.actor)?;
    let package = store::package(&mut visit.db, ward, year).await?;
    let drawn = waiting(&package).map(order).fold(Filled::default(), |form, value| form.with("ho-so", value));
    let drawn = drawn.with("nguoi-ky", visit.actor.person.name.clone());
    Ok(show(&app, &visit, (ward, &package), drawn))
}

/// Recognises the groups ticked by one decision: all of them or none.
pub(super) async fn recognise(
    State(app): State<App>,
    Path((ward, year)): Path<(UnitId, i32)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    rules::can_decide_package(&posted.visit.actor)?;
    let package = store::package(&mut posted.visit.db, ward, year).await?;
    let days = Days { from: package.window_from, today: civil(posted.visit.now) };
    let (orders, paper) = match posted.parse(|typed| form::batch(typed, days)) {
        Ok(found) => found,
        Err(typed) => return Ok(page::again(typed.is_bad(), show(&app, &posted.visit, (ward, &package), typed))),
    };
    // A page of this package ticks nothing else; ids of another ward are not found.
    if !orders.iter().all(|order| package.rows.iter().any(|row| row.id == order.id && row.group_id.is_some())) {
        return Err(AppError::NotFound);
    }
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::recognise(db, &app.rulesets, &actor, &orders, &paper, now).await }).await??;
    Ok(Redirect::to(&urls::package(ward, year)).into_response())
}

/// The groups that wait for a decision.
fn waiting(package: &Package) -> impl Iterator<Item = &PackageRow> {
    package.rows.iter().filter(|row| row.group_id.is_some() && row.status == Status::Forwarded)
}

fn order(row: &PackageRow) -> String {
    format!("{}:{}", row.id, row.version)
}

/// The ward's own request stands with the city: only then are its groups decided.
fn is_received(package: &Package) -> bool {
    let stands = |row: &PackageRow| {
        matches!(row.status, Status::Received | Status::Appraised | Status::Recommended | Status::NotRecommended)
    };
    package.rows.iter().any(|row| row.group_id.is_none() && row.kind == DossierKind::Request && stands(row))
}

fn line(row: &PackageRow) -> Line {
    Line {
        name: row.name.clone(),
        href: dossier::urls::show(row.id),
        tag: tags::status(row.status),
        kind: tags::kind(row.kind),
        parts: format!("{}/{}", row.parts_filled, row.parts),
        met: match (row.kind, row.judged) {
            // Nobody judges a registration.
            (DossierKind::Registration, _) => String::new(),
            (DossierKind::Request, 0) => numbers::NOT_YET.to_owned(),
            (DossierKind::Request, judged) => format!("{}/{judged} đạt", row.met),
        },
        order: (row.group_id.is_some() && row.status == Status::Forwarded).then(|| order(row)),
        first: false,
    }
}

fn count(package: &Package) -> Counts {
    let groups = || package.rows.iter().filter(|row| row.group_id.is_some() && row.kind == DossierKind::Request);
    let now = groups().count();
    let words = numbers::share(now, package.groups, "tổ");
    let (sent, rest) = words
        .split_once(" (")
        .map_or((words.clone(), String::new()), |(sent, rest)| (sent.to_owned(), format!("({rest}")));
    Counts {
        sent,
        rest,
        now,
        of: package.groups,
        recognised: groups().filter(|row| row.status == Status::Recognised).count(),
        waiting: waiting(package).count(),
    }
}

/// The page around a form.
fn show(app: &App, visit: &Visit, (ward, package): (UnitId, &Package), form: Filled) -> PackagePage {
    let title = format!("Gói hồ sơ {} năm {}", package.ward_name, package.year);
    let shell = page::shell(app, &visit.actor, title, crate::home::urls::HOME);
    let decides = rules::can_decide_package(&visit.actor).is_ok() && waiting(package).next().is_some();
    draw(shell, (ward, package), form, decides)
}

/// The page itself, from what is known.
pub(super) fn draw(mut shell: Shell, (ward, package): (UnitId, &Package), form: Filled, decides: bool) -> PackagePage {
    shell.year = Some(package.year);
    let shell = shell.crumb("Phường, xã", crate::home::urls::HOME).here(page::capital(&package.ward_name));
    let received = is_received(package);
    let recognised = package.rows.iter().any(|row| row.status == Status::Recognised);
    let missing = DenialCode::PackageNotReceived;
    let (groups, own): (Vec<_>, Vec<_>) = package.rows.iter().partition(|row| row.group_id.is_some());
    let mut groups: Vec<Line> = groups.into_iter().map(line).collect();
    if let Some(first) = groups.iter_mut().find(|it| it.order.is_some()) {
        first.first = true;
    }
    PackagePage {
        shell: shell.failing(form.is_bad()),
        ward: page::capital(&package.ward_name),
        year: package.year,
        own: own.into_iter().map(line).collect(),
        groups,
        counts: count(package),
        certificates: recognised.then(|| crate::certificate::urls::list(ward, package.year)),
        action: (decides && received).then(|| urls::recognise_all(ward, package.year)),
        papers: paper::urls::list(paper::urls::Where { group: None, ward: Some((ward, package.year)) }),
        bundle: bundle::urls::make(bundle::model::Kind::Package, ward, package.year),
        bundles: bundle::urls::list(ward, package.year),
        refusal: (decides && !received).then(|| (denial::heading(missing), denial::sentence(missing))),
        form,
    }
}
