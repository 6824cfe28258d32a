//! The names that a wording may use, and what each says.

use crate::paper::model::TableName;

/// Names that belong together.
#[derive(Debug)]
pub struct Names {
    /// What they are about.
    pub title: &'static str,
    /// The list whose rows have these names, and the name of a row inside its loop; none for names that stand by themselves.
    pub each: Option<(&'static str, &'static str)>,
    /// Each name with what it is; in a list the name inside a row, or nothing for the row itself.
    pub names: &'static [(&'static str, &'static str)],
}

/// Every name that papers know; a test holds them against the facts.
pub const NAMES: &[Names] = &[
    Names {
        title: "Năm, đơn vị, kỳ đánh giá",
        each: None,
        names: &[
            ("nam", "Năm"),
            ("don_vi", "Đơn vị của văn bản"),
            ("phuong", "Phường"),
            ("thanh_pho", "Thành phố, hoặc tỉnh"),
            ("tu_ngay", "Ngày đầu của kỳ đánh giá"),
            ("den_ngay", "Ngày cuối của kỳ đánh giá"),
            ("han_nop", "Hạn nộp hồ sơ"),
            ("phuong_cong_nhan", "Phường tự công nhận các tổ"),
            ("so_dat", "Số tiêu chí đạt"),
            ("ket_qua", "Kết quả chung: đạt, chưa đạt, chưa đủ căn cứ"),
        ],
    },
    Names {
        title: "Hộ gia đình",
        each: None,
        names: &[
            ("ho.tong", "Số hộ"),
            ("ho.dang_ky", "Số hộ đăng ký"),
            ("ho.ky", "Số hộ ký cam kết"),
            ("ho.ty_le_dang_ky", "Tỷ lệ hộ đăng ký"),
            ("ho.ty_le_ky", "Tỷ lệ hộ ký cam kết"),
        ],
    },
    Names {
        title: "Số tổ dân phố",
        each: None,
        names: &[
            ("so_to.tong", "Số tổ"),
            ("so_to.dang_ky", "Số tổ đã đăng ký"),
            ("so_to.de_nghi", "Số tổ được đề nghị"),
            ("so_to.khong_de_nghi", "Số tổ không đề nghị"),
            ("so_to.cong_nhan", "Số tổ đã được công nhận"),
            ("so_to.ty_le_de_nghi", "Tỷ lệ tổ được đề nghị"),
            ("so_to.ty_le_cong_nhan", "Tỷ lệ tổ được công nhận"),
        ],
    },
    Names {
        title: "Cuộc họp; chỉ dùng trong {% if hop %}",
        each: None,
        names: &[
            ("hop.ten", "Tên cuộc họp"),
            ("hop.bat_dau", "Bắt đầu"),
            ("hop.ket_thuc", "Kết thúc"),
            ("hop.dia_diem", "Địa điểm; trống khi lấy ý kiến bằng văn bản"),
            ("hop.hinh_thuc", "Hình thức biểu quyết"),
            ("hop.chu_tri.ten", "Người chủ trì"),
            ("hop.chu_tri.chuc_vu", "Chức vụ người chủ trì"),
            ("hop.thu_ky.ten", "Thư ký"),
            ("hop.thu_ky.chuc_vu", "Chức vụ thư ký"),
        ],
    },
    Names {
        title: "Hồ sơ trả lại; chỉ dùng trong {% if tra_lai %}",
        each: None,
        names: &[("tra_lai.ngay", "Ngày trả lại"), ("tra_lai.tra_loi_truoc", "Ngày cuối để gửi lại")],
    },
    Names {
        title: "Quyết định; chỉ dùng trong {% if quyet_dinh %}",
        each: None,
        names: &[
            ("quyet_dinh.so", "Số quyết định"),
            ("quyet_dinh.ngay", "Ngày quyết định"),
            ("quyet_dinh.dong_y", "Có công nhận hay không"),
            ("quyet_dinh.ly_do", "Lý do không công nhận"),
            ("quyet_dinh.ma_ban_xet", "Mã của bản đã xét"),
        ],
    },
    Names { title: "Các căn cứ", each: Some(("can_cu", "can")), names: &[("", "Một căn cứ")] },
    Names {
        title: "Các tiêu chí",
        each: Some(("tieu_chi", "tc")),
        names: &[
            ("ma", "Mã"),
            ("nhan", "Khoản, điểm"),
            ("dan", "Điều khoản"),
            ("ten", "Tên tiêu chí"),
            ("tu_danh_gia", "Tự đánh giá"),
            ("ket_luan", "Kết luận thẩm định"),
            ("vi_sao", "Số liệu làm căn cứ"),
            ("ghi_chu", "Người ghi thêm"),
        ],
    },
    Names {
        title: "Các tổ dân phố",
        each: Some(("cac_to", "to")),
        names: &[
            ("ten", "Tên tổ"),
            ("ho.tong", "Số hộ"),
            ("ho.dang_ky", "Số hộ đăng ký"),
            ("ho.ky", "Số hộ ký cam kết"),
            ("ho.ty_le_dang_ky", "Tỷ lệ hộ đăng ký"),
            ("ho.ty_le_ky", "Tỷ lệ hộ ký cam kết"),
            ("dang_ky_ngay", "Ngày nộp hồ sơ đăng ký"),
            ("o", "Từng tiêu chí: Đ là đạt, K là chưa đạt"),
            ("so_dat", "Số tiêu chí đạt"),
            ("ket_qua", "Kết quả"),
            ("ket_luan", "Kết luận: đề nghị công nhận, không đề nghị, công nhận, không công nhận"),
            ("phieu", "Phiếu tán thành, không tán thành, khác"),
            ("ly_do", "Lý do"),
        ],
    },
    Names {
        title: "Các mốc trong năm",
        each: Some(("moc", "m")),
        names: &[("ten", "Việc"), ("ai", "Ai làm, nộp cho ai"), ("han", "Hạn")],
    },
    Names {
        title: "Số vụ việc",
        each: Some(("vu_viec", "vu")),
        names: &[("ten", "Loại vụ việc"), ("nay", "Kỳ này"), ("truoc", "Kỳ trước; có thể chưa có số")],
    },
    Names {
        title: "Người có mặt ở cuộc họp",
        each: Some(("hop.co_mat", "nguoi")),
        names: &[("ten", "Họ và tên"), ("chuc_vu", "Chức vụ")],
    },
    Names {
        title: "Người vắng ở cuộc họp",
        each: Some(("hop.vang", "nguoi")),
        names: &[("ten", "Họ và tên"), ("chuc_vu", "Chức vụ")],
    },
    Names {
        title: "Biểu quyết ở cuộc họp",
        each: Some(("hop.bieu_quyet", "phieu")),
        names: &[
            ("don_vi", "Đơn vị được xét"),
            ("noi_dung", "Nội dung biểu quyết"),
            ("tan_thanh", "Tán thành"),
            ("khong", "Không tán thành"),
            ("khac", "Ý kiến khác"),
            ("ket_luan", "Kết luận"),
            ("ly_do", "Lý do"),
        ],
    },
    Names { title: "Ý kiến ở cuộc họp", each: Some(("hop.y_kien", "y")), names: &[("", "Một ý kiến")] },
    Names {
        title: "Nội dung bị trả lại",
        each: Some(("tra_lai.muc", "muc")),
        names: &[("ten", "Phần hoặc tiêu chí"), ("ly_do", "Lý do")],
    },
];

