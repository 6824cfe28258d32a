//! Staying in: how long a session lasts, one's own sessions and password, the seat one sits in, and the text of somebody whose
//! session ended while it was being written.

use axum::http::{Method, header};
use chrono::Duration;
use scraper::Selector;

use super::account::{WRONG, enter, hides};
use crate::support::{Answer, Client, Kind, World, day, fill, people};

const NEW: &str = "chiều nay bà đi chợ cá";
const END_ONE: &str = "form[action^='/tai-khoan/phien/'][action$='/dung']";

/// The seats that the picker offers: their words and their values.
pub fn seats(picker: &Answer) -> Vec<(String, String)> {
    let (pick, input) =
        (Selector::parse("label.pick").expect("a selector"), Selector::parse("input").expect("a selector"));
    let of = |label: scraper::ElementRef<'_>| {
        let value = label.select(&input).next().and_then(|it| it.attr("value")).expect("a value");
        (label.text().collect::<Vec<_>>().join(" "), value.to_owned())
    };
    picker.html().select(&pick).map(of).collect()
}

/// Sits down in the seat whose words fit.
pub async fn sit(client: &mut Client, words: &str) {
    client.get("/doi-vai").await.ok();
    let seat = seats(client.shown()).into_iter().find(|(it, _)| it.contains(words)).expect("such a seat").1;
    client.submit("/doi-vai", fill().with("vai", &seat)).await.leads_to("/");
}

