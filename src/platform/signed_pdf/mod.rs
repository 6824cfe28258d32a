//! A PDF that came back signed, beside the bytes that were issued.
//!
//! Somebody downloads a paper, signs it on their own machine with a token, and sends it back. Programs that sign append: the issued bytes stay
//! as they are, a field of a signature follows, and in its dictionary a hole holds the signature over everything outside the hole. What
//! is said here is what the bytes prove, and [`Unchecked`] lists what they do not.
//!
//! Nothing here asks the network, a clock or a list of authorities. The PDF is not drawn either: whether its pages are still those that were
//! issued is found by comparing objects.

mod certificate;
mod changes;
mod cms;
mod field;
mod objects;
mod proof;
mod streams;
#[cfg(test)]
mod tests;
mod value;

use chrono::{DateTime, Utc};

use crate::platform::files::MAX_FILE_BYTES;
use objects::Objects;

pub use certificate::CertificateSeen;
pub use changes::Change;
pub use proof::Digest;

/// The most signatures on one paper. Each means reading the file once more.
pub const MOST_SIGNATURES: usize = 16;

/// Why a file is not the issued paper with a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More than [`MAX_FILE_BYTES`].
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Not a PDF.
    #[error("not a PDF")]
    NotPdf,
    /// Locked with a password or for a recipient.
    #[error("encrypted")]
    Encrypted,
    /// The very bytes that were issued.
    #[error("nothing was appended")]
    Unchanged,
    /// Does not begin with the issued bytes: another paper, or the same one written anew.
    #[error("does not begin with the issued bytes")]
    AnotherFile,
    /// Something was appended, and no signature is in it.
    #[error("no signature was appended")]
    NoSignature,
    /// More than [`MOST_SIGNATURES`].
    #[error("more than {limit} signatures")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// Something that cannot be read.
    #[error("{0}")]
    Malformed(Broken),
    /// More was appended than signatures.
    #[error("changed after it was issued: {0:?}")]
    Changed(Change),
}

/// What cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The tables that say where the objects of the file are, or an object that they name.
    #[error("the tables of the file cannot be followed")]
    Tables,
    /// The dictionary of a signature.
    #[error("a signature's dictionary cannot be read")]
    Dictionary,
    /// The ranges do not fit the file, or leave out more than the signature itself.
    #[error("the signed ranges do not fit the file")]
    Ranges,
    /// The signature in the hole is not a detached CMS of one signer.
    #[error("the signature is no detached CMS of one signer")]
    Cms,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The signatures in the order of the file, at least one.
    pub signatures: Vec<SignatureSeen>,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureSeen {
    /// Whether every issued byte is under this signature.
    pub covers_issued: bool,
    /// What follows behind the bytes under this signature.
    pub after: After,
    /// The algorithm of the digest.
    pub digest: Digest,
    /// Whether the bytes are still those that were signed; none for an algorithm that is not computed here.
    pub digest_matches: Option<bool>,
    /// Whether the key of the certificate in the file made this signature; none for an algorithm that is not computed here, or when the file brings no certificate.
    pub signature_holds: Option<bool>,
    /// When, as the signer's machine claims.
    pub claimed_at: Option<DateTime<Utc>>,
    /// The certificate that the signer names, if it lies in the file.
    pub certificate: Option<CertificateSeen>,
}

/// What follows behind the bytes under a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Nothing: it covers the whole file.
    Nothing,
    /// More, all of it under a later signature that holds.
    SignedLater,
    /// More that nobody signed.
    Unsigned,
}

/// Whether a signature can be taken as one over the issued paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Both sums are right, and every issued byte is under it.
    Right,
    /// One is wrong, or issued bytes lie outside.
    Wrong,
    /// Nothing is wrong, and not everything could be computed.
    Unsure,
}

/// What is not looked at, so that a page can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchecked {
    /// Whether a recognised authority issued the certificate.
    Authority,
    /// Whether it was revoked or suspended.
    Revocation,
    /// Whether the claimed time is true; stamps of time are not read.
    Time,
    /// Whether whoever signed may sign this paper.
    Competence,
    /// What a field of a signature shows, and what it lies over.
    Appearance,
}

