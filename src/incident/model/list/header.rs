//! Finds the headings of a list, under whatever titles stand above them.

use std::collections::HashSet;

use super::cells::{self, words};
use super::{Column, Known};

/// Titles take a few rows; a header below these is none.
const SEARCHED: usize = 20;

/// The columns by their meaning, and the row with which the counts begin. A list without headings has them in the order of the page.
pub(super) fn of(rows: &[(u32, Vec<String>)], known: &Known<'_>) -> (Vec<Option<Column>>, usize) {
    let mut best: Option<(usize, Vec<Option<Column>>)> = None;
    let mut highest = 1;
    for (at, (_, cells)) in rows.iter().enumerate().take(SEARCHED) {
        let columns = headings(cells, known);
        let distinct = columns.iter().flatten().collect::<HashSet<_>>().len();
        if distinct > highest {
            highest = distinct;
            best = Some((at, columns));
        }
    }
    let unnamed = || [Column::Group, Column::Kind, Column::Number, Column::Day, Column::Gravity].map(Some).to_vec();
    best.map_or_else(|| (unnamed(), 0), |(at, columns)| (columns, at + 1))
}

/// What the cells of a row mean as headings. Types across come without a column of types, and their sum is left alone.
fn headings(cells: &[String], known: &Known<'_>) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = cells.iter().map(|cell| heading(cell, known)).collect();
    let has = |columns: &[Option<Column>], column: &Column| columns.iter().flatten().any(|it| it == column);
    if has(&columns, &Column::Kind) {
        columns.iter_mut().for_each(|it| *it = it.take().filter(|column| !matches!(column, Column::Of(_))));
    } else if columns.iter().flatten().any(|column| matches!(column, Column::Of(_))) {
        columns.iter_mut().for_each(|it| *it = it.take().filter(|column| *column != Column::Number));
    }
    let mut seen = HashSet::new();
    columns.iter_mut().for_each(|it| *it = it.take().filter(|column| seen.insert(column.clone())));
    columns
}

fn heading(text: &str, known: &Known<'_>) -> Option<Column> {
    let folded = words(text);
    let begins = |starts: &[&str]| starts.iter().any(|start| folded.starts_with(start));
    let is = |names: &[&str]| names.contains(&folded.as_str());
    if is(&["to", "tdp", "ten to", "to so", "don vi"])
        || begins(&["to dan pho", "khu dan cu"]) && !cells::has_digit(&folded)
    {
        Some(Column::Group)
    } else if begins(&["loai"]) || is(&["noi dung", "hanh vi", "vu viec"]) {
        Some(Column::Kind)
    } else if begins(&["so vu", "so luong", "tong so"]) || is(&["so", "tong", "tong cong"]) {
        Some(Column::Number)
    } else if begins(&["ngay", "thoi gian"]) {
        Some(Column::Day)
    } else if begins(&["muc do", "tinh chat"]) {
        Some(Column::Gravity)
    } else {
        cells::kind(text, known).ok().map(|kind| Column::Of(kind.to_owned()))
    }
}
