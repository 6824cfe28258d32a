//! How a criterion is decided: first which conditions, then the fields of each.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::edit::{Drawn, Opened, Saved, Sheet, open, save, sheet, subject};
use crate::app::App;
use crate::platform::id::RulesetDraftId;
use crate::ruleset::model::Piece;
use crate::ruleset::{Criterion, Ruleset, SubjectKind, form, urls};
use crate::web::error::AppError;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::ruleset as words;
use crate::words::ruleset::edit::{GRAVITIES, PERIODS, metrics};

type Choices = Vec<(String, String)>;

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/kinds.html")]
struct KindsPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    criterion: String,
    decided: Vec<String>,
    /// Names of the fields, with their labels.
    slots: Vec<(String, String)>,
    kinds: Choices,
}

/// The fields of one condition.
struct Slot {
    number: usize,
    word: String,
    label: String,
    /// Criteria that a roll-up may ask.
    criteria: Choices,
}

impl Slot {
    fn name(&self, field: &str) -> String {
        format!("{field}-{}", self.number)
    }

    fn is(&self, word: &str) -> bool {
        self.word == word
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/conditions.html")]
struct ConditionsPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    criterion: String,
    slots: Vec<Slot>,
    parts: Choices,
    incidents: Choices,
    metrics: Vec<(&'static str, String)>,
    periods: &'static [(&'static str, &'static str)],
    gravities: &'static [(&'static str, &'static str)],
}

/// One criterion of a draft.
#[derive(Clone, Copy)]
struct At<'a> {
    opened: &'a Opened,
    kind: SubjectKind,
    criterion: &'a Criterion,
}

impl<'a> At<'a> {
    fn find(opened: &'a Opened, kind: SubjectKind, code: &str) -> Result<Self, AppError> {
        let criterion = opened.draft.body.subject(kind).and_then(|rules| rules.criterion(code));
        Ok(Self { opened, kind, criterion: criterion.ok_or(AppError::NotFound)? })
    }

    const fn body(&self) -> &'a Ruleset {
        &self.opened.draft.body
    }

    fn piece(&self) -> Piece {
        Piece::Conditions(self.kind, self.criterion.code.clone())
    }

    fn name(&self) -> String {
        format!("{}. {}", self.criterion.label, self.criterion.title)
    }

    fn sheet(&self, app: &App, heading: &str, drawn: &Drawn) -> (Shell, Sheet) {
        let (id, code) = (self.opened.id(), &self.criterion.code);
        let action = urls::conditions(id, self.kind, code);
        sheet(app, self.opened, (heading, action, urls::criterion(id, self.kind, code)), drawn)
    }
}

/// The kinds of conditions that a ruleset can have.
fn kinds(ruleset: &Ruleset) -> Choices {
    let mut kinds: Choices = words::KINDS.iter().map(|(word, said)| ((*word).to_owned(), (*said).to_owned())).collect();
    let rolled = ruleset.subjects.iter().map(|rules| {
        let said = format!("Tổng hợp từ tiêu chí của {}", rules.subject.name_vi());
        (format!("roll_up.{}", rules.subject), said)
    });
    kinds.extend(rolled);
    kinds
}

fn kinds_page(app: &App, at: At<'_>, drawn: Drawn) -> Response {
    let bad = drawn.form.is_bad();
    let (shell, sheet) = at.sheet(app, "Chọn cách kết luận", &drawn);
    let label = |slot: usize| {
        if slot == 1 { "Điều kiện 1".to_owned() } else { format!("Điều kiện {slot}, cũng phải đạt") }
    };
    let page = KindsPage {
        shell,
        sheet,
        criterion: at.name(),
        decided: words::decided(at.body(), at.kind, &at.criterion.kind),
        slots: (1..=form::slots(&at.criterion.kind)).map(|slot| (format!("dk-{slot}"), label(slot))).collect(),
        kinds: kinds(at.body()),
        form: drawn.form,
    };
    Drawn::answer(false, bad, page)
}

fn slot_of(at: At<'_>, (number, word): &(usize, String), kinds: &Choices) -> Slot {
    let label = kinds.iter().find(|(known, _)| known == word).map_or_else(String::new, |(_, said)| said.clone());
    let asked = word.strip_prefix("roll_up.").and_then(|subject| subject.parse::<SubjectKind>().ok());
    let is_other = |subject: SubjectKind, code: &str| subject != at.kind || code != at.criterion.code;
    let criteria = asked.and_then(|subject| at.body().subject(subject)).map_or_else(Vec::new, |rules| {
        let others = rules.criteria.iter().filter(|it| is_other(rules.subject, &it.code));
        others.map(|it| (it.code.clone(), format!("{}. {}", it.label, it.title))).collect()
    });
    Slot { number: *number, word: word.clone(), label, criteria }
}

fn conditions_page(app: &App, at: At<'_>, chosen: &[(usize, String)], drawn: Drawn) -> Response {
    let (conflict, bad) = (drawn.versus.is_some(), drawn.form.is_bad());
    let (shell, sheet) = at.sheet(app, "Cách kết luận", &drawn);
    let kinds = kinds(at.body());
    let rules = at.body().subject(at.kind);
    let parts = rules.map_or_else(Vec::new, |rules| {
        rules.registration.iter().chain(&rules.request).map(|part| (part.code.clone(), part.title.clone())).collect()
    });
    let page = ConditionsPage {
        shell,
        sheet,
        criterion: at.name(),
        slots: chosen.iter().map(|slot| slot_of(at, slot, &kinds)).collect(),
        parts,
        incidents: at.body().incident_types.iter().map(|kind| (kind.code.clone(), kind.title.clone())).collect(),
        metrics: metrics(),
        periods: &PERIODS,
        gravities: &GRAVITIES,
        form: drawn.form,
    };
    Drawn::answer(conflict, bad, page)
}

/// Without a choice the first page; with one the fields of what was chosen.
pub(super) async fn form(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, kind, code)): Path<(RulesetDraftId, String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut visit, id).await?.writable()?, subject(&kind)?);
    let at = At::find(&opened, kind, &code)?;
    if asked.is_empty() {
        let drawn = Drawn::fresh(form::of_kinds(&at.criterion.kind), &opened, &at.piece())?;
        return Ok(kinds_page(&app, at, drawn));
    }
    match form::kinds(Filled::from_pairs(asked), (at.body(), form::slots(&at.criterion.kind))) {
        Err(form) => Ok(kinds_page(&app, at, Drawn { form, versus: None })),
        Ok(chosen) => {
            let drawn = Drawn::fresh(form::of_conditions(&chosen, &at.criterion.kind), &opened, &at.piece())?;
            Ok(conditions_page(&app, at, &chosen, drawn))
        }
    }
}

pub(super) async fn change(
    State(app): State<App>,
    Path((id, kind, code)): Path<(RulesetDraftId, String, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut posted.visit, id).await?.writable()?, subject(&kind)?);
    let at = At::find(&opened, kind, &code)?;
    let chosen = match form::kinds(posted.form.clone(), (at.body(), form::slots(&at.criterion.kind))) {
        Ok(chosen) => chosen,
        Err(form) => return Ok(kinds_page(&app, at, Drawn { form, versus: None })),
    };
    let parse = |typed| form::conditions(typed, (at.body(), kind, &code), &chosen);
    match save(posted, (&opened, &at.piece()), parse).await? {
        Saved::Done(_) => Ok(Redirect::to(&urls::criterion(id, kind, &code)).into_response()),
        Saved::Drawn(drawn) => Ok(conditions_page(&app, at, &chosen, drawn)),
    }
}
