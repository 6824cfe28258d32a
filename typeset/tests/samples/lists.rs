//! Papers with tables.

use typeset::Paper;
use typeset::paper::{Align, Block, Column, Table};

use super::{blank, owned};

pub fn column(title: &str, share: f32, align: Align) -> Column {
    Column { title: title.to_owned(), share, align }
}

/// A list of so many households, with a line of totals.
pub fn list(count: usize) -> Paper {
    let families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ"];
    let given = ["Văn Lựu", "Thị Hồng Nhung", "Quốc Bảo", "Minh Đức", "Thị Bích Ngọc", "Hữu Nghĩa", "Kim Oanh"];
    let streets = ["Dã Tượng", "Yết Kiêu", "hẻm 12 Trần Quang Khải", "Nguyễn Đình Chiểu", "hẻm 45/3 Hoàng Hoa Thám"];
    let row = |at: usize| {
        vec![
            at.to_string(),
            format!("07-{at:04}"),
            format!("{} {}", families[at % 10], given[at % 7]),
            format!("{}{} {}", 2 * at + 1, ["", "A", "/4"][at % 3], streets[at * 5 / 300 % 5]),
            (at % 7 + 1).to_string(),
            if at.is_multiple_of(9) {
                "Vắng khi ký, ký bổ sung ngày 02/4/2024".to_owned()
            } else {
                String::new()
            },
        ]
    };
    let table = Table {
        caption: String::new(),
        columns: vec![
            column("TT", 1.0, Align::Center),
            column("Mã hộ", 1.7, Align::Center),
            column("Họ và tên chủ hộ", 4.0, Align::Left),
            column("Địa chỉ", 4.6, Align::Left),
            column("Nhân khẩu", 1.5, Align::Right),
            column("Ghi chú", 2.6, Align::Left),
        ],
        rows: (1..=count).map(row).collect(),
        total: owned(&["", "", "Tổng số hộ", &count.to_string(), "", ""]),
        wide: false,
    };
    Paper {
        number: Some("Số: 12/DS-BCĐ".to_owned()),
        kind: "DANH SÁCH".to_owned(),
        subject: "Hộ gia đình ký cam kết giao ước thi đua năm 2024 của Tổ dân phố 7".to_owned(),
        content: vec![
            Block::Paragraph(
                "Danh sách lập theo bản cam kết các hộ đã ký, đối chiếu ngày 05 tháng 11 năm 2024.".to_owned(),
            ),
            Block::Table(table),
        ],
        ..blank()
    }
}

/// A report with all groups by all criteria, on a lying page of its own.
pub fn criteria_report() -> Paper {
    let titles = [
        "TT",
        "Đơn vị",
        "Số hộ",
        "Ký cam kết",
        "Tỷ lệ (%)",
        "TC 1",
        "TC 2",
        "TC 3",
        "TC 4",
        "TC 5",
        "Điểm",
        "Mô hình",
        "Kết quả",
    ];
    let shares = [1.0, 3.2, 1.4, 1.5, 1.5, 1.2, 1.2, 1.2, 1.2, 1.2, 1.4, 1.4, 2.2];
    let align = |at| match at {
        0 | 12 => Align::Center,
        1 => Align::Left,
        _ => Align::Right,
    };
    let columns = titles.iter().zip(shares).enumerate().map(|(at, (it, share))| column(it, share, align(at)));
    let row = |at: usize| -> Vec<String> {
        let (all, signed) = (320 + at * 13 % 70, 310 + at * 11 % 60);
        let signed = signed.min(all);
        let share = format!("{:.1}", signed as f64 * 100.0 / all as f64).replace('.', ",");
        let mut row = vec![at.to_string(), format!("Tổ dân phố {at}"), all.to_string(), signed.to_string(), share];
        row.extend((0..5).map(|it| (16 + (at * it) % 5).to_string()));
        row.extend([
            (84 + at % 15).to_string(),
            (at % 5 + 1).to_string(),
            if at % 9 == 8 { "Chưa đạt" } else { "Đạt" }.to_owned(),
        ]);
        row
    };
    let table = Table {
        caption: "Bảng 1. Kết quả tự đánh giá của 24 tổ dân phố".to_owned(),
        columns: columns.collect(),
        rows: (1..=24).map(row).collect(),
        total: owned(&["", "Cộng", "8.412", "8.102", "96,3", "", "", "", "", "", "", "72", "22/24 đạt"]),
        wide: true,
    };
    let says = |it: &str| Block::Paragraph(it.to_owned());
    Paper {
        number: Some("Số: 21/BC-BCĐ".to_owned()),
        kind: "BÁO CÁO".to_owned(),
        subject: "Kết quả xây dựng khu dân cư “An toàn về an ninh, trật tự” năm 2024".to_owned(),
        content: vec![
            Block::Addressees(owned(&["Công an thành phố Nha Trang"])),
            says(
                "Thực hiện Kế hoạch số 390/KH-BCĐ ngày 15 tháng 3 năm 2024, Ban Chỉ đạo phường Phước Long báo cáo kết quả như sau:",
            ),
            Block::Heading("I. CÔNG TÁC TỔ CHỨC".to_owned()),
            says(
                "Ban Chỉ đạo có 15 thành viên, phân công từng người phụ trách địa bàn; họp định kỳ mỗi quý 01 lần. Hồ sơ của 24 tổ dân phố được tiếp nhận, thẩm định trên phần mềm và lưu giấy tại Công an phường.",
            ),
            Block::Heading("II. KẾT QUẢ".to_owned()),
            says("Kết quả tự đánh giá của từng tổ dân phố tại Bảng 1. Có 22/24 tổ dân phố đạt (91,7%), còn 2."),
            Block::Table(table),
            Block::Heading("III. PHƯƠNG HƯỚNG NĂM 2025".to_owned()),
            says(
                "Duy trì các mô hình đang hoạt động có hiệu quả; nhân rộng mô hình “Camera an ninh” đến 100% tổ dân phố; hướng dẫn Tổ dân phố 8 và Tổ dân phố 17 khắc phục tồn tại trong Quý I năm 2025.",
            ),
            says("Trên đây là báo cáo của Ban Chỉ đạo phường Phước Long./."),
        ],
        ..blank()
    }
}
