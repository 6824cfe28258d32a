//! Everything that has no place of its own in a leader's dock.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use crate::access::rules;
use crate::app::App;
use crate::home::urls;
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::{account, bundle, household, import, incident, meeting, paper, participation, ruleset};

/// Links of one kind.
struct Section {
    heading: &'static str,
    /// Words and address.
    links: Vec<(&'static str, &'static str)>,
}

#[derive(Template, WebTemplate)]
#[template(path = "home/more.html")]
pub(super) struct MorePage {
    shell: Shell,
    sections: Vec<Section>,
}

/// The page. It shows nothing of anybody, so it may be opened from every seat; each place asks its own rule.
pub(super) async fn page(State(app): State<App>, visit: Visit) -> MorePage {
    let actor = &visit.actor;
    let mut sections = vec![];
    if rules::can_see_register(actor).is_ok() {
        let register = vec![
            ("Sổ hộ", household::urls::LIST),
            ("Rà soát sổ hộ đầu năm", participation::urls::REVIEW),
            ("Lấy danh sách từ bảng tính", import::urls::LIST),
        ];
        let on_paper = vec![
            ("In phiếu ký", participation::urls::SHEETS),
            ("Chụp phiếu đã ký", participation::urls::PHOTO),
            ("Ghi sau cuộc họp", participation::urls::MEETING),
            ("In danh sách hộ chưa ký", participation::urls::REST),
        ];
        sections.push(Section { heading: "Hộ gia đình", links: register });
        sections.push(Section { heading: "Ký trên giấy", links: on_paper });
    }
    let mut own = vec![];
    if rules::can_see_incidents(actor).is_ok() {
        own.push(("Số vụ việc", incident::urls::LIST));
    }
    if rules::can_see_meetings(actor).is_ok() {
        own.push(("Họp đánh giá", meeting::urls::LIST));
    }
    if rules::can_see_papers(actor).is_ok() {
        own.push(("Văn bản soạn sẵn", paper::urls::LIST));
    }
    if rules::can_see_bundles(actor).is_ok() {
        own.push(("Tải hồ sơ, phiếu ký ra tệp", bundle::urls::LIST));
    }
    own.push(("Quy định", ruleset::pages::CURRENT));
    if rules::can_delegate(actor).is_ok() {
        own.push(("Ủy quyền", account::urls::DELEGATIONS));
    }
    own.push(("Tài khoản", account::urls::ACCOUNT));
    sections.push(Section { heading: "Chung", links: own });
    MorePage { shell: page::shell(&app, actor, "Xem thêm", urls::MORE), sections }
}
