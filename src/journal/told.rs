//! Events as a reader meets them: newest first, small steps of one hand told as one.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::model::Line;
use crate::words::journal as words;

/// One event, or some small steps of one hand and one kind in a row: thirteen criteria judged in an evening are one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    line: Line,
    about: Vec<String>,
}

impl Told {
    /// When; of several steps the latest.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.line.at
    }

    /// What happened, and to what.
    #[must_use]
    pub fn words(&self) -> String {
        let said = words::sentence(&self.line.verb);
        match self.about.as_slice() {
            [] => said.to_owned(),
            [one] => format!("{said}: {one}"),
            many => format!("{}: {}", words::several(&self.line.verb, many.len()), many.join(", ")),
        }
    }

    /// Who did it, in which seat, and for whom.
    #[must_use]
    pub fn who(&self) -> String {
        let line = &self.line;
        match &line.on_behalf_of {
            Some(other) => format!("{}, {}, thay {other}", line.actor, line.seat),
            None => format!("{}, {}", line.actor, line.seat),
        }
    }

    /// Why, or an empty text.
    #[must_use]
    pub fn why(&self) -> &str {
        self.line.reason.as_deref().unwrap_or_default()
    }

    /// The tone of the line, as `past.html` takes it.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        words::tone(&self.line.verb)
    }

    /// Whether an earlier event is one more step of the same kind. What has a reason stands alone, so that no reason is lost.
    fn goes_on_with(&self, earlier: &Line) -> bool {
        let line = &self.line;
        let hand = |it: &Line| (it.verb.clone(), it.actor.clone(), it.seat.clone(), it.on_behalf_of.clone());
        step(&line.detail).is_some()
            && step(&earlier.detail).is_some()
            && line.reason.is_none()
            && earlier.reason.is_none()
            && hand(line) == hand(earlier)
    }
}

/// The criterion or the part of a dossier that a small step is about.
fn step(detail: &Value) -> Option<&str> {
    detail.get("criterion").or_else(|| detail.get("part")).and_then(Value::as_str)
}

/// What an event is about. `name` gives the titles of criteria, parts and deadlines; a code it does not know shows as it is.
fn about(line: &Line, name: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let named = |code: &str| name(code).unwrap_or_else(|| code.to_owned());
    match step(&line.detail) {
        Some(code) => Some(named(code)),
        None => words::about(&line.verb, &line.detail, named),
    }
}

/// Tells events, which come newest first.
#[must_use]
pub fn told(lines: Vec<Line>, name: impl Fn(&str) -> Option<String>) -> Vec<Told> {
    let mut story: Vec<Told> = vec![];
    for line in lines {
        let about = about(&line, &name);
        match story.last_mut().filter(|last| last.goes_on_with(&line)) {
            Some(last) => last.about.extend(about.filter(|about| !last.about.contains(about))),
            None => story.push(Told { line, about: about.into_iter().collect() }),
        }
    }
    // Steps were met newest first; a person did them the other way round.
    story.iter_mut().for_each(|told| told.about.reverse());
    story
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn line(minute: i64, verb: &str, detail: Value) -> Line {
        Line {
            at: DateTime::<Utc>::UNIX_EPOCH + chrono::Duration::minutes(minute),
            actor: "Đặng Thu Hồng".to_owned(),
            seat: "Thường trực Ban chỉ đạo phường Phước Long".to_owned(),
            on_behalf_of: None,
            verb: verb.to_owned(),
            reason: None,
            detail,
        }
    }

    fn judged(minute: i64, criterion: &str) -> Line {
        line(minute, "judged", json!({ "criterion": criterion }))
    }

    fn words(lines: Vec<Line>) -> Vec<String> {
        told(lines, |code| (code == "nq").then(|| "Nghị quyết".to_owned())).iter().map(Told::words).collect()
    }

    #[test]
    fn small_steps_of_one_hand_are_one_line() {
        let story = told(vec![judged(9, "2"), judged(8, "1.2"), judged(7, "1.2"), judged(6, "1.1")], |_| None);
        assert_eq!(story.len(), 1);
        assert_eq!(story[0].words(), "Thẩm định 3 tiêu chí: 1.1, 1.2, 2");
        assert_eq!(story[0].at(), judged(9, "2").at);
    }

    #[test]
    fn another_hand_another_seat_or_a_reason_begins_a_line() {
        let other = Line { actor: "Lê Văn Quế".to_owned(), ..judged(3, "1.2") };
        let lent = Line { on_behalf_of: Some("Lê Văn Quế".to_owned()), ..judged(2, "1.3") };
        let why = Line { reason: Some("Thiếu 1 hộ.".to_owned()), ..judged(1, "1.4") };
        let story = told(vec![judged(4, "1.1"), other, lent, why, judged(0, "1.5")], |_| None);
        assert_eq!(story.len(), 5);
        assert_eq!(story[2].who(), "Đặng Thu Hồng, Thường trực Ban chỉ đạo phường Phước Long, thay Lê Văn Quế");
        assert_eq!((story[3].why(), story[4].why()), ("Thiếu 1 hộ.", ""));
    }

    #[test]
    fn codes_are_called_by_their_titles() {
        assert_eq!(words(vec![line(0, "part_changed", json!({ "part": "nq" }))]), ["Sửa một phần hồ sơ: Nghị quyết"]);
        assert_eq!(words(vec![line(0, "part_changed", json!({ "part": "x" }))]), ["Sửa một phần hồ sơ: x"]);
        let detail = json!({ "code": "nq", "from": "2024-03-31", "to": "2024-04-05", "exclusive": false });
        assert_eq!(words(vec![line(0, "deadline_moved", detail)]), ["Đổi hạn: Nghị quyết, nay là hết 5/4/2024"]);
    }

    #[test]
    fn two_events_that_are_no_small_steps_stay_two() {
        let lock = |minute| line(minute, "late_locked", json!({}));
        assert_eq!(words(vec![lock(1), lock(0)]).len(), 2);
    }
}
