//! Papers as a ward writes them in a year, with made-up people.
#![allow(dead_code, unused_imports, reason = "each test and example takes what it needs")]

mod lists;

pub use lists::{column, criteria_report, list};
use typeset::paper::{Block, Signature};
use typeset::{Certificate, Day, Paper};

pub const DAY: Day = Day { year: 2024, month: 11, day: 5 };

pub fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|it| (*it).to_owned()).collect()
}

pub fn signature(capacity: &[&str], hint: &str, name: &str) -> Signature {
    Signature { capacity: owned(capacity), hint: hint.to_owned(), name: name.to_owned() }
}

/// The steering committee's letterhead, without a word below it.
pub fn blank() -> Paper {
    Paper {
        parent: Some("ỦY BAN NHÂN DÂN PHƯỜNG PHƯỚC LONG".to_owned()),
        body: "BAN CHỈ ĐẠO".to_owned(),
        number: Some("Số: 05/TTr-BCĐ".to_owned()),
        place: "Phước Long".to_owned(),
        day: Some(DAY),
        year: 2024,
        printed: DAY,
        kind: "TỜ TRÌNH".to_owned(),
        subject: "Về việc đề nghị xét, công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024".to_owned(),
        content: vec![],
        signatures: vec![signature(&["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"], "", "Trần Quốc Bảo")],
        recipients: owned(&[
            "Như trên;",
            "Công an thành phố (Đội Xây dựng phong trào);",
            "Thành viên Ban Chỉ đạo;",
            "Lưu: VT, BCĐ.",
        ]),
        draft: false,
        foot: "Số liệu lúc 14:05 ngày 05/11/2024".to_owned(),
    }
}

/// A letter of two pages.
pub fn letter() -> Paper {
    let ground = |it: &str| Block::Ground(it.to_owned());
    let says = |it: &str| Block::Paragraph(it.to_owned());
    let item = |it: &str| Block::Item(it.to_owned());
    let content = vec![
        Block::Addressees(owned(&["Ủy ban nhân dân thành phố Nha Trang;", "Công an thành phố Nha Trang."])),
        ground(
            "Căn cứ Thông tư số 124/2021/TT-BCA ngày 28 tháng 12 năm 2021 của Bộ trưởng Bộ Công an quy định khu dân cư, xã, phường, thị trấn, cơ quan, doanh nghiệp, nhà trường đạt tiêu chuẩn “An toàn về an ninh, trật tự”;",
        ),
        ground(
            "Căn cứ Kế hoạch số 390/KH-BCĐ ngày 15 tháng 3 năm 2024 của Ban Chỉ đạo phường Phước Long về tổ chức phong trào năm 2024;",
        ),
        ground("Căn cứ Biên bản họp Ban Chỉ đạo ngày 01 tháng 11 năm 2024,"),
        says(
            "Ban Chỉ đạo phường Phước Long đã tổ chức cho 24 tổ dân phố, 6 cơ quan, 4 doanh nghiệp và 5 nhà trường trên địa bàn đăng ký tham gia, tự đánh giá, chấm điểm theo đúng quy định. Đến ngày 05 tháng 11 năm 2024, Ban Chỉ đạo đã nhận đủ 39 hồ sơ, trong đó 37 hồ sơ nộp trước ngày 15 tháng 10.",
        ),
        Block::Heading("I. KẾT QUẢ TỔ CHỨC THỰC HIỆN".to_owned()),
        Block::Subheading("1. Đăng ký và ký cam kết".to_owned()),
        says(
            "Toàn phường có 8.412/8.790 hộ ký cam kết giao ước thi đua (95,7%), còn 378 hộ chưa ký do vắng mặt dài ngày hoặc đi làm xa. Các tổ dân phố đều niêm yết công khai kết quả tại nhà sinh hoạt cộng đồng từ ngày 01 tháng 4 đến ngày 30 tháng 4 năm 2024.",
        ),
        says(
            "Việc ký cam kết được tiến hành theo từng hộ, có chữ ký của chủ hộ hoặc người đại diện; tổ trưởng tổ dân phố lập danh sách, đối chiếu với số hộ thực tế cư trú và báo cáo Ban Chỉ đạo theo mẫu thống nhất.",
        ),
        Block::Subheading("2. Tuyên truyền, phổ biến".to_owned()),
        says(
            "Tổ chức 96 buổi họp dân với 7.350 lượt người dự; phát 8.790 bản cam kết, 12.000 tờ rơi về phòng ngừa lừa đảo trên không gian mạng; đăng 145 tin, bài trên hệ thống truyền thanh của phường.",
        ),
        item("Mô hình “Camera an ninh”: 312 mắt camera tại 24 tổ dân phố, giúp làm rõ 17 vụ việc;"),
        item("Mô hình “Tổ liên gia an toàn phòng cháy, chữa cháy”: 168 tổ với 2.016 hộ tham gia;"),
        item("Mô hình “Tiếng kẻng an ninh”: 9 tổ dân phố duy trì thường xuyên, đúng quy chế."),
        Block::Subheading("3. Tình hình an ninh, trật tự".to_owned()),
        says(
            "Trong năm không xảy ra vụ việc phức tạp về an ninh, khiếu kiện đông người; phạm pháp hình sự giảm 4 vụ so với năm 2023 (14/18 vụ), tỷ lệ làm rõ đạt 92,9%. Tai nạn giao thông, cháy, nổ được kiềm chế; không để hình thành tụ điểm phức tạp về tệ nạn xã hội.",
        ),
        Block::Heading("II. ĐỀ NGHỊ".to_owned()),
        says(
            "Sau khi thẩm định, họp xét và biểu quyết, Ban Chỉ đạo phường Phước Long kính đề nghị Chủ tịch Ủy ban nhân dân thành phố Nha Trang xét, công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024 đối với 22 tổ dân phố, 6 cơ quan, 3 doanh nghiệp và 5 nhà trường (có danh sách và biên bản kèm theo).",
        ),
        says(
            "Tổ dân phố 9, Tổ dân phố 17 và 01 doanh nghiệp chưa đủ điều kiện theo điểm b khoản 2 Điều 8 Thông tư số 124/2021/TT-BCA; Ban Chỉ đạo đã thông báo lý do bằng văn bản và hướng dẫn khắc phục trong Quý I năm 2025.",
        ),
        says("Kính trình Chủ tịch Ủy ban nhân dân thành phố Nha Trang xem xét, quyết định./."),
    ];
    Paper { content, ..blank() }
}