impl Unchecked {
    /// All of it.
    pub const ALL: [Self; 5] = [Self::Authority, Self::Revocation, Self::Time, Self::Competence, Self::Appearance];
}

impl SignatureSeen {
    /// Whether nothing was appended after it.
    #[must_use]
    pub fn covers_whole_file(&self) -> bool {
        self.after == After::Nothing
    }

    /// Whether the certificate was valid, by its own words, when the signer's machine claims to have signed.
    #[must_use]
    pub fn was_valid(&self) -> Option<bool> {
        Some(self.certificate.as_ref()?.is_valid_at(self.claimed_at?))
    }

    /// What its sums say together.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (self.covers_issued, self.digest_matches, self.signature_holds) {
            (true, Some(true), Some(true)) => Verdict::Right,
            (false, ..) | (_, Some(false), _) | (.., Some(false)) => Verdict::Wrong,
            _ => Verdict::Unsure,
        }
    }
}

/// Looks at a file that came back signed. Nothing but signatures was appended where this gives no fault. Linear in the size of the file,
/// times its signatures.
pub fn examine(issued: &[u8], signed: &[u8]) -> Result<Examined, Fault> {
    if u64::try_from(signed.len()).is_ok_and(|it| it > MAX_FILE_BYTES) {
        return Err(Fault::TooLarge { limit: MAX_FILE_BYTES });
    }
    if !signed.starts_with(b"%PDF-") {
        return Err(Fault::NotPdf);
    }
    let objects = Objects::read(signed);
    if objects.as_ref().is_some_and(|it| it.trailer().get("Encrypt").is_some()) {
        return Err(Fault::Encrypted);
    }
    let appended = signed.strip_prefix(issued).ok_or(Fault::AnotherFile)?;
    if appended.is_empty() {
        return Err(Fault::Unchanged);
    }
    let tables = Fault::Malformed(Broken::Tables);
    let (before, after) = (Objects::read(issued).ok_or(tables)?, objects.ok_or(tables)?);
    changes::compare(&before, &after).map_err(Fault::Changed)?;
    let fields = field::fields(&after, signed.len(), issued.len())?;
    let ends: Vec<usize> = fields.iter().map(|it| it.covered[1].end).collect();
    let seen = fields.into_iter().map(|it| seen(issued, signed, &it)).collect::<Result<Vec<_>, _>>()?;
    if seen.is_empty() {
        return Err(Fault::NoSignature);
    }
    Ok(Examined { signatures: in_order(seen, &ends, signed.len()) })
}

/// Says of each signature what follows it.
fn in_order(seen: Vec<SignatureSeen>, ends: &[usize], length: usize) -> Vec<SignatureSeen> {
    let whole = seen.iter().zip(ends).any(|(it, end)| *end == length && it.verdict() == Verdict::Right);
    let after = |end: usize| match end == length {
        true => After::Nothing,
        false if whole => After::SignedLater,
        false => After::Unsigned,
    };
    seen.into_iter().zip(ends).map(|(it, end)| SignatureSeen { after: after(*end), ..it }).collect()
}

fn seen(issued: &[u8], signed: &[u8], field: &field::Field) -> Result<SignatureSeen, Fault> {
    let signer = cms::signer(&field.contents).map_err(|_| Fault::Malformed(Broken::Cms))?;
    let proof = proof::proof(&signer, signed, &field.covered);
    let claimed = signer.attributes.as_ref().and_then(|it| it.claimed_at).or(field.claimed_at);
    Ok(SignatureSeen {
        covers_issued: field.covered[0].start == 0 && field.covered[0].end >= issued.len(),
        after: After::Unsigned,
        digest: proof.digest,
        digest_matches: proof.digest_matches,
        signature_holds: proof.signature_holds,
        claimed_at: claimed,
        certificate: signer.certificate.as_ref().map(|(it, bytes)| CertificateSeen::of(it, bytes)),
    })
}
