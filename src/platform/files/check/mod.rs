//! Looks into a file before anything is kept of it. The content decides, never the name.

mod docx;
mod jpeg;
mod ole;
mod pdf;
mod png;
mod sniff;
mod strip;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use chrono::NaiveDateTime;
use tokio::sync::Semaphore;

use super::name::{name_for, promised_kind};
use super::{ContentHash, FileKind, MAX_FILE_BYTES, Received};
pub use docx::MAX_ENTRIES as MAX_DOCX_ENTRIES;
pub use sniff::Foreign;
use sniff::Found;

/// The largest picture that is taken, in pixels: a viewer needs four bytes of memory for each.
pub const MAX_PIXELS: u64 = 100_000_000;

/// How many files are looked into at once; a Word file may keep a core busy for half a second.
static LOOKING: Semaphore = Semaphore::const_new(2);

/// A file whose content was found to be what it should be. Only [`check`] makes one.
#[derive(Debug)]
pub struct CheckedFile {
    name: String,
    kind: FileKind,
    received: Received,
    taken_at: Option<NaiveDateTime>,
}

impl CheckedFile {
    /// The cleaned name, with the extension of what is inside.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Size in bytes, of what is kept.
    pub fn size(&self) -> u64 {
        self.received.size()
    }

    /// SHA-256 of what is kept.
    pub fn hash(&self) -> ContentHash {
        self.received.hash()
    }

    /// When the picture was taken, as its camera wrote it: civil time of the place.
    pub fn taken_at(&self) -> Option<NaiveDateTime> {
        self.taken_at
    }

    /// The same with a time that the sender's device read before it made the picture smaller; the picture's own goes first.
    #[must_use]
    pub fn or_taken_at(mut self, told: Option<NaiveDateTime>) -> Self {
        self.taken_at = self.taken_at.or(told.filter(|_| self.kind.is_picture()));
        self
    }

    /// The whole content in memory: for files that are read and not kept. Blocks.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.received.into_bytes()
    }

    pub(super) fn into_parts(self) -> (String, FileKind, Received, Option<NaiveDateTime>) {
        (self.name, self.kind, self.received, self.taken_at)
    }
}

/// Why a file is not taken. The sentences for people are in `words::files`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// No bytes at all.
    #[error("empty file")]
    Empty,
    /// Over [`MAX_FILE_BYTES`].
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// A kind that is taken, under the name of another.
    #[error("named as {claimed:?}, contains {found:?}")]
    Misnamed {
        /// What the name promises.
        claimed: FileKind,
        /// What is inside.
        found: FileKind,
    },
    /// A kind that is not taken.
    #[error("not an accepted kind: named as {claimed:?}, contains {found:?}")]
    NotAccepted {
        /// What the name promises, if it promises an accepted kind.
        claimed: Option<FileKind>,
        /// What is inside, if recognised.
        found: Option<Foreign>,
    },
    /// The picture format of iPhones.
    #[error("HEIC picture")]
    Heic,
    /// Word before 2007 (.doc).
    #[error("old binary Word file")]
    OldWord,
    /// An Office file behind a password.
    #[error("password-protected Office file")]
    Locked,
    /// Begins as this kind, but is cut off or broken.
    #[error("damaged {kind:?}")]
    Damaged {
        /// What it begins as.
        kind: FileKind,
    },
    /// Over [`MAX_PIXELS`].
    #[error("picture of {width} x {height} pixels")]
    TooManyPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// A Word file with program code in it.
    #[error("Word file with macros")]
    Macros,
    /// A Word file whose inner names point outside of it.
    #[error("Word file with an unsafe entry name")]
    UnsafeEntry,
    /// A Word file with more than [`MAX_DOCX_ENTRIES`] inner files.
    #[error("Word file with too many entries")]
    TooManyEntries,
    /// A Word file that grows out of all proportion when opened (a zip bomb), or lies about it.
    #[error("Word file inflates beyond the limit")]
    Inflates,
}

/// The file is refused, or could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The person can do something about it.
    #[error(transparent)]
    Rejected(#[from] Rejected),
    /// Our own disk failed.
    #[error("cannot read the received file")]
    Io(#[from] io::Error),
}

type Outcome = Result<(), CheckError>;

/// A piece of a picture under its name there: what a walk saw from one byte up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch<N> {
    name: N,
    from: u64,
    to: u64,
}

