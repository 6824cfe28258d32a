//! What is heavy about paper: setting its type and reading photographs of it. It is done on threads of its own, never more at once
//! than half of the machine, so that nobody's page waits for somebody's sheets.
//!
//! Nobody holds a database connection while waiting here.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

/// How long somebody waits for a turn before hearing that it is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// Does heavy work apart. Clones share the same bound.
#[derive(Debug, Clone)]
pub struct Press {
    turns: Arc<Semaphore>,
    patience: Duration,
}

/// Why work was not done.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// Too many are waiting; nothing was begun.
    #[error("too much paper at once")]
    Busy,
    /// The work panicked.
    #[error("the work on paper broke off")]
    Broken,
}

impl Default for Press {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::of((cores / 2).max(1), PATIENCE)
    }
}

impl Press {
    /// A press with so many turns at once, for which one waits so long.
    #[must_use]
    pub fn of(turns: usize, patience: Duration) -> Self {
        Self { turns: Arc::new(Semaphore::new(turns)), patience }
    }

    /// Does the work when its turn has come.
    ///
    /// # Errors
    /// [`PressError::Busy`] when no turn came in time; [`PressError::Broken`] when the work panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PressError> {
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(PressError::Busy) };
        // The turn goes along: whoever gives up waiting for an answer does not stop the thread, so it stays taken.
        let worked = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        worked.await.map_err(|_| PressError::Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_busy_press_says_so_and_is_free_again_afterwards() {
        let press = Press::of(1, Duration::from_millis(30));
        let (begun, is_begun) = tokio::sync::oneshot::channel();
        let (go_on, gate) = std::sync::mpsc::channel::<()>();
        let slow = tokio::spawn({
            let press = press.clone();
            async move {
                let work = move || {
                    let _ = begun.send(());
                    gate.recv().is_ok()
                };
                press.run(work).await
            }
        });
        is_begun.await.unwrap();
        assert!(matches!(press.run(|| ()).await, Err(PressError::Busy)));
        go_on.send(()).unwrap();
        assert!(slow.await.unwrap().unwrap());
        assert_eq!(press.run(|| 7).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_turn_back() {
        let press = Press::of(1, Duration::from_secs(5));
        assert!(matches!(press.run(|| panic!("ink")).await, Err::<(), _>(PressError::Broken)));
        assert_eq!(press.run(|| 7).await.unwrap(), 7);
    }
}
