//! The tables that wordings name, filled with facts.

use typeset::paper::{Align, Column, Table};

use crate::paper::model::{Criterion, Facts, Group, Households, Incident, Person, TableName, Vote};
use crate::web::filters::numbers::number;

/// A household as the list names it: read when the paper is set, kept nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdRow {
    /// Its head.
    pub head: String,
    /// Where it lives.
    pub address: String,
    /// How many people; empty when nobody said.
    pub members: String,
    /// The day on which it registered; empty while it did not.
    pub registered: String,
    /// The day on which it signed; empty while it did not.
    pub pledged: String,
}

/// From so many criteria on a table of groups stands on turned pages.
const WIDE_FROM: usize = 7;

/// The table of that name.
#[must_use]
pub fn table(name: TableName, facts: &Facts, households: &[HouseholdRow]) -> Table {
    match name {
        TableName::Criteria => criteria(facts),
        TableName::Groups => groups(facts),
        TableName::GroupsByCriteria => by_criteria(facts),
        TableName::Registrations => registrations(facts),
        TableName::Proposed => proposed(facts),
        TableName::Votes => votes(facts),
        TableName::People => people(facts),
        TableName::Incidents => incidents(facts),
        TableName::Returned => returned(facts),
        TableName::Households => listed(households),
    }
}

fn left(title: &str, share: f32) -> Column {
    Column { title: title.to_owned(), share, align: Align::Left }
}

fn center(title: &str, share: f32) -> Column {
    Column { title: title.to_owned(), share, align: Align::Center }
}

fn right(title: &str, share: f32) -> Column {
    Column { title: title.to_owned(), share, align: Align::Right }
}

/// A table whose rows are counted in front.
fn counted(mut columns: Vec<Column>, rows: impl Iterator<Item = Vec<String>>) -> Table {
    columns.insert(0, center("TT", 0.6));
    let numbered = rows.zip(1_usize..).map(|(mut row, at)| {
        row.insert(0, at.to_string());
        row
    });
    Table { caption: String::new(), columns, rows: numbered.collect(), total: vec![], wide: false }
}

fn either<'a>(first: &'a str, second: &'a str) -> &'a str {
    if first.is_empty() { second } else { first }
}

fn criteria(facts: &Facts) -> Table {
    let row = |it: &Criterion| {
        let found = either(&it.verdict, &it.claim).to_owned();
        let why = if it.note.is_empty() { it.why.clone() } else { format!("{} {}", it.why, it.note) };
        vec![it.title.clone(), it.citation.clone(), why.trim().to_owned(), found]
    };
    counted(
        vec![left("Tiêu chí", 3.6), left("Căn cứ", 1.5), left("Kết quả thực hiện", 4.2), center("Tự đánh giá", 1.1)],
        facts.criteria.iter().map(row),
    )
}

fn shares(of: &Households) -> [String; 3] {
    [number(of.all), number(of.registered), number(of.pledged)]
}

/// All groups added up, under the columns of [`shares`].
fn sum(facts: &Facts) -> [String; 3] {
    let add = |of: fn(&Households) -> i64| number(facts.groups.iter().map(|group| of(&group.households)).sum::<i64>());
    [add(|it| it.all), add(|it| it.registered), add(|it| it.pledged)]
}

fn total(front: &str, sums: &[String], behind: usize) -> Vec<String> {
    let mut row = vec![String::new(), front.to_owned()];
    row.extend_from_slice(sums);
    row.extend(std::iter::repeat_n(String::new(), behind));
    row
}

fn groups(facts: &Facts) -> Table {
    let row = |it: &Group| {
        let [all, registered, pledged] = shares(&it.households);
        let concluded = either(&it.concluded, &it.overall).to_owned();
        vec![
            it.name.clone(),
            all,
            registered,
            pledged,
            it.households.pledged_share.clone(),
            it.met.to_string(),
            concluded,
        ]
    };
    let columns = vec![
        left("Tổ dân phố", 2.6),
        right("Số hộ", 1.0),
        right("Hộ đăng ký", 1.1),
        right("Hộ ký cam kết", 1.1),
        right("Tỷ lệ ký", 1.1),
        center("Tiêu chí đạt", 1.1),
        left("Kết luận", 2.2),
    ];
    let mut table = counted(columns, facts.groups.iter().map(row));
    table.total = total("Cộng", &sum(facts), 3);
    table
}

fn by_criteria(facts: &Facts) -> Table {
    let codes = facts.group_criteria.iter();
    let mut columns = vec![left("Tổ dân phố", 3.2)];
    columns.extend(codes.map(|code| center(code, 1.0)));
    columns.extend([center("Số đạt", 1.1), left("Kết luận", 3.0)]);
    let row = |it: &Group| {
        let mut row = vec![it.name.clone()];
        row.extend((0..facts.group_criteria.len()).map(|at| it.cells.get(at).cloned().unwrap_or_default()));
        row.extend([it.met.to_string(), either(&it.concluded, &it.overall).to_owned()]);
        row
    };
    let mut table = counted(columns, facts.groups.iter().map(row));
    table.caption = "Đ: đạt; K: chưa đạt; ô trống: chưa kết luận".to_owned();
    table.wide = facts.group_criteria.len() >= WIDE_FROM;
    table
}

