//! Lent seats.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

use crate::access::{Form, Refused};
use crate::account::model::Phone;
use crate::platform::id::{DelegationId, SeatId};
use crate::ruleset::DossierKind;

/// A seat that was lent.
#[derive(Debug, Clone)]
pub struct Lent {
    /// Its id.
    pub id: DelegationId,
    /// To whom.
    pub deputy: String,
    /// How the deputy signs.
    pub form: String,
    /// The kinds of dossier, as the database names them.
    pub scope: Vec<String>,
    /// Why.
    pub reason: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// What the holder of this seat has lent, those that hold first.
///
/// # Errors
/// What the database says.
pub async fn of_seat(conn: &mut PgConnection, seat: SeatId) -> Result<Vec<Lent>, sqlx::Error> {
    sqlx::query_as!(
        Lent,
        r#"select id as "id!", deputy as "deputy!", form as "form!", scope as "scope!", reason as "reason!", valid_from as "from!",
                  valid_to as "to!", revoked_at
             from my_delegations($1)"#,
        seat.uuid()
    )
    .fetch_all(conn)
    .await
}

/// A seat to be lent.
#[derive(Debug)]
pub struct NewDelegation {
    /// The deputy's number.
    pub phone: Phone,
    /// How the deputy signs.
    pub form: Form,
    /// The kinds of dossier.
    pub scope: Vec<DossierKind>,
    /// Why.
    pub reason: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// What came of lending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Lent, to this person.
    To(String),
    /// The seat is not one's own, or not one to lend.
    NotYours,
    /// Nobody in this city has a seat and that number.
    UnknownPhone,
    /// To oneself.
    Oneself,
    /// The same person has it already in some of those days.
    Overlaps,
}

/// Lends the seat.
///
/// # Errors
/// What the database says.
pub async fn make(
    conn: &mut PgConnection,
    seat: SeatId,
    new: &NewDelegation,
    now: DateTime<Utc>,
) -> Result<Made, Refused> {
    let scope: Vec<String> = new.scope.iter().map(|kind| kind.as_str().to_owned()).collect();
    let row = sqlx::query!(
        "select outcome, deputy from make_delegation($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        DelegationId::new(now).uuid(),
        seat.uuid(),
        new.phone.as_str(),
        new.form.as_str(),
        &scope,
        new.reason,
        new.from,
        new.to,
        now
    )
    .fetch_one(conn)
    .await?;
    Ok(match (row.outcome.as_deref(), row.deputy) {
        (Some("made"), Some(deputy)) => Made::To(deputy),
        (Some("not_yours"), _) => Made::NotYours,
        (Some("unknown_phone"), _) => Made::UnknownPhone,
        (Some("oneself"), _) => Made::Oneself,
        (Some("overlaps"), _) => Made::Overlaps,
        (other, _) => return Err(Refused::Failed(anyhow::anyhow!("lending a seat answered {other:?}"))),
    })
}

/// Takes it back; gives the deputy's name, or nothing when it is not one's own or was taken back already.
///
/// # Errors
/// What the database says.
pub async fn revoke(
    conn: &mut PgConnection,
    id: DelegationId,
    now: DateTime<Utc>,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select revoke_delegation($1, $2)", id.uuid(), now).fetch_one(conn).await
}
