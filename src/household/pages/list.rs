//! A list of households: a group's, or what a ward's seat looks for.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};

use super::asked::Asked;
use super::{frame, overview};
use crate::access::{Actor, Role, rules};
use crate::app::App;
use crate::household::model::{Address, Order, View};
use crate::household::store::{self, Listed, Piece};
use crate::household::urls;
use crate::participation::model::Tally;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::household as words;

/// Households on one page.
const PAGE: usize = 50;

/// A household as a door of the street.
struct Door {
    /// The house number; empty where there is none.
    plate: String,
    head: String,
    href: String,
    /// Members and code.
    line: String,
    /// Alley and street; the number stands on the plate.
    address: String,
    /// Named where more than one group is in the list.
    group: Option<String>,
    tag: Tag,
}

/// Another manner of the same list.
struct Way {
    label: &'static str,
    href: String,
    current: bool,
    count: Option<i64>,
}

#[derive(Template, WebTemplate)]
#[template(path = "household/list.html")]
struct ListPage {
    shell: Shell,
    title: String,
    tally: Tally,
    asked: Asked,
    views: Vec<Way>,
    orders: Vec<Way>,
    doors: Vec<Door>,
    /// The first piece and the next one.
    first: String,
    next: String,
    add: Option<String>,
    /// Where the same words may find more.
    wider: Vec<(&'static str, String)>,
    xlsx: String,
    csv: String,
    template: Option<String>,
}

/// `/ho`.
pub(super) async fn list(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    if visit.actor.role() != Role::GroupLeader && asked.is_bare() {
        return Ok(overview::overview(&app, visit).await?.into_response());
    }
    let Visit { actor, mut db, now } = visit;
    rules::can_see_register(&actor)?;
    let listing = asked.listing(&actor, PAGE);
    let piece = store::list(&mut db, &actor, &listing, asked.what(), now).await?;
    // A group asked for by its code is there or is not; one among the words of a search is only not found.
    if asked.group().is_some() && listing.query.group.is_none() && piece.group.is_none() {
        return Err(AppError::NotFound);
    }
    Ok(list_page(&app, &actor, asked, &piece).into_response())
}

fn list_page(app: &App, actor: &Actor, asked: Asked, piece: &Piece) -> ListPage {
    let is_leader = actor.role() == Role::GroupLeader;
    let place = match &piece.group {
        Some(group) => group.name.clone(),
        None if is_leader => "Tổ khác".to_owned(),
        None => page::capital(actor.ward_name.as_deref().unwrap_or_default()),
    };
    let title = if is_leader { "Hộ dân".to_owned() } else { place.clone() };
    let shell = if is_leader {
        page::shell(app, actor, "Hộ dân", urls::LIST)
    } else {
        frame(app, actor, &format!("Hộ dân {place}")).here(&place)
    };
    let may_write = piece.group.as_ref().is_some_and(|group| rules::can_keep_register(actor, group.id).is_ok());
    let code = piece.group.as_ref().map_or("", |group| group.code.as_str());
    let last = piece.rows.last().filter(|_| piece.more).map(|row| row.id.to_string());
    ListPage {
        shell,
        title,
        tally: piece.tally,
        views: views(&asked, piece.tally),
        orders: orders(&asked),
        doors: piece.rows.iter().map(|row| door(row, piece.group.is_none())).collect(),
        first: if asked.is_first() { String::new() } else { asked.link(urls::LIST, &[]) },
        next: last.map_or_else(String::new, |id| asked.link(urls::LIST, &[("sau", &id)])),
        add: may_write.then(|| Asked::default().link(urls::ADD, &[("to", code)])),
        wider: wider(&asked, is_leader),
        xlsx: asked.link(urls::EXPORT_XLSX, &[]),
        csv: asked.link(urls::EXPORT_CSV, &[]),
        template: may_write.then(|| Asked::default().link(urls::TEMPLATE, &[("to", code)])),
        asked,
    }
}

fn door(row: &Listed, names_group: bool) -> Door {
    Door {
        plate: row.address.house.clone(),
        head: if row.anonymous { format!("Hộ {}", row.code) } else { row.head.clone() },
        href: urls::show(row.id),
        line: words::under_head(row.members, &row.code),
        address: page::capital(&Address { house: String::new(), ..row.address.clone() }.to_string()),
        group: names_group.then(|| row.group.clone()),
        tag: words::state(row),
    }
}

/// The tabs. What a number of the ward's table leads to has a tab only while it is looked at.
fn views(asked: &Asked, tally: Tally) -> Vec<Way> {
    let current = asked.view();
    let always = [View::Resident, View::Unregistered, View::Unpledged, View::Gone];
    let shown = View::ALL.iter().copied().filter(|view| always.contains(view) || *view == current);
    let way = |view: View| Way {
        label: words::view(view),
        href: asked.link(urls::LIST, &[("xem", if view == View::default() { "" } else { view.as_str() })]),
        current: view == current,
        count: match view {
            View::Unregistered => Some(tally.households - tally.registered),
            View::Registered => Some(tally.registered),
            View::Unpledged => Some(tally.households - tally.pledged),
            View::Pledged => Some(tally.pledged),
            View::Resident | View::Gone | View::All => None,
        },
    };
    shown.map(way).collect()
}

fn orders(asked: &Asked) -> Vec<Way> {
    let way = |order: &Order| Way {
        label: words::order(*order),
        href: asked.link(urls::LIST, &[("xep", if *order == Order::default() { "" } else { order.as_str() })]),
        current: *order == asked.order(),
        count: None,
    };
    Order::ALL.iter().map(way).collect()
}

/// Where to look when nothing was found: all households instead of those of a view, the whole ward instead of a group.
fn wider(asked: &Asked, is_leader: bool) -> Vec<(&'static str, String)> {
    let mut ways = vec![];
    if asked.view() != View::All {
        ways.push(("Tìm cả hộ đã đi", asked.link(urls::LIST, &[("xem", View::All.as_str())])));
    }
    if !is_leader && asked.group().is_some() {
        ways.push(("Tìm trong cả phường", asked.link(urls::LIST, &[("to", ""), ("xem", View::All.as_str())])));
    }
    ways
}
