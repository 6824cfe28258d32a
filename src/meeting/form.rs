//! What is typed about a meeting: the plan, the roll, votes, opinions.

use chrono::NaiveTime;

use super::actions::Gathered;
use super::model::{
    Ballot, Choice, Conclusion, Invited, Opinion, PEOPLE_MAX, Part, Plan, Roll, Seen, Turn, VOTES_MAX, Votes,
    VotesFault, Whole,
};
use crate::platform::clock::moment_of;
use crate::platform::id::{AttendeeId, DossierId};
use crate::web::form::Filled;
use crate::words::meeting as words;

/// The longest title and place, name, office, and what somebody said.
const TITLE_MAX: usize = 200;
const NAME_MAX: usize = 120;
const OFFICE_MAX: usize = 160;
const SAID_MAX: usize = 2000;
/// How many single opinions a vote by hand has room for.
pub(super) const NAMED: usize = 3;

/// The field of a person's row: "ten-3".
pub(super) fn field(of: &str, row: impl std::fmt::Display) -> String {
    format!("{of}-{row}")
}

/// "14:00", "14h30", "14 giờ 30", "8h": the hour of a meeting.
fn time(typed: &str) -> Option<NaiveTime> {
    let line = typed.trim().to_lowercase().replace("giờ", "h").replace("phút", "").replace([' ', '.'], "");
    let (hour, minute) = line.split_once([':', 'h']).unwrap_or((&line, ""));
    let minute = if minute.is_empty() { "0" } else { minute };
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// Reads a plan.
///
/// # Errors
/// The form with its sentences.
pub(super) fn plan(mut form: Filled) -> Result<Plan, Filled> {
    let title = form.text("ten", TITLE_MAX, words::TITLE_MISSING);
    let day = form.day("ngay", words::DAY_MISSING);
    let at = time(form.value("gio"));
    if at.is_none() {
        form.fail("gio", words::TIME_MISSING);
    }
    let ballot = form.one_of::<Ballot>("cach", words::BALLOT_MISSING);
    let venue = match ballot {
        Some(Ballot::Written) => form.text_optional("noi", TITLE_MAX),
        _ => form.text("noi", TITLE_MAX, words::VENUE_MISSING),
    };
    let quorum = if form.value("toi-thieu").trim().is_empty() {
        None
    } else {
        form.whole("toi-thieu", 1..=100, "").and_then(|percent| u32::try_from(percent).ok())
    };
    let people = people(&mut form);
    let all = title.zip(day.zip(at)).zip(ballot);
    form.finish(all.map(|((title, (day, at)), ballot)| Plan {
        title,
        venue,
        planned_at: moment_of(day.and_time(at)),
        ballot,
        quorum_percent: quorum,
        people,
    }))
}

/// The people of a plan; a row without a name is dropped, whatever office stands in it.
fn people(form: &mut Filled) -> Vec<Invited> {
    let mut people: Vec<Invited> = vec![];
    for row in 1..=PEOPLE_MAX {
        let (name, office) = (field("ten", row), field("chuc", row));
        if form.value(&name).trim().is_empty() {
            continue;
        }
        let Some(name_typed) = form.text(&name, NAME_MAX, words::NAME_MISSING) else { continue };
        if name_typed.chars().count() < 2 {
            form.fail(&name, words::NAME_SHORT);
        }
        let office = form.text_optional(&office, OFFICE_MAX).unwrap_or_default();
        let part = form.value(&field("vai", row)).parse().unwrap_or(Part::Member);
        for (single, twice) in [(Part::Chair, words::CHAIR_TWICE), (Part::Secretary, words::SECRETARY_TWICE)] {
            if part == single && people.iter().any(|known| known.part == single) {
                form.fail(&field("vai", row), twice);
            }
        }
        let votes = part != Part::Guest && form.has(&field("bq", row), "co");
        people.push(Invited { name: name_typed, office, part, votes });
    }
    let has = |part: Part| people.iter().any(|person| person.part == part);
    if !has(Part::Chair) {
        form.fail("vai-1", words::CHAIR_MISSING);
    }
    if !has(Part::Secretary) {
        form.fail("vai-2", words::SECRETARY_MISSING);
    }
    if !people.iter().any(|person| person.votes) {
        form.fail("ten-1", words::NOBODY_VOTES);
    }
    people
}

/// Reads the roll of a meeting where people come together.
///
/// # Errors
/// The form with its sentences.
pub(super) fn roll(mut form: Filled, whole: &Whole) -> Result<Roll, Filled> {
    let ticked = |form: &Filled, id: AttendeeId| form.has("co-mat", &id.to_string());
    let present: Vec<AttendeeId> =
        whole.people.iter().map(|person| person.id).filter(|id| ticked(&form, *id)).collect();
    if !whole.people.iter().any(|person| person.votes && present.contains(&person.id)) {
        form.fail("co-mat", words::NO_VOTER_CAME);
    }
    let named = |form: &Filled, field: &str| {
        form.value(field).parse::<AttendeeId>().ok().filter(|id| whole.person(*id).is_some())
    };
    let (chair, secretary) = (named(&form, "chu-tri"), named(&form, "thu-ky"));
    for (field, who, missing, away) in [
        ("chu-tri", chair, words::CHAIR_MISSING, words::CHAIR_AWAY),
        ("thu-ky", secretary, words::SECRETARY_MISSING, words::SECRETARY_AWAY),
    ] {
        match who {
            None => form.fail(field, missing),
            Some(id) if !present.contains(&id) => form.fail(field, away),
            Some(_) => {}
        }
    }
    if chair.is_some() && chair == secretary {
        form.fail("thu-ky", words::SAME_PERSON);
    }
    form.finish(chair.zip(secretary).map(|(chair, secretary)| Roll { present, chair, secretary }))
}

/// The state of a dossier on a form: "7.13".
pub(super) fn seen_word(seen: Seen) -> String {
    format!("{}.{}", seen.version, seen.verdicts)
}

fn seen(word: &str) -> Option<Seen> {
    let (version, verdicts) = word.split_once('.')?;
    Some(Seen { version: version.parse().ok()?, verdicts: verdicts.parse().ok()? })
}

/// A dossier as the button "all are for it" sends it: dossier, revision of its turn, state of the dossier.
pub(super) fn agreed_word(dossier: DossierId, revision: i32, at: Seen) -> String {
    format!("{dossier}:{revision}:{}", seen_word(at))
}

/// The dossiers on which all are for what is put to the vote; none when a value is not of that shape, which no page of ours sends.
pub(super) fn agreed(form: &Filled, gathered: &Gathered) -> Option<Vec<Turn>> {
    let words = form.values_of("ho-so");
    words.into_iter().map(|word| one_agreed(word, gathered)).collect()
}

fn one_agreed(word: &str, gathered: &Gathered) -> Option<Turn> {
    let mut pieces = word.splitn(3, ':');
    let dossier = pieces.next()?.parse().ok()?;
    let revision = pieces.next()?.parse().ok()?;
    let seen = seen(pieces.next()?)?;
    let (paper, risk) = gathered.paper(dossier)?;
    let whole = &gathered.whole;
    let motion = if whole.meeting.is_of_committee() { paper.proposal(risk) } else { Conclusion::Recommend };
    // In writing nobody raises a hand: what was written is counted when it is written down.
    let votes = if whole.meeting.ballot == Ballot::Written {
        whole.counted_opinions(dossier)
    } else {
        Votes::unanimous(whole.voter_count())
    };
    let is_put_off = motion == Conclusion::Postpone;
    Some(Turn {
        dossier,
        revision,
        seen,
        vote: votes.ok().filter(|_| !is_put_off).map(|votes| (motion, votes)),
        conclusion: motion,
        reason: (motion == Conclusion::Decline).then(|| words::reason(risk)),
    })
}

/// Reads one dossier's turn: votes, conclusion, reason, and whoever thought otherwise. `revision` is that of the form.
///
/// # Errors
/// The form with its sentences.
pub(super) fn turn(
    mut form: Filled,
    (gathered, dossier): (&Gathered, DossierId),
    revision: i32,
) -> Result<(Turn, Vec<Opinion>), Filled> {
    let Some(((paper, risk), seen)) = gathered.paper(dossier).zip(seen(form.value("da-xem"))) else {
        form.fail("", words::moved("này"));
        return Err(form);
    };
    let whole = &gathered.whole;
    let proposal = paper.proposal(risk);
    let motion = if whole.meeting.is_of_committee() && proposal == Conclusion::Decline {
        Conclusion::Decline
    } else {
        Conclusion::Recommend
    };
    let conclusion = form.one_of::<Conclusion>("ket-luan", words::CONCLUSION_MISSING);
    let reason = if conclusion == Some(Conclusion::Decline) {
        form.long_text("ly-do", SAID_MAX, words::REASON_MISSING)
    } else {
        form.long_text_optional("ly-do", SAID_MAX)
    };
    let votes = votes(&mut form, (whole, dossier), conclusion == Some(Conclusion::Postpone));
    let named = if whole.meeting.ballot == Ballot::Hand { named(&mut form, (whole, dossier), votes) } else { vec![] };
    let vote = votes.map(|votes| (motion, votes));
    let turn = conclusion.map(|conclusion| Turn { dossier, revision, seen, vote, conclusion, reason });
    form.finish(turn.map(|turn| (turn, named)))
}

/// The counts of a vote; what is put off needs none.
fn votes(form: &mut Filled, (whole, dossier): (&Whole, DossierId), put_off: bool) -> Option<Votes> {
    const FIELDS: [&str; 3] = ["tan-thanh", "khong", "khac"];
    if whole.meeting.ballot == Ballot::Written {
        let counted = whole.counted_opinions(dossier);
        if counted.is_err() && !put_off {
            form.fail("ket-luan", words::NO_OPINIONS);
        }
        return counted.ok();
    }
    if put_off && FIELDS.iter().all(|field| form.value(field).trim().is_empty()) {
        return None;
    }
    let counts = FIELDS.map(|field| {
        let count = form.whole(field, 0..=i64::from(VOTES_MAX), words::COUNT_MISSING);
        count.and_then(|count| u32::try_from(count).ok())
    });
    let [Some(agree), Some(against), Some(other)] = counts else { return None };
    match Votes::new(whole.voter_count(), agree, against, other) {
        Ok(votes) => Some(votes),
        Err(VotesFault::Nobody) => {
            form.fail("tan-thanh", words::NO_VOTER_CAME);
            None
        }
        Err(VotesFault::DoNotAddUp { voters, counted }) => {
            form.fail("tan-thanh", words::do_not_add_up(voters, counted));
            None
        }
    }
}

/// Whoever raised a hand against it, or said something else: a few rows of who, what, in which words.
fn named(form: &mut Filled, (whole, dossier): (&Whole, DossierId), votes: Option<Votes>) -> Vec<Opinion> {
    let mut found: Vec<Opinion> = vec![];
    for row in 1..=NAMED {
        let (who, what, said) = (field("ai", row), field("y", row), field("noi", row));
        let words_said = form.long_text_optional(&said, SAID_MAX);
        let attendee = form.value(&who).parse::<AttendeeId>().ok();
        let attendee = attendee.filter(|id| whole.voters().any(|person| person.id == *id));
        let choice = form.value(&what).parse::<Choice>().ok().filter(|choice| *choice != Choice::For);
        match (attendee, choice) {
            (None, None) if words_said.is_none() => {}
            (None, _) => form.fail(&who, words::WHO_MISSING),
            (Some(_), None) => form.fail(&what, words::CHOICE_MISSING),
            (Some(attendee), _) if found.iter().any(|known| known.attendee == attendee) => {
                form.fail(&who, words::NAMED_TWICE);
            }
            (Some(attendee), Some(choice)) => {
                found.push(Opinion { dossier, attendee, choice, said: words_said });
                let named = found.iter().filter(|it| it.choice == choice).count();
                if let Some(votes) = votes.filter(|votes| named > votes.count(choice) as usize) {
                    form.fail(&what, words::named_more(choice, votes.count(choice)));
                }
            }
        }
    }
    found
}

/// Reads one person's sheet of opinions: what is left open stays as it was.
///
/// # Errors
/// The form with its sentences.
pub(super) fn opinions(mut form: Filled, (whole, attendee): (&Whole, AttendeeId)) -> Result<Vec<Opinion>, Filled> {
    let all = form.has("tat-ca", "co");
    let mut found = vec![];
    for item in &whole.items {
        let dossier = item.dossier;
        let said = form.long_text_optional(&field("noi", dossier), SAID_MAX);
        let choice = if all { Some(Choice::For) } else { form.value(&field("y", dossier)).parse().ok() };
        match choice {
            Some(choice) => found.push(Opinion { dossier, attendee, choice, said }),
            None if said.is_some() => form.fail(&field("y", dossier), words::CHOICE_MISSING),
            None => {}
        }
    }
    if found.is_empty() && !form.is_bad() {
        let first = whole.items.first().map_or_else(String::new, |item| field("y", item.dossier));
        form.fail(&first, words::NOTHING_CHOSEN);
    }
    form.finish(Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(typed: &str) -> Option<String> {
        time(typed).map(|at| at.format("%H:%M").to_string())
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (typed, read) in
            [("14:00", "14:00"), ("14h", "14:00"), ("8h30", "08:30"), ("19 giờ 30 phút", "19:30"), (" 7 : 5 ", "07:05")]
        {
            assert_eq!(hour(typed).as_deref(), Some(read), "{typed}");
        }
        for odd in ["", "25:00", "14:75", "chiều", "-1h"] {
            assert_eq!(hour(odd), None, "{odd}");
        }
    }

    fn whole_plan() -> Filled {
        [
            ("ten", "Họp Ban chỉ đạo"),
            ("ngay", "14/11/2024"),
            ("gio", "14h"),
            ("noi", "Trụ sở phường"),
            ("cach", "hand"),
            ("ten-1", "Võ Thị Thanh Tâm"),
            ("vai-1", "chair"),
            ("bq-1", "co"),
            ("ten-2", "Đặng Thu Hồng"),
            ("vai-2", "secretary"),
            ("ten-4", "Lưu Quốc Bảo Toàn"),
            ("vai-4", "guest"),
            ("bq-4", "co"),
            ("chuc-5", "Bí thư chi bộ"),
        ]
        .into_iter()
        .fold(Filled::default(), |form, (field, value)| form.with(field, value))
    }

    #[test]
    fn rows_without_a_name_are_dropped_and_a_guest_has_no_vote() {
        let plan = plan(whole_plan()).expect("a whole plan");
        let people: Vec<(&str, Part, bool)> =
            plan.people.iter().map(|it| (it.name.as_str(), it.part, it.votes)).collect();
        assert_eq!(
            people,
            [
                ("Võ Thị Thanh Tâm", Part::Chair, true),
                ("Đặng Thu Hồng", Part::Secretary, false),
                ("Lưu Quốc Bảo Toàn", Part::Guest, false)
            ]
        );
        assert_eq!(plan.quorum_percent, None);
    }

    #[test]
    fn every_wrong_place_of_a_plan_is_said() {
        let wrong = plan(Filled::default()).expect_err("empty");
        let fields: Vec<&str> = wrong.errors().iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["ten", "ngay", "gio", "cach", "noi", "vai-1", "vai-2", "ten-1"]);
        let two = plan(whole_plan().replaced("vai-4", "chair")).expect_err("two chairs");
        assert_eq!(two.error("vai-4"), Some(words::CHAIR_TWICE));
        assert!(plan(whole_plan().replaced("toi-thieu", "120")).is_err(), "a share of 120 percent");
        let written = whole_plan().replaced("cach", "written").replaced("noi", "");
        assert!(plan(written).is_ok(), "a meeting in writing needs no room");
    }

    #[test]
    fn the_state_on_a_form_leads_back() {
        let at = Seen { version: 7, verdicts: 13 };
        assert_eq!(seen(&seen_word(at)), Some(at));
        for odd in ["", "7", "7.", "x.1"] {
            assert_eq!(seen(odd), None);
        }
    }
}
