//! What the forms of a dossier's steps have in common: drawn from a version, read, and drawn again with every word when something is
//! wrong or somebody else was first.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::dossier;
use crate::dossier::actions::{Opened, Order};
use crate::journal;
use crate::platform::id::DossierId;
use crate::web::error::AppError;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::{Posted, Visit};

/// What stands around the fields of such a form.
pub(crate) struct Around {
    /// "Tổ dân phố 7".
    pub(crate) unit: String,
    /// Where the form goes.
    pub(crate) action: String,
    /// The dossier.
    pub(crate) back: String,
    /// Somebody else moved the dossier while it was being filled in.
    pub(crate) overtaken: bool,
}

impl Around {
    /// Around a form about this dossier.
    pub(crate) fn new(opened: &Opened, action: fn(DossierId) -> String, overtaken: bool) -> Self {
        let id = opened.whole.dossier.id;
        let unit = page::capital(&opened.whole.subject_name);
        Self { unit, action: action(id), back: dossier::urls::show(id), overtaken }
    }
}

/// What a form holds when it is drawn.
pub(crate) struct Drawn {
    /// What was typed.
    pub(crate) form: Filled,
    /// Somebody else moved the dossier meanwhile.
    pub(crate) overtaken: bool,
}

impl Drawn {
    /// A form nobody has typed into.
    pub(crate) fn first(opened: &Opened) -> Self {
        Filled::default().with("_phien_ban", opened.whole.dossier.version.to_string()).into()
    }

    /// The same with a field filled in.
    pub(crate) fn with(self, name: &str, value: impl Into<String>) -> Self {
        Self { form: self.form.with(name, value), ..self }
    }
}

impl From<Filled> for Drawn {
    fn from(form: Filled) -> Self {
        Self { form, overtaken: false }
    }
}

/// What a form sent in comes to.
pub(crate) enum Read<T> {
    /// What it says, and of which version of the dossier.
    Good(T, Order),
    /// The page to answer with.
    Again(Response),
}

/// Reads a form about a dossier. `verbs` are the events of this step: a form merely sent twice is not overtaken.
pub(crate) async fn read<T, P: IntoResponse>(
    posted: &mut Posted,
    (opened, verbs): (&Opened, &[&str]),
    parse: impl FnOnce(Filled) -> Result<T, Filled>,
    draw: impl Fn(&Visit, Drawn) -> Result<P, AppError>,
) -> Result<Read<T>, AppError> {
    let (id, at_hand) = (opened.whole.dossier.id, opened.whole.dossier.version);
    let said = match posted.parse(parse) {
        Ok(said) => said,
        Err(typed) => return Ok(Read::Again(page::again(typed.is_bad(), draw(&posted.visit, typed.into())?))),
    };
    let order = Order { id, version: posted.version()? };
    if is_overtaken(&mut posted.visit, order, at_hand, verbs).await? {
        let drawn = Drawn { form: anew(&posted.form, at_hand), overtaken: true };
        // Where the step is gone for this seat, the page of a stale form says so.
        let page = draw(&posted.visit, drawn).map_err(|_| AppError::Stale)?;
        return Ok(Read::Again((StatusCode::CONFLICT, page).into_response()));
    }
    Ok(Read::Good(said, order))
}

/// Whether somebody else moved the dossier since a form was drawn.
async fn is_overtaken(visit: &mut Visit, order: Order, at_hand: i32, verbs: &[&str]) -> Result<bool, AppError> {
    Ok(order.version != at_hand
        && !journal::store::did_already(&mut visit.db, &visit.actor, order.id, verbs, order.version).await?)
}

/// What was typed, on a form of the dossier as it is now.
pub(super) fn anew(typed: &Filled, version: i32) -> Filled {
    let kept = typed.carried().into_iter().filter(|(name, _)| *name != "_phien_ban");
    Filled::from_pairs(kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
        .with("_phien_ban", version.to_string())
}
