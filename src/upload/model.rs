//! A file on its way in.

use chrono::{Duration, NaiveDateTime};

use crate::platform::id::UploadId;

/// How long one may take, and how long it stays after a form took it.
pub const KEPT: Duration = Duration::days(2);
/// The most bytes that one person may have on the way at once (200 MB).
pub const MOST_OPEN: i64 = 200 * 1024 * 1024;

/// What a device announces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// The name on the device.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// The address of the form that it is for.
    pub purpose: String,
    /// When the picture was taken, read on the device.
    pub taken_at: Option<NaiveDateTime>,
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// The name on the device.
    pub name: String,
    /// Bytes in all.
    pub size: u64,
    /// Bytes that are here.
    pub received: u64,
    /// When the picture was taken.
    pub taken_at: Option<NaiveDateTime>,
    /// A form took it.
    pub is_used: bool,
}

/// A piece that does not fit; the device goes on from `received`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit {
    /// Bytes that are here.
    pub received: u64,
}

impl Upload {
    /// All of it is here.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.received == self.size
    }

    /// How much is here when a piece of that length is added at that byte.
    ///
    /// # Errors
    /// When it begins elsewhere than where the last one ended, or goes beyond the end.
    pub fn grown(&self, from: u64, length: u64) -> Result<u64, Misfit> {
        let misfit = Misfit { received: self.received };
        let to = from.checked_add(length).ok_or(misfit)?;
        if from == self.received && to <= self.size && !self.is_used { Ok(to) } else { Err(misfit) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use proptest::prelude::*;

    fn upload(size: u64) -> Upload {
        let id = UploadId::new(DateTime::from_timestamp(1_731_000_000, 0).unwrap());
        Upload { id, name: "anh.jpg".to_owned(), size, received: 0, taken_at: None, is_used: false }
    }

    proptest! {
        #[test]
        fn whatever_comes_the_file_grows_without_holes_up_to_its_size(
            size in 1_u64..2000,
            pieces in proptest::collection::vec((0_u64..2100, 0_u64..700), 0..60),
        ) {
            let mut upload = upload(size);
            for (from, length) in pieces {
                match upload.grown(from, length) {
                    Ok(to) => {
                        prop_assert_eq!((from, to), (upload.received, from + length));
                        upload.received = to;
                    }
                    Err(misfit) => prop_assert_eq!(misfit.received, upload.received),
                }
                prop_assert!(upload.received <= size);
            }
            // Who goes on from where it is told to gets to the end.
            while !upload.is_whole() {
                let next = 97.min(size - upload.received);
                upload.received = upload.grown(upload.received, next).unwrap();
            }
        }
    }

    #[test]
    fn what_a_form_took_grows_no_more() {
        let used = Upload { is_used: true, ..upload(10) };
        assert_eq!(used.grown(0, 5), Err(Misfit { received: 0 }));
        assert_eq!(upload(10).grown(u64::MAX, 5), Err(Misfit { received: 0 }));
    }
}
