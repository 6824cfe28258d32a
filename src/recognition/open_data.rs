//! The public results for machines: JSON by a schema of its own, and text for spreadsheets. Both say what the page says and no more.

use chrono::NaiveDate;
use serde::Serialize;

use super::model::{Results, UnitResult, WardResults, YearSum};
use super::urls;
use crate::platform::sheet::written;

/// What a machine may rely on in the JSON.
pub const SCHEMA: &str = include_str!("open_data.schema.json");

/// The name of the programme.
const PROGRAMME: &str = "An toàn về an ninh, trật tự";

/// The columns of the text.
const HEADS: [&str; 10] = [
    "Năm",
    "Thành phố",
    "Phường, xã",
    "Đơn vị",
    "Loại",
    "Kết quả",
    "Quyết định",
    "Ngày quyết định",
    "Quyết định thu hồi",
    "Ngày thu hồi",
];

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "$schema")]
    schema: String,
    programme: &'static str,
    year: Option<i32>,
    years: &'a [YearSum],
    wards: Vec<Ward<'a>>,
}

#[derive(Serialize)]
struct Ward<'a> {
    name: &'a str,
    city: &'a str,
    groups: i64,
    groups_recognised: i64,
    recognised: bool,
    units: Vec<Unit<'a>>,
}

#[derive(Serialize)]
struct Unit<'a> {
    name: &'a str,
    kind: &'static str,
    result: &'static str,
    decision: Paper<'a>,
    revocation: Option<Paper<'a>>,
}

#[derive(Serialize)]
struct Paper<'a> {
    number: &'a str,
    date: NaiveDate,
}

fn unit(it: &UnitResult) -> Unit<'_> {
    let revocation = it.revocation().map(|(number, date)| Paper { number, date });
    Unit {
        name: &it.name,
        kind: if it.of_ward { "ward" } else { "group" },
        result: if revocation.is_some() { "revoked" } else { "recognised" },
        decision: Paper { number: &it.number, date: it.decided_on },
        revocation,
    }
}

fn ward(it: &WardResults) -> Ward<'_> {
    Ward {
        name: &it.name,
        city: &it.city,
        groups: it.groups,
        groups_recognised: it.groups_recognised,
        recognised: it.ward_recognised,
        units: it.units.iter().map(unit).collect(),
    }
}

/// The JSON of one year, with the sums of all.
///
/// # Errors
/// Never for what the store reads.
pub fn json(results: &Results, public_url: &str) -> anyhow::Result<Vec<u8>> {
    let document = Document {
        schema: format!("{public_url}{}", urls::PUBLIC_SCHEMA),
        programme: PROGRAMME,
        year: results.year,
        years: &results.years,
        wards: results.wards.iter().map(ward).collect(),
    };
    Ok(serde_json::to_vec(&document)?)
}

/// The same units as text, a line each: semicolons and a byte order mark, as every list of the program; days as 2024-12-18.
#[must_use]
pub fn csv(results: &Results) -> String {
    let mut out = written::begin(&HEADS);
    let year = results.year.map(|year| year.to_string()).unwrap_or_default();
    for ward in &results.wards {
        for it in &ward.units {
            let (number, day) = it.revocation().map_or(("", String::new()), |(number, day)| (number, day.to_string()));
            let cells = [
                year.as_str(),
                &ward.city,
                &ward.name,
                &it.name,
                if it.of_ward { "phường, xã" } else { "tổ dân phố" },
                if number.is_empty() { "công nhận" } else { "đã thu hồi" },
                &it.number,
                &it.decided_on.to_string(),
                number,
                &day,
            ];
            written::line(&mut out, &cells.map(written::safe));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results() -> Results {
        let unit = |name: &str, of_ward, revoked: Option<&str>| UnitResult {
            name: name.to_owned(),
            of_ward,
            number: "6120/QĐ-UBND".to_owned(),
            decided_on: "2024-12-18".parse().expect("a day"),
            revoked_number: revoked.map(str::to_owned),
            revoked_on: revoked.map(|_| "2025-02-03".parse().expect("a day")),
        };
        Results {
            year: Some(2024),
            years: vec![YearSum { year: 2024, wards: 1, wards_recognised: 1, groups: 24, groups_recognised: 1 }],
            wards: vec![WardResults {
                name: "phường Phước Long".to_owned(),
                city: "thành phố Nha Trang".to_owned(),
                groups: 24,
                groups_recognised: 1,
                ward_recognised: true,
                units: vec![
                    unit("phường Phước Long", true, None),
                    unit("=HYPERLINK(\"x\")", false, None),
                    unit("Tổ dân phố 9; cũ", false, Some("8/QĐ-UBND")),
                ],
            }],
        }
    }

    #[test]
    fn a_line_for_each_unit_and_no_formula() {
        let text = csv(&results());
        let lines: Vec<&str> = text.strip_prefix('\u{feff}').expect("a mark").split_terminator("\r\n").collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[0].split(';').count(), HEADS.len());
        assert!(lines[2].contains("\"'=HYPERLINK(\"\"x\"\")\""), "{}", lines[2]);
        assert!(
            lines[3]
                .contains("\"Tổ dân phố 9; cũ\";tổ dân phố;đã thu hồi;6120/QĐ-UBND;2024-12-18;8/QĐ-UBND;2025-02-03")
        );
    }

    #[test]
    fn a_unit_says_how_it_stands() {
        let told: serde_json::Value =
            serde_json::from_slice(&json(&results(), "https://a.vn").expect("JSON")).expect("JSON");
        assert_eq!(told["$schema"], "https://a.vn/cong-khai/luoc-do.json");
        let unit = |at: usize| told["wards"][0]["units"][at].clone();
        assert_eq!((unit(0)["kind"].as_str(), unit(0)["result"].as_str()), (Some("ward"), Some("recognised")));
        assert!(unit(1)["revocation"].is_null());
        assert_eq!(
            (unit(2)["result"].as_str(), unit(2)["revocation"]["date"].as_str()),
            (Some("revoked"), Some("2025-02-03"))
        );
    }

    #[test]
    fn the_schema_is_json() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).expect("JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
}
