//! How dates, numbers and deadlines are written, for Rust and for templates.
//!
//! The plain functions live in [`dates`], [`numbers`] and [`deadlines`]. The filters of the same names call them from
//! a template: a page module says `use crate::web::filters;` and its template `{{ at|moment }}`. A filter takes a value or a
//! reference; `day` and its like take a day or a moment, and a moment is told in +07:00.
//!
//! `time_left` and `leaf` yield parts: `{% let left = closes_at|time_left(now) %}`, then `left.text`, `left.tone.class()`.

pub mod dates;
pub mod deadlines;
pub mod numbers;
mod templates;

pub use self::dates::CivilDay;
pub use self::deadlines::{Leaf, TimeLeft, Tone};
pub use self::numbers::Whole;
pub use self::templates::*;
