//! Sentences about meetings: who comes, what was voted, what is still missing, and the minutes of a group.

mod minutes;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::access::Role;
use crate::meeting::actions::Gathered;
use crate::meeting::model::{Ballot, Choice, Conclusion, Fault, Part, Quorum, Risk, State, Votes, Whole};
use crate::platform::id::DossierId;
use crate::web::filters::{dates, numbers};
use crate::words::dossier::Tag;

pub use minutes::minutes;

/// Stands wherever a quorum does: no law was found that sets one.
pub const CONVENTION: &str = "quy ước nội bộ";

/// No title.
pub const TITLE_MISSING: &str = "Ghi tên cuộc họp.";
/// No day.
pub const DAY_MISSING: &str = "Ghi ngày họp, ví dụ 14/11/2024.";
/// No hour, or none that is one.
pub const TIME_MISSING: &str = "Ghi giờ họp, ví dụ 14:00.";
/// No place, where people come together.
pub const VENUE_MISSING: &str = "Ghi nơi họp. Nếu không họp được, chọn lấy ý kiến bằng văn bản.";
/// No way of voting.
pub const BALLOT_MISSING: &str = "Chọn cách biểu quyết.";
/// No name in a row that has more.
pub const NAME_MISSING: &str = "Ghi họ tên, hoặc bỏ trống cả dòng.";
/// A name of one letter.
pub const NAME_SHORT: &str = "Ghi đủ họ tên.";
/// No chair.
pub const CHAIR_MISSING: &str = "Chọn một người chủ trì.";
/// Two chairs.
pub const CHAIR_TWICE: &str = "Chỉ một người chủ trì. Chọn vai khác cho người này.";
/// No secretary.
pub const SECRETARY_MISSING: &str = "Chọn một người làm thư ký.";
/// Two secretaries.
pub const SECRETARY_TWICE: &str = "Chỉ một người làm thư ký. Chọn vai khác cho người này.";
/// Nobody has a vote.
pub const NOBODY_VOTES: &str = "Chọn ít nhất một người có quyền biểu quyết.";
/// Nobody who votes came.
pub const NO_VOTER_CAME: &str = "Chưa có ai biểu quyết có mặt. Đánh dấu người có mặt.";
/// The chair is away.
pub const CHAIR_AWAY: &str = "Người chủ trì không có mặt. Chọn người chủ trì thay.";
/// The secretary is away.
pub const SECRETARY_AWAY: &str = "Thư ký không có mặt. Chọn người ghi biên bản thay.";
/// One person in both parts.
pub const SAME_PERSON: &str = "Thư ký và người chủ trì là hai người.";
/// No count.
pub const COUNT_MISSING: &str = "Ghi số phiếu, không có thì ghi 0.";
/// No votes.
pub const VOTES_MISSING: &str = "Ghi kết quả biểu quyết, hoặc để hồ sơ lại.";
/// No conclusion.
pub const CONCLUSION_MISSING: &str = "Chọn kết luận.";
/// Declined without a reason.
pub const REASON_MISSING: &str = "Ghi lý do không đề nghị; tổ đọc được lý do này.";
/// Nothing was written yet.
pub const NO_OPINIONS: &str = "Chưa có ý kiến nào về hồ sơ này. Ghi ý kiến của từng người trước.";
/// A row with words and nobody.
pub const WHO_MISSING: &str = "Chọn người có ý kiến này.";
/// A row with a person and no choice.
pub const CHOICE_MISSING: &str = "Chọn không tán thành hay ý kiến khác.";
/// The same person in two rows.
pub const NAMED_TWICE: &str = "Người này đã có ở dòng trên.";
/// Nothing chosen on a sheet of opinions.
pub const NOTHING_CHOSEN: &str = "Chọn ý kiến cho ít nhất một hồ sơ.";

