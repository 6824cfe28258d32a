//! Files that people hand in: received, looked into, stored by what they contain.
//!
//! The way of a file is a chain of types, so that nothing unchecked is ever stored:
//! bytes from outside become [`Received`] (counted, hashed, in a nameless temporary file),
//! [`check`] turns that into [`CheckedFile`] or says why not ([`Rejected`]), and only a
//! `CheckedFile` can be given to [`FileStore::put`]. The name that a person gave decides nothing
//! but what we call the file afterwards.

mod check;
mod hash;
mod kind;
mod made;
mod name;
mod pieces;
mod received;
#[cfg(test)]
pub(crate) mod samples;
mod store;

pub use check::{CheckError, CheckedFile, Foreign, MAX_DOCX_ENTRIES, MAX_PIXELS, Rejected, check, check_off_thread};
pub use hash::{BadHash, ContentHash};
pub use kind::FileKind;
pub use made::Made;
pub use name::clean_name;
pub use pieces::Pieces;
pub use received::{Received, Receiver};
pub use store::{FileStore, Reading, S3Settings, StoreError, StoredFile};

/// The largest file that is taken, in bytes (20 MB).
pub const MAX_FILE_BYTES: u64 = 20 * 1024 * 1024;
