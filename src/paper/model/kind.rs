//! The kinds of papers that the program drafts.

use serde::{Deserialize, Serialize};

use crate::access::words;
use crate::ruleset::{DossierKind, Level};

/// A kind of paper (docs: domain section 6; abbreviations of Nghị định 30/2020/NĐ-CP).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Bản đăng ký phấn đấu of a group.
    GroupRegistration,
    /// Kế hoạch of a group.
    GroupPlan,
    /// Danh sách hộ đăng ký, ký cam kết of a group.
    GroupHouseholds,
    /// Biên bản họp đánh giá of a group.
    GroupMinutes,
    /// Báo cáo kết quả of a group.
    GroupReport,
    /// Tờ trình of a group to the ward.
    GroupLetter,
    /// Kế hoạch năm of the ward.
    WardPlan,
    /// Bản đăng ký phấn đấu of the ward.
    WardRegistration,
    /// Tổng hợp đăng ký of the groups.
    WardSummary,
    /// Biên bản thẩm định of the ward's committee, with votes.
    WardMinutes,
    /// Báo cáo kết quả of the ward, groups against criteria.
    WardReport,
    /// Tờ trình of the ward to the level above.
    WardLetter,
    /// Danh sách đề nghị công nhận.
    WardList,
    /// Quyết định, where the ward decides on its groups.
    WardDecision,
    /// Thông báo trả lại hồ sơ of the city.
    CityReturn,
    /// Báo cáo thẩm định of the city.
    CityReport,
    /// Quyết định công nhận of the city, with its list.
    CityDecision,
}

words!(Kind {
    GroupRegistration = "to-dang-ky",
    GroupPlan = "to-ke-hoach",
    GroupHouseholds = "to-danh-sach-ho",
    GroupMinutes = "to-bien-ban",
    GroupReport = "to-bao-cao",
    GroupLetter = "to-to-trinh",
    WardPlan = "phuong-ke-hoach",
    WardRegistration = "phuong-dang-ky",
    WardSummary = "phuong-tong-hop",
    WardMinutes = "phuong-bien-ban",
    WardReport = "phuong-bao-cao",
    WardLetter = "phuong-to-trinh",
    WardList = "phuong-danh-sach",
    WardDecision = "phuong-quyet-dinh",
    CityReturn = "tp-tra-lai",
    CityReport = "tp-bao-cao",
    CityDecision = "tp-quyet-dinh",
});

/// Whose paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// A residential group.
    Group,
    /// The ward.
    Ward,
    /// The city.
    City,
}

words!(Keeper { Group = "group", Ward = "ward", City = "city" });

/// In whose name it is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The group itself.
    Group,
    /// The steering committee of ward or city.
    Committee,
    /// The chairman of the People's Committee, who decides.
    Chairman,
}

words!(Body { Group = "group", Committee = "committee", Chairman = "chairman" });

impl Body {
    /// The bodies in whose names one keeper issues.
    #[must_use]
    pub const fn of(keeper: Keeper) -> &'static [Self] {
        match keeper {
            Keeper::Group => &[Self::Group],
            Keeper::Ward | Keeper::City => &[Self::Committee, Self::Chairman],
        }
    }
}

impl Kind {
    /// Whose paper it is.
    #[must_use]
    pub const fn keeper(self) -> Keeper {
        match self {
            Self::GroupRegistration
            | Self::GroupPlan
            | Self::GroupHouseholds
            | Self::GroupMinutes
            | Self::GroupReport
            | Self::GroupLetter => Keeper::Group,
            Self::WardPlan
            | Self::WardRegistration
            | Self::WardSummary
            | Self::WardMinutes
            | Self::WardReport
            | Self::WardLetter
            | Self::WardList
            | Self::WardDecision => Keeper::Ward,
            Self::CityReturn | Self::CityReport | Self::CityDecision => Keeper::City,
        }
    }

    /// In whose name it is issued.
    #[must_use]
    pub const fn body(self) -> Body {
        match self {
            Self::WardDecision | Self::CityDecision => Body::Chairman,
            _ => match self.keeper() {
                Keeper::Group => Body::Group,
                Keeper::Ward | Keeper::City => Body::Committee,
            },
        }
    }

