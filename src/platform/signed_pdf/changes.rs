//! Whether what was appended leaves the paper as it was issued.
//!
//! A program that signs writes the page again on which its field stands, the catalog and the form. Each issued object that is written again
//! is therefore laid beside the one it replaces. What is new shows nothing unless an issued object leads to it, and the only ways that
//! may be added are the form, proofs for later, and fields of signatures on a page.

use super::objects::{Object, Objects};
use super::value::{Dict, Value};

/// What became different after the paper was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A page, or something that it is drawn with.
    Page,
    /// A note, a text, a picture or something else was laid over a page that is no field of a signature.
    Note,
    /// A field of a signature covers more of a page than a stamp needs.
    LargeField,
    /// Something about the document as a whole: the order of pages, what happens when it is opened.
    Document,
}

/// Entries that signing may add or change: in the catalog the form, what it allows, and proofs for later.
const OF_CATALOG: &[&str] = &["AcroForm", "Perms", "DSS", "Extensions", "Metadata", "Version"];
const OF_PAGE: &[&str] = &["Annots"];
/// What the form may hold: fields and what they are drawn with. Not XFA, which draws pages of its own.
const OF_FORM: &[&str] = &["Fields", "SigFlags", "DR", "DA", "Q", "NeedAppearances"];
/// The largest field, in square points: a fifth of an A4 page. The largest seal needs a thirtieth.
const LARGEST_FIELD: f64 = 100_000.0;

/// Compares the issued objects with those that took their place.
pub(super) fn compare(old: &Objects, new: &Objects) -> Result<(), Change> {
    let root = |it: &Objects| it.trailer().reference("Root").and_then(|root| it.dict(root)).ok_or(Change::Document);
    let (before, after) = (root(old)?, root(new)?);
    let free = [old.trailer().reference("Info"), before.reference("AcroForm"), before.reference("DSS")];
    let compared = Compared { old, new, free };
    compared.catalog(&before, &after)?;
    let root = old.trailer().reference("Root");
    old.numbers().filter(|it| Some(*it) != root).try_for_each(|it| compared.object(it))
}

struct Compared<'a> {
    old: &'a Objects<'a>,
    new: &'a Objects<'a>,
    /// Issued objects that may say something else: what is told about the file, and what a first signature brought.
    free: [Option<u32>; 3],
}

impl Compared<'_> {
    fn catalog(&self, old: &Dict, new: &Dict) -> Result<(), Change> {
        let form = match new.get("AcroForm") {
            None => None,
            Some(Value::Dict(form)) => Some(form.clone()),
            Some(Value::Reference(number)) => Some(self.new.dict(*number).ok_or(Change::Document)?),
            Some(_) => return Err(Change::Document),
        };
        let is_plain = form.is_none_or(|it| it.0.iter().all(|(name, _)| is_one_of(name, OF_FORM)));
        if is_plain && same_but(old, new, OF_CATALOG) { Ok(()) } else { Err(Change::Document) }
    }

    fn object(&self, number: u32) -> Result<(), Change> {
        let place = self.old.place(number);
        // A free number was nothing that could be shown.
        if place.is_none() || place == self.new.place(number) {
            return Ok(());
        }
        match (self.old.get(number), self.new.get(number)) {
            (Some(old), Some(new)) => self.replaced(number, &old, &new),
            _ => Err(Change::Page),
        }
    }

    fn replaced(&self, number: u32, old: &Object, new: &Object) -> Result<(), Change> {
        let same = match (&old.value, &new.value) {
            (Value::Dict(before), Value::Dict(after)) if !old.is_stream && !new.is_stream => {
                if before.is("Type", "Page") && same_but(before, after, OF_PAGE) {
                    return self.annotations(before, after);
                }
                self.free.contains(&Some(number)) || before == after
            }
            (Value::Dict(before), Value::Dict(after)) => before.is("Type", "Metadata") && after.is("Type", "Metadata"),
            // The notes of a page may be an object of their own.
            (Value::Array(before), Value::Array(after)) if before != after => return self.only_fields(before, after),
            (before, after) => before == after,
        };
        let is_tree = matches!(&old.value, Value::Dict(it) if it.is("Type", "Pages"));
        match same {
            true => Ok(()),
            false if is_tree => Err(Change::Document),
            false => Err(Change::Page),
        }
    }

    fn annotations(&self, old: &Dict, new: &Dict) -> Result<(), Change> {
        let (before, after) = (self.old.array(old.get("Annots")), self.new.array(new.get("Annots")));
        self.only_fields(&before.ok_or(Change::Note)?, &after.ok_or(Change::Note)?)
    }

    /// Annotations may only have grown by fields of signatures.
    fn only_fields(&self, old: &[Value], new: &[Value]) -> Result<(), Change> {
        if !new.starts_with(old) {
            return Err(Change::Note);
        }
        new[old.len()..].iter().try_for_each(|it| match it {
            Value::Reference(number) if self.old.place(*number).is_none() => {
                self.field(&self.new.dict(*number).ok_or(Change::Note)?)
            }
            _ => Err(Change::Note),
        })
    }

    fn field(&self, widget: &Dict) -> Result<(), Change> {
        let parent = || widget.reference("Parent").and_then(|it| self.new.dict(it));
        let signs = widget.is("FT", "Sig") || parent().is_some_and(|it| it.is("FT", "Sig"));
        let acts = widget.get("A").is_some() || widget.get("AA").is_some();
        if !widget.is("Subtype", "Widget") || !signs || acts {
            return Err(Change::Note);
        }
        if area(widget.get("Rect")).is_some_and(|it| it <= LARGEST_FIELD) { Ok(()) } else { Err(Change::LargeField) }
    }
}

fn is_one_of(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|it| it.as_bytes() == name)
}

/// Whether both hold the same, those entries left out.
fn same_but(old: &Dict, new: &Dict, free: &[&str]) -> bool {
    let held = |one: &Dict, other: &Dict| one.0.iter().all(|it| is_one_of(&it.0, free) || other.0.contains(it));
    held(old, new) && held(new, old)
}

fn area(rectangle: Option<&Value>) -> Option<f64> {
    let Some(Value::Array(corners)) = rectangle else { return None };
    match corners.as_slice() {
        [Value::Number(left), Value::Number(low), Value::Number(right), Value::Number(high)] => {
            Some(((right - left) * (high - low)).abs())
        }
        _ => None,
    }
}
