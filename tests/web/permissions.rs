//! Who may open and press what, in which phase of a request: (seat x route x phase) -> status, asked of the program itself.
//!
//! The whole table is one snapshot, so that a change of a rule shows everything it changes. Beside it stand expectations written
//! by hand, from the plan and the circular, which no snapshot can approve away.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::Method;
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::support::{Client, Kind, World, people};

/// (phase, seat, method and last step of the address) -> status.
type Matrix = BTreeMap<(&'static str, &'static str, &'static str), u16>;

static MATRIX: OnceCell<Matrix> = OnceCell::const_new();

const PHASES: [&str; 8] =
    ["draft", "submitted", "returned", "received", "appraised", "recommended", "forwarded", "recognised"];

const SEATS: [(&str, &str); 11] = [
    ("leader", people::LEADER_7),
    ("area", people::AREA),
    ("officer", people::OFFICER),
    ("member", people::MEMBER),
    ("chair", people::CHAIR),
    ("city", people::CITY),
    ("city-chair", people::CITY_CHAIR),
    ("steward", people::STEWARD),
    ("city-steward", people::CITY_STEWARD),
    ("leader-8", people::LEADER_8),
    ("other-officer", people::OTHER_OFFICER),
];

const ROUTES: [&str; 20] = [
    "GET",
    "GET phan/to-trinh",
    "GET tu-danh-gia/1.1",
    "GET nop",
    "GET da-nop",
    "GET tra-lai",
    "GET tham-dinh/1.1",
    "GET ket-luan",
    "GET quyet-dinh",
    "POST phan/to-trinh",
    "POST tu-danh-gia/1.1",
    "POST bo-tep",
    "POST nop",
    "POST rut",
    "POST tiep-nhan",
    "POST tra-lai",
    "POST tham-dinh/1.1",
    "POST tham-dinh-xong",
    "POST ket-luan",
    "POST quyet-dinh",
];

/// Brings the request of group 7 from the phase before into this one.
async fn advance(world: &World, dossier: &str, phase: &str) {
    match phase {
        "draft" => assert_eq!(world.written_request(7).await, dossier),
        "submitted" => world.client(people::LEADER_7).await.hand_in(dossier).await,
        "returned" => {
            let things = [("phan:to-trinh", "Ghi lại số."), ("tieu-chi:1.1", "Bổ sung nghị quyết.")];
            world.client(people::OFFICER).await.send_back(dossier, &things).await;
        }
        "received" => {
            world.app.clock.advance(chrono::Duration::minutes(5));
            let mut leader = world.client(people::LEADER_7).await;
            leader.fill_part(&format!("{dossier}/phan/to-trinh")).await;
            leader.assess_all(dossier).await;
            leader.hand_in(dossier).await;
            world.client(people::OFFICER).await.press(dossier, "tiep-nhan").await;
        }
        "appraised" => {
            let mut officer = world.client(people::OFFICER).await;
            officer.judge_all(dossier, &[]).await;
            officer.press(dossier, "tham-dinh-xong").await;
        }
        "recommended" => world.client(people::CHAIR).await.conclude(dossier, true).await,
        "forwarded" => drop(world.received_package().await),
        _ => world.client(people::CITY_CHAIR).await.decide(dossier, true, "6120/QĐ-UBND", "16/11/2024").await,
    }
    assert_eq!(world.status(dossier).await, phase);
}

/// The versions that forms of this phase are drawn from, by the address they go to.
async fn versions(world: &World, dossier: &str) -> BTreeMap<&'static str, i32> {
    let mut owner = world.owner().await;
    let id: Uuid = dossier.trim_start_matches("/ho-so/").parse().unwrap();
    let mut found = BTreeMap::new();
    for (address, question) in [
        ("", "select version from dossier where id = $1"),
        ("phan/to-trinh", "select revision from dossier_part where dossier_id = $1 and code = 'to-trinh'"),
        (
            "tu-danh-gia/1.1",
            "select coalesce(max(a.revision), 0) from self_assessment a join dossier d on d.subject_id = a.subject_id where d.id = $1 and criterion = '1.1'",
        ),
        (
            "tham-dinh/1.1",
            "select coalesce(max(v.revision), 0) from verdict v join dossier d on d.subject_id = v.subject_id where d.id = $1 and criterion = '1.1'",
        ),
    ] {
        found.insert(address, sqlx::query_scalar(question).bind(id).fetch_one(&mut owner).await.unwrap());
    }
    found
}

