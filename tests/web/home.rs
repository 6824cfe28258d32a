//! The start page of each seat.

use crate::support::{World, people};

#[tokio::test]
async fn a_leader_sees_what_is_to_be_done_and_by_when() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let page = leader.get("/").await;
    page.ok().says("Chào ông Trần Văn Lựu").says("Nộp hồ sơ đăng ký").says("hết thứ Bảy 30/3");
}
