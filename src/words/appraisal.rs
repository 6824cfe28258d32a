//! What the desk above and the city are told by Rust: sentences at fields, canned reasons, units of figures.

use crate::dossier::model::Finding;
use crate::ruleset::CriterionKind;

/// No finding picked.
pub const CHOOSE_FINDING: &str = "Chọn một kết luận: Đạt, Chưa đạt hoặc Chưa đủ căn cứ.";

/// A finding other than "đạt" without its reason.
#[must_use]
pub const fn note_missing(finding: Finding) -> &'static str {
    match finding {
        Finding::Met | Finding::NotMet => "Ghi vì sao chưa đạt, ví dụ: 349/350 hộ đăng ký, thiếu hộ 0733.",
        Finding::Insufficient => "Ghi còn thiếu căn cứ gì, ví dụ: ảnh chưa ghi ngày chụp.",
    }
}

/// A verdict against what the program computed, without its reason.
pub const OVERRIDE_NEEDS_REASON: &str = "Kết luận này khác kết quả chương trình tính. Ghi lý do.";

/// Nothing ticked on a return.
pub const RETURN_NOTHING: &str = "Chọn ít nhất một mục cần sửa.";

/// Ticked without a reason.
#[must_use]
pub fn return_no_reason(thing: &str) -> String {
    format!("{thing}: ghi điều đơn vị cần làm, ví dụ: bổ sung ngày trên ảnh.")
}

/// A reason nobody can act on.
#[must_use]
pub fn return_short_reason(thing: &str) -> String {
    format!("{thing}: ghi rõ hơn, từ 5 ký tự trở lên.")
}

/// A reason at a thing that is not ticked.
#[must_use]
pub fn return_not_chosen(thing: &str) -> String {
    format!("{thing}: có lý do nhưng chưa được chọn. Chọn mục, hoặc xóa lý do.")
}

/// No day to answer by.
pub const ANSWER_BY_MISSING: &str = "Ghi ngày cuối để đơn vị trả lời, ví dụ 16/11/2024.";

/// A day to answer by that leaves no time.
pub const ANSWER_BY_PAST: &str = "Ngày này không còn kịp. Ghi từ ngày mai trở đi.";

/// A day to answer by that is too far off.
pub const ANSWER_BY_FAR: &str = "Ngày này xa quá. Ghi trong vòng 60 ngày tới.";

/// Reasons that desks give again and again; a person picks one and may change it.
pub const RETURN_REASONS: [&str; 6] = [
    "Bổ sung số, ký hiệu và ngày ký trên văn bản.",
    "Bổ sung chữ ký và con dấu.",
    "Bản chụp mờ, chụp hoặc quét lại cho rõ.",
    "Bổ sung ngày trên ảnh để biết có trong thời gian xét.",
    "Số liệu chưa khớp với báo cáo, rà lại và sửa.",
    "Bổ sung tài liệu chứng minh cho tiêu chí này.",
];

/// A number that is none, in "nếu thì".
pub const WHAT_IF_NUMBER: &str = "Ghi một số, ví dụ 12.";

/// Incidents without their type, in "nếu thì".
pub const WHAT_IF_KIND: &str = "Chọn loại vụ việc.";

/// Reasons of verdicts that come again and again.
pub const VERDICT_REASONS: [&str; 5] = [
    "Đã đối chiếu hồ sơ giấy, đủ căn cứ.",
    "Công an phường theo dõi cả năm, không có việc nào phải ghi.",
    "Số liệu tự đánh giá chưa khớp với sổ.",
    "Minh chứng chưa ghi ngày hoặc nằm ngoài thời gian xét.",
    "Còn thiếu giấy tờ làm căn cứ.",
];

/// Neither recommended nor declined.
pub const CHOOSE_CONCLUSION: &str = "Chọn Đề nghị công nhận hoặc Không đề nghị.";

/// Declined without a reason.
pub const DECLINE_NO_REASON: &str = "Ghi lý do không đề nghị. Đơn vị đọc được lý do này.";

/// Neither recognised nor refused.
pub const CHOOSE_OUTCOME: &str = "Chọn Công nhận hoặc Không công nhận.";

/// Refused without a reason.
pub const REFUSE_NO_REASON: &str = "Ghi lý do không công nhận. Đơn vị đọc được lý do này.";

/// Taking a conclusion back.
pub const REOPEN: &str = "Mở lại để xét lại";

/// Handing a group's request back to its ward.
pub const HAND_BACK: &str = "Trả về phường";

/// Why a conclusion holds no more once the city handed the dossier back; what exactly it asks stands at each thing.
pub const HANDED_BACK: &str = "Thành phố trả về phường kèm lý do từng mục.";

/// Passing on to the group what the city asks.
pub const PASS_ON: &str = "Chuyển cho tổ bổ sung";

/// A conclusion taken back without a reason.
pub const REOPEN_NO_REASON: &str = "Ghi lý do mở lại, từ 5 ký tự. Lý do ở lại trong diễn biến hồ sơ.";

/// A recognition taken back without a reason.
pub const REVOKE_NO_REASON: &str = "Ghi lý do thu hồi. Lý do ở lại trong diễn biến hồ sơ.";

/// No number on a decision.
pub const NUMBER_MISSING: &str = "Ghi số quyết định như trên giấy, ví dụ 6120/QĐ-UBND.";

/// No day on a decision.
pub const DAY_MISSING: &str = "Ghi ngày ký quyết định, ví dụ 18/12/2024.";

/// No signer on a decision.
pub const SIGNER_MISSING: &str = "Ghi họ tên người ký quyết định.";

/// No group ticked for a decision.
pub const BATCH_NOTHING: &str = "Chọn ít nhất một tổ để công nhận.";

/// Somebody moved the dossier while this form was being filled in.
pub const OVERTAKEN: &str = "Chưa ghi gì. Chữ anh/chị đã gõ vẫn còn ở dưới; xem bản mới rồi gửi lại nếu vẫn đúng.";

/// What the figures of a ratio count: "hộ" in "349/350 hộ".
#[must_use]
pub fn unit(kind: &CriterionKind) -> &'static str {
    let counted = kind.leaves().into_iter().find_map(|leaf| match leaf {
        CriterionKind::Ratio { denominator, .. } => Some(*denominator),
        CriterionKind::Count { metric, .. } | CriterionKind::CountZero { metric } => Some(*metric),
        _ => None,
    });
    counted.map_or("trường hợp", super::engine::unit)
}

/// The SHA-256 of a judged state as people compare it by eye: its first eight and next four digits, "3F9A61C2-7B1E".
#[must_use]
pub fn short_state(sha256: &str) -> String {
    let digits: String = sha256.chars().take(12).collect::<String>().to_uppercase();
    match digits.split_at_checked(8) {
        Some((first, rest)) => format!("{first}-{rest}"),
        None => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::{SubjectKind, shipped};

    #[test]
    fn a_state_is_told_by_twelve_digits() {
        assert_eq!(short_state("3f9a61c27b1e00aa"), "3F9A61C2-7B1E");
        assert_eq!(short_state(""), "");
    }

    #[test]
    fn figures_are_counted_in_what_the_criterion_counts() {
        for ruleset in shipped().expect("the shipped rules are right") {
            let unit_of = |subject, code: &str| {
                unit(&ruleset.subject(subject).expect("subject").criterion(code).expect(code).kind)
            };
            assert_eq!(unit_of(SubjectKind::Group, "1.3"), "hộ");
            assert_eq!(unit_of(SubjectKind::Ward, "4.1"), "đơn vị");
            assert_eq!(unit_of(SubjectKind::Group, "2"), "trường hợp");
        }
    }
}
