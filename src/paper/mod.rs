//! Official papers: drafted from what the program knows, written over by people, numbered and issued, as PDF and Word.

pub mod model;
