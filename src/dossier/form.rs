//! What people type about a dossier.

use chrono::{DateTime, NaiveDate, Utc};

use super::model::{AssessmentInput, EvidenceInput, FactInput, Finding, PartInput, Whole};
use crate::platform::clock::civil;
use crate::ruleset::{Criterion, CriterionKind, PartRule};
use crate::web::filters::dates;
use crate::web::form::Filled;
use crate::words::evidence as words;

/// A day that papers of this year can bear: from the first day of the window to today.
fn check_day(form: &mut Filled, name: &str, day: Option<NaiveDate>, whole: &Whole, now: DateTime<Utc>) {
    let Some(day) = day else { return };
    let today = civil(now);
    if day > today {
        form.fail(
            name,
            format!(
                "Ngày {} chưa tới. Ghi ngày trên giấy, muộn nhất là hôm nay {}.",
                dates::day(day),
                dates::day(today)
            ),
        );
    } else if day < whole.window.from {
        let (from, to) = (dates::day(whole.window.from), dates::day(whole.window.to));
        form.fail(
            name,
            format!("Ngày {} nằm ngoài năm đánh giá {} (từ {from} đến {to}).", dates::day(day), whole.year),
        );
    }
}

/// Reads a part's fields. Nothing is required here: a part may be saved half-done and finished later.
///
/// # Errors
/// The form with its sentences.
pub fn part(mut form: Filled, rule: &PartRule, whole: &Whole, now: DateTime<Utc>) -> Result<(PartInput, i32), Filled> {
    let number = form.text_optional("so", 60);
    let issued_on = form.day_optional("ngay");
    check_day(&mut form, "ngay", issued_on, whole, now);
    let signer = form.text_optional("nguoi-ky", 120);
    let content = if rule.upload_only { None } else { form.long_text_optional("noi-dung", 20_000) };
    let revision = form.value("_phien_ban").parse().unwrap_or(-1);
    form.finish(Some((PartInput { number, issued_on, signer, content }, revision)))
}

/// A part's form as it stands.
#[must_use]
pub fn part_filled(whole: &Whole, code: &str) -> Filled {
    let Some(row) = whole.part(code) else {
        return Filled::default();
    };
    Filled::default()
        .with("so", row.number.clone().unwrap_or_default())
        .with("ngay", row.issued_on.map(dates::day).unwrap_or_default())
        .with("nguoi-ky", row.signer.clone().unwrap_or_default())
        .with("noi-dung", row.content.clone().unwrap_or_default())
        .with("_phien_ban", row.revision.to_string())
}

/// Whether a criterion is a share of a whole, so that its two figures are typed.
#[must_use]
pub fn has_figures(criterion: &Criterion) -> bool {
    fn within(kind: &CriterionKind) -> bool {
        match kind {
            CriterionKind::Ratio { .. } => true,
            CriterionKind::All { of } => of.iter().any(within),
            _ => false,
        }
    }
    within(&criterion.kind)
}

/// Reads a self-assessment.
///
/// # Errors
/// The form with its sentences.
pub fn assessment(
    mut form: Filled,
    criterion: &Criterion,
    now: DateTime<Utc>,
) -> Result<(AssessmentInput, i32), Filled> {
    let finding: Option<Finding> = form.one_of("ket-luan", "Chọn đạt, chưa đạt, hoặc chưa đủ căn cứ.");
    let note = form.long_text_optional("ghi-chu", 4000);
    if matches!(finding, Some(Finding::NotMet | Finding::Insufficient)) && note.is_none() {
        form.fail("ghi-chu", "Ghi rõ vì sao chưa đạt hoặc còn thiếu căn cứ gì.");
    }
    let figures = if has_figures(criterion) { read_figures(&mut form) } else { None };
    let evidence_on = past_day(&mut form, "ngay-minh-chung", now);
    let piece = piece(&form, "giay", criterion);
    let revision = whole_revision(&form);
    form.finish(finding.map(|finding| (AssessmentInput { finding, note, figures, evidence_on, piece }, revision)))
}

