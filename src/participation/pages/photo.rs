//! Photographs of signed sheets: they are read, what they show is proposed, a person confirms. No photograph is kept.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::choices;
use crate::access::{Actor, Denial, DenialCode, Refused, rules};
use crate::app::App;
use crate::participation::model::sheet::{Sheet, Signer, Sorted};
use crate::participation::model::street::View;
use crate::participation::model::{How, Mark};
use crate::participation::store::Which;
use crate::participation::{actions, form, store, urls};
use crate::platform::files::{CheckError, check_off_thread};
use crate::platform::id::HouseholdId;
use crate::platform::qr::{Found, Limits, read_photo};
use crate::privacy;
use crate::privacy::model::{Look, What};
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::{again, shell};
use crate::web::posted_files::PostedFiles;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::web::upload::UploadedFile;
use crate::words::sheet as words;

/// How many photographs are read at once; each takes a second or two.
const MOST: usize = 6;

/// The field of the camera; the other one takes photographs that are there already.
const FIELD: &str = "tep";

/// Which group.
#[derive(Debug, Default, Clone, Deserialize)]
pub(super) struct Asked {
    /// Its code.
    to: Option<String>,
}

#[derive(Template, WebTemplate)]
#[template(path = "participation/photo.html")]
struct PhotoPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    groups: Vec<(String, String, bool)>,
}

/// A household on a photograph.
struct Proposal {
    signer: Signer,
    plate: String,
    /// Nobody wrote in its box. A page drawn again does not know: there the ticks say what was chosen.
    is_empty: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "participation/photo_check.html")]
struct CheckPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    heading: String,
    open: Vec<Proposal>,
    /// Who has signed before, and when: they are not counted again.
    signed: Vec<(Signer, String)>,
    /// What was seen and left out, and photographs that were not read.
    remarks: Vec<String>,
    how: &'static str,
}

impl Asked {
    fn group(&self) -> Option<&str> {
        self.to.as_deref().map(str::trim).filter(|code| !code.is_empty())
    }
}

/// A group of the seat in which marks are written now, with those of its households that are asked for.
async fn open_sheet(visit: &mut Visit, asked: &Asked, which: Which<'_>) -> Result<Sheet, AppError> {
    rules::can_see_register(&visit.actor)?;
    let sheet = store::sheet(&mut visit.db, &visit.actor, asked.group(), which).await?;
    rules::may_record(&visit.actor, sheet.group)?;
    if !sheet.is_newest {
        return Err(Denial::always(DenialCode::YearOver).into());
    }
    Ok(sheet)
}

fn frame(app: &App, actor: &Actor, sheet: &Sheet) -> Shell {
    shell(app, actor, "Chụp phiếu đã ký", urls::STREET)
        .crumb("Ký cam kết", urls::of_group(urls::STREET, &sheet.code))
        .here("Chụp phiếu đã ký")
}

fn drawn(app: &App, actor: &Actor, sheet: Sheet, form: Filled) -> Response {
    let page = PhotoPage {
        shell: frame(app, actor, &sheet).failing(form.is_bad()),
        groups: choices(&sheet.groups, &sheet.code),
        sheet,
        form,
    };
    again(page.form.is_bad(), page)
}

/// The form for photographs.
pub(super) async fn page(
    State(app): State<App>,
    mut visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let sheet = open_sheet(&mut visit, &asked, Which::Nobody).await?;
    Ok(drawn(&app, &visit.actor, sheet, Filled::default()))
}

/// What the photographs show, to be confirmed. Nothing is written but the look.
pub(super) async fn send(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    posted: PostedFiles,
) -> Result<Response, AppError> {
    let PostedFiles { mut visit, mut form, files, redraw } = posted;
    let sheet = open_sheet(&mut visit, &asked, Which::Nobody).await?;
    if !redraw && !form.is_bad() {
        match files.len() {
            0 => form.fail(FIELD, words::PHOTO_MISSING),
            1..=MOST => {}
            _ => form.fail(FIELD, words::too_many(MOST)),
        }
    }
    if redraw || form.is_bad() {
        return Ok(drawn(&app, &visit.actor, sheet, form));
    }
    // Reading takes a second or two a photograph: no connection waits for it.
    drop(visit);
    let (found, remarks) = read(&app, files).await?;
    let mut visit = Visit::again(&headers, &app, urls::PHOTO).await?;
    if found.is_empty() {
        form.fail(FIELD, remarks.join(" "));
        return Ok(drawn(&app, &visit.actor, sheet, form));
    }
    let looks = found.into_iter().map(|it| (it.looks_signed(), it.text)).map(|(signed, text)| (text, signed));
    let sorted = Sorted::of(looks, &sheet.ward_code, sheet.year);
    propose(&app, &mut visit, &asked, (sorted, remarks)).await
}

/// Reads photographs one after the other; gives what they show, and a sentence on each that shows nothing.
async fn read(app: &App, files: Vec<UploadedFile>) -> Result<(Vec<Found>, Vec<String>), AppError> {
    let (mut found, mut remarks) = (vec![], vec![]);
    let is_one = files.len() == 1;
    for file in files {
        let name = crate::platform::files::clean_name(&file.raw_name);
        let sentence = match read_one(app, file).await? {
            Ok(seen) if seen.is_empty() => words::NOTHING_FOUND.to_owned(),
            Ok(seen) => {
                found.extend(seen);
                continue;
            }
            Err(sentence) => sentence,
        };
        remarks.push(if is_one { sentence } else { words::about(&name, &sentence) });
    }
    Ok((found, remarks))
}

