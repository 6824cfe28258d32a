//! The two sums: the digest of the signed bytes, and the signature over what was signed.

use std::ops::Range;

use der::asn1::{ObjectIdentifier, UintRef};
use der::{Decode, Reader, SliceReader};
use ring::{digest, signature};
use x509_cert::certificate::Certificate;

use super::cms::Signer;

/// The algorithm of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// One that is not computed here, such as SHA-1.
    Other,
}

use Digest::{Other, Sha256, Sha384, Sha512};

fn digest_of(kind: ObjectIdentifier) -> Digest {
    match kind.to_string().as_str() {
        "2.16.840.1.101.3.4.2.1" => Sha256,
        "2.16.840.1.101.3.4.2.2" => Sha384,
        "2.16.840.1.101.3.4.2.3" => Sha512,
        _ => Other,
    }
}

/// The family of a signature's algorithm, and the digest that its name carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Rsa(Option<Digest>),
    /// Its parameters tell the digest, and are not read.
    RsaPss,
    Curve(Digest),
}

fn family(kind: ObjectIdentifier) -> Option<Family> {
    Some(match kind.to_string().as_str() {
        "1.2.840.113549.1.1.1" => Family::Rsa(None),
        "1.2.840.113549.1.1.11" => Family::Rsa(Some(Sha256)),
        "1.2.840.113549.1.1.12" => Family::Rsa(Some(Sha384)),
        "1.2.840.113549.1.1.13" => Family::Rsa(Some(Sha512)),
        "1.2.840.113549.1.1.10" => Family::RsaPss,
        "1.2.840.10045.4.3.2" => Family::Curve(Sha256),
        "1.2.840.10045.4.3.3" => Family::Curve(Sha384),
        _ => return None,
    })
}

/// What the sums say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proof {
    pub digest: Digest,
    pub digest_matches: Option<bool>,
    pub signature_holds: Option<bool>,
}

/// Computes both.
pub(super) fn proof(signer: &Signer, bytes: &[u8], covered: &[Range<usize>; 2]) -> Proof {
    let digest = digest_of(signer.digest);
    let check = |message: &[u8]| signer.certificate.as_ref().and_then(|(it, _)| holds(signer, it, message));
    if let Some(attributes) = &signer.attributes {
        let digest_matches = sum(digest, bytes, covered).map(|it| it.as_ref() == attributes.digest);
        return Proof { digest, digest_matches, signature_holds: check(&attributes.signed) };
    }
    // Signed directly: there is no digest to compare, and the signature answers for it.
    let [first, second] = covered.clone().map(|it| &bytes[it]);
    let signature_holds = check(&[first, second].concat());
    Proof { digest, digest_matches: signature_holds, signature_holds }
}

fn sum(digest: Digest, bytes: &[u8], covered: &[Range<usize>; 2]) -> Option<digest::Digest> {
    let mut context = digest::Context::new(match digest {
        Sha256 => &digest::SHA256,
        Sha384 => &digest::SHA384,
        Sha512 => &digest::SHA512,
        Other => return None,
    });
    covered.iter().for_each(|it| context.update(&bytes[it.clone()]));
    Some(context.finish())
}

/// Whether the key of the certificate made that signature over the message; none for an algorithm that is not computed here.
fn holds(signer: &Signer, certificate: &Certificate, message: &[u8]) -> Option<bool> {
    let key = certificate.tbs_certificate().subject_public_key_info();
    let bits = key.subject_public_key.as_bytes()?;
    let family = family(signer.algorithm.oid)?;
    let algorithm: &dyn signature::VerificationAlgorithm = match family {
        Family::Rsa(named) => {
            rsa(named.unwrap_or_else(|| digest_of(signer.digest)), false).filter(|_| is_long(bits))?
        }
        Family::RsaPss => rsa(digest_of(signer.digest), true).filter(|_| is_long(bits))?,
        Family::Curve(digest) => curve(digest, &key.algorithm.parameters.as_ref()?.decode_as().ok()?)?,
    };
    let holds = signature::UnparsedPublicKey::new(algorithm, bits).verify(message, &signer.signature).is_ok();
    // A salt of another length than the digest is allowed too, and would fail here: no reason to say that somebody forged.
    if family == Family::RsaPss { holds.then_some(true) } else { Some(holds) }
}

fn rsa(digest: Digest, pss: bool) -> Option<&'static dyn signature::VerificationAlgorithm> {
    Some(match (digest, pss) {
        (Sha256, false) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (Sha384, false) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (Sha512, false) => &signature::RSA_PKCS1_2048_8192_SHA512,
        (Sha256, true) => &signature::RSA_PSS_2048_8192_SHA256,
        (Sha384, true) => &signature::RSA_PSS_2048_8192_SHA384,
        (Sha512, true) => &signature::RSA_PSS_2048_8192_SHA512,
        (Other, _) => return None,
    })
}

fn curve(digest: Digest, curve: &ObjectIdentifier) -> Option<&'static dyn signature::VerificationAlgorithm> {
    Some(match (curve.to_string().as_str(), digest) {
        ("1.2.840.10045.3.1.7", Sha256) => &signature::ECDSA_P256_SHA256_ASN1,
        ("1.2.840.10045.3.1.7", Sha384) => &signature::ECDSA_P256_SHA384_ASN1,
        ("1.3.132.0.34", Sha256) => &signature::ECDSA_P384_SHA256_ASN1,
        ("1.3.132.0.34", Sha384) => &signature::ECDSA_P384_SHA384_ASN1,
        _ => return None,
    })
}

/// Whether an RSA key has the 2048 bits from which on it is computed here. A shorter one is unknown, not false.
fn is_long(key: &[u8]) -> bool {
    let modulus = SliceReader::new(key).and_then(|mut it| {
        it.sequence(|it| {
            let modulus = UintRef::decode(it)?.as_bytes().len();
            UintRef::decode(it)?;
            Ok::<_, der::Error>(modulus)
        })
    });
    modulus.is_ok_and(|it| (256..=1024).contains(&it))
}
