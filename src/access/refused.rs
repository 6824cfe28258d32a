//! Why an action did not happen. Nothing was written when one of these comes back.

use super::Denial;

/// The ways in which an action ends without having done anything.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Not there, or outside the seat's scope: the two cannot be told apart from outside.
    #[error("not found")]
    NotFound,
    /// A rule says no.
    #[error(transparent)]
    Denied(#[from] Denial),
    /// Somebody else changed it since the form was drawn.
    #[error("stale")]
    Stale,
    /// What was typed does not hold: field and sentence.
    #[error("invalid input")]
    Invalid(Vec<(&'static str, String)>),
    /// The database, or data that should not be there.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            other => Self::Failed(other.into()),
        }
    }
}
