use super::*;
use crate::platform::id::{AttachmentId, FactId};
use crate::ruleset::{Finding, SubjectKind, shipped};
use chrono::DateTime;
use proptest::prelude::*;

fn criterion(code: &str) -> Criterion {
    let ruleset = shipped().unwrap().into_iter().find(|it| it.code == "kh390-2024").unwrap();
    ruleset.subject(SubjectKind::Group).unwrap().criterion(code).unwrap().clone()
}

fn listing(count: usize) -> Criterion {
    Criterion { evidence: (0..count).map(|at| format!("Giấy {at}")).collect(), ..criterion("2") }
}

fn file(piece: Option<i16>, day: Option<NaiveDate>) -> FileRow {
    let at = DateTime::from_timestamp(1_731_000_000, 0).unwrap();
    FileRow {
        use_id: uuid::Uuid::nil(),
        id: AttachmentId::new(at),
        name: "anh.jpg".to_owned(),
        size: 1,
        sha256: "0".repeat(64),
        media_type: "image/jpeg".to_owned(),
        evidence_on: day,
        uploaded_at: at,
        criterion: Some("2".to_owned()),
        piece,
        taken_at: None,
    }
}

fn fact(piece: Option<i16>) -> FactRow {
    let at = DateTime::from_timestamp(1_731_000_000, 0).unwrap();
    FactRow {
        use_id: uuid::Uuid::nil(),
        id: FactId::new(at),
        said: "Họp tổ phổ biến kế hoạch, 45 người dự".to_owned(),
        happened_on: today(),
        recorded_at: at,
        recorded_by: "Trần Văn Lựu".to_owned(),
        criterion: Some("2".to_owned()),
        piece,
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 3, 12).unwrap()
}

fn outcome(computed: Option<Finding>) -> Outcome {
    let code = "3.e".to_owned();
    Outcome { code, computed, judged: None, needs_person: false, provisional: false, conditions: vec![] }
}

#[test]
fn files_and_facts_fill_the_places_that_they_name() {
    let (a, b) = (file(Some(0), Some(today())), file(None, None));
    let meter = meter(&listing(3), &[&a, &b], &[&fact(Some(2))]);
    assert_eq!((meter.held(), meter.wanted(), meter.others, meter.undated), (2, 3, 1, 1));
    assert_eq!(meter.missing().collect::<Vec<_>>(), [(1, "Giấy 1")]);
    assert_eq!(meter.next(), Next::Name(1), "what lies here may be it");
}

#[test]
fn where_one_paper_is_listed_everything_is_that_paper() {
    let found = meter(&listing(1), &[&file(None, None)], &[]);
    assert_eq!((found.held(), found.others, found.next()), (1, 0, Next::Date(1)));
    let found = meter(&listing(1), &[], &[&fact(None)]);
    assert_eq!((found.is_complete(), found.next()), (true, Next::Done));
}

#[test]
fn what_the_program_counts_nobody_brings() {
    let empty = meter(&criterion("3.e"), &[], &[]);
    assert_eq!(empty.next(), Next::Add("Số vụ việc do Công an phường xác nhận", Bringer::Police));
    let known = empty.clone().knowing(Some(&outcome(Some(Finding::Met))));
    assert_eq!((known.held(), known.next()), (1, Next::Add("Biên bản hòa giải thành", Bringer::Unit)));
    assert_eq!(empty.clone().knowing(Some(&outcome(None))), empty);
    // A paper of the dossier is there once its day is.
    let dated = |issued_on| {
        let period = Window { from: today(), to: today() };
        let value = Value::Document { part: "nghi-quyet".to_owned(), issued_on, period, founded: None };
        let condition = crate::ruleset::engine::Condition { finding: None, provisional: false, value };
        Outcome { conditions: vec![condition], ..outcome(Some(Finding::NotMet)) }
    };
    let paper = meter(&criterion("1.1"), &[], &[]);
    assert!(!paper.clone().knowing(Some(&dated(None))).is_complete());
    assert!(paper.knowing(Some(&dated(Some(today())))).is_complete());
    // Where a person judges, the program brings nothing.
    assert_eq!(meter(&listing(2), &[], &[]).knowing(Some(&outcome(Some(Finding::Met)))).held(), 0);
}

#[test]
fn a_day_is_in_the_window_or_outside_or_unknown() {
    let window = Window { from: today(), to: today() };
    assert_eq!(Day::of(None, window), Day::Unknown);
    assert_eq!(Day::of(Some(today()), window), Day::Inside(today()));
    let before = today().pred_opt();
    assert_eq!(Day::of(before, window), Day::Outside(before.unwrap()));
}

proptest! {
    #[test]
    fn every_piece_of_evidence_counts_once(
        listed in 0_usize..6,
        files in proptest::collection::vec(proptest::option::of(-2_i16..9), 0..12),
        facts in proptest::collection::vec(proptest::option::of(-2_i16..9), 0..12),
    ) {
        let files: Vec<FileRow> = files.into_iter().map(|piece| file(piece, Some(today()))).collect();
        let facts: Vec<FactRow> = facts.into_iter().map(fact).collect();
        let meter = meter(&listing(listed), &files.iter().collect::<Vec<_>>(), &facts.iter().collect::<Vec<_>>());
        let placed: usize = meter.pieces.iter().map(|piece| piece.held).sum();
        prop_assert_eq!(placed + meter.others, files.len() + facts.len());
        prop_assert!(meter.held() <= meter.wanted());
        prop_assert_eq!(meter.is_complete(), meter.missing().count() == 0);
        prop_assert_eq!(meter.next() == Next::Done, meter.is_complete());
    }
}