fn registrations(facts: &Facts) -> Table {
    let row = |it: &Group| {
        let [all, registered, pledged] = shares(&it.households);
        let day = either(&it.registered_on, "chưa nộp").to_owned();
        vec![
            it.name.clone(),
            day,
            all,
            registered,
            it.households.registered_share.clone(),
            pledged,
            it.households.pledged_share.clone(),
        ]
    };
    let columns = vec![
        left("Tổ dân phố", 2.4),
        center("Ngày nộp đăng ký", 1.5),
        right("Số hộ", 1.0),
        right("Hộ đăng ký", 1.1),
        right("Tỷ lệ", 1.0),
        right("Hộ ký cam kết", 1.1),
        right("Tỷ lệ", 1.0),
    ];
    let mut table = counted(columns, facts.groups.iter().map(row));
    let [all, registered, pledged] = sum(facts);
    table.total = total("Cộng", &[String::new(), all, registered, String::new(), pledged, String::new()], 0);
    table
}

fn proposed(facts: &Facts) -> Table {
    let row = |it: &Group| {
        let share = it.households.pledged_share.clone();
        vec![it.name.clone(), number(it.households.all), share, it.votes.clone(), it.concluded.clone()]
    };
    let columns = vec![
        left("Tổ dân phố", 2.8),
        right("Số hộ", 1.0),
        right("Tỷ lệ hộ ký cam kết", 1.4),
        center("Phiếu tán thành/không/khác", 1.6),
        left("Kết luận", 2.4),
    ];
    counted(columns, facts.groups.iter().filter(|it| it.is_proposed).map(row))
}

fn votes(facts: &Facts) -> Table {
    let row = |it: &Vote| {
        let counts = [it.agree, it.against, it.other].map(|count| number(i64::from(count)));
        let [agree, against, other] = counts;
        let concluded =
            if it.reason.is_empty() { it.concluded.clone() } else { format!("{}: {}", it.concluded, it.reason) };
        vec![it.unit.clone(), it.motion.clone(), agree, against, other, concluded]
    };
    let columns = vec![
        left("Đơn vị", 2.2),
        left("Nội dung biểu quyết", 2.2),
        right("Tán thành", 1.0),
        right("Không", 1.0),
        right("Khác", 1.0),
        left("Kết luận", 2.6),
    ];
    counted(columns, facts.meeting.iter().flat_map(|meeting| &meeting.votes).map(row))
}

fn people(facts: &Facts) -> Table {
    let row = |it: &Person, there: &str| vec![it.name.clone(), it.office.clone(), there.to_owned()];
    let meeting = facts.meeting.iter();
    let rows = meeting.flat_map(|it| {
        let present = it.present.iter().map(move |person| row(person, "có mặt"));
        present.chain(it.absent.iter().map(move |person| row(person, "vắng")))
    });
    counted(vec![left("Họ và tên", 2.6), left("Chức vụ", 3.4), center("Dự họp", 1.0)], rows)
}

fn incidents(facts: &Facts) -> Table {
    let row = |it: &Incident| {
        let before = it.before.map_or_else(|| "chưa có số".to_owned(), number);
        let moved = it.before.map_or_else(String::new, |before| match it.now - before {
            0 => "không đổi".to_owned(),
            more if more > 0 => format!("tăng {more}"),
            less => format!("giảm {}", -less),
        });
        vec![it.title.clone(), number(it.now), before, moved]
    };
    let columns = vec![left("Loại vụ việc", 4.4), right("Kỳ này", 1.1), right("Kỳ trước", 1.1), left("So sánh", 1.4)];
    counted(columns, facts.incidents.iter().map(row))
}

fn returned(facts: &Facts) -> Table {
    let items = facts.returned.iter().flat_map(|it| &it.items);
    counted(
        vec![left("Nội dung trả lại", 3.0), left("Lý do, việc cần bổ sung", 5.0)],
        items.map(|it| vec![it.title.clone(), it.reason.clone()]),
    )
}

fn listed(households: &[HouseholdRow]) -> Table {
    let row = |it: &HouseholdRow| {
        vec![it.head.clone(), it.address.clone(), it.members.clone(), it.registered.clone(), it.pledged.clone()]
    };
    let columns = vec![
        left("Họ và tên chủ hộ", 3.0),
        left("Địa chỉ", 3.4),
        right("Nhân khẩu", 0.9),
        center("Ngày đăng ký", 1.4),
        center("Ngày ký cam kết", 1.4),
    ];
    counted(columns, households.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        let group = |name: &str, households: i64, is_proposed| Group {
            name: name.to_owned(),
            households: Households { all: households, pledged: households, ..Households::default() },
            cells: vec!["Đ".to_owned()],
            is_proposed,
            ..Group::default()
        };
        Facts {
            group_criteria: vec!["1.1".to_owned(), "1.2".to_owned()],
            groups: vec![group("Tổ dân phố 1", 100, true), group("Tổ dân phố 2", 0, false)],
            ..Facts::default()
        }
    }

    #[test]
    fn every_row_of_every_table_has_a_text_for_each_column() {
        let household = HouseholdRow {
            head: "A".to_owned(),
            address: "B".to_owned(),
            members: String::new(),
            registered: String::new(),
            pledged: String::new(),
        };
        for (name, table_name) in TableName::ALL {
            let table = table(table_name, &facts(), std::slice::from_ref(&household));
            let width = table.columns.len();
            assert!(table.rows.iter().all(|row| row.len() == width), "{name}");
            assert!(table.total.is_empty() || table.total.len() == width, "{name}");
        }
    }

    #[test]
    fn only_what_is_proposed_is_on_the_list() {
        let table = table(TableName::Proposed, &facts(), &[]);
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.rows[0][..3], ["1", "Tổ dân phố 1", "100"]);
    }

    #[test]
    fn sums_stand_below_their_columns() {
        assert_eq!(table(TableName::Groups, &facts(), &[]).total[..5], ["", "Cộng", "100", "0", "100"]);
    }
}
