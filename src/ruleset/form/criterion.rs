//! The words of a criterion.

use super::{CITATION, NAME, TEXT, confidence, field_of, judged};
use crate::ruleset::Step;
use crate::ruleset::model::{Criterion, CriterionKind, Edit, Ruleset, SubjectKind};
use crate::web::form::Filled;
use crate::words::ruleset::edit as words;

/// Where the province's document has to be written.
const GAP: char = '…';

/// Which criterion of which draft is written, beside the ruleset that the draft was copied from.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// The draft.
    pub draft: &'a Ruleset,
    /// What it was copied from.
    pub base: &'a Ruleset,
    /// Whose criterion.
    pub kind: SubjectKind,
}

/// A criterion, to be changed.
#[must_use]
pub fn of_criterion(criterion: &Criterion) -> Filled {
    Filled::default()
        .with("ma", &criterion.code)
        .with("dieu-khoan", &criterion.label)
        .with("ten", &criterion.title)
        .with("noi-dung", &criterion.text)
        .with("thong-tu", &criterion.circular)
        .with("ke-hoach", criterion.plan.clone().unwrap_or_default())
        .with("tin-cay", criterion.confidence.as_str())
        .with("minh-chung", criterion.evidence.join("\n"))
        .with("tiep-noi", criterion.was.join(", "))
}

/// The form of a criterion that a province adds (Điều 8 khoản 1): its own document is still to be named.
#[must_use]
pub fn of_province() -> Filled {
    Filled::default()
        .with("thong-tu", format!("Điều 8 khoản 1 Thông tư 124/2021/TT-BCA; văn bản của tỉnh số {GAP} ngày {GAP}"))
        .with("tin-cay", "M")
}

fn read(form: &mut Filled, spot: Spot<'_>) -> Option<Criterion> {
    let code = form.text("ma", 40, words::CRITERION_CODE_MISSING);
    let label = form.text("dieu-khoan", 60, words::LABEL_MISSING);
    let title = form.text("ten", NAME, words::NAME_MISSING);
    let text = form.text("noi-dung", TEXT, words::TEXT_MISSING);
    let circular = form.text("thong-tu", CITATION, words::CITATION_MISSING);
    if circular.as_ref().is_some_and(|text| text.contains(GAP)) {
        form.fail("thong-tu", words::PROVINCE_MISSING);
    }
    let plan = form.text_optional("ke-hoach", CITATION);
    let confidence = confidence(form);
    let evidence = form.long_text_optional("minh-chung", TEXT).unwrap_or_default();
    let was = origins(form, spot);
    let all = code.zip(label).zip(title).zip(text).zip(circular).zip(confidence);
    all.map(|(((((code, label), title), text), circular), confidence)| Criterion {
        code,
        label,
        title,
        text,
        kind: CriterionKind::Judgement,
        confidence,
        circular,
        plan,
        evidence: evidence.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        was,
    })
}

/// The codes whose evidence is offered again; each has to be one of the ruleset copied from.
fn origins(form: &mut Filled, spot: Spot<'_>) -> Vec<String> {
    let typed = form.text_optional("tiep-noi", NAME).unwrap_or_default().to_lowercase();
    let mut codes: Vec<String> =
        typed.split([',', ';', ' ']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    let mut seen = std::collections::HashSet::new();
    codes.retain(|code| seen.insert(code.clone()));
    let known = |code: &String| spot.base.subject(spot.kind).is_some_and(|rules| rules.criterion(code).is_some());
    let unknown: Vec<String> = codes.iter().filter(|code| !known(code)).cloned().collect();
    if !unknown.is_empty() {
        form.fail("tiep-noi", words::no_such_origin(&unknown));
    }
    codes
}

fn at(way: &[Step]) -> String {
    let fields =
        [("code", "ma"), ("label", "dieu-khoan"), ("title", "ten"), ("text", "noi-dung"), ("circular", "thong-tu")];
    field_of(&fields, way)
}

/// Reads one more criterion; a person judges it until its conditions are chosen.
///
/// # Errors
/// The form with its sentences.
pub fn new_criterion(mut form: Filled, spot: Spot<'_>) -> Result<Edit, Filled> {
    let criterion = read(&mut form, spot);
    judged(form, spot.draft, criterion.map(|new| Edit::AddCriterion(spot.kind, new)), at)
}

/// Reads other words for the criterion of that code. With another code it stays the successor of what it was.
///
/// # Errors
/// The form with its sentences.
pub fn criterion(mut form: Filled, spot: Spot<'_>, code: &str) -> Result<Edit, Filled> {
    let known = |code: &str| spot.base.subject(spot.kind).is_some_and(|rules| rules.criterion(code).is_some());
    let mut read = read(&mut form, spot);
    if let Some(new) = &mut read
        && new.code != code
        && new.was.is_empty()
        && known(code)
    {
        new.was = vec![code.to_owned()];
    }
    judged(form, spot.draft, read.map(|new| Edit::Criterion(spot.kind, code.to_owned(), new)), at)
}

/// The code of a criterion that an edit wrote, for the way on from there.
#[must_use]
pub fn added(edit: &Edit) -> &str {
    match edit {
        Edit::AddCriterion(_, new) | Edit::Criterion(_, _, new) => &new.code,
        _ => "",
    }
}
