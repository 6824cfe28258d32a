//! The shell of a page for a seat: its places, its year, its crumbs.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::filters::dates;
use super::shell::Shell;
use crate::access::{Actor, Person, Role, rules};
use crate::app::App;

/// The frame of a page that `actor` opened; `current` is the address of the place it belongs to.
#[must_use]
pub fn shell(app: &App, actor: &Actor, title: impl Into<String>, current: &str) -> Shell {
    let mut shell = Shell::signed_in(title, &actor.person.name, actor.seat_short(), actor.seat_key());
    shell = match (&actor.ward_short, &actor.ward_name) {
        (Some(short), Some(name)) if !is_dense(actor.role()) => {
            shell.of_place(format!("Bình Yên {short}"), capital(name))
        }
        (_, Some(name)) => shell.of_place("Bình Yên", capital(name)),
        _ => shell.of_place("Bình Yên", capital(&actor.city_name)),
    };
    shell = places(shell, actor).at(current);
    if is_dense(actor.role()) {
        shell = shell.dense();
    }
    if actor.person.can_switch {
        shell = shell.with_seats();
    }
    if let Some(year) = actor.year {
        shell = shell.of_year(year, Some(crate::cycle::urls::LIST.to_owned()));
    }
    if let Some(ruleset) = &actor.ruleset {
        shell = shell.with_ruleset(ruleset.clone());
    }
    shell.on_demo_day(demo_day(app))
}

/// The frame of a page for somebody signed in without a seat.
#[must_use]
pub fn person_shell(app: &App, person: &Person, actor: Option<&Actor>, title: &str) -> Shell {
    match actor {
        Some(actor) => shell(app, actor, title, ""),
        None => {
            let mut shell = Shell::public(title);
            shell.person = Some(person.name.clone());
            shell.signed_in = true;
            shell.on_demo_day(demo_day(app))
        }
    }
}

/// The day that a demo pretends it is, for the bar at the top.
#[must_use]
pub fn demo_day(app: &App) -> Option<String> {
    if app.settings.demo { app.clock.as_of().map(dates::day) } else { None }
}

/// Leaders read large letters on a phone; everybody else works at a desk.
const fn is_dense(role: Role) -> bool {
    !matches!(role, Role::GroupLeader)
}

/// "phường Phước Long" at the beginning of a line.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

fn places(shell: Shell, actor: &Actor) -> Shell {
    use crate::{account, appraisal, area, dossier, household, paper, participation, recognition, ruleset};
    let home = crate::home::urls::HOME;
    let shell = match actor.role() {
        Role::GroupLeader => {
            return shell
                .place_link("Cần làm", home, "house")
                .place_link("Ký cam kết", participation::urls::STREET, "square-pen")
                .place_link("Hồ sơ", dossier::urls::MINE, "file-text")
                .place_link("Xem thêm", crate::home::urls::MORE, "ellipsis");
        }
        Role::AreaOfficer => shell
            .place_link("Việc hôm nay", home, "house")
            .place_link("Hộ dân", household::urls::LIST, "users")
            .place_link("Ký cam kết", participation::urls::STREET, "square-pen")
            .place_link("Thẩm định", appraisal::urls::MATRIX, "clipboard-check")
            .place_link("Văn bản", paper::urls::LIST, "file-text"),
        Role::WardOfficer | Role::WardChair | Role::CommitteeMember => shell
            .place_link("Việc hôm nay", home, "house")
            .place_link("Thẩm định", appraisal::urls::MATRIX, "clipboard-check")
            .place_link("Hộ dân", household::urls::LIST, "users")
            .place_link("Hồ sơ phường", dossier::urls::MINE, "file-text")
            .place_link("Văn bản", paper::urls::LIST, "file-text")
            .place_link("Đơn vị", area::urls::LIST, "users"),
        Role::CityOfficer | Role::CityChair => shell
            .place_link("Phường, xã", home, "house")
            .place_link("Quy định", ruleset::pages::CURRENT, "info")
            .place_link("Đơn vị", area::urls::LIST, "users")
            .place_link("Công khai", recognition::urls::PUBLIC, "award"),
        Role::StewardWard | Role::StewardCity => steward_places(shell, actor),
    };
    if rules::can_delegate(actor).is_ok() {
        shell.place_link("Ủy quyền", account::urls::DELEGATIONS, "send")
    } else {
        shell
    }
}

/// A ward's steward also reads who looked at personal data; a city has none.
fn steward_places(shell: Shell, actor: &Actor) -> Shell {
    use crate::{account, area, home, privacy};
    let shell = shell
        .place_link("Việc hôm nay", home::urls::HOME, "house")
        .place_link("Tài khoản", account::urls::STEWARD, "users")
        .place_link("Đơn vị", area::urls::LIST, "house");
    match rules::can_read_access_log(actor) {
        Ok(()) => shell.place_link("Dữ liệu cá nhân", privacy::urls::LOOKS, "lock"),
        Err(_) => shell,
    }
}

/// A form drawn again: 422 when something is wrong with it, 200 when it is only shown anew.
pub fn again(is_bad: bool, page: impl IntoResponse) -> Response {
    let status = if is_bad { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, page).into_response()
}
