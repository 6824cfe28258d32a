//! The texts from which papers are drafted, as stewards write them.
//!
//! The program comes with a wording for each kind of paper. A steward of a city or of a ward may publish another one for the own
//! place: it is tried on facts of several years before it is taken, never changes afterwards, and going back is publishing an
//! older one anew. A ward without its own takes the city's. A wording that works no longer, because facts changed, is left aside
//! and the one of the program takes its place; the list says so. [`store::current`] is what papers ask.

pub mod actions;
mod form;
pub mod model;
pub mod pages;
pub mod store;
pub mod urls;
