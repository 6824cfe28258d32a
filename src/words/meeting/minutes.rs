//! The minutes of a group's meeting, so that nobody types what the program knows. The paper with its letterhead is another matter.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::{ballot, choice, motion, votes};
use crate::meeting::model::{Attendee, Ballot, Choice, Conclusion, Item, Part, Whole};
use crate::web::filters::dates;
use crate::web::page::capital;

/// The longest text of a part (`dossier_part_content_length`).
const LONGEST: usize = 20_000;

/// Time, place, who led and wrote, who came, how they voted, what was concluded, who thought otherwise.
#[must_use]
pub fn minutes(whole: &Whole, item: &Item, now: DateTime<Utc>) -> String {
    let meeting = &whole.meeting;
    let mut out = format!("{}\n\n", meeting.title);
    line(&mut out, "Thời gian", &dates::moment(meeting.planned_at));
    if meeting.ballot == Ballot::Written {
        line(&mut out, "Hình thức", "lấy ý kiến bằng văn bản");
    } else {
        line(&mut out, "Địa điểm", meeting.venue.as_deref().unwrap_or("chưa ghi"));
    }
    for (part, name) in [(Part::Chair, "Chủ trì"), (Part::Secretary, "Thư ký")] {
        if let Some(person) = whole.in_part(part) {
            line(&mut out, name, &titled(person));
        }
    }
    people(&mut out, whole);
    line(&mut out, "Cách biểu quyết", &ballot(meeting.ballot).to_lowercase());
    if let Some((put, counted)) = item.vote {
        line(&mut out, &format!("Biểu quyết về việc {}", motion(put)), &votes(counted));
    }
    let concluded = match item.conclusion {
        Some(Conclusion::Recommend) => "đề nghị xét, công nhận",
        Some(Conclusion::Decline) => "chưa đề nghị xét, công nhận",
        Some(Conclusion::Postpone) | None => "để lại lần họp sau",
    };
    line(&mut out, "Kết luận", concluded);
    if let Some(reason) = &item.reason {
        line(&mut out, "Lý do", reason);
    }
    opinions(&mut out, whole, item);
    line(&mut out, "Kết thúc", &dates::moment(now));
    out.trim_end().chars().take(LONGEST).collect()
}

fn line(out: &mut String, what: &str, said: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{what}: {}.", said.trim_end_matches('.'));
}

fn titled(person: &Attendee) -> String {
    if person.office.is_empty() { person.name.clone() } else { format!("{}, {}", person.name, person.office) }
}

fn people(out: &mut String, whole: &Whole) {
    let listed = |there: bool| -> Vec<String> {
        let there = |person: &&Attendee| person.present == Some(there);
        whole.people.iter().filter(there).map(titled).collect()
    };
    if whole.meeting.ballot == Ballot::Written {
        let all: Vec<String> = whole.people.iter().map(titled).collect();
        line(out, &format!("Gửi lấy ý kiến {} người", all.len()), &all.join("; "));
        return;
    }
    let (present, absent) = (listed(true), listed(false));
    line(out, &format!("Có mặt {} người", present.len()), &present.join("; "));
    let words = if absent.is_empty() { "không có".to_owned() } else { absent.join("; ") };
    line(out, &format!("Vắng {} người", absent.len()), &words);
}

fn opinions(out: &mut String, whole: &Whole, item: &Item) {
    for opinion in whole.opinions_on(item.dossier) {
        if opinion.choice == Choice::For && opinion.said.is_none() {
            continue;
        }
        let who = whole.person(opinion.attendee).map_or("", |person| &person.name);
        let said = opinion.said.as_ref().map(|said| format!(": {said}")).unwrap_or_default();
        let what = format!("{who}, {}{said}", choice(opinion.choice).to_lowercase());
        line(out, "Ý kiến", &capital(what.trim_end_matches('.')));
    }
}
