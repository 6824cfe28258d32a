//! What a signed-out person had typed, carried through the sign-in pages as hidden fields.

use crate::account::model::same_site;
use crate::web::form::Filled;
use crate::web::session::Typed;

const PREFIX: &str = "giu.";
const PATH: &str = "giu-path";

/// A form to be drawn again after signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Where the form was sent to; one of our own paths.
    pub path: String,
    /// Its fields, without passwords.
    pub fields: Vec<(String, String)>,
}

impl Carried {
    /// From a form that arrived signed out.
    #[must_use]
    pub fn of(typed: &Typed) -> Option<Self> {
        same_site(&typed.path).then(|| Self { path: typed.path.clone(), fields: typed.fields.clone() })
    }

    /// From the hidden fields of a sign-in page. A path that is not ours carries nothing.
    #[must_use]
    pub fn read(form: &Filled) -> Option<Self> {
        let path = form.value(PATH).to_owned();
        let fields = form
            .carried()
            .into_iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_owned(), value.to_owned())));
        same_site(&path).then(|| Self { path, fields: fields.collect() })
    }

    /// As the hidden fields of a sign-in page.
    #[must_use]
    pub fn hidden(&self) -> Vec<(String, String)> {
        let path = (PATH.to_owned(), self.path.clone());
        let fields = self.fields.iter().map(|(name, value)| (format!("{PREFIX}{name}"), value.clone()));
        std::iter::once(path).chain(fields).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(path: &str) -> Typed {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Typed {
            path: path.to_owned(),
            fields: vec![field("noi-dung", "Một\nhai"), field("muc", "1"), field("muc", "2"), field("_phien_ban", "4")],
        }
    }

    #[test]
    fn a_text_comes_through_the_sign_in_page_unchanged() {
        let carried = Carried::of(&typed("/ho-so/7/phan/1")).unwrap();
        let mut pairs = carried.hidden();
        pairs.push(("so-dien-thoai".to_owned(), "0900000207".to_owned()));
        pairs.push(("mat-khau".to_owned(), "bí mật".to_owned()));
        assert_eq!(Carried::read(&Filled::from_pairs(pairs)), Some(carried));
    }

    #[test]
    fn nothing_is_carried_to_another_site_or_from_an_ordinary_form() {
        assert_eq!(Carried::of(&typed("//example.org")), None);
        let elsewhere = Filled::default().with("giu-path", "https://example.org/").with("giu.noi-dung", "x");
        assert_eq!(Carried::read(&elsewhere), None);
        assert_eq!(Carried::read(&Filled::default().with("so-dien-thoai", "0900000207")), None);
    }
}
