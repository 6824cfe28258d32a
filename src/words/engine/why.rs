//! Why a criterion comes out as it does: the value and its threshold.

use super::{
    PROVISIONAL, incidents, label, names, of_gravity, period_long, period_name, sentence, things, unit, verdict,
};
use crate::ruleset::engine::{Condition, Incident, Missing, Outcome, Rolled, TrendLine, Value};
use crate::ruleset::{Finding, Gravity, Metric, Ruleset, SubjectKind, Window};
use crate::web::filters::dates::day;
use crate::web::filters::numbers::{number, percent};
use crate::words::ruleset::{capital, part_title, subject as subject_name};

/// Why, in one sentence with the value and its threshold; what speaks against the unit comes first.
#[must_use]
pub fn why(ruleset: &Ruleset, subject: SubjectKind, outcome: &Outcome) -> String {
    let mut computed: Vec<&Condition> = outcome.conditions.iter().filter(|it| it.value != Value::Judgement).collect();
    computed.sort_by_key(|it| match it.finding {
        Some(Finding::NotMet) => 0,
        Some(Finding::Insufficient) => 1,
        Some(Finding::Met) | None => 2,
    });
    let is_alone = computed.len() == 1;
    let mut clauses: Vec<String> = computed.iter().map(|it| clause(ruleset, subject, it, is_alone)).collect();
    match outcome.judged {
        Some(judged) if outcome.is_overridden() => {
            clauses.insert(0, format!("Người thẩm định kết luận {}, khác số liệu", verdict(judged)));
        }
        Some(judged) if outcome.needs_person || clauses.is_empty() => {
            clauses.insert(0, format!("Người thẩm định kết luận {}", verdict(judged)));
        }
        None if clauses.is_empty() => clauses.push("Chờ người thẩm định kết luận theo minh chứng".to_owned()),
        None if halves(outcome) => clauses.push("phần còn lại chờ người thẩm định kết luận".to_owned()),
        _ => {}
    }
    sentence(&clauses)
}

/// A half of it is a person's; a roll-up names what is theirs by itself.
fn halves(outcome: &Outcome) -> bool {
    outcome.conditions.iter().any(|it| it.value == Value::Judgement)
}

fn clause(ruleset: &Ruleset, subject: SubjectKind, condition: &Condition, is_alone: bool) -> String {
    match &condition.value {
        Value::Document { part, issued_on, period, founded } => {
            let title = part_title(ruleset, subject, part);
            let paper = match issued_on {
                Some(on) if period.contains(*on) => {
                    format!("{title} ghi ngày {}, trong {}", day(*on), period_name(*period))
                }
                Some(on) => format!("{title} ghi ngày {}, ngoài {}", day(*on), period_long(*period)),
                None => format!("{title} chưa có ngày, cần ngày trong {}", period_name(*period)),
            };
            match founded {
                Some(on) if condition.finding != Some(Finding::Met) => {
                    format!("{paper}; {} lập ngày {}, sau {}", subject.name_vi(), day(*on), period_name(*period))
                }
                _ => paper,
            }
        }
        Value::Share { .. } => share(condition),
        Value::Amount { metric, value, at_least } => match value {
            None => format!("Chưa ghi {}, cần ít nhất {}", metric.name_vi(), number(*at_least)),
            Some(0) => format!("Chưa có {}, cần ít nhất {}", things(*metric), number(*at_least)),
            Some(value) => format!("Có {} {}, cần ít nhất {}", number(*value), things(*metric), number(*at_least)),
        },
        Value::Nought { metric, value } => match value {
            None => format!("Chưa ghi {}", metric.name_vi()),
            Some(0) => format!("Không có {}", things(*metric)),
            Some(value) => format!("Có {} {}, cần 0", number(*value), things(*metric)),
        },
        Value::Events { .. } => events(ruleset, subject, condition, is_alone),
        Value::Trend { .. } => trend(ruleset, subject, condition),
        Value::RollUp { subject: of, lines } => roll_up(ruleset, (subject, *of), lines),
        Value::Judgement => "Chờ người thẩm định kết luận theo minh chứng".to_owned(),
    }
}

