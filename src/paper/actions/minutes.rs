//! A closed meeting as papers speak of it.

use crate::meeting::actions::Gathered;
use crate::meeting::model::{Attendee, Ballot, Choice, Part, Whole};
use crate::paper::model::{Meeting, Person, Vote};
use crate::platform::clock::civil_time;
use crate::web::filters::dates;
use crate::words::meeting as words;

/// Who came, what was voted, what was concluded, who thought otherwise.
pub(super) fn meeting_facts(gathered: &Gathered) -> Meeting {
    let whole = &gathered.whole;
    let meeting = &whole.meeting;
    let in_part = |part| whole.in_part(part).map(person).unwrap_or_default();
    let there = |came: bool| {
        let of = whole.people.iter().filter(move |it| it.present.unwrap_or(meeting.ballot == Ballot::Written) == came);
        of.map(person).collect()
    };
    Meeting {
        title: meeting.title.clone(),
        began: spoken(meeting.opened_at.unwrap_or(meeting.planned_at)),
        ended: meeting.closed.as_ref().map_or_else(String::new, |(at, _)| spoken(*at)),
        venue: meeting.venue.clone().unwrap_or_default(),
        chair: in_part(Part::Chair),
        secretary: in_part(Part::Secretary),
        present: there(true),
        absent: there(false),
        ballot: words::ballot(meeting.ballot).to_lowercase(),
        votes: whole.items.iter().filter_map(|item| vote(gathered, item)).collect(),
        opinions: opinions(whole),
    }
}

fn person(attendee: &Attendee) -> Person {
    Person { name: attendee.name.clone(), office: attendee.office.clone() }
}

/// "8 giờ 00 ngày 16/11/2024".
fn spoken(at: chrono::DateTime<chrono::Utc>) -> String {
    let civil = civil_time(at);
    format!("{} ngày {}", civil.format("%-H giờ %M"), dates::day(at))
}

fn vote(gathered: &Gathered, item: &crate::meeting::model::Item) -> Option<Vote> {
    let (motion, counted) = item.vote?;
    let (paper, _) = gathered.paper(item.dossier)?;
    Some(Vote {
        unit: paper.name.clone(),
        motion: words::motion(motion).to_owned(),
        agree: counted.agree(),
        against: counted.against(),
        other: counted.other(),
        concluded: item.conclusion.map_or_else(String::new, |it| words::conclusion(it).word.to_lowercase()),
        reason: item.reason.clone().unwrap_or_default(),
    })
}

/// What single people said otherwise, each a sentence.
fn opinions(whole: &Whole) -> Vec<String> {
    let spoke = whole.opinions.iter().filter(|it| it.choice != Choice::For || it.said.is_some());
    spoke
        .filter_map(|it| {
            let name = &whole.person(it.attendee)?.name;
            let said = it.said.as_ref().map_or_else(String::new, |said| format!(": {said}"));
            Some(format!("{name}, {}{said}", words::choice(it.choice).to_lowercase()))
        })
        .collect()
}
