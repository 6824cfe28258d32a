//! Refusals: what cannot be done, and what can.

use crate::access::{Denial, DenialCode, Role};

/// The heading of a refusal.
#[must_use]
pub const fn heading(code: DenialCode) -> &'static str {
    match code {
        DenialCode::NotThisSeat => "Việc này thuộc người khác",
        DenialCode::NotInThisState => "Hồ sơ đang ở bước khác",
        DenialCode::PartClosed => "Phần này đã khóa",
        DenialCode::OutsideDelegation => "Ngoài phạm vi được ủy quyền",
        DenialCode::LateLocked => "Đã khóa nhận hồ sơ trễ",
        DenialCode::PartsMissing => "Hồ sơ còn thiếu phần",
        DenialCode::AssessmentsMissing => "Còn tiêu chí chưa tự đánh giá",
        DenialCode::VerdictsMissing => "Còn tiêu chí chưa thẩm định",
        DenialCode::NotAllMet => "Còn tiêu chí chưa đạt",
        DenialCode::AnotherLevelDecides => "Cấp khác quyết định việc này",
        DenialCode::GroupsFirst => "Xét các tổ trước",
        DenialCode::PackageNotReceived => "Gói hồ sơ của phường chưa được tiếp nhận",
        DenialCode::PackageNotSent => "Gói hồ sơ của phường chưa gửi",
        DenialCode::Overtaken => "Hồ sơ đã đổi sau kết luận",
        DenialCode::YearExists => "Năm này đã mở",
        DenialCode::YearOver => "Năm này đã qua",
        DenialCode::HouseholdEnded => "Hộ này không còn ở đây",
        DenialCode::CountSealed => "Số này đã xác nhận hoặc đã bỏ",
        DenialCode::RulesetPublished => "Bộ này đã công bố",
        DenialCode::MeetingInAnotherStep => "Cuộc họp đang ở bước khác",
        DenialCode::PaperIssued => "Văn bản đã phát hành",
        DenialCode::PaperNotIssued => "Văn bản chưa phát hành",
    }
}

/// The rule behind a refusal, in one or two sentences.
#[must_use]
pub const fn sentence(code: DenialCode) -> &'static str {
    match code {
        DenialCode::NotThisSeat => "Vai đang chọn không làm được việc này.",
        DenialCode::NotInThisState => {
            "Bước này chỉ làm được khi hồ sơ đang ở trạng thái phù hợp. Mở lại hồ sơ để xem bước hiện tại."
        }
        DenialCode::PartClosed => "Chỉ phần được trả lại mới mở cho sửa. Phần khác giữ nguyên như đã nộp.",
        DenialCode::OutsideDelegation => {
            "Giấy ủy quyền không gồm loại hồ sơ này, hoặc vai được ủy quyền không ủy quyền tiếp được."
        }
        DenialCode::LateLocked => "Năm này phường không nhận hồ sơ nộp sau hạn. Liên hệ Công an phường để được mở.",
        DenialCode::PartsMissing => "Các phần bắt buộc phải đủ tài liệu, số, ngày và người ký thì mới nộp được.",
        DenialCode::AssessmentsMissing => "Mỗi tiêu chí cần một kết luận tự đánh giá trước khi nộp.",
        DenialCode::VerdictsMissing => "Mỗi tiêu chí cần một kết luận thẩm định trước bước này.",
        DenialCode::NotAllMet => "Phải đạt tất cả tiêu chí mới được đề nghị hoặc công nhận (Thông tư 124/2021/TT-BCA).",
        DenialCode::AnotherLevelDecides => "Bộ quy định của năm này giao việc công nhận cho cấp khác.",
        DenialCode::GroupsFirst => {
            "Tỷ lệ tổ được công nhận là tiêu chí của phường, nên thành phố xét hết các tổ rồi mới xét phường."
        }
        DenialCode::PackageNotReceived => "Thành phố tiếp nhận hồ sơ của phường trước, rồi mới xét từng tổ.",
        DenialCode::PackageNotSent => "Nộp hồ sơ đề nghị của phường trước; các tổ đã được đề nghị đi cùng gói đó.",
        DenialCode::Overtaken => {
            "Số liệu hoặc giấy tờ đã đổi sau khi kết luận, nên kết luận ấy không còn giá trị. Mở lại hồ sơ để xét lại."
        }
        DenialCode::YearExists => "Mỗi phường có một chương trình cho mỗi năm đánh giá.",
        DenialCode::YearOver => "Đăng ký và ký cam kết ghi vào năm mới nhất. Chọn năm đó ở góc trên rồi ghi tiếp.",
        DenialCode::HouseholdEnded => {
            "Hộ đã chuyển đi hoặc không còn, nên sổ chỉ cho xem. Ghi nhầm thì mở lại hộ ở trang của hộ."
        }
        DenialCode::CountSealed => {
            "Số đã xác nhận do Công an phường sửa. Số đã bỏ thì giữ nguyên để tra lại; cần thì ghi số mới."
        }
        DenialCode::RulesetPublished => "Bộ đã công bố giữ nguyên. Soạn bộ mới từ bộ đó để đổi.",
        DenialCode::MeetingInAnotherStep => {
            "Cuộc họp chưa mở, hoặc đã kết thúc. Mở trang cuộc họp để xem bước hiện tại."
        }
        DenialCode::PaperIssued => "Văn bản đã có số thì giữ nguyên. Cần sửa thì soạn bản mới rồi phát hành lại.",
        DenialCode::PaperNotIssued => "Phát hành văn bản trước, rồi mới đưa vào hồ sơ hoặc nhận bản ký.",
    }
}

/// Who could do it.
#[must_use]
pub fn who_can(denial: Denial) -> Option<String> {
    denial.who_can.map(|role: Role| format!("{} làm được việc này.", role.name_vi()))
}
