//! The permission table, computed from the rules themselves: what `docs/permissions.md` holds.

use std::fmt::Write as _;

use chrono::DateTime;
use uuid::Uuid;

use super::{Actor, Denial, Honorific, Person, Place, Role, Seat, rules};
use crate::bundle::model::Kind as BundleKind;
use crate::dossier::model::{Dossier, Facts, Status};
use crate::paper::model::Kind;
use crate::platform::id::{AccountId, CycleId, DossierId, SeatId, SessionId, UnitId};
use crate::ruleset::{DossierKind, Level, Metric};

/// A rule about an actor alone.
type SeatRule = fn(&Actor) -> Result<(), Denial>;

/// A rule about a dossier.
type Rule = fn(&Actor, &Dossier, &Facts) -> Result<(), Denial>;

/// Every rule about dossiers, with its name in the table.
pub const RULES: [(&str, Rule); 17] = [
    ("Sửa phần, thêm tệp", rules::can_edit),
    ("Tự đánh giá", rules::can_assess),
    ("Nộp", rules::can_submit),
    ("Rút về", rules::can_withdraw),
    ("Tiếp nhận", rules::can_receive),
    ("Trả lại", rules::can_return),
    ("Thẩm định tiêu chí", rules::can_judge),
    ("Chốt thẩm định", rules::can_appraise),
    ("Đề nghị công nhận", rules::can_recommend),
    ("Không đề nghị", rules::can_decline),
    ("Gửi thành phố", rules::can_forward),
    ("Công nhận", rules::can_recognise),
    ("Không công nhận", rules::can_refuse),
    ("Mở lại để xét lại", rules::can_reopen),
    ("Trả tổ về phường", rules::can_hand_back),
    ("Thu hồi công nhận", rules::can_revoke),
    ("Cấp giấy công nhận", rules::can_certify),
];

