//! Tapping down a street.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{DateTime, Utc};

use super::{Progress, Stretch, choices, due, stretches};
use crate::access::{Actor, Role, rules};
use crate::app::App;
use crate::participation::form::{self, Asked};
use crate::participation::model::street::{Door, Only, PAGE, Street, View};
use crate::participation::model::{Mark, Why, Wish};
use crate::participation::{actions, store, urls};
use crate::platform::clock::civil;
use crate::privacy::model::What;
use crate::web::error::AppError;
use crate::web::filters::{self, TimeLeft, dates, numbers};
use crate::web::form::Filled;
use crate::web::page::{again, shell};
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::participation as words;

/// A door, ready to be drawn.
struct Row {
    code: String,
    plate: String,
    head: String,
    /// "4 người, hộ 0708".
    line: String,
    href: String,
    tap: String,
    revision: i32,
    /// When it was marked; none while it is open.
    time: Option<String>,
    /// Why it is open.
    why: Option<Why>,
    /// The reasons to choose from: wish, label, whether it is the one given.
    reasons: Vec<(&'static str, &'static str, bool)>,
    /// A registration under a pledge is not taken back: the pledge goes first.
    is_fixed: bool,
}

/// A tab: its words, how many doors it has, its address, and whether it is the one at hand.
struct Tab {
    label: &'static str,
    count: Option<i64>,
    href: String,
    current: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "participation/street.html")]
struct StreetPage {
    shell: Shell,
    heading: String,
    street: Street,
    view: View,
    due: Option<(TimeLeft, String)>,
    progress: Progress,
    /// What its bar is called.
    bar: String,
    tabs: Vec<Tab>,
    stretches: Vec<Stretch<Row>>,
    groups: Vec<(String, String, bool)>,
    form: Filled,
    /// Marks can be written: the newest year, and a seat that records.
    may_record: bool,
    give: &'static str,
    take_back: &'static str,
    no_reason: &'static str,
    /// "2024-03-25": the day that taps are written for.
    day: String,
    /// That taps are written for another day than today.
    for_day: Option<String>,
    day_hint: String,
    /// Milliseconds since 1970 by the program's clock, from which a waiting tap tells its day.
    clock: i64,
    other: (&'static str, String),
    next: Option<String>,
    ticked: Option<String>,
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_see_register(&actor)?;
    let (typed, ticked) = (asked.ngay.clone().unwrap_or_default(), asked.ticked);
    let mut view = asked.view();
    let what = if view.words.is_empty() { What::List } else { What::Search };
    let street = store::street(&mut db, &actor, store::Ask { view: &view, limit: PAGE, what }, now).await?;
    let (form, day) = form::day(&typed, |on| actions::check_day(on, street.first_day, now));
    view.day = day.filter(|day| *day != civil(now));
    if view.group.is_none() && street.groups.len() > 1 {
        view.group = Some(street.code.clone());
    }
    let ticked = ticked.map(|count| words::ticked(count, view.mark));
    let page = drawn(&app, &actor, (street, view), (form, ticked), now);
    Ok(again(page.form.is_bad(), page))
}

fn drawn(
    app: &App,
    actor: &Actor,
    (street, view): (Street, View),
    (form, ticked): (Filled, Option<String>),
    now: DateTime<Utc>,
) -> StreetPage {
    let mark = view.mark;
    let heading = heading(actor, mark, &street);
    // A page further on keeps the view; the door just tapped belongs to the page before.
    let next = street.next.clone().map(|from| urls::street(&View { from: Some(from), kept: None, ..view.clone() }));
    StreetPage {
        shell: shell(app, actor, &heading, urls::STREET).failing(form.is_bad()),
        due: due(&street, now),
        progress: Progress::new(&street.tally, mark),
        bar: format!("Hộ {}", words::done(mark).to_lowercase()),
        tabs: tabs(&view, &street),
        stretches: stretches(&street, |door| row(door, &view, now)),
        groups: choices(&street.groups, &street.code),
        may_record: street.is_newest && rules::may_record(actor, street.group).is_ok(),
        give: Wish::Give(mark).as_str(),
        no_reason: Wish::Explain(None).as_str(),
        take_back: Wish::TakeBack(mark).as_str(),
        day: view.day.unwrap_or(civil(now)).to_string(),
        for_day: view.day.map(|day| format!("Đang ghi cho ngày {}", dates::day(day))),
        day_hint: format!("Ví dụ 20/3/2024. Để trống là hôm nay, {}", dates::day(now)),
        clock: now.timestamp_millis(),
        other: other(&view),
        next,
        heading,
        street,
        view,
        form,
        ticked,
    }
}

/// An officer looks at several groups, so the heading says at which.
fn heading(actor: &Actor, mark: Mark, street: &Street) -> String {
    let title = words::title(mark);
    if actor.role() == Role::GroupLeader { title.to_owned() } else { format!("{title}, {}", street.short) }
}

/// The page of the other mark: its name and address.
fn other(view: &View) -> (&'static str, String) {
    let mark = match view.mark {
        Mark::Registered => Mark::Pledged,
        Mark::Pledged => Mark::Registered,
    };
    (words::title(mark), urls::street(&View { mark, ..over(view) }))
}

/// The same group and day from its first door on.
fn over(view: &View) -> View {
    View { group: view.group.clone(), mark: view.mark, day: view.day, ..View::default() }
}

fn tabs(view: &View, street: &Street) -> Vec<Tab> {
    let mark = view.mark;
    let all = [
        (Only::All, "Từng nhà", None),
        (Only::Open, words::open(mark), Some(street.tally.open(mark))),
        (Only::Done, words::done(mark), Some(street.tally.done(mark))),
    ];
    let tab = |(only, label, count)| {
        let to = View { only, words: view.words.clone(), ..over(view) };
        Tab { label, count, href: urls::street(&to), current: view.only == only }
    };
    all.into_iter().map(tab).collect()
}

/// Reasons belong to the round for those who have not signed.
fn offers_reasons(view: &View) -> bool {
    view.only == Only::Open && view.mark == Mark::Pledged
}

fn reasons(given: Option<Why>) -> Vec<(&'static str, &'static str, bool)> {
    let one = |why: &Why| (Wish::Explain(Some(*why)).as_str(), words::why(*why), given == Some(*why));
    Why::ALL.iter().map(one).collect()
}

fn row(door: &Door, view: &View, now: DateTime<Utc>) -> Row {
    // A leader's own households need no group before their number.
    let number = door.code.rsplit('-').next().unwrap_or(&door.code);
    let people = door.members.map(|members| format!("{} người, ", numbers::number(members))).unwrap_or_default();
    Row {
        plate: door.address.house.clone(),
        head: door.head.clone(),
        line: format!("{people}hộ {number}"),
        href: urls::household(door.id),
        tap: urls::tap(door.id, &View { kept: None, ..view.clone() }),
        revision: door.revision,
        time: door.given(view.mark).map(|(on, at)| words::time(on, at, now)),
        why: door.why,
        reasons: if offers_reasons(view) { reasons(door.why) } else { vec![] },
        is_fixed: view.mark == Mark::Registered && door.pledged_on.is_some(),
        code: door.code.clone(),
    }
}
