//! Who is who in the sample data, by telephone.

use binhyen::access::Role;

/// Everybody's password.
pub use binhyen::demo::PASSWORD;

/// Leader of a group of Phước Long.
pub fn leader(group: u8) -> String {
    format!("09000002{group:02}")
}

pub const LEADER_7: &str = "0900000207";
pub const LEADER_8: &str = "0900000208";
/// Looks after groups 7 to 12.
pub const AREA: &str = "0900000102";
pub const OFFICER: &str = "0900000300";
/// A second ward officer, who is also a member of the committee.
pub const OFFICER_TOO: &str = "0900000303";
pub const MEMBER: &str = "0900000301";
pub const CHAIR: &str = "0900000310";
pub const STEWARD: &str = "0900000320";
/// The city's officer; the chair of the city lent him her seat for requests.
pub const CITY: &str = "0900000400";
pub const CITY_CHAIR: &str = "0900000401";
pub const CITY_STEWARD: &str = "0900000402";
/// Another ward: Phước Hải.
pub const OTHER_LEADER: &str = "0900000501";
pub const OTHER_OFFICER: &str = "0900000590";
pub const OTHER_CHAIR: &str = "0900000591";

/// One person for each role, around group 7.
pub const AROUND_SEVEN: [(Role, &str); 9] = [
    (Role::GroupLeader, LEADER_7),
    (Role::AreaOfficer, AREA),
    (Role::WardOfficer, OFFICER),
    (Role::CommitteeMember, MEMBER),
    (Role::WardChair, CHAIR),
    (Role::CityOfficer, CITY),
    (Role::CityChair, CITY_CHAIR),
    (Role::StewardWard, STEWARD),
    (Role::StewardCity, CITY_STEWARD),
];
