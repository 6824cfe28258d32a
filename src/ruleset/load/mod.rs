//! From a readable file to a [`Ruleset`], or to everything that is wrong with the file.
//!
//! Three sieves, and each shows all it holds before the next one starts: is it TOML, has each table
//! its fields, do the rules make sense together.

mod place;
mod shape;
mod write;

use std::fmt;

use serde::Deserialize;
use toml::{Spanned, de::DeTable};

use super::{check::check, model::Ruleset};
use place::Lines;

pub use write::write;

/// The rulesets that come with the program; the first one is the default.
const FILES: [(&str, &str); 3] = [
    ("kh390-2024.toml", include_str!("../files/kh390-2024.toml")),
    ("tt124-2021.toml", include_str!("../files/tt124-2021.toml")),
    ("tt124-2021-2025.toml", include_str!("../files/tt124-2021-2025.toml")),
];

/// One mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the file, without folders.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Code of the rule, such as `group 3.dd`; empty where the text is no rule yet.
    pub rule: String,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.rule.is_empty() {
            write!(f, "[{}] ", self.rule)?;
        }
        f.write_str(&self.sentence)
    }
}

/// Everything that is wrong, in the order of the lines; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// One entry per mistake.
    pub problems: Vec<Problem>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bộ quy định có {} chỗ cần sửa:", self.problems.len())?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n{problem}"))
    }
}

impl std::error::Error for LoadError {}

/// The rulesets that come with the program, the default one first.
///
/// # Errors
/// All problems of all files. The tests read the same files, so a build that passed them does not
/// meet this.
pub fn shipped() -> Result<Vec<Ruleset>, LoadError> {
    let mut rulesets = Vec::new();
    let mut problems = Vec::new();
    for (name, text) in FILES {
        match parse(name, text) {
            Ok(ruleset) => rulesets.push(ruleset),
            Err(error) => problems.extend(error.problems),
        }
    }
    if problems.is_empty() { Ok(rulesets) } else { Err(LoadError { problems }) }
}

/// Reads one file. `file_name` is only used to name the file in problems.
///
/// # Errors
/// Everything that is wrong with the text, each with file, line, rule and a sentence.
pub fn parse(file_name: &str, text: &str) -> Result<Ruleset, LoadError> {
    let lines = Lines::new(file_name, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let problems = errors.iter().map(|error| lines.problem(error.span(), "", shape::syntax_vi(error.message())));
        return Err(in_order(problems.collect()));
    }
    let ruleset = shape::read_pieces(&table, &lines).and_then(|()| read_whole(&table, &lines))?;
    let problems: Vec<Problem> = check(&ruleset)
        .into_iter()
        .map(|fault| {
            let span = place::find(&table, &fault.path);
            lines.problem(Some(span), &fault.rule, fault.sentence)
        })
        .collect();
    if problems.is_empty() { Ok(ruleset) } else { Err(in_order(problems)) }
}

fn read_whole(table: &Spanned<DeTable<'_>>, lines: &Lines<'_>) -> Result<Ruleset, LoadError> {
    Ruleset::deserialize(toml::de::Deserializer::from(table.clone())).map_err(|error| LoadError {
        problems: vec![lines.problem(error.span(), "", shape::shape_vi(error.message()))],
    })
}

fn in_order(mut problems: Vec<Problem>) -> LoadError {
    problems.sort_by_key(|problem| problem.line);
    LoadError { problems }
}

#[cfg(test)]
mod tests;
