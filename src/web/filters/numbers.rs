//! Numbers as they are written in Vietnamese: 1.234,5; 89,1%; −1; 0,4 MB.

/// Stands where a number would, when there is nothing to count yet: never 0, never a dash.
pub const NOT_YET: &str = "chưa có";

/// The true minus sign, as wide as a digit; a hyphen is too short to be seen before one.
const MINUS: char = '−';

/// A whole number of any of the types that counts come in (`i64` from the database, `usize` from a list).
pub trait Whole {
    /// The number itself.
    fn whole(&self) -> i128;
}

macro_rules! whole {
    ($($type:ty),+) => {$(
        impl Whole for $type {
            fn whole(&self) -> i128 {
                // usize has no lossless conversion; on every machine it fits.
                *self as i128
            }
        }
    )+};
}
whole!(i16, i32, i64, i128, u8, u16, u32, u64, usize);

impl<T: Whole + ?Sized> Whole for &T {
    fn whole(&self) -> i128 {
        (**self).whole()
    }
}

/// `1234` as "1.234", `-1` as "−1".
#[must_use]
pub fn number(n: impl Whole) -> String {
    let n = n.whole();
    let grouped = grouped(&n.unsigned_abs().to_string());
    if n < 0 { format!("{MINUS}{grouped}") } else { grouped }
}

/// `1234.56` as "1.234,6": always one decimal. What is not a number is "chưa có".
#[must_use]
pub fn decimal(x: f64) -> String {
    if !x.is_finite() {
        return NOT_YET.to_owned();
    }
    let plain = format!("{:.1}", x.abs());
    let (whole, tenth) = plain.split_once('.').unwrap_or((&plain, "0"));
    let below_zero = x < 0.0 && plain != "0.0";
    let sign = if below_zero { "−" } else { "" };
    format!("{sign}{},{tenth}", grouped(whole))
}

/// A share of a whole in thousandths, rounded to the nearest but **never up to a whole percent**: 99,96% is 999, not 1000, and
/// 69,96% is 699, not 700. Thresholds of the rules are whole percents, so a share that is short of one never reads as if
/// it were reached. `None` when there is no whole.
#[must_use]
pub fn permille(n: impl Whole, total: impl Whole) -> Option<i128> {
    let (n, total) = (n.whole(), total.whole());
    if total <= 0 || n < 0 {
        return None;
    }
    let nearest = (n * 2000 + total) / (total * 2);
    let flatters = nearest % 10 == 0 && nearest * total > n * 1000;
    Some(nearest - i128::from(flatters))
}

/// `312` of `350` as "89,1%"; all of them as "100%", none as "0%", of nothing as "chưa có". See [`permille`] for rounding.
#[must_use]
pub fn percent(n: impl Whole, total: impl Whole) -> String {
    let (n, total) = (n.whole(), total.whole());
    match permille(n, total) {
        None => NOT_YET.to_owned(),
        Some(_) if n == total => "100%".to_owned(),
        Some(_) if n == 0 => "0%".to_owned(),
        Some(permille) => format!("{},{}%", number(permille / 10), permille % 10),
    }
}

/// A number with its neighbours: "312/350 hộ (89,1%), còn 38", "350/350 hộ (100%)", "chưa có hộ nào".
///
/// More than the whole is a contradiction for a person to look into, so it is said without a share: "352/350 hộ, vượt 2".
#[must_use]
pub fn share(n: impl Whole, total: impl Whole, unit: &str) -> String {
    let (n, total) = (n.whole(), total.whole());
    let ratio = format!("{}/{} {unit}", number(n), number(total)).trim_end().to_owned();
    if n > total {
        format!("{ratio}, vượt {}", number(n - total))
    } else if total == 0 {
        format!("chưa có {unit} nào")
    } else if n == total {
        format!("{ratio} (100%)")
    } else {
        let (part, rest) = (percent(n, total), number(total - n));
        format!("{ratio} ({part}), còn {rest}")
    }
}

/// What stands beside a count that is drawn by itself: "(87,5%), còn 3"; "(100%)" when all is there.
#[must_use]
pub fn rest(n: impl Whole, total: impl Whole) -> String {
    let (n, total) = (n.whole(), total.whole());
    if total == 0 {
        NOT_YET.to_owned()
    } else if n >= total {
        "(100%)".to_owned()
    } else {
        format!("({}), còn {}", percent(n, total), number(total - n))
    }
}

/// The size of a file, in steps of 1024 as a person's own device shows it: "96 KB", "0,4 MB", "20 MB".
///
/// Rounded up, so that a file which is refused for its size never reads as if it were within the limit.
#[must_use]
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = 1024 * KB;
    const GB: u64 = 1024 * MB;
    if bytes < MB / 10 {
        return format!("{} KB", bytes.div_ceil(KB));
    }
    // A little under 1 GB rounds up to 1.024 MB, which nobody says.
    if bytes > GB - MB / 10 {
        return format!("{} GB", tenths(bytes, GB));
    }
    format!("{} MB", tenths(bytes, MB))
}

