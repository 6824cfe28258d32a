//! What a paper rests on: figures and names of one moment, as wordings read them. The Vietnamese names are those that a steward
//! writes between braces.
//!
//! Nothing of households is in here but counts: a list of them is read when the paper is set, and stays in the paper alone.

use serde::{Deserialize, Serialize};

/// Everything that a wording may speak of. What a kind of paper has nothing to do with stays empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The year, as text: years have no thousands.
    #[serde(rename = "nam")]
    pub year: String,
    /// The unit that the paper is about: "Tổ dân phố 7", or the ward.
    #[serde(rename = "don_vi")]
    pub unit: String,
    /// "phường Phước Long".
    #[serde(rename = "phuong")]
    pub ward: String,
    /// "thành phố Nha Trang".
    #[serde(rename = "thanh_pho")]
    pub city: String,
    /// First day that counts: "16/11/2023".
    #[serde(rename = "tu_ngay")]
    pub from: String,
    /// Last day that counts.
    #[serde(rename = "den_ngay")]
    pub to: String,
    /// What it rests on, a clause each: "Thông tư số 124/2021/TT-BCA ngày 28/12/2021 ...".
    #[serde(rename = "can_cu")]
    pub grounds: Vec<String>,
    /// Last day to hand in the dossier: "trước ngày 16/11/2024".
    #[serde(rename = "han_nop")]
    pub deadline: String,
    /// What is due in the year, in the order of the days: a plan names them all.
    #[serde(rename = "moc")]
    pub milestones: Vec<Milestone>,
    /// The ward itself recognises its groups, so that what goes up is about the ward alone.
    #[serde(rename = "phuong_cong_nhan")]
    pub ward_recognises: bool,
    /// Households of the unit.
    #[serde(rename = "ho")]
    pub households: Households,
    /// The unit against its criteria.
    #[serde(rename = "tieu_chi")]
    pub criteria: Vec<Criterion>,
    /// How many of them are met.
    #[serde(rename = "so_dat")]
    pub met: usize,
    /// All of them: "đạt", "chưa đạt", "chưa đủ căn cứ".
    #[serde(rename = "ket_qua")]
    pub overall: String,
    /// The codes of the groups' criteria, in the order of their findings: "1.1", ...
    #[serde(rename = "cac_tieu_chi", default)]
    pub group_criteria: Vec<String>,
    /// The groups of the ward.
    #[serde(rename = "cac_to")]
    pub groups: Vec<Group>,
    /// The groups, counted.
    #[serde(rename = "so_to")]
    pub group_counts: GroupCounts,
    /// The meeting that assessed; none while none was closed.
    #[serde(rename = "hop")]
    pub meeting: Option<Meeting>,
    /// Incidents by type, this window and the one before.
    #[serde(rename = "vu_viec")]
    pub incidents: Vec<Incident>,
    /// What was sent back.
    #[serde(rename = "tra_lai")]
    pub returned: Option<Returned>,
    /// The decision on the unit; none while there is none.
    #[serde(rename = "quyet_dinh")]
    pub decision: Option<Decision>,
}

/// Something that is due.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// "Hồ sơ đăng ký của tổ dân phố".
    #[serde(rename = "ten")]
    pub title: String,
    /// Who does it, and to whom: "Tổ dân phố nộp Thường trực Ban chỉ đạo phường, qua Công an phường"; may be empty.
    #[serde(rename = "ai")]
    pub who: String,
    /// "trước ngày 31/3/2024", or "chậm nhất ngày 17/11/2024" where that day is still in time.
    #[serde(rename = "han")]
    pub by: String,
}

/// Households, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Households {
    /// All that count.
    #[serde(rename = "tong")]
    pub all: i64,
    /// Registered to take part.
    #[serde(rename = "dang_ky")]
    pub registered: i64,
    /// Signed the pledge.
    #[serde(rename = "ky")]
    pub pledged: i64,
    /// "98,5%".
    #[serde(rename = "ty_le_dang_ky")]
    pub registered_share: String,
    /// "98,5%".
    #[serde(rename = "ty_le_ky")]
    pub pledged_share: String,
}