/// What an event about a meeting says; none for the other events of the journal.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "meeting_planned" => "Lập cuộc họp",
        "meeting_changed" => "Sửa cuộc họp",
        "meeting_opened" => "Mở cuộc họp",
        "meeting_roll" => "Điểm danh lại",
        "meeting_agenda" => "Đưa thêm hồ sơ vào cuộc họp",
        "meeting_vote" => "Ghi biểu quyết",
        "meeting_opinion" => "Ghi ý kiến bằng văn bản",
        "meeting_closed" => "Kết thúc cuộc họp",
        "meeting_held" => "Tổ họp đánh giá",
        _ => return None,
    })
}

/// What an event tells of its meeting.
#[must_use]
pub fn about(detail: &Value) -> Option<String> {
    let meeting = detail.get("meeting")?;
    if let Some(chair) = meeting.get("chair").and_then(Value::as_str) {
        let count = |key: &str| meeting.get("votes")?.get(key)?.as_u64();
        let votes = count("for").zip(count("against")).zip(count("other"));
        let votes = votes.map(|((agree, against), other)| format!(": {}", counted(agree, against, other)));
        return Some(format!("cuộc họp do {chair} chủ trì{}", votes.unwrap_or_default()));
    }
    if let Some(title) = detail.get("title").and_then(Value::as_str) {
        return Some(title.to_owned());
    }
    let count = |key: &str| detail.get(key).and_then(Value::as_u64);
    let (recommended, declined, left) = (count("recommend")?, count("decline")?, count("postpone")?);
    Some(format!("đề nghị {recommended}, không đề nghị {declined}, để lại {left}"))
}

/// Counts for the journal.
#[must_use]
pub fn counts((motion, votes): (Conclusion, Votes)) -> Value {
    json!({ "on": motion.as_str(), "for": votes.agree(), "against": votes.against(), "other": votes.other() })
}

/// The result for the journal: who led, and what came of how many dossiers.
#[must_use]
pub fn result(whole: &Whole) -> Value {
    json!({
        "meeting": whole.meeting.id,
        "led_by": whole.in_part(Part::Chair).map(|person| &person.name),
        "recommend": whole.tally(Conclusion::Recommend),
        "decline": whole.tally(Conclusion::Decline),
        "postpone": whole.tally(Conclusion::Postpone),
    })
}

/// The title that a new meeting has.
#[must_use]
pub fn title(year: i32, group: Option<&str>) -> String {
    match group {
        Some(group) => format!("Họp đánh giá năm {year}, {group}"),
        None => format!("Họp Ban chỉ đạo xét hồ sơ đề nghị năm {year}"),
    }
}

/// The office of somebody invited from a seat.
#[must_use]
pub const fn office(role: Role) -> &'static str {
    match role {
        Role::WardChair => "Trưởng Ban chỉ đạo",
        Role::WardOfficer => "Thường trực Ban chỉ đạo",
        Role::CommitteeMember => "Thành viên Ban chỉ đạo",
        Role::GroupLeader => "Tổ trưởng tổ dân phố",
        Role::AreaOfficer => "Cảnh sát khu vực",
        other => other.name_vi(),
    }
}

/// Who belongs to a group's assessment meeting beside its leader and its area officer (the ward's plan, domain of the group's meeting).
pub const BODIES: [&str; 7] = [
    "Bí thư chi bộ",
    "Trưởng ban công tác Mặt trận",
    "Chi hội trưởng Phụ nữ",
    "Chi hội trưởng Cựu chiến binh",
    "Bí thư chi đoàn Thanh niên",
    "Chi hội trưởng Người cao tuổi",
    "Tổ bảo vệ an ninh, trật tự",
];

/// How far a meeting is.
#[must_use]
pub const fn state(state: State) -> Tag {
    match state {
        State::Planned => Tag { word: "Chưa mở", icon: "calendar", tone: "none" },
        State::Open => Tag { word: "Đang họp", icon: "hourglass", tone: "info" },
        State::Closed => Tag { word: "Đã kết thúc", icon: "circle-check", tone: "good" },
    }
}

/// How votes are given.
#[must_use]
pub const fn ballot(ballot: Ballot) -> &'static str {
    match ballot {
        Ballot::Hand => "Giơ tay",
        Ballot::Secret => "Bỏ phiếu kín",
        Ballot::Written => "Lấy ý kiến bằng văn bản",
    }
}

