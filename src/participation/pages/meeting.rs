//! After a meeting: tick who signed, once for all of them.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Stretch, choices, stretches};
use crate::access::{Actor, Denial, DenialCode, Refused, rules};
use crate::app::App;
use crate::participation::actions::Ticked;
use crate::participation::form::{self, Asked};
use crate::participation::model::street::{Door, Only, Street, View, WHOLE};
use crate::participation::model::{How, Mark};
use crate::participation::{actions, store, urls};
use crate::privacy::model::What;
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::{again, shell};
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::participation as words;

/// Ways in which a whole list is taken.
const WAYS: [How; 2] = [How::Meeting, How::Sheet];

#[derive(Template, WebTemplate)]
#[template(path = "participation/meeting.html")]
struct MeetingPage {
    shell: Shell,
    street: Street,
    mark: Mark,
    form: Filled,
    stretches: Vec<Stretch<(String, Door)>>,
    groups: Vec<(String, String, bool)>,
    ways: Vec<(&'static str, &'static str)>,
    /// Said when nobody is left.
    all_done: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "participation/meeting_check.html")]
struct CheckPage {
    shell: Shell,
    question: String,
    street: Street,
    mark: Mark,
    form: Filled,
    /// The button: "Ghi 38 hộ".
    send: String,
    how: &'static str,
    doors: Vec<Door>,
}

/// The open doors of a group, all of them: a list of a meeting is not paged.
async fn open_doors(visit: &mut Visit, asked: Asked) -> Result<(Street, View), AppError> {
    rules::can_see_register(&visit.actor)?;
    let asked = asked.view();
    let view = View { group: asked.group, mark: asked.mark, only: Only::Open, ..View::default() };
    let ask = store::Ask { view: &view, limit: WHOLE, what: What::List };
    let street = store::street(&mut visit.db, &visit.actor, ask, visit.now).await?;
    rules::may_record(&visit.actor, street.group)?;
    if !street.is_newest {
        return Err(Denial::always(DenialCode::YearOver).into());
    }
    Ok((street, view))
}

fn frame(app: &App, actor: &Actor, view: &View) -> Shell {
    shell(app, actor, "Ghi sau cuộc họp", urls::STREET)
        .crumb(words::title(view.mark), urls::street(&View { only: Only::All, ..view.clone() }))
        .here("Ghi sau cuộc họp")
}

fn drawn(app: &App, actor: &Actor, (street, view): (Street, View), form: Filled) -> Response {
    let plate = |door: &Door| match door.address.house.as_str() {
        "" => door.code.rsplit('-').next().unwrap_or_default().to_owned(),
        house => house.to_owned(),
    };
    let page = MeetingPage {
        shell: frame(app, actor, &view).failing(form.is_bad()),
        mark: view.mark,
        stretches: stretches(&street, |door| (plate(door), door.clone())),
        groups: choices(&street.groups, &street.code),
        ways: WAYS.into_iter().map(|how| (how.as_str(), words::how(how))).collect(),
        all_done: format!("Cả {} {}", street.short.to_lowercase(), words::done(view.mark).to_lowercase()),
        street,
        form,
    };
    again(page.form.is_bad(), page)
}

/// The list with its boxes.
pub(super) async fn page(
    State(app): State<App>,
    mut visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let found = open_doors(&mut visit, asked).await?;
    let form = Filled::default().with("ngay", dates::day(visit.now)).with("cach", How::Meeting.as_str());
    Ok(drawn(&app, &visit.actor, found, form))
}

/// The list as ticked: first the question, then, once it was answered, all marks in one transaction.
pub(super) async fn send(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (street, view) = open_doors(&mut posted.visit, asked).await?;
    let (first, now) = (street.first_day, posted.visit.now);
    let check = |on| actions::check_day(on, first, now);
    let ticked = match posted.parse(|form| form::ticked(form, street.group, view.mark, &check)) {
        Ok(ticked) => ticked,
        Err(form) => return Ok(drawn(&app, &posted.visit.actor, (street, view), form)),
    };
    if !posted.form.has("da-xem", "co") {
        return Ok(question(&app, &posted, (street, view), &ticked).into_response());
    }
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let by = actor.clone();
    match unstoppable(async move { actions::record_many(db, &by, &ticked, now).await }).await? {
        Ok(count) => {
            let all = urls::street(&View { only: Only::All, ..view });
            let joint = if all.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{all}{joint}da-ghi={count}")).into_response())
        }
        Err(Refused::Invalid(faults)) => Ok(drawn(&app, &actor, (street, view), form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}

fn question(app: &App, posted: &Posted, (street, view): (Street, View), ticked: &Ticked) -> CheckPage {
    let on = ticked.on.unwrap_or(street.first_day);
    let doors: Vec<Door> = street.doors.iter().filter(|door| ticked.households.contains(&door.id)).cloned().collect();
    CheckPage {
        shell: frame(app, &posted.visit.actor, &view),
        question: words::confirm(doors.len(), view.mark, on),
        mark: view.mark,
        form: posted.form.clone(),
        how: words::how(ticked.how),
        send: format!("Ghi {} hộ", doors.len()),
        doors,
        street,
    }
}