    /// The abbreviation in its number; none for papers that bear no number.
    #[must_use]
    pub const fn abbreviation(self) -> Option<&'static str> {
        Some(match self {
            Self::GroupRegistration | Self::WardRegistration => "BĐK",
            Self::GroupPlan | Self::WardPlan => "KH",
            Self::GroupMinutes | Self::WardMinutes => "BB",
            Self::GroupReport | Self::WardReport | Self::CityReport | Self::WardSummary => "BC",
            Self::GroupLetter | Self::WardLetter => "TTr",
            Self::WardDecision | Self::CityDecision => "QĐ",
            Self::CityReturn => "TB",
            Self::GroupHouseholds | Self::WardList => return None,
        })
    }

    /// The part of a dossier that it becomes with one press; none for papers that go another way.
    #[must_use]
    pub const fn part(self) -> Option<(DossierKind, &'static str)> {
        Some(match self {
            Self::GroupRegistration | Self::GroupHouseholds | Self::WardRegistration | Self::WardSummary => {
                (DossierKind::Registration, "dang-ky")
            }
            Self::GroupPlan | Self::WardPlan => (DossierKind::Registration, "ke-hoach"),
            Self::GroupMinutes | Self::WardMinutes => (DossierKind::Request, "bien-ban"),
            Self::GroupReport | Self::WardReport => (DossierKind::Request, "bao-cao"),
            Self::GroupLetter | Self::WardLetter => (DossierKind::Request, "to-trinh"),
            Self::WardList => (DossierKind::Request, "tai-lieu"),
            Self::WardDecision | Self::CityReturn | Self::CityReport | Self::CityDecision => return None,
        })
    }

    /// Whether it is the part itself; the others lie beside it as further files.
    #[must_use]
    pub const fn is_the_part(self) -> bool {
        self.part().is_some() && !matches!(self, Self::GroupHouseholds | Self::WardSummary | Self::WardList)
    }

    /// The paper that becomes that part of a dossier, of a group or of the ward; none for parts that others write.
    #[must_use]
    pub fn for_part(of: DossierKind, code: &str, of_ward: bool) -> Option<Self> {
        let keeper = if of_ward { Keeper::Ward } else { Keeper::Group };
        Self::of(keeper).find(|kind| kind.is_the_part() && kind.part() == Some((of, code)))
    }

    /// Holds rows about people, so that drawing it is a look at personal data.
    #[must_use]
    pub const fn names_households(self) -> bool {
        matches!(self, Self::GroupHouseholds)
    }

    /// Secretary and chair of a meeting sign it.
    #[must_use]
    pub const fn is_minutes(self) -> bool {
        matches!(self, Self::GroupMinutes | Self::WardMinutes)
    }

    /// Makes sense under a ruleset by which that level recognises groups.
    #[must_use]
    pub const fn fits(self, groups_recognised_by: Level) -> bool {
        match self {
            Self::WardDecision => matches!(groups_recognised_by, Level::Ward),
            _ => true,
        }
    }

    /// The kinds of one keeper.
    pub fn of(keeper: Keeper) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |kind| kind.keeper() == keeper)
    }
}

/// "Số: 05/TTr-BCĐ": a number under ten takes a zero (Nghị định 30/2020/NĐ-CP, phụ lục I).
#[must_use]
pub fn number(kind: Kind, count: Option<i32>, body: &str) -> Option<String> {
    let symbol = kind.abbreviation()?;
    let count = count.map_or_else(|| "      ".to_owned(), |count| format!("{count:02}"));
    Some(format!("{count}/{symbol}-{body}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_under_ten_take_a_zero_and_lists_have_none() {
        assert_eq!(number(Kind::WardLetter, Some(5), "BCĐ").as_deref(), Some("05/TTr-BCĐ"));
        assert_eq!(number(Kind::WardPlan, Some(390), "BCĐ").as_deref(), Some("390/KH-BCĐ"));
        assert_eq!(number(Kind::WardLetter, None, "BCĐ").as_deref(), Some("      /TTr-BCĐ"));
        assert_eq!(number(Kind::WardList, Some(1), "BCĐ"), None);
    }

    #[test]
    fn every_keeper_has_its_papers() {
        let count = |keeper| Kind::of(keeper).count();
        assert_eq!([count(Keeper::Group), count(Keeper::Ward), count(Keeper::City)], [6, 8, 3]);
        assert!(!Kind::WardDecision.fits(Level::City) && Kind::WardDecision.fits(Level::Ward));
    }
}
