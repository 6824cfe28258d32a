//! Households by the dozen, written through the register's own store.

use binhyen::access::Place;
use binhyen::household::model::{Address, Facts};
use binhyen::household::store::{self, Fresh};
use binhyen::participation;
use binhyen::platform::id::{CycleId, HouseholdId, UnitId};
use chrono::NaiveDate;
use sqlx::Connection;
use uuid::Uuid;

use super::world::World;

/// A household as a line: head, house number, alley, street, telephone.
pub type Line<'a> = (&'a str, &'a str, &'a str, &'a str, Option<&'a str>);

/// Facts of a line; four people.
pub fn facts((head, house, alley, street, phone): Line<'_>) -> Facts {
    let address = Address { house: house.to_owned(), alley: alley.to_owned(), street: street.to_owned() };
    Facts { head: head.to_owned(), address, members: Some(4), phone: phone.map(str::to_owned), note: None }
}

impl World {
    /// City, ward and group of a group of Phước Long.
    pub async fn place(&self, group: u8) -> Place {
        let mut owner = self.owner().await;
        let (city, ward, group): (Uuid, Uuid, Uuid) = sqlx::query_as(
            "select u.city_id, u.ward_id, u.id from unit u join unit w on w.id = u.ward_id where w.code = 'PL' and u.kind = 'group' and u.code = $1",
        )
        .bind(format!("{group:02}"))
        .fetch_one(&mut owner)
        .await
        .expect("a group");
        Place { city: city.into(), ward: ward.into(), group: Some(group.into()) }
    }

    /// The newest year of a ward.
    pub async fn cycle_of(&self, ward: UnitId) -> CycleId {
        let mut owner = self.owner().await;
        participation::store::newest_cycle(&mut owner, ward).await.expect("an answer").expect("a year")
    }

    /// Writes households of a group of Phước Long into the register and into the year; gives their ids in that order.
    pub async fn households(&self, group: u8, all: &[Facts]) -> Vec<HouseholdId> {
        let place = self.place(group).await;
        let unit = place.group.expect("a group");
        let cycle = self.cycle_of(place.ward).await;
        let now = self.app.clock.now();
        let since: NaiveDate = "2020-01-01".parse().expect("a day");
        let mut owner = self.owner().await;
        let mut tx = owner.begin().await.expect("a transaction");
        let before: i64 = sqlx::query_scalar("select count(*) from household where code like $1")
            .bind(format!("{group:02}-%"))
            .fetch_one(&mut *tx)
            .await
            .expect("a number");
        let fresh: Vec<Fresh> = (before + 1..)
            .zip(all)
            .map(|(number, facts)| Fresh {
                id: HouseholdId::new(now),
                group: unit,
                code: format!("{group:02}-{number:04}"),
                facts: facts.clone(),
                since,
            })
            .collect();
        store::insert_all(&mut tx, place, &fresh, ("registered", None), ("Mẫu", now)).await.expect("households");
        let joined: Vec<_> = fresh.iter().map(|it| (it.id, unit)).collect();
        participation::store::join(&mut tx, cycle, place, &joined).await.expect("their year");
        tx.commit().await.expect("committed");
        joined.into_iter().map(|(id, _)| id).collect()
    }

    /// The counts of a group in the newest year: households, registered, pledged.
    pub async fn tally(&self, group: u8) -> (i32, i32, i32) {
        let place = self.place(group).await;
        let cycle = self.cycle_of(place.ward).await;
        let mut owner = self.owner().await;
        sqlx::query_as(
            "select households, registered, pledged from participation_tally where cycle_id = $1 and group_id = $2",
        )
        .bind(cycle.uuid())
        .bind(place.group.map(UnitId::uuid))
        .fetch_optional(&mut owner)
        .await
        .expect("counts")
        .unwrap_or_default()
    }
}
