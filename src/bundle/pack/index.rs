//! `muc-luc.html`: opens in any browser, offline, without script.

use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;

use super::manifest::Head;
use super::packer::Written;
use crate::web::filters::numbers;

/// Its name.
pub(super) const NAME: &str = "muc-luc.html";
const TEMPLATE: &str = include_str!("muc-luc.html");

#[derive(Serialize)]
struct Line<'a> {
    title: &'a str,
    /// The path, and what kind of file of what size it is.
    path: Option<&'a str>,
    measure: String,
    why: &'static str,
}

#[derive(Serialize)]
struct Part<'a> {
    id: String,
    heading: &'a str,
    notes: &'a [String],
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Page<'a> {
    head: &'a Head,
    parts: Vec<Part<'a>>,
    files: usize,
    missing: usize,
}

fn line(written: &Written) -> Line<'_> {
    match &written.outcome {
        Ok((path, size)) => {
            let kind = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_uppercase();
            let measure = format!("{kind}, {}", numbers::size(*size));
            Line { title: &written.title, path: Some(path), measure, why: "" }
        }
        Err(why) => Line { title: &written.title, path: None, measure: String::new(), why },
    }
}

/// The page.
pub(super) fn page(head: &Head, sections: &[(String, Vec<String>)], written: &[Written]) -> anyhow::Result<String> {
    let parts: Vec<Part<'_>> = sections
        .iter()
        .enumerate()
        .map(|(at, (heading, notes))| Part {
            id: format!("muc-{}", at + 1),
            heading,
            notes,
            lines: written.iter().filter(|it| it.section == at).map(line).collect(),
        })
        .filter(|part| !part.lines.is_empty() || !part.notes.is_empty())
        .collect();
    let missing = written.iter().filter(|it| it.outcome.is_err()).count();
    let files = written.len() - missing;
    // The name ends in .html, so that everything is escaped.
    let page = Serde(Page { head, parts, files, missing });
    Ok(Environment::new().render_named_str(NAME, TEMPLATE, page)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_only_names_and_what_is_missing_is_told() {
        let head = Head {
            title: "Gói".to_owned(),
            kind: "package",
            ward: "phường <Phước Long>".to_owned(),
            city: "thành phố Nha Trang".to_owned(),
            year: 2024,
            ruleset: "kh390-2024/1".to_owned(),
            made_at: String::new(),
            made_by: String::new(),
        };
        let written = [
            Written {
                section: 0,
                title: "<script>alert(1)</script>".to_owned(),
                outcome: Ok(("to-07/a.pdf".to_owned(), 2048)),
            },
            Written { section: 0, title: "Ảnh".to_owned(), outcome: Err("không còn trong kho tệp") },
        ];
        let page = page(&head, &[("Tổ 7".to_owned(), vec!["Đã nộp".to_owned()])], &written).unwrap();
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"), "{page}");
        assert!(page.contains("href=\"to-07/a.pdf\"") || page.contains("href=\"to-07&#x2f;a.pdf\""), "{page}");
        assert!(page.contains("không còn trong kho tệp") && page.contains("1 tệp"));
    }
}