#[tokio::test]
async fn a_session_rests_a_quarter_of_an_hour_and_lasts_half_a_day() {
    let world = World::new().await;
    let mut client = world.client(people::LEADER_7).await;
    let begun = day("2024-03-25");
    for minutes in [14, 28] {
        world.app.clock.set(begun + Duration::minutes(minutes));
        client.get("/").await.ok();
    }
    world.app.clock.set(begun + Duration::minutes(28 + 15));
    client.get("/tai-khoan").await.leads_to("/dang-nhap?ve=%2Ftai%2Dkhoan");
    client.follow().await.ok();
    let filled = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", people::PASSWORD);
    client.submit("/dang-nhap", filled).await.leads_to("/tai-khoan");
    let begun = begun + Duration::minutes(28 + 15);
    for minutes in (14..720).step_by(14) {
        world.app.clock.set(begun + Duration::minutes(minutes));
        client.get("/tai-khoan").await.ok();
    }
    world.app.clock.set(begun + Duration::minutes(719));
    client.get("/tai-khoan").await.ok();
    world.app.clock.set(begun + Duration::minutes(720));
    client.get("/tai-khoan").await.is(303);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_not_only_the_cookie() {
    let world = World::new().await;
    let mut client = world.client(people::LEADER_7).await;
    let key = client.session_key().to_owned();
    client.get("/tai-khoan").await.ok().costs(3);
    client.submit("main form[action='/dang-xuat']", fill()).await.leads_to("/dang-nhap?xong=dang-xuat");
    assert!(!client.is_signed_in());
    // Somebody who had copied the key.
    let mut thief = world.visitor();
    let request = thief.request(Method::GET, "/tai-khoan").header(header::COOKIE, format!("__Host-phien={key}"));
    let request = request.body(axum::body::Body::empty()).expect("a request");
    thief.send(request).await.leads_to("/dang-nhap?ve=%2Ftai%2Dkhoan");
    client.post_pairs("/dang-xuat", &[]).await.leads_to("/dang-nhap?xong=dang-xuat");
}

#[tokio::test]
async fn ones_own_sessions_are_listed_and_ended() {
    let world = World::new().await;
    let mut here = world.client(people::LEADER_7).await;
    here.get("/tai-khoan").await.ok().says("Chrome trên Android (máy này)").says("0900 000 207");
    assert!(!here.shown().has(END_ONE) && !here.shown().has("form[action='/tai-khoan/phien/dung-het']"));
    let mut there = world.client(people::LEADER_7).await;
    here.get("/tai-khoan").await.ok();
    let address = here.tab(END_ONE);
    // Whoever knows the number of another's session ends nothing by it.
    let mut stranger = world.client(people::LEADER_8).await;
    stranger.submit_tab(&address, fill()).await.is(303);
    there.get("/").await.ok();
    here.submit(END_ONE, fill()).await.leads_to("/tai-khoan?xong=dung-phien");
    here.follow().await.ok().says("Đã đăng xuất máy đó");
    there.get("/").await.is(303);
    let mut others = [world.client(people::LEADER_7).await, world.client(people::LEADER_7).await];
    here.get("/tai-khoan").await.ok();
    here.submit("/tai-khoan/phien/dung-het", fill()).await.leads_to("/tai-khoan?xong=dung-phien-khac");
    for other in &mut others {
        other.get("/").await.is(303);
    }
    here.get("/").await.ok();
    stranger.get("/").await.ok();
}

#[tokio::test]
async fn a_new_password_is_judged_and_ends_the_other_sessions() {
    let world = World::new().await;
    let mut here = world.client(people::LEADER_7).await;
    let mut there = world.client(people::LEADER_7).await;
    let asked = |present: &str, new: &str, again: &str| {
        fill().with("mat-khau", present).with("mat-khau-moi", new).with("mat-khau-moi-lai", again)
    };
    here.get("/tai-khoan/mat-khau").await.ok();
    let refused = [
        ("ngắn quá", "Mật khẩu mới có 8 ký tự, cần ít nhất 12"),
        ("aaaaaaaaaaaaaa", "dễ đoán"),
        ("mat khau 12345", "dễ đoán"),
        ("Trần Văn Lựu 0900000207", "chủ yếu là tên, số điện thoại hoặc nơi ở"),
        ("to dan pho 7 phuoc long", "chủ yếu là tên, số điện thoại hoặc nơi ở"),
        (people::PASSWORD, "đang trùng mật khẩu cũ"),
    ];
    for (new, sentence) in refused {
        let answer = here.submit("/tai-khoan/mat-khau", asked(people::PASSWORD, new, new)).await;
        answer.refuses("mat-khau-moi", sentence);
        hides(answer, new);
        hides(answer, people::PASSWORD);
    }
    here.submit("/tai-khoan/mat-khau", asked(people::PASSWORD, NEW, "khác"))
        .await
        .refuses("mat-khau-moi-lai", "chưa giống nhau");
    here.submit("/tai-khoan/mat-khau", asked(WRONG, NEW, NEW))
        .await
        .refuses("mat-khau", "Mật khẩu đang dùng chưa đúng");
    hides(here.shown(), NEW);
    there.get("/").await.ok();
    here.submit("/tai-khoan/mat-khau", asked(people::PASSWORD, NEW, NEW))
        .await
        .leads_to("/tai-khoan?xong=doi-mat-khau");
    here.follow().await.ok().says("Đã đổi mật khẩu. Các máy khác phải đăng nhập lại.");
    there.get("/").await.is(303);
    enter(&mut there, people::LEADER_7, people::PASSWORD).await.is(422);
    enter(&mut there, people::LEADER_7, NEW).await.leads_to("/");
}

#[tokio::test]
async fn a_phone_left_lying_open_is_no_way_to_guess_the_password() {
    let world = World::new().await;
    let mut client = world.client(people::LEADER_7).await;
    client.get("/tai-khoan/mat-khau").await.ok();
    let asked =
        |present: &str| fill().with("mat-khau", present).with("mat-khau-moi", NEW).with("mat-khau-moi-lai", NEW);
    for _ in 0..5 {
        client.submit("/tai-khoan/mat-khau", asked(WRONG)).await.is(422);
    }
    client.submit("/tai-khoan/mat-khau", asked(people::PASSWORD)).await.is(429).says("Nghỉ 1 phút");
    world.now_is("2024-03-25T09:01");
    client.submit("/tai-khoan/mat-khau", asked(people::PASSWORD)).await.leads_to("/tai-khoan?xong=doi-mat-khau");
}

#[tokio::test]
async fn a_person_with_two_seats_chooses_and_finds_the_choice_again() {
    let world = World::new().await;
    let mut client = world.visitor();
    enter(&mut client, people::OFFICER_TOO, people::PASSWORD).await.leads_to("/doi-vai?ve=%2F");
    client.get("/").await.leads_to("/doi-vai");
    let picker = client.follow().await.ok();
    picker.costs(2);
    assert_eq!(seats(picker).len(), 2);
    client.submit("/doi-vai", fill()).await.refuses("vai", "Chọn một vai");
    sit(&mut client, "Thành viên Ban chỉ đạo phường").await;
    client.get("/tai-khoan").await.ok().says("Thành viên Ban chỉ đạo phường Phước Long");
    client.get("/uy-quyen").await.is(403);
    sit(&mut client, "Thường trực Ban chỉ đạo phường").await;
    client.get("/uy-quyen").await.ok();
    let mut later = world.visitor();
    enter(&mut later, people::OFFICER_TOO, people::PASSWORD).await.leads_to("/");
    later.get("/uy-quyen").await.ok();
}

#[tokio::test]
async fn a_seat_of_somebody_else_is_not_to_be_had() {
    let world = World::new().await;
    let mut client = world.client(people::OFFICER_TOO).await;
    let chair: uuid::Uuid =
        world.ask("select s.id from seat s join account a on a.id = s.account_id where a.phone = '0900000310'").await;
    let lent: String = world.ask("select seat_id || '.' || id from delegation limit 1").await;
    for seat in [chair.to_string(), lent] {
        client.get("/doi-vai").await.ok();
        client
            .submit("/doi-vai", fill().forge("vai", &seat))
            .await
            .refuses("vai", "Vai này vừa hết hạn hoặc đã được thu lại");
    }
    client.get("/doi-vai").await.ok();
    client.submit("/doi-vai", fill().forge("vai", "không phải vai")).await.refuses("vai", "Chọn một vai");
    client.get("/tai-khoan").await.ok().is_silent_about("Trưởng Ban chỉ đạo");
}

#[tokio::test]
async fn a_form_belongs_to_the_seat_it_was_drawn_for() {
    let world = World::new().await;
    let mut client = world.visitor();
    enter(&mut client, people::OFFICER_TOO, people::PASSWORD).await;
    sit(&mut client, "Thường trực Ban chỉ đạo phường").await;
    client.get("/uy-quyen/moi").await.ok();
    let tab = client.tab("/uy-quyen/moi");
    sit(&mut client, "Thành viên Ban chỉ đạo phường").await;
    client.submit_tab(&tab, lending(people::MEMBER)).await.is(409).says("trang được mở bằng vai khác");
    assert_eq!(lent(&world).await, 1);
    sit(&mut client, "Thường trực Ban chỉ đạo phường").await;
    client.submit_tab(&tab, lending(people::MEMBER)).await.leads_to("/uy-quyen?xong=uy-quyen");
    assert_eq!(lent(&world).await, 2);
}

/// Lends for these days of March.
fn lending(phone: &str) -> crate::support::Fill {
    let filled = fill().with("so-dien-thoai", phone).with("ky", "TL.").tick("viec", "request");
    filled
        .with("tu-ngay", "25/3/2024")
        .with("den-ngay", "31/3/2024")
        .with("ly-do", "Đi tập huấn\r\nhai \"ngày\" <đầu> tuần & họp.")
}

/// One is lent in the sample data.
async fn lent(world: &World) -> i64 {
    world.ask("select count(*) from delegation").await
}

#[tokio::test]
async fn a_text_typed_while_signed_out_comes_back_after_signing_in() {
    let world = World::new().await;
    let mut client = world.client(people::CHAIR).await;
    client.get("/uy-quyen/moi").await.ok();
    world.now_is("2024-03-25T09:20");
    let typed = lending(people::OFFICER).forge("mat-khau", "bi mat cua toi");
    let answer = client.submit("/uy-quyen/moi", typed).await;
    answer.is(401).says("Chữ đã gõ vẫn còn");
    hides(answer, "bi mat cua toi");
    assert!(answer.value("giu.ly-do").contains("hai \"ngày\" <đầu> tuần & họp."));
    // A slip at the keyboard loses nothing.
    client.submit("/dang-nhap", fill().with("so-dien-thoai", people::CHAIR).with("mat-khau", WRONG)).await.is(422);
    let filled = fill().with("so-dien-thoai", people::CHAIR).with("mat-khau", people::PASSWORD);
    client.submit("/dang-nhap", filled).await.ok().says("Mở lại trang đang viết");
    let form = client.submit("/uy-quyen/moi", fill()).await;
    form.ok().says("Ủy quyền vai này");
    assert!(
        form.value("ly-do").contains("hai \"ngày\" <đầu> tuần & họp.") && form.value("ly-do").contains("Đi tập huấn")
    );
    assert_eq!(form.value("so-dien-thoai"), people::OFFICER);
    assert!(
        form.has("input[name='ky'][value='TL.'][checked]") && form.has("input[name='viec'][value='request'][checked]")
    );
    assert_eq!(lent(&world).await, 1, "nothing is written by looking again");
    client.submit("/uy-quyen/moi", fill()).await.leads_to("/uy-quyen?xong=uy-quyen");
    assert_eq!(lent(&world).await, 2);
}

#[tokio::test]
async fn a_typed_text_waits_through_the_choice_of_a_seat() {
    let world = World::new().await;
    let mut client = world.visitor();
    let fields = [
        ("ly-do", "Đi tập huấn hai ngày"),
        ("viec", "request"),
        ("viec", "registration"),
        ("_vai", "x"),
        ("mat-khau", "bi mat"),
    ];
    client.post_pairs("/uy-quyen/moi", &fields).await.is(401);
    let filled = fill().with("so-dien-thoai", people::OFFICER_TOO).with("mat-khau", people::PASSWORD);
    client.submit("/dang-nhap", filled).await.ok().says("Chọn vai, rồi mở lại trang đang viết");
    client.submit("/doi-vai", fill()).await.ok();
    let seat = seats(client.shown()).into_iter().find(|(it, _)| it.contains("Thường trực")).expect("the desk's seat").1;
    client.submit("/doi-vai", fill()).await.refuses("vai", "Chọn một vai");
    client.submit("/doi-vai", fill().with("vai", &seat)).await.ok().says("Mở lại trang đang viết");
    let form = client.submit("/uy-quyen/moi", fill()).await;
    assert_eq!(form.ok().value("ly-do"), "Đi tập huấn hai ngày");
    assert!(["request", "registration"].iter().all(|kind| form.has(&format!("input[value='{kind}'][checked]"))));
    assert_eq!(lent(&world).await, 1);
}

#[tokio::test]
async fn a_part_with_files_comes_back_too() {
    let world = World::new().await;
    let dossier = world.dossier(7, Kind::Registration).await;
    let mut client = world.client(people::LEADER_7).await;
    let parts = client.get(&dossier).await.ok().links(&format!("{dossier}/phan/"));
    let part = parts.first().expect("a part").clone();
    client.get(&part).await.ok();
    client.forget_session();
    let typed = fill().with("so", "05-NQ/CB").with("ngay", "12/1/2024").with("nguoi-ky", "Trần Văn Lựu");
    client.submit(&part, typed).await.is(401).says("tệp thì chọn lại");
    let filled = fill().with("so-dien-thoai", people::LEADER_7).with("mat-khau", people::PASSWORD);
    client.submit("/dang-nhap", filled).await.ok().says("Nếu có tệp đính kèm, chọn lại tệp");
    let form = client.submit(&part, fill()).await.ok();
    assert_eq!((form.value("so").as_str(), form.value("ngay").as_str()), ("05-NQ/CB", "12/1/2024"));
    let events: i64 = world.ask("select count(*) from event where verb = 'part_changed'").await;
    assert_eq!(events, 0);
}
