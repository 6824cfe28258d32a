//! Signs a PDF as the programs beside a token do: a certificate of its own, and an update appended to the file. For tests only; nobody
//! vouches for these certificates, and the RSA key beside this file is everybody's.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use chrono::{DateTime, Utc};
use der::Encode;
use der::asn1::ObjectIdentifier;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use ring::digest::{SHA256, SHA384, digest};
use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, KeyPair, RsaKeyPair};

/// Room for a signature, in bytes.
const HOLE: usize = 4096;

/// Which key a token holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Rsa,
    RsaPss,
    P256,
    P384,
}

/// A token: a key, and a certificate that it signed itself, valid throughout 2024.
pub struct Token {
    key: Key,
    pair: Pair,
    issuer: Vec<u8>,
    certificate: Vec<u8>,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    Curve(Box<EcdsaKeyPair>),
}

fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = content.len().to_be_bytes();
    let length = &length[length.iter().take_while(|it| **it == 0).count()..];
    let mut out = vec![tag];
    if content.len() >= 128 {
        out.push(0x80 | u8::try_from(length.len()).unwrap());
    }
    out.extend(if content.is_empty() { &[0] } else { length });
    out.extend(content);
    out
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, parts)
}

fn oid(text: &str) -> Vec<u8> {
    ObjectIdentifier::new_unwrap(text).to_der().unwrap()
}

fn bits(bytes: &[u8]) -> Vec<u8> {
    tlv(3, &[&[0], bytes])
}

const SERIAL: &[u8] = &[2, 2, 0x4a, 0x11];
const NULL: &[u8] = &[5, 0];

impl Token {
    /// A token of that person. A key for a curve is made anew each time.
    pub fn of(name: &str, key: Key) -> Self {
        let random = SystemRandom::new();
        let fresh = |kind| {
            let made = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
            Pair::Curve(Box::new(EcdsaKeyPair::from_pkcs8(kind, made.as_ref(), &random).unwrap()))
        };
        let pair = match key {
            Key::Rsa | Key::RsaPss => {
                Pair::Rsa(Box::new(RsaKeyPair::from_pkcs8(include_bytes!("signing.p8")).unwrap()))
            }
            Key::P256 => fresh(&signature::ECDSA_P256_SHA256_ASN1_SIGNING),
            Key::P384 => fresh(&signature::ECDSA_P384_SHA384_ASN1_SIGNING),
        };
        let part = |kind, text: &str| tlv(0x31, &[&sequence(&[&oid(kind), &tlv(0x0c, &[text.as_bytes()])])]);
        let subject = sequence(&[&part("2.5.4.10", "UBND phường Bắc Nha Trang"), &part("2.5.4.3", name)]);
        let issuer = sequence(&[&part("2.5.4.3", "Chứng thư thử")]);
        let mut token = Self { key, pair, issuer, certificate: vec![] };
        token.certificate = token.certificate_for(&subject);
        token
    }

    fn certificate_for(&self, subject: &[u8]) -> Vec<u8> {
        let curve = |name, key: &EcdsaKeyPair| {
            sequence(&[&sequence(&[&oid("1.2.840.10045.2.1"), &oid(name)]), &bits(key.public_key().as_ref())])
        };
        let key = match &self.pair {
            Pair::Rsa(key) => {
                sequence(&[&sequence(&[&oid("1.2.840.113549.1.1.1"), NULL]), &bits(key.public_key().as_ref())])
            }
            Pair::Curve(key) if self.key == Key::P256 => curve("1.2.840.10045.3.1.7", key),
            Pair::Curve(key) => curve("1.3.132.0.34", key),
        };
        let valid = sequence(&[&tlv(0x17, &[b"240101000000Z"]), &tlv(0x17, &[b"241231235959Z"])]);
        let (version, algorithm) = (tlv(0xa0, &[&[2, 1, 2]]), self.algorithm());
        let about = sequence(&[&version, SERIAL, &algorithm, &self.issuer, &valid, subject, &key]);
        sequence(&[&about, &algorithm, &bits(&self.signed(&about))])
    }