impl<N> Stretch<N> {
    fn of<'a>(&self, whole: &'a [u8]) -> &'a [u8] {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        whole.get(place(self.from)..place(self.to)).unwrap_or_default()
    }
}

/// Judges a received file by its content; `raw_name` is the name exactly as it was sent.
///
/// A PNG named `.jpg` (and the reverse) is taken under the right extension, since phones and chat
/// programs do this to people; any other disagreement of name and content is refused, so that
/// nobody hands in something else than they believe. Encrypted PDFs are taken. Of a picture only what draws it stays: not where it
/// was taken.
///
/// Reads the file and may inflate up to 200 MB: blocks. In async code use [`check_off_thread`].
pub fn check(raw_name: &str, mut received: Received) -> Result<CheckedFile, CheckError> {
    let size = received.size();
    if size == 0 {
        return Err(Rejected::Empty.into());
    }
    if size > MAX_FILE_BYTES {
        let limit = MAX_FILE_BYTES;
        return Err(Rejected::TooLarge { limit }.into());
    }
    let claimed = promised_kind(raw_name);
    let kind = recognised(claimed, received.rewound()?)?;
    let mut content = BufReader::with_capacity(64 * 1024, received.rewound()?);
    let clean = match kind {
        FileKind::Pdf => pdf::check(&mut content, size).map(|()| None)?,
        FileKind::Docx => docx::check(&mut content, size, &docx::LIMITS).map(|()| None)?,
        FileKind::Jpeg => Some(strip::jpeg(&jpeg::check(&mut content, size)?, &whole(&mut content)?)),
        FileKind::Png => Some(strip::png(&png::check(&mut content, size)?, &whole(&mut content)?)),
    };
    drop(content);
    let taken_at = clean.as_ref().and_then(|clean| clean.taken_at);
    if let Some(clean) = clean.filter(|clean| ContentHash::of(&clean.bytes) != received.hash()) {
        received.replace(&clean.bytes)?;
    }
    Ok(CheckedFile { name: name_for(raw_name, kind), kind, received, taken_at })
}

/// All of a file, from its first byte.
fn whole(content: &mut BufReader<&mut File>) -> io::Result<Vec<u8>> {
    content.seek(SeekFrom::Start(0))?;
    let mut bytes = vec![];
    content.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// [`check`] on the blocking pool, two at a time.
pub async fn check_off_thread(raw_name: String, received: Received) -> Result<CheckedFile, CheckError> {
    let _turn = LOOKING.acquire().await.map_err(io::Error::other)?;
    tokio::task::spawn_blocking(move || check(&raw_name, received)).await.map_err(io::Error::other)?
}

/// The accepted kind that the file begins as, in agreement with its name.
fn recognised(claimed: Option<FileKind>, content: &mut File) -> Result<FileKind, CheckError> {
    let rejected = match sniff::sniff(content, claimed)? {
        Found::Kind(found) => match claimed {
            Some(claimed) if !agree(claimed, found) => Rejected::Misnamed { claimed, found },
            _ => return Ok(found),
        },
        Found::Heic => Rejected::Heic,
        Found::OldWord => Rejected::OldWord,
        Found::Locked => Rejected::Locked,
        Found::BrokenDocx => Rejected::Damaged { kind: FileKind::Docx },
        Found::CrowdedZip => Rejected::TooManyEntries,
        Found::MacroWord => Rejected::Macros,
        Found::Foreign(found) => Rejected::NotAccepted { claimed, found: Some(found) },
        Found::Unknown => Rejected::NotAccepted { claimed, found: None },
    };
    Err(rejected.into())
}

fn agree(claimed: FileKind, found: FileKind) -> bool {
    claimed == found || (claimed.is_picture() && found.is_picture())
}

/// Refuses a picture without pixels or with too many.
fn check_pixels(kind: FileKind, width: u32, height: u32) -> Result<(), Rejected> {
    if width == 0 || height == 0 {
        return Err(Rejected::Damaged { kind });
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Rejected::TooManyPixels { width, height });
    }
    Ok(())
}

/// The file ended before its format did: that is damage, not a failure of our disk.
fn damaged_at_end(kind: FileKind) -> impl Fn(io::Error) -> CheckError {
    move |error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Rejected::Damaged { kind }.into(),
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests;
