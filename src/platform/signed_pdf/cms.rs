//! Reads what stands in the hole: a CMS `SignedData` (RFC 5652) of one signer.
//!
//! The bytes of the certificate and of the signed attributes are kept as they stand: a fingerprint and a signature are about those
//! bytes, not about what an encoder would make of them again. Some programs write indefinite lengths, so the outer layers are read as BER.

use chrono::{DateTime, Utc};
use der::asn1::{Any, ObjectIdentifier, OctetString, OctetStringRef};
use der::{Decode, Encode, EncodingRules, Reader, SliceReader, Tag, TagNumber, Tagged};
use x509_cert::certificate::Certificate;
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");

const CERTIFICATES: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber(0) };
const ATTRIBUTES: Tag = CERTIFICATES;
const KEY_IDENTIFIER: Tag = Tag::ContextSpecific { constructed: false, number: TagNumber(0) };

/// The one signer.
#[derive(Debug)]
pub(super) struct Signer {
    /// The algorithm that made the digest.
    pub digest: ObjectIdentifier,
    /// The algorithm that made the signature.
    pub algorithm: AlgorithmIdentifierOwned,
    pub signature: Vec<u8>,
    /// What was signed; none where the signature is over the bytes of the file themselves.
    pub attributes: Option<Attributes>,
    /// The certificate that the signer names, if it lies in the file, and its bytes.
    pub certificate: Option<(Certificate, Vec<u8>)>,
}

/// The signed attributes.
#[derive(Debug)]
pub(super) struct Attributes {
    /// As they were signed: a SET OF.
    pub signed: Vec<u8>,
    pub digest: Vec<u8>,
    pub claimed_at: Option<DateTime<Utc>>,
}

fn broken() -> der::Error {
    der::ErrorKind::Failed.into()
}

/// A reader of the outer layers.
fn outer(bytes: &[u8]) -> der::Result<SliceReader<'_>> {
    SliceReader::new_with_encoding_rules(bytes, EncodingRules::Ber)
}

/// Every element of a SET OF, given its value.
fn each<'a, T>(value: &'a [u8], mut read: impl FnMut(&mut SliceReader<'a>) -> der::Result<T>) -> der::Result<Vec<T>> {
    let (mut reader, mut all) = (outer(value)?, vec![]);
    while !reader.is_finished() {
        all.push(read(&mut reader)?);
    }
    Ok(all)
}

/// Reads a detached signature. What fills the hole behind it is left alone.
pub(super) fn signer(bytes: &[u8]) -> der::Result<Signer> {
    let content = outer(bytes)?.sequence(|it| {
        let kind = ObjectIdentifier::decode(it)?;
        let content = Any::decode(it)?;
        if kind == SIGNED_DATA { Ok(content) } else { Err(broken()) }
    })?;
    let (certificates, signers) = outer(content.value())?.sequence(signed_data)?;
    let mut signers = each(signers.value(), |it| it.sequence(signer_info))?;
    // With several, what is said of one could be believed of another. PAdES allows one (ETSI EN 319 142-1, 4.1).
    let (Some((named, mut signer)), true) = (signers.pop(), signers.is_empty()) else { return Err(broken()) };
    let certificates = certificates.map(|it| it.value().to_vec()).unwrap_or_default();
    signer.certificate = each(&certificates, Reader::tlv_bytes)?.into_iter().find_map(|it| named.is(it));
    Ok(signer)
}

/// The certificates and the signers.
fn signed_data<'a>(reader: &mut SliceReader<'a>) -> der::Result<(Option<Any>, Any)> {
    u8::decode(reader)?;
    let _digests = Any::decode(reader)?;
    reader.sequence(|it| {
        // Content of its own, or of another kind: then the digest is not that of the file.
        if ObjectIdentifier::decode(it)? == DATA && it.is_finished() { Ok(()) } else { Err(broken()) }
    })?;
    let (mut certificates, mut signers) = (None, None);
    while !reader.is_finished() {
        let part = Any::decode(reader)?;
        match part.tag() {
            CERTIFICATES => certificates = Some(part),
            Tag::Set => signers = Some(part),
            _ => {}
        }
    }
    Ok((certificates, signers.ok_or_else(broken)?))
}

/// How a signer says which certificate is meant.
#[derive(Debug)]
enum Named {
    Issuer(Name, SerialNumber),
    Key(Vec<u8>),
}

impl Named {
    fn is(&self, bytes: &[u8]) -> Option<(Certificate, Vec<u8>)> {
        let certificate = Certificate::from_der(bytes).ok()?;
        let about = certificate.tbs_certificate();
        let same = match self {
            Self::Issuer(issuer, serial) => about.issuer() == issuer && about.serial_number() == serial,
            Self::Key(key) => {
                about.get_extension::<SubjectKeyIdentifier>().ok()?.is_some_and(|(_, it)| it.0.as_bytes() == key)
            }
        };
        same.then(|| (certificate, bytes.to_vec()))
    }
}

fn signer_info<'a>(reader: &mut SliceReader<'a>) -> der::Result<(Named, Signer)> {
    u8::decode(reader)?;
    let named = if Tag::peek(reader)? == KEY_IDENTIFIER {
        Named::Key(Any::decode(reader)?.value().to_vec())
    } else {
        reader.sequence(|it| Ok::<_, der::Error>(Named::Issuer(Name::decode(it)?, SerialNumber::decode(it)?)))?
    };
    let digest = AlgorithmIdentifierOwned::decode(reader)?.oid;
    let has_attributes = Tag::peek(reader)? == ATTRIBUTES;
    let attributes = if has_attributes { Some(attributes(&Any::decode(reader)?)?) } else { None };
    let algorithm = AlgorithmIdentifierOwned::decode(reader)?;
    let signature = OctetString::decode(reader)?.as_bytes().to_vec();
    // Unsigned attributes: a stamp of time, which is not looked at.
    while !reader.is_finished() {
        Any::decode(reader)?;
    }
    Ok((named, Signer { digest, algorithm, signature, attributes, certificate: None }))
}

fn attributes(all: &Any) -> der::Result<Attributes> {
    let mut found = each(all.value(), |it| {
        it.sequence(|it| Ok::<_, der::Error>((ObjectIdentifier::decode(it)?, Any::decode(it)?)))
    })?;
    found.sort_by_key(|(kind, _)| *kind);
    if found.windows(2).any(|it| it[0].0 == it[1].0) {
        return Err(broken());
    }
    let value = |kind| found.iter().find(|(it, _)| *it == kind).map(|(_, value)| value.value());
    if value(CONTENT_TYPE).map(ObjectIdentifier::from_der).transpose()?.is_some_and(|it| it != DATA) {
        return Err(broken());
    }
    let digest = <&OctetStringRef>::from_der(value(MESSAGE_DIGEST).ok_or_else(broken)?)?;
    let claimed_at = value(SIGNING_TIME).map(Time::from_der).transpose()?.as_ref().and_then(moment);
    // They are signed under the tag of a set, and stand in the file under another (RFC 5652, 5.4).
    let signed = Any::new(Tag::Set, all.value())?.to_der()?;
    Ok(Attributes { signed, digest: digest.as_bytes().to_vec(), claimed_at })
}

/// The moment that an X.509 time means.
pub(super) fn moment(time: &Time) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(i64::try_from(time.to_unix_duration().as_secs()).ok()?, 0)
}
