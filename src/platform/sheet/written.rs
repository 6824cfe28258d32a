//! Lists as text that spreadsheet programs open. Semicolons, because where numbers have a decimal comma (as in Việt Nam) Excel splits a
//! file at semicolons when it is opened by a double click; and a byte order mark, without which it would not read UTF-8.

/// A list that begins with these heads.
#[must_use]
pub fn begin(heads: &[&str]) -> String {
    let mut out = String::from('\u{feff}');
    line(&mut out, heads);
    out
}

/// Adds a line; a cell with a separator is quoted.
pub fn line(out: &mut String, cells: &[impl AsRef<str>]) {
    let quoted = |cell: &str| {
        let plain = !cell.contains([';', '"', '\n', '\r', ',', '\t']);
        if plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    };
    out.push_str(&cells.iter().map(|cell| quoted(cell.as_ref())).collect::<Vec<_>>().join(";"));
    out.push_str("\r\n");
}

/// A text that a spreadsheet program would run as a formula gets an apostrophe: then it is a text there too.
#[must_use]
pub fn safe(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_a_text() {
        for formula in ["=1+1", "+84905", "-2", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(safe(formula), format!("'{formula}"));
        }
        assert_eq!(safe("Trần Văn Lựu"), "Trần Văn Lựu");
    }

    #[test]
    fn a_cell_with_a_separator_is_quoted() {
        let mut out = String::new();
        line(&mut out, &["a;b", "nói \"có\"", "x"]);
        assert_eq!(out, "\"a;b\";\"nói \"\"có\"\"\";x\r\n");
    }
}
