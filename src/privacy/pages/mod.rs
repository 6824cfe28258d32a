//! The pages about personal data: who looked, what people ask, how long it is kept.

mod keeping;
mod looks;
mod one;
mod requests;

use axum::Router;
use axum::routing::{get, post};

use super::urls;
use crate::access::{Actor, rules};
use crate::app::App;
use crate::web::page::shell;
use crate::web::shell::Shell;

/// The pages of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LOOKS, get(looks::page))
        .route(urls::REQUESTS, get(requests::list))
        .route(urls::ADD, get(requests::add_form).post(requests::add))
        .route(urls::REQUEST, get(one::page))
        .route(urls::KEPT, get(one::kept))
        .route(urls::ANSWER, post(one::answer))
        .route(urls::CLOSE, post(one::close))
        .route(urls::RETENTION, get(keeping::page).post(keeping::set))
}

/// A neighbour in this room: address, name, whether it is the page itself.
struct Door {
    href: &'static str,
    label: &'static str,
    current: bool,
}

/// The pages of this room that a seat may open.
fn doors(actor: &Actor, here: &str) -> Vec<Door> {
    let door = |href, label| Door { href, label, current: href == here };
    let mut doors = vec![];
    if rules::can_read_access_log(actor).is_ok() {
        doors.push(door(urls::LOOKS, "Ai đã xem"));
    }
    if rules::can_read_requests(actor).is_ok() {
        doors.push(door(urls::REQUESTS, "Yêu cầu của người dân"));
    }
    if rules::can_read_access_log(actor).is_ok() {
        doors.push(door(urls::RETENTION, "Thời hạn lưu"));
    }
    doors
}

/// The frame of a page of this room.
fn frame(app: &App, actor: &Actor, title: &str) -> Shell {
    shell(app, actor, title, urls::LOOKS)
}