async fn read_one(app: &App, file: UploadedFile) -> Result<Result<Vec<Found>, String>, AppError> {
    let checked = match check_off_thread(file.raw_name, file.content).await {
        Ok(checked) if checked.kind().is_picture() => checked,
        Ok(_) => return Ok(Err(words::no_picture())),
        Err(CheckError::Rejected(rejected)) => return Ok(Err(crate::words::files::rejected(&rejected))),
        Err(CheckError::Io(error)) => return Err(AppError::Internal(error.into())),
    };
    let seen = app.press.run(move || Ok::<_, std::io::Error>(read_photo(&checked.into_bytes()?, &Limits::default())));
    let seen = seen.await?.map_err(anyhow::Error::from)?;
    Ok(seen.map_err(|error| words::unreadable(error).to_owned()))
}

async fn propose(
    app: &App,
    visit: &mut Visit,
    asked: &Asked,
    (sorted, mut remarks): (Sorted, Vec<String>),
) -> Result<Response, AppError> {
    let codes: Vec<String> = sorted.codes.keys().cloned().collect();
    let sheet = open_sheet(visit, asked, Which::Codes(&codes)).await?;
    let outside = codes.len() - sheet.signers.len();
    remarks.extend(words::others(sorted.foreign, sorted.other_ward, sorted.other_year, outside));
    if sheet.signers.is_empty() {
        let mut form = Filled::default();
        form.fail(FIELD, words::nothing_of_ours(&sheet.short.to_lowercase(), &remarks));
        return Ok(drawn(app, &visit.actor, sheet, form));
    }
    let rows = sheet.signers.len();
    let look = Look { what: What::List, group: Some(sheet.group), household: None, rows };
    privacy::store::log(&mut visit.db, &visit.actor, look, visit.now).await?;
    let looks_signed = |signer: &&Signer| sorted.codes.get(&signer.code) == Some(&true);
    let ticked = sheet.signers.iter().filter(|it| it.pledged_on.is_none()).filter(looks_signed);
    let day = Filled::default().with("ngay", dates::day(visit.now));
    let form = ticked.fold(day, |form, signer| form.with("ho", signer.id.to_string()));
    Ok(checked(app, &visit.actor, (sheet, form), (remarks, Some(&sorted.codes))))
}

/// The page of proposals; drawn again without what the photographs looked like, which nobody kept.
fn checked(
    app: &App,
    actor: &Actor,
    (sheet, form): (Sheet, Filled),
    (remarks, looks): (Vec<String>, Option<&BTreeMap<String, bool>>),
) -> Response {
    let is_empty = |signer: &Signer| looks.is_some_and(|looks| looks.get(&signer.code) == Some(&false));
    let plate = |signer: &Signer| match signer.address.house.as_str() {
        "" => signer.code.rsplit('-').next().unwrap_or_default().to_owned(),
        house => house.to_owned(),
    };
    let (mut open, mut signed) = (vec![], vec![]);
    for signer in &sheet.signers {
        match signer.pledged_on {
            Some(on) => signed.push((signer.clone(), dates::day(on))),
            None => open.push(Proposal { plate: plate(signer), is_empty: is_empty(signer), signer: signer.clone() }),
        }
    }
    let seen = form.values_of("ho").len();
    let page = CheckPage {
        shell: frame(app, actor, &sheet).failing(form.is_bad()),
        heading: words::seen(seen, open.len()),
        open,
        signed,
        remarks,
        how: How::Sheet.as_str(),
        sheet,
        form,
    };
    again(page.form.is_bad(), page)
}

/// What was confirmed, in one transaction. Whose households they are is asked anew: the form is only what somebody sent.
pub(super) async fn record(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let shown: Vec<HouseholdId> = posted.form.values_of("tren-anh").iter().filter_map(|id| id.parse().ok()).collect();
    let sheet = open_sheet(&mut posted.visit, &asked, Which::Ids(&shown)).await?;
    let (first, now) = (sheet.first_day, posted.visit.now);
    let check = |on| actions::check_day(on, first, now);
    let ticked = match posted.parse(|form| form::ticked(form, sheet.group, Mark::Pledged, &check)) {
        Ok(ticked) => ticked,
        Err(form) => return Ok(checked(&app, &posted.visit.actor, (sheet, form), (vec![], None))),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let by = actor.clone();
    match unstoppable(async move { actions::record_many(db, &by, &ticked, now).await }).await? {
        Ok(count) => {
            let list = urls::street(&View { group: Some(sheet.code), ..View::default() });
            Ok(Redirect::to(&format!("{list}&da-ghi={count}")).into_response())
        }
        Err(Refused::Invalid(faults)) => Ok(checked(&app, &actor, (sheet, form.with_faults(faults)), (vec![], None))),
        Err(refused) => Err(refused.into()),
    }
}
