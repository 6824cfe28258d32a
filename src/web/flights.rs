//! Counts the statements a request sends to the database: every page has a budget that its test asserts.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tracing::Subscriber;
use tracing_subscriber::layer::{Context, Layer};

tokio::task_local! {
    static COUNT: Arc<AtomicU32>;
}

/// How many statements a request sent; in the response's extensions and in the request's log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flights(pub u32);

/// Runs a request and counts its statements.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, Flights) {
    let count = Arc::new(AtomicU32::new(0));
    let done = COUNT.scope(Arc::clone(&count), work).await;
    (done, Flights(count.load(Ordering::Relaxed)))
}

/// Spawns work that a disconnecting browser must not stop halfway, and waits for it. Its statements count too.
///
/// # Errors
/// When the work panicked.
pub async fn unstoppable<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> anyhow::Result<T> {
    let task = match COUNT.try_with(Arc::clone) {
        Ok(count) => tokio::spawn(COUNT.scope(count, work)),
        Err(_) => tokio::spawn(work),
    };
    Ok(task.await?)
}

/// The tracing layer that sees each statement which sqlx reports.
#[derive(Debug, Clone, Copy)]
pub struct FlightCounter;

impl<S: Subscriber> Layer<S> for FlightCounter {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            // Outside a request there is nobody to count for.
            let _ = COUNT.try_with(|count| count.fetch_add(1, Ordering::Relaxed));
        }
    }
}
