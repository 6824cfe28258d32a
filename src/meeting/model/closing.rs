//! What a meeting still lacks before it can be closed.

use super::{Ballot, Choice, Conclusion, Paper, Part, Quorum, Whole};
use crate::platform::id::DossierId;

/// Something that keeps a meeting from being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nobody called the roll.
    NoRoll,
    /// Whoever leads it, or writes it down, is not there.
    Missing(Part),
    /// Too few came, by the house's own convention.
    Quorum(Quorum),
    /// Nothing was on the agenda.
    NoAgenda,
    /// Nobody voted on this dossier.
    NotVoted(DossierId),
    /// Nothing was concluded on it.
    NotConcluded(DossierId),
    /// It changed after the meeting had looked at it, or left the desk.
    Moved(DossierId),
    /// More people are named as against it, or of another opinion, than were counted.
    NamedMore(DossierId),
    /// It has a criterion that does not hold, and was recommended.
    NotAllMet(DossierId),
}

/// All that keeps this meeting from being closed; `papers` are its dossiers as they are now, each with whether all its criteria hold.
#[must_use]
pub fn faults(whole: &Whole, papers: &[(Paper, bool)]) -> Vec<Fault> {
    let mut faults = of_people(whole);
    if whole.items.is_empty() {
        faults.push(Fault::NoAgenda);
    }
    faults.extend(whole.items.iter().filter_map(|item| {
        let dossier = item.dossier;
        let paper = papers.iter().find(|(paper, _)| paper.dossier == dossier);
        match item.conclusion {
            None if item.vote.is_none() => Some(Fault::NotVoted(dossier)),
            None => Some(Fault::NotConcluded(dossier)),
            Some(Conclusion::Postpone) => None,
            Some(_) if item.vote.is_none() => Some(Fault::NotVoted(dossier)),
            Some(_) if names_more(whole, dossier) => Some(Fault::NamedMore(dossier)),
            // A group speaks about itself while it may still write; the committee about what lies before it.
            Some(_) if !whole.meeting.is_of_committee() => None,
            Some(concluded) => match paper {
                Some((paper, holds)) if Some(paper.seen) == item.seen => {
                    (concluded == Conclusion::Recommend && !holds).then_some(Fault::NotAllMet(dossier))
                }
                _ => Some(Fault::Moved(dossier)),
            },
        }
    }));
    faults
}

fn of_people(whole: &Whole) -> Vec<Fault> {
    let mut faults = vec![];
    let written = whole.meeting.ballot == Ballot::Written;
    if !written && whole.people.iter().all(|person| person.present.is_none()) {
        return vec![Fault::NoRoll];
    }
    for part in [Part::Chair, Part::Secretary] {
        if !whole.in_part(part).is_some_and(|person| written || person.present == Some(true)) {
            faults.push(Fault::Missing(part));
        }
    }
    let quorum = whole.quorum();
    if !quorum.is_reached() {
        faults.push(Fault::Quorum(quorum));
    }
    faults
}

/// Whether more people are named with an opinion than were counted with it.
fn names_more(whole: &Whole, dossier: DossierId) -> bool {
    let Some((_, votes)) = whole.item(dossier).and_then(|item| item.vote) else { return false };
    [Choice::Against, Choice::Other].into_iter().any(|choice| {
        let named = whole.opinions_on(dossier).filter(|opinion| opinion.choice == choice).count();
        named > votes.count(choice) as usize
    })
}

#[cfg(test)]
mod tests;
