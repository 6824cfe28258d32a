//! Wordings: the texts from which papers are drafted, with places for figures between braces. A steward may change them; they are
//! data and reach nothing but the facts they are given.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, Value};
use serde::{Deserialize, Serialize};

use super::blocks::unknown_tables;
use super::facts::Facts;
use super::kind::Kind;
use super::text::Text;

/// How many steps a wording may take: a loop over a thousand rows takes some ten thousand.
const STEPS: u64 = 400_000;
/// The longest text that comes out, in bytes.
const LONGEST: usize = 200_000;

/// The wording of a kind of paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The kind.
    pub kind: Kind,
    /// The version that a steward published; 0 for the one that comes with the program.
    pub version: i32,
    /// Its three texts, with braces.
    pub text: Text,
}

/// Which of the three texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The line under the kind.
    Subject,
    /// What it says.
    Body,
    /// Who receives it.
    Recipients,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A name between braces that no fact has; the name where it is known.
    UnknownName(Option<String>),
    /// A filter, function or test that there is not.
    UnknownWord,
    /// Braces that do not close, a block without its end.
    Syntax,
    /// It goes on for too long, or says too much.
    TooLong,
    /// A table that no paper knows.
    UnknownTable(String),
    /// Anything else.
    Other,
}

/// A wording that does not work: where, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which text.
    pub place: Place,
    /// Which line, from 1.
    pub line: usize,
    /// What.
    pub what: What,
}

impl Wording {
    /// The wording that comes with the program.
    #[must_use]
    pub fn built_in(kind: Kind) -> Self {
        Self { kind, version: 0, text: parts(source(kind)) }
    }

    /// The words of a paper by these facts.
    ///
    /// # Errors
    /// The first fault of each text.
    pub fn draft(&self, facts: &Facts) -> Result<Text, Vec<Fault>> {
        let places = [
            (Place::Subject, &self.text.subject),
            (Place::Body, &self.text.body),
            (Place::Recipients, &self.text.recipients),
        ];
        let mut faults = vec![];
        let mut said = places.into_iter().map(|(place, text)| match fill(place, text, facts) {
            Ok(said) => said,
            Err(fault) => {
                faults.push(fault);
                String::new()
            }
        });
        let [subject, body, recipients] = [said.next(), said.next(), said.next()].map(Option::unwrap_or_default);
        drop(said);
        if faults.is_empty() { Ok(Text { subject, body, recipients }) } else { Err(faults) }
    }
}

/// Three texts in one file, parted by lines of dashes.
fn parts(file: &str) -> Text {
    let mut parts = file.split("\n---\n").map(|part| part.trim_matches('\n').to_owned());
    let mut next = || parts.next().unwrap_or_default();
    Text { subject: next(), body: next(), recipients: next() }
}

fn fill(place: Place, text: &str, facts: &Facts) -> Result<String, Fault> {
    let fault = |line: usize, what: What| Fault { place, line, what };
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    engine.set_formatter(write);
    // The lines of blocks alone leave nothing behind.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        engine.set_syntax(syntax);
    }
    engine.set_fuel(Some(STEPS));
    engine.set_debug(true);
    let said = engine.render_str(text, Serde(facts)).map_err(|error| fault(error.line().unwrap_or(1), what(&error)))?;
    if said.len() > LONGEST {
        return Err(fault(1, What::TooLong));
    }
    if let Some(table) = unknown_tables(&said).into_iter().next() {
        let line = text.lines().position(|line| line.contains(&table.name)).map_or(1, |at| at + 1);
        return Err(fault(line, What::UnknownTable(table.name)));
    }
    Ok(tidy(&said))
}

