//! Every sentence that Rust chooses. The matches are exhaustive: a new code without its words does not compile.

pub mod account;
pub mod appraisal;
pub mod area;
pub mod bundle;
pub mod certificate;
pub mod cycle;
pub mod denial;
pub mod dossier;
pub mod engine;
pub mod errors;
pub mod evidence;
pub mod files;
pub mod home;
pub mod household;
pub mod import;
pub mod incident;
pub mod journal;
pub mod matrix;
pub mod meeting;
pub mod paper;
pub mod participation;
pub mod privacy;
pub mod ruleset;
pub mod sheet;
pub mod signed;
pub mod upload;
pub mod wording;

/// Said at the field when a late dossier comes without its reason.
pub const LATE_NEEDS_REASON: &str = "Đã quá hạn nộp. Ghi lý do nộp trễ, ví dụ: tổ họp bù ngày 18/11.";