/// A criterion of the unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// "1.3".
    #[serde(rename = "ma")]
    pub code: String,
    /// "khoản 1.3".
    #[serde(rename = "nhan")]
    pub label: String,
    /// "Điều 5 khoản 1".
    #[serde(rename = "dan")]
    pub citation: String,
    /// What it asks.
    #[serde(rename = "ten")]
    pub title: String,
    /// What the unit says: "đạt", or empty.
    #[serde(rename = "tu_danh_gia")]
    pub claim: String,
    /// What the desk found: "đạt", or empty.
    #[serde(rename = "ket_luan")]
    pub verdict: String,
    /// Why, with figures.
    #[serde(rename = "vi_sao")]
    pub why: String,
    /// What a person noted.
    #[serde(rename = "ghi_chu")]
    pub note: String,
}

/// A group of the ward.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// "Tổ dân phố 7".
    #[serde(rename = "ten")]
    pub name: String,
    /// Households, counted.
    #[serde(rename = "ho")]
    pub households: Households,
    /// Its registration was handed in on that day: "27/3/2024", or empty.
    #[serde(rename = "dang_ky_ngay")]
    pub registered_on: String,
    /// Its findings by criterion, in the order of the rules: "Đ", "K" or "".
    #[serde(rename = "o")]
    pub cells: Vec<String>,
    /// How many criteria are met.
    #[serde(rename = "so_dat")]
    pub met: usize,
    /// "đạt", "chưa đạt" or "chưa đủ căn cứ".
    #[serde(rename = "ket_qua")]
    pub overall: String,
    /// What was concluded: "đề nghị công nhận", "không đề nghị", "công nhận", "không công nhận", or empty.
    #[serde(rename = "ket_luan")]
    pub concluded: String,
    /// Proposed for recognition, or recognised already.
    #[serde(rename = "duoc_de_nghi", default)]
    pub is_proposed: bool,
    /// Votes for, against, other of the committee: "9/0/1", or empty.
    #[serde(rename = "phieu")]
    pub votes: String,
    /// Why not.
    #[serde(rename = "ly_do")]
    pub reason: String,
}

/// The groups of the ward, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCounts {
    /// All.
    #[serde(rename = "tong")]
    pub all: usize,
    /// Registered.
    #[serde(rename = "dang_ky")]
    pub registered: usize,
    /// Proposed, or more.
    #[serde(rename = "de_nghi")]
    pub recommended: usize,
    /// Not proposed, or refused.
    #[serde(rename = "khong_de_nghi")]
    pub declined: usize,
    /// Recognised by decision.
    #[serde(rename = "cong_nhan")]
    pub recognised: usize,
    /// Share of the proposed: "95,8%".
    #[serde(rename = "ty_le_de_nghi")]
    pub recommended_share: String,
    /// Share of the recognised.
    #[serde(rename = "ty_le_cong_nhan")]
    pub recognised_share: String,
}

/// A closed meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its title.
    #[serde(rename = "ten")]
    pub title: String,
    /// "8 giờ 00 ngày 16/11/2024".
    #[serde(rename = "bat_dau")]
    pub began: String,
    /// When it ended.
    #[serde(rename = "ket_thuc")]
    pub ended: String,
    /// Where; empty for opinions in writing.
    #[serde(rename = "dia_diem")]
    pub venue: String,
    /// Who led, with the office.
    #[serde(rename = "chu_tri")]
    pub chair: Person,
    /// Who wrote it down.
    #[serde(rename = "thu_ky")]
    pub secretary: Person,
    /// Who was there.
    #[serde(rename = "co_mat")]
    pub present: Vec<Person>,
    /// Who was not.
    #[serde(rename = "vang")]
    pub absent: Vec<Person>,
    /// "giơ tay", "bỏ phiếu kín", "lấy ý kiến bằng văn bản".
    #[serde(rename = "hinh_thuc")]
    pub ballot: String,
    /// What was voted, dossier by dossier.
    #[serde(rename = "bieu_quyet")]
    pub votes: Vec<Vote>,
    /// What single people said otherwise.
    #[serde(rename = "y_kien")]
    pub opinions: Vec<String>,
}

/// Somebody at a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Full name.
    #[serde(rename = "ten")]
    pub name: String,
    /// The office.
    #[serde(rename = "chuc_vu")]
    pub office: String,
}