/// A meeting, signed by two.
pub fn minutes() -> Paper {
    let says = |it: &str| Block::Paragraph(it.to_owned());
    let item = |it: &str| Block::Item(it.to_owned());
    let head = |it: &str| Block::Heading(it.to_owned());
    let content = vec![
        says(
            "Hôm nay, vào hồi 19 giờ 30 phút ngày 12 tháng 10 năm 2024, tại nhà sinh hoạt cộng đồng Tổ dân phố 7, phường Phước Long, đã tiến hành cuộc họp tự đánh giá, chấm điểm tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024.",
        ),
        head("I. THÀNH PHẦN"),
        item("Chủ trì: ông Nguyễn Văn Lựu, Tổ trưởng Tổ dân phố 7;"),
        item("Thư ký: bà Lê Thị Hồng Nhung, Phó Trưởng Ban Công tác Mặt trận;"),
        item("Có mặt: 46/52 đại biểu; vắng 6 đại biểu (có lý do)."),
        head("II. NỘI DUNG"),
        says(
            "1. Ông Nguyễn Văn Lựu trình bày báo cáo kết quả thực hiện năm 2024: 348/350 hộ ký cam kết (99,4%), còn 2 hộ vắng mặt dài ngày; 4 mô hình hoạt động thường xuyên; không xảy ra tội phạm nghiêm trọng trở lên.",
        ),
        says(
            "2. Các đại biểu thảo luận, đối chiếu từng tiêu chí với minh chứng kèm theo. Có 5 ý kiến phát biểu, thống nhất bổ sung danh sách đội tuần tra nhân dân vào hồ sơ.",
        ),
        says("3. Biểu quyết bằng hình thức giơ tay:"),
        item("Đồng ý: 45 phiếu (97,8%);"),
        item("Không đồng ý: 0 phiếu;"),
        item("Ý kiến khác: 1 phiếu."),
        head("III. KẾT LUẬN"),
        says(
            "Cuộc họp thống nhất tự đánh giá Tổ dân phố 7 đạt 96/100 điểm và đề nghị Ban Chỉ đạo phường xét, công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024.",
        ),
        says(
            "Cuộc họp kết thúc vào hồi 20 giờ 45 phút cùng ngày; biên bản đã được đọc lại cho mọi người cùng nghe và nhất trí thông qua./.",
        ),
    ];
    Paper {
        parent: Some("PHƯỜNG PHƯỚC LONG".to_owned()),
        body: "TỔ DÂN PHỐ 7".to_owned(),
        number: None,
        day: Some(Day { year: 2024, month: 10, day: 12 }),
        kind: "BIÊN BẢN".to_owned(),
        subject: "Họp tự đánh giá, chấm điểm năm 2024".to_owned(),
        content,
        signatures: vec![
            signature(&["THƯ KÝ"], "(Ký, ghi rõ họ tên)", "Lê Thị Hồng Nhung"),
            signature(&["CHỦ TRÌ"], "(Ký, ghi rõ họ tên)", "Nguyễn Văn Lựu"),
        ],
        recipients: vec![],
        foot: String::new(),
        ..blank()
    }
}

