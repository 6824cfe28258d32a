//! A person, and the seat from which the person acts.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::address::{Form, Honorific};
use crate::platform::id::{AccountId, CycleId, DelegationId, SeatId, SessionId, UnitId};
use crate::ruleset::DossierKind;

/// A role with its place: there is no officer as such, only an officer of this ward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seat {
    /// Tổ trưởng tổ dân phố.
    GroupLeader {
        /// The ward of the group.
        ward: UnitId,
        /// The group led.
        group: UnitId,
    },
    /// Cảnh sát khu vực: helps several groups, decides nothing.
    AreaOfficer {
        /// The ward.
        ward: UnitId,
        /// The groups looked after.
        groups: Vec<UnitId>,
    },
    /// Công an phường, Thường trực Ban chỉ đạo phường.
    WardOfficer {
        /// The ward.
        ward: UnitId,
    },
    /// Thành viên Ban chỉ đạo phường.
    CommitteeMember {
        /// The ward.
        ward: UnitId,
    },
    /// Trưởng Ban chỉ đạo, Chủ tịch UBND phường.
    WardChair {
        /// The ward.
        ward: UnitId,
    },
    /// Thường trực Ban chỉ đạo thành phố.
    CityOfficer,
    /// Chủ tịch UBND thành phố.
    CityChair,
    /// Quản trị of a ward: accounts, seats, units; sees no more of the dossiers than needed.
    WardSteward {
        /// The ward.
        ward: UnitId,
    },
    /// Quản trị of a city.
    CitySteward,
}

/// The role alone, as the database and the permission table name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Tổ trưởng.
    GroupLeader,
    /// Cảnh sát khu vực.
    AreaOfficer,
    /// Công an phường, Thường trực BCĐ.
    WardOfficer,
    /// Thành viên BCĐ phường.
    CommitteeMember,
    /// Trưởng BCĐ phường.
    WardChair,
    /// Thường trực BCĐ thành phố.
    CityOfficer,
    /// Chủ tịch UBND thành phố.
    CityChair,
    /// Quản trị phường.
    StewardWard,
    /// Quản trị thành phố.
    StewardCity,
}

impl Role {
    /// Every role, in the order of the permission table.
    pub const ALL: [Self; 9] = [
        Self::GroupLeader,
        Self::AreaOfficer,
        Self::WardOfficer,
        Self::CommitteeMember,
        Self::WardChair,
        Self::CityOfficer,
        Self::CityChair,
        Self::StewardWard,
        Self::StewardCity,
    ];

    /// As the database writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GroupLeader => "group_leader",
            Self::AreaOfficer => "area_officer",
            Self::WardOfficer => "ward_officer",
            Self::CommitteeMember => "committee_member",
            Self::WardChair => "ward_chair",
            Self::CityOfficer => "city_officer",
            Self::CityChair => "city_chair",
            Self::StewardWard => "steward_ward",
            Self::StewardCity => "steward_city",
        }
    }

    /// As people say it.
    #[must_use]
    pub const fn name_vi(self) -> &'static str {
        match self {
            Self::GroupLeader => "Tổ trưởng",
            Self::AreaOfficer => "Cảnh sát khu vực",
            Self::WardOfficer => "Thường trực Ban chỉ đạo phường",
            Self::CommitteeMember => "Thành viên Ban chỉ đạo phường",
            Self::WardChair => "Trưởng Ban chỉ đạo phường",
            Self::CityOfficer => "Thường trực Ban chỉ đạo thành phố",
            Self::CityChair => "Chủ tịch UBND thành phố",
            Self::StewardWard => "Quản trị phường",
            Self::StewardCity => "Quản trị thành phố",
        }
    }

    /// Seats of the city have no ward.
    #[must_use]
    pub const fn is_city(self) -> bool {
        matches!(self, Self::CityOfficer | Self::CityChair | Self::StewardCity)
    }
}

impl FromStr for Role {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownWord)
    }
}

/// A word that the database or a form should not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

/// Where a thing belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The city (or province).
    pub city: UnitId,
    /// The ward.
    pub ward: UnitId,
    /// The group; none for what is the ward's own.
    pub group: Option<UnitId>,
}

