//! What the law asks of whoever keeps personal data (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP): a log of who looked, answers to
//! people about their own data within their days, and an end to keeping.

pub mod model;
pub mod store;
