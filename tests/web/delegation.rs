//! A lent seat: who may lend it, what the deputy does in it and under whose names, and how it ends.

use super::sessions::seats;
use crate::support::{Client, Fill, World, fill, people};

const NEW: &str = "/uy-quyen/moi";

/// Lends requests with "KT.", to the person with that number.
fn lending(phone: &str, from: &str, to: &str) -> Fill {
    let filled = fill().with("so-dien-thoai", phone).with("ky", "KT.").tick("viec", "request");
    filled.with("tu-ngay", from).with("den-ngay", to).with("ly-do", "Đi công tác tại Hà Nội.")
}

async fn lend(world: &World, owner: &str, filled: Fill) -> Client {
    let mut client = world.client(owner).await;
    client.get(NEW).await.ok();
    client.submit(NEW, filled).await.leads_to("/uy-quyen?xong=uy-quyen");
    client.follow().await.ok().says("Đã ủy quyền");
    client
}

/// The deputy in the lent seat, with the key that ties forms to it.
async fn deputy(world: &World, phone: &str, words: &str) -> (Client, String) {
    let mut client = world.visitor();
    client.get("/dang-nhap").await;
    let filled = fill().with("so-dien-thoai", phone).with("mat-khau", people::PASSWORD);
    client.submit("/dang-nhap", filled).await.leads_to("/doi-vai?ve=%2F");
    client.follow().await.ok();
    let key = seats(client.shown()).into_iter().find(|(it, _)| it.contains(words)).expect("a lent seat").1;
    assert!(key.contains('.'), "{key}");
    client.submit("/doi-vai", fill().with("vai", &key)).await.leads_to("/");
    (client, key)
}

#[tokio::test]
async fn the_deputy_concludes_for_the_chair_and_both_names_stay() {
    let world = World::on("2024-11-14").await;
    let dossier = world.appraised_request(7).await;
    let mut chair = lend(&world, people::CHAIR, lending(people::OFFICER, "14/11/2024", "20/11/2024")).await;
    chair.shown().says("Đặng Thu Hồng").says("KT.").says("14/11/2024 đến hết 20/11/2024").says("Đang hiệu lực");
    chair.get("/uy-quyen").await.costs(3);
    let (mut officer, _) = deputy(&world, people::OFFICER, "KT. Được Võ Thị Thanh Tâm ủy quyền").await;
    officer.get("/tai-khoan").await.ok().says("KT. Trưởng Ban chỉ đạo phường Phước Long");
    officer.conclude(&dossier, true).await;
    assert_eq!(world.status(&dossier).await, "recommended");
    let told = "Đặng Thu Hồng, KT. Trưởng Ban chỉ đạo phường Phước Long, thay Võ Thị Thanh Tâm";
    officer.get(&dossier).await.ok().says(told);
    chair.get(&dossier).await.ok().says(told);
    let event: String =
        world.ask("select concat_ws('|', actor, seat, on_behalf_of) from event where verb = 'recommended'").await;
    assert_eq!(event, "Đặng Thu Hồng|KT. Trưởng Ban chỉ đạo phường Phước Long|Võ Thị Thanh Tâm");
    // What was done before in her own seat stays hers alone.
    let own: i64 = world
        .ask(
            "select count(*) from event where verb in ('received', 'judged', 'appraised') and on_behalf_of is not null",
        )
        .await;
    assert_eq!(own, 0);
}

#[tokio::test]
async fn a_deputy_stays_within_the_kinds_that_were_lent() {
    let world = World::on("2024-11-14").await;
    let (registration, request) = (world.registered(7).await, world.submitted_request(7).await);
    lend(&world, people::OFFICER, lending(people::MEMBER, "14/11/2024", "20/11/2024").with("ky", "TL.")).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&registration).await.ok();
    let receive = officer.tab(&format!("{registration}/tiep-nhan"));
    let (mut member, key) = deputy(&world, people::MEMBER, "TL. Được Đặng Thu Hồng ủy quyền").await;
    member.get(&registration).await.ok();
    assert!(!member.shown().has(&format!("form[action='{registration}/tiep-nhan']")));
    let refused = member.submit_tab(&receive, fill().forge("_vai", &key)).await;
    refused.is(403).says("Ngoài phạm vi được ủy quyền").says("không gồm loại hồ sơ này");
    assert_eq!(world.status(&registration).await, "submitted");
    member.press(&request, "tiep-nhan").await;
    member.get(&request).await.ok().says("TL. Thường trực Ban chỉ đạo phường Phước Long, thay Đặng Thu Hồng");
    // A lent seat is not lent on, and administers nothing.
    member.get("/uy-quyen").await.is(403).says("không ủy quyền tiếp được");
    member.get(NEW).await.is(403);
    member.post_pairs(NEW, &[("_vai", &key)]).await.is(403);
}

