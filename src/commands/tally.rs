//! `binhyen tally`: the counts of registrations and pledges against a recount.

use std::process::ExitCode;

use sqlx::{Connection, PgConnection};

use crate::participation::store::{Differs, recount};

/// Prints what differed. Exit code 1 when something differed and was left so.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn run(url: &str, mend: bool) -> anyhow::Result<ExitCode> {
    let mut conn = PgConnection::connect(url).await?;
    let found = recount(&mut conn, mend).await?;
    conn.close().await?;
    for one in &found {
        println!("{}", line(one));
    }
    Ok(match (found.len(), mend) {
        (0, _) => {
            println!("Số đếm khớp với đếm lại.");
            ExitCode::SUCCESS
        }
        (count, true) => {
            println!("Đã sửa {count} chỗ lệch.");
            ExitCode::SUCCESS
        }
        (count, false) => {
            println!("Có {count} chỗ lệch. Chạy lại với --mend để sửa.");
            ExitCode::FAILURE
        }
    })
}

/// "Phước Long, Tổ 7, năm 2024: hộ 349 → 350, ký cam kết 311 → 312".
fn line(one: &Differs) -> String {
    let names = ["hộ", "đăng ký", "ký cam kết", "vắng", "từ chối", "đi làm xa"];
    let both = one.kept.iter().zip(&one.counted);
    let changes: Vec<String> = names
        .iter()
        .zip(both)
        .filter(|(_, (kept, counted))| kept != counted)
        .map(|(name, (kept, counted))| format!("{name} {kept} → {counted}"))
        .collect();
    format!("{}, {}, năm {}: {}", one.ward, one.group, one.year, changes.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_the_place_and_only_what_differs() {
        let one = Differs {
            ward: "Phước Long".to_owned(),
            group: "Tổ 7".to_owned(),
            year: 2024,
            kept: vec![349, 350, 311, 3, 1, 1],
            counted: vec![350, 350, 312, 3, 1, 1],
        };
        assert_eq!(line(&one), "Phước Long, Tổ 7, năm 2024: hộ 349 → 350, ký cam kết 311 → 312");
    }
}