/// What somebody types who may do it.
fn typed(address: &str) -> &'static [(&'static str, &'static str)] {
    match address {
        "phan/to-trinh" => &[("so", "06-TTr/TDP"), ("ngay", "12/11/2024"), ("nguoi-ky", "Trần Văn Lựu")],
        "tu-danh-gia/1.1" | "tham-dinh/1.1" => &[("ket-luan", "met"), ("ghi-chu", "Đã xem lại."), ("da-xem", "1")],
        "bo-tep" => &[("phan", "to-trinh"), ("tep", "018d0abd-61c0-7000-825c-81a10b8feef3")],
        "nop" => &[("dung", "co"), ("ly-do-tre", "Chi bộ họp muộn.")],
        "tra-lai" => &[("muc", "phan:to-trinh"), ("ly-do.phan:to-trinh", "Ghi lại số."), ("tra-loi", "19/11/2024")],
        "ket-luan" => &[("ket-luan", "de-nghi")],
        "quyet-dinh" => &[
            ("ket-qua", "cong-nhan"),
            ("so", "6120/QĐ-UBND"),
            ("ngay", "16/11/2024"),
            ("nguoi-ky", "Lê Thị Ngọc Diệp"),
        ],
        _ => &[],
    }
}

/// The seats' keys, by telephone; the city's officer has a lent one too, which is not asked here.
async fn seat_keys(world: &World) -> BTreeMap<String, String> {
    let mut owner = world.owner().await;
    let rows: Vec<(String, Uuid)> =
        sqlx::query_as("select a.phone, s.id from seat s join account a on a.id = s.account_id")
            .fetch_all(&mut owner)
            .await
            .unwrap();
    rows.into_iter().map(|(phone, seat)| (phone, seat.to_string())).collect()
}

struct Asking {
    dossier: String,
    versions: BTreeMap<&'static str, i32>,
    seats: BTreeMap<String, String>,
}

impl Asking {
    async fn status(&self, client: &mut Client, phone: &str, route: &'static str) -> u16 {
        let (method, address) = route.split_once(' ').unwrap_or((route, ""));
        let path = if address.is_empty() { self.dossier.clone() } else { format!("{}/{address}", self.dossier) };
        if method == Method::GET.as_str() {
            return client.get(&path).await.status.as_u16();
        }
        let version = self.versions.get(address).or(self.versions.get("")).map(ToString::to_string).unwrap_or_default();
        let mut pairs = vec![("_vai", self.seats[phone].as_str()), ("_phien_ban", version.as_str())];
        pairs.extend_from_slice(typed(address));
        client.post_pairs(&path, &pairs).await.status.as_u16()
    }
}

/// Asks every seat every route of a phase; `origin` is closed afterwards and only good for copying.
async fn ask_phase(phase: &'static str, origin: &World, dossier: &str, matrix: &mut Matrix) {
    let mut people = vec![];
    for (seat, phone) in SEATS {
        let client = if phone == people::CITY { origin.city().await } else { origin.client(phone).await };
        people.push((seat, phone, client));
    }
    let asking = Asking {
        versions: versions(origin, dossier).await,
        seats: seat_keys(origin).await,
        dossier: dossier.to_owned(),
    };
    let mut world = origin.again().await;
    for (seat, phone, known) in &people {
        let mut client = world.taken_over(known);
        for route in ROUTES {
            let status = asking.status(&mut client, phone, route).await;
            matrix.insert((phase, seat, route), status);
            // Whatever was done is undone, so that every question is asked of the same phase. Taking out a file that is not
            // there does nothing.
            if route.starts_with("POST") && status < 400 && route != "POST bo-tep" {
                world = origin.again().await;
                client = world.taken_over(known);
            }
        }
    }
}

async fn matrix() -> &'static Matrix {
    let make = || async {
        let mut matrix = Matrix::new();
        let mut world = World::on("2024-11-16").await;
        let dossier = world.dossier(7, Kind::Request).await;
        for phase in PHASES {
            advance(&world, &dossier, phase).await;
            ask_phase(phase, &world, &dossier, &mut matrix).await;
            world = world.again().await;
        }
        matrix
    };
    MATRIX.get_or_init(make).await
}

#[tokio::test]
async fn the_table_of_seats_routes_and_phases() {
    let matrix = matrix().await;
    let mut out = String::new();
    for phase in PHASES {
        let _ = write!(out, "\n== {phase} ==\n{:<24}", "");
        for (seat, _) in SEATS {
            let _ = write!(out, "{seat:>14}");
        }
        for route in ROUTES {
            let _ = write!(out, "\n{route:<24}");
            for (seat, _) in SEATS {
                let _ = write!(out, "{:>14}", matrix[&(phase, seat, route)]);
            }
        }
        out.push('\n');
    }
    insta::assert_snapshot!("seats_routes_phases", out);
}

