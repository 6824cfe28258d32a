//! Reads one `multipart/form-data` body: text fields into memory, files onto the disk.
//!
//! Whatever goes wrong, the text that a person typed comes back, so that the form can be drawn
//! again with it. For that the rest of the body is read and dropped, within bounds; it also lets
//! the browser finish sending, since one that is still sending shows "connection reset" instead
//! of our answer.

use std::path::PathBuf;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, Multipart};
use axum::http::{StatusCode, header};
use chrono::NaiveDateTime;

use crate::platform::files::{MAX_FILE_BYTES, Received, Receiver};

/// How much is read of one body.
#[derive(Debug, Clone)]
pub struct Limits {
    /// One file, in bytes.
    pub file: u64,
    /// One text field, in bytes.
    pub text: usize,
    /// Fields and files together, by number.
    pub parts: usize,
    /// The whole body, in bytes, what is dropped included.
    pub body: u64,
    /// The longest silence while a part is on its way. The whole may take long: 20 MB at 400 kbps
    /// are seven minutes.
    pub silence: Duration,
    /// Where files lie until they are checked.
    pub folder: PathBuf,
}

/// The most bytes of one upload that are read, dropped ones included (64 MB).
pub const MAX_BODY_BYTES: u64 = 64 * 1024 * 1024;

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: MAX_FILE_BYTES,
            text: 64 * 1024,
            parts: 100,
            body: MAX_BODY_BYTES,
            silence: Duration::from_secs(30),
            folder: std::env::temp_dir(),
        }
    }
}

/// The layer that an upload route needs: the framework's own limit is 2 MB, and ours must strike
/// first. The margin is for boundaries and part headers, which [`Limits::body`] does not count.
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(MAX_BODY_BYTES as usize + 1024 * 1024)
}

/// A body read to its end.
#[derive(Debug, Default)]
pub struct Upload {
    /// Name and value of each text field, in the order sent.
    pub fields: Vec<(String, String)>,
    /// The files that were chosen; a file control left alone is not among them.
    pub files: Vec<UploadedFile>,
}

/// A file as it was sent; nothing about it is to be believed before `files::check`.
#[derive(Debug)]
pub struct UploadedFile {
    /// Name of the form field.
    pub field: String,
    /// The name that the browser gave, as it was sent; may be empty.
    pub raw_name: String,
    /// Its content, size and hash.
    pub content: Received,
    /// When the picture was taken, as the device read it before it made the picture smaller.
    pub taken_at: Option<NaiveDateTime>,
}

/// Reading did not succeed; files are gone, what was typed is here.
#[derive(Debug, thiserror::Error)]
#[error("upload not taken: {stopped}")]
pub struct UploadError {
    /// The first thing that went wrong.
    #[source]
    pub stopped: Stopped,
    /// The text fields that were read, before and after it. A too long one is cut, one that is
    /// not UTF-8 has replacement characters.
    pub fields: Vec<(String, String)>,
}

/// What went wrong. The sentences for people are in `words::files`.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A file over [`Limits::file`].
    #[error("file in {field:?} is over {limit} bytes")]
    FileTooLarge {
        /// The form field.
        field: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// A text over [`Limits::text`].
    #[error("text in {field:?} is over {limit} bytes")]
    TextTooLong {
        /// The form field.
        field: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// A text that is not UTF-8.
    #[error("text in {field:?} is not UTF-8")]
    NotUtf8 {
        /// The form field.
        field: String,
    },
    /// Over [`Limits::parts`].
    #[error("more than {limit} parts")]
    TooManyParts {
        /// The limit.
        limit: usize,
    },
    /// Over [`Limits::body`].
    #[error("body is over {limit} bytes")]
    BodyTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Nothing arrived for [`Limits::silence`].
    #[error("nothing arrived for too long")]
    Stalled,
    /// The body ended early or is not a form.
    #[error("the body is not a whole form")]
    BrokenOff,
    /// Our own disk failed.
    #[error("cannot write the received file")]
    Disk(#[source] std::io::Error),
}

impl Stopped {
    /// The status of the page that says it.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::FileTooLarge { .. } | Self::TextTooLong { .. } | Self::BodyTooLarge { .. } => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::NotUtf8 { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyParts { .. } | Self::BrokenOff => StatusCode::BAD_REQUEST,
            Self::Stalled => StatusCode::REQUEST_TIMEOUT,
            Self::Disk(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The form field that the sentence belongs beside, if it is about one.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::FileTooLarge { field, .. } | Self::TextTooLong { field, .. } | Self::NotUtf8 { field } => Some(field),
            Self::TooManyParts { .. } | Self::BodyTooLarge { .. } | Self::Stalled | Self::BrokenOff | Self::Disk(_) => {
                None
            }
        }
    }
}

/// Reads the body to its end, or as far as the limits go.
pub async fn read(multipart: Multipart, limits: &Limits) -> Result<Upload, UploadError> {
    let mut reader = Reader { limits, upload: Upload::default(), stopped: None, read: 0, parts: 0 };
    let end = reader.all(multipart).await;
    // What went wrong first is what the person can mend; the rest may follow from it.
    match reader.stopped.or(end.err()) {
        None => Ok(reader.upload),
        Some(stopped) => Err(UploadError { stopped, fields: reader.upload.fields }),
    }
}

struct Reader<'l> {
    limits: &'l Limits,
    upload: Upload,
    /// Set by the first trouble that still allows reading on; from then on files are dropped.
    stopped: Option<Stopped>,
    read: u64,
    parts: usize,
}

