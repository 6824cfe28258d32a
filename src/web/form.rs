//! What a person typed: kept as it came, read into values, and handed back with a sentence at each wrong field.
//!
//! ```ignore
//! let mut filled = Filled::from_pairs(pairs);
//! let number = filled.text("so", 50, "Ghi số văn bản, ví dụ 05-NQ/CB.");
//! let day = filled.day("ngay", "Ghi ngày ký, ví dụ 12/1/2024.");
//! let note = filled.text_optional("ghi-chu", 200);
//! filled.finish(number.zip(day).map(|(number, day)| Paper { number, day, note }))
//! ```
//!
//! Each reader records its own sentence and gives `None`; all fields are read before [`Filled::finish`], so that a
//! person sees every wrong place at once. The typing itself is never changed: what is drawn again is what was typed.

mod read;
mod sentences;

use chrono::NaiveDate;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// One sentence about one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The name of the field, which is also its id on the page; empty when the sentence is about the whole form.
    pub field: String,
    /// A full sentence that says what to write.
    pub sentence: String,
}

/// The typing of one form and what is wrong with it.
#[derive(Clone, Default)]
pub struct Filled {
    values: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

impl Filled {
    /// The pairs of a posted form, in the order of the page; a name may repeat (boxes).
    #[must_use]
    pub fn from_pairs(values: Vec<(String, String)>) -> Self {
        Self { values, errors: Vec::new() }
    }

    /// The same form with one more value: how an edit page fills in what is already known.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.push((name.to_owned(), value.into()));
        self
    }

    /// The same form with one value put in the place of whatever was there.
    #[must_use]
    pub fn replaced(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.retain(|(field, _)| field != name);
        self.with(name, value)
    }

    /// The first value of that name as typed, or an empty text.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// All values of that name, as typed.
    #[must_use]
    pub fn values_of(&self, name: &str) -> Vec<&str> {
        self.values.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether that box or choice was picked.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(field, held)| field == name && held == value)
    }

    /// The sentence at that field.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == name).map(|error| error.sentence.as_str())
    }

    /// All sentences, in the order in which the fields were read.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Whether anything is wrong; the page then answers 422.
    #[must_use]
    pub fn is_bad(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Says what is wrong with a field; an empty name means the whole form. The first sentence of a field stays,
    /// since the later ones are usually its consequence.
    pub fn fail(&mut self, name: &str, sentence: impl Into<String>) {
        if self.error(name).is_none() {
            self.errors.push(FieldError { field: name.to_owned(), sentence: sentence.into() });
        }
    }

    /// The same form with what an action found wrong: how a page is drawn again after `Refused::Invalid`.
    #[must_use]
    pub fn with_faults(mut self, faults: Vec<(&'static str, String)>) -> Self {
        for (field, sentence) in faults {
            self.fail(field, sentence);
        }
        self
    }

    /// All pairs but the passwords: what a sign-in page may carry so that a long text survives a lost session.
    #[must_use]
    pub fn carried(&self) -> Vec<(&str, &str)> {
        self.values
            .iter()
            .filter(|(name, _)| !is_secret(name))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    /// One line of text, 1 to `max_chars` characters after cleaning (NFC, blanks joined, nothing invisible).
    pub fn text(&mut self, name: &str, max_chars: usize, missing: &str) -> Option<String> {
        let line = read::line(self.value(name));
        self.sized(name, line, max_chars, Some(missing))
    }

    /// One line of text or nothing; `None` is both "left empty" and "too long", the second with a sentence.
    pub fn text_optional(&mut self, name: &str, max_chars: usize) -> Option<String> {
        let line = read::line(self.value(name));
        self.sized(name, line, max_chars, None)
    }

    /// Text with its line breaks, 1 to `max_chars` characters.
    pub fn long_text(&mut self, name: &str, max_chars: usize, missing: &str) -> Option<String> {
        let text = read::lines(self.value(name));
        self.sized(name, text, max_chars, Some(missing))
    }

    /// Text with its line breaks, or nothing.
    pub fn long_text_optional(&mut self, name: &str, max_chars: usize) -> Option<String> {
        let text = read::lines(self.value(name));
        self.sized(name, text, max_chars, None)
    }

    /// A day as people write it: 5/3/2024, 05-03-2024, 5.3.2024, 2024-03-05, "ngày 5 tháng 3 năm 2024".
    pub fn day(&mut self, name: &str, missing: &str) -> Option<NaiveDate> {
        if read::line(self.value(name)).is_empty() {
            self.fail(name, missing);
        }
        self.day_optional(name)
    }

    /// A day or nothing.
    pub fn day_optional(&mut self, name: &str) -> Option<NaiveDate> {
        let line = read::line(self.value(name));
        if line.is_empty() {
            return None;
        }
        read::day(&line).map_err(|fault| self.fail(name, sentences::day(&fault, &line))).ok()
    }

    /// A whole number within the range; 1.234 and 1 234 are read as 1234.
    pub fn whole(&mut self, name: &str, range: RangeInclusive<i64>, missing: &str) -> Option<i64> {
        let line = read::line(self.value(name));
        if line.is_empty() {
            self.fail(name, missing);
            return None;
        }
        read::whole(&line, &range).map_err(|fault| self.fail(name, sentences::whole(fault, &line, &range))).ok()
    }

    /// One of a closed list of choices. A value that is not on the list gets the same sentence as none.
    pub fn one_of<T: FromStr>(&mut self, name: &str, missing: &str) -> Option<T> {
        let picked = read::line(self.value(name)).parse().ok();
        if picked.is_none() {
            self.fail(name, missing);
        }
        picked
    }

    /// The value when nothing was wrong; otherwise the form, to be drawn again with its sentences.
    ///
    /// # Errors
    /// The form itself, when any reader failed or `value` is `None`.
    pub fn finish<T>(mut self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => {
                // A value missing without a sentence would draw the form again and say nothing.
                if self.errors.is_empty() {
                    self.fail("", sentences::UNREAD);
                }
                Err(self)
            }
        }
    }

    fn sized(&mut self, name: &str, text: String, max_chars: usize, missing: Option<&str>) -> Option<String> {
        let length = text.chars().count();
        match missing {
            Some(missing) if length == 0 => self.fail(name, missing),
            _ if length > max_chars => self.fail(name, sentences::too_long(length, max_chars)),
            _ if length > 0 => return Some(text),
            _ => {}
        }
        None
    }
}

/// Passwords and codes: never printed, never carried.
fn is_secret(name: &str) -> bool {
    ["mat-khau", "ma-pin", "ma-mot-lan"].iter().any(|start| name.starts_with(start))
}

impl fmt::Debug for Filled {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value): &(String, String)| {
            let value = if is_secret(name) { "…".to_owned() } else { value.clone() };
            (name.clone(), value)
        };
        let values: Vec<_> = self.values.iter().map(shown).collect();
        out.debug_struct("Filled").field("values", &values).field("errors", &self.errors).finish()
    }
}

#[cfg(test)]
mod tests;
