//! One test's own world: database, program, clock, folder.

use binhyen::access::Actor;
use binhyen::app::App;
use binhyen::platform::clock::{Clock, moment_of};
use binhyen::platform::db::Scoped;
use binhyen::web::session;
use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

use super::client::Client;
use super::database::{self, Urls};

/// A moment in Việt Nam: "2024-03-25" (at 9:00) or "2024-03-25T16:30".
pub fn day(text: &str) -> DateTime<Utc> {
    let text = if text.contains('T') { text.to_owned() } else { format!("{text}T09:00") };
    moment_of(NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M").expect("a day, or a day and a time"))
}

pub struct World {
    pub app: App,
    pub urls: Urls,
    router: axum::Router,
    /// Lives as long as the world: files and scratch lie in it.
    _folder: TempDir,
}

impl World {
    /// The sample year, untouched, on Monday 25 March 2024 at 9:00.
    pub async fn new() -> Self {
        Self::on("2024-03-25").await
    }

    pub async fn on(moment: &str) -> Self {
        Self::of(database::copy().await, day(moment)).await
    }

    /// The same world once more, on a database of its own; this one is closed and only good for copying.
    pub async fn again(&self) -> Self {
        self.app.db.close().await;
        Self::of(database::copy_of(&self.urls.name).await, self.app.clock.now()).await
    }

    async fn of(urls: Urls, now: DateTime<Utc>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let app = database::program(&urls, Clock::by_hand(now), folder.path()).await;
        let router = binhyen::router::build(app.clone());
        Self { app, urls, router, _folder: folder }
    }

    /// Moves the clock. Sessions that rest too long by then have to sign in again.
    /// Where its files lie.
    pub fn files(&self) -> std::path::PathBuf {
        self._folder.path().join("files")
    }

    pub fn now_is(&self, moment: &str) {
        self.app.clock.set(day(moment));
    }

    /// A browser without a session.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// The same person with the same session, in this world.
    pub fn taken_over(&self, client: &Client) -> Client {
        client.moved_to(self.router.clone())
    }

    /// A browser with somebody signed in, in the first (or only) seat.
    pub async fn client(&self, phone: &str) -> Client {
        let mut client = self.visitor();
        client.sign_in(phone).await;
        client
    }

    /// Enters as somebody who is signed in, to call an action without its page.
    pub async fn enter(&self, client: &Client) -> (Scoped, Actor) {
        let key = session::hash(client.session_key());
        let entered = self.app.db.enter_session(&key, self.app.clock.now(), self.app.settings.idle).await;
        let (db, entrance) = entered.expect("an entrance");
        let person = session::person(&entrance).expect("a person");
        (db, session::actor(&person, entrance).expect("a seat"))
    }

    /// A connection past row-level security, to look at what was written. Tests that change rows with it say why.
    pub async fn owner(&self) -> PgConnection {
        PgConnection::connect(&self.urls.migrate).await.expect("the owner's connection")
    }

    /// One value, read by the owner.
    pub async fn ask<T>(&self, question: &'static str) -> T
    where
        T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        let mut owner = self.owner().await;
        let answer = sqlx::query_scalar(question)
            .fetch_one(&mut owner)
            .await
            .unwrap_or_else(|error| panic!("{question}: {error}"));
        owner.close().await.expect("closing");
        answer
    }
}

impl Drop for World {
    fn drop(&mut self) {
        database::throw_away(self.urls.name.clone());
    }
}
