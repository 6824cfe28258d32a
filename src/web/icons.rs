//! Line icons, drawn into the page so that a page asks for nothing more and the colour follows the text.
//!
//! In a template: `{{ crate::web::icons::icon("calendar") }}`. An icon stands beside a word and is hidden from
//! readers; where there is no word, add one in `<span class="vh">`. The names are the files of `static/icons/`.

use crate::web::assets;
use askama::filters::HtmlSafe;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// The drawing of one icon; prints as `<svg>` and is not escaped.
#[derive(Clone, Copy, Debug)]
pub struct Icon(&'static str);

impl fmt::Display for Icon {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, r#"<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{}</svg>"#, self.0)
    }
}

// The drawing comes from static/, never from a person.
impl HtmlSafe for Icon {}

static DRAWN: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let named = |path: &'static str| path.strip_prefix("icons/")?.strip_suffix(".svg");
    assets::paths().filter_map(|path| Some((named(path)?, strokes_of(assets::content(path)?)))).collect()
});

/// The icon of that name. An unknown name draws an empty square; debug builds panic, so that a render test finds it.
#[must_use]
pub fn icon(name: &str) -> Icon {
    let strokes = DRAWN.get(name).map(String::as_str);
    debug_assert!(strokes.is_some(), "static/icons/ holds no {name}.svg");
    Icon(strokes.unwrap_or_default())
}

/// What stands inside `<svg>`, on one line. Class, size and stroke come from the style sheet.
fn strokes_of(file: &str) -> String {
    let inside = file
        .split_once("<svg")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.rsplit_once("</svg>"))
        .map_or("", |(inside, _)| inside);
    inside.lines().map(str::trim).collect::<String>().replace(" />", "/>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_gives_strokes_and_nothing_else() {
        assert!(DRAWN.len() >= 36);
        for (name, strokes) in DRAWN.iter() {
            assert!(strokes.starts_with('<') && strokes.ends_with("/>"), "{name}: {strokes}");
            assert!(!strokes.contains("svg") && !strokes.contains('\n'), "{name}: {strokes}");
        }
    }

    /// Where an icon is named: the text before the brackets, and the place of the icon among the arguments.
    const CALLS: [(&str, usize); 6] = [
        ("icons::icon(", 0),
        (" icon(", 0),
        ("::tag(", 1),
        ("::part(", 3),
        (".place_link(", 2),
        ("ErrorPage::new(", 2),
    ];

    /// Reads all templates and sources as text, so that a slip is found also on a page without a test.
    #[test]
    fn no_template_or_page_names_an_icon_that_is_not_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut named = Vec::new();
        for folder in ["templates", "src"] {
            gather(&root.join(folder), &mut named);
        }
        assert!(named.len() > 30, "the search finds the icons: {named:?}");
        for (file, name) in named {
            assert!(DRAWN.contains_key(name.as_str()), "{file} names the icon {name}");
        }
    }

    fn gather(folder: &Path, named: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                gather(&path, named);
            } else if !path.ends_with("web/icons.rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                let names = names_in(&text).into_iter();
                named.extend(names.map(|name| (path.display().to_string(), name)));
            }
        }
    }

    fn names_in(text: &str) -> Vec<String> {
        let called = CALLS
            .iter()
            .flat_map(|&(call, place)| text.split(call).skip(1).filter_map(move |rest| literal(argument(rest, place))));
        let given = ["icon = ", "icon=", "icon: "]
            .into_iter()
            .flat_map(|before| text.split(before).skip(1).filter_map(|rest| literal(argument(rest, 0))));
        called.chain(given).filter(|name| !name.is_empty()).collect()
    }

    /// The text of one argument; commas inside quotes do not count.
    fn argument(rest: &str, place: usize) -> &str {
        let (mut quoted, mut start, mut seen) = (false, 0, 0);
        for (at, c) in rest.char_indices() {
            match c {
                '"' => quoted = !quoted,
                ',' | ')' | '}' if !quoted => {
                    if seen == place || c != ',' {
                        return if seen == place { &rest[start..at] } else { "" };
                    }
                    (seen, start) = (seen + 1, at + 1);
                }
                _ => {}
            }
        }
        ""
    }

    fn literal(argument: &str) -> Option<String> {
        Some(argument.trim().strip_prefix('"')?.strip_suffix('"')?.to_owned())
    }

    #[test]
    fn the_search_understands_calls() {
        let text = r#"{{ s::tag("Đã nộp, lại", "send", "info") }} {{ s::tag(word, row.icon) }} icon="lock", x"#;
        assert_eq!(names_in(text), ["send", "lock"]);
    }
}
