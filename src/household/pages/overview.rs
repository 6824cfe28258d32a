//! The groups of a ward with their households, registrations and pledges: counters alone.

use askama::Template;
use askama_web::WebTemplate;

use super::asked::Asked;
use crate::access::{Actor, rules};
use crate::app::App;
use crate::household::model::View;
use crate::household::store::{self, Counted};
use crate::household::urls;
use crate::participation::model::Tally;
use crate::platform::clock::civil;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::{participation, privacy};

/// A number, and the way to the rows behind it for who may see them.
struct Number {
    text: String,
    href: Option<String>,
}

/// A group, or all of them.
struct Line {
    name: String,
    href: Option<String>,
    households: Number,
    registered: Number,
    pledged: Number,
    share: String,
    left: Number,
}

#[derive(Template, WebTemplate)]
#[template(path = "household/overview.html")]
pub(super) struct OverviewPage {
    shell: Shell,
    place: String,
    year: Option<i32>,
    total: Tally,
    lines: Vec<Line>,
    sum: Line,
    may_look: bool,
    may_add: bool,
    /// What else is done with the register: words and address.
    more: Vec<(&'static str, &'static str)>,
}

/// `/ho` for seats of a ward.
pub(super) async fn overview(app: &App, visit: Visit) -> Result<OverviewPage, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_see_counts(&actor)?;
    let ward = actor.ward().ok_or(AppError::NotFound)?;
    let groups = store::counted(&mut db, ward, actor.cycle, civil(now)).await?;
    let total: Tally = groups.iter().map(|group| group.tally).sum();
    let may_look = rules::can_see_register(&actor).is_ok();
    Ok(OverviewPage {
        shell: page::shell(app, &actor, "Hộ dân", urls::LIST),
        place: actor.ward_name.clone().unwrap_or_default(),
        year: actor.year,
        total,
        lines: groups.iter().map(|counted| of_group(counted, may_look)).collect(),
        sum: line("Cộng".to_owned(), "", total, may_look),
        may_look,
        may_add: groups.iter().any(|counted| rules::can_keep_register(&actor, counted.group.id).is_ok()),
        more: more(&actor),
    })
}

/// The rooms around the register, for whom they are open; the menu of a desk has no place for each.
fn more(actor: &Actor) -> Vec<(&'static str, &'static str)> {
    let mut rooms = vec![];
    if rules::can_see_register(actor).is_ok() {
        rooms.push(("Ghi ký cam kết theo từng tổ", participation::urls::STREET));
        rooms.push(("In danh sách hộ chưa ký", participation::urls::REST));
        rooms.push(("Rà soát sổ hộ đầu năm", participation::urls::REVIEW));
    }
    if rules::can_read_access_log(actor).is_ok() {
        rooms.push(("Ai đã xem dữ liệu hộ, yêu cầu của người dân", privacy::urls::LOOKS));
    }
    rooms
}

fn of_group(counted: &Counted, may_look: bool) -> Line {
    line(counted.group.short.clone(), &counted.group.code, counted.tally, may_look)
}

/// Numbers lead to the households that they count; an empty code means the whole ward.
fn line(name: String, code: &str, tally: Tally, may_look: bool) -> Line {
    let rows = |view: View| Asked::default().link(urls::LIST, &[("to", code), ("xem", view.as_str())]);
    let number = |count: i64, view: View| Number {
        text: if tally.households == 0 {
            filters::numbers::NOT_YET.to_owned()
        } else {
            filters::numbers::number(count)
        },
        href: (may_look && count > 0).then(|| rows(view)),
    };
    Line {
        name,
        href: (may_look && !code.is_empty()).then(|| Asked::default().link(urls::LIST, &[("to", code)])),
        households: number(tally.households, View::Resident),
        registered: number(tally.registered, View::Registered),
        pledged: number(tally.pledged, View::Pledged),
        share: filters::numbers::percent(tally.pledged, tally.households),
        left: number(tally.households - tally.pledged, View::Unpledged),
    }
}