/// A decision, still a draft: neither number nor day.
pub fn decision() -> Paper {
    let ground = |it: &str| Block::Ground(it.to_owned());
    let article = |label: &str, it: &str| Block::Article { label: label.to_owned(), text: it.to_owned() };
    let content = vec![
        Block::Centred("CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG".to_owned()),
        ground(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;",
        ),
        ground("Căn cứ Thông tư số 124/2021/TT-BCA ngày 28 tháng 12 năm 2021 của Bộ trưởng Bộ Công an;"),
        ground("Theo đề nghị của Trưởng Công an thành phố tại Tờ trình số 1205/TTr-CATP ngày 02 tháng 12 năm 2024."),
        Block::Centred("QUYẾT ĐỊNH:".to_owned()),
        article(
            "Điều 1.",
            "Công nhận 22 tổ dân phố, 6 cơ quan, 3 doanh nghiệp và 5 nhà trường thuộc phường Phước Long đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024 (có danh sách kèm theo).",
        ),
        article(
            "Điều 2.",
            "Giao Ủy ban nhân dân phường Phước Long công bố công khai danh sách tại Điều 1 trong thời hạn 05 ngày làm việc, trao Giấy công nhận và lưu trữ hồ sơ theo quy định.",
        ),
        article(
            "Điều 3.",
            "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân thành phố, Trưởng Công an thành phố, Chủ tịch Ủy ban nhân dân phường Phước Long và các tập thể có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        ),
    ];
    Paper {
        parent: None,
        body: "ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG".to_owned(),
        number: Some("Số:      /QĐ-UBND".to_owned()),
        place: "Nha Trang".to_owned(),
        day: None,
        kind: "QUYẾT ĐỊNH".to_owned(),
        subject: "Về việc công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024".to_owned(),
        content,
        signatures: vec![signature(&["CHỦ TỊCH"], "", "Phạm Minh Đức")],
        recipients: owned(&["Như Điều 3;", "Thường trực Thành ủy, HĐND thành phố;", "Lưu: VT, NC."]),
        draft: true,
        foot: String::new(),
        ..blank()
    }
}

pub fn certificate(number: usize) -> Certificate {
    Certificate {
        body: "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG".to_owned(),
        title: "GIẤY CÔNG NHẬN".to_owned(),
        unit: format!("Tổ dân phố {number}"),
        unit_place: "phường Phước Long, thành phố Nha Trang, tỉnh Khánh Hòa".to_owned(),
        achievement: "Đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024".to_owned(),
        basis:
            "Theo Quyết định số 6120/QĐ-UBND ngày 18 tháng 12 năm 2024 của Chủ tịch Ủy ban nhân dân thành phố Nha Trang"
                .to_owned(),
        number: format!("Số: {number:02}/2024"),
        place: "Nha Trang".to_owned(),
        day: Day { year: 2024, month: 12, day: 18 },
        signature: signature(&["CHỦ TỊCH"], "", "Phạm Minh Đức"),
        qr: format!("https://binhyen.example/xac-minh/BY24-K7QM-{number:04}"),
        code: format!("BY24-K7QM-{number:04}"),
        check: "Kiểm tra tại binhyen.example/xac-minh".to_owned(),
    }
}