/// What the counted ones have done: "đã đăng ký".
const fn did(metric: Metric) -> &'static str {
    match metric {
        Metric::HouseholdsRegistered | Metric::UnitsRegistered => "đã đăng ký",
        Metric::HouseholdsPledged => "đã ký cam kết",
        Metric::UnitsRecognised => "được công nhận",
        Metric::StaffInformed => "được phổ biến",
        Metric::HouseholdsResident | Metric::Population => "đang cư trú",
        Metric::UnitsTotal => "thuộc phường",
        Metric::EffectiveInitiatives => "có hiệu quả",
        Metric::CoreForceDisciplined | Metric::WardPoliceDisciplined => "bị kỷ luật",
        Metric::StaffTotal => "của đơn vị",
    }
}

fn share(condition: &Condition) -> String {
    let Value::Share { numerator, denominator, part, whole, at_least_percent, open } = &condition.value else {
        return String::new();
    };
    let (noun, did) = (unit(*denominator), did(*numerator));
    let (part, whole) = match (*part, *whole) {
        (None, _) => return format!("Chưa ghi {}, cần {at_least_percent}%", numerator.name_vi()),
        (_, None) => return format!("Chưa ghi {}, cần {at_least_percent}%", denominator.name_vi()),
        (Some(_), Some(whole)) if whole <= 0 => return format!("Chưa có {noun} nào để tính, cần {at_least_percent}%"),
        (Some(part), Some(whole)) => (part, whole),
    };
    let ratio = format!("{}/{} {noun} {did}", number(part), number(whole));
    if part > whole {
        return format!("{ratio}, vượt {}: số liệu không khớp, cần xem lại", number(part - whole));
    }
    let waits = condition.provisional && *numerator == Metric::UnitsRecognised;
    let ratio = if waits { format!("{} {ratio}", capital(PROVISIONAL)) } else { ratio };
    let needed = Value::needed(whole, *at_least_percent);
    let asked = match (part >= needed, *at_least_percent) {
        (true, 100) => "đủ 100%".to_owned(),
        (true, least) => format!("đủ {least}% tức {} {noun}", number(needed)),
        (false, 100) => format!("cần 100%, còn {}", number(needed - part)),
        (false, least) => format!("cần {least}% tức {} {noun}", number(needed)),
    };
    let open = if *open > 0 { format!(", {} {noun} chưa có kết luận", number(*open)) } else { String::new() };
    let percent = percent(part, whole);
    if part == whole && *at_least_percent == 100 {
        format!("{ratio} ({percent}){open}")
    } else {
        format!("{ratio} ({percent}), {asked}{open}")
    }
}

/// "12/5/2024, Cháy, nổ".
pub(super) fn incident(ruleset: &Ruleset, row: &Incident) -> String {
    let when = match (row.on, row.year) {
        (Some(on), _) => day(on),
        (None, Some(year)) => format!("cả năm {year}"),
        (None, None) => "không ghi ngày".to_owned(),
    };
    format!("{when}, {}", capital(&incidents(ruleset, std::slice::from_ref(&row.kind))))
}

/// "trong kỳ, tính đến 14/11/2024", or all its days once they are over.
fn in_window(days: Window, is_running: bool) -> String {
    if is_running {
        format!("trong kỳ, tính đến {}", day(days.to))
    } else {
        format!("trong kỳ, {} đến {}", day(days.from), day(days.to))
    }
}

fn events(ruleset: &Ruleset, subject: SubjectKind, condition: &Condition, is_alone: bool) -> String {
    let Value::Events { gravity, confirmed, pending, days, rows, .. } = &condition.value else {
        return String::new();
    };
    let one = of_gravity(*gravity);
    let latest = |is_confirmed: bool| {
        let mut rows = rows.iter().filter(|row| row.confirmed == is_confirmed);
        let last = rows.next_back().map(|row| incident(ruleset, row)).unwrap_or_default();
        if rows.next().is_some() { format!(", gần nhất {last}") } else { format!(": {last}") }
    };
    match (*confirmed, *pending) {
        (0, 0) if days.is_empty() => format!("{} không có ngày nào trong kỳ", subject_name(subject)),
        // Beside another condition, which tells the days.
        (0, 0) if !is_alone => format!("Không có {one}"),
        (0, 0) => format!("Không có {one} nào {}", in_window(*days, condition.provisional)),
        (0, pending) => format!("Có {} {one} chờ xác nhận trong kỳ{}", number(pending), latest(false)),
        (confirmed, 0) => format!("Có {} {one} đã xác nhận trong kỳ{}", number(confirmed), latest(true)),
        (confirmed, pending) => format!(
            "Có {} {one} đã xác nhận trong kỳ{}; {} vụ nữa chờ xác nhận",
            number(confirmed),
            latest(true),
            number(pending)
        ),
    }
}