    fn algorithm(&self) -> Vec<u8> {
        match self.key {
            Key::Rsa => sequence(&[&oid("1.2.840.113549.1.1.11"), NULL]),
            Key::P256 => sequence(&[&oid("1.2.840.10045.4.3.2")]),
            Key::P384 => sequence(&[&oid("1.2.840.10045.4.3.3")]),
            Key::RsaPss => {
                let (hash, salt) = (self.digest_algorithm(), tlv(0xa2, &[&[2, 1, 32]]));
                let mask = tlv(0xa1, &[&sequence(&[&oid("1.2.840.113549.1.1.8"), &hash])]);
                sequence(&[&oid("1.2.840.113549.1.1.10"), &sequence(&[&tlv(0xa0, &[&hash]), &mask, &salt])])
            }
        }
    }

    fn digest_algorithm(&self) -> Vec<u8> {
        let kind = if self.key == Key::P384 { "2.16.840.1.101.3.4.2.2" } else { "2.16.840.1.101.3.4.2.1" };
        sequence(&[&oid(kind), NULL])
    }

    fn signed(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Curve(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Rsa(key) => {
                let mut out = vec![0; key.public().modulus_len()];
                let plain = &signature::RSA_PKCS1_SHA256;
                let padding: &dyn signature::RsaEncoding =
                    if self.key == Key::RsaPss { &signature::RSA_PSS_SHA256 } else { plain };
                key.sign(padding, &random, message, &mut out).unwrap();
                out
            }
        }
    }

    /// A detached CMS over those bytes.
    fn cms(&self, message: &[u8], at: DateTime<Utc>) -> Vec<u8> {
        let sum = digest(if self.key == Key::P384 { &SHA384 } else { &SHA256 }, message);
        let attribute = |kind, value: &[u8]| sequence(&[&oid(kind), &tlv(0x31, &[value])]);
        let time = tlv(0x17, &[at.format("%y%m%d%H%M%SZ").to_string().as_bytes()]);
        let mut attributes = [
            attribute("1.2.840.113549.1.9.3", &oid("1.2.840.113549.1.7.1")),
            attribute("1.2.840.113549.1.9.5", &time),
            attribute("1.2.840.113549.1.9.4", &tlv(4, &[sum.as_ref()])),
        ];
        attributes.sort();
        let attributes = attributes.concat();
        let signature = tlv(4, &[&self.signed(&tlv(0x31, &[&attributes]))]);
        let named = sequence(&[&self.issuer, SERIAL]);
        let hash = self.digest_algorithm();
        let signer = sequence(&[&[2, 1, 1], &named, &hash, &tlv(0xa0, &[&attributes]), &self.algorithm(), &signature]);
        let content = sequence(&[&oid("1.2.840.113549.1.7.1")]);
        let certificates = tlv(0xa0, &[&self.certificate]);
        let signed = sequence(&[&[2, 1, 1], &tlv(0x31, &[&hash]), &content, &certificates, &tlv(0x31, &[&signer])]);
        sequence(&[&oid("1.2.840.113549.1.7.2"), &tlv(0xa0, &[&signed])])
    }
}

/// An update of a PDF: objects written behind it, with a table of their own.
pub struct Update {
    bytes: Vec<u8>,
    rows: BTreeMap<u32, usize>,
    size: u32,
    root: u32,
    previous: u32,
    /// None: every object stands by itself, and the table is plain.
    inner: Option<Vec<(u32, String)>>,
}

fn last(bytes: &[u8], word: &str) -> usize {
    bytes.windows(word.len()).rposition(|it| it == word.as_bytes()).unwrap() + word.len()
}

fn number(bytes: &[u8]) -> u32 {
    let digits: Vec<u8> = bytes.trim_ascii_start().iter().copied().take_while(u8::is_ascii_digit).collect();
    String::from_utf8(digits).unwrap().parse().unwrap()
}

