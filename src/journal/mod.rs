//! What happened: one event for each change of state, written in the change's own transaction, never changed, never
//! deleted. Every page of a dossier tells its story from here.

pub mod model;
pub mod store;