#[tokio::test]
async fn a_lent_seat_opens_and_closes_with_its_days() {
    let world = World::on("2024-11-14").await;
    let dossier = world.appraised_request(7).await;
    lend(&world, people::CHAIR, lending(people::OFFICER, "15/11/2024", "16/11/2024")).await;
    let key: String = world.ask("select seat_id || '.' || id from delegation order by created_at desc limit 1").await;
    // Not yet: there is no choice to make, and a forged one is refused.
    let mut officer = world.client(people::OFFICER).await;
    assert_eq!(seats(officer.get("/doi-vai").await.ok()).len(), 1);
    officer
        .submit("/doi-vai", fill().forge("vai", &key))
        .await
        .refuses("vai", "Vai này vừa hết hạn hoặc đã được thu lại");
    world.now_is("2024-11-15T00:01");
    deputy(&world, people::OFFICER, "Được Võ Thị Thanh Tâm ủy quyền, hết ngày 16/11/2024").await;
    world.now_is("2024-11-16T23:55");
    let mut officer = world.client(people::OFFICER).await;
    officer.get(&format!("{dossier}/ket-luan")).await.ok();
    let tab = officer.tab(&format!("{dossier}/ket-luan"));
    world.now_is("2024-11-17T00:01");
    officer.get("/").await.leads_to("/doi-vai");
    officer.submit_tab(&tab, fill().with("ket-luan", "de-nghi")).await.leads_to("/doi-vai");
    assert_eq!(world.status(&dossier).await, "appraised");
    let picker = officer.follow().await.ok();
    assert_eq!(seats(picker).len(), 1);
    officer
        .submit("/doi-vai", fill().forge("vai", &key))
        .await
        .refuses("vai", "Vai này vừa hết hạn hoặc đã được thu lại");
    world.client(people::CHAIR).await.get("/uy-quyen").await.ok().says("Đã hết hạn");
}

#[tokio::test]
async fn taking_back_ends_it_with_the_next_click() {
    let world = World::on("2024-11-14").await;
    let dossier = world.appraised_request(7).await;
    let mut chair = lend(&world, people::CHAIR, lending(people::OFFICER, "14/11/2024", "20/11/2024")).await;
    let (mut officer, key) = deputy(&world, people::OFFICER, "Được Võ Thị Thanh Tâm ủy quyền").await;
    officer.get(&format!("{dossier}/ket-luan")).await.ok();
    let tab = officer.tab(&format!("{dossier}/ket-luan"));
    let back = chair.tab("form[action$='/thu-hoi']");
    chair.submit_tab(&back, fill()).await.leads_to("/uy-quyen?xong=thoi-uy-quyen");
    chair.follow().await.ok().says("Đã thôi");
    officer.submit_tab(&tab, fill().with("ket-luan", "de-nghi")).await.leads_to("/doi-vai");
    assert_eq!(world.status(&dossier).await, "appraised");
    officer.follow().await.ok();
    officer.submit("/doi-vai", fill().forge("vai", &key)).await.refuses("vai", "đã được thu lại");
    chair.submit_tab(&back, fill()).await.not_found();
    let events: i64 = world.ask("select count(*) from event where verb in ('delegated', 'delegation_revoked')").await;
    assert_eq!(events, 2);
    // Nobody takes back what another lent.
    let address: String = world
        .ask("select '/uy-quyen/' || id || '/thu-hoi' from delegation where form = 'KT.' order by created_at limit 1")
        .await;
    let mut stranger = world.client(people::OTHER_CHAIR).await;
    stranger.get(NEW).await.ok();
    let vai = stranger.shown().value("_vai");
    stranger.post_pairs(&address, &[("_vai", &vai)]).await.not_found();
}

#[tokio::test]
async fn lending_asks_for_everything_it_needs() {
    let world = World::new().await;
    let mut chair = world.client(people::CHAIR).await;
    chair.get(NEW).await.ok();
    let empty = chair.submit(NEW, fill().with("tu-ngay", "")).await;
    for field in ["so-dien-thoai", "ky", "viec", "tu-ngay", "den-ngay", "ly-do"] {
        assert!(empty.errors().iter().any(|(at, _)| at == field), "{field}: {:?}", empty.errors());
    }
    let good = |phone: &str| lending(phone, "25/3/2024", "31/3/2024");
    chair.get(NEW).await.ok();
    chair.submit(NEW, good("0999 999 999")).await.refuses("so-dien-thoai", "Chưa có ai trong thành phố");
    chair.submit(NEW, good(people::CHAIR)).await.refuses("so-dien-thoai", "số của chính ông/bà");
    chair
        .submit(NEW, good(people::OFFICER).with("tu-ngay", "1/4/2024"))
        .await
        .refuses("den-ngay", "trước ngày bắt đầu");
    chair.submit(NEW, lending(people::OFFICER, "1/3/2024", "24/3/2024")).await.refuses("den-ngay", "Ngày cuối đã qua");
    chair.submit(NEW, good(people::OFFICER).with("ly-do", "bận")).await.refuses("ly-do", "Ghi lý do");
    assert_eq!(world.ask::<i64>("select count(*) from event where verb = 'delegated'").await, 0);
    chair.submit(NEW, good(people::OFFICER)).await.leads_to("/uy-quyen?xong=uy-quyen");
    chair.get(NEW).await.ok();
    chair.submit(NEW, good(people::OFFICER)).await.refuses("so-dien-thoai", "đã được ủy quyền trong một số ngày ấy");
    for phone in [people::AREA, people::STEWARD, people::MEMBER] {
        world.client(phone).await.get(NEW).await.is(403);
    }
}
