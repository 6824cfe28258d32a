//! States of the sample year, reached the way people reach them: through the pages.

use super::client::Client;
use super::form::fill;
use super::world::World;
use super::{people, samples};

/// Registration or request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Registration,
    Request,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Request => "request",
        }
    }
}

impl World {
    /// The address of a group's dossier in Phước Long, of the newest year: "/ho-so/…".
    pub async fn dossier(&self, group: u8, kind: Kind) -> String {
        self.dossier_of("PL", &format!("{group:02}"), kind).await
    }

    /// The address of the ward's own dossier.
    pub async fn own_dossier(&self, kind: Kind) -> String {
        self.dossier_of("PL", "PL", kind).await
    }

    /// The address of a dossier in Phước Hải.
    pub async fn dossier_elsewhere(&self, group: u8, kind: Kind) -> String {
        self.dossier_of("PH", &format!("{group:02}"), kind).await
    }

    async fn dossier_of(&self, ward: &str, unit: &str, kind: Kind) -> String {
        let mut owner = self.owner().await;
        let id: uuid::Uuid = sqlx::query_scalar(
            "select d.id from dossier d join unit u on u.id = d.subject_id join unit w on w.id = d.ward_id where w.code = $1 and u.code = $2 and d.kind = $3 order by d.id desc limit 1",
        )
        .bind(ward)
        .bind(unit)
        .bind(kind.as_str())
        .fetch_one(&mut owner)
        .await
        .expect("a dossier");
        format!("/ho-so/{id}")
    }

    /// The status of a dossier, as the database keeps it.
    pub async fn status(&self, dossier: &str) -> String {
        let mut owner = self.owner().await;
        let id: uuid::Uuid = dossier.trim_start_matches("/ho-so/").parse().expect("an id");
        sqlx::query_scalar("select status from dossier where id = $1")
            .bind(id)
            .fetch_one(&mut owner)
            .await
            .expect("a status")
    }

    /// Fills and hands in a group's registration; gives its address.
    pub async fn registered(&self, group: u8) -> String {
        let dossier = self.dossier(group, Kind::Registration).await;
        let mut leader = self.client(&people::leader(group)).await;
        leader.fill_parts(&dossier).await;
        leader.hand_in(&dossier).await;
        dossier
    }

    /// A group's request with parts and self-assessment, not handed in.
    pub async fn written_request(&self, group: u8) -> String {
        let dossier = self.dossier(group, Kind::Request).await;
        let mut leader = self.client(&people::leader(group)).await;
        leader.fill_parts(&dossier).await;
        leader.assess_all(&dossier).await;
        dossier
    }

    pub async fn submitted_request(&self, group: u8) -> String {
        let dossier = self.written_request(group).await;
        self.client(&people::leader(group)).await.hand_in(&dossier).await;
        dossier
    }

    pub async fn received_request(&self, group: u8) -> String {
        let dossier = self.submitted_request(group).await;
        self.client(people::OFFICER).await.press(&dossier, "tiep-nhan").await;
        dossier
    }

    /// Every criterion met, the appraisal declared complete.
    pub async fn appraised_request(&self, group: u8) -> String {
        let dossier = self.received_request(group).await;
        let mut officer = self.client(people::OFFICER).await;
        officer.judge_all(&dossier, &[]).await;
        officer.press(&dossier, "tham-dinh-xong").await;
        dossier
    }

    pub async fn recommended_request(&self, group: u8) -> String {
        let dossier = self.appraised_request(group).await;
        self.client(people::CHAIR).await.conclude(&dossier, true).await;
        dossier
    }

    /// The ward's own request, written and sent, with every recommended group.
    pub async fn sent_package(&self) -> String {
        let own = self.own_dossier(Kind::Request).await;
        let mut officer = self.client(people::OFFICER).await;
        officer.fill_parts(&own).await;
        officer.assess_all(&own).await;
        officer.hand_in(&own).await;
        own
    }

    /// The package at the city, received there.
    pub async fn received_package(&self) -> String {
        let own = self.sent_package().await;
        self.city().await.press(&own, "tiep-nhan").await;
        own
    }

    /// The city's officer in his own seat, not in the one lent to him.
    pub async fn city(&self) -> Client {
        let mut city = self.visitor();
        city.sign_in_as(people::CITY, |words| words.contains("Thường trực Ban chỉ đạo thành phố")).await;
        city
    }

    /// The address of the ward's package at the city.
    pub async fn package(&self) -> String {
        let ward: uuid::Uuid = self.ask("select id from unit where kind = 'ward' and code = 'PL'").await;
        format!("/goi/{ward}/{}", 2024)
    }
}

impl Client {
    /// Opens the dossier and presses one of its buttons.
    #[track_caller]
    pub fn button(dossier: &str, verb: &str) -> String {
        format!("{dossier}/{verb}")
    }

    pub async fn press(&mut self, dossier: &str, verb: &str) {
        self.get(dossier).await.ok();
        self.submit(&Self::button(dossier, verb), fill()).await.is(303);
    }

