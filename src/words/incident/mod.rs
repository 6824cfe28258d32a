//! Sentences about counts of incidents, typed figures and the other units of a ward.

mod event;
mod list;

use chrono::NaiveDate;

use crate::incident::model::compare::{Before, Line};
use crate::incident::model::unit::{Participation, Standing};
use crate::incident::model::{Count, Facts, View, When, Year};
use crate::ruleset::{Gravity, IncidentType, Metric, SubjectKind};
use crate::web::filters::{dates, numbers};
use crate::words::dossier::Tag;

pub use event::{event, event_about};
pub use list::{cells_to_mend, column, fault, unreadable};

/// No group chosen.
pub const GROUP_MISSING: &str = "Chọn tổ, hoặc “Không thuộc tổ nào”.";
/// No type chosen.
pub const KIND_MISSING: &str = "Chọn loại vụ việc.";
/// No number.
pub const NUMBER_MISSING: &str = "Ghi số vụ, từ 1 trở lên.";
/// No gravity chosen.
pub const GRAVITY_MISSING: &str = "Chọn mức độ.";
/// No day.
pub const DAY_MISSING: &str = "Ghi ngày xảy ra, ví dụ 5/3/2024.";
/// A form without the id that it was drawn with.
pub const DRAWN_ANEW: &str = "Trang này mở đã lâu. Xem lại các ô rồi gửi lần nữa.";
/// A form that was sent before, with something else in it.
pub const ENTERED_BEFORE: &str = "Phiếu này đã ghi một số khác. Nếu đây là số mới, bấm Ghi lần nữa.";
/// No reason.
pub const REASON_MISSING: &str = "Ghi lý do, ví dụ: ghi nhầm ngày. Không ghi tên người, không kể vụ việc.";
/// Nothing ticked.
pub const NOTHING_TICKED: &str = "Chưa đánh dấu số nào. Đánh dấu ở đầu dòng rồi bấm Xác nhận.";
/// Neither counted nor left out.
pub const COUNTED_MISSING: &str = "Chọn đơn vị có thuộc diện xét hay không.";
/// No result chosen.
pub const STANDING_MISSING: &str = "Chọn kết quả của đơn vị.";
/// A decision without its number.
pub const DECISION_NUMBER_MISSING: &str = "Ghi số văn bản, ví dụ 120/QĐ-UBND.";
/// A decision without its day.
pub const DECISION_DAY_MISSING: &str = "Ghi ngày của văn bản, ví dụ 20/11/2024.";
/// Neither a file nor a text.
pub const LIST_MISSING: &str = "Chọn tệp, hoặc dán bảng số liệu vào ô bên dưới.";
/// A list that says nothing.
pub const LIST_EMPTY: &str = "Không có dòng số liệu nào. Mỗi dòng cần tổ, loại và số vụ.";
/// Why a total was corrected, where nobody was asked.
pub const TOTAL_CORRECTED: &str = "Sửa trong bảng tổng số năm trước.";
/// Why a total was taken out, where nobody was asked.
pub const TOTAL_TAKEN_OUT: &str = "Bỏ trống trong bảng tổng số năm trước.";
/// What stands where nobody typed how many people there are.
pub const NO_POPULATION: &str = "chưa có số nhân khẩu";

/// A day that has not come.
#[must_use]
pub fn not_yet(day: NaiveDate) -> String {
    format!("Ngày {} chưa tới. Ghi ngày đã xảy ra.", dates::day(day))
}

/// A day that compares with nothing any more.
#[must_use]
pub fn too_old(day: NaiveDate, first: NaiveDate) -> String {
    format!("Ngày {} cũ quá. Ghi ngày từ {} trở đi.", dates::day(day), dates::day(first))
}

/// A day of another year, before it was ticked.
#[must_use]
pub fn other_year(day: NaiveDate, year: i32) -> String {
    format!("Ngày {} thuộc kỳ đánh giá {year}. Đúng vậy thì đánh dấu vào ô bên dưới.", dates::day(day))
}

