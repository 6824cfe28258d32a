//! Taking the signed paper in: by a token as PDF, or by hand and scanned.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::show::draw;
use crate::access::rules;
use crate::app::App;
use crate::paper::actions::{self, Brought};
use crate::paper::model::{Issued, Told};
use crate::paper::{store, urls};
use crate::platform::files::{FileKind, StoredFile};
use crate::platform::id::PaperId;
use crate::platform::signed_pdf::{self, SignatureSeen, Verdict};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::posted_files::{PostedFiles, keep};
use crate::web::session::Visit;
use crate::words::{paper as words, signed as signed_words};

/// Takes it in. A file that claims to be signed by a token is compared with the bytes that were issued.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<PaperId>,
    posted: PostedFiles,
) -> Result<Response, AppError> {
    let PostedFiles { visit, mut form, files, .. } = posted;
    let Visit { actor, mut db, now } = visit;
    let whole = store::load(&mut db, id).await?;
    rules::can_sign_paper(&actor, &whole.paper)?;
    let issued = whole.paper.issued.clone().ok_or(AppError::NotFound)?;
    let kept = keep(&app, files, &mut form).await?;
    let brought = brought(&app, &issued, kept, &mut form).await?;
    let Some(brought) = brought else {
        let page = draw(&app, (&actor, &mut db), whole, (Some(form), now), None).await?;
        return Ok(again(true, page));
    };
    let work = async move { actions::add_signed(db, &app.rulesets, &actor, (id, &brought), now).await };
    unstoppable(work).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}

/// The file with what was found in it; none with a sentence at its field.
async fn brought(
    app: &App,
    issued: &Issued,
    kept: Vec<StoredFile>,
    form: &mut Filled,
) -> Result<Option<Brought>, AppError> {
    if form.is_bad() {
        return Ok(None);
    }
    let Some(stored) = kept.into_iter().next() else {
        form.fail("tep", words::FILE_MISSING);
        return Ok(None);
    };
    if stored.kind == FileKind::Docx {
        form.fail("tep", words::FILE_IS_WORD);
        return Ok(None);
    }
    if form.value("cach") != "token" {
        return Ok(Some(Brought { stored, found: None }));
    }
    let bytes = |error| AppError::Internal(anyhow::Error::new(error));
    let first = app.files.get(issued.sha256.parse().map_err(|_| AppError::NotFound)?).await.map_err(bytes)?;
    let second = app.files.get(stored.hash).await.map_err(bytes)?;
    match app.press.run(move || signed_pdf::examine(&first, &second)).await? {
        Ok(found) => {
            // What is certainly wrong is not taken in; what could not be computed is, and says so.
            if let Some(wrong) = found.signatures.iter().find(|it| it.verdict() == Verdict::Wrong) {
                form.fail("tep", signed_words::verdict(wrong));
                return Ok(None);
            }
            Ok(Some(Brought { stored, found: Some(found.signatures.iter().map(told).collect()) }))
        }
        Err(fault) => {
            form.fail("tep", signed_words::fault(fault));
            Ok(None)
        }
    }
}

/// A signature in words: what was checked, what it says of itself, what was not checked.
fn told(seen: &SignatureSeen) -> Told {
    let holder = seen.certificate.as_ref().map_or_else(String::new, signed_words::holder);
    let lines = [
        Some(signed_words::verdict(seen)),
        Some(signed_words::time(seen)),
        signed_words::after(seen).map(str::to_owned),
    ];
    Told { holder, lines: lines.into_iter().flatten().collect(), holds: seen.verdict() == Verdict::Right }
}