/// How a line begins, and what it becomes.
pub const MARKS: [(&str, &str); 9] = [
    ("# Chữ", "Đề mục đậm"),
    ("## Chữ", "Đề mục nhỏ, đậm nghiêng"),
    ("= CHỮ", "Đậm, giữa trang"),
    ("- Chữ", "Một ý gạch đầu dòng"),
    ("Kính gửi: A; B", "Nơi được gửi"),
    ("Căn cứ …;", "Căn cứ, in nghiêng"),
    ("Điều 1. Chữ", "Điều của quyết định"),
    ("{% if ho.tong %} … {% else %} … {% endif %}", "Chỉ ghi khi có, nếu không thì ghi phần sau"),
    ("{% for to in cac_to %} … {% endfor %}", "Lặp lại cho từng tổ"),
];

/// What a table holds.
#[must_use]
pub const fn table(table: TableName) -> &'static str {
    match table {
        TableName::Criteria => "Từng tiêu chí với kết quả",
        TableName::Groups => "Từng tổ với số hộ và kết quả",
        TableName::GroupsByCriteria => "Từng tổ theo từng tiêu chí, trang ngang",
        TableName::Registrations => "Đăng ký của từng tổ",
        TableName::Proposed => "Các tổ được đề nghị hoặc công nhận",
        TableName::Votes => "Kết quả biểu quyết",
        TableName::People => "Người dự họp",
        TableName::Incidents => "Số vụ việc kỳ này và kỳ trước",
        TableName::Returned => "Những gì bị trả lại",
        TableName::Households => "Danh sách hộ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::model::{Kind, Wording};
    use crate::wording::model::{said, sample::full};
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn leaves(path: String, value: &Value, found: &mut BTreeSet<String>) {
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match value {
            Value::Object(fields) => fields.iter().for_each(|(key, it)| leaves(below(key), it, found)),
            Value::Array(rows) if rows.first().is_some_and(Value::is_object) => leaves(path, &rows[0], found),
            _ => drop(found.insert(path)),
        }
    }

    fn told() -> BTreeSet<String> {
        let path = |names: &Names, name: &str| match (names.each, name) {
            (None, name) => name.to_owned(),
            (Some((list, _)), "") => list.to_owned(),
            (Some((list, _)), name) => format!("{list}.{name}"),
        };
        NAMES.iter().flat_map(|names| names.names.iter().map(move |(name, _)| path(names, name))).collect()
    }

    #[test]
    fn every_fact_is_told_and_nothing_else() {
        let mut facts = full(Kind::CityReport);
        facts.meeting = full(Kind::WardReport).meeting;
        let mut there = BTreeSet::new();
        leaves(String::new(), &serde_json::to_value(&facts).unwrap(), &mut there);
        assert_eq!(told(), there);
        let says = said(&facts);
        // Of a list the first row speaks, and that one went well.
        let silent: Vec<String> = told().into_iter().filter(|path| says(path).is_none()).collect();
        let expected =
            ["cac_to.ly_do", "hop.bieu_quyet.ly_do", "quyet_dinh.ma_ban_xet", "quyet_dinh.so", "tieu_chi.ghi_chu"];
        assert_eq!(silent, expected);
    }

    #[test]
    fn every_name_can_be_written_as_it_is_told() {
        for names in NAMES {
            for (name, _) in names.names {
                let body = match names.each {
                    None => format!("{{{{ {name} }}}}"),
                    Some((list, row)) => {
                        let name = if name.is_empty() { row.to_owned() } else { format!("{row}.{name}") };
                        format!("{{% for {row} in {list} %}}{{{{ {name} }}}}{{% endfor %}}")
                    }
                };
                let mut wording = Wording::built_in(Kind::CityReport);
                wording.text.body = body;
                assert!(wording.draft(&full(Kind::CityReport)).is_ok(), "{names:?}: {name}");
            }
        }
    }
}