/// The box that keeps a day of another year.
#[must_use]
pub fn keep_other_year(day: NaiveDate, year: i32) -> String {
    format!("Đúng, ngày {} thuộc kỳ đánh giá {year}", dates::day(day))
}

/// A group that was not there on the day.
#[must_use]
pub fn group_elsewhen(group: &str, (from, to): (NaiveDate, Option<NaiveDate>), day: NaiveDate) -> String {
    let life = match to {
        Some(last) => format!("{group} có từ {} đến {}.", dates::day(from), dates::day(last)),
        None => format!("{group} có từ {}.", dates::day(from)),
    };
    format!("{life} Chọn tổ của ngày {}.", dates::day(day))
}

/// The title of a type; its code where the rules of the year do not name it.
#[must_use]
pub fn kind<'k>(kinds: &'k [IncidentType], code: &'k str) -> &'k str {
    kinds.iter().find(|kind| kind.code == code).map_or(code, |kind| kind.title.as_str())
}

/// How grave.
#[must_use]
pub const fn gravity(gravity: Gravity) -> &'static str {
    match gravity {
        Gravity::Ordinary => "Thường",
        Gravity::High => "Nghiêm trọng",
    }
}

/// The name of a view, as a tab.
#[must_use]
pub const fn view(view: View) -> &'static str {
    match view {
        View::All => "Tất cả",
        View::Pending => "Chờ xác nhận",
        View::Void => "Đã bỏ",
    }
}

/// How a count stands.
#[must_use]
pub const fn state(is_confirmed: bool, is_void: bool) -> Tag {
    let (word, icon, tone) = match (is_confirmed, is_void) {
        (_, true) => ("Đã bỏ", "circle-x", "none"),
        (true, false) => ("Đã xác nhận", "circle-check", "good"),
        (false, false) => ("Chờ xác nhận", "hourglass", "soon"),
    };
    Tag { word, icon, tone }
}

/// "ngày 12/3/2024", "cả kỳ 2023".
#[must_use]
pub fn when(when: When) -> String {
    match when {
        When::Day(day) => format!("ngày {}", dates::day(day)),
        When::Year(year) => format!("cả kỳ {year}, không ghi ngày"),
    }
}

/// "Tổ 7", or what lies in none.
#[must_use]
pub fn group(short: Option<&str>) -> &str {
    short.unwrap_or("Không thuộc tổ nào")
}

/// "2 vụ Tội phạm, ngày 12/3/2024, Tổ 7".
#[must_use]
pub fn said(facts: &Facts, title: &str, short: Option<&str>) -> String {
    let grave = if facts.gravity == Gravity::High { ", nghiêm trọng" } else { "" };
    format!("{} vụ {title}{grave}, {}, {}", numbers::number(facts.n), when(facts.when), group(short))
}

/// A count as text, for a comparison.
#[must_use]
pub fn plain(facts: &Facts, kinds: &[IncidentType], year: &Year) -> String {
    let short = facts.group.and_then(|id| year.group(id)).map(|group| group.short.as_str());
    format!(
        "Loại: {}\nSố vụ: {}\nMức độ: {}\nThời gian: {}\nTổ: {}",
        kind(kinds, &facts.kind),
        facts.n,
        gravity(facts.gravity),
        when(facts.when),
        group(short)
    )
}

/// What the window before says about the same days: "cùng kỳ 5 vụ, giảm 2 (40,0%)".
#[must_use]
pub fn against(line: &Line, year: i32) -> String {
    match line.same {
        Before::NotEntered => format!("chưa có số năm {}", year - 1),
        Before::NoDays => "số năm trước không ghi ngày, chỉ so được cả kỳ".to_owned(),
        Before::Known(before) => format!("{} vụ, {}", numbers::number(before), change(line.now, before)),
    }
}

