//! The households of the demo: invented people in streets that exist, the year 2023 with its marks, and 2024 as far as it has come.
//!
//! They come into the register in one go, as a ward would bring its old list along. From then on what people do to single households
//! goes through the register's own actions; only the marks of whole groups are written in bulk.

mod asked;
mod invented;
mod marks;
mod played;

use super::places::Ward;

pub use marks::signed_by;
pub use played::{go_through_the_year, move_in};

/// How many households a group has, always the same for the same group: 250 to 549 in the reference ward, 350 in its group 7, and
/// 60 to 120 in the two others.
#[must_use]
pub const fn count(ward: Ward, group: u8) -> usize {
    let group = group as usize;
    match ward {
        Ward::PhuocLong if group == 7 => 350,
        Ward::PhuocLong => 250 + (group * 137 + 101) % 300,
        Ward::PhuocHai => 60 + (group * 17 + 17) % 61,
        Ward::VinhNguyen => 60 + (group * 17 + 53) % 61,
    }
}

/// The seed of everything invented about a group.
const fn seed(ward: Ward, group: u8) -> u64 {
    ward as u64 * 100 + group as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_as_large_as_groups_are() {
        for ward in Ward::ALL {
            let fits = if ward == Ward::PhuocLong { 250..=550 } else { 60..=120 };
            assert!((1..=ward.groups()).all(|group| fits.contains(&count(ward, group))), "{ward:?}");
        }
        assert_eq!(count(Ward::PhuocLong, 7), 350);
    }
}
