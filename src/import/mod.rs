//! Household lists as people keep them, in spreadsheets: what they mean, row by row, before anything is written.

pub mod model;