impl Reader<'_> {
    /// An error here ends the reading; lesser trouble is noted.
    async fn all(&mut self, mut multipart: Multipart) -> Result<(), Stopped> {
        loop {
            let next = tokio::time::timeout(self.limits.silence, multipart.next_field()).await;
            let next = next.map_err(|_| Stopped::Stalled)?;
            let Some(field) = next.map_err(|error| self.broken(&error))? else {
                return Ok(());
            };
            self.parts += 1;
            if self.parts > self.limits.parts {
                let limit = self.limits.parts;
                return Err(Stopped::TooManyParts { limit });
            }
            match is_file(&field) {
                true => self.file(field).await?,
                false => self.text(field).await?,
            }
        }
    }

    async fn text(&mut self, mut field: Field<'_>) -> Result<(), Stopped> {
        let name = field.name().unwrap_or_default().to_owned();
        let limit = self.limits.text;
        let mut bytes = Vec::new();
        let mut cut = false;
        let outcome = loop {
            match self.piece(&mut field).await {
                Ok(None) => break Ok(()),
                Err(stopped) => break Err(stopped),
                Ok(Some(piece)) => {
                    let room = piece.len().min(limit - bytes.len());
                    bytes.extend_from_slice(&piece[..room]);
                    cut |= room < piece.len();
                }
            }
        };
        if cut {
            // The limit may fall inside a letter, which is no fault of the text.
            let whole = String::from_utf8_lossy(&bytes);
            let whole = whole.trim_end_matches('\u{fffd}').to_owned();
            bytes = whole.into_bytes();
            let field = name.clone();
            self.note(Stopped::TextTooLong { field, limit });
        }
        let value = String::from_utf8(bytes).unwrap_or_else(|error| {
            let field = name.clone();
            self.note(Stopped::NotUtf8 { field });
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        self.upload.fields.push((name, value));
        outcome
    }

    async fn file(&mut self, mut field: Field<'_>) -> Result<(), Stopped> {
        let name = field.name().unwrap_or_default().to_owned();
        let raw_name = field.file_name().unwrap_or_default().to_owned();
        let mut receiver = None;
        while let Some(piece) = self.piece(&mut field).await? {
            // Once refused, the rest of the body is only read past.
            if self.stopped.is_some() || piece.is_empty() {
                continue;
            }
            let taking = match &mut receiver {
                Some(receiver) => receiver,
                None => receiver.insert(self.receiver().await?),
            };
            if !taking.write(&piece).await.map_err(Stopped::Disk)? {
                let limit = self.limits.file;
                let field = name.clone();
                self.note(Stopped::FileTooLarge { field, limit });
                receiver = None;
            }
        }
        let receiver = match receiver {
            Some(receiver) => receiver,
            // A file control left alone is sent as a file without name and content.
            None if self.stopped.is_some() || raw_name.is_empty() => return Ok(()),
            None => self.receiver().await?,
        };
        let content = receiver.finish().await.map_err(Stopped::Disk)?;
        self.upload.files.push(UploadedFile { field: name, raw_name, content, taken_at: None });
        Ok(())
    }

    async fn receiver(&self) -> Result<Receiver, Stopped> {
        Receiver::new(&self.limits.folder, self.limits.file).await.map_err(Stopped::Disk)
    }

    /// The next piece of a part, counted against the whole body.
    async fn piece(&mut self, field: &mut Field<'_>) -> Result<Option<Bytes>, Stopped> {
        let piece = tokio::time::timeout(self.limits.silence, field.chunk())
            .await
            .map_err(|_| Stopped::Stalled)?
            .map_err(|error| self.broken(&error))?;
        self.read += piece.as_ref().map_or(0, Bytes::len) as u64;
        if self.read > self.limits.body {
            let limit = self.limits.body;
            return Err(Stopped::BodyTooLarge { limit });
        }
        Ok(piece)
    }

    fn note(&mut self, stopped: Stopped) {
        // Files are of no use any more; this gives their room on the disk back.
        self.upload.files.clear();
        self.stopped.get_or_insert(stopped);
    }

    fn broken(&self, error: &axum::extract::multipart::MultipartError) -> Stopped {
        match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Stopped::BodyTooLarge { limit: self.limits.body },
            _ => Stopped::BrokenOff,
        }
    }
}

/// A part is a file when it has a file name, even an empty one or one that cannot be read.
fn is_file(field: &Field<'_>) -> bool {
    field.file_name().is_some()
        || field
            .headers()
            .get(header::CONTENT_DISPOSITION)
            .is_some_and(|value| value.as_bytes().windows(9).any(|w| w == b"filename="))
}

#[cfg(test)]
mod tests;
