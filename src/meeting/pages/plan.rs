//! Calling a meeting, and changing what was planned.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::frame;
use crate::access::{Actor, Refused, Role, Seat, rules};
use crate::app::App;
use crate::area;
use crate::meeting::model::{Ballot, Invited, PEOPLE_MAX, Part, Plan};
use crate::meeting::{actions, form, store, urls};
use crate::platform::clock::civil;
use crate::platform::id::{MeetingId, UnitId};
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::meeting as words;

/// Empty rows behind the proposed people.
const SPARE: usize = 3;

#[derive(Template, WebTemplate)]
#[template(path = "meeting/plan.html")]
struct PlanPage {
    shell: Shell,
    form: Filled,
    action: String,
    back: String,
    is_new: bool,
    of_group: bool,
    ballots: Vec<(&'static str, &'static str)>,
    parts: Vec<(&'static str, &'static str)>,
    rows: Vec<usize>,
}

#[derive(Template, WebTemplate)]
#[template(path = "meeting/which.html")]
struct WhichPage {
    shell: Shell,
    groups: Vec<(String, String)>,
}

/// `?to=`: the group whose meeting it is.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Of {
    to: Option<UnitId>,
}

/// How many rows a form has: the people in it and a few more.
fn rows(form: &Filled) -> Vec<usize> {
    let used = |row: &usize| {
        let typed = |of: &str| !form.value(&form::field(of, row)).is_empty();
        typed("ten") || typed("chuc")
    };
    let last = (1..=PEOPLE_MAX).rev().find(used).unwrap_or(0);
    (1..=(last + SPARE).clamp(6, PEOPLE_MAX)).collect()
}

fn draw(shell: Shell, form: Filled, (action, back): (String, String), is_new: bool) -> Response {
    let page = PlanPage {
        shell: shell.failing(form.is_bad()),
        action,
        back,
        is_new,
        of_group: !form.value("to").is_empty(),
        ballots: Ballot::ALL.iter().map(|it| (it.as_str(), words::ballot_choice(*it))).collect(),
        parts: Part::ALL.iter().map(|it| (it.as_str(), words::part(*it))).collect(),
        rows: rows(&form),
        form,
    };
    again(page.form.is_bad(), page)
}

fn new_page(app: &App, actor: &Actor, form: Filled) -> Response {
    let title = "Lập cuộc họp";
    draw(frame(app, actor, title).here(title), form, (urls::PLAN.to_owned(), urls::LIST.to_owned()), true)
}

/// A plan on its form.
fn filled(plan: &Plan) -> Filled {
    let at = crate::platform::clock::civil_time(plan.planned_at);
    let percent = plan.quorum_percent.map_or_else(String::new, |percent| percent.to_string());
    let form = Filled::default()
        .with("ten", plan.title.clone())
        .with("ngay", dates::day(at.date()))
        .with("gio", at.format("%H:%M").to_string())
        .with("noi", plan.venue.clone().unwrap_or_default())
        .with("cach", plan.ballot.as_str())
        .with("toi-thieu", percent);
    with_people(form, &plan.people)
}

fn with_people(form: Filled, people: &[Invited]) -> Filled {
    people.iter().take(PEOPLE_MAX).zip(1_usize..).fold(form, |form, (person, row)| {
        let form = form
            .with(&form::field("ten", row), person.name.clone())
            .with(&form::field("chuc", row), person.office.clone())
            .with(&form::field("vai", row), person.part.as_str());
        if person.votes { form.with(&form::field("bq", row), "co") } else { form }
    })
}

/// Who is proposed for a body's first meeting: those who sit in it, and for a group the bodies that its plan names, each with its
/// office and the name to type. The leader or the ward's chair leads; somebody of the standing office writes down.
fn proposed(seats: Vec<(String, Role)>, of_group: bool) -> Vec<Invited> {
    let mut people: Vec<Invited> = vec![];
    for (name, role) in seats {
        // One person in two seats comes once, in the first of them.
        if people.iter().any(|known| known.name == name) {
            continue;
        }
        let has_secretary = people.iter().any(|known| known.part == Part::Secretary);
        let part = match role {
            Role::WardChair | Role::GroupLeader if people.is_empty() => Part::Chair,
            Role::WardOfficer if !has_secretary => Part::Secretary,
            _ => Part::Member,
        };
        people.push(Invited { name, office: words::office(role).to_owned(), part, votes: true });
    }
    if of_group {
        let invited =
            |office: &str, part| Invited { name: String::new(), office: office.to_owned(), part, votes: true };
        people.insert(people.len().min(1), invited("", Part::Secretary));
        people.extend(words::BODIES.iter().map(|office| invited(office, Part::Member)));
    }
    people
}

