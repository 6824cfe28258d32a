//! The papers that a ward prints: data in, PDF bytes out.
//!
//! Typst sets the type. It stands in a package of its own because it takes long to compile and nothing else needs it: whoever
//! edits a page of the program never waits for it. The looks live in `templates/`, one file per paper; the data reaches them as
//! JSON, so a name that reads like markup is only a name.

mod bind;
mod certificate;
mod clean;
mod day;
mod fit;
mod lines;
mod official;
pub mod paper;
mod pledge;
pub mod qr;
mod remaining;
pub mod sheet;
mod word;
mod world;

pub use certificate::certificates;
pub use day::Day;
pub use official::papers;
pub use paper::{Certificate, Paper};
pub use pledge::{Household, PledgeSheets, Style, pledge_sheets};
pub use remaining::{Remaining, RemainingList, remaining_list};
pub use word::{WordError, word, word_certificate};
pub use world::TypesetError;