/// Every rule about a seat alone. Of the register's groups the seat is asked about its own, and about another one of its ward.
const OTHERS: &[(&str, SeatRule)] = &[
    ("Mở năm, đổi hạn, khóa hồ sơ trễ", rules::can_keep_cycle),
    ("Đơn vị, tài khoản, vai", rules::can_administer),
    ("Soạn và công bố bộ quy định của nơi mình", rules::can_edit_rulesets),
    ("Xem, soạn mẫu văn bản của tổ và phường", |actor| {
        rules::can_publish_wording(actor, Kind::WardReport)
    }),
    ("Soạn mẫu văn bản của thành phố", |actor| rules::can_publish_wording(actor, Kind::CityReport)),
    ("Ủy quyền vai của mình", rules::can_delegate),
    ("Xem bảng thẩm định các tổ", rules::can_see_matrix),
    ("Thẩm định từng ô, duyệt nhiều hồ sơ cùng lúc", rules::can_judge_groups),
    ("Xem phường đang đạt tới đâu", rules::can_see_ward_standing),
    ("Xem danh sách giấy công nhận", rules::can_see_certificates),
    ("Tính dự kiến của các phường", rules::can_compute_city),
    ("Xem sổ hộ", rules::can_see_register),
    ("Ghi sổ hộ, đăng ký, ký cam kết của tổ mình", |actor| {
        rules::can_keep_register(actor, unit(OWN_GROUP))
    }),
    ("Ghi sổ hộ, đăng ký, ký cam kết của mọi tổ trong phường", |actor| {
        rules::can_keep_register(actor, unit(OTHER_GROUP))
    }),
    ("Chuyển hộ sang tổ khác", rules::can_move_household),
    ("Nhập bảng tính của tổ mình", |actor| rules::can_import(actor, Some(unit(OWN_GROUP)))),
    ("Nhập bảng tính của cả phường", |actor| rules::can_import(actor, None)),
    ("Đọc yêu cầu của người dân về dữ liệu", rules::can_read_requests),
    ("Giải quyết yêu cầu của người dân về dữ liệu", rules::can_answer_subjects),
    ("Đọc nhật ký xem dữ liệu hộ", rules::can_read_access_log),
    ("Đặt thời hạn lưu dữ liệu hộ", rules::can_set_retention),
    ("Xem số vụ việc", rules::can_see_incidents),
    ("Ghi số vụ việc của tổ mình", |actor| rules::can_enter_incident(actor, Some(unit(OWN_GROUP)))),
    ("Ghi số vụ việc của cả phường", |actor| rules::can_enter_incident(actor, None)),
    ("Xác nhận số vụ việc, ghi số năm trước", rules::can_confirm_incidents),
    ("Ghi nhân khẩu, số người bị kỷ luật của tổ mình", |actor| {
        rules::can_save_figure(actor, unit(OWN_GROUP), Metric::CoreForceDisciplined)
    }),
    ("Ghi số liệu của phường", |actor| {
        rules::can_save_figure(actor, unit(WARD), Metric::WardPoliceDisciplined)
    }),
    ("Ghi kết quả của cơ quan, doanh nghiệp, nhà trường", rules::can_keep_unit_year),
    ("Xem cuộc họp xét hồ sơ", rules::can_see_meetings),
    ("Lập, ghi cuộc họp đánh giá của tổ mình", |actor| {
        rules::can_plan_meeting(actor, Some(unit(OWN_GROUP)))
    }),
    ("Lập, ghi, kết thúc cuộc họp Ban chỉ đạo", |actor| rules::can_plan_meeting(actor, None)),
    ("Đọc văn bản", rules::can_see_papers),
    ("Soạn văn bản của tổ mình", |actor| {
        rules::can_draft_paper(actor, Kind::GroupReport, Some(unit(OWN_GROUP)))
    }),
    ("Soạn, phát hành văn bản của phường", |actor| rules::can_draft_paper(actor, Kind::WardReport, None)),
    ("Soạn, phát hành văn bản của thành phố", |actor| {
        rules::can_draft_paper(actor, Kind::CityReport, None)
    }),
    ("Đặt nơi phát hành, sổ số của đơn vị mình", |actor| rules::can_keep_paper_body(actor).map(drop)),
    ("Tải gói hồ sơ, bản lưu năm", |actor| rules::can_make_bundle(actor, BundleKind::Package, None)),
    ("Tải bản đăng ký của tổ mình", |actor| {
        rules::can_make_bundle(actor, BundleKind::Registrations, Some(unit(OWN_GROUP)))
    }),
    ("Tải phiếu ký, danh sách hộ của tổ mình", |actor| {
        rules::can_make_bundle(actor, BundleKind::Sheets, Some(unit(OWN_GROUP)))
    }),
    ("Tải bản đăng ký, phiếu ký, danh sách hộ của mọi tổ", |actor| {
        rules::can_make_bundle(actor, BundleKind::Households, None)
    }),
];

/// The ward and the group of the sample seats, and another group.
const WARD: u128 = 2;
const OWN_GROUP: u128 = 3;
const OTHER_GROUP: u128 = 33;

fn unit(n: u128) -> UnitId {
    UnitId::from(Uuid::from_u128(n))
}

/// A seat of that role in the ward and group of the sample dossiers.
#[must_use]
pub fn sample_actor(role: Role) -> Actor {
    let (ward, group) = (unit(WARD), unit(OWN_GROUP));
    let seat = Seat::assemble(role, (!role.is_city()).then_some(ward), vec![group]);
    Actor {
        person: Person {
            account: AccountId::from(Uuid::from_u128(1)),
            session: SessionId::from(Uuid::from_u128(1)),
            name: "Nguyễn Văn Mẫu".to_owned(),
            honorific: Honorific::Ban,
            must_change: false,
            can_switch: false,
        },
        seat_id: SeatId::from(Uuid::from_u128(1)),
        // Every role fits the place given above.
        seat: seat.unwrap_or(Seat::CityOfficer),
        city: unit(1),
        delegation: None,
        city_name: "thành phố".to_owned(),
        ward_name: None,
        ward_short: None,
        group_name: None,
        cycle: None,
        year: None,
        ruleset: None,
    }
}

