//! The program over HTTP, with a real PostgreSQL behind it: one database per test, one client per seat, each form submitted as it
//! was drawn. `binhyen with-postgres -- cargo test` (that is, `make test`) gives the server.
#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

mod web {
    mod account;
    mod accounts;
    mod area;
    mod budgets;
    mod bundle;
    mod certificate;
    mod counting_day;
    mod cycle;
    mod decisions;
    mod delegation;
    mod evidence;
    mod files;
    mod hand_back;
    mod home;
    mod household;
    mod import;
    mod incident;
    mod jobs;
    mod manners;
    mod matrix;
    mod meeting;
    mod other_rules;
    mod paper;
    mod participation;
    mod participation_writes;
    mod permissions;
    mod privacy;
    mod public;
    mod registration;
    mod request;
    mod routes;
    mod ruleset;
    mod ruleset_editor;
    mod schema;
    mod sessions;
    mod sheets;
    mod steward;
    pub mod support;
    mod typing;
    mod units;
    mod wall;
    mod wording;
    mod year;
    mod years;
}
use web::support;
