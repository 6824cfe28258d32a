//! Where the ward itself stands, live: its criteria with the units under it (Điều 5 khoản 4: all registered, 70% recognised).

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use super::cell::{Computed, computed};
use crate::access::rules;
use crate::app::App;
use crate::appraisal::{store, urls};
use crate::dossier;
use crate::dossier::actions::{self, Opened};
use crate::platform::clock::civil;
use crate::ruleset::engine::{Overall, Standing};
use crate::ruleset::{Criterion, SubjectKind};
use crate::web::error::AppError;
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as tags, Tag};
use crate::words::{engine, ruleset as kinds};

/// A criterion of the ward.
struct Line {
    criterion: Criterion,
    computed: Computed,
    href: Option<String>,
}

/// One kind of unit under the ward.
struct Units {
    kind: &'static str,
    /// Whether such units stand in the ward's ratios by the ruleset.
    counted: bool,
    all: usize,
    registered: usize,
    recognised: usize,
    recommended: usize,
}

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/ward.html")]
pub(super) struct WardPage {
    shell: Shell,
    year: i32,
    ward: String,
    overall: (Tag, String),
    lines: Vec<Line>,
    units: Vec<Units>,
    dossier: String,
    what_if: String,
}

/// The ward's criteria, computed now.
pub(super) async fn open(State(app): State<App>, mut visit: Visit) -> Result<WardPage, AppError> {
    rules::can_see_ward_standing(&visit.actor)?;
    let cycle = visit.actor.cycle.ok_or(AppError::NotFound)?;
    let id = store::own_request(&mut visit.db, cycle).await?;
    let opened = actions::open(&mut visit.db, &app.rulesets, id).await?;
    let facts = opened.facts(visit.now)?;
    let assesses = rules::can_assess(&visit.actor, &opened.whole.dossier, &facts).is_ok();
    let shell = page::shell(&app, &visit.actor, "Tiêu chí của phường", urls::MATRIX);
    let shell = shell.crumb("Bảng thẩm định", urls::MATRIX).here("Tiêu chí của phường");
    draw(shell, &opened, &visit, assesses)
}

fn draw(shell: Shell, opened: &Opened, visit: &Visit, assesses: bool) -> Result<WardPage, AppError> {
    let (whole, kind) = (&opened.whole, opened.rules()?);
    let judged = whole.sheet().judged();
    let today = civil(visit.now);
    let id = whole.dossier.id;
    let drawn = opened.with_case(&judged, today, |case| {
        let outcomes = case.outcomes();
        let overall = Overall::of(&outcomes);
        let line = |(criterion, outcome): (&Criterion, _)| Line {
            computed: computed(case, outcome),
            href: assesses.then(|| dossier::urls::assess(id, &criterion.code)),
            criterion: criterion.clone(),
        };
        let said = engine::overall(case.ruleset, case.subject, &overall);
        ((tags::finding(overall.finding), said), kind.criteria.iter().zip(&outcomes).map(line).collect())
    });
    let (overall, lines) = drawn.ok_or(AppError::NotFound)?;
    Ok(WardPage {
        shell,
        year: whole.year,
        ward: page::capital(&whole.ward_name),
        overall,
        lines,
        units: units(opened),
        dossier: dossier::urls::show(id),
        what_if: urls::what_if(id),
    })
}

fn units(opened: &Opened) -> Vec<Units> {
    let all = opened.whole.standing.as_ref().map_or(&[][..], |facts| &facts.units);
    let of = |kind: &SubjectKind| {
        let mine = || all.iter().filter(|unit| unit.kind == *kind && unit.counted);
        Units {
            kind: kinds::subject(*kind),
            counted: opened.ruleset.subject(*kind).is_some_and(|rules| rules.counts_in_ward_ratio),
            all: mine().count(),
            registered: mine().filter(|unit| unit.registered).count(),
            recognised: mine().filter(|unit| unit.standing == Standing::Recognised).count(),
            recommended: mine().filter(|unit| unit.standing == Standing::Recommended).count(),
        }
    };
    let kinds = [SubjectKind::Group, SubjectKind::Agency, SubjectKind::Enterprise, SubjectKind::School];
    kinds.iter().map(of).filter(|units| units.all > 0).collect()
}
