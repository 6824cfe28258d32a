use super::*;
use serde_json::json;

fn labels(labels: &[&str]) -> Vec<String> {
    labels.iter().map(ToString::to_string).collect()
}

#[test]
fn risk_is_told_in_words_and_never_in_a_number_alone() {
    let of = Risk { not_met: labels(&["Khoản 1.3", "Khoản 5"]), late: true, returns: 2, ..Risk::default() };
    assert_eq!(risk_line(&of), "Chưa đạt khoản 1.3, khoản 5; nộp trễ; đã trả lại 2 lần");
    assert_eq!(reason(&of), "Chưa đạt khoản 1.3, khoản 5.");
    assert_eq!(risk_line(&Risk::default()), "Đủ, đạt hết tiêu chí");
    let many = Risk {
        insufficient: labels(&["Khoản 1", "Khoản 2", "Khoản 3", "Khoản 4", "Khoản 5"]),
        ..Risk::default()
    };
    assert_eq!(risk_line(&many), "Chưa đủ căn cứ khoản 1, khoản 2, khoản 3 và 2 tiêu chí nữa");
}

#[test]
fn counts_that_do_not_add_up_say_by_how_much() {
    assert_eq!(do_not_add_up(9, 8), "Có 9 người biểu quyết, cộng lại được 8: thiếu 1. Đếm lại.");
    assert_eq!(do_not_add_up(9, 11), "Có 9 người biểu quyết, cộng lại được 11: thừa 2. Đếm lại.");
}

#[test]
fn a_quorum_is_a_convention_and_says_what_it_needs() {
    let quorum_of = |present| Quorum { percent: Some(67), present, invited: 11 };
    assert_eq!(quorum(quorum_of(7)).as_deref(), Some("cần 8 người (67%), chưa đủ"));
    assert_eq!(quorum(quorum_of(8)).as_deref(), Some("cần 8 người (67%), đủ"));
    assert_eq!(turnout(quorum_of(8), Ballot::Hand), "8/11 người biểu quyết có mặt (72,7%), vắng 3");
    assert!(fault(Fault::Quorum(quorum_of(7)), |_| String::new()).contains(CONVENTION));
}

#[test]
fn the_journal_tells_who_led_and_how_it_was_voted() {
    let votes = Votes::new(9, 8, 1, 0).expect("adds up");
    let told = json!({ "meeting": { "chair": "Võ Thị Thanh Tâm", "votes": counts((Conclusion::Recommend, votes)) } });
    let words = "cuộc họp do Võ Thị Thanh Tâm chủ trì: 8 tán thành, 1 không tán thành, 0 ý kiến khác";
    assert_eq!(about(&told).as_deref(), Some(words));
    let closed = json!({ "meeting": "m", "recommend": 21, "decline": 2, "postpone": 1 });
    assert_eq!(about(&closed).as_deref(), Some("đề nghị 21, không đề nghị 2, để lại 1"));
    assert_eq!(about(&json!({ "meeting": "m" })), None);
    assert_eq!(about(&json!({})), None);
}

#[test]
fn everything_that_keeps_a_meeting_open_is_counted() {
    let name = |_: DossierId| "Tổ 7".to_owned();
    let dossier = uuid::Uuid::from_u128(7).into();
    let faults = [Fault::NotVoted(dossier), Fault::NotConcluded(dossier)];
    assert_eq!(cannot_close(&faults, name), "Tổ 7: chưa biểu quyết. Còn 1 việc nữa ở dưới.");
    assert_eq!(cannot_close(&faults[..1], name), "Tổ 7: chưa biểu quyết.");
}
