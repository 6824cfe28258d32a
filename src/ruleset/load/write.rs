//! From a [`Ruleset`] to a file that [`super::parse`] reads back as the same ruleset.

use crate::ruleset::model::Ruleset;

/// What a person who opens the file has to know.
const HEAD: &str = "\
# Bộ quy định của Bình Yên. Sửa xong thì tải lên lại vào bộ đang soạn; mã, phiên bản và bộ gốc giữ theo bộ đang soạn.
# confidence  H: đã đọc trong văn bản; M: suy ra từ văn bản; L: chỉ là hiểu biết chung.
# kind        document_dated, ratio, count, count_zero, zero_events, trend, roll_up, judgement, all.
# exclusive   true nghĩa là “trước ngày”: chính ngày ấy đã muộn.
# internal    true nghĩa là quy ước nội bộ.

";

/// The ruleset as a readable file.
///
/// # Errors
/// When a value has no form in TOML, which none of a ruleset's has.
pub fn write(ruleset: &Ruleset) -> anyhow::Result<String> {
    Ok(format!("{HEAD}{}", toml::to_string_pretty(ruleset)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

    use super::*;
    use crate::ruleset::load::{parse, shipped};
    use crate::ruleset::model::Origin;

    #[test]
    fn what_is_written_is_read_back() {
        for mut ruleset in shipped().unwrap() {
            assert_eq!(parse("x.toml", &write(&ruleset).unwrap()).unwrap(), ruleset);
            ruleset.based_on = Some(Origin { code: ruleset.code.clone(), version: 1 });
            ruleset.subjects[0].criteria[0].was = vec!["1.1".to_owned(), "1.2".to_owned()];
            ruleset.note = "Hai dòng,\n\"ngoặc\" và 'nháy' \\.".to_owned();
            assert_eq!(parse("x.toml", &write(&ruleset).unwrap()).unwrap(), ruleset);
        }
    }
}
