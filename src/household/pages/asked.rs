//! What the address of a list asks for, and the addresses of its neighbours.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::access::{Actor, Seat};
use crate::household::model::{Listing, Order, Query, View, Within};
use crate::privacy::model::What;

/// `?to=07&tim=luu&xem=chua-ky&xep=ten&sau=…`. What cannot be read is as if it were not there: an old link shows a list, not an error.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    to: String,
    #[serde(default)]
    tim: String,
    #[serde(default)]
    xem: String,
    #[serde(default)]
    xep: String,
    #[serde(default)]
    sau: String,
}

impl Asked {
    /// Whether nothing is asked for: a ward's seats then see its groups.
    pub(super) fn is_bare(&self) -> bool {
        [&self.to, &self.tim, &self.xem, &self.xep].iter().all(|it| it.trim().is_empty())
    }

    /// The code of the group asked for.
    pub(super) fn group(&self) -> Option<&str> {
        Some(self.to.trim()).filter(|code| !code.is_empty())
    }

    /// What is looked for, as typed.
    pub(super) fn words(&self) -> &str {
        self.tim.trim()
    }

    pub(super) fn view(&self) -> View {
        self.xem.parse().unwrap_or_default()
    }

    pub(super) fn order(&self) -> Order {
        self.xep.parse().unwrap_or_default()
    }

    /// Whether this is the first piece of the list.
    pub(super) fn is_first(&self) -> bool {
        self.sau.is_empty()
    }

    /// How the look is called in the log.
    pub(super) fn what(&self) -> What {
        if self.words().is_empty() { What::List } else { What::Search }
    }

    /// The piece of the list. "tổ 7" among the words goes before `to`; without either a leader sees the own group.
    pub(super) fn listing(&self, actor: &Actor, most: usize) -> Listing {
        let query = Query::read(self.words());
        let within = match (query.group, self.group(), &actor.seat) {
            (Some(number), ..) => Within::Ordinal(number),
            (None, Some(code), _) => Within::Code(code.to_owned()),
            (None, None, Seat::GroupLeader { group, .. }) => Within::Group(*group),
            (None, None, _) => Within::Ward,
        };
        Listing {
            within,
            view: self.view(),
            order: self.order(),
            query,
            cycle: actor.cycle,
            after: self.sau.parse().ok(),
            most,
        }
    }

    /// The same list at another address or in another manner; a change begins at its first piece.
    pub(super) fn link(&self, path: &str, changes: &[(&str, &str)]) -> String {
        let (view, order) = (self.view(), self.order());
        let own = [
            ("to", self.to.trim()),
            ("tim", self.words()),
            ("xem", if view == View::default() { "" } else { view.as_str() }),
            ("xep", if order == Order::default() { "" } else { order.as_str() }),
        ];
        let changed = |name: &str| changes.iter().find(|(it, _)| *it == name).map(|(_, value)| *value);
        let kept = own.into_iter().map(|(name, value)| (name, changed(name).unwrap_or(value)));
        let added = changes.iter().copied().filter(|(name, _)| own.iter().all(|(it, _)| it != name));
        let pairs: Vec<String> = kept
            .chain(added)
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_the_rest_and_begins_anew() {
        let asked = Asked {
            to: "07".to_owned(),
            tim: "Lựu".to_owned(),
            xem: "chua-ky".to_owned(),
            sau: "x".to_owned(),
            ..Asked::default()
        };
        assert_eq!(asked.link("/ho", &[("xep", "ten")]), "/ho?to=07&tim=L%E1%BB%B1u&xem=chua%2Dky&xep=ten");
        assert_eq!(asked.link("/ho", &[("xem", ""), ("tim", ""), ("to", "")]), "/ho");
        assert_eq!(asked.link("/ho", &[("tim", ""), ("sau", "1")]), "/ho?to=07&xem=chua%2Dky&sau=1");
    }
}
