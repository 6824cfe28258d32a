//! Beside a wording: the names it may use, with what each says in the sample year.

use crate::paper::model::{Kind, TableName};
use crate::web::filters::numbers::number;
use crate::wording::model::{said, sample};
use crate::words::wording::{self as words, Names};

/// Names that belong together, as they are written.
pub(super) struct Section {
    pub(super) title: &'static str,
    /// How a list is walked through.
    pub(super) each: Option<String>,
    pub(super) rows: Vec<Row>,
}

/// A name.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) what: &'static str,
    /// What it says in the sample; empty where it is silent.
    pub(super) says: String,
}

/// Everything that a wording of that kind may speak of. What its facts never hold is left out.
pub(super) fn sections(kind: Kind) -> Vec<Section> {
    let facts = sample::full(kind);
    let says = said(&facts);
    words::NAMES.iter().filter_map(|names| section(names, &says)).collect()
}

fn section(names: &Names, says: &impl Fn(&str) -> Option<String>) -> Option<Section> {
    let row = |(name, what): &(&'static str, &'static str)| {
        let (path, name) = match names.each {
            None => ((*name).to_owned(), (*name).to_owned()),
            Some((list, row)) if name.is_empty() => (list.to_owned(), row.to_owned()),
            Some((list, row)) => (format!("{list}.{name}"), format!("{row}.{name}")),
        };
        Row { name, what, says: says(&path).map_or_else(String::new, figure) }
    };
    let rows: Vec<Row> = names.names.iter().map(row).collect();
    let each = names.each.map(|(list, row)| format!("{{% for {row} in {list} %}} … {{% endfor %}}"));
    rows.iter().any(|row| !row.says.is_empty()).then_some(Section { title: names.title, each, rows })
}

/// Figures are written as papers write them; a year is no figure.
fn figure(said: String) -> String {
    match said.parse::<i64>() {
        Ok(value) if said.len() > 4 || !said.starts_with("20") => number(value),
        _ => said,
    }
}

/// The tables, as they are written, with what each holds.
pub(super) fn tables() -> Vec<(String, &'static str)> {
    TableName::ALL.into_iter().map(|(name, table)| (format!("[bảng {name}]"), words::table(table))).collect()
}