/// The same as a choice of the form, with what it means.
#[must_use]
pub const fn ballot_choice(ballot: Ballot) -> &'static str {
    match ballot {
        Ballot::Hand => "Giơ tay: đếm, ghi được ai có ý kiến khác",
        Ballot::Secret => "Bỏ phiếu kín: chỉ có số phiếu, không có tên",
        Ballot::Written => "Lấy ý kiến bằng văn bản, khi không họp được",
    }
}

/// As what somebody takes part.
#[must_use]
pub const fn part(part: Part) -> &'static str {
    match part {
        Part::Chair => "Chủ trì",
        Part::Secretary => "Thư ký",
        Part::Member => "Thành viên",
        Part::Guest => "Khách mời",
    }
}

/// What somebody said.
#[must_use]
pub const fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::For => "Tán thành",
        Choice::Against => "Không tán thành",
        Choice::Other => "Ý kiến khác",
    }
}

/// What was concluded, as a tag. A group asks for itself, the committee for its groups.
#[must_use]
pub const fn conclusion(conclusion: Conclusion) -> Tag {
    match conclusion {
        Conclusion::Recommend => Tag { word: "Đề nghị công nhận", icon: "file-up", tone: "good" },
        Conclusion::Decline => Tag { word: "Không đề nghị", icon: "circle-x", tone: "bad" },
        Conclusion::Postpone => Tag { word: "Để lại", icon: "clock", tone: "none" },
    }
}

/// What was concluded, as a choice of the form.
#[must_use]
pub const fn conclusion_choice(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Recommend => "Đề nghị công nhận",
        Conclusion::Decline => "Không đề nghị, ghi lý do",
        Conclusion::Postpone => "Để lại lần sau, chưa kết luận",
    }
}

/// What is put to the vote.
#[must_use]
pub const fn motion(motion: Conclusion) -> &'static str {
    match motion {
        Conclusion::Recommend => "đề nghị công nhận",
        Conclusion::Decline => "không đề nghị",
        Conclusion::Postpone => "để lại",
    }
}

/// What has to be said about a dossier, one thing a piece; nothing for a clean one.
#[must_use]
pub fn risk(risk: &Risk) -> Vec<String> {
    let named = |what: &str, labels: &[String]| (!labels.is_empty()).then(|| format!("{what} {}", joined(labels)));
    let late = risk.late.then(|| "nộp trễ".to_owned());
    let returned = (risk.returns > 0).then(|| format!("đã trả lại {} lần", numbers::number(risk.returns)));
    [
        named("chưa đạt", &risk.not_met),
        named("chưa đủ căn cứ", &risk.insufficient),
        named("chưa thẩm định lại", &risk.unseen),
        late,
        returned,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Labels in a sentence: "khoản 1.3, khoản 5"; of many the first three.
fn joined(labels: &[String]) -> String {
    const SHOWN: usize = 3;
    let small = |label: &String| {
        let mut letters = label.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
    };
    let shown: Vec<String> = labels.iter().take(SHOWN).map(small).collect();
    match labels.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} và {more} tiêu chí nữa", shown.join(", ")),
    }
}

/// The same as one line; a clean dossier has one too.
#[must_use]
pub fn risk_line(of: &Risk) -> String {
    let said = risk(of);
    if said.is_empty() {
        "Đủ, đạt hết tiêu chí".to_owned()
    } else {
        crate::web::page::capital(&said.join("; "))
    }
}

/// The reason for not recommending that the appraisal itself gives.
#[must_use]
pub fn reason(of: &Risk) -> String {
    let failing = Risk { late: false, returns: 0, unseen: vec![], ..of.clone() };
    format!("{}.", risk_line(&failing))
}

fn counted(agree: u64, against: u64, other: u64) -> String {
    format!("{agree} tán thành, {against} không tán thành, {other} ý kiến khác")
}

/// Votes in words.
#[must_use]
pub fn votes(votes: Votes) -> String {
    counted(votes.agree().into(), votes.against().into(), votes.other().into())
}

