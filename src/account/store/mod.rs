//! Every statement on accounts, seats, sessions and delegations. The program has no grant on these tables: each statement
//! calls a function of migration 0010, which filters by the scope of the connection.

pub mod delegation;
pub mod first;
pub mod own;
pub mod seats;
pub mod signin;
pub mod steward;
