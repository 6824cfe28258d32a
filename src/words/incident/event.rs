//! What the journal says of counts, figures and units.

use serde_json::Value;

use super::{standing, when};
use crate::incident::model::When;
use crate::web::filters::numbers;

/// What an event about counts and figures says; none for the other events of the journal.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "incident_added" => "Ghi và xác nhận số vụ việc",
        "incident_drafted" => "Ghi số vụ việc, chờ xác nhận",
        "incident_confirmed" => "Xác nhận số vụ việc",
        "incident_corrected" => "Sửa số vụ việc",
        "incident_voided" => "Bỏ số vụ việc",
        "incidents_imported" => "Nhập số vụ việc năm trước",
        "incidents_undone" => "Bỏ danh sách số vụ việc đã nhập",
        "incident_totals_saved" => "Ghi tổng số vụ việc năm trước",
        "incident_period_closed" => "Chốt số vụ việc của năm đã đủ",
        "figures_saved" => "Ghi số liệu",
        "unit_participation_saved" => "Ghi kết quả năm của đơn vị",
        _ => return None,
    })
}

/// What such an event tells of itself.
#[must_use]
pub fn event_about(verb: &str, detail: &Value) -> Option<String> {
    let number = |key: &str| detail.get(key).and_then(Value::as_i64);
    let text = |key: &str| detail.get(key).and_then(Value::as_str);
    match verb {
        "incident_added" | "incident_drafted" | "incident_corrected" | "incident_voided" => {
            let day = text("on").and_then(|day| day.parse().ok()).map(When::Day);
            let year = || number("of_year").and_then(|year| i32::try_from(year).ok()).map(When::Year);
            Some(format!("{} vụ {}, {}", numbers::number(number("n")?), text("what")?, when(day.or_else(year)?)))
        }
        "incident_confirmed" => {
            Some(format!("{} số, {} vụ", numbers::number(number("rows")?), numbers::number(number("n")?)))
        }
        "incidents_imported" => Some(format!(
            "kỳ {}, {} số, {} vụ",
            number("year")?,
            numbers::number(number("rows")?),
            numbers::number(number("n")?)
        )),
        "incidents_undone" => Some(format!("{} số", numbers::number(number("rows")?))),
        "incident_totals_saved" => Some(format!("kỳ {}, {} loại", number("year")?, numbers::number(number("rows")?))),
        "incident_period_closed" => Some(format!("kỳ {}", number("year")?)),
        "figures_saved" => Some(format!("{} ô", numbers::number(number("rows")?))),
        "unit_participation_saved" => {
            let result = text("standing").and_then(|word| word.parse().ok()).map(standing)?;
            Some(format!("năm {}, {}", number("year")?, result.to_lowercase()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn events_tell_numbers_and_types() {
        let added = json!({ "what": "Tội phạm", "n": 2, "on": "2024-03-12", "of_year": null });
        assert_eq!(event_about("incident_added", &added).as_deref(), Some("2 vụ Tội phạm, ngày 12/3/2024"));
        let imported = json!({ "year": 2023, "rows": 288, "n": 1412 });
        assert_eq!(event_about("incidents_imported", &imported).as_deref(), Some("kỳ 2023, 288 số, 1.412 vụ"));
        for verb in ["incident_added", "incident_confirmed", "incidents_imported", "figures_saved"] {
            assert_eq!(event_about(verb, &json!({})), None, "{verb}");
            assert!(event(verb).is_some());
        }
    }
}