/// A vote on one dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// "Tổ dân phố 7".
    #[serde(rename = "don_vi")]
    pub unit: String,
    /// What was put to the vote: "đề nghị công nhận".
    #[serde(rename = "noi_dung")]
    pub motion: String,
    /// For.
    #[serde(rename = "tan_thanh")]
    pub agree: u32,
    /// Against.
    #[serde(rename = "khong")]
    pub against: u32,
    /// Another opinion.
    #[serde(rename = "khac")]
    pub other: u32,
    /// What was concluded.
    #[serde(rename = "ket_luan")]
    pub concluded: String,
    /// Why.
    #[serde(rename = "ly_do")]
    pub reason: String,
}

/// Incidents of one type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// "Trộm cắp tài sản".
    #[serde(rename = "ten")]
    pub title: String,
    /// Confirmed in this window.
    #[serde(rename = "nay")]
    pub now: i64,
    /// In the window before; none while nobody brought it in.
    #[serde(rename = "truoc")]
    pub before: Option<i64>,
}

/// A return.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// When.
    #[serde(rename = "ngay")]
    pub on: String,
    /// Last day to answer.
    #[serde(rename = "tra_loi_truoc")]
    pub answer_by: String,
    /// What, and why.
    #[serde(rename = "muc")]
    pub items: Vec<ReturnedItem>,
}

/// One thing that was sent back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedItem {
    /// "Báo cáo kết quả", "Khoản 1.3".
    #[serde(rename = "ten")]
    pub title: String,
    /// Why.
    #[serde(rename = "ly_do")]
    pub reason: String,
}

/// A decision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// "6120/QĐ-UBND"; empty for a recommendation.
    #[serde(rename = "so")]
    pub number: String,
    /// Its day.
    #[serde(rename = "ngay")]
    pub on: String,
    /// Whether it says yes.
    #[serde(rename = "dong_y")]
    pub outcome: bool,
    /// Why not.
    #[serde(rename = "ly_do")]
    pub reason: String,
    /// The state that it judged: SHA-256.
    #[serde(rename = "ma_ban_xet")]
    pub state_sha256: String,
}

/// A figure or name that is no longer what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Where: "ho.ky", "cac_to.3.ket_luan".
    pub path: String,
    /// What it was.
    pub was: String,
    /// What it is.
    pub is: String,
}

impl Facts {
    /// What differs from a later look, in the order of the fields.
    #[must_use]
    pub fn moved(&self, later: &Self) -> Vec<Moved> {
        // A struct of texts, numbers and lists always has a JSON form.
        let (was, is) =
            (serde_json::to_value(self).unwrap_or_default(), serde_json::to_value(later).unwrap_or_default());
        let mut found = vec![];
        compare(String::new(), &was, &is, &mut found);
        found
    }
}

fn compare(path: String, was: &serde_json::Value, is: &serde_json::Value, found: &mut Vec<Moved>) {
    use serde_json::Value;
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let empty = Value::Null;
    match (was, is) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))).collect();
            keys.dedup();
            for key in keys {
                compare(below(key), a.get(key).unwrap_or(&empty), b.get(key).unwrap_or(&empty), found);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for at in 0..a.len().max(b.len()) {
                let pair = (a.get(at).unwrap_or(&empty), b.get(at).unwrap_or(&empty));
                compare(below(&(at + 1).to_string()), pair.0, pair.1, found);
            }
        }
        (a, b) if a != b => found.push(Moved { path, was: plain(a), is: plain(b) }),
        _ => {}
    }
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::Bool(yes) => if *yes { "có" } else { "không" }.to_owned(),
        // A whole row came or went.
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_is_named_by_its_place() {
        let was = Facts { year: "2024".to_owned(), ..Facts::default() };
        let mut is = was.clone();
        is.households.pledged = 315;
        is.groups.push(Group::default());
        let found = was.moved(&is);
        let paths: Vec<&str> = found.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["cac_to.1", "ho.ky"]);
        assert_eq!((found[1].was.as_str(), found[1].is.as_str()), ("0", "315"));
        assert!(was.moved(&was.clone()).is_empty());
    }

    #[test]
    fn facts_come_back_from_json() {
        let facts = Facts { meeting: Some(Meeting::default()), ..Facts::default() };
        let json = serde_json::to_string(&facts).unwrap();
        assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), facts);
    }
}
