//! What a name between braces says in the sample year.

use serde_json::Value;

use crate::paper::model::Facts;

/// What each of the names says, none for a name that has nothing to say. Of a list the first row speaks: "cac_to.ho.ky".
#[must_use]
pub fn said(facts: &Facts) -> impl Fn(&str) -> Option<String> {
    // A struct of texts, numbers and lists always has a JSON form.
    let whole = serde_json::to_value(facts).unwrap_or_default();
    move |path| plain(path.split('.').try_fold(&whole, |at, step| first(at).get(step)).map(first)?)
}

fn first(value: &Value) -> &Value {
    value.as_array().and_then(|rows| rows.first()).unwrap_or(value)
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "có" } else { "không" }.to_owned()),
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::full;
    use super::*;
    use crate::paper::model::Kind;

    #[test]
    fn names_say_what_stands_there_and_lists_their_first_row() {
        let facts = full(Kind::WardReport);
        let said = said(&facts);
        assert_eq!(said("ho.ky").as_deref(), Some("1002"));
        assert_eq!(said("cac_to.ho.ty_le_ky").as_deref(), Some("98,7%"));
        assert_eq!(said("can_cu").as_deref(), Some("Thông tư số 124/2021/TT-BCA ngày 28/12/2021 của Bộ Công an"));
        assert_eq!(said("phuong_cong_nhan").as_deref(), Some("không"));
        assert_eq!([said("tra_lai.ngay"), said("ho"), said("khong.co")], [None, None, None]);
    }
}
