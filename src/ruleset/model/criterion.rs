//! What a unit is judged by, and what the engine may compute of it.

use serde::{Deserialize, Deserializer, Serialize};

use super::code::{Confidence, Gravity, Metric, Period, SubjectKind};

/// One thing that must hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Ascii and url safe: `1.3`, `3.a`, `3.dd` for điểm đ.
    pub code: String,
    /// How people cite it: "Khoản 3 điểm đ".
    pub label: String,
    /// At most 70 characters.
    pub title: String,
    /// What must hold, in our words.
    pub text: String,
    /// What can be computed of it.
    pub kind: CriterionKind,
    /// How sure we are.
    pub confidence: Confidence,
    /// Its place in the circular.
    pub circular: String,
    /// Its place as the ward's plan cites it; none where no plan stands between.
    #[serde(default)]
    pub plan: Option<String>,
    /// What helps to show that it holds.
    pub evidence: Vec<String>,
    /// Codes that this criterion bore in the ruleset it was copied from ([`super::Ruleset::based_on`]): the evidence of those
    /// is offered again. Empty: the same code, where there was one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
}

/// How a criterion is decided. Whatever cannot be computed is [`CriterionKind::Judgement`]; a
/// criterion that is partly both is [`CriterionKind::All`] of its halves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum CriterionKind {
    /// A part of the subject's own dossiers carries a date inside a period.
    DocumentDated {
        /// Code of the part, in the registration or the request dossier.
        part: String,
        /// The days that count.
        period: Period,
    },
    /// `numerator / denominator >= at_least_percent / 100`, compared as whole numbers so that 16 of
    /// 24 stays under 70%. Nothing out of nothing is not enough grounds, never met.
    Ratio {
        /// What is counted.
        numerator: Metric,
        /// Out of what.
        denominator: Metric,
        /// 0 to 100.
        at_least_percent: u32,
    },
    /// A figure reaches a number.
    Count {
        /// What is counted.
        metric: Metric,
        /// Smallest number that meets it.
        at_least: u32,
    },
    /// A figure is nought, such as "nobody disciplined".
    CountZero {
        /// What is counted.
        metric: Metric,
    },
    /// No recorded and confirmed incident of these types inside the window.
    ZeroEvents {
        /// Codes of incident types.
        types: Vec<String>,
        /// Only incidents of this gravity; none means any.
        #[serde(default)]
        gravity: Option<Gravity>,
    },
    /// Each category held down against the window of the year before.
    Trend {
        /// Codes of incident types.
        categories: Vec<String>,
    },
    /// Other criteria hold, judged on this subject's own facts.
    RollUp {
        /// Whose list the codes stand in, which may be another subject's: the ward must meet three
        /// clauses of the groups.
        subject: SubjectKind,
        /// Codes of criteria.
        of: Vec<String>,
    },
    /// A person decides, on evidence.
    #[serde(deserialize_with = "nothing_more")]
    Judgement,
    /// Every one of these holds.
    All {
        /// The halves.
        of: Vec<CriterionKind>,
    },
}

impl CriterionKind {
    /// What people call this way of deciding.
    #[must_use]
    pub const fn name_vi(&self) -> &'static str {
        match self {
            Self::DocumentDated { .. } => "Văn bản có ngày trong kỳ",
            Self::Ratio { .. } => "Đạt tỷ lệ",
            Self::Count { .. } => "Đủ số lượng",
            Self::CountZero { .. } => "Không có trường hợp nào",
            Self::ZeroEvents { .. } => "Không có vụ việc",
            Self::Trend { .. } => "So với năm trước",
            Self::RollUp { .. } => "Tổng hợp từ tiêu chí khác",
            Self::Judgement => "Người thẩm định kết luận",
            Self::All { .. } => "Nhiều điều kiện cùng đạt",
        }
    }

    /// The simple kinds inside, in order; a kind that is not [`CriterionKind::All`] yields itself.
    #[must_use]
    pub fn leaves(&self) -> Vec<&CriterionKind> {
        match self {
            Self::All { of } => of.iter().flat_map(CriterionKind::leaves).collect(),
            other => vec![other],
        }
    }

    /// Whether a person has to judge at least a part of it.
    #[must_use]
    pub fn needs_judgement(&self) -> bool {
        self.leaves().iter().any(|kind| matches!(kind, Self::Judgement))
    }
}

/// Serde lets a variant without fields swallow any fields; a threshold written beside a judgement
/// would then vanish without a word.
fn nothing_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}
    Nothing::deserialize(deserializer).map(|Nothing {}| ())
}
