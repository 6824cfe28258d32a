//! Tables as CSV that spreadsheets open: UTF-8 with its mark, so that Vietnamese letters come out right.

use crate::bundle::model::{Count, Dossier, Event, Turn};
use crate::ruleset::{DossierKind, Finding, Ruleset};
use crate::web::filters::dates;
use crate::words;

/// Without it Excel takes the letters for another alphabet.
const MARK: &str = "\u{feff}";

/// A cell that a spreadsheet would take for a formula is text.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn table<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let line = |cells: [String; N]| {
        let quoted = cells.map(|it| format!("\"{}\"", cell(&it).replace('"', "\"\"")));
        quoted.join(",") + "\r\n"
    };
    let mut text = MARK.to_owned() + &line(head.map(str::to_owned));
    text.extend(rows.map(line));
    text
}

fn finding(found: Option<Finding>) -> String {
    found.map_or_else(String::new, |found| words::dossier::finding(found).word.to_owned())
}

fn text(of: Option<&String>) -> String {
    of.cloned().unwrap_or_default()
}

fn yes(decided: &crate::bundle::model::Decided) -> &'static str {
    match (decided.kind.as_str(), decided.outcome) {
        ("recommendation", true) => "Đề nghị công nhận",
        ("recommendation", false) => "Không đề nghị",
        ("revocation", _) => "Thu hồi công nhận",
        (_, true) => "Công nhận",
        (_, false) => "Không công nhận",
    }
}

/// A line for every unit's request.
pub(super) fn results(dossiers: &[Dossier]) -> String {
    let head = [
        "Đơn vị",
        "Trạng thái",
        "Tiêu chí đạt",
        "Tiêu chí đã thẩm định",
        "Kết luận",
        "Số quyết định",
        "Ngày",
        "Người ký",
        "Biên nhận",
    ];
    let requests = dossiers.iter().filter(|it| it.kind == DossierKind::Request);
    table(
        head,
        requests.map(|it| {
            let judged = it.criteria.iter().filter(|it| it.verdict.is_some()).count();
            let met = it.criteria.iter().filter(|it| it.verdict == Some(Finding::Met)).count();
            let last = it.decisions.iter().rfind(|it| it.void.is_none());
            [
                it.name.clone(),
                words::dossier::status(it.status).word.to_owned(),
                met.to_string(),
                judged.to_string(),
                last.map_or_else(String::new, |it| yes(it).to_owned()),
                text(last.and_then(|it| it.number.as_ref())),
                last.and_then(|it| it.on).map_or_else(String::new, dates::day),
                text(last.and_then(|it| it.signer.as_ref())),
                text(it.receipt.as_ref()),
            ]
        }),
    )
}

/// A line for every criterion of every unit.
pub(super) fn criteria(dossiers: &[Dossier]) -> String {
    let head = ["Đơn vị", "Tiêu chí", "Tự đánh giá", "Ghi chú tự đánh giá", "Thẩm định", "Ghi chú thẩm định"];
    let lines = dossiers.iter().flat_map(|dossier| dossier.criteria.iter().map(move |it| (dossier, it)));
    table(
        head,
        lines.map(|(dossier, it)| {
            [
                dossier.name.clone(),
                it.criterion.clone(),
                finding(it.claim),
                text(it.claim_note.as_ref()),
                finding(it.verdict),
                text(it.verdict_note.as_ref()),
            ]
        }),
    )
}

/// A line for every decision, also for those that hold no more.
pub(super) fn decisions(dossiers: &[Dossier]) -> String {
    let head = [
        "Đơn vị",
        "Hồ sơ",
        "Kết luận",
        "Lý do",
        "Số",
        "Ngày",
        "Người ký",
        "Ghi lúc",
        "Người ghi",
        "Thôi giá trị vì",
        "Mã bản được xét (SHA-256)",
    ];
    let lines = dossiers.iter().flat_map(|dossier| dossier.decisions.iter().map(move |it| (dossier, it)));
    table(
        head,
        lines.map(|(dossier, it)| {
            [
                dossier.name.clone(),
                words::dossier::kind(dossier.kind).to_owned(),
                yes(it).to_owned(),
                text(it.reason.as_ref()),
                text(it.number.as_ref()),
                it.on.map_or_else(String::new, dates::day),
                text(it.signer.as_ref()),
                dates::moment(it.at),
                it.by.clone(),
                text(it.void.as_ref()),
                it.state_sha256.clone(),
            ]
        }),
    )
}

