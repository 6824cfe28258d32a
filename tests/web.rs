//! The program over HTTP, with a real PostgreSQL behind it: one database per test, one client per seat, each form submitted as it
//! was drawn. `binhyen with-postgres -- cargo test` (that is, `make test`) gives the server.

mod web {
    mod accounts;
    mod budgets;
    mod decisions;
    mod files;
    mod home;
    mod manners;
    mod other_rules;
    mod permissions;
    mod registration;
    mod request;
    mod routes;
    mod schema;
    pub mod support;
    mod typing;
    mod units;
    mod wall;
    mod year;
    mod years;
}
use web::support;
