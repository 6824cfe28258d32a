//! Where in a file something stands.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::Problem;
use crate::ruleset::check::Step;

/// A file whose bytes can be told as lines.
pub(super) struct Lines<'t> {
    file: &'t str,
    text: &'t str,
}

impl<'t> Lines<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text }
    }

    /// A problem at the line where `span` begins; line 1 when the parser could not say.
    pub(super) fn problem(&self, span: Option<Range<usize>>, rule: &str, sentence: String) -> Problem {
        let start = span.map_or(0, |span| span.start.min(self.text.len()));
        let before = &self.text.as_bytes()[..start];
        Problem {
            file: self.file.to_owned(),
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
            rule: rule.to_owned(),
            sentence,
        }
    }
}

/// The bytes of the value at the end of `path`, or of the nearest thing around it when the value is
/// not written in the file.
pub(super) fn find(root: &Spanned<DeTable<'_>>, path: &[Step]) -> Range<usize> {
    let Some((Step::Key(first), rest)) = path.split_first() else {
        return 0..0;
    };
    let Some(mut value) = root.get_ref().get(*first) else {
        return 0..0;
    };
    for step in rest {
        let next = match step {
            Step::Key(key) => value.get_ref().get(*key),
            Step::Item(index) => value.get_ref().get(*index),
        };
        match next {
            Some(inner) => value = inner,
            None => break,
        }
    }
    value.span()
}

/// The text under `key` of a table, when there is one.
pub(super) fn text_at<'v>(table: &'v DeValue<'_>, key: &str) -> Option<&'v str> {
    table.get(key).and_then(|value| value.get_ref().as_str())
}
