use super::*;

#[test]
fn nothing_to_combine_is_not_enough_grounds() {
    assert_eq!(combined([]), Finding::Insufficient);
    assert_eq!(combined([Finding::Met, Finding::Insufficient, Finding::NotMet]), Finding::NotMet);
    assert_eq!(combined([Finding::Met, Finding::Insufficient]), Finding::Insufficient);
    assert_eq!(combined([Finding::Met]), Finding::Met);
}