/// A dossier of the sample group, or of its ward.
#[must_use]
pub fn sample_dossier(kind: DossierKind, of_ward: bool, status: Status) -> Dossier {
    let group = (!of_ward).then(|| unit(OWN_GROUP));
    let is_sent = matches!(status, Status::Forwarded | Status::Recognised | Status::NotRecognised | Status::Revoked)
        || (of_ward && status != Status::Draft);
    Dossier {
        id: DossierId::from(Uuid::from_u128(4)),
        place: Place { city: unit(1), ward: unit(2), group },
        cycle: CycleId::from(Uuid::from_u128(5)),
        subject: group.unwrap_or_else(|| unit(2)),
        kind,
        status,
        version: 1,
        attempt: 0,
        receipt: None,
        late_reason: None,
        sent_at: is_sent.then_some(DateTime::UNIX_EPOCH),
        submitted_at: None,
        received_at: None,
        answer_by: None,
    }
}

/// Everything complete and in time: the table shows what seat and state allow.
#[must_use]
pub const fn complete(recognised_by: Level) -> Facts {
    Facts {
        recognised_by,
        locks_late: false,
        is_late: false,
        parts_missing: 0,
        assessments_missing: 0,
        verdicts_missing: 0,
        not_met: 0,
        package_received: true,
        groups_pending: 0,
        is_overtaken: false,
    }
}

fn allowed_states(rule: Rule, actor: &Actor, kind: DossierKind, of_ward: bool, facts: &Facts) -> Vec<&'static str> {
    let name = |status: Status| crate::words::dossier::status(status).word;
    let allowed = |status: &Status| rule(actor, &sample_dossier(kind, of_ward, *status), facts).is_ok();
    Status::ALL.into_iter().filter(allowed).map(name).collect()
}

/// The table as Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from(
        "# Bảng quyền\n\nTệp này do `binhyen permissions` viết từ chính các luật trong `src/access/rules/`; kiểm thử so hai bên. \
         Ô ghi các trạng thái mà vai làm được việc, khi hồ sơ đủ và đúng hạn. Ngoài phạm vi của vai thì hồ sơ không tìm thấy (404).\n",
    );
    let tables = [
        ("Hồ sơ đăng ký của tổ", DossierKind::Registration, false, Level::City),
        ("Hồ sơ đề nghị của tổ, thành phố công nhận (kh390-2024)", DossierKind::Request, false, Level::City),
        ("Hồ sơ đề nghị của tổ, phường công nhận (tt124-2021)", DossierKind::Request, false, Level::Ward),
        ("Hồ sơ đăng ký của phường", DossierKind::Registration, true, Level::City),
        ("Hồ sơ đề nghị của phường", DossierKind::Request, true, Level::City),
    ];
    for (title, kind, of_ward, level) in tables {
        let facts = complete(level);
        let _ = write!(out, "\n## {title}\n\n| việc | vai | khi hồ sơ |\n|---|---|---|\n");
        for (name, rule) in RULES {
            for role in Role::ALL {
                let states = allowed_states(rule, &sample_actor(role), kind, of_ward, &facts);
                if !states.is_empty() {
                    let _ = writeln!(out, "| {name} | {} | {} |", role.name_vi(), states.join(", "));
                }
            }
        }
    }
    out.push_str("\n## Ngoài hồ sơ\n\n| việc | vai |\n|---|---|\n");
    for (name, rule) in OTHERS {
        let roles: Vec<&str> =
            Role::ALL.into_iter().filter(|role| rule(&sample_actor(*role)).is_ok()).map(Role::name_vi).collect();
        let _ = writeln!(out, "| {name} | {} |", roles.join(", "));
    }
    out
}