/// "tăng 1 (25,0%)", "giảm 2 (40,0%)", "bằng nhau".
#[must_use]
pub fn change(now: i64, before: i64) -> String {
    let word = match now.cmp(&before) {
        std::cmp::Ordering::Equal => return "bằng nhau".to_owned(),
        std::cmp::Ordering::Less => "giảm",
        std::cmp::Ordering::Greater => "tăng",
    };
    let by = (now - before).abs();
    if before == 0 {
        return format!("{word} {}", numbers::number(by));
    }
    format!("{word} {} ({})", numbers::number(by), numbers::percent(by, before))
}

/// The whole window before: "12 vụ", "chưa có số năm 2023".
#[must_use]
pub fn whole(line: &Line, year: i32) -> String {
    line.whole.map_or_else(
        || format!("chưa có số năm {}", year - 1),
        |whole| {
            let said = format!("{} vụ", numbers::number(whole));
            match whole - line.now {
                0 if whole == 0 => said,
                0 => format!("{said}, đã bằng"),
                room if room > 0 => format!("{said}, còn dưới {}", numbers::number(room)),
                over => format!("{said}, đã vượt {}", numbers::number(-over)),
            }
        },
    )
}

/// How many for each 10,000 people.
#[must_use]
pub fn per_ten_thousand(n: i64, population: Option<i64>) -> String {
    match population {
        // Counts and people are small enough for a float to hold.
        Some(people) if people > 0 => format!("{} vụ", numbers::decimal(n as f64 * 10_000.0 / people as f64)),
        _ => NO_POPULATION.to_owned(),
    }
}

/// "3 vụ", and what waits beside it.
#[must_use]
pub fn now(line: &Line) -> String {
    let waits = match line.pending {
        0 => String::new(),
        pending => format!(", chờ xác nhận {}", numbers::number(pending)),
    };
    format!("{} vụ{waits}", numbers::number(line.now))
}

/// The year before was called complete.
#[must_use]
pub fn year_closed(year: i32) -> String {
    format!("Số liệu năm {year} đã đủ")
}

/// Nobody entered the year before.
#[must_use]
pub fn nothing_of(year: i32) -> String {
    format!("Chưa có số vụ việc nào của năm {year}")
}

/// Nobody entered the year before the one that is looked at.
#[must_use]
pub fn no_last_year(year: i32) -> String {
    nothing_of(year - 1)
}

/// A count of another year.
#[must_use]
pub fn counts_elsewhere(year: i32) -> String {
    format!("Tính vào kỳ đánh giá {year}, không phải kỳ đang xem")
}

/// What a figure is called as the head of a column.
#[must_use]
pub const fn metric(metric: Metric) -> &'static str {
    match metric {
        Metric::Population => "Số nhân khẩu",
        Metric::CoreForceDisciplined => "Lực lượng nòng cốt bị kỷ luật",
        Metric::WardPoliceDisciplined => "Công an phường bị kỷ luật",
        Metric::EffectiveInitiatives => "Mô hình có hiệu quả",
        other => other.name_vi(),
    }
}

/// What a figure is called beside its number on a narrow card.
#[must_use]
pub const fn metric_short(which: Metric) -> &'static str {
    match which {
        Metric::Population => "Nhân khẩu",
        Metric::CoreForceDisciplined | Metric::WardPoliceDisciplined => "Bị kỷ luật",
        other => metric(other),
    }
}

/// What a figure counts: "người", "mô hình".
#[must_use]
pub const fn metric_unit(metric: Metric) -> &'static str {
    match metric {
        Metric::EffectiveInitiatives => "mô hình",
        _ => "người",
    }
}

/// A figure that somebody else changed: "Tổ 7, số nhân khẩu: 912".
#[must_use]
pub fn figure(unit: &str, which: Metric, value: Option<i32>) -> String {
    let value = value.map_or("chưa rõ".to_owned(), numbers::number);
    format!("{unit}, {}: {value}", which.name_vi())
}

