//! A draft as a whole: what it says, what differs from its origin, what is wrong with it.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::edit::{Opened, frame, open};
use super::read::ShowPage;
use crate::app::App;
use crate::platform::id::RulesetDraftId;
use crate::ruleset::model::{Comparison, Delta};
use crate::ruleset::{
    Criterion, DossierKind, Fault, PartRule, Ruleset, Step, SubjectKind, SubjectRules, actions, check, urls,
};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::ruleset as words;
use crate::words::ruleset::compare;

/// One thing of the draft with the way to its page.
struct Line {
    title: String,
    note: String,
    href: String,
    /// How it stands to the origin; none when it is as it was.
    tag: Option<Tag>,
}

/// A criterion, which can be moved.
struct CriterionLine {
    line: Line,
    place: usize,
    is_last: bool,
    action: String,
}

/// The rules for one kind of unit.
struct Section {
    subject: SubjectKind,
    criteria: Vec<CriterionLine>,
    /// Criteria that the origin has and the draft has not.
    gone: Vec<String>,
    parts: Vec<(&'static str, Vec<Line>)>,
    window: Line,
}

/// A mistake with the way to its place.
pub(super) struct Problem {
    pub(super) place: String,
    pub(super) sentence: String,
    pub(super) href: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/draft.html")]
struct DraftPage {
    shell: Shell,
    opened: Opened,
    summary: String,
    problems: Vec<Problem>,
    head: Line,
    sections: Vec<Section>,
    deadlines: Vec<Line>,
    incidents: Vec<Line>,
    incidents_gone: Vec<String>,
}

/// How something stands to the origin.
fn tag_of<T: PartialEq>(deltas: &[Delta<'_, T>], one: &T) -> Option<Tag> {
    let is_of = |delta: &&Delta<'_, T>| matches!(delta, Delta::Added(it) | Delta::Changed(_, it) if *it == one);
    deltas.iter().find(is_of).map(compare::tag)
}

/// The names of what only the origin has.
fn gone<'a, T>(deltas: &[Delta<'a, T>], name: impl Fn(&'a T) -> String) -> Vec<String> {
    let removed = deltas.iter().filter_map(|delta| match delta {
        Delta::Removed(it) => Some(*it),
        Delta::Added(_) | Delta::Changed(..) => None,
    });
    removed.map(name).collect()
}

fn name_of(criterion: &Criterion) -> String {
    format!("{}. {}", criterion.label, criterion.title)
}

/// The kinds of units of a draft beside those of its origin.
struct Drawing<'a> {
    id: RulesetDraftId,
    body: &'a Ruleset,
    compared: Comparison<'a>,
}

impl Drawing<'_> {
    fn section(&self, rules: &SubjectRules) -> Section {
        let kind = rules.subject;
        let differs = self.compared.subject(kind);
        let criteria = differs.map_or(&[][..], |it| &it.criteria);
        let window = Line {
            title: words::window(&rules.window),
            note: rules.window.citation.clone(),
            href: urls::window(self.id, kind),
            tag: differs.and_then(|it| it.rules.as_ref()).map(compare::tag),
        };
        Section {
            subject: kind,
            criteria: self.criteria(rules, criteria),
            gone: gone(criteria, name_of),
            parts: DossierKind::ALL.iter().map(|dossier| self.parts(rules, *dossier)).collect(),
            window,
        }
    }

    fn criteria(&self, rules: &SubjectRules, deltas: &[Delta<'_, Criterion>]) -> Vec<CriterionLine> {
        let count = rules.criteria.len();
        let line = |(place, it): (usize, &Criterion)| {
            let href = urls::criterion(self.id, rules.subject, &it.code);
            let note = words::decided(self.body, rules.subject, &it.kind).join(" ");
            CriterionLine {
                action: format!("{href}/doi-cho"),
                line: Line { title: name_of(it), note, href, tag: tag_of(deltas, it) },
                place,
                is_last: place + 1 == count,
            }
        };
        rules.criteria.iter().enumerate().map(line).collect()
    }

    fn parts(&self, rules: &SubjectRules, dossier: DossierKind) -> (&'static str, Vec<Line>) {
        let deltas: Vec<Delta<'_, PartRule>> = self.compared.subject(rules.subject).map_or_else(Vec::new, |it| {
            it.parts.iter().filter(|(kind, _)| *kind == dossier).map(|(_, delta)| delta.clone()).collect()
        });
        let line = |part: &PartRule| Line {
            title: part.title.clone(),
            note: if part.required { part.hint.clone() } else { format!("Không bắt buộc. {}", part.hint) },
            href: urls::part(self.id, rules.subject, &part.code),
            tag: tag_of(&deltas, part),
        };
        (words::dossier(dossier), rules.parts(dossier).iter().map(line).collect())
    }

    fn deadlines(&self) -> Vec<Line> {
        let line = |rule: &crate::ruleset::DeadlineRule| Line {
            title: format!("{}: {}", rule.title, words::due(rule)),
            note: format!("{}. {}", rule.who, rule.citation),
            href: urls::deadline(self.id, rule.code),
            tag: tag_of(&self.compared.deadlines, rule),
        };
        self.body.deadlines.iter().map(line).collect()
    }

    fn incidents(&self) -> Vec<Line> {
        let line = |kind: &crate::ruleset::IncidentType| Line {
            title: kind.title.clone(),
            note: String::new(),
            href: urls::incident(self.id, &kind.code),
            tag: tag_of(&self.compared.incident_types, kind),
        };
        self.body.incident_types.iter().map(line).collect()
    }
}

