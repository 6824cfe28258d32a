//! Who takes part in a year: đăng ký tham gia and ký cam kết giao ước thi đua, household by household, to 100%.
//!
//! Each household of a year has one row with both marks, and the reason why it has not signed yet. The counts of a group
//! (`participation_tally`) are kept by the database with every write.

pub mod model;
pub mod store;
