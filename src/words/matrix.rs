//! Groups against criteria: states of cells, what changed, why a dossier stands apart.

use super::dossier::{self, Tag};
use crate::appraisal::model::{Exception, State};
use crate::dossier::model::Changed;
use crate::ruleset::{Finding, SubjectRules};

/// A cell's word, class and, where it has one, its key in the legend.
#[must_use]
pub const fn state(state: State) -> (&'static str, &'static str) {
    match state {
        State::Empty => ("chưa có gì", "mt"),
        State::ToSee => ("cần xem", "q"),
        State::Ready => ("tính ra đạt, chưa duyệt", "rd"),
        State::Met => ("đạt", "ok"),
        State::NotMet => ("chưa đạt", "no"),
        State::Insufficient => ("chưa đủ căn cứ", "un"),
        State::Changed => ("đổi sau khi xem", "q new"),
        State::Returned => ("đã trả lại", "bk"),
    }
}

/// Every state, in the order of the legend.
pub const LEGEND: [State; 8] = [
    State::Met,
    State::NotMet,
    State::Insufficient,
    State::Ready,
    State::ToSee,
    State::Changed,
    State::Returned,
    State::Empty,
];

fn found(finding: Option<Finding>) -> String {
    finding.map_or_else(|| "chưa ghi".to_owned(), |finding| dossier::finding(finding).word.to_lowercase())
}

/// What changed since a look, in a clause.
#[must_use]
pub fn change(changed: &Changed) -> String {
    match changed {
        Changed::Claim { before, after } => {
            format!("tổ tự đánh giá: {} thành {}", found(*before), found(*after))
        }
        Changed::ClaimWords => "tổ sửa ghi chú hoặc số liệu".to_owned(),
        Changed::EvidenceAdded(count) => format!("thêm {count} minh chứng"),
        Changed::EvidenceGone(count) => format!("bỏ {count} minh chứng"),
        Changed::Computed { before, after } => {
            format!("kết quả tính: {} thành {}", found(*before), found(*after))
        }
        Changed::Values => "số liệu tính đã đổi".to_owned(),
        Changed::Recalled => "thành phố hỏi lại".to_owned(),
    }
}

/// All that changed, as one sentence.
#[must_use]
pub fn changes(changed: &[Changed]) -> String {
    let said: Vec<String> = changed.iter().map(change).collect();
    super::ruleset::capital(&format!("{}.", said.join("; ")))
}

/// Why a dossier is not approved with the others.
#[must_use]
pub fn exception(exception: &Exception, rules: &SubjectRules) -> String {
    let labels = |codes: &[String]| {
        let label = |code: &String| {
            rules.criterion(code).map_or(code.as_str(), |it| it.label.trim_start_matches("Khoản ")).to_owned()
        };
        match codes {
            // A list of all is no help to anybody.
            many if many.len() > 6 => format!("{} tiêu chí", many.len()),
            few => few.iter().map(label).collect::<Vec<_>>().join(", "),
        }
    };
    match exception {
        Exception::NotHandedIn(status) => format!("{}, chưa nộp", dossier::status(*status).word),
        Exception::Done(status) => dossier::status(*status).word.to_owned(),
        Exception::NotMet(codes) => format!("Chưa đạt: {}", labels(codes)),
        Exception::Changed(codes) => format!("Đổi sau khi xem: {}", labels(codes)),
        Exception::Returned(codes) => format!("Chờ tổ bổ sung: {}", labels(codes)),
        Exception::Insufficient(codes) => format!("Chưa đủ căn cứ: {}", labels(codes)),
        Exception::ToSee(codes) => format!("Chưa xem: {}", labels(codes)),
        Exception::Empty(codes) => format!("Chưa có gì: {}", labels(codes)),
    }
}

/// The tag of the exceptions' worst kind.
#[must_use]
pub const fn tone(exception: &Exception) -> Tag {
    match exception {
        Exception::NotMet(_) => Tag { word: "Chưa đạt", icon: "circle-x", tone: "bad" },
        Exception::Changed(_) => Tag { word: "Vừa đổi", icon: "refresh-cw", tone: "soon" },
        Exception::Returned(_) => Tag { word: "Đã trả lại", icon: "undo-2", tone: "soon" },
        Exception::NotHandedIn(_) => Tag { word: "Chưa nộp", icon: "clock-alert", tone: "soon" },
        Exception::Insufficient(_) => Tag { word: "Chưa đủ căn cứ", icon: "circle-help", tone: "soon" },
        Exception::ToSee(_) | Exception::Empty(_) => {
            Tag { word: "Còn phải xem", icon: "circle-dashed", tone: "none" }
        }
        Exception::Done(_) => Tag { word: "Xong", icon: "check", tone: "good" },
    }
}

/// Nothing ticked where several dossiers are approved together.
pub const NOTHING_TICKED: &str = "Chọn ít nhất một hồ sơ để duyệt.";

/// A dossier moved between the list and the press.
#[must_use]
pub fn moved(names: &[String]) -> String {
    format!("{} vừa đổi nên chưa duyệt gì. Xem lại danh sách rồi duyệt.", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_one_sentence() {
        let changed = [
            Changed::Claim { before: Some(Finding::NotMet), after: Some(Finding::Met) },
            Changed::EvidenceAdded(2),
            Changed::Values,
        ];
        assert_eq!(changes(&changed), "Tổ tự đánh giá: chưa đạt thành đạt; thêm 2 minh chứng; số liệu tính đã đổi.");
    }

    #[test]
    fn every_state_has_its_own_word_and_look() {
        let mut seen = std::collections::HashSet::new();
        for it in LEGEND {
            let (word, class) = state(it);
            assert!(seen.insert(word) && !class.is_empty());
        }
    }
}