/// Every mistake of a draft with the way to the page that mends it; what no page edits, a file does.
pub(super) fn problems(id: RulesetDraftId, body: &Ruleset) -> Vec<Problem> {
    let told = |fault: Fault| Problem {
        place: place(body, &fault.path),
        sentence: fault.sentence,
        href: page_of(id, body, &fault.path).unwrap_or_else(|| urls::of(urls::UPLOAD, id)),
    };
    check(body).into_iter().map(told).collect()
}

fn page_of(id: RulesetDraftId, body: &Ruleset, path: &[Step]) -> Option<String> {
    Some(match path {
        [Step::Key("title" | "note" | "valid_from" | "valid_to")] => urls::of(urls::HEAD, id),
        [Step::Key("deadlines"), Step::Item(at), ..] => urls::deadline(id, body.deadlines.get(*at)?.code),
        [Step::Key("incident_types"), Step::Item(at), ..] => urls::incident(id, &body.incident_types.get(*at)?.code),
        [Step::Key("subjects"), Step::Item(at), rest @ ..] => of_subject(id, body.subjects.get(*at)?, rest)?,
        _ => return None,
    })
}

fn of_subject(id: RulesetDraftId, rules: &SubjectRules, rest: &[Step]) -> Option<String> {
    let kind = rules.subject;
    Some(match rest {
        [Step::Key("window"), ..] => urls::window(id, kind),
        [Step::Key("registration"), Step::Item(at), ..] => urls::part(id, kind, &rules.registration.get(*at)?.code),
        [Step::Key("request"), Step::Item(at), ..] => urls::part(id, kind, &rules.request.get(*at)?.code),
        [Step::Key("criteria")] => urls::add_criterion(id, kind),
        [Step::Key("criteria"), Step::Item(at), Step::Key("kind"), ..] => {
            urls::conditions(id, kind, &rules.criteria.get(*at)?.code)
        }
        [Step::Key("criteria"), Step::Item(at), ..] => urls::criterion(id, kind, &rules.criteria.get(*at)?.code),
        _ => return None,
    })
}

/// A place in words.
fn place(body: &Ruleset, path: &[Step]) -> String {
    match path {
        [Step::Key("subjects"), Step::Item(at), rest @ ..] => {
            let Some(rules) = body.subjects.get(*at) else { return String::new() };
            let of_what = match rest {
                [Step::Key("criteria"), Step::Item(at), ..] => rules.criteria.get(*at).map(|it| it.label.clone()),
                [Step::Key("registration"), Step::Item(at), ..] => {
                    rules.registration.get(*at).map(|it| it.title.clone())
                }
                [Step::Key("request"), Step::Item(at), ..] => rules.request.get(*at).map(|it| it.title.clone()),
                [Step::Key("window"), ..] => Some("kỳ đánh giá".to_owned()),
                _ => None,
            };
            let whose = words::subject(rules.subject);
            of_what.map_or_else(|| whose.to_owned(), |what| format!("{whose}, {what}"))
        }
        [Step::Key("deadlines"), Step::Item(at), ..] => {
            body.deadlines.get(*at).map_or_else(String::new, |rule| rule.title.clone())
        }
        [Step::Key("deadlines"), ..] => "Các hạn".to_owned(),
        [Step::Key("incident_types"), ..] => "Loại vụ việc".to_owned(),
        _ => "Phần đầu".to_owned(),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<RulesetDraftId>,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut visit, id).await?;
    if let Some((code, version)) = &opened.draft.published {
        return Ok(Redirect::to(&urls::show(code, *version)).into_response());
    }
    let drawing = Drawing { id, body: &opened.draft.body, compared: Comparison::of(&opened.base, &opened.draft.body) };
    let compared = &drawing.compared;
    let page = DraftPage {
        shell: crate::web::page::shell(&app, &opened.actor, opened.draft.body.title.clone(), urls::CURRENT)
            .crumb("Bộ quy định", urls::LIST)
            .here(&opened.draft.body.title),
        summary: compare::counts(compared.counts()),
        problems: problems(id, drawing.body),
        head: Line {
            title: words::validity(drawing.body),
            note: drawing.body.note.clone(),
            href: urls::of(urls::HEAD, id),
            tag: compared.head.then_some(compare::CHANGED),
        },
        sections: drawing.body.subjects.iter().map(|rules| drawing.section(rules)).collect(),
        deadlines: drawing.deadlines(),
        incidents: drawing.incidents(),
        incidents_gone: gone(&compared.incident_types, |kind| kind.title.clone()),
        opened: opened.clone(),
    };
    Ok(page.into_response())
}

/// As readers would see it.
pub(super) async fn preview(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<RulesetDraftId>,
) -> Result<ShowPage, AppError> {
    let opened = open(&app, &mut visit, id).await?;
    let shell = frame(&app, &opened, "Xem trước");
    Ok(ShowPage::of_draft(shell, Arc::new(opened.draft.body)))
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/throw_away.html")]
pub(super) struct ThrowAwayPage {
    shell: Shell,
    opened: Opened,
}

pub(super) async fn throw_away_form(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<RulesetDraftId>,
) -> Result<ThrowAwayPage, AppError> {
    let opened = open(&app, &mut visit, id).await?.writable()?;
    Ok(ThrowAwayPage { shell: frame(&app, &opened, "Bỏ bộ đang soạn"), opened })
}

pub(super) async fn throw_away(Path(id): Path<RulesetDraftId>, posted: Posted) -> Result<Redirect, AppError> {
    let Visit { actor, db, now } = posted.visit;
    match unstoppable(async move { actions::throw_away(db, &actor, id, now).await }).await? {
        // Pressed twice: the first one did it.
        Ok(()) | Err(crate::access::Refused::NotFound) => Ok(Redirect::to(urls::LIST)),
        Err(refused) => Err(refused.into()),
    }
}