impl Update {
    /// One of a file whose tables and objects are written plainly.
    pub fn of(pdf: &[u8]) -> Self {
        let after = |word| number(&pdf[last(pdf, word)..]);
        let (size, root, previous) = (after("/Size"), after("/Root"), after("startxref"));
        Self { bytes: [pdf, b"\n"].concat(), rows: BTreeMap::new(), size, root, previous, inner: None }
    }

    /// Written as newer programs do: objects within a stream, and a table that is one too.
    pub fn compressed(self) -> Self {
        Self { inner: Some(vec![]), ..self }
    }

    /// The number of the catalog.
    pub fn catalog(&self) -> u32 {
        self.root
    }

    /// The number of the first page.
    pub fn page(&self) -> u32 {
        let text = self.bytes.windows(12).position(|it| {
            let it = it.strip_prefix(b"/Type").map(<[u8]>::trim_ascii_start);
            it.is_some_and(|it| it.starts_with(b"/Page") && it.get(5) != Some(&b's'))
        });
        let before = &self.bytes[..text.unwrap()];
        let line = &before[..last(before, " 0 obj") - " 0 obj".len()];
        number(&line[line.iter().rposition(|it| *it == b'\n').unwrap()..])
    }

    /// What an object says now.
    pub fn object(&self, number: u32) -> String {
        if let Some((_, object)) = self.inner.iter().flatten().rfind(|it| it.0 == number) {
            return object.clone();
        }
        let from = last(&self.bytes, &format!("\n{number} 0 obj"));
        let length = self.bytes[from..].windows(6).position(|it| it == b"endobj").unwrap();
        String::from_utf8_lossy(&self.bytes[from..from + length]).trim().to_owned()
    }

    /// Writes an object, new or again.
    pub fn put(&mut self, number: u32, object: &str) {
        // The hole must stand in the file itself, and a stream cannot stand in another.
        if let Some(inner) =
            self.inner.as_mut().filter(|_| !object.contains("/ByteRange") && !object.contains("stream"))
        {
            inner.retain(|it| it.0 != number);
            inner.push((number, object.to_owned()));
            return;
        }
        self.rows.insert(number, self.bytes.len());
        self.bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }

    /// Writes a new object.
    pub fn add(&mut self, object: &str) -> u32 {
        self.size += 1;
        self.put(self.size - 1, object);
        self.size - 1
    }

    /// Writes an object again with one more element in an array of its dictionary.
    pub fn extend(&mut self, number: u32, array: &str, element: &str) {
        let object = self.object(number);
        let begin = format!("{array} [");
        let object = if let Some((before, array)) = object.split_once(&begin) {
            let (elements, behind) = array.split_once(']').unwrap();
            format!("{before}{begin}{elements} {element}]{behind}")
        } else {
            let closing = if array.contains("<<") { "] >>" } else { "]" };
            format!("{} {begin}{element}{closing} >>", object.strip_suffix(">>").unwrap())
        };
        self.put(number, &object);
    }

    /// Lays a note over the first page.
    pub fn annotate(&mut self, annotation: &str) -> u32 {
        let note = self.add(annotation);
        self.extend(self.page(), "/Annots", &format!("{note} 0 R"));
        note
    }

    /// Gives one object as many numbers.
    pub fn alias(&mut self, number: u32, count: u32) {
        let place = self.rows[&number];
        self.rows.extend((self.size..self.size + count).map(|it| (it, place)));
        self.size += count;
    }

    /// Writes the table and gives the file.
    pub fn done(mut self) -> Vec<u8> {
        if let Some(inner) = self.inner.take() {
            return self.done_compressed(&inner);
        }
        let (mut bytes, at) = (self.bytes.clone(), self.bytes.len());
        let mut table = "xref\n".to_owned();
        for (number, place) in &self.rows {
            writeln!(table, "{number} 1\n{place:010} 00000 n ").unwrap();
        }
        let (size, root, previous) = (self.size, self.root, self.previous);
        write!(table, "trailer\n<< /Size {size} /Root {root} 0 R /Prev {previous} >>\nstartxref\n{at}\n%%EOF\n")
            .unwrap();
        bytes.extend(table.into_bytes());
        bytes
    }

