//! Giấy công nhận: a page that a ward hangs on a wall.

use serde::Serialize;

use crate::clean::{line, sentence};
use crate::day::{Day, placed};
use crate::fit;
use crate::paper::{Certificate, Signature};
use crate::qr;
use crate::world::{self, Template, TypesetError};

const TEMPLATE: Template = Template { name: "certificate.typ", text: include_str!("../templates/certificate.typ") };

#[derive(Serialize)]
struct Bundle {
    printed: Day,
    author: String,
    title: String,
    list: Vec<Page>,
}

#[derive(Serialize)]
struct Page {
    body: String,
    title: String,
    unit: String,
    unit_place: String,
    achievement: String,
    basis: String,
    number: String,
    placed: String,
    signature: Signature,
    side: usize,
    path: String,
    code: String,
    check: String,
}

/// The certificates as an archivable PDF (PDF/A-2a), a lying page each.
///
/// # Errors
/// When there is none, a QR text is too long, or the type setter fails.
pub fn certificates(list: &[Certificate]) -> Result<Vec<u8>, TypesetError> {
    let printed = list.first().ok_or(TypesetError::Empty)?.day;
    let list: Vec<Page> = list.iter().map(page).collect::<Result<_, _>>()?;
    let (title, author) = list
        .first()
        .map(|it| (format!("{} {}", it.title, it.unit).replace('\u{a0}', " "), it.body.clone()))
        .unwrap_or_default();
    world::render(TEMPLATE, &Bundle { printed, author, title, list })
}

fn page(it: &Certificate) -> Result<Page, TypesetError> {
    let matrix = qr::matrix(&it.qr)?;
    Ok(Page {
        body: line(&it.body),
        title: line(&it.title),
        unit: sentence(&it.unit),
        unit_place: sentence(&it.unit_place),
        achievement: sentence(&it.achievement),
        basis: sentence(&it.basis),
        number: sentence(&it.number),
        placed: placed(&line(&it.place), Some(it.day), it.day.year),
        signature: fit::signature(&it.signature),
        side: matrix.side(),
        path: matrix.path(),
        code: line(&it.code),
        check: line(&it.check),
    })
}
