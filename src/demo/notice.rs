//! What the terminal says when the demo is ready.

use std::fmt::Write as _;
use std::net::SocketAddr;

use chrono::{DateTime, Utc};

use super::people::{PASSWORD, one_per_role};
use crate::platform::clock::civil_time;

/// The address, the day, and one account for each role.
#[must_use]
pub fn welcome(address: SocketAddr, now: DateTime<Utc>) -> String {
    let heads = ["Vai".to_owned(), "Nơi".to_owned(), "Họ tên".to_owned(), "Điện thoại".to_owned()];
    let rows: Vec<[String; 4]> = std::iter::once(heads)
        .chain(
            one_per_role()
                .into_iter()
                .map(|account| [account.role.name_vi().to_owned(), account.place, account.name, account.phone]),
        )
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    let mut text = format!(
        "\nBình Yên đang chạy: http://localhost:{}\nHôm nay trong bản chạy thử: {}\n\n",
        address.port(),
        civil_time(now).format("%H:%M ngày %-d/%-m/%Y")
    );
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        // Writing into a String does not fail.
        let _ = writeln!(text, "  {}", cells.join("   ").trim_end());
    }
    let _ = write!(
        text,
        "\nMật khẩu của mọi tài khoản: {PASSWORD}\nNgười, số điện thoại và giấy tờ ở đây đều là mẫu, chỉ có trong bản chạy thử. Dừng lại: Ctrl-C.\n\n"
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_on_the_list_with_its_number_in_one_column() {
        let text = welcome("127.0.0.1:8390".parse().unwrap(), "2024-11-14T08:20:00Z".parse().unwrap());
        assert!(text.contains("http://localhost:8390"));
        assert!(text.contains("15:20 ngày 14/11/2024"));
        assert!(text.contains(PASSWORD));
        let columns: Vec<usize> =
            text.lines().filter_map(|line| line.find("0900000").map(|at| line[..at].chars().count())).collect();
        assert_eq!(columns.len(), 9);
        assert!(columns.iter().all(|column| *column == columns[0]), "{text}");
    }
}