/// The form.
pub(super) async fn ask(State(app): State<App>, Query(of): Query<Of>, mut visit: Visit) -> Result<Response, AppError> {
    if let (Seat::AreaOfficer { groups, .. }, None) = (&visit.actor.seat, of.to) {
        let ward = visit.actor.ward().ok_or(Refused::NotFound)?;
        let units = area::store::of_ward(&mut visit.db, ward).await?;
        let own = units.into_iter().filter(|unit| groups.contains(&unit.id));
        let groups = own.map(|unit| (unit.name, urls::plan(Some(unit.id)))).collect();
        let shell = frame(&app, &visit.actor, "Lập cuộc họp").here("Lập cuộc họp");
        return Ok(WhichPage { shell, groups }.into_response());
    }
    rules::can_plan_meeting(&visit.actor, of.to)?;
    let ward = visit.actor.ward().ok_or(Refused::NotFound)?;
    let year = visit.actor.year.ok_or(Refused::NotFound)?;
    let mut people = store::last_people(&mut visit.db, ward, of.to).await?;
    if people.is_empty() {
        people = proposed(store::seats(&mut visit.db, of.to, visit.now).await?, of.to.is_some());
    }
    let group = match (of.to, &visit.actor.seat) {
        (Some(_), Seat::GroupLeader { .. }) => visit.actor.group_name.clone(),
        (Some(group), _) => {
            let units = area::store::of_ward(&mut visit.db, ward).await?;
            units.into_iter().find(|unit| unit.id == group).map(|unit| unit.name)
        }
        (None, _) => None,
    };
    let form = Filled::default()
        .with("ma", MeetingId::new(visit.now).to_string())
        .with("to", of.to.map_or_else(String::new, |group| group.to_string()))
        .with("ten", words::title(year, group.as_deref()))
        .with("ngay", dates::day(civil(visit.now)))
        .with("gio", if of.to.is_some() { "19:30" } else { "14:00" })
        .with("cach", Ballot::Hand.as_str());
    Ok(new_page(&app, &visit.actor, with_people(form, &people)))
}

/// Calls it.
pub(super) async fn save(State(app): State<App>, posted: Posted) -> Result<Response, AppError> {
    let group = match posted.form.value("to") {
        "" => None,
        typed => Some(typed.parse().map_err(|_| AppError::Stale)?),
    };
    rules::can_plan_meeting(&posted.visit.actor, group)?;
    let id: MeetingId = posted.form.value("ma").parse().map_err(|_| AppError::Stale)?;
    let plan = match posted.parse(form::plan) {
        Ok(plan) => plan,
        Err(form) => return Ok(new_page(&app, &posted.visit.actor, form)),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::plan(db, &actor, (id, group), &plan, now).await }).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}

fn change_page(app: &App, actor: &Actor, id: MeetingId, form: Filled) -> Response {
    let title = "Sửa cuộc họp";
    let shell = frame(app, actor, title).crumb("Cuộc họp", urls::show(id)).here(title);
    draw(shell, form, (urls::change(id), urls::show(id)), false)
}

/// The form of what was planned.
pub(super) async fn ask_change(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    let whole = store::load(&mut visit.db, id).await?;
    rules::can_change_meeting(&visit.actor, &whole.meeting)?;
    let form = filled(&whole.plan()).with("_phien_ban", whole.meeting.revision.to_string());
    let form = form.with("to", whole.meeting.place.group.map_or_else(String::new, |group| group.to_string()));
    Ok(change_page(&app, &visit.actor, id, form))
}

/// Changes it.
pub(super) async fn save_change(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let whole = store::load(&mut posted.visit.db, id).await?;
    rules::can_change_meeting(&posted.visit.actor, &whole.meeting)?;
    let revision = posted.version()?;
    let plan = match posted.parse(form::plan) {
        Ok(plan) => plan,
        Err(form) => return Ok(change_page(&app, &posted.visit.actor, id, form)),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::change(db, &actor, (id, revision), &plan, now).await }).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sits_in_two_seats_comes_once_and_the_first_of_the_office_writes_down() {
        let seats = [
            ("Võ Thị Thanh Tâm", Role::WardChair),
            ("Đặng Thu Hồng", Role::WardOfficer),
            ("Ngô Đức Phú", Role::WardOfficer),
            ("Ngô Đức Phú", Role::CommitteeMember),
            ("Thái Thị Diệu Hiền", Role::CommitteeMember),
        ];
        let people = proposed(seats.map(|(name, role)| (name.to_owned(), role)).to_vec(), false);
        let parts: Vec<Part> = people.iter().map(|person| person.part).collect();
        assert_eq!(parts, [Part::Chair, Part::Secretary, Part::Member, Part::Member]);
        assert_eq!(people[2].office, "Thường trực Ban chỉ đạo");
    }

    #[test]
    fn a_group_begins_with_its_leader_and_the_bodies_of_the_plan() {
        let seats =
            vec![("Trần Văn Lựu".to_owned(), Role::GroupLeader), ("Lê Hoàng Quế".to_owned(), Role::AreaOfficer)];
        let people = proposed(seats, true);
        assert_eq!((people[0].part, people[1].part), (Part::Chair, Part::Secretary));
        assert_eq!(people[1].name, "");
        assert_eq!(people.len(), 3 + words::BODIES.len());
        let form = with_people(Filled::default(), &people);
        assert_eq!(rows(&form).len(), people.len() + SPARE);
    }
}
