//! Published rulesets never change, so each is read from the database once.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use sqlx::PgConnection;

use super::{Ruleset, store};
use crate::platform::id::RulesetId;

/// The rulesets read so far.
#[derive(Clone, Debug, Default)]
pub struct Rulesets {
    known: Arc<RwLock<HashMap<RulesetId, Arc<Ruleset>>>>,
}

impl Rulesets {
    /// The ruleset of that id, from memory or from the database.
    ///
    /// # Errors
    /// When there is none, or its body is not one this program can read.
    pub async fn get(&self, conn: &mut PgConnection, id: RulesetId) -> anyhow::Result<Arc<Ruleset>> {
        if let Ok(known) = self.known.read()
            && let Some(found) = known.get(&id)
        {
            return Ok(Arc::clone(found));
        }
        let ruleset = Arc::new(Ruleset::from_json(&store::body(conn, id).await?)?);
        if let Ok(mut known) = self.known.write() {
            known.insert(id, Arc::clone(&ruleset));
        }
        Ok(ruleset)
    }
}
