//! The program over HTTP, with a real PostgreSQL behind it: one database per test, one client per seat, each form submitted as it
//! was drawn. `binhyen with-postgres -- cargo test` (that is, `make test`) gives the server.

#[path = "web/support/mod.rs"]
mod support;

#[path = "web/home.rs"]
mod home;

#[path = "web/year.rs"]
mod year;

#[path = "web/account.rs"]
mod account;

#[path = "web/sessions.rs"]
mod sessions;

#[path = "web/delegation.rs"]
mod delegation;

#[path = "web/steward.rs"]
mod steward;