/// A kind of unit as the head of a list.
#[must_use]
pub const fn units(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Agency => "Cơ quan",
        SubjectKind::Enterprise => "Doanh nghiệp",
        SubjectKind::School => "Nhà trường",
        SubjectKind::Group => "Tổ dân phố",
        SubjectKind::Ward => "Phường",
    }
}

/// What became of a unit, as a choice of the form.
#[must_use]
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "Chưa có kết quả",
        Standing::Recommended => "Được đề nghị công nhận",
        Standing::Recognised => "Được công nhận, có quyết định",
        Standing::Refused => "Không được công nhận, có văn bản",
    }
}

/// Where a unit stands, as a tag.
#[must_use]
pub const fn participation(unit: &Participation) -> Tag {
    let (word, icon, tone) = match (unit.counted, unit.standing, unit.registered_on) {
        (false, ..) => ("Không xét", "circle-x", "none"),
        (true, Standing::Recognised, _) => ("Công nhận", "award", "gold"),
        (true, Standing::Refused, _) => ("Không công nhận", "circle-x", "bad"),
        (true, Standing::Recommended, _) => ("Đề nghị công nhận", "file-up", "good"),
        (true, Standing::Open, Some(_)) => ("Đã đăng ký", "check", "info"),
        (true, Standing::Open, None) => ("Chưa đăng ký", "circle-dashed", "none"),
    };
    Tag { word, icon, tone }
}

/// A unit's year as text, for a comparison.
#[must_use]
pub fn plain_unit(unit: &Participation) -> String {
    let day = |day: Option<NaiveDate>| day.map_or("chưa có".to_owned(), dates::day);
    let counted = match &unit.left_out_reason {
        Some(reason) if !unit.counted => format!("không, {reason}"),
        _ => "có".to_owned(),
    };
    format!(
        "Thuộc diện xét: {counted}\nĐăng ký: {}\nKết quả: {}\nSố: {}\nNgày: {}",
        day(unit.registered_on),
        standing(unit.standing),
        unit.number.as_deref().unwrap_or("chưa có"),
        day(unit.decided_on)
    )
}

/// Who entered a count and who confirmed it, for its page.
#[must_use]
pub fn confirmed(count: &Count) -> String {
    match &count.confirmed {
        Some((at, by)) => format!("{by}, {}", dates::moment(*at)),
        None => "chưa, nên chưa tính vào tiêu chí".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(now: i64, same: Before, whole: Option<i64>) -> Line {
        Line { kind: String::new(), now, pending: 0, same, whole }
    }

    #[test]
    fn a_number_comes_with_its_neighbours() {
        assert_eq!(against(&line(3, Before::Known(5), Some(12)), 2024), "5 vụ, giảm 2 (40,0%)");
        assert_eq!(against(&line(5, Before::Known(5), Some(12)), 2024), "5 vụ, bằng nhau");
        assert_eq!(against(&line(1, Before::Known(0), Some(0)), 2024), "0 vụ, tăng 1");
        assert_eq!(against(&line(1, Before::NotEntered, None), 2024), "chưa có số năm 2023");
        assert_eq!(whole(&line(3, Before::Known(5), Some(12)), 2024), "12 vụ, còn dưới 9");
        assert_eq!(whole(&line(13, Before::Known(5), Some(12)), 2024), "12 vụ, đã vượt 1");
        assert_eq!(per_ten_thousand(3, Some(14_500)), "2,1 vụ");
        assert_eq!(per_ten_thousand(3, None), NO_POPULATION);
        assert_eq!(per_ten_thousand(3, Some(0)), NO_POPULATION);
        assert_eq!(now(&Line { pending: 2, ..line(3, Before::NoDays, None) }), "3 vụ, chờ xác nhận 2");
    }
}
