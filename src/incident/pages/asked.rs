//! What a list is asked for, in its address.

use serde::Deserialize;

use crate::incident::model::View;
use crate::incident::urls;

/// `?to=07&loai=toi-pham&xem=pending&sau=…`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Query {
    #[serde(default)]
    to: String,
    #[serde(default)]
    loai: String,
    #[serde(default)]
    xem: String,
    #[serde(default)]
    sau: String,
}

impl Query {
    /// What waits to be confirmed.
    pub(super) fn pending() -> Self {
        Self { xem: View::Pending.as_str().to_owned(), ..Self::default() }
    }

    pub(super) fn group(&self) -> Option<&str> {
        Some(self.to.as_str()).filter(|code| !code.is_empty())
    }

    pub(super) fn kind(&self) -> Option<&str> {
        Some(self.loai.as_str()).filter(|code| !code.is_empty())
    }

    pub(super) fn view(&self) -> View {
        self.xem.parse().unwrap_or_default()
    }

    pub(super) fn after(&self) -> Option<crate::platform::id::IncidentId> {
        self.sau.parse().ok()
    }

    pub(super) fn is_first(&self) -> bool {
        self.sau.is_empty()
    }

    /// The same list in another view, or from another count on.
    pub(super) fn link(&self, view: View, after: &str) -> String {
        let view = if view == View::All { "" } else { view.as_str() };
        let pairs = [("to", self.to.as_str()), ("loai", &self.loai), ("xem", view), ("sau", after)];
        let encoded =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let pairs: Vec<String> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if pairs.is_empty() { urls::LIST.to_owned() } else { format!("{}?{}", urls::LIST, pairs.join("&")) }
    }
}
