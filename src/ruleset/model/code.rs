//! The closed lists of words that rulesets are written in.

use serde::{Deserialize, Serialize};

/// A word that stands in none of our lists, such as a row written by a newer program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("không có {what} nào mang mã “{given}”")]
pub struct UnknownCode {
    /// The list that was searched.
    pub what: &'static str,
    /// The word that was given.
    pub given: String,
}

/// An enum whose variants are words in files, addresses and the database: `as_str`, `FromStr`,
/// `Display` and serde all use the same word, and `ALL` lists them in the order of the law.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal, { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in files, addresses and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownCode;

            fn from_str(given: &str) -> Result<Self, UnknownCode> {
                match given {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownCode { what: $what, given: given.to_owned() }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// Kinds of units that are judged.
    SubjectKind, "loại đơn vị", {
        /// Khu dân cư: tổ dân phố.
        Group = "group",
        /// Xã, phường.
        Ward = "ward",
        /// Cơ quan.
        Agency = "agency",
        /// Doanh nghiệp, small and micro ones left out.
        Enterprise = "enterprise",
        /// Nhà trường, primary and pre-school left out.
        School = "school",
    }
}

words! {
    /// The two dossiers of a year.
    DossierKind, "loại hồ sơ", {
        /// Hồ sơ đăng ký.
        Registration = "registration",
        /// Hồ sơ đề nghị xét duyệt.
        Request = "request",
    }
}

words! {
    /// Who recognises a unit.
    Level, "cấp công nhận", {
        /// Phường.
        Ward = "ward",
        /// The level above the ward, a city or a province by [`UpperLevel`].
        City = "city",
    }
}

words! {
    /// What stands above the ward: a city until 30/6/2025, a province since.
    UpperLevel, "cấp trên", {
        /// Thành phố, huyện.
        City = "city",
        /// Tỉnh, with two-tier government.
        Province = "province",
    }
}

words! {
    /// How sure we are of a rule.
    Confidence, "mức tin cậy", {
        /// Read in a source.
        H = "H",
        /// Inferred from a source.
        M = "M",
        /// General knowledge only.
        L = "L",
    }
}

words! {
    /// The dates of a cycle.
    DeadlineCode, "hạn", {
        /// Group to ward: hồ sơ đăng ký.
        GroupRegistration = "group_registration",
        /// Ward to city: its own hồ sơ đăng ký.
        WardRegistration = "ward_registration",
        /// Group to ward: hồ sơ đề nghị.
        GroupRequest = "group_request",
        /// The ward's appraisal and committee meeting.
        WardAppraisal = "ward_appraisal",
        /// Ward to city: its own hồ sơ đề nghị with its recommendations.
        WardRequest = "ward_request",
    }
}

words! {
    /// The days in which a document must be dated.
    Period, "khoảng thời gian", {
        /// 1/1 to 31/3 of the cycle's year, 31/3 still in time.
        QuarterOne = "quarter_one",
        /// The evaluation window of the subject.
        Window = "window",
    }
}

words! {
    /// Which year a day of the window lies in.
    WindowYear, "năm", {
        /// The year before the cycle's.
        Previous = "previous",
        /// The cycle's own year.
        Cycle = "cycle",
    }
}

words! {
    /// What somebody, or the engine, finds about one criterion.
    Finding, "kết luận", {
        /// Đạt.
        Met = "met",
        /// Chưa đạt.
        NotMet = "not_met",
        /// Chưa đủ căn cứ.
        Insufficient = "insufficient",
    }
}

words! {
    /// How grave an incident was. The domain text tells high from the rest, no finer.
    Gravity, "mức độ", {
        /// Not of high gravity.
        Ordinary = "ordinary",
        /// Of high gravity.
        High = "high",
    }
}

words! {
    /// Figures that the program can count or a person types in. Closed, because each one needs
    /// rows behind it; which figures a criterion uses is data.
    Metric, "số liệu", {
        /// Households resident on the counting day.
        HouseholdsResident = "households_resident",
        /// Of them, registered to take part.
        HouseholdsRegistered = "households_registered",
        /// Of them, pledge signed.
        HouseholdsPledged = "households_pledged",
        /// Units under the ward that count in its ratios.
        UnitsTotal = "units_total",
        /// Of them, registered.
        UnitsRegistered = "units_registered",
        /// Of them, recognised; before the decision, recommended ("dự kiến").
        UnitsRecognised = "units_recognised",
        /// Initiatives built, strengthened or kept, and effective.
        EffectiveInitiatives = "effective_initiatives",
        /// Members of the core local security force disciplined.
        CoreForceDisciplined = "core_force_disciplined",
        /// Ward police officers disciplined, in any form.
        WardPoliceDisciplined = "ward_police_disciplined",
        /// Staff of an agency or enterprise.
        StaffTotal = "staff_total",
        /// Of them, informed.
        StaffInformed = "staff_informed",
        /// People living there: what counts are set against, "per 10,000".
        Population = "population",
    }
}

impl Confidence {
    /// Whether to show the badge "cần đối chiếu văn bản gốc".
    #[must_use]
    pub const fn needs_check(self) -> bool {
        matches!(self, Self::L)
    }
}

impl SubjectKind {
    /// What people call it.
    #[must_use]
    pub const fn name_vi(self) -> &'static str {
        match self {
            Self::Group => "tổ dân phố",
            Self::Ward => "phường",
            Self::Agency => "cơ quan",
            Self::Enterprise => "doanh nghiệp",
            Self::School => "nhà trường",
        }
    }
}

impl DossierKind {
    /// What people call it.
    #[must_use]
    pub const fn name_vi(self) -> &'static str {
        match self {
            Self::Registration => "hồ sơ đăng ký",
            Self::Request => "hồ sơ đề nghị xét duyệt",
        }
    }
}

impl Metric {
    /// A person types it, since no register of the program counts it.
    #[must_use]
    pub const fn is_typed(self) -> bool {
        match self {
            Self::HouseholdsResident
            | Self::HouseholdsRegistered
            | Self::HouseholdsPledged
            | Self::UnitsTotal
            | Self::UnitsRegistered
            | Self::UnitsRecognised => false,
            Self::EffectiveInitiatives
            | Self::CoreForceDisciplined
            | Self::WardPoliceDisciplined
            | Self::StaffTotal
            | Self::StaffInformed
            | Self::Population => true,
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn name_vi(self) -> &'static str {
        match self {
            Self::HouseholdsResident => "số hộ đang cư trú",
            Self::HouseholdsRegistered => "số hộ đăng ký",
            Self::HouseholdsPledged => "số hộ ký cam kết",
            Self::UnitsTotal => "số đơn vị thuộc phường",
            Self::UnitsRegistered => "số đơn vị đã đăng ký",
            Self::UnitsRecognised => "số đơn vị được công nhận",
            Self::EffectiveInitiatives => "số mô hình có hiệu quả",
            Self::CoreForceDisciplined => "số người của lực lượng nòng cốt bị kỷ luật",
            Self::WardPoliceDisciplined => "số cán bộ Công an phường bị kỷ luật",
            Self::StaffTotal => "số người của đơn vị",
            Self::StaffInformed => "số người được phổ biến",
            Self::Population => "số nhân khẩu",
        }
    }
}
