//! What a certificate says about whom it was given to.

use chrono::{DateTime, Utc};
use der::asn1::{BmpString, ObjectIdentifier, TeletexStringRef};
use der::{Tag, Tagged};
use ring::digest;
use x509_cert::attr::AttributeValue;
use x509_cert::certificate::Certificate;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::Name;

use super::cms::moment;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const EMAIL: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.1");
/// Longer texts are cut: a certificate is shown as one line each.
const LONGEST_TEXT: usize = 200;

/// The certificate as it stands in the file. Nobody vouches for it here: whether a known authority issued it is not looked at.
///
/// Numbers of citizens that authorities put into subjects are left where they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateSeen {
    /// The name of the person or of the office.
    pub name: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
    /// An address for mail.
    pub email: Option<String>,
    /// The authority by name, or its organisation where it has no name.
    pub issuer: Option<String>,
    /// The serial number, in hexadecimal.
    pub serial: String,
    /// Valid from.
    pub from: Option<DateTime<Utc>>,
    /// Valid until.
    pub until: Option<DateTime<Utc>>,
    /// SHA-256 of the certificate's bytes, in hexadecimal.
    pub fingerprint: String,
}

impl CertificateSeen {
    /// Whether it was valid at that moment, by its own words.
    #[must_use]
    pub fn is_valid_at(&self, at: DateTime<Utc>) -> bool {
        self.from.is_some_and(|it| it <= at) && self.until.is_some_and(|it| at <= it)
    }

    pub(super) fn of(certificate: &Certificate, bytes: &[u8]) -> Self {
        let about = certificate.tbs_certificate();
        let (subject, issuer, validity) = (about.subject(), about.issuer(), about.validity());
        let serial = about.serial_number().as_bytes();
        Self {
            name: part(subject, COMMON_NAME),
            organisation: part(subject, ORGANISATION),
            email: part(subject, EMAIL).or_else(|| alternative_email(certificate)),
            issuer: part(issuer, COMMON_NAME).or_else(|| part(issuer, ORGANISATION)),
            serial: hex::encode(serial),
            from: moment(&validity.not_before),
            until: moment(&validity.not_after),
            fingerprint: hex::encode(digest::digest(&digest::SHA256, bytes)),
        }
    }
}

fn part(name: &Name, kind: ObjectIdentifier) -> Option<String> {
    name.iter().find(|it| it.oid == kind).and_then(|it| text(&it.value))
}

fn text(value: &AttributeValue) -> Option<String> {
    let text = match value.tag() {
        Tag::BmpString => value.decode_as::<BmpString>().ok()?.to_string(),
        Tag::TeletexString => value.decode_as::<TeletexStringRef<'_>>().ok()?.as_str().to_owned(),
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => String::from_utf8(value.value().to_vec()).ok()?,
        _ => return None,
    };
    shown(&text)
}

/// One line that can be shown: no control characters, and none that turn the direction of writing around.
fn shown(text: &str) -> Option<String> {
    let turns = |it: char| matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = text.chars().filter(|it| !it.is_control() && !turns(*it)).take(LONGEST_TEXT).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn alternative_email(certificate: &Certificate) -> Option<String> {
    let (_, names) = certificate.tbs_certificate().get_extension::<SubjectAltName>().ok()??;
    names.0.iter().find_map(|it| match it {
        GeneralName::Rfc822Name(email) => shown(email.as_str()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_stays_on_its_line() {
        assert_eq!(shown(" Nguyễn Văn A\n\u{202e}").as_deref(), Some("Nguyễn Văn A"));
        assert_eq!(shown("\u{0}\n"), None);
        assert_eq!(shown(&"ă".repeat(500)).map(|it| it.chars().count()), Some(LONGEST_TEXT));
    }
}
