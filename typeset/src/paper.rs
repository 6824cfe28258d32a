//! An official paper as data: the same for PDF and for Word.

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// A paper in the layout of Nghị định 30/2020/NĐ-CP. Nothing of it is read as markup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// The body above the one that issues, "ỦY BAN NHÂN DÂN PHƯỜNG PHƯỚC LONG"; not bold. None where there is none.
    pub parent: Option<String>,
    /// The body that issues, "BAN CHỈ ĐẠO"; bold, with a rule under it.
    pub body: String,
    /// "Số: 05/TTr-BCĐ", or with a gap while no number is taken; none for papers that bear none.
    pub number: Option<String>,
    /// "Phước Long".
    pub place: String,
    /// The day on the paper; none leaves "ngày      tháng      năm 2024" to be filled in by hand.
    pub day: Option<Day>,
    /// The year of an open day.
    pub year: i32,
    /// When it was set, for the file's own date.
    pub printed: Day,
    /// "TỜ TRÌNH".
    pub kind: String,
    /// "Về việc đề nghị xét, công nhận ..."; may be empty.
    pub subject: String,
    /// What it says.
    pub content: Vec<Block>,
    /// Who signs: one stands right; of two the first stands left (the secretary of a meeting), the second right.
    pub signatures: Vec<Signature>,
    /// "Như trên;", ..., "Lưu: VT." without dashes; empty for none.
    pub recipients: Vec<String>,
    /// Marks every page as a draft ("DỰ THẢO").
    pub draft: bool,
    /// Small print at the foot of each page: "Số liệu lúc 14:05 ngày 15/11/2024". May be empty.
    pub foot: String,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", content = "said", rename_all = "snake_case")]
pub enum Block {
    /// "Kính gửi:" with whom; one stands on the line, several below each other.
    Addressees(Vec<String>),
    /// "Căn cứ ...;" in italics.
    Ground(String),
    /// Bold, in the middle: "QUYẾT ĐỊNH:".
    Centred(String),
    /// Bold: "I. CÔNG TÁC TỔ CHỨC".
    Heading(String),
    /// Bold italics: "1. Đăng ký".
    Subheading(String),
    /// Justified, its first line indented.
    Paragraph(String),
    /// The same with a bold label in front: "Điều 1."
    Article {
        /// "Điều 1."
        label: String,
        /// What it says.
        text: String,
    },
    /// A line with a dash.
    Item(String),
    /// A table whose header repeats on each page.
    Table(Table),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Above it; may be empty.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a text for each column.
    pub rows: Vec<Vec<String>>,
    /// A bold last row; empty for none.
    pub total: Vec<String>,
    /// Stands on pages of its own, turned by a quarter, because it has many columns.
    pub wide: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its header.
    pub title: String,
    /// Its share of the width, compared with the others.
    pub share: f32,
    /// Where its texts stand.
    pub align: Align,
}

/// Where a text stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words.
    Left,
    /// Short marks and ordinals.
    Center,
    /// Figures.
    Right,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN": bold, one below the other.
    pub capacity: Vec<String>,
    /// "(Ký, ghi rõ họ tên)"; may be empty.
    pub hint: String,
    /// The full name below the room to sign in; may be empty.
    pub name: String,
}

/// A Giấy công nhận. Its look belongs to the ruleset, not to the decree: a framed landscape page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Who recognises: "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG".
    pub body: String,
    /// "GIẤY CÔNG NHẬN".
    pub title: String,
    /// "Tổ dân phố 7".
    pub unit: String,
    /// "phường Phước Long, thành phố Nha Trang, tỉnh Khánh Hòa"; may be empty.
    pub unit_place: String,
    /// "Đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024".
    pub achievement: String,
    /// "Theo Quyết định số 6120/QĐ-UBND ngày 18 tháng 12 năm 2024".
    pub basis: String,
    /// "Số: 07/2024".
    pub number: String,
    /// "Nha Trang".
    pub place: String,
    /// The day on it.
    pub day: Day,
    /// Who signs.
    pub signature: Signature,
    /// What the QR symbol says: the address of the public page.
    pub qr: String,
    /// The code below the symbol, for who types it.
    pub code: String,
    /// Small print below the code: "Kiểm tra tại binhyen.example/xac-minh".
    pub check: String,
}