    fn done_compressed(mut self, inner: &[(u32, String)]) -> Vec<u8> {
        let (mut head, mut body) = (String::new(), String::new());
        for (number, object) in inner {
            write!(head, "{number} {} ", body.len()).unwrap();
            writeln!(body, "{object}").unwrap();
        }
        let (container, table, count) = (self.size, self.size + 1, inner.len());
        let about = format!("/Type /ObjStm /N {count} /First {}", head.len());
        self.put_stream(container, &about, (head + &body).as_bytes());
        self.rows.insert(table, self.bytes.len());
        let cell = |kind: u8, place: usize, third: usize| {
            [&[kind], &u32::try_from(place).unwrap().to_be_bytes()[..], &[u8::try_from(third).unwrap()]].concat()
        };
        let own = self.rows.iter().map(|(number, place)| (*number, cell(1, *place, 0)));
        let within = inner.iter().enumerate().map(|(index, it)| (it.0, cell(2, container as usize, index)));
        let rows: BTreeMap<u32, Vec<u8>> = own.chain(within).collect();
        let (mut data, mut above) = (vec![], vec![0; 6]);
        for row in rows.values() {
            data.push(2);
            data.extend(row.iter().zip(&above).map(|(cell, above)| cell.wrapping_sub(*above)));
            above.clone_from(row);
        }
        let index: String = rows.keys().map(|it| format!("{it} 1 ")).collect();
        let (root, previous, at) = (self.root, self.previous, self.bytes.len());
        let about = format!(
            "/Type /XRef /Size {} /Root {root} 0 R /Prev {previous} /W [1 4 1] /Index [{index}] \
             /DecodeParms << /Predictor 12 /Columns 6 >>",
            table + 1
        );
        self.put_stream(table, &about, &data);
        self.bytes.extend(format!("startxref\n{at}\n%%EOF\n").into_bytes());
        self.bytes
    }

    fn put_stream(&mut self, number: u32, about: &str, data: &[u8]) {
        let mut packed = ZlibEncoder::new(vec![], Compression::default());
        packed.write_all(data).unwrap();
        let packed = packed.finish().unwrap();
        self.rows.insert(number, self.bytes.len());
        let head = format!("{number} 0 obj\n<< {about} /Filter /FlateDecode /Length {} >>\nstream\n", packed.len());
        self.bytes.extend([head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat());
    }
}

/// The file with a signature appended.
pub fn sign(pdf: &[u8], token: &Token, at: DateTime<Utc>) -> Vec<u8> {
    sign_update(Update::of(pdf), token, at, 0, "[20 20 220 120]")
}

/// The file with an update and a signature over it, from that byte of the file on, in a field of that place.
pub fn sign_update(mut update: Update, token: &Token, at: DateTime<Utc>, from: usize, place: &str) -> Vec<u8> {
    let time = at.format("%Y%m%d%H%M%SZ");
    let ranges = format!("[{from:010} {:010} {:010} {:010}]", 0, 0, 0);
    let value = update.add(&format!(
        "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:{time}) /ByteRange {ranges} /Contents <{}> >>",
        "0".repeat(2 * HOLE)
    ));
    let field = update.annotate(&format!(
        "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Ký {value}) /F 132 /Rect {place} /V {value} 0 R >>"
    ));
    update.extend(update.catalog(), "/AcroForm << /SigFlags 3 /Fields", &format!("{field} 0 R"));
    let mut bytes = update.done();
    let hole = last(&bytes, "/Contents <") - 1;
    let behind = hole + 2 * HOLE + 2;
    let ranges = format!("{from:010} {:010} {behind:010} {:010}", hole - from, bytes.len() - behind);
    let at_ranges = last(&bytes, "/ByteRange [");
    bytes[at_ranges..at_ranges + ranges.len()].copy_from_slice(ranges.as_bytes());
    let cms = hex::encode(token.cms(&[&bytes[from..hole], &bytes[behind..]].concat(), at));
    bytes[hole + 1..=hole + cms.len()].copy_from_slice(cms.as_bytes());
    bytes
}
