//! Names of states, findings and lacks, each with the icon and tone that go with it.

use crate::dossier::model::{Dossier, Finding, Lack, PartState, Status};
use crate::ruleset::DossierKind;

/// A state as a tag shows it: word, icon, tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// The word.
    pub word: &'static str,
    /// The icon's name.
    pub icon: &'static str,
    /// Its tone, as `parts/state.html` takes it.
    pub tone: &'static str,
}

const fn tag(word: &'static str, icon: &'static str, tone: &'static str) -> Tag {
    Tag { word, icon, tone }
}

/// The state of a dossier by its status alone.
#[must_use]
pub const fn status(status: Status) -> Tag {
    match status {
        Status::Draft => tag("Nháp", "pencil-line", "none"),
        Status::Submitted => tag("Đã nộp", "send", "info"),
        Status::Received => tag("Đã tiếp nhận", "inbox", "info"),
        Status::Returned => tag("Trả lại bổ sung", "undo-2", "soon"),
        Status::Appraised => tag("Đã thẩm định", "clipboard-check", "main"),
        Status::Recommended => tag("Đề nghị công nhận", "file-up", "good"),
        Status::NotRecommended => tag("Không đề nghị", "circle-x", "bad"),
        Status::Forwarded => tag("Đã gửi thành phố", "send", "info"),
        Status::Recognised => tag("Công nhận", "award", "gold"),
        Status::NotRecognised => tag("Chưa đạt", "circle-x", "bad"),
        Status::Revoked => tag("Đã thu hồi", "undo-2", "bad"),
    }
}

/// The state of a dossier; a second submission has its own word.
#[must_use]
pub const fn dossier_status(dossier: &Dossier) -> Tag {
    if dossier.is_resubmitted() { tag("Đã nộp lại", "refresh-cw", "info") } else { status(dossier.status) }
}

/// The state of a part.
#[must_use]
pub const fn part_state(state: PartState) -> Tag {
    match state {
        PartState::Empty => tag("Chưa có", "circle-dashed", "none"),
        PartState::Begun => tag("Còn thiếu", "pencil-line", "soon"),
        PartState::Done => tag("Xong", "check", "good"),
        PartState::Returned => tag("Cần sửa", "undo-2", "soon"),
        PartState::Optional => tag("Không bắt buộc", "info", "none"),
    }
}

/// A finding about a criterion. "Chưa đạt" looks no more alarming than it is: the layout does not lean.
#[must_use]
pub const fn finding(finding: Finding) -> Tag {
    match finding {
        Finding::Met => tag("Đạt", "circle-check", "good"),
        Finding::NotMet => tag("Chưa đạt", "circle-x", "bad"),
        Finding::Insufficient => tag("Chưa đủ căn cứ", "circle-help", "soon"),
    }
}

/// No finding yet.
pub const NOT_JUDGED: Tag = tag("Chưa xem", "circle-dashed", "none");

/// "hồ sơ đăng ký", "hồ sơ đề nghị xét duyệt".
#[must_use]
pub const fn kind(kind: DossierKind) -> &'static str {
    match kind {
        DossierKind::Registration => "Hồ sơ đăng ký",
        DossierKind::Request => "Hồ sơ đề nghị xét duyệt",
    }
}

/// A short name for narrow places.
#[must_use]
pub const fn kind_short(kind: DossierKind) -> &'static str {
    match kind {
        DossierKind::Registration => "Đăng ký",
        DossierKind::Request => "Đề nghị",
    }
}

/// What a part lacks, as the object of "còn thiếu".
#[must_use]
pub const fn lack(lack: Lack) -> &'static str {
    match lack {
        Lack::File => "tệp",
        Lack::Content => "tệp hoặc nội dung gõ",
        Lack::Number => "số, ký hiệu",
        Lack::Day => "ngày ký",
        Lack::Signer => "người ký",
    }
}
