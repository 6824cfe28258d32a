//! The same household, or the same code, in two rows of a file.

use std::collections::HashMap;

use super::draft::{Draft, Field};
use super::problem::ProblemCode;
use crate::platform::fold::fold;

/// Finds twins anew in all drafts: the later row is told about the first.
pub fn mark_twins(drafts: &mut [Draft]) {
    let mut households: HashMap<String, (String, u32)> = HashMap::new();
    let mut codes: HashMap<String, (String, u32)> = HashMap::new();
    for draft in drafts {
        let twin =
            |code: &ProblemCode| matches!(code, ProblemCode::HouseholdTwice { .. } | ProblemCode::CodeTwice { .. });
        draft.problems.retain(|problem| !twin(&problem.code));
        let here = (draft.sheet.clone(), draft.row);
        if !draft.head.is_empty()
            && let Some((sheet, row)) = first_or_insert(&mut households, key(draft), &here)
        {
            draft.tell(Field::Head, ProblemCode::HouseholdTwice { sheet, row }, None);
        }
        if let Some(code) = draft.code.clone()
            && let Some((sheet, row)) = first_or_insert(&mut codes, code, &here)
        {
            draft.tell(Field::Code, ProblemCode::CodeTwice { sheet, row }, None);
        }
    }
}

fn first_or_insert(
    seen: &mut HashMap<String, (String, u32)>,
    key: String,
    here: &(String, u32),
) -> Option<(String, u32)> {
    match seen.get(&key) {
        Some(first) => Some(first.clone()),
        None => {
            seen.insert(key, here.clone());
            None
        }
    }
}

/// Head and address. Without an address the group takes its place.
fn key(draft: &Draft) -> String {
    let address = fold(&format!("{} {} {}", draft.number, draft.alley, draft.street));
    let group = draft.group.as_deref().filter(|_| address.is_empty()).unwrap_or_default();
    format!("{}|{address}|{group}", fold(&draft.head))
}
