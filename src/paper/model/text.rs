//! The words of a paper, as the program drafted them and as people wrote over them.

use diffy::{ConflictStyle, MergeOptions};
use serde::{Deserialize, Serialize};

/// The words of a paper, in the plain marks that [`super::blocks`] reads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The line under the kind: "Về việc đề nghị xét, công nhận ...".
    pub subject: String,
    /// What it says, a line for each paragraph.
    pub body: String,
    /// Who receives it, a line each.
    pub recipients: String,
}

/// A line that differs between two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// It stands in the program's draft only, or in the written one only.
    pub drafted: bool,
    /// The line.
    pub line: String,
}

impl Text {
    /// A new draft under what people wrote: whatever they did not touch follows the draft, what they wrote stays. Where both
    /// changed the same lines, theirs stay.
    #[must_use]
    pub fn redrafted(&self, drafted: &Self, anew: &Self) -> Self {
        Self {
            subject: merged(&drafted.subject, &self.subject, &anew.subject),
            body: merged(&drafted.body, &self.body, &anew.body),
            recipients: merged(&drafted.recipients, &self.recipients, &anew.recipients),
        }
    }

    /// Where the written text is another than the draft.
    #[must_use]
    pub fn differences(&self, drafted: &Self) -> Vec<Difference> {
        [(&drafted.subject, &self.subject), (&drafted.body, &self.body), (&drafted.recipients, &self.recipients)]
            .into_iter()
            .flat_map(|(drafted, written)| lines(drafted, written))
            .collect()
    }
}

/// Lines end in a break, so that a last line without one is not another line than the same with one.
fn whole(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
}

fn merged(drafted: &str, written: &str, anew: &str) -> String {
    let (base, ours, theirs) = (whole(drafted), whole(written), whole(anew));
    let mut options = MergeOptions::new();
    options.set_conflict_style(ConflictStyle::Merge);
    let found = match options.merge(&base, &ours, &theirs) {
        Ok(clean) => clean,
        Err(marked) => ours_of(&marked),
    };
    found.trim_end_matches('\n').to_owned()
}

/// Of a text with conflict marks, the lines that people wrote. Nobody's line begins with seven such signs: [`super::blocks`] has no such mark.
fn ours_of(marked: &str) -> String {
    let (mut kept, mut is_theirs) = (String::new(), false);
    for line in marked.split_inclusive('\n') {
        if line.starts_with("<<<<<<<") {
        } else if line.starts_with("=======") {
            is_theirs = true;
        } else if line.starts_with(">>>>>>>") {
            is_theirs = false;
        } else if !is_theirs {
            kept.push_str(line);
        }
    }
    kept
}

fn lines(drafted: &str, written: &str) -> Vec<Difference> {
    let (drafted, written) = (whole(drafted), whole(written));
    let patch = diffy::create_patch(&drafted, &written);
    let said = |line: &str| line.trim_end_matches('\n').to_owned();
    let lines = patch.hunks().iter().flat_map(|hunk| hunk.lines());
    lines
        .filter_map(|line| match line {
            diffy::Line::Delete(line) => Some(Difference { drafted: true, line: said(line) }),
            diffy::Line::Insert(line) => Some(Difference { drafted: false, line: said(line) }),
            diffy::Line::Context(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn body(text: &str) -> Text {
        Text { body: text.to_owned(), ..Text::default() }
    }

    #[test]
    fn figures_follow_the_draft_and_sentences_of_people_stay() {
        let drafted = body("Có 312 hộ ký.\nTình hình ổn định.\nHết.");
        let written = body("Có 312 hộ ký.\nTình hình tốt, bà con đoàn kết.\nHết.");
        let anew = body("Có 315 hộ ký.\nTình hình ổn định.\nHết.");
        // Neighbouring lines that both changed are one conflict: what people wrote stays, and the page shows the difference.
        let kept = written.redrafted(&drafted, &anew);
        assert!(kept.body.contains("bà con đoàn kết"), "{}", kept.body);
        let apart = |text: &str| body(&text.replace('/', "\n"));
        let kept = apart("Có 312 hộ./a/b/Của tôi./c")
            .redrafted(&apart("Có 312 hộ./a/b/Mẫu./c"), &apart("Có 315 hộ./a/b/Mẫu./c"));
        assert_eq!(kept.body, "Có 315 hộ.\na\nb\nCủa tôi.\nc");
    }

    #[test]
    fn differences_are_told_line_by_line() {
        let found = body("a\nCủa tôi.\nc").differences(&body("a\nMẫu.\nc"));
        let told: Vec<(bool, &str)> = found.iter().map(|it| (it.drafted, it.line.as_str())).collect();
        assert_eq!(told, [(true, "Mẫu."), (false, "Của tôi.")]);
        assert!(body("a").differences(&body("a\n")).is_empty());
    }

    proptest! {
        #[test]
        fn what_nobody_wrote_over_becomes_the_new_draft(a in "[a-z\n]{0,40}", b in "[a-z\n]{0,40}") {
            let (drafted, anew) = (body(&a), body(&b));
            prop_assert_eq!(drafted.redrafted(&drafted, &anew).body, b.trim_end_matches('\n'));
        }

        #[test]
        fn without_a_new_draft_what_was_written_stays(a in "[a-z\n]{0,40}", b in "[a-z\n]{0,40}") {
            let (drafted, written) = (body(&a), body(&b));
            prop_assert_eq!(written.redrafted(&drafted, &drafted).body, b.trim_end_matches('\n'));
        }
    }
}
