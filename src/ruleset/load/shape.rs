//! Whether each table of a file has the fields it should. The decoder stops at its first complaint,
//! so the tables of each list are decoded one by one: a person then sees all of them at once.

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use super::{
    LoadError, Problem, in_order,
    place::{Lines, text_at},
};
use crate::ruleset::model::{Criterion, DeadlineRule, Difference, IncidentType, Instrument, PartRule, WindowRule};

/// Decodes every table of every list by itself.
pub(super) fn read_pieces(table: &Spanned<DeTable<'_>>, lines: &Lines<'_>) -> Result<(), LoadError> {
    let mut pieces = Pieces { lines, problems: Vec::new() };
    let root = table.get_ref();
    pieces.list::<Instrument>("", root.get("instruments"));
    pieces.list::<IncidentType>("", root.get("incident_types"));
    pieces.list::<DeadlineRule>("", root.get("deadlines"));
    pieces.list::<Difference>("", root.get("differences"));
    for subject in items(root.get("subjects")) {
        let name = text_at(subject.get_ref(), "subject").unwrap_or("subjects");
        if let Some(window) = subject.get_ref().get("window") {
            pieces.one::<WindowRule>(&format!("{name} window"), window);
        }
        pieces.list::<PartRule>(name, subject.get_ref().get("registration"));
        pieces.list::<PartRule>(name, subject.get_ref().get("request"));
        pieces.list::<Criterion>(name, subject.get_ref().get("criteria"));
    }
    if pieces.problems.is_empty() { Ok(()) } else { Err(in_order(pieces.problems)) }
}

struct Pieces<'l, 't> {
    lines: &'l Lines<'t>,
    problems: Vec<Problem>,
}

impl Pieces<'_, '_> {
    fn list<T: DeserializeOwned>(&mut self, owner: &str, list: Option<&Spanned<DeValue<'_>>>) {
        for item in items(list) {
            let code =
                ["code", "number", "point"].iter().find_map(|key| text_at(item.get_ref(), key)).unwrap_or_default();
            self.one::<T>(format!("{owner} {code}").trim(), item);
        }
    }

    fn one<T: DeserializeOwned>(&mut self, rule: &str, value: &Spanned<DeValue<'_>>) {
        if let Err(error) = T::deserialize(ValueDeserializer::from(value.clone())) {
            let span = error.span().unwrap_or_else(|| value.span());
            let sentence = shape_vi(error.message());
            self.problems.push(self.lines.problem(Some(span), rule, sentence));
        }
    }
}

fn items<'v, 'i>(list: Option<&'v Spanned<DeValue<'i>>>) -> &'v [Spanned<DeValue<'i>>] {
    list.and_then(|value| value.get_ref().as_array()).map_or(&[], |array| array.as_ref())
}

/// The TOML parser's complaint, led by a sentence in Vietnamese.
pub(super) fn syntax_vi(message: &str) -> String {
    let message = message.trim();
    if message.contains("duplicate key") {
        return "Mục này đã ghi ở trên trong cùng bảng. Bỏ một trong hai.".to_owned();
    }
    format!("Sai cú pháp TOML ({message}). Xem lại dấu nháy, dấu ngoặc và dấu bằng.")
}

/// The decoder's complaint in Vietnamese. Its words are fixed by serde; one that we do not know is
/// passed on as it is, so that nothing is hidden.
pub(super) fn shape_vi(message: &str) -> String {
    let message = message.trim();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let given = quoted.first().copied().unwrap_or_default();
    let choices = quoted.get(1..).unwrap_or_default().join(", ");
    if message.starts_with("missing field") {
        format!("Thiếu mục “{given}”.")
    } else if message.starts_with("unknown field") && choices.is_empty() {
        format!("Không có mục “{given}” ở đây. Bỏ mục này.")
    } else if message.starts_with("unknown field") {
        format!("Không có mục “{given}”. Các mục dùng được: {choices}.")
    } else if message.starts_with("unknown variant") {
        format!("Không biết từ “{given}”. Các từ dùng được: {choices}.")
    } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
        format!("Giá trị không đúng kiểu ({message}).")
    } else {
        message.to_owned()
    }
}