/// Written by hand: phase, seat, route, status, why.
const EXPECTED: &[(&str, &str, &str, u16)] = &[
    // A draft belongs to its group; the ward reads it, the city does not know of it.
    ("draft", "leader", "GET", 200),
    ("draft", "leader", "POST phan/to-trinh", 303),
    ("draft", "leader", "POST tu-danh-gia/1.1", 303),
    ("draft", "leader", "POST nop", 303),
    ("draft", "leader", "POST rut", 403),
    ("draft", "area", "POST phan/to-trinh", 303),
    ("draft", "area", "POST tu-danh-gia/1.1", 303),
    ("draft", "area", "POST nop", 403),
    ("draft", "officer", "GET", 200),
    ("draft", "officer", "POST phan/to-trinh", 403),
    ("draft", "officer", "POST tham-dinh/1.1", 303),
    ("draft", "officer", "POST tiep-nhan", 403),
    ("draft", "officer", "POST tra-lai", 403),
    ("draft", "chair", "GET", 200),
    ("draft", "city", "GET", 404),
    ("draft", "city-chair", "GET", 404),
    ("draft", "leader-8", "GET", 404),
    ("draft", "leader-8", "POST phan/to-trinh", 404),
    ("draft", "other-officer", "GET", 404),
    ("draft", "other-officer", "POST tham-dinh/1.1", 404),
    // Handed in: closed for its leader, who may take it back until it is received.
    ("submitted", "leader", "POST phan/to-trinh", 403),
    ("submitted", "leader", "GET tu-danh-gia/1.1", 403),
    ("submitted", "leader", "POST rut", 303),
    ("submitted", "area", "POST rut", 403),
    ("submitted", "officer", "POST tiep-nhan", 303),
    ("submitted", "officer", "POST tra-lai", 303),
    ("submitted", "officer", "POST tham-dinh-xong", 403),
    ("submitted", "member", "POST tiep-nhan", 403),
    ("submitted", "chair", "POST tiep-nhan", 403),
    ("submitted", "steward", "POST tiep-nhan", 403),
    ("submitted", "other-officer", "POST tiep-nhan", 404),
    // Sent back: what was named is open, handing in waits for the answer.
    ("returned", "leader", "POST phan/to-trinh", 303),
    ("returned", "leader", "POST tu-danh-gia/1.1", 303),
    ("returned", "leader", "POST nop", 403),
    ("returned", "officer", "POST tiep-nhan", 403),
    // Received: judged by the ward's office, concluded by nobody yet.
    ("received", "leader", "POST rut", 403),
    ("received", "leader", "GET tham-dinh/1.1", 403),
    ("received", "officer", "POST tham-dinh/1.1", 303),
    ("received", "officer", "POST tham-dinh-xong", 403),
    ("received", "member", "POST tham-dinh/1.1", 403),
    ("received", "chair", "POST ket-luan", 403),
    // Appraised: the chair concludes, and nobody for her.
    ("appraised", "chair", "POST ket-luan", 303),
    ("appraised", "officer", "POST ket-luan", 403),
    ("appraised", "member", "POST ket-luan", 403),
    ("appraised", "officer", "POST tra-lai", 303),
    ("appraised", "other-officer", "POST ket-luan", 404),
    // Recommended: nobody changes it, and the city does not see it before it is sent.
    ("recommended", "officer", "POST tham-dinh/1.1", 403),
    ("recommended", "officer", "POST tra-lai", 403),
    ("recommended", "chair", "POST quyet-dinh", 403),
    ("recommended", "city-chair", "GET", 404),
    // Sent: the city's chair decides by the plan, the ward's does not, and the city's officer prepares.
    ("forwarded", "city", "GET", 200),
    ("forwarded", "city", "POST quyet-dinh", 403),
    ("forwarded", "city-chair", "POST quyet-dinh", 303),
    ("forwarded", "chair", "POST quyet-dinh", 403),
    ("forwarded", "leader", "GET", 200),
    ("forwarded", "other-officer", "GET", 404),
    // Recognised: read by those it concerns, changed by nobody.
    ("recognised", "leader", "GET", 200),
    ("recognised", "city-chair", "POST quyet-dinh", 403),
    ("recognised", "officer", "POST tham-dinh/1.1", 403),
    ("recognised", "leader", "POST phan/to-trinh", 403),
];

#[tokio::test]
async fn what_the_plan_and_the_circular_expect() {
    let matrix = matrix().await;
    assert!(EXPECTED.len() >= 40);
    let wrong: Vec<String> = EXPECTED
        .iter()
        .filter(|(phase, seat, route, status)| matrix[&(*phase, *seat, *route)] != *status)
        .map(|(phase, seat, route, status)| {
            format!("{phase}, {seat}: {route} gives {}, not {status}", matrix[&(*phase, *seat, *route)])
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn buttons_and_refusals_agree() {
    // A page offers what its own rules let through: every form and link of the dossier's page leads somewhere.
    let world = World::on("2024-11-16").await;
    let request = world.appraised_request(7).await;
    let registration = world.dossier(7, Kind::Registration).await;
    for (seat, phone) in SEATS {
        let mut client = world.client(phone).await;
        for dossier in [&request, &registration] {
            if client.get(dossier).await.status != 200 {
                continue;
            }
            for link in client.shown().links(dossier) {
                let status = client.get(&link).await.status.as_u16();
                assert_eq!(status, 200, "{seat} is offered {link}");
                client.get(dossier).await;
            }
        }
    }
}

#[test]
fn the_written_table_is_the_one_of_the_rules() {
    let written = include_str!("../../docs/permissions.md");
    assert!(
        written == binhyen::access::matrix::markdown(),
        "docs/permissions.md is not what the rules say: cargo run -- permissions > docs/permissions.md"
    );
}
