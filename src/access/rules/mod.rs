//! The rules. `can_…` asks for a page's sake; `may_…` asks the same question and gives the permit.

mod area;
mod bundle;
mod certificate;
mod cycle;
mod dossier;
mod household;
mod incident;
mod many;
mod meeting;
mod paper;
mod ruleset;
mod wording;

pub use area::*;
pub use bundle::*;
pub use certificate::*;
pub use cycle::*;
pub use dossier::*;
pub use household::*;
pub use incident::*;
pub use many::*;
pub use meeting::*;
pub use paper::*;
pub use ruleset::*;
pub use wording::*;
