//! What people send as files, and what it gets: a sentence at the field, everything typed kept, nothing stored.

use crate::support::{Client, Kind, World, fill, people, samples};

struct Desk {
    world: World,
    leader: Client,
    part: String,
}

impl Desk {
    async fn new() -> Self {
        let world = World::new().await;
        let part = format!("{}/phan/nghi-quyet", world.dossier(7, Kind::Registration).await);
        let leader = world.client(people::LEADER_7).await;
        Self { world, leader, part }
    }

    /// Sends the file with everything else filled in; the form comes back with that sentence and with what was typed.
    async fn refuses(&mut self, name: &str, bytes: Vec<u8>, says: &str) {
        self.leader.get(&self.part).await.ok();
        let typed = fill().with("so", "05-NQ/CB").with("ngay", "12/1/2024").with("nguoi-ky", "Trần Văn Lựu");
        let page = self.leader.submit(&self.part, typed.file("tep", name, bytes)).await;
        page.refuses("tep", says).says("Những gì đã gõ vẫn còn nguyên");
        assert_eq!((page.value("so").as_str(), page.value("nguoi-ky").as_str()), ("05-NQ/CB", "Trần Văn Lựu"));
        self.nothing_was_written().await;
    }

    async fn nothing_was_written(&self) {
        let files: i64 = self.world.ask("select count(*) from attachment").await;
        let numbers: i64 = self.world.ask("select count(*) from dossier_part where number is not null").await;
        let events: i64 = self.world.ask("select count(*) from event where verb = 'part_changed'").await;
        assert_eq!((files, numbers, events), (0, 0, 0));
        let scratch = std::fs::read_dir(&self.world.app.settings.scratch).unwrap().count();
        assert_eq!(scratch, 0, "nothing stays in the scratch folder");
    }
}

#[tokio::test]
async fn a_wrong_type_under_a_right_name() {
    let mut desk = Desk::new().await;
    desk.refuses("nghi-quyet.pdf", samples::png(), "Tệp tên .pdf nhưng bên trong là ảnh PNG").await;
    desk.refuses("nghi-quyet.pdf", b"<html><script>alert(1)</script></html>".to_vec(), "trang web").await;
    desk.refuses("nghi-quyet.docx", samples::pdf("x"), "Tệp tên .docx nhưng bên trong là").await;
    desk.refuses("chuong-trinh.jpg", b"MZ\x90\x00\x03".repeat(40), "chương trình chạy được").await;
}

#[tokio::test]
async fn an_empty_file_and_one_cut_off() {
    let mut desk = Desk::new().await;
    desk.refuses("nghi-quyet.pdf", vec![], "Tệp này trống").await;
    let whole = samples::docx();
    desk.refuses("nghi-quyet.docx", whole[..whole.len() / 2].to_vec(), "cụt hoặc hỏng").await;
}

#[tokio::test]
async fn a_file_of_21_mb_and_one_of_20() {
    let mut desk = Desk::new().await;
    desk.refuses("nghi-quyet.pdf", samples::pdf_of(21 * 1024 * 1024), "Tệp lớn hơn 20 MB").await;
    desk.leader.get(&desk.part).await.ok();
    let fits = fill().file("tep", "nghi-quyet.pdf", samples::pdf_of(20 * 1024 * 1024));
    desk.leader.submit(&desk.part, fits).await.is(303);
    desk.leader.get(&desk.part).await.ok().says("20 MB");
}

#[tokio::test]
async fn a_word_file_that_grows_without_end() {
    let mut desk = Desk::new().await;
    desk.refuses("nghi-quyet.docx", samples::zip_bomb(), "mở ra lớn khác thường").await;
}

#[tokio::test]
async fn a_name_with_path_parts_is_only_a_name() {
    let mut desk = Desk::new().await;
    for (sent, kept) in [("../../etc/passwd.pdf", "passwd.pdf"), (r"C:\\Users\\Luu\\nghi quyet.pdf", "nghi quyet.pdf")]
    {
        desk.leader.get(&desk.part).await.ok();
        desk.leader.submit(&desk.part, fill().file("tep", sent, samples::pdf(sent))).await.is(303);
        let page = desk.leader.get(&desk.part).await.ok();
        page.says(kept).is_silent_about("..").is_silent_about("Users");
    }
    let outside: i64 = desk.world.ask("select count(*) from attachment where name ~ '[/\\\\]'").await;
    assert_eq!(outside, 0);
}

#[tokio::test]
async fn one_bad_file_among_good_ones_stops_all_of_them() {
    let mut desk = Desk::new().await;
    desk.leader.get(&desk.part).await.ok();
    let files = fill().file("tep", "tot.pdf", samples::pdf("good")).file("tep", "xau.pdf", vec![]);
    desk.leader.submit(&desk.part, files).await.refuses("tep", "Tệp này trống");
    desk.nothing_was_written().await;
}

#[tokio::test]
async fn evidence_of_a_criterion_is_judged_like_any_file() {
    let world = World::on("2024-11-12").await;
    let dossier = world.dossier(7, Kind::Request).await;
    let mut leader = world.client(people::LEADER_7).await;
    let address = format!("{dossier}/tu-danh-gia/2");
    leader.get(&address).await.ok();
    let typed = fill().with("ket-luan", "met").with("ghi-chu", "Ba buổi tuyên truyền.");
    leader.submit(&address, typed.clone().file("tep", "anh.png", b"GIF89a".to_vec())).await.is(422);
    assert_eq!(leader.shown().errors()[0].0, "tep");
    assert_eq!(leader.shown().value("ghi-chu").trim(), "Ba buổi tuyên truyền.");
    leader
        .submit(&address, typed.clone().with("ngay-minh-chung", "25/12/2024").file("tep", "anh.png", samples::png()))
        .await
        .refuses("ngay-minh-chung", "chưa tới");
    leader
        .submit(&address, typed.with("ngay-minh-chung", "5/6/2024").file("tep", "anh.png", samples::png()))
        .await
        .is(303);
    leader.get(&dossier).await.ok().says("1 minh chứng");
    world
        .client(people::OFFICER)
        .await
        .get(&format!("{dossier}/tham-dinh/2"))
        .await
        .ok()
        .says("anh.png")
        .says("trong thời gian xét");
}

#[tokio::test]
async fn a_body_that_is_no_form_and_one_that_breaks_off() {
    let mut desk = Desk::new().await;
    desk.leader.get(&desk.part).await.ok();
    desk.leader.post(&desk.part, "application/json", "{}".into()).await.is(415).says("không phải biểu mẫu");
    let broken = "--x\r\nContent-Disposition: form-data; name=\"so\"\r\n\r\n05";
    let status = desk.leader.post(&desk.part, "multipart/form-data; boundary=x", broken.into()).await.status.as_u16();
    // Without the rest of the body the form's seat is missing too: it is drawn for nobody.
    assert!([400, 409, 422].contains(&status), "{status}");
    desk.nothing_was_written().await;
}
