//! Where the objects of a file lie, by its tables (ISO 32000-1, 7.5.4 and 7.5.8).
//!
//! Read strictly and in bounded time: a table that does not say where its objects are makes the file unreadable here, for where programs
//! have to guess, they differ. The libraries for PDF were tried and are not for hostile files: hayro-syntax follows brackets by recursion
//! until the stack is gone, lopdf copies a stream once for each row of a table that names it, a gigabyte for a file of one megabyte.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::streams;
use super::value::{Dict, Value, Walk};

/// The most updates of one file.
const MOST_SECTIONS: usize = 64;
/// The most rows of one table.
const MOST_ROWS: usize = 100_000;
/// How far from the end the last table may be named.
const END: usize = 2_048;

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At a byte of the file.
    At(usize),
    /// In a stream of objects, behind that many others.
    Within { stream: u32, index: usize },
}

/// A row of a table: a number, and where its object stands. None: deleted.
pub(super) type Row = (u32, Option<Place>);

/// The objects of a file in its newest state.
pub(super) struct Objects<'a> {
    bytes: &'a [u8],
    places: BTreeMap<u32, Option<Place>>,
    trailer: Dict,
    /// How many bytes may still be read: many rows may name one large object.
    left: Cell<usize>,
}

/// An object; a stream is known by its dictionary.
#[derive(Debug, PartialEq)]
pub(super) struct Object {
    pub value: Value,
    pub is_stream: bool,
}

impl<'a> Objects<'a> {
    /// None where the tables cannot be followed.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        const WORD: &[u8] = b"startxref";
        let end = bytes.len().saturating_sub(END);
        let named = end + bytes[end..].windows(WORD.len()).rposition(|it| it == WORD)?;
        let mut next = Walk::new(bytes, named + WORD.len()).value()?.count();
        let (mut places, mut newest, mut read) = (BTreeMap::new(), None, BTreeSet::new());
        while let Some(at) = next {
            if !read.insert(at) || read.len() > MOST_SECTIONS {
                return None;
            }
            let (rows, trailer) = section(bytes, at)?;
            // A number that a newer table told of is passed over.
            for (number, place) in rows {
                places.entry(number).or_insert(place);
            }
            next = match trailer.get("Prev") {
                None => None,
                Some(previous) => Some(previous.count()?),
            };
            newest.get_or_insert(trailer);
        }
        Some(Self { bytes, places, trailer: newest?, left: Cell::new(bytes.len().saturating_mul(8)) })
    }

    pub fn trailer(&self) -> &Dict {
        &self.trailer
    }

    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.places.keys().copied()
    }

    /// Where it stands.
    pub fn place(&self, number: u32) -> Option<Place> {
        self.places.get(&number).copied().flatten()
    }

    /// The object of that number, if it stands where the table says.
    pub fn get(&self, number: u32) -> Option<Object> {
        match self.place(number)? {
            Place::At(at) => self.object_at(number, at).map(|(object, _)| object),
            Place::Within { stream, index } => self.object_within(number, stream, index),
        }
    }

    /// The dictionary of that number.
    pub fn dict(&self, number: u32) -> Option<Dict> {
        match self.get(number)?.value {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// What an entry stands for: itself, or the object that it names.
    pub fn array(&self, entry: Option<&Value>) -> Option<Vec<Value>> {
        match entry {
            None => Some(vec![]),
            Some(Value::Reference(number)) => match self.get(*number)?.value {
                Value::Array(values) => Some(values),
                _ => None,
            },
            Some(Value::Array(values)) => Some(values.clone()),
            Some(_) => None,
        }
    }

    /// The object, and where its data would begin.
    fn object_at(&self, number: u32, at: usize) -> Option<(Object, usize)> {
        let mut walk = Walk::new(self.bytes, at);
        let stands = walk.integer()? == number && walk.integer().is_some() && walk.word()? == b"obj";
        let value = walk.value().filter(|_| stands);
        self.spend(walk.at.saturating_sub(at))?;
        let is_stream = walk.word() == Some(b"stream");
        Some((Object { value: value?, is_stream }, walk.at))
    }

    fn object_within(&self, number: u32, stream: u32, index: usize) -> Option<Object> {
        let Place::At(at) = self.place(stream)? else { return None };
        let (container, data) = self.object_at(stream, at)?;
        let Value::Dict(dict) = container.value else { return None };
        if !container.is_stream || !dict.is("Type", "ObjStm") || index >= MOST_ROWS {
            return None;
        }
        let inner = streams::decoded(&dict, self.bytes.get(data..)?)?;
        self.spend(inner.len())?;
        let mut head = Walk::new(&inner, 0);
        for _ in 0..index {
            head.integer()?;
            head.integer()?;
        }
        let stands = head.integer()? == number;
        let place = dict.get("First")?.count()?.checked_add(usize::try_from(head.integer()?).ok()?)?;
        let value = Walk::new(&inner, place).value().filter(|_| stands)?;
        Some(Object { value, is_stream: false })
    }

    fn spend(&self, bytes: usize) -> Option<()> {
        self.left.set(self.left.get().checked_sub(bytes)?);
        Some(())
    }
}

/// One table and its trailer.
fn section(bytes: &[u8], at: usize) -> Option<(Vec<Row>, Dict)> {
    let mut walk = Walk::new(bytes, at);
    let first = walk.word()?;
    if first == b"xref" {
        return table(&mut walk);
    }
    let is_object = first.iter().all(u8::is_ascii_digit) && walk.integer().is_some() && walk.word()? == b"obj";
    match walk.value()? {
        Value::Dict(dict) if is_object && dict.is("Type", "XRef") && walk.word()? == b"stream" => {
            let rows = streams::rows(&dict, bytes.get(walk.at..)?).filter(|it| it.len() <= MOST_ROWS)?;
            Some((rows, dict))
        }
        _ => None,
    }
}

fn table(walk: &mut Walk) -> Option<(Vec<Row>, Dict)> {
    let mut rows = vec![];
    loop {
        let word = walk.word()?;
        if word == b"trailer" {
            break;
        }
        let first: u32 = std::str::from_utf8(word).ok()?.parse().ok()?;
        for number in 0..walk.integer()? {
            let (place, _, kind) = (walk.integer()?, walk.integer()?, walk.word()?);
            let place = if kind == b"n" { Some(Place::At(usize::try_from(place).ok()?)) } else { None };
            rows.push((first.checked_add(number)?, place));
            if rows.len() > MOST_ROWS {
                return None;
            }
        }
    }
    match walk.value()? {
        // A table with a stream beside it is read differently by old and new programs.
        Value::Dict(dict) if dict.get("XRefStm").is_none() => Some((rows, dict)),
        _ => None,
    }
}
