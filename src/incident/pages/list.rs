//! The counts of the year, what they come to, and what they are compared with.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{self, State};
use axum::response::Response;
use chrono::NaiveDate;

use super::asked::Query;
use super::chart::{Chart, chart};
use super::{Door, doors, frame, place};
use crate::access::{Actor, Role, Seat, rules};
use crate::app::App;
use crate::incident::model::compare::{self, Line, Span};
use crate::incident::model::{View, bound_to};
use crate::incident::store::{self, Asked, Listed, Piece};
use crate::incident::urls;
use crate::platform::clock::civil;
use crate::ruleset::{Gravity, IncidentType, Window};
use crate::web::error::AppError;
use crate::web::form::Filled;
use crate::web::page::{again, capital};
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::web::{filters, icons};
use crate::words::dossier::Tag;
use crate::words::incident as words;

/// Counts on one page.
const PAGE: i64 = 50;

/// A count of the list, ready to be drawn.
struct Row {
    href: String,
    /// "id:revision", for the box that confirms it.
    key: String,
    title: String,
    when: String,
    group: String,
    n: i32,
    grave: bool,
    tag: Tag,
    by: String,
}

/// A type against the year before, in words.
struct Compared {
    title: String,
    now: String,
    same: String,
    whole: String,
    per: String,
}

/// A tab.
struct Tab {
    label: &'static str,
    href: String,
    current: bool,
    count: Option<i64>,
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/list.html")]
struct ListPage {
    shell: Shell,
    doors: Vec<Door>,
    /// "Cả phường", "Tổ dân phố 7".
    whose: String,
    year: i32,
    window: Window,
    until: NaiveDate,
    until_before: NaiveDate,
    /// Whether the year before can be compared with.
    is_known: bool,
    population: Option<i64>,
    query: Query,
    form: Filled,
    groups: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    lines: Vec<Compared>,
    sum: Option<Compared>,
    /// Types without a case in either year.
    quiet: usize,
    chart: Option<Chart>,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    first: String,
    next: String,
    may_enter: bool,
    may_confirm: bool,
    may_keep: bool,
}

impl ListPage {
    fn is_filtered(&self) -> bool {
        self.query.group().is_some() || self.query.kind().is_some()
    }

    /// Boxes stand where something can be confirmed with them.
    fn has_boxes(&self) -> bool {
        self.may_confirm && self.query.view() == View::Pending && !self.rows.is_empty()
    }
}

/// The list.
pub(super) async fn list(
    State(app): State<App>,
    visit: Visit,
    extract::Query(query): extract::Query<Query>,
) -> Result<Response, AppError> {
    draw(&app, visit, query, Filled::default()).await
}

/// The list with what is wrong with the boxes that were ticked.
pub(super) async fn draw(app: &App, visit: Visit, query: Query, form: Filled) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let (ward, cycle) = place(&actor)?;
    let asked = Asked {
        ward,
        cycle,
        bound: bound_to(&actor),
        group: query.group(),
        kind: query.kind(),
        view: query.view(),
        after: query.after(),
        size: PAGE,
    };
    let piece = store::list(&mut db, &asked).await?;
    let ruleset = app.rulesets.get(&mut db, piece.year.ruleset).await?;
    if query.group().is_some_and(|code| piece.year.by_code(code).is_none()) {
        return Err(AppError::NotFound);
    }
    let page = list_page(app, &actor, (query, form), (&piece, &ruleset.incident_types), civil(now));
    Ok(again(page.form.is_bad(), page))
}