/// Counts of incidents by type, day and group; no names, no stories.
pub(super) fn incidents(counts: &[Count], ruleset: &Ruleset) -> String {
    let title = |code: &str| {
        let known = ruleset.incident_types.iter().find(|it| it.code == code);
        known.map_or_else(|| code.to_owned(), |it| it.title.clone())
    };
    table(
        ["Loại vụ việc", "Tổ dân phố", "Ngày", "Của năm", "Số vụ", "Đã xác nhận"],
        counts.iter().map(|it| {
            [
                title(&it.kind),
                text(it.unit.as_ref()),
                it.on.map_or_else(String::new, dates::day),
                it.of_year.map_or_else(String::new, |year| year.to_string()),
                it.n.to_string(),
                if it.confirmed { "có" } else { "chưa" }.to_owned(),
            ]
        }),
    )
}

/// What closed meetings voted and concluded.
pub(super) fn meetings(turns: &[Turn]) -> String {
    let count = |votes: Option<i32>| votes.map_or_else(String::new, |votes| votes.to_string());
    let concluded = |word: Option<&String>| match word.map(String::as_str) {
        Some("recommend") => "đề nghị công nhận",
        Some("decline") => "không đề nghị",
        Some("postpone") => "để lại",
        _ => "",
    };
    table(
        ["Cuộc họp", "Kết thúc lúc", "Chủ trì", "Đơn vị", "Tán thành", "Không", "Khác", "Kết luận", "Lý do"],
        turns.iter().map(|it| {
            let [agree, against, other] = it.votes.map(count);
            [
                it.meeting.clone(),
                dates::moment(it.closed_at),
                text(it.chair.as_ref()),
                it.unit.clone(),
                agree,
                against,
                other,
                concluded(it.conclusion.as_ref()).to_owned(),
                text(it.reason.as_ref()),
            ]
        }),
    )
}

/// The journal, oldest first.
pub(super) fn journal(events: &[Event]) -> String {
    let head = ["Lúc", "Đơn vị", "Ai", "Vai", "Thay cho", "Việc", "Lý do", "Chi tiết"];
    table(
        head,
        events.iter().map(|it| {
            let detail = it.detail.as_object().is_some_and(|it| !it.is_empty());
            [
                dates::machine(it.at),
                text(it.unit.as_ref()),
                it.actor.clone(),
                it.seat.clone(),
                text(it.on_behalf_of.as_ref()),
                words::journal::sentence(&it.verb).to_owned(),
                text(it.reason.as_ref()),
                if detail { it.detail.to_string() } else { String::new() },
            ]
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_whatever_stands_in_it() {
        let rows = [["=1+1".to_owned(), "Tổ \"7\",\nxóm".to_owned()]];
        let text = table(["a", "b"], rows.into_iter());
        assert_eq!(text, "\u{feff}\"a\",\"b\"\r\n\"'=1+1\",\"Tổ \"\"7\"\",\nxóm\"\r\n");
    }

    #[test]
    fn three_thousand_events_are_three_thousand_lines() {
        let event = Event {
            at: chrono::DateTime::UNIX_EPOCH,
            unit: Some("Tổ dân phố 7".to_owned()),
            actor: "Trần Văn Lựu".to_owned(),
            seat: "Tổ trưởng".to_owned(),
            on_behalf_of: None,
            verb: "submitted".to_owned(),
            reason: None,
            detail: serde_json::json!({}),
        };
        let text = journal(&vec![event; 3000]);
        assert_eq!(text.lines().count(), 3001);
        assert!(text.contains("Nộp hồ sơ"));
    }
}
