//! The recognised units of a ward and year: who has a certificate, and the form that issues the rest.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::access::{Actor, rules};
use crate::app::App;
use crate::certificate::form;
use crate::certificate::model::{Book, Capacity, Issued, Unit};
use crate::certificate::{actions, urls};
use crate::platform::clock::civil;
use crate::platform::id::UnitId;
use crate::web::error::AppError;
use crate::web::filters::{self, dates};
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::certificate as words;

/// A unit that waits for its certificate.
struct Waiting {
    name: String,
    decision: String,
    decided_on: NaiveDate,
    /// The value of its box.
    order: String,
}

/// A unit with its certificate.
struct Given {
    name: String,
    number: String,
    is_void: bool,
    it: Issued,
    pdf: String,
    word: String,
    check: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "certificate/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    form: Filled,
    ward: String,
    year: i32,
    waiting: Vec<Waiting>,
    given: Vec<Given>,
    recognised: usize,
    printed: usize,
    /// Where the form goes, for who may send it.
    action: Option<String>,
    try_out: String,
    all: String,
    capacities: Vec<(&'static str, &'static str)>,
}

/// `?xong=cap` after some were issued.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    xong: String,
}

/// The list.
pub(super) async fn open(
    State(app): State<App>,
    Path(of): Path<(UnitId, i32)>,
    Query(asked): Query<Asked>,
    mut visit: Visit,
) -> Result<ListPage, AppError> {
    rules::can_see_certificates(&visit.actor)?;
    let today = civil(visit.now);
    let book = actions::open(&mut visit.db, &app.rulesets, &visit.actor, of, today).await?;
    let mut page = show(&app, &visit.actor, &book, drawn(&book, &visit.actor, today));
    page.shell = page.shell.with_flash((asked.xong == "cap").then(|| words::DONE.to_owned()));
    Ok(page)
}

/// The form as it is drawn first: everybody who waits, the next number of the book, today, and who signed the decision.
fn drawn(book: &Book, actor: &Actor, today: NaiveDate) -> Filled {
    let waiting = || book.units.iter().filter(|unit| is_to_issue(unit, actor));
    let signer = waiting().max_by_key(|unit| unit.decided_on).map(|unit| unit.decision_signer.clone());
    let deputy = actor.delegation.as_ref().is_some_and(|lent| lent.form == crate::access::Form::Kt);
    let capacity = if deputy { Capacity::Deputy } else { Capacity::Chair };
    let form = waiting().fold(Filled::default(), |form, unit| form.with("ho-so", unit.order()));
    form.with("so-dau", book.next.to_string())
        .with("ky-hieu", book.symbol.clone().unwrap_or_else(|| words::SYMBOL.to_owned()))
        .with("ngay", dates::day(today))
        .with("nguoi-ky", signer.unwrap_or_else(|| actor.person.name.clone()))
        .with("chuc-danh", form::value(capacity))
}

fn is_to_issue(unit: &Unit, actor: &Actor) -> bool {
    unit.is_open() && rules::can_certify_unit(actor, unit).is_ok()
}

/// The page around a form.
pub(super) fn show(app: &App, actor: &Actor, book: &Book, form: Filled) -> ListPage {
    let title = format!("Giấy công nhận {} năm {}", book.ward_name, book.year);
    draw(page::shell(app, actor, title, crate::home::urls::HOME), actor, book, form)
}

/// The page itself, from what is known.
pub(super) fn draw(mut shell: Shell, actor: &Actor, book: &Book, form: Filled) -> ListPage {
    shell.year = Some(book.year);
    if actor.role().is_city() {
        shell = shell.crumb("Phường, xã", crate::home::urls::HOME);
        let package = crate::recognition::urls::package(book.ward, book.year);
        shell = shell.crumb(page::capital(&book.ward_name), package);
    } else {
        shell = shell.crumb("Việc hôm nay", crate::home::urls::HOME);
    }
    let may = book.units.iter().any(|unit| is_to_issue(unit, actor));
    ListPage {
        shell: shell.here("Giấy công nhận").failing(form.is_bad()),
        ward: page::capital(&book.ward_name),
        year: book.year,
        waiting: book.units.iter().filter(|unit| unit.is_open()).map(waiting).collect(),
        given: book.units.iter().filter_map(given).collect(),
        recognised: book.recognised(),
        printed: book.printed(),
        action: may.then(|| urls::list(book.ward, book.year)),
        try_out: urls::try_out(book.ward, book.year),
        all: urls::all(book.ward, book.year),
        capacities: [Capacity::Chair, Capacity::Deputy].map(|it| (form::value(it), words::capacity(it))).to_vec(),
        form,
    }
}

fn waiting(unit: &Unit) -> Waiting {
    Waiting {
        name: page::capital(&unit.name),
        decision: unit.decision_number.clone(),
        decided_on: unit.decided_on,
        order: unit.order(),
    }
}

fn given(unit: &Unit) -> Option<Given> {
    let it = unit.certificate.clone()?;
    Some(Given {
        name: page::capital(&unit.name),
        number: it.number(),
        is_void: unit.is_void,
        pdf: urls::file(it.id),
        word: urls::word(it.id),
        check: it.code.parse().map_or_else(|_| urls::CHECK.to_owned(), urls::checked),
        it,
    })
}