impl Seat {
    /// The role of this seat.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::GroupLeader { .. } => Role::GroupLeader,
            Self::AreaOfficer { .. } => Role::AreaOfficer,
            Self::WardOfficer { .. } => Role::WardOfficer,
            Self::CommitteeMember { .. } => Role::CommitteeMember,
            Self::WardChair { .. } => Role::WardChair,
            Self::CityOfficer => Role::CityOfficer,
            Self::CityChair => Role::CityChair,
            Self::WardSteward { .. } => Role::StewardWard,
            Self::CitySteward => Role::StewardCity,
        }
    }

    /// Puts a seat together from what the database knows; `None` when role and place do not fit.
    #[must_use]
    pub fn assemble(role: Role, ward: Option<UnitId>, groups: Vec<UnitId>) -> Option<Self> {
        Some(match (role, ward) {
            (Role::GroupLeader, Some(ward)) => Self::GroupLeader { ward, group: groups.first().copied()? },
            (Role::AreaOfficer, Some(ward)) => Self::AreaOfficer { ward, groups },
            (Role::WardOfficer, Some(ward)) => Self::WardOfficer { ward },
            (Role::CommitteeMember, Some(ward)) => Self::CommitteeMember { ward },
            (Role::WardChair, Some(ward)) => Self::WardChair { ward },
            (Role::StewardWard, Some(ward)) => Self::WardSteward { ward },
            (Role::CityOfficer, None) => Self::CityOfficer,
            (Role::CityChair, None) => Self::CityChair,
            (Role::StewardCity, None) => Self::CitySteward,
            _ => return None,
        })
    }
}

/// A seat lent for a time: what it covers, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// How the deputy signs.
    pub form: Form,
    /// The kinds of dossier it covers.
    pub scope: Vec<DossierKind>,
    /// The person whose seat it is.
    pub on_behalf_of: String,
}

/// A signed-in person, perhaps without a seat at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// The session, for the list of one's own sessions.
    pub session: SessionId,
    /// Full name.
    pub name: String,
    /// How to speak to the person.
    pub honorific: Honorific,
    /// An initial password must be changed before anything else.
    pub must_change: bool,
    /// There is more than one seat to choose from.
    pub can_switch: bool,
}

/// A person in a seat: who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: Person,
    /// The seat's id.
    pub seat_id: SeatId,
    /// The seat.
    pub seat: Seat,
    /// The city the seat belongs to.
    pub city: UnitId,
    /// Set when the seat is another person's.
    pub delegation: Option<Delegation>,
    /// "thành phố Nha Trang".
    pub city_name: String,
    /// "phường Phước Long"; none for seats of the city.
    pub ward_name: Option<String>,
    /// "Phước Long".
    pub ward_short: Option<String>,
    /// "Tổ 7", or several.
    pub group_name: Option<String>,
    /// The ward's year that is looked at; none when the ward has none, and for seats of the city.
    pub cycle: Option<CycleId>,
    /// The year that is looked at.
    pub year: Option<i32>,
    /// The code of the ruleset of that year.
    pub ruleset: Option<String>,
}

impl Actor {
    /// The role.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.seat.role()
    }

    /// The ward this seat belongs to.
    #[must_use]
    pub const fn ward(&self) -> Option<UnitId> {
        match &self.seat {
            Seat::GroupLeader { ward, .. }
            | Seat::AreaOfficer { ward, .. }
            | Seat::WardOfficer { ward }
            | Seat::CommitteeMember { ward }
            | Seat::WardChair { ward }
            | Seat::WardSteward { ward } => Some(*ward),
            Seat::CityOfficer | Seat::CityChair | Seat::CitySteward => None,
        }
    }

    /// Ties a form to the seat it was drawn for: the seat, and the delegation through which it is held.
    #[must_use]
    pub fn seat_key(&self) -> String {
        match &self.delegation {
            Some(delegation) => format!("{}.{}", self.seat_id, delegation.id),
            None => self.seat_id.to_string(),
        }
    }

    /// The seat in words, with its place: for the journal, where it stands alone.
    #[must_use]
    pub fn seat_words(&self) -> String {
        let ward = self.ward_name.as_deref().filter(|_| !self.role().is_city());
        let place = ward.unwrap_or(&self.city_name);
        let words = match self.role() {
            Role::GroupLeader => format!("{}, {place}", self.seat_short()),
            Role::AreaOfficer => format!("Cảnh sát khu vực, {place}"),
            // "Thường trực Ban chỉ đạo phường" and "phường Phước Long" share their middle.
            role => {
                let name = role.name_vi();
                let stem = [" phường", " thành phố"].iter().find_map(|level| name.strip_suffix(level)).unwrap_or(name);
                format!("{stem} {place}")
            }
        };
        match &self.delegation {
            Some(delegation) => format!("{} {words}", delegation.form.as_str()),
            None => words,
        }
    }

    /// The seat in a header that names the place already.
    #[must_use]
    pub fn seat_short(&self) -> String {
        let name = self.role().name_vi();
        let words = match (self.role(), &self.group_name) {
            (Role::GroupLeader, Some(group)) => format!("{name} {group}"),
            _ => name.to_owned(),
        };
        match &self.delegation {
            Some(delegation) => format!("{} {words}", delegation.form.as_str()),
            None => words,
        }
    }
}
