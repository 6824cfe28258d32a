//! The pieces of a ruleset as labelled lines: what a comparison sets side by side, and what two stewards typed into one place.

use crate::ruleset::model::{Head, Piece};
use crate::ruleset::{
    Confidence, Criterion, DeadlineRule, Difference, DossierKind, IncidentType, Instrument, PartRule, Ruleset,
    SubjectKind, SubjectRules, UpperLevel, WindowRule,
};
use crate::web::filters::dates;

/// Labels with what stands there.
pub type Facts = Vec<(&'static str, String)>;

/// The facts as lines of text.
#[must_use]
pub fn lines(facts: &Facts) -> String {
    facts.iter().map(|(label, words)| format!("{label}: {words}")).collect::<Vec<_>>().join("\n")
}

/// Only what differs: the old lines and the new ones.
#[must_use]
pub fn apart(old: &Facts, new: &Facts) -> (Facts, Facts) {
    let differs = |facts: &Facts, other: &Facts| facts.iter().filter(|it| !other.contains(it)).cloned().collect();
    (differs(old, new), differs(new, old))
}

/// How sure somebody is.
#[must_use]
pub const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::H => "đã đọc trong văn bản gốc",
        Confidence::M => "suy ra từ văn bản",
        Confidence::L => super::NEEDS_CHECK,
    }
}

const fn yes(is: bool) -> &'static str {
    if is { "có" } else { "không" }
}

/// Title, note, validity.
#[must_use]
pub fn head(head: &Head) -> Facts {
    let to = head.valid_to.map_or_else(|| "khi có bộ thay".to_owned(), dates::day);
    vec![
        ("Tên", head.title.clone()),
        ("Ghi chú", head.note.clone()),
        ("Chọn được từ", dates::day(head.valid_from)),
        ("Đến", to),
    ]
}

/// The head of a ruleset with the level above.
#[must_use]
pub fn whole_head(ruleset: &Ruleset) -> Facts {
    let above = match ruleset.upper_level {
        UpperLevel::City => "thành phố",
        UpperLevel::Province => "tỉnh",
    };
    let mut facts = head(&Head::of(ruleset));
    facts.push(("Cấp trên của phường", above.to_owned()));
    facts
}

/// The days that count.
#[must_use]
pub fn window(rule: &WindowRule) -> Facts {
    vec![
        ("Kỳ đánh giá", super::window(rule)),
        ("Căn cứ của kỳ", rule.citation.clone()),
        ("Mức tin cậy", confidence(rule.confidence).to_owned()),
    ]
}

/// What a kind of unit has besides lists.
#[must_use]
pub fn subject(ruleset: &Ruleset, rules: &SubjectRules) -> Facts {
    let mut facts = window(&rules.window);
    facts.push(("Ai công nhận", super::recogniser(rules.recognised_by, ruleset.upper_level).to_owned()));
    facts.push(("Căn cứ công nhận", rules.recognition_citation.clone()));
    facts.push(("Tính vào tỷ lệ của phường", yes(rules.counts_in_ward_ratio).to_owned()));
    facts
}

/// A paper.
#[must_use]
pub fn part(part: &PartRule) -> Facts {
    vec![
        ("Tên", part.title.clone()),
        ("Tên ngắn", part.short_title.clone()),
        ("Bắt buộc", yes(part.required).to_owned()),
        ("Cần số", yes(part.needs_number).to_owned()),
        ("Cần người ký", yes(part.needs_signer).to_owned()),
        ("Chỉ tải lên", yes(part.upload_only).to_owned()),
        ("Gợi ý", part.hint.clone()),
        ("Căn cứ", part.citation.clone()),
        ("Mức tin cậy", confidence(part.confidence).to_owned()),
    ]
}

/// A date of the year.
#[must_use]
pub fn deadline(rule: &DeadlineRule) -> Facts {
    vec![
        ("Việc", rule.title.clone()),
        ("Ai nộp cho ai", rule.who.clone()),
        ("Hạn", super::due(rule)),
        ("Căn cứ", rule.citation.clone()),
        ("Mức tin cậy", confidence(rule.confidence).to_owned()),
        ("Quy ước nội bộ", yes(rule.internal).to_owned()),
    ]
}

/// A kind of incident.
#[must_use]
pub fn incident(kind: &IncidentType) -> Facts {
    vec![("Tên", kind.title.clone())]
}

/// A legal instrument.
#[must_use]
pub fn instrument(it: &Instrument) -> Facts {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "chưa rõ".to_owned(), dates::day);
    vec![
        ("Số", it.number.clone()),
        ("Tên", it.title.clone()),
        ("Ngày ký", day(it.dated)),
        ("Có hiệu lực", day(it.in_force)),
        ("Mức tin cậy", confidence(it.confidence).to_owned()),
    ]
}

/// A point where plan and circular differ.
#[must_use]
pub fn difference(it: &Difference) -> Facts {
    vec![("Kế hoạch ghi", it.plan.clone()), ("Thông tư ghi", it.circular.clone()), ("Ở bộ này", it.effect.clone())]
}

/// A criterion: its words and how it is decided.
#[must_use]
pub fn criterion(ruleset: &Ruleset, subject: SubjectKind, it: &Criterion) -> Facts {
    let mut facts = criterion_words(it);
    facts.insert(4, ("Cách kết luận", super::decided(ruleset, subject, &it.kind).join(" ")));
    facts
}

fn criterion_words(it: &Criterion) -> Facts {
    let mut facts = vec![
        ("Mã", it.code.clone()),
        ("Điều khoản", it.label.clone()),
        ("Tên", it.title.clone()),
        ("Nội dung", it.text.clone()),
        ("Thông tư", it.circular.clone()),
        ("Kế hoạch", it.plan.clone().unwrap_or_else(|| "không ghi".to_owned())),
    ];
    facts.push(("Mức tin cậy", confidence(it.confidence).to_owned()));
    facts.push(("Minh chứng", if it.evidence.is_empty() { "không".to_owned() } else { it.evidence.join("; ") }));
    facts
}

/// What stands at a place of a ruleset, as text; empty when nothing does.
#[must_use]
pub fn at(ruleset: &Ruleset, piece: &Piece) -> String {
    let facts = match piece {
        Piece::Head => Some(head(&Head::of(ruleset))),
        Piece::Window(kind) => ruleset.subject(*kind).map(|rules| window(&rules.window)),
        Piece::Part(kind, code) => ruleset
            .subject(*kind)
            .and_then(|rules| DossierKind::ALL.iter().find_map(|dossier| rules.part(*dossier, code)))
            .map(part),
        Piece::Deadline(code) => ruleset.deadline(*code).map(deadline),
        Piece::IncidentType(code) => ruleset.incident_types.iter().find(|it| it.code == *code).map(incident),
        Piece::Criterion(kind, code) => {
            let found = ruleset.subject(*kind).and_then(|rules| rules.criterion(code));
            found.map(|it| {
                let mut facts = criterion_words(it);
                facts.push(("Mã ở bộ gốc", ruleset.predecessors(it).join(", ")));
                facts
            })
        }
        Piece::Conditions(kind, code) => {
            let found = ruleset.subject(*kind).and_then(|rules| rules.criterion(code));
            found.map(|it| vec![("Cách kết luận", super::decided(ruleset, *kind, &it.kind).join("\n"))])
        }
        Piece::NewIncidentType | Piece::NewCriterion(_) | Piece::Whole => None,
    };
    facts.map_or_else(String::new, |facts| lines(&facts))
}