/// Who is there, of those who vote: "9/11 người biểu quyết (81,8%), vắng 2".
#[must_use]
pub fn turnout(quorum: Quorum, ballot: Ballot) -> String {
    let (present, invited) = (quorum.present, quorum.invited);
    let missing = invited.saturating_sub(present);
    let who =
        if ballot == Ballot::Written { "người đã gửi ý kiến" } else { "người biểu quyết có mặt" };
    let rest = if ballot == Ballot::Written { "còn" } else { "vắng" };
    let rest = if missing == 0 { String::new() } else { format!(", {rest} {missing}") };
    format!("{present}/{invited} {who} ({}){rest}", numbers::percent(present, invited))
}

/// Whether enough are there, by the convention of the house.
#[must_use]
pub fn quorum(quorum: Quorum) -> Option<String> {
    let (percent, least) = quorum.percent.zip(quorum.least())?;
    let state = if quorum.is_reached() { "đủ" } else { "chưa đủ" };
    Some(format!("cần {least} người ({percent}%), {state}"))
}

/// Counts that do not add up.
#[must_use]
pub fn do_not_add_up(voters: u32, counted: u32) -> String {
    let apart = voters.abs_diff(counted);
    let how = if counted > voters { "thừa" } else { "thiếu" };
    format!("Có {voters} người biểu quyết, cộng lại được {counted}: {how} {apart}. Đếm lại.")
}

/// More people named than counted.
#[must_use]
pub fn named_more(named: Choice, count: u32) -> String {
    format!("Nêu tên nhiều hơn số đã đếm: chỉ có {count} {}.", choice(named).to_lowercase())
}

/// A dossier that changed after the meeting looked at it.
#[must_use]
pub fn moved(short: &str) -> String {
    format!("Hồ sơ {short} vừa đổi sau khi cuộc họp xem. Xem lại rồi biểu quyết lại, hoặc để lại lần sau.")
}

/// A day to come.
#[must_use]
pub fn not_yet(day: NaiveDate) -> String {
    format!("Cuộc họp định ngày {}, chưa tới. Sửa ngày họp trước khi mở.", dates::day(day))
}

/// A short name for a dossier of the meeting.
#[must_use]
pub fn short_name(gathered: &Gathered, dossier: DossierId) -> String {
    gathered.paper(dossier).map_or_else(|| "hồ sơ này".to_owned(), |(paper, _)| paper.short.clone())
}

/// What keeps a meeting from being closed, and the next step.
#[must_use]
pub fn fault(fault: Fault, name: impl Fn(DossierId) -> String) -> String {
    match fault {
        Fault::NoRoll => "Chưa điểm danh.".to_owned(),
        Fault::Missing(Part::Chair) => CHAIR_AWAY.to_owned(),
        Fault::Missing(_) => SECRETARY_AWAY.to_owned(),
        Fault::Quorum(quorum) => {
            let least = quorum.least().unwrap_or_default();
            format!("Theo {CONVENTION} cần {least} người biểu quyết, mới có {}.", quorum.present)
        }
        Fault::NoAgenda => "Chưa có hồ sơ nào trong cuộc họp.".to_owned(),
        Fault::NotVoted(dossier) => format!("{}: chưa biểu quyết.", name(dossier)),
        Fault::NotConcluded(dossier) => format!("{}: chưa có kết luận.", name(dossier)),
        Fault::Moved(dossier) => moved(&name(dossier)),
        Fault::NamedMore(dossier) => format!("{}: nêu tên nhiều hơn số phiếu đã đếm.", name(dossier)),
        Fault::NotAllMet(dossier) => format!("{}: còn tiêu chí chưa đạt, không đề nghị được.", name(dossier)),
    }
}

/// All of it as one sentence for the error summary; the page lists the rest.
#[must_use]
pub fn cannot_close(faults: &[Fault], name: impl Fn(DossierId) -> String) -> String {
    let first = faults.first().map_or_else(String::new, |first| fault(*first, name));
    match faults.len().saturating_sub(1) {
        0 => first,
        more => format!("{first} Còn {more} việc nữa ở dưới."),
    }
}

#[cfg(test)]
mod tests;
