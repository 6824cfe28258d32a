//! What a column is about, told from its heading.

use serde::{Deserialize, Serialize};

use crate::platform::fold::fold;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The running number of the list.
    Order,
    /// The household's code.
    Code,
    /// The head's whole name.
    Head,
    /// Family and middle names, where the given name has a column of its own.
    FamilyName,
    /// The given name.
    GivenName,
    /// House number.
    Number,
    /// Alley.
    Alley,
    /// Street.
    Street,
    /// An address in one piece.
    Address,
    /// How many live in the household.
    Members,
    /// Phone.
    Phone,
    /// The residential group.
    Group,
    /// Registered, or the day.
    Registered,
    /// Pledged, or the day.
    Pledged,
    /// Note.
    Note,
    /// What a person is to the head: such a list has a row per person, and only heads are taken.
    Relation,
    /// Personal data that the register may not hold. Never read.
    Forbidden,
    /// Left out by the person's choice, or a column for signatures.
    Ignored,
}

/// Phrases of folded headings, the first that fits decides. `=` in front: the whole heading, otherwise whole words in it.
const PHRASES: [(Meaning, &str); 17] = [
    (
        Meaning::Forbidden,
        "cccd|cmnd|cmt|can cuoc|chung minh|dinh danh|ho chieu|so ho khau|shk|ngay sinh|nam sinh|sinh nam|sinh ngay|\
         thang nam sinh|=tuoi|dan toc|ton giao|tien an|tien su|gioi tinh|nam nu|nghe nghiep|que quan|nguyen quan|\
         so tai khoan|thu nhap|benh|khuyet tat|bao hiem|bhyt|dang vien|hoc van|trinh do|hon nhan|ten vo|ten chong",
    ),
    (Meaning::Order, "=stt|=tt|=so tt|=so thu tu|=thu tu|=no|=s tt|=stt ho"),
    (Meaning::Relation, "quan he"),
    (Meaning::Phone, "dien thoai|sdt|so dt|=dt|dtdd|di dong|phone|zalo|lien he|lien lac|so may"),
    (Meaning::Address, "dia chi|noi o|cho o|noi cu tru|thuong tru|dktt|tam tru|cu tru"),
    (Meaning::Ignored, "chu ky|ky ten|ky nhan"),
    (Meaning::Pledged, "cam ket|giao uoc|ngay ky|da ky|=ky|=ky ngay"),
    (Meaning::Registered, "dang ky|ngay dk|=dk|=da dk"),
    (Meaning::Members, "nhan khau|so khau|=khau|so nguoi|thanh vien|=nk|so nk|sl nguoi|so luong nguoi"),
    (
        Meaning::FamilyName,
        "=ho|ho dem|ho lot|ho va dem|ho va ten dem|ho va chu dem|ho va ten lot|ho va chu lot|ho ten dem|ho chu dem",
    ),
    (Meaning::Head, "chu ho|ho ten|ho va ten|ho va ten chu ho|nguoi dai dien|dai dien ho|ten ho|=ho gia dinh"),
    (Meaning::Code, "ma ho|so ho|ma so|=ma|ma ho gia dinh|so hieu|=code"),
    (Meaning::Group, "to dan pho|tdp|to dp|=to|thuoc to|to so|to nhan dan|khu pho|=to kp|ten to"),
    (Meaning::GivenName, "=ten|=ten goi"),
    (Meaning::Note, "ghi chu|luu y|=gc"),
    (Meaning::Alley, "hem|ngo|kiet|ngach"),
    (Meaning::Number, "so nha|nha so|=so"),
];

const STREET: &str = "duong|pho|duong pho|ten duong|ten pho";

impl Meaning {
    /// The meaning of a heading, if it has one that we know.
    #[must_use]
    pub fn of(heading: &str) -> Option<Self> {
        let heading = plain(heading);
        // Nobody heads a column with a sentence; a title row would fit many phrases.
        if heading.is_empty() || heading.split(' ').count() > 12 {
            return None;
        }
        let found = PHRASES.iter().find(|(_, phrases)| fits(&heading, phrases)).map(|(meaning, _)| *meaning);
        match (found, fits(&heading, STREET)) {
            // "Số nhà, đường": both in one column.
            (Some(Self::Number | Self::Alley), true) => Some(Self::Address),
            (None, true) => Some(Self::Street),
            (found, _) => found,
        }
    }

    /// Whether a household list may have two columns of this meaning.
    pub(super) fn may_repeat(self) -> bool {
        matches!(self, Self::Forbidden | Self::Ignored | Self::Order)
    }
}

/// Folded words alone: signs become spaces.
fn plain(heading: &str) -> String {
    let letters: String = fold(heading).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fits(heading: &str, phrases: &str) -> bool {
    let padded = format!(" {heading} ");
    phrases.split('|').any(|phrase| match phrase.strip_prefix('=') {
        Some(whole) => heading == whole,
        None => padded.contains(&format!(" {phrase} ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_real_lists() {
        let headings = [
            ("STT", Meaning::Order),
            ("Số TT", Meaning::Order),
            ("Mã hộ", Meaning::Code),
            ("SỐ HỘ", Meaning::Code),
            ("Họ và tên chủ hộ", Meaning::Head),
            ("Họ tên", Meaning::Head),
            ("CHỦ HỘ", Meaning::Head),
            ("Họ", Meaning::FamilyName),
            ("Họ và tên đệm", Meaning::FamilyName),
            ("Tên", Meaning::GivenName),
            ("Số nhà", Meaning::Number),
            ("Hẻm / Ngõ", Meaning::Alley),
            ("Đường", Meaning::Street),
            ("Tên đường, phố", Meaning::Street),
            ("Số nhà, tên đường", Meaning::Address),
            ("Địa chỉ thường trú", Meaning::Address),
            ("Nơi đăng ký thường trú", Meaning::Address),
            ("Số nhân khẩu\n(người)", Meaning::Members),
            ("Số ĐT", Meaning::Phone),
            ("SĐT liên hệ", Meaning::Phone),
            ("Điện thoại (nếu có)", Meaning::Phone),
            ("Tổ dân phố", Meaning::Group),
            ("Tổ", Meaning::Group),
            ("Ngày đăng ký", Meaning::Registered),
            ("Đã ký cam kết", Meaning::Pledged),
            ("Ngày ký", Meaning::Pledged),
            ("Chữ ký", Meaning::Ignored),
            ("Ghi chú", Meaning::Note),
            ("Quan hệ với chủ hộ", Meaning::Relation),
            ("Số CCCD", Meaning::Forbidden),
            ("Ngày, tháng, năm sinh", Meaning::Forbidden),
            ("Dân tộc", Meaning::Forbidden),
            ("Tiền án, tiền sự", Meaning::Forbidden),
            ("Số hộ khẩu", Meaning::Forbidden),
        ];
        for (heading, meaning) in headings {
            assert_eq!(Meaning::of(heading), Some(meaning), "{heading}");
        }
        for heading in ["", "Cột 1", "Xếp loại", "Nguyễn Văn A"] {
            assert_eq!(Meaning::of(heading), None, "{heading}");
        }
    }
}
