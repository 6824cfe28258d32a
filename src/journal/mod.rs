//! What happened: one event for each change of state, written in the change's own transaction, never changed, never
//! deleted. The pages of dossiers, years and units tell their story from here.

pub mod model;
pub mod store;
pub mod told;