/// `bytes` in `unit`, rounded up to a tenth; an exact number of units has no decimal.
fn tenths(bytes: u64, unit: u64) -> String {
    if bytes.is_multiple_of(unit) {
        return number(bytes / unit);
    }
    let tenths = (u128::from(bytes) * 10).div_ceil(u128::from(unit));
    format!("{},{}", grouped(&(tenths / 10).to_string()), tenths % 10)
}

/// Puts a point before every third digit from the right.
fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_grouped_by_points() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999_usize), "999");
        assert_eq!(number(1234_i64), "1.234");
        assert_eq!(number(8_000_000_u64), "8.000.000");
        assert_eq!(number(-1), "−1");
        assert_eq!(number(-1234), "−1.234");
        assert_eq!(number(i64::MIN), "−9.223.372.036.854.775.808");
    }

    #[test]
    fn decimals_have_a_comma_and_one_digit() {
        assert_eq!(decimal(89.14), "89,1");
        assert_eq!(decimal(1234.5), "1.234,5");
        assert_eq!(decimal(12.0), "12,0");
        assert_eq!(decimal(-2.25), "−2,2");
        assert_eq!(decimal(-0.04), "0,0");
        assert_eq!(decimal(999.96), "1.000,0");
        assert_eq!(decimal(f64::NAN), "chưa có");
    }

    #[test]
    fn percents_round_to_the_nearest_but_not_up_to_a_whole_one() {
        assert_eq!(percent(312, 350), "89,1%");
        assert_eq!(percent(16, 24), "66,7%");
        assert_eq!(percent(17, 24), "70,8%");
        assert_eq!(percent(9996, 10_000), "99,9%");
        assert_eq!(percent(6996, 10_000), "69,9%");
        assert_eq!(percent(7, 10), "70,0%");
        assert_eq!(percent(24, 24), "100%");
        assert_eq!(percent(0, 24), "0%");
        assert_eq!(percent(1, 5000), "0,0%");
        assert_eq!(percent(36, 24), "150,0%");
        assert_eq!(percent(0, 0), "chưa có");
    }

    #[test]
    fn a_share_brings_its_neighbours() {
        assert_eq!(share(312, 350, "hộ"), "312/350 hộ (89,1%), còn 38");
        assert_eq!(share(0, 24, "tổ"), "0/24 tổ (0%), còn 24");
        assert_eq!(share(24, 24, "tổ"), "24/24 tổ (100%)");
        assert_eq!(share(1234, 7_999_999, "hộ"), "1.234/7.999.999 hộ (0,0%), còn 7.998.765");
        assert_eq!(share(0, 0, "hộ"), "chưa có hộ nào");
        assert_eq!(share(352, 350, "hộ"), "352/350 hộ, vượt 2");
        assert_eq!(share(2, 0, "hộ"), "2/0 hộ, vượt 2");
    }

    #[test]
    fn sizes_round_up() {
        assert_eq!(size(0), "0 KB");
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(96 * 1024), "96 KB");
        assert_eq!(size(400_000), "0,4 MB");
        assert_eq!(size(10 * 1024 * 1024), "10 MB");
        assert_eq!(size(20 * 1024 * 1024), "20 MB");
        assert_eq!(size(20 * 1024 * 1024 + 1), "20,1 MB");
        assert_eq!(size(1024 * 1024 * 1024 - 1), "1,0 GB");
        assert_eq!(size(1024 * 1024 * 1024), "1 GB");
        assert_eq!(size(3 * 512 * 1024 * 1024), "1,5 GB");
    }

    proptest! {
        #[test]
        fn a_share_says_100_percent_only_of_everything(n in 0_u32..=u32::MAX, total in 1_u32..=u32::MAX, short in 0_u32..3) {
            for (n, total) in [(n, total), (total.saturating_sub(short), total)] {
                let text = share(n, total, "hộ");
                prop_assert_eq!(text.contains("(100%)"), n == total);
                prop_assert!(!text.contains("100,"));
                if n <= total {
                    prop_assert!(permille(n, total).unwrap() <= 1000);
                    prop_assert_eq!(permille(n, total) == Some(1000), n == total);
                }
            }
        }

        #[test]
        fn a_whole_percent_is_shown_only_when_it_is_reached(n in 0_i64..10_000_000, total in 1_i64..10_000_000, goal in 1_i64..=100) {
            let shown = permille(n, total).unwrap();
            prop_assert_eq!(shown >= i128::from(goal) * 10, n * 100 >= goal * total);
        }
    }
}