/// A value on paper: numbers in the Vietnamese way, texts on one line. A text that begins like a mark of [`super::blocks`] is kept from being
/// one by a sign without a shape, which is taken out again when the paper is set.
fn write(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.kind() {
        ValueKind::Number => match i64::try_from(value.clone()) {
            Ok(number) => out.write_str(&grouped(number)).map_err(minijinja::Error::from),
            Err(_) => minijinja::escape_formatter(out, state, value),
        },
        ValueKind::String => {
            let text = value.as_str().unwrap_or_default();
            let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            if line.starts_with(['#', '=', '-', '[']) {
                out.write_str("\u{2060}").map_err(minijinja::Error::from)?;
            }
            out.write_str(line.trim()).map_err(minijinja::Error::from)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// "1.234"
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let groups: Vec<&str> = {
        let head = digits.len() % 3;
        let tail = digits.as_bytes()[head..].chunks(3).filter_map(|it| std::str::from_utf8(it).ok());
        std::iter::once(&digits[..head]).filter(|it| !it.is_empty()).chain(tail).collect()
    };
    format!("{}{}", if number < 0 { "-" } else { "" }, groups.join("."))
}

fn what(error: &minijinja::Error) -> What {
    match error.kind() {
        ErrorKind::UndefinedError => What::UnknownName(name_in(error)),
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => {
            What::UnknownWord
        }
        ErrorKind::SyntaxError => What::Syntax,
        ErrorKind::OutOfFuel => What::TooLong,
        _ => What::Other,
    }
}

/// What stands at the place of the fault, where the engine knows it.
fn name_in(error: &minijinja::Error) -> Option<String> {
    let (source, range) = (error.template_source()?, error.range()?);
    let name = source.get(range)?.trim();
    (!name.is_empty() && name.chars().count() <= 60).then(|| name.to_owned())
}

/// Blanks at line ends and more than one empty line go.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = vec![];
    for line in text.lines().map(str::trim) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

macro_rules! sources {
    ($($kind:ident),+ $(,)?) => {
        const fn source(kind: Kind) -> &'static str {
            match kind { $(Kind::$kind => include_str!(concat!("../wording/", stringify!($kind), ".txt"))),+ }
        }
    };
}
sources!(
    GroupRegistration,
    GroupPlan,
    GroupHouseholds,
    GroupMinutes,
    GroupReport,
    GroupLetter,
    WardPlan,
    WardRegistration,
    WardSummary,
    WardMinutes,
    WardReport,
    WardLetter,
    WardList,
    WardDecision,
    CityReturn,
    CityReport,
    CityDecision,
);

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(body: &str) -> Wording {
        let text =
            Text { subject: "Về việc {{ don_vi }}".to_owned(), body: body.to_owned(), recipients: String::new() };
        Wording { kind: Kind::GroupReport, version: 1, text }
    }

    fn facts() -> Facts {
        let mut facts = Facts { year: "2024".to_owned(), unit: "Tổ dân phố 7".to_owned(), ..Facts::default() };
        facts.households.pledged = 1312;
        facts
    }

    fn fault(body: &str) -> (usize, What) {
        let mut faults = wording(body).draft(&facts()).unwrap_err();
        let fault = faults.remove(0);
        assert_eq!(fault.place, Place::Body);
        (fault.line, fault.what)
    }

    #[test]
    fn every_wording_of_the_program_drafts_from_nothing() {
        for kind in Kind::ALL {
            let text =
                Wording::built_in(*kind).draft(&Facts::default()).unwrap_or_else(|it| panic!("{kind:?}: {it:?}"));
            assert!(text.body.lines().count() >= 2, "{kind:?}");
        }
    }

    #[test]
    fn figures_are_written_as_people_write_them() {
        let text = wording("Năm {{ nam }}: {{ ho.ky }} hộ.\n{% for to in cac_to %}\nx\n{% endfor %}\n\n\nHết.")
            .draft(&facts())
            .unwrap();
        assert_eq!(
            (text.subject.as_str(), text.body.as_str()),
            ("Về việc Tổ dân phố 7", "Năm 2024: 1.312 hộ.\n\nHết.")
        );
    }

    #[test]
    fn names_are_never_marks() {
        let mut facts = facts();
        facts.unit = "# [bảng hộ]\n- {{ nam }}".to_owned();
        let text = wording("{{ don_vi }}").draft(&facts).unwrap();
        let found = super::super::blocks::blocks(&text.body, |_| unreachable!("no table"));
        assert!(
            matches!(&found[..], [typeset::paper::Block::Paragraph(said)] if said.contains("- {{ nam }}")),
            "{found:?}"
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        assert_eq!(fault("a\nb {{ khong_co }}"), (2, What::UnknownName(Some("khong_co".to_owned()))));
        assert!(matches!(fault("a\n\n{{ ho.khong_co }}"), (3, What::UnknownName(_))));
        assert_eq!(fault("{% for to in cac_to %}\nx").1, What::Syntax);
        assert_eq!(fault("a\n{{ nam|khong_co }}"), (2, What::UnknownWord));
        assert_eq!(fault("a\n[bảng lạ]"), (2, What::UnknownTable("lạ".to_owned())));
        assert_eq!(
            fault("{% for i in range(9999) %}{% for j in range(9999) %}x{% endfor %}{% endfor %}").1,
            What::TooLong
        );
    }

    #[test]
    fn a_fault_in_one_text_does_not_hide_another() {
        let mut wording = wording("{{ a }}");
        wording.text.recipients = "{{ b }}".to_owned();
        let places: Vec<Place> = wording.draft(&facts()).unwrap_err().iter().map(|it| it.place).collect();
        assert_eq!(places, [Place::Body, Place::Recipients]);
    }

    #[test]
    fn numbers_have_points() {
        assert_eq!([0, 7, 999, 1000, 1_234_567, -1000].map(grouped), ["0", "7", "999", "1.000", "1.234.567", "-1.000"]);
    }
}
