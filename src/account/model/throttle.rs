//! How long to rest after failed tries. The database counts; how long each count rests is said here.

use chrono::{DateTime, Duration, Utc};

/// Tries for one account that fail without a rest.
const ACCOUNT_TRIES: i32 = 5;

/// Tries from one address: an office behind one address has many people.
const ADDRESS_TRIES: i32 = 30;

/// The longest rest, in minutes.
const LONGEST: i32 = 60;

/// Minutes of rest after the n-th failure in a row: none before `tries`, then 1, 2, 4, ... up to an hour. The last one stays.
fn rests(tries: i32) -> Vec<i32> {
    let free = (1..tries).map(|_| 0);
    let growing = (0..).map(|doublings| 1 << doublings).take_while(|minutes| *minutes < LONGEST);
    free.chain(growing).chain([LONGEST]).collect()
}

/// Rests of an account.
#[must_use]
pub fn account_rests() -> Vec<i32> {
    rests(ACCOUNT_TRIES)
}

/// Rests of an address.
#[must_use]
pub fn address_rests() -> Vec<i32> {
    rests(ADDRESS_TRIES)
}

/// Whole minutes until `until`, rounded up so that coming back then is never too early; at least one.
#[must_use]
pub fn minutes_left(until: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    let left = (until - now).max(Duration::zero());
    (left + Duration::seconds(59)).num_minutes().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_then_a_minute_and_twice_as_long_each_time_up_to_an_hour() {
        assert_eq!(account_rests(), [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60]);
        let address = address_rests();
        assert_eq!(address.iter().take_while(|minutes| **minutes == 0).count(), 29);
        assert_eq!(address[29..], [1, 2, 4, 8, 16, 32, 60]);
    }

    #[test]
    fn minutes_are_rounded_up() {
        let now: DateTime<Utc> = "2024-03-26T02:14:00Z".parse().unwrap();
        let left = |seconds| minutes_left(now + Duration::seconds(seconds), now);
        assert_eq!([left(-5), left(0), left(1), left(60), left(61), left(3600)], [1, 1, 1, 1, 2, 60]);
    }
}
