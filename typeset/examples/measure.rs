//! Prints sheets of a made-up group to a folder and says how long each took: `cargo run --release -p typeset --example measure -- FOLDER`.
#![allow(clippy::unwrap_used, reason = "a tool for the developer: the place that fails is the message")]

use std::time::Instant;

use typeset::{Day, Household, PledgeSheets, Remaining, RemainingList, Style, pledge_sheets, remaining_list};

fn household(number: usize) -> Household {
    let families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ"];
    let given = ["Văn Lựu", "Thị Hồng Nhung", "Quốc Bảo", "Minh Đức", "Thị Bích Ngọc", "Hữu Nghĩa", "Kim Oanh"];
    let streets = ["Dã Tượng", "Yết Kiêu", "hẻm 12 Trần Quang Khải", "Nguyễn Đình Chiểu", "hẻm 45/3 Hoàng Hoa Thám"];
    Household {
        code: format!("07-{number:04}"),
        head: format!("{} {}", families[number % 10], given[number % 7]),
        address: format!("{}{} {}", 2 * number + 1, ["", "A", "/4"][number % 3], streets[number * 5 / 300 % 5]),
        members: (!number.is_multiple_of(9)).then_some((number % 7 + 1) as u16),
        qr: format!("HTTPS://BINHYEN.EXAMPLE/Q/PL/2024/07-{number:04}"),
    }
}

fn sheets(style: Style, count: usize) -> PledgeSheets {
    PledgeSheets {
        ward: "phường Bắc Nha Trang".to_owned(),
        group: "Tổ dân phố 7".to_owned(),
        year: 2024,
        place: "Bắc Nha Trang".to_owned(),
        printed: Day { year: 2024, month: 3, day: 5 },
        text: [
            "Hộ gia đình chúng tôi tự nguyện tham gia phong trào và cam kết:",
            "1. Chấp hành pháp luật, quy ước của tổ dân phố; không chứa chấp, bao che người vi phạm.",
            "2. Giữ gìn trật tự, vệ sinh nơi ở; bảo đảm an toàn phòng cháy, chữa cháy.",
            "3. Báo tin kịp thời cho tổ dân phố, Công an phường khi thấy việc bất thường.",
            "4. Tham gia họp tổ, giúp đỡ nhau trong tổ dân phố, cùng giữ khu phố bình yên.",
        ]
        .map(str::to_owned)
        .to_vec(),
        reasons: ["vắng", "đi làm xa", "từ chối"].map(str::to_owned).to_vec(),
        style,
        households: (1..=count).map(household).collect(),
    }
}

fn remaining(count: usize) -> RemainingList {
    let row = |household: Household| Remaining {
        code: household.code,
        head: household.head,
        address: household.address,
        members: household.members,
        reason: "đi làm xa".to_owned(),
    };
    RemainingList {
        ward: "phường Bắc Nha Trang".to_owned(),
        group: "Tổ dân phố 7".to_owned(),
        year: 2024,
        place: "Bắc Nha Trang".to_owned(),
        printed: Day { year: 2024, month: 3, day: 5 },
        state: "312/350 hộ (89,1%), còn 38".to_owned(),
        households: (1..=count).map(household).map(row).collect(),
    }
}

/// The most memory this process has held, as Linux says it.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
}

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let keep = |name: &str, pdf: Result<Vec<u8>, typeset::TypesetError>, since: Instant| {
        let pdf = pdf.unwrap();
        println!("{name}: {:.2} s, {} KB, peak {} MB", since.elapsed().as_secs_f32(), pdf.len() / 1024, peak_mb());
        std::fs::write(format!("{folder}/{name}.pdf"), pdf).unwrap();
    };
    for count in [0, 1, 20, 300] {
        for style in [Style::List, Style::Each] {
            let since = Instant::now();
            keep(&format!("{style:?}-{count}"), pledge_sheets(&sheets(style, count)), since);
        }
        let since = Instant::now();
        keep(&format!("Remaining-{count}"), remaining_list(&remaining(count)), since);
    }
}
