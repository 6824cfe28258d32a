//! Pages of papers.

mod body;
mod file;
mod issue;
mod list;
mod show;
mod sign;

use axum::Router;
use axum::routing::{get, post};

use super::urls;
use crate::access::Actor;
use crate::app::App;
use crate::paper::model::{Keeper, Kind};
use crate::paper::store::Whole;
use crate::web::page;
use crate::web::shell::Shell;
use crate::words::paper as words;

/// The routes of papers.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LIST, get(list::page))
        .route(urls::DRAFT, post(list::draft))
        .route(urls::BODY, get(body::ask).post(body::save))
        .route(urls::SHOW, get(show::page))
        .route(urls::WRITE, post(show::write))
        .route(urls::REDRAFT, post(show::redraft))
        .route(urls::ISSUE, post(issue::save))
        .route(urls::ATTACH, post(issue::attach))
        .route(urls::SIGNED, post(sign::save))
        .route(urls::SIGNED_FILE, get(file::signed))
        .route(urls::PDF, get(file::pdf))
        .route(urls::WORD, get(file::word))
}

/// The frame of a page of this room.
fn frame(app: &App, actor: &Actor, title: &str) -> Shell {
    page::shell(app, actor, title, urls::LIST).crumb("Văn bản", urls::LIST)
}

/// Where the list lies that a paper belongs to.
fn place(actor: &Actor, whole: &Whole) -> urls::Where {
    let slot = &whole.paper.slot;
    urls::Where {
        group: slot.place.group.filter(|_| actor.role() != crate::access::Role::GroupLeader),
        ward: actor.role().is_city().then_some((slot.place.ward, whole.year)),
    }
}

/// The frame of a page under one paper.
fn frame_of(app: &App, actor: &Actor, whole: &Whole) -> Shell {
    let kind = whole.paper.slot.kind;
    let unit = match (kind.keeper(), &whole.names.group) {
        (Keeper::Group, Some((name, _))) => page::capital(name),
        _ => page::capital(&whole.names.ward),
    };
    let title = format!("{}: {unit}", words::name(kind));
    page::shell(app, actor, title, urls::LIST).crumb("Văn bản", urls::list(place(actor, whole))).here(words::name(kind))
}

/// The two halves of a programme year: what is drafted at its beginning, what at its end.
fn is_of_registration(kind: Kind) -> bool {
    kind.part().is_some_and(|(of, _)| of == crate::ruleset::DossierKind::Registration)
}
