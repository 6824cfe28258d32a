//! The papers of a unit and year: what is drafted, what is issued, what is still to be drafted.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{frame, is_of_registration};
use crate::access::{Actor, Place, Refused, Role, Seat, rules};
use crate::app::App;
use crate::bundle;
use crate::paper::model::{Body, Keeper, Kind, Slot};
use crate::paper::store::{self, Line, Listed};
use crate::paper::{actions, urls};
use crate::platform::id::UnitId;
use crate::ruleset::SubjectKind;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::page::capital;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::paper as words;

/// A kind with its newest paper.
struct Row {
    kind: &'static str,
    name: &'static str,
    tag: Tag,
    line: Option<Line>,
    href: Option<String>,
    may_draft: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "paper/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    unit: String,
    year: i32,
    /// Heading, and the kinds of that half of the year.
    halves: Vec<(&'static str, Vec<Row>)>,
    /// Hidden fields that say whose papers these are.
    whose: Vec<(&'static str, String)>,
    /// The groups of the ward: address, name, how many of their papers are issued.
    groups: Vec<(String, String, i64)>,
    /// What of the year can be taken away.
    bundles: Option<String>,
    /// Where the wish for the whole package is sent, for who may have it.
    package: Option<String>,
    /// The bodies whose register and letterhead this seat keeps.
    bodies: Vec<(String, &'static str)>,
}

/// `?to=` a group, `?phuong=` and `?nam=` a ward and year.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
pub(super) struct Of {
    to: Option<UnitId>,
    phuong: Option<UnitId>,
    nam: Option<i32>,
}

impl Of {
    /// The ward, the year and the group: of the seat itself unless something else is named.
    fn resolve(self, actor: &Actor) -> Result<((UnitId, i32), Option<UnitId>), Refused> {
        let own = actor.ward().zip(actor.year);
        let (ward, year) = own.or_else(|| self.phuong.zip(self.nam)).ok_or(Refused::NotFound)?;
        let group = match actor.seat {
            Seat::GroupLeader { group, .. } => Some(group),
            _ => self.to,
        };
        Ok(((ward, year), group))
    }
}

/// Whose papers are listed: a city lists its own on a ward.
fn keepers(actor: &Actor, group: Option<UnitId>) -> &'static [Keeper] {
    match (group, actor.role().is_city()) {
        (Some(_), _) => &[Keeper::Group],
        (None, true) => &[Keeper::City, Keeper::Ward],
        (None, false) => &[Keeper::Ward, Keeper::City],
    }
}

fn tag(line: Option<&Line>) -> Tag {
    let tag = |word, icon, tone| Tag { word, icon, tone };
    match line {
        None => tag("Chưa soạn", "circle-dashed", "none"),
        Some(line) if line.issued_at.is_none() => tag("Bản soạn", "pencil-line", "soon"),
        Some(line) if line.attached => tag("Đã vào hồ sơ", "check", "good"),
        Some(_) => tag("Đã phát hành", "circle-check", "good"),
    }
}

/// The kinds of one half of the year that make sense here; what a seat cannot draft and nobody drafted is left out.
fn rows(actor: &Actor, listed: &Listed, group: Option<UnitId>, fits: impl Fn(Kind) -> bool) -> Vec<Row> {
    let kinds = keepers(actor, group).iter().flat_map(|keeper| Kind::of(*keeper)).filter(|kind| fits(*kind));
    kinds
        .filter_map(|kind| {
            let line = listed.lines.iter().find(|line| line.kind == kind.as_str()).cloned();
            let may_draft = rules::can_draft_paper(actor, kind, group).is_ok();
            (line.is_some() || may_draft).then(|| Row {
                kind: kind.as_str(),
                name: words::name(kind),
                tag: tag(line.as_ref()),
                href: line.as_ref().map(|line| urls::show(line.id)),
                line,
                may_draft,
            })
        })
        .collect()
}

/// The list.
pub(super) async fn page(State(app): State<App>, Query(of): Query<Of>, mut visit: Visit) -> Result<Response, AppError> {
    rules::can_see_papers(&visit.actor)?;
    // An area officer looks after several groups and picks one.
    let (at, group) = of.resolve(&visit.actor)?;
    let listed = store::list(&mut visit.db, at, group).await?;
    let ruleset = app.rulesets.get(&mut visit.db, listed.ruleset).await?;
    let actor = &visit.actor;
    let recognises = ruleset.subject(SubjectKind::Group).map(|rules| rules.recognised_by);
    let fits = |kind: Kind| recognises.is_none_or(|level| kind.fits(level));
    let halves = [("Đăng ký đầu năm", true), ("Đề nghị, thẩm định, công nhận", false)].map(|(heading, first)| {
        (heading, rows(actor, &listed, group, |kind| fits(kind) && is_of_registration(kind) == first))
    });
    let unit = capital(listed.group_name.as_deref().unwrap_or(&listed.ward_name));
    let title = format!("Văn bản: {unit}");
    let shell = match group.filter(|_| actor.role() != Role::GroupLeader) {
        Some(_) => frame(&app, actor, &title).here(unit.clone()),
        None => crate::web::page::shell(&app, actor, title, urls::LIST),
    };
    let ward = actor.role().is_city().then_some(at);
    let whose = [
        ("to", group.map(|it| it.to_string())),
        ("phuong", ward.map(|(ward, _)| ward.to_string())),
        ("nam", ward.map(|(_, year)| year.to_string())),
    ];
    Ok(ListPage {
        shell,
        unit,
        year: listed.year,
        halves: halves.into_iter().filter(|(_, rows)| !rows.is_empty()).collect(),
        whose: whose.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
        bundles: rules::can_see_bundles(actor).is_ok().then(|| bundle::urls::list(at.0, at.1)),
        package: package(actor, at).filter(|_| group.is_none()),
        bodies: bodies(actor, group),
        groups: groups(actor, listed, ward),
    }
    .into_response())
}

fn package(actor: &Actor, (ward, year): (UnitId, i32)) -> Option<String> {
    let kind = bundle::model::Kind::Package;
    rules::can_make_bundle(actor, kind, None).ok().map(|()| bundle::urls::make(kind, ward, year))
}

fn bodies(actor: &Actor, group: Option<UnitId>) -> Vec<(String, &'static str)> {
    let Ok(keeper) = rules::can_keep_paper_body(actor) else { return vec![] };
    let is_own = (keeper == Keeper::Group) == group.is_some();
    let bodies = Body::of(keeper).iter().filter(|_| is_own);
    bodies.map(|body| (urls::body(*body), words::body(keeper, *body))).collect()
}

fn groups(actor: &Actor, listed: Listed, ward: Option<(UnitId, i32)>) -> Vec<(String, String, i64)> {
    let sees = |group: &UnitId| match &actor.seat {
        Seat::AreaOfficer { groups, .. } => groups.contains(group),
        _ => true,
    };
    let groups = listed.groups.into_iter().filter(|(id, _, _)| sees(id));
    groups
        .map(|(id, name, issued)| (urls::list(urls::Where { group: Some(id), ward }), capital(&name), issued))
        .collect()
}

/// Drafts a paper, or opens the draft that there is.
pub(super) async fn draft(State(app): State<App>, mut posted: Posted) -> Result<Redirect, AppError> {
    let id = |name: &str| match posted.form.value(name) {
        "" => Ok(None),
        typed => typed.parse::<UnitId>().map(Some).map_err(|_| AppError::NotFound),
    };
    let of = Of { to: id("to")?, phuong: id("phuong")?, nam: posted.form.value("nam").parse().ok() };
    let kind: Kind = posted.form.value("loai").parse().map_err(|_| AppError::NotFound)?;
    let ((ward, year), group) = of.resolve(&posted.visit.actor)?;
    rules::can_draft_paper(&posted.visit.actor, kind, group)?;
    let (cycle, city) = store::cycle_of(&mut posted.visit.db, ward, year).await?;
    let slot = Slot { place: Place { city, ward, group }, cycle, kind };
    let Visit { actor, db, now } = posted.visit;
    let work = async move { actions::draft(db, &app.rulesets, &actor, slot, now).await };
    Ok(Redirect::to(&urls::show(unstoppable(work).await??)))
}
