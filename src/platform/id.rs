//! Names for rows: one type per noun, so that a group's id cannot stand where a dossier's is asked for.
//!
//! Every id is a UUID of version 7 (RFC 9562): it begins with the time, so new rows land at the end of an index. Ids made by
//! one process one after another for the same moment sort in the order in which they were made. An id is not a secret; a
//! [`key32`] is.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use rand::CryptoRng;
use uuid::{Builder, Uuid};

/// Orders the ids of one moment. It starts anywhere in the lower half of its 30 bits, so that two processes differ.
static NEXT: LazyLock<AtomicU32> = LazyLock::new(|| AtomicU32::new(rand::random::<u32>() >> 3));

/// A version 7 UUID: 48 bits of milliseconds, 12 of the fraction below, 30 of a counter, 32 of chance.
fn uuid_v7(now: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    // A thousand microseconds spread over 4096 steps; the masks leave room for version and variant.
    let fraction = (u128::from(now.timestamp_subsec_micros() % 1000) * 4096 / 1000) & 0x0fff;
    let counter = u128::from(NEXT.fetch_add(1, Ordering::Relaxed) & 0x3fff_ffff);
    let chance = u128::from(rand::random::<u32>());
    let tail = fraction << 64 | counter << 32 | chance;
    let [_, _, _, _, _, _, rest @ ..] = tail.to_be_bytes();
    Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
}

/// 32 bytes of chance for a session's cookie or a one-time link. The database keeps only its SHA-256.
///
/// The generator is a parameter, so that a test can seed it.
pub fn key32(rng: &mut impl CryptoRng) -> [u8; 32] {
    let mut key = [0; 32];
    rng.fill_bytes(&mut key);
    key
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])+ $name:ident;)+) => {$(
        $(#[$doc])+
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize, sqlx::Type,
        )]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, made at this moment.
            #[must_use]
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(uuid_v7(now))
            }

            /// The bare value, for a query whose parameter is a `uuid`.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )+};
}

typed_ids! {
    /// A city, ward, group, office, agency, enterprise or school.
    UnitId;
    /// A person who can sign in.
    AccountId;
    /// A role with its place, held by a person for a time.
    SeatId;
    /// A session as its owner sees it in the list of sessions; it opens nothing.
    SessionId;
    /// A year of the programme in one area.
    CycleId;
    /// A registration or request dossier.
    DossierId;
    /// One part of a dossier.
    PartId;
    /// A file or a text attached to a part.
    AttachmentId;
    /// A file on its way in.
    UploadId;
    /// A decision on a dossier.
    DecisionId;
    /// A line of the journal.
    EventId;
    /// A published version of a ruleset.
    RulesetId;
    /// A seat lent to another person between two dates.
    DelegationId;
    /// A return of parts of a dossier, with its reasons.
    ReturnId;
    /// A household of the register.
    HouseholdId;
    /// A spreadsheet on its way into the register.
    BatchId;
    /// Work that goes on after its request.
    JobId;
    /// What a person asked about their own data.
    SubjectRequestId;
    /// A fact that supports a criterion without a file.
    FactId;
    /// A count of incidents.
    IncidentId;
    /// A list of counts that was brought in at once.
    CountBatchId;
    /// A meeting that assesses.
    MeetingId;
    /// Somebody invited to a meeting.
    AttendeeId;
    /// An official paper.
    PaperId;
    /// Papers and files of a year, put together to be taken away.
    BundleId;
    /// A ruleset that a steward is writing.
    RulesetDraftId;
    /// A text from which papers are drafted, as a steward published it.
    WordingVersionId;
    /// A certificate that was issued.
    CertificateId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use std::collections::HashSet;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_id_is_a_version_7_uuid_of_its_moment() {
        let now = at("2024-03-26T02:14:00.123456Z");
        let id = UnitId::new(now).uuid();
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.get_variant(), uuid::Variant::RFC4122);
        let (seconds, nanos) = id.get_timestamp().unwrap().to_unix();
        assert_eq!(seconds, now.timestamp().unsigned_abs());
        assert_eq!(nanos, 123_000_000);
    }

    #[test]
    fn ids_of_one_moment_are_distinct_and_sort_in_the_order_of_making() {
        let now = at("2024-03-26T02:14:00Z");
        let ids: Vec<_> = (0..1000).map(|_| EventId::new(now)).collect();
        assert!(ids.is_sorted());
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    }

    #[test]
    fn a_microsecond_later_sorts_later_and_a_clock_set_back_sorts_earlier() {
        let now = at("2024-03-26T02:14:00.000500Z");
        let id = PartId::new(now);
        assert!(PartId::new(at("2024-03-26T02:14:00.000501Z")) > id);
        assert!(PartId::new(at("2024-03-26T02:14:00.000499Z")) < id);
    }

    #[test]
    fn a_moment_before_1970_still_gives_an_id() {
        let id = CycleId::new(at("1950-01-01T00:00:00Z")).uuid();
        assert_eq!(id.get_version_num(), 7);
    }

    #[test]
    fn text_and_json_lead_back_to_the_same_id() {
        let id = DossierId::new(at("2024-03-26T02:14:00Z"));
        assert_eq!(id.to_string().parse(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<DossierId>(&json).unwrap(), id);
        assert!("khong-phai-ma".parse::<DossierId>().is_err());
    }

    #[test]
    fn a_key_comes_from_the_generator_alone() {
        let draw = |seed| key32(&mut StdRng::seed_from_u64(seed));
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert_ne!(draw(7), [0; 32]);
    }
}
