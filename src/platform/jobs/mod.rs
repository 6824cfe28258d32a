//! The queue of work that goes on after its request: one table, claimed with SKIP LOCKED and a lease.
//!
//! A job is put in by the transaction of what it follows, so that it is neither lost nor run too early. It holds ids and nothing of
//! people. Whoever works on it enters by `Database::enter_job`, as the person who asked for it. A worker that dies lets its lease run
//! out, and another one begins the job anew: a job's work must bear being begun twice.

pub mod store;

use std::sync::Arc;

use chrono::Duration;
use tokio::sync::Notify;
use uuid::Uuid;

use super::clock::Clock;
use super::db::Database;
use super::id::JobId;

/// A job that this worker has for one lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What kind of work: a word that the worker knows.
    pub kind: String,
    /// The thing it works on.
    pub about: Uuid,
    /// Which attempt this is, from 1.
    pub attempts: i32,
}

/// How far a job has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// "waiting", "running", "done" or "failed".
    pub state: String,
    /// Steps done.
    pub done: i32,
    /// Steps in all; 0 while nobody knows.
    pub total: i32,
}

/// Tells the worker of this process that there is work, so that nobody waits for its next look.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Rings after a commit that put a job in.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Waits for a ring.
    pub async fn heard(&self) {
        self.0.notified().await;
    }
}

/// Tells the page that waits how far a job has come, and keeps its lease. It has a connection of its own, because a job's own
/// transaction is seen by nobody before it ends.
#[derive(Debug)]
pub struct Reporter {
    db: Database,
    job: JobId,
    clock: Clock,
    lease: Duration,
}

impl Reporter {
    /// Reports on a job, each time for one more lease.
    #[must_use]
    pub const fn new(db: Database, job: JobId, clock: Clock, lease: Duration) -> Self {
        Self { db, job, clock, lease }
    }

    /// So many steps of so many are done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reached(&self, done: usize, total: usize) -> Result<(), sqlx::Error> {
        let steps = (i32::try_from(done).unwrap_or(i32::MAX), i32::try_from(total).unwrap_or(i32::MAX));
        let mut conn = self.db.enter_public().await?;
        store::advance(&mut conn, self.job, steps, self.clock.now() + self.lease).await
    }
}