    /// Fills every part that has to be filled: number, day, signer, and a file or a text.
    pub async fn fill_parts(&mut self, dossier: &str) {
        let parts = self.get(dossier).await.ok().links(&format!("{dossier}/phan/"));
        assert!(parts.len() >= 3, "{parts:?}");
        for part in parts.iter().filter(|part| !part.ends_with("/tai-lieu")) {
            self.fill_part(part).await;
        }
    }

    pub async fn fill_part(&mut self, part: &str) {
        self.get(part).await.ok();
        let code = part.rsplit('/').next().expect("a code").to_owned();
        let mut filled = fill();
        for (field, value) in [
            ("so", format!("05-{}", code.to_uppercase())),
            ("ngay", self.paper_day.to_owned()),
            ("nguoi-ky", "Trần Văn Lựu".to_owned()),
        ] {
            if self.offers(part, field) {
                filled = filled.with(field, &value);
            }
        }
        filled = if self.offers(part, "noi-dung") {
            filled.with("noi-dung", "Nội dung soạn trong chương trình.")
        } else {
            filled.file("tep", &format!("{code}.pdf"), samples::pdf(part))
        };
        self.submit(part, filled).await.is(303);
    }

    /// Assesses every criterion as met; the program leads from one to the next.
    pub async fn assess_all(&mut self, dossier: &str) {
        let first = self.get(dossier).await.ok().links(&format!("{dossier}/tu-danh-gia/"));
        let mut at = first.into_iter().next().expect("a criterion");
        // The last one of a return leads on to handing in.
        while at != dossier && !at.ends_with("/tiep") {
            self.get(&at).await.ok();
            let filled = fill().with("ket-luan", "met");
            let filled =
                if self.offers(&at, "so-dat") { filled.with("so-dat", "350").with("tong-so", "350") } else { filled };
            at = self.submit(&at, filled).await.is(303).location();
        }
    }

    /// Checks the answers and hands in.
    pub async fn hand_in(&mut self, dossier: &str) {
        let address = Self::button(dossier, "nop");
        self.get(&address).await.ok();
        let filled = fill().tick("dung", "co");
        let filled = if self.offers(&address, "ly-do-tre") {
            filled.with("ly-do-tre", "Chi bộ họp muộn.")
        } else {
            filled
        };
        self.submit(&address, filled).await.leads_to(&format!("{dossier}/da-nop"));
    }

    /// Judges every criterion as met, but those named: code, finding, note.
    pub async fn judge_all(&mut self, dossier: &str, but: &[(&str, &str, &str)]) {
        let first = self.get(dossier).await.ok().links(&format!("{dossier}/tham-dinh/"));
        let mut at = first.into_iter().next().expect("a criterion");
        while at != dossier {
            self.get(&at).await.ok();
            let code = at.rsplit('/').next().expect("a code").to_owned();
            let filled = match but.iter().find(|(it, ..)| *it == code) {
                Some((_, finding, note)) => fill().with("ket-luan", finding).with("ghi-chu", note),
                // The note counts where the sample year has no figures yet, so that "met" is otherwise than computed.
                None => fill().with("ket-luan", "met").with("ghi-chu", "Đã đối chiếu hồ sơ giấy."),
            };
            at = self.submit(&at, filled).await.is(303).location();
        }
    }

    /// Concludes the appraisal.
    pub async fn conclude(&mut self, dossier: &str, recommends: bool) {
        let address = Self::button(dossier, "ket-luan");
        self.get(&address).await.ok();
        let filled = if recommends {
            fill().with("ket-luan", "de-nghi")
        } else {
            fill().with("ket-luan", "khong-de-nghi").with("ly-do", "Còn tiêu chí chưa đạt.")
        };
        self.submit(&address, filled).await.leads_to(dossier);
    }

    /// Sends one thing of a dossier back, to be answered in three days.
    pub async fn send_back(&mut self, dossier: &str, things: &[(&str, &str)]) {
        let address = Self::button(dossier, "tra-lai");
        self.get(&address).await.ok();
        let filled = things
            .iter()
            .fold(fill(), |filled, (thing, why)| filled.tick("muc", thing).with(&format!("ly-do.{thing}"), why));
        self.submit(&address, filled).await.leads_to(dossier);
    }

    /// Records the decision on one unit.
    pub async fn decide(&mut self, dossier: &str, recognises: bool, number: &str, on: &str) {
        let address = Self::button(dossier, "quyet-dinh");
        self.get(&address).await.ok();
        let filled = fill().with("so", number).with("ngay", on).with("nguoi-ky", "Lê Thị Ngọc Diệp");
        let filled = if recognises {
            filled.with("ket-qua", "cong-nhan")
        } else {
            filled.with("ket-qua", "khong").with("ly-do", "Còn tiêu chí chưa đạt.")
        };
        self.submit(&address, filled).await.leads_to(dossier);
    }
}
