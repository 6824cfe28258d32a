//! Units through time: added, renamed, ended; old names stay on old papers.

use uuid::Uuid;

use crate::support::{World, fill, people};

#[tokio::test]
async fn a_group_is_renamed_and_its_old_name_stays_on_old_papers() {
    let world = World::new().await;
    let group: Uuid = world
        .ask("select u.id from unit u join unit w on w.id = u.ward_id where w.code = 'PL' and u.code = '07'")
        .await;
    let mut steward = world.client(people::STEWARD).await;
    let address = format!("/don-vi/{group}/doi-ten");
    steward.get(&address).await.ok();
    steward.submit(&address, fill().with("ten", "")).await.refuses("ten", "");
    steward
        .submit(
            &address,
            fill().with("ten", "Tổ dân phố Hòn Chồng").with("ten-goi", "Hòn Chồng").with("tu-ngay", "1/3/2024"),
        )
        .await
        .is(303);
    let page = format!("/don-vi/{group}");
    steward.get(&page).await.ok().says("Tổ dân phố Hòn Chồng").says("Tên qua các thời kỳ").says("Tổ dân phố 7");
    steward.get(&format!("{page}?ngay=5/3/2023")).await.ok().says("mang tên Tổ dân phố 7");
    world.client(people::LEADER_7).await.get("/ho-so").await.ok().says("Tổ dân phố Hòn Chồng");
}

#[tokio::test]
async fn a_name_changed_meanwhile_is_not_overwritten() {
    let world = World::new().await;
    let group: Uuid = world
        .ask("select u.id from unit u join unit w on w.id = u.ward_id where w.code = 'PL' and u.code = '07'")
        .await;
    let address = format!("/don-vi/{group}/doi-ten");
    let mut one = world.client(people::STEWARD).await;
    let mut other = world.client(people::STEWARD).await;
    one.get(&address).await.ok();
    other.get(&address).await.ok();
    let named = |name: &str| fill().with("ten", name).with("tu-ngay", "1/3/2024");
    other.submit(&address, named("Tổ dân phố Hòn Chồng")).await.is(303);
    one.submit(&address, named("Tổ dân phố Hòn Vợ")).await.is(409);
}

#[tokio::test]
async fn a_new_group_gets_the_dossiers_of_the_running_year() {
    let world = World::new().await;
    let mut steward = world.client(people::STEWARD).await;
    steward.get("/don-vi/them").await.ok();
    let typed = fill()
        .with("loai", "group")
        .with("ten", "Tổ dân phố 25")
        .with("ten-goi", "Tổ 25")
        .with("ma", "25")
        .with("tu-ngay", "1/3/2024");
    steward.submit("/don-vi/them", typed.clone()).await.is(303);
    let dossiers: i64 =
        world.ask("select count(*) from dossier d join unit u on u.id = d.subject_id where u.code = '25'").await;
    assert_eq!(dossiers, 2);
    // The same number twice is one too many.
    steward.get("/don-vi/them").await.ok();
    steward.submit("/don-vi/them", typed).await.is(422);
    assert_eq!(steward.shown().errors()[0].0, "ma");
}

#[tokio::test]
async fn only_stewards_keep_units_and_only_their_own() {
    let world = World::new().await;
    let own: Uuid = world
        .ask("select u.id from unit u join unit w on w.id = u.ward_id where w.code = 'PL' and u.code = '07'")
        .await;
    let elsewhere: Uuid = world
        .ask("select u.id from unit u join unit w on w.id = u.ward_id where w.code = 'PH' and u.code = '01'")
        .await;
    for phone in [people::LEADER_7, people::OFFICER, people::CHAIR, people::CITY] {
        let mut client = world.client(phone).await;
        client.get("/don-vi/them").await.is(403);
        client.get(&format!("/don-vi/{own}/doi-ten")).await.is(403);
    }
    let mut steward = world.client(people::STEWARD).await;
    steward.get(&format!("/don-vi/{elsewhere}")).await.not_found();
    steward.get(&format!("/don-vi/{elsewhere}/doi-ten")).await.not_found();
    // The city keeps its wards, and each ward its groups.
    let ward: Uuid = world.ask("select id from unit where kind = 'ward' and code = 'PH'").await;
    let mut city = world.client(people::CITY_STEWARD).await;
    city.get(&format!("/don-vi/{ward}/doi-ten")).await.ok();
    city.get(&format!("/don-vi/{elsewhere}/doi-ten")).await.is(403);
}