fn list_page(
    app: &App,
    actor: &Actor,
    (query, form): (Query, Filled),
    (piece, kinds): (&Piece, &[IncidentType]),
    today: NaiveDate,
) -> ListPage {
    let year = &piece.year;
    let window = year.window(query.group().is_some() || bound_to(actor).is_some());
    let span = Span { year: year.year, window, today, is_closed: year.is_closed };
    let (lines, sum, quiet) = compared(piece, kinds, (&span, query.kind()));
    let last = piece.rows.last().filter(|_| piece.more).map(|row| row.id.to_string());
    ListPage {
        shell: frame(app, actor, "Số vụ việc").failing(form.is_bad()),
        doors: doors(actor, urls::LIST),
        whose: whose(actor, &query, piece),
        year: year.year,
        window,
        until: span.until(),
        until_before: span.until_before(),
        is_known: span.is_known(&piece.sums),
        population: piece.population,
        form,
        groups: groups(actor, piece),
        kinds: kinds.iter().map(|kind| (kind.code.clone(), kind.title.clone())).collect(),
        lines,
        sum,
        quiet,
        chart: chart(&compare::months(&piece.sums, &span)),
        tabs: tabs(&query, piece.pending),
        rows: piece.rows.iter().map(|row| row_of(row, kinds, year.year)).collect(),
        first: if query.is_first() { String::new() } else { query.link(query.view(), "") },
        next: last.map_or_else(String::new, |id| query.link(query.view(), &id)),
        may_enter: matches!(actor.seat, Seat::AreaOfficer { .. }) || rules::can_enter_incident(actor, None).is_ok(),
        may_confirm: rules::can_confirm_incidents(actor).is_ok(),
        may_keep: rules::can_keep_last_year(actor).is_ok(),
        query,
    }
}

fn whose(actor: &Actor, query: &Query, piece: &Piece) -> String {
    let asked = query.group().and_then(|code| piece.year.by_code(code));
    match (asked, actor.role()) {
        (Some(group), _) => group.name.clone(),
        (None, Role::GroupLeader | Role::AreaOfficer) => actor.group_name.clone().unwrap_or_default(),
        (None, _) => capital(actor.ward_name.as_deref().unwrap_or_default()),
    }
}

/// The groups to choose from: those of the seat, in this window.
fn groups(actor: &Actor, piece: &Piece) -> Vec<(String, String)> {
    let bound = bound_to(actor);
    let own = piece.year.groups_now().filter(|group| bound.is_none_or(|bound| bound.contains(&group.id)));
    own.map(|group| (group.code.clone(), group.name.clone())).collect()
}

fn row_of(row: &Listed, kinds: &[IncidentType], year: i32) -> Row {
    Row {
        href: urls::show(row.id),
        key: format!("{}:{}", row.id, row.revision),
        title: words::kind(kinds, &row.kind).to_owned(),
        when: row.happened_on.map_or_else(|| format!("cả kỳ {year}"), filters::dates::day),
        group: words::group(row.group.as_deref()).to_owned(),
        n: row.n,
        grave: row.gravity == Gravity::High,
        tag: words::state(row.is_confirmed, row.is_void),
        by: row.created_by.clone(),
    }
}

fn in_words(line: &Line, title: &str, (year, population): (i32, Option<i64>)) -> Compared {
    Compared {
        title: title.to_owned(),
        now: words::now(line),
        same: words::against(line, year),
        whole: words::whole(line, year),
        per: words::per_ten_thousand(line.now, population),
    }
}

/// Types that had a case in either year, the sum of all, and how many types had none.
fn compared(
    piece: &Piece,
    kinds: &[IncidentType],
    (span, only): (&Span, Option<&str>),
) -> (Vec<Compared>, Option<Compared>, usize) {
    // A type that the rules of this year do not name any more still counts.
    let mut codes: Vec<&str> = kinds.iter().map(|kind| kind.code.as_str()).collect();
    codes.extend(piece.sums.iter().map(|sum| sum.kind.as_str()));
    codes.retain(|code| only.is_none_or(|only| only == *code));
    let mut seen = std::collections::HashSet::new();
    codes.retain(|code| seen.insert(*code));
    let mut lines = compare::lines(&piece.sums, &codes, span);
    let beside = (span.year, piece.population);
    let sum = lines.pop().filter(|_| only.is_none()).map(|line| in_words(&line, "Tất cả", beside));
    let speaks = |line: &Line| only.is_some() || line.now + line.pending + line.whole.unwrap_or_default() > 0;
    let (loud, quiet): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(speaks);
    let loud = loud.iter().map(|line| in_words(line, words::kind(kinds, &line.kind), beside)).collect();
    (loud, sum, quiet.len())
}

fn tabs(query: &Query, pending: i64) -> Vec<Tab> {
    let tab = |view: &View| Tab {
        label: words::view(*view),
        href: query.link(*view, ""),
        current: *view == query.view(),
        count: (*view == View::Pending).then_some(pending),
    };
    View::ALL.iter().map(tab).collect()
}
