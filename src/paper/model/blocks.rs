//! The plain marks in which papers are written, one paragraph a line:
//!
//! | a line that begins with | is |
//! |---|---|
//! | `# ` | a heading |
//! | `## ` | a smaller heading |
//! | `= ` | bold, in the middle |
//! | `- ` | an item |
//! | `Kính gửi:` | whom it is addressed to, several parted by `;` |
//! | `Căn cứ `, `Xét đề nghị `, `Theo đề nghị của ` | a ground |
//! | `Điều 1.` | an article |
//! | `[bảng NAME]` | a table that the program fills in |
//! | anything else | a paragraph |

use typeset::paper::{Block, Table};

/// A table that papers know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableName {
    /// The unit's criteria.
    Criteria,
    /// The groups with their households and results.
    Groups,
    /// The groups against the criteria, on wide pages.
    GroupsByCriteria,
    /// The groups' registrations.
    Registrations,
    /// The groups that are proposed, or recognised.
    Proposed,
    /// The votes of the meeting.
    Votes,
    /// Who was at the meeting.
    People,
    /// Incidents by type.
    Incidents,
    /// What was sent back.
    Returned,
    /// The households.
    Households,
}

impl TableName {
    /// Every table, by the name that wordings use.
    pub const ALL: [(&'static str, Self); 10] = [
        ("tiêu chí", Self::Criteria),
        ("các tổ", Self::Groups),
        ("các tổ theo tiêu chí", Self::GroupsByCriteria),
        ("đăng ký các tổ", Self::Registrations),
        ("đề nghị công nhận", Self::Proposed),
        ("biểu quyết", Self::Votes),
        ("người dự", Self::People),
        ("vụ việc", Self::Incidents),
        ("trả lại", Self::Returned),
        ("hộ", Self::Households),
    ];

    /// The table of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name.trim().to_lowercase()).map(|(_, table)| table)
    }
}

/// A line that means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTable {
    /// Counted from 1.
    pub line: usize,
    /// What stood there.
    pub name: String,
}

/// Reads the lines; tables come from `table`.
#[must_use]
pub fn blocks(text: &str, table: impl Fn(TableName) -> Table) -> Vec<Block> {
    text.lines().filter_map(|line| block(line.trim(), &table)).collect()
}

/// Lines that name a table which no paper knows.
#[must_use]
pub fn unknown_tables(text: &str) -> Vec<UnknownTable> {
    let unknown = |(at, line): (usize, &str)| {
        let name = table_line(line.trim())?;
        TableName::named(name).is_none().then(|| UnknownTable { line: at + 1, name: name.trim().to_owned() })
    };
    text.lines().enumerate().filter_map(unknown).collect()
}

fn table_line(line: &str) -> Option<&str> {
    line.strip_prefix("[bảng ")?.strip_suffix(']')
}

fn block(line: &str, table: &impl Fn(TableName) -> Table) -> Option<Block> {
    let owned = |text: &str| text.trim().to_owned();
    if line.is_empty() {
        return None;
    }
    if let Some(name) = table_line(line).and_then(TableName::named) {
        return Some(Block::Table(table(name)));
    }
    if let Some(whom) = line.strip_prefix("Kính gửi:") {
        return Some(Block::Addressees(whom.split(';').map(owned).filter(|it| !it.is_empty()).collect()));
    }
    if let Some((label, text)) = article(line) {
        return Some(Block::Article { label: owned(label), text: owned(text) });
    }
    Some(match line.split_once(' ') {
        Some(("##", text)) => Block::Subheading(owned(text)),
        Some(("#", text)) => Block::Heading(owned(text)),
        Some(("=", text)) => Block::Centred(owned(text)),
        Some(("-", text)) => Block::Item(owned(text)),
        _ if GROUNDS.iter().any(|mark| line.starts_with(mark)) => Block::Ground(owned(line)),
        _ => Block::Paragraph(owned(line)),
    })
}

/// How grounds begin (Nghị định 30/2020/NĐ-CP: what a decision rests on, and who asked for it).
const GROUNDS: [&str; 3] = ["Căn cứ ", "Xét đề nghị ", "Theo đề nghị của "];

/// "Điều 1. Công nhận ..." in its two halves.
fn article(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("Điều ")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    let end = "Điều ".len() + digits + 1;
    (digits > 0 && rest[digits..].starts_with('.')).then(|| line.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty(_: TableName) -> Table {
        Table { caption: String::new(), columns: vec![], rows: vec![], total: vec![], wide: false }
    }

    #[test]
    fn each_mark_is_its_block() {
        let text = "Kính gửi: Ban chỉ đạo phường; Công an phường\n\nCăn cứ Thông tư số 124;\nTheo đề nghị của Trưởng Công an phường.\n= QUYẾT ĐỊNH:\nĐiều 1. Công nhận.\n# I. Kết quả\n## 1. Đăng ký\n- Có mặt\nTheo Điều 5 khoản 1.\n[bảng tiêu chí]";
        let found = blocks(text, empty);
        let expected = [
            Block::Addressees(vec!["Ban chỉ đạo phường".to_owned(), "Công an phường".to_owned()]),
            Block::Ground("Căn cứ Thông tư số 124;".to_owned()),
            Block::Ground("Theo đề nghị của Trưởng Công an phường.".to_owned()),
            Block::Centred("QUYẾT ĐỊNH:".to_owned()),
            Block::Article { label: "Điều 1.".to_owned(), text: "Công nhận.".to_owned() },
            Block::Heading("I. Kết quả".to_owned()),
            Block::Subheading("1. Đăng ký".to_owned()),
            Block::Item("Có mặt".to_owned()),
            Block::Paragraph("Theo Điều 5 khoản 1.".to_owned()),
            Block::Table(empty(TableName::Criteria)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_table_that_no_paper_knows_is_told_with_its_line() {
        let found = unknown_tables("a\n[bảng khác]\n[bảng hộ]");
        assert_eq!(found, [UnknownTable { line: 2, name: "khác".to_owned() }]);
        // What cannot be drawn stays visible as it was written.
        assert_eq!(blocks("[bảng khác]", empty), [Block::Paragraph("[bảng khác]".to_owned())]);
    }
}