fn trend(ruleset: &Ruleset, subject: SubjectKind, condition: &Condition) -> String {
    let Value::Trend { lines, missing, pending, days } = &condition.value else {
        return String::new();
    };
    let with = |finding| lines.iter().filter(|line| line.finding(*missing) == finding).collect::<Vec<_>>();
    match condition.finding {
        Some(Finding::NotMet) => grown(ruleset, &with(Finding::NotMet)),
        Some(Finding::Insufficient) if days.is_empty() => {
            format!("{} không có ngày nào trong kỳ", subject_name(subject))
        }
        Some(Finding::Insufficient) => {
            let counts = |line: &&TrendLine| {
                format!("{} {} vụ", category(ruleset, line), number(line.now.saturating_add(line.pending)))
            };
            let open: Vec<String> = with(Finding::Insufficient).iter().map(counts).collect();
            format!("{}: kỳ này {}", waits_for(subject, *missing, *pending), open.join(", "))
        }
        Some(Finding::Met) | None if lines.iter().all(|line| line.now == 0 && line.pending == 0) => {
            format!("Không có {} nào {}", of_gravity(None), in_window(*days, condition.provisional))
        }
        Some(Finding::Met) | None => {
            let told = lines.iter().filter_map(|line| {
                let (now, before) = (line.now.saturating_add(line.pending), line.before.unwrap_or(0));
                (now > 0 || before > 0)
                    .then(|| format!("{} {}/{}", category(ruleset, line), number(now), number(before)))
            });
            let told = told.collect::<Vec<_>>().join(", ");
            let waits = format!(", kể cả {} vụ chờ xác nhận", number(*pending));
            let waits = if *pending > 0 { waits } else { String::new() };
            format!("Không loại nào tăng so với kỳ trước: {told}{waits}")
        }
    }
}

fn category(ruleset: &Ruleset, line: &TrendLine) -> String {
    incidents(ruleset, std::slice::from_ref(&line.category))
}

/// "Tội phạm tăng: 6 vụ, kỳ trước 5".
fn grown(ruleset: &Ruleset, lines: &[&TrendLine]) -> String {
    let told = |line: &&TrendLine| {
        let (now, before) = (number(line.now), number(line.before.unwrap_or(0)));
        format!("{} tăng: {now} vụ, kỳ trước {before}", category(ruleset, line))
    };
    let first = capital(&lines.iter().take(2).map(told).collect::<Vec<_>>().join("; "));
    match lines.len().saturating_sub(2) {
        0 => first,
        more => format!("{first}; và {more} loại nữa"),
    }
}

/// What a comparison with the year before waits for.
fn waits_for(subject: SubjectKind, missing: Option<Missing>, pending: i64) -> String {
    match missing {
        Some(Missing::Founded { on }) => {
            format!("{} lập ngày {}, không có kỳ trước để so", subject_name(subject), day(on))
        }
        Some(Missing::NotEntered { year }) => format!("Chưa có số liệu năm {year} để so"),
        Some(Missing::NotComplete { year }) => format!("Số liệu năm {year} chưa chốt, chưa so được"),
        None if pending > 0 => format!("Còn {} vụ chờ xác nhận, chưa so được", number(pending)),
        None => "Kỳ trước còn vụ chờ xác nhận, chưa so được".to_owned(),
    }
}

fn roll_up(ruleset: &Ruleset, (subject, of): (SubjectKind, SubjectKind), lines: &[Rolled]) -> String {
    let with = |finding: Option<Finding>| {
        let codes: Vec<&str> = lines.iter().filter(|it| it.finding == finding).map(|it| it.code.as_str()).collect();
        (!codes.is_empty()).then(|| names(codes.into_iter().map(|code| label(ruleset, of, code))))
    };
    let met = lines.iter().filter(|it| it.finding == Some(Finding::Met)).count();
    let mut said = format!("Đạt {met}/{} tiêu chí của {}, xét trên {}", lines.len(), of.name_vi(), subject.name_vi());
    let groups = [
        ("chưa đạt", Some(Finding::NotMet)),
        ("chưa đủ căn cứ", Some(Finding::Insufficient)),
        ("người thẩm định xét", None),
    ];
    for (name, finding) in groups {
        if let Some(labels) = with(finding) {
            said = format!("{said}; {name}: {labels}");
        }
    }
    said
}

/// A gravity that a row should tell.
pub(super) const fn grave(gravity: Gravity) -> &'static str {
    match gravity {
        Gravity::Ordinary => "",
        Gravity::High => ", mức độ cao",
    }
}
