//! Sending a file, and the files sent before.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::access::{Actor, Refused, Seat, rules};
use crate::app::App;
use crate::import::actions::{self, Sent};
use crate::import::form::{self, WHOLE_WARD};
use crate::import::store::{self, Listed};
use crate::import::urls;
use crate::platform::clock::civil;
use crate::platform::files::clean_name;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::icons;
use crate::web::page::{again, shell};
use crate::web::posted_files::PostedFiles;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::import as words;
use crate::{cycle, household};

#[derive(Template, WebTemplate)]
#[template(path = "import/list.html")]
struct ListPage {
    shell: Shell,
    form: Filled,
    groups: Vec<(String, String)>,
    files: Vec<(Listed, Tag)>,
}

/// The groups that this seat may bring lists for.
async fn groups(conn: &mut PgConnection, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<(String, String)>, Refused> {
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let all = household::store::groups(conn, ward, civil(now)).await?;
    let own = all.into_iter().filter(|group| rules::can_import(actor, Some(group.id)).is_ok());
    let mut choices: Vec<(String, String)> = own.map(|group| (group.id.to_string(), group.name)).collect();
    if rules::can_import(actor, None).is_ok() {
        choices.insert(0, (WHOLE_WARD.to_owned(), "Cả phường, mỗi dòng có tổ của mình".to_owned()));
    }
    Ok(choices)
}

async fn list_page(
    app: &App,
    (actor, conn, now): (&Actor, &mut PgConnection, DateTime<Utc>),
    form: Filled,
) -> Result<Response, AppError> {
    let ward = actor.ward().ok_or(AppError::NotFound)?;
    let files = store::list(conn, ward).await?;
    let page = ListPage {
        shell: shell(app, actor, "Lấy danh sách hộ từ bảng tính", household::urls::LIST)
            .crumb("Sổ hộ", household::urls::LIST)
            .here("Lấy từ bảng tính")
            .failing(form.is_bad()),
        groups: groups(conn, actor, now).await?,
        files: files.into_iter().map(|file| (file.clone(), tag(&file))).collect(),
        form,
    };
    Ok(again(page.form.is_bad(), page))
}

fn tag(file: &Listed) -> Tag {
    // An unknown word would be a newer program's; it shows as waiting.
    words::state(file.state.parse().unwrap_or(crate::import::model::State::Ready))
}

/// The form as it first stands: the one group of a leader, the whole ward for its office, the first day of the year.
async fn first_form(conn: &mut PgConnection, actor: &Actor, now: DateTime<Utc>) -> Result<Filled, AppError> {
    let since = match actor.cycle {
        Some(cycle) => cycle::store::group_window(conn, cycle).await?.from,
        None => civil(now),
    };
    let form = Filled::default().with("tu-ngay", filters::dates::day(since));
    Ok(match &actor.seat {
        Seat::GroupLeader { group, .. } => form.with("to", group.to_string()),
        Seat::WardOfficer { .. } => form.with("to", WHOLE_WARD),
        _ => form,
    })
}

fn may_bring(actor: &Actor) -> Result<(), AppError> {
    match &actor.seat {
        Seat::GroupLeader { group, .. } => Ok(rules::can_import(actor, Some(*group))?),
        Seat::AreaOfficer { groups, .. } if !groups.is_empty() => {
            Ok(rules::can_import(actor, groups.first().copied())?)
        }
        _ => Ok(rules::can_import(actor, None)?),
    }
}

/// The form and the list.
pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    may_bring(&actor)?;
    let form = first_form(&mut db, &actor, now).await?;
    list_page(&app, (&actor, &mut db, now), form).await
}

/// Takes a file in.
pub(super) async fn send(State(app): State<App>, posted: PostedFiles) -> Result<Response, AppError> {
    let PostedFiles { visit: Visit { actor, mut db, now }, form, mut files, redraw } = posted;
    may_bring(&actor)?;
    let aim = if redraw || form.is_bad() { Err(form) } else { form::aim(form, !files.is_empty(), civil(now)) };
    let aim = match aim {
        Ok(aim) => aim,
        Err(form) => return list_page(&app, (&actor, &mut db, now), form).await,
    };
    let file = files.swap_remove(0);
    let sha256 = file.content.hash().to_string();
    let (name, received) = (clean_name(&file.raw_name), file.content);
    let content = tokio::task::spawn_blocking(move || received.into_bytes()).await.map_err(anyhow::Error::from)?;
    let sent =
        Sent { group: aim.group, since: aim.since, name, sha256, content: content.map_err(anyhow::Error::from)? };
    let (bell, by) = (app.bell.clone(), actor);
    let id = unstoppable(async move { actions::receive(db, &bell, &by, &sent, now).await }).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}
