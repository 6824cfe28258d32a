//! The rules. `can_…` asks for a page's sake; `may_…` asks the same question and gives the permit.

mod area;
mod cycle;
mod dossier;
mod household;
mod incident;
mod ruleset;
mod meeting;

pub use area::*;
pub use cycle::*;
pub use dossier::*;
pub use household::*;
pub use incident::*;
pub use ruleset::*;
pub use meeting::*;
