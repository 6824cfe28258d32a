//! A request dossier as pages meet it, for tests that draw them.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::access::{Actor, Honorific, Person, Place, Seat};
use crate::cycle::model::Window;
use crate::dossier::actions::Opened;
use crate::dossier::model::{AssessmentRow, Dossier, FileRow, Finding, PartRow, Status, VerdictRow, Whole};
use crate::platform::id::UnitId;
use crate::ruleset::engine::{Document, Facts, Households, Life};
use crate::ruleset::{DossierKind, Metric, Ruleset, SubjectKind, shipped};

pub(crate) const NOW: &str = "2024-11-11T09:00:00Z";

pub(crate) fn now() -> DateTime<Utc> {
    NOW.parse().expect("a moment")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

fn ruleset() -> Ruleset {
    let all = shipped().expect("the shipped rules are right");
    all.into_iter().find(|it| it.code == "kh390-2024").expect("the default ruleset")
}

pub(crate) fn actor(seat: Seat) -> Actor {
    let person = Person {
        account: id(90),
        session: id(91),
        name: "Đặng Thu Hồng".to_owned(),
        honorific: Honorific::Chi,
        must_change: false,
        can_switch: false,
    };
    Actor {
        person,
        seat_id: id(92),
        seat,
        city: id(1),
        delegation: None,
        city_name: "thành phố Nha Trang".to_owned(),
        ward_name: Some("phường Phước Long".to_owned()),
        ward_short: Some("Phước Long".to_owned()),
        group_name: None,
        cycle: Some(id(4)),
        year: Some(2024),
        ruleset: Some("kh390-2024".to_owned()),
    }
}

pub(crate) fn ward() -> UnitId {
    id(2)
}

fn file(criterion: Option<&str>, name: &str, on: Option<&str>) -> FileRow {
    FileRow {
        use_id: Uuid::from_u128(50),
        id: id(51),
        name: name.to_owned(),
        size: 400_000,
        sha256: "ab".repeat(32),
        media_type: "image/jpeg".to_owned(),
        evidence_on: on.map(day),
        uploaded_at: now(),
        criterion: criterion.map(str::to_owned),
        piece: None,
        taken_at: None,
    }
}

/// What the engine looks at of group 7: papers in time, one household missing, nothing happened, all figures known.
pub(crate) fn standing() -> Facts {
    let document = |part: &str| Document { part: part.to_owned(), issued_on: Some(day("2024-02-20")) };
    Facts {
        life: Life { from: day("2000-01-01"), to: None, born: None },
        documents: ["nghi-quyet", "ke-hoach", "dang-ky"].map(document).to_vec(),
        households: Households { resident: 350, registered: 349, pledged: 340 },
        figures: [(Metric::CoreForceDisciplined, 0)].into(),
        incidents: vec![],
        periods: vec![2023],
        units: vec![],
    }
}

fn part(n: u128, code: &str) -> PartRow {
    PartRow {
        id: id(n),
        code: code.to_owned(),
        number: Some("03/TTr-TDP7".to_owned()),
        issued_on: Some(day("2024-11-11")),
        signer: Some("Trần Văn Lựu".to_owned()),
        content: None,
        open: false,
        revision: 1,
        updated_at: now(),
        updated_by: Some("Trần Văn Lựu".to_owned()),
        files: vec![file(None, "to-trinh.pdf", None)],
    }
}

pub(crate) fn claim(criterion: &str, revision: i32) -> AssessmentRow {
    AssessmentRow {
        criterion: criterion.to_owned(),
        finding: Finding::Met,
        note: Some("Thiếu hộ 0733 <chuyển đến 20/3>".to_owned()),
        numerator: Some(349),
        denominator: Some(350),
        revision,
        updated_at: now(),
        updated_by: "Trần Văn Lựu".to_owned(),
    }
}

pub(crate) fn verdict(criterion: &str, finding: Finding, looked_at_revision: i32) -> VerdictRow {
    VerdictRow {
        criterion: criterion.to_owned(),
        finding,
        note: (finding != Finding::Met).then(|| "Thiếu hộ 0733.".to_owned()),
        looked_at_revision,
        basis: None,
        computed: None,
        revision: 2,
        made_at: now(),
        made_by: "Đặng Thu Hồng".to_owned(),
    }
}

/// Group 7's request in this status, with a self-assessment and two files for criterion 1.3 and no verdict.
pub(crate) fn opened(status: Status) -> Opened {
    let ruleset = ruleset();
    let request = &ruleset.subject(SubjectKind::Group).expect("groups are judged").request;
    let parts = request.iter().zip(30..).map(|(rule, n)| part(n, &rule.code)).collect();
    let dossier = Dossier {
        id: id(7),
        place: Place { city: id(1), ward: ward(), group: Some(id(3)) },
        cycle: id(4),
        subject: id(3),
        kind: DossierKind::Request,
        status,
        version: 5,
        attempt: 1,
        receipt: Some("PL-2024-DN-07".to_owned()),
        late_reason: None,
        sent_at: None,
        submitted_at: Some(now()),
        received_at: Some(now()),
        answer_by: None,
    };
    let whole = Whole {
        dossier,
        subject_name: "Tổ dân phố 7".to_owned(),
        subject_short: "Tổ 7".to_owned(),
        subject_code: "07".to_owned(),
        ward_name: "phường Phước Long".to_owned(),
        ward_code: "PL".to_owned(),
        city_name: "thành phố Nha Trang".to_owned(),
        year: 2024,
        ruleset: id(8),
        locks_late: false,
        window: Window { from: day("2023-11-16"), to: day("2024-11-15") },
        package_received: true,
        groups_pending: 0,
        deadlines: vec![],
        parts,
        last_return: None,
        handed_back: None,
        recalled: vec![],
        assessments: vec![claim("1.3", 3)],
        evidence: vec![
            file(Some("1.3"), "anh-thang-9.jpg", Some("2024-09-14")),
            file(Some("1.3"), "anh-cu.jpg", Some("2022-01-01")),
        ],
        facts_said: vec![],
        figures: vec![],
        standing: Some(standing()),
        verdicts: vec![],
        decisions: vec![],
        timeline: vec![],
    };
    Opened { whole, ruleset: Arc::new(ruleset) }
}

/// The same with every criterion met, but for these.
pub(crate) fn judged(status: Status, not_met: &[&str]) -> Opened {
    let mut opened = opened(status);
    let codes: Vec<String> = opened.rules().expect("rules").criteria.iter().map(|it| it.code.clone()).collect();
    let finding = |code: &str| if not_met.contains(&code) { Finding::NotMet } else { Finding::Met };
    opened.whole.verdicts = codes.iter().map(|code| verdict(code, finding(code), 3)).collect();
    opened
}
