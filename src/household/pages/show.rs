//! One household: its facts, its marks, its past.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};

use super::asked::Asked;
use super::frame;
use crate::access::{Actor, Denial, Role, rules};
use crate::account::model::phone::spaced;
use crate::app::App;
use crate::household::model::{Address, Household};
use crate::household::store::{self, Story, Version};
use crate::household::urls;
use crate::journal;
use crate::journal::told::{Told, told};
use crate::platform::id::HouseholdId;
use crate::privacy;
use crate::privacy::model::{Look, What};
use crate::web::error::AppError;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::web::{filters, icons};
use crate::words::{denial, household as words};

/// Something that this seat may do now.
struct Deed {
    label: &'static str,
    icon: &'static str,
    href: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "household/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    title: String,
    story: Story,
    /// The year looked at; its marks come first.
    year: Option<i32>,
    deeds: Vec<Deed>,
    /// Who does what this seat may not.
    others: Option<String>,
    /// The street of pledges, for those who write them down.
    pledges: Option<String>,
    timeline: Vec<Told>,
}

/// `/ho/{id}`.
pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<HouseholdId>,
) -> Result<ShowPage, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_see_register(&actor)?;
    let story = store::story(&mut db, id).await?;
    let household = &story.household;
    let timeline = told(journal::store::of_household(&mut db, household.ward, id).await?, |_| None);
    let look = Look { what: What::Show, group: Some(household.group), household: Some(id), rows: 1 };
    privacy::store::log(&mut db, &actor, look, now).await?;
    let title =
        if household.is_anonymous() { format!("Hộ {}", household.code) } else { household.facts.head.clone() };
    let (deeds, others) = deeds(&actor, household);
    let of_group = Asked::default().link(urls::LIST, &[("to", &story.group_code)]);
    let shell = match actor.role() {
        Role::GroupLeader => frame(&app, &actor, &title),
        _ => frame(&app, &actor, &title).crumb(&story.group_name, of_group),
    };
    Ok(ShowPage {
        shell: shell.here(&title),
        title,
        year: actor.year,
        pledges: rules::may_keep_household(&actor, household.clone())
            .is_ok()
            .then(|| format!("/ky-cam-ket?tim={}", household.code)),
        deeds,
        others,
        story,
        timeline,
    })
}

/// What the rules let this seat do with the household, and who else could do the rest.
fn deeds(actor: &Actor, household: &Household) -> (Vec<Deed>, Option<String>) {
    let keeps = rules::may_keep_household(actor, household.clone()).map(drop);
    let resumes = rules::may_resume_household(actor, household.clone()).map(drop);
    let moves = rules::may_move_household(actor, household.clone()).map(drop);
    let all: [(&Result<(), Denial>, &'static str, &'static str, &str); 6] = [
        (&keeps, "Sửa", "pencil-line", urls::EDIT),
        (&keeps, "Không còn ở đây", "lock", urls::END),
        (&keeps, "Tách hộ", "users", urls::SPLIT),
        (&keeps, "Nhập vào hộ khác", "copy", urls::MERGE),
        (&moves, "Chuyển tổ", "send", urls::MOVE),
        (&resumes, "Mở lại hộ", "undo-2", urls::RESUME),
    ];
    let allowed = all.into_iter().filter(|(answer, ..)| answer.is_ok());
    let deeds = allowed.map(|(_, label, icon, pattern)| Deed { label, icon, href: urls::of(pattern, household.id) });
    let who = |answer: Result<(), Denial>| answer.err().and_then(denial::who_can);
    let others = match (who(keeps), who(moves)) {
        (Some(keeper), _) => Some(format!("Sửa sổ: {keeper}")),
        (None, Some(mover)) => Some(format!("Chuyển sang tổ khác: {mover}")),
        (None, None) => None,
    };
    (deeds.collect(), others)
}

/// "Năm 2024".
fn year_words(year: i32) -> String {
    format!("Năm {year}")
}

/// The address of an earlier version, on one line.
fn address(version: &Version) -> String {
    let (house, alley, street) = (version.house.clone(), version.alley.clone(), version.street.clone());
    Address { house, alley, street }.to_string()
}

/// Whether somebody said why a stay ended.
fn has_reason(stays: &[crate::household::store::Stay]) -> bool {
    stays.iter().any(|stay| stay.reason.is_some())
}