/// A day on which something has happened already, or none.
fn past_day(form: &mut Filled, name: &str, now: DateTime<Utc>) -> Option<NaiveDate> {
    let day = form.day_optional(name)?;
    if day > civil(now) {
        form.fail(name, words::future(day));
    }
    Some(day)
}

/// Which of the papers listed with a criterion was picked; none for another one.
fn piece(form: &Filled, name: &str, criterion: &Criterion) -> Option<i16> {
    let picked = form.value(name).parse::<i16>().ok()?;
    usize::try_from(picked).is_ok_and(|at| at < criterion.evidence.len()).then_some(picked)
}

/// Reads what is said of a file that comes, or lies there already.
///
/// # Errors
/// The form with its sentences.
pub fn evidence(mut form: Filled, criterion: &Criterion, now: DateTime<Utc>) -> Result<EvidenceInput, Filled> {
    let day = past_day(&mut form, "ngay-minh-chung", now);
    let piece = piece(&form, "giay", criterion);
    form.finish(Some(EvidenceInput { day, piece }))
}

/// Reads something that happened.
///
/// # Errors
/// The form with its sentences.
pub fn fact(mut form: Filled, criterion: &Criterion, now: DateTime<Utc>) -> Result<FactInput, Filled> {
    let said = form.text("viec", 500, words::NO_FACT);
    if said.as_ref().is_some_and(|said| said.chars().count() < 3) {
        form.fail("viec", words::SHORT_FACT);
    }
    if form.value("ngay-viec").trim().is_empty() {
        form.fail("ngay-viec", words::NO_DAY);
    }
    let day = past_day(&mut form, "ngay-viec", now);
    let piece = piece(&form, "giay-viec", criterion);
    form.finish(said.zip(day).map(|(said, day)| FactInput { said, day, piece }))
}

fn whole_revision(form: &Filled) -> i32 {
    form.value("_phien_ban").parse().unwrap_or(-1)
}

/// Two figures or none; the part is never more than the whole, and nothing out of nothing is no share.
fn read_figures(form: &mut Filled) -> Option<(i32, i32)> {
    if form.value("so-dat").trim().is_empty() && form.value("tong-so").trim().is_empty() {
        return None;
    }
    let part = form.whole("so-dat", 0..=1_000_000, "Ghi số đã có, ví dụ 349.");
    let total = form.whole("tong-so", 1..=1_000_000, "Ghi tổng số, ví dụ 350.");
    let (part, total) = part.zip(total)?;
    if part > total {
        form.fail("so-dat", format!("{part} nhiều hơn tổng số {total}. Xem lại hai số."));
        return None;
    }
    i32::try_from(part).ok().zip(i32::try_from(total).ok())
}

/// A self-assessment's form as it stands.
#[must_use]
pub fn assessment_filled(whole: &Whole, criterion: &str) -> Filled {
    let Some(row) = whole.assessment(criterion) else {
        return Filled::default().with("_phien_ban", "0");
    };
    let figure = |value: Option<i32>| value.map(|value| value.to_string()).unwrap_or_default();
    Filled::default()
        .with("ket-luan", row.finding.as_str())
        .with("ghi-chu", row.note.clone().unwrap_or_default())
        .with("so-dat", figure(row.numerator))
        .with("tong-so", figure(row.denominator))
        .with("_phien_ban", row.revision.to_string())
}

/// Reads the confirmation before handing in.
///
/// # Errors
/// The form with its sentences.
pub fn submission(mut form: Filled, is_late: bool) -> Result<Option<String>, Filled> {
    if !form.has("dung", "co") {
        form.fail("dung", "Đánh dấu vào ô này để xác nhận đã xem lại hồ sơ.");
    }
    let reason = if is_late { form.long_text("ly-do-tre", 1000, crate::words::LATE_NEEDS_REASON) } else { None };
    let value = (!is_late || reason.is_some()).then_some(reason);
    form.finish(value)
}
