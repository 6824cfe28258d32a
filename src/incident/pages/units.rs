//! Agencies, enterprises and schools of the ward in the year.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Door, doors, inner, place};
use crate::access::{Actor, Denial, DenialCode, Refused, Role, rules};
use crate::app::App;
use crate::incident::model::unit::{Listed, Participation, Standing};
use crate::incident::{actions, form, store, urls};
use crate::platform::clock::civil;
use crate::platform::id::{CycleId, UnitId};
use crate::ruleset::{Ruleset, SubjectKind};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::incident as words;

/// Units of one kind.
struct Section {
    name: &'static str,
    /// Whether the rules of the year count them in the ward's ratios.
    counts: bool,
    units: Vec<(Listed, Tag)>,
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/units.html")]
struct UnitsPage {
    shell: Shell,
    doors: Vec<Door>,
    year: i32,
    ruleset: String,
    sections: Vec<Section>,
    /// Counted in the ratios, and of them registered, recognised or proposed.
    all: usize,
    registered: usize,
    recognised: usize,
    may_keep: bool,
}

impl UnitsPage {
    /// The year's rules count none of these kinds.
    fn counts_nothing(&self) -> bool {
        self.sections.iter().all(|section| !section.counts)
    }
}

/// The committee reads what becomes of units; a leader and an area officer have groups.
fn can_see(actor: &Actor) -> Result<(), AppError> {
    match actor.role() {
        Role::GroupLeader => Err(Denial::by(DenialCode::NotThisSeat, Role::WardOfficer).into()),
        _ => Ok(rules::can_see_incidents(actor)?),
    }
}

fn counts(ruleset: &Ruleset, kind: SubjectKind) -> bool {
    ruleset.subject(kind).is_some_and(|rules| rules.counts_in_ward_ratio)
}

fn units_page(app: &App, actor: &Actor, ruleset: &Ruleset, units: &[Listed]) -> UnitsPage {
    let in_ratio = units.iter().filter(|unit| unit.participation.counted && counts(ruleset, unit.kind));
    let (mut all, mut registered, mut recognised) = (0, 0, 0);
    for unit in in_ratio {
        all += 1;
        registered += usize::from(unit.participation.registered_on.is_some());
        recognised += usize::from(matches!(unit.participation.standing, Standing::Recommended | Standing::Recognised));
    }
    let section = |kind: SubjectKind| Section {
        name: words::units(kind),
        counts: counts(ruleset, kind),
        units: units
            .iter()
            .filter(|unit| unit.kind == kind)
            .map(|unit| (unit.clone(), words::participation(&unit.participation)))
            .collect(),
    };
    let kinds = [SubjectKind::Agency, SubjectKind::Enterprise, SubjectKind::School];
    UnitsPage {
        shell: inner(app, actor, "Cơ quan, doanh nghiệp, nhà trường"),
        doors: doors(actor, urls::UNITS),
        year: actor.year.unwrap_or_default(),
        ruleset: ruleset.title.clone(),
        sections: kinds.into_iter().map(section).filter(|section| !section.units.is_empty()).collect(),
        all,
        registered,
        recognised,
        may_keep: rules::can_keep_unit_year(actor).is_ok(),
    }
}

/// The list.
pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    can_see(&actor)?;
    let (ruleset, units) = store::units(&mut db, place(&actor)?).await?;
    let ruleset = app.rulesets.get(&mut db, ruleset).await?;
    Ok(units_page(&app, &actor, &ruleset, &units).into_response())
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/unit.html")]
struct UnitPage {
    shell: Shell,
    form: Filled,
    unit: Listed,
    standings: Vec<(&'static str, &'static str)>,
    /// What is typed, and what somebody else saved meanwhile.
    versus: Option<(String, String)>,
}

fn unit_page(app: &App, actor: &Actor, (unit, form): (Listed, Filled)) -> UnitPage {
    UnitPage {
        shell: crate::incident::pages::frame(app, actor, &unit.name)
            .crumb("Số vụ việc", urls::LIST)
            .crumb("Cơ quan, doanh nghiệp, trường", urls::UNITS)
            .here(&unit.name)
            .failing(form.is_bad()),
        standings: Standing::ALL.iter().map(|it| (it.as_str(), words::standing(*it))).collect(),
        unit,
        form,
        versus: None,
    }
}

async fn held(visit: &mut Visit, id: UnitId) -> Result<(CycleId, Listed), AppError> {
    rules::can_keep_unit_year(&visit.actor)?;
    let place = place(&visit.actor)?;
    Ok((place.1, store::load_unit(&mut visit.db, place, id).await?))
}

/// The form of one unit.
pub(super) async fn form_page(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<UnitId>,
) -> Result<Response, AppError> {
    let (_, unit) = held(&mut visit, id).await?;
    let form = form::of_unit(&unit.participation).with("_phien_ban", unit.revision.to_string());
    Ok(unit_page(&app, &visit.actor, (unit, form)).into_response())
}

/// Saves it.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<UnitId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let (cycle, unit) = held(&mut posted.visit, id).await?;
    let today = civil(posted.visit.now);
    let to: Participation = match posted.parse(|form| form::unit(form, today)) {
        Ok(to) => to,
        Err(form) => {
            let page = unit_page(&app, &posted.visit.actor, (unit, form));
            return Ok(again(page.form.is_bad(), page));
        }
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (by, mine) = (actor.clone(), to.clone());
    match unstoppable(async move { actions::save_unit(db, &by, (cycle, id, revision), &mine, now).await }).await? {
        Ok(()) => Ok(Redirect::to(urls::UNITS).into_response()),
        Err(Refused::Stale) => {
            let versus = (words::plain_unit(&to), words::plain_unit(&unit.participation));
            let form = form.replaced("_phien_ban", unit.revision.to_string());
            let page = unit_page(&app, &actor, (unit, form));
            Ok((StatusCode::CONFLICT, UnitPage { versus: Some(versus), ..page }).into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}
