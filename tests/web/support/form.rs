//! A form as a browser sees it: the fields that were drawn, what a person changes in them, and the body that is sent.

use axum::body::Body;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scraper::{ElementRef, Html};

use super::answer::{selector, words_of};

/// What a person does to the fields of a form.
#[derive(Debug, Clone, Default)]
pub struct Fill {
    deeds: Vec<Deed>,
}

#[derive(Debug, Clone)]
enum Deed {
    Type(String, String),
    Force(String, String),
    Drop(String),
    Tick(String, String, bool),
    File(String, String, Vec<u8>),
}

/// Leaves the form as it was drawn.
pub fn fill() -> Fill {
    Fill::default()
}

impl Fill {
    fn and(mut self, deed: Deed) -> Self {
        self.deeds.push(deed);
        self
    }

    /// Types into a field, or picks one of the offered values.
    pub fn with(self, name: &str, value: &str) -> Self {
        self.and(Deed::Type(name.to_owned(), value.to_owned()))
    }

    /// Ticks one box.
    pub fn tick(self, name: &str, value: &str) -> Self {
        self.and(Deed::Tick(name.to_owned(), value.to_owned(), true))
    }

    /// Takes a tick out.
    pub fn untick(self, name: &str, value: &str) -> Self {
        self.and(Deed::Tick(name.to_owned(), value.to_owned(), false))
    }

    /// Chooses a file.
    pub fn file(self, name: &str, file_name: &str, bytes: Vec<u8>) -> Self {
        self.and(Deed::File(name.to_owned(), file_name.to_owned(), bytes))
    }

    /// Sends a value that the form does not offer, as somebody who forges requests would.
    pub fn forge(self, name: &str, value: &str) -> Self {
        self.and(Deed::Force(name.to_owned(), value.to_owned()))
    }

    /// Leaves a field out, as somebody who forges requests would.
    pub fn leave_out(self, name: &str) -> Self {
        self.and(Deed::Drop(name.to_owned()))
    }
}

#[derive(Debug, Clone)]
enum Control {
    Text {
        name: String,
        value: String,
    },
    /// A box or a radio button.
    Pick {
        name: String,
        value: String,
        checked: bool,
        radio: bool,
    },
    Select {
        name: String,
        options: Vec<String>,
        chosen: String,
    },
    File {
        name: String,
        files: Vec<(String, Vec<u8>)>,
    },
}

/// A form that was drawn.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    pub method: String,
    multipart: bool,
    controls: Vec<Control>,
}

fn control(element: ElementRef<'_>) -> Option<Control> {
    let tag = element.value();
    if tag.attr("disabled").is_some() {
        return None;
    }
    let name = tag.attr("name")?.to_owned();
    let value = tag.attr("value").unwrap_or_default().to_owned();
    Some(match (tag.name(), tag.attr("type").unwrap_or("text")) {
        // Browsers send each line break as CR LF.
        ("textarea", _) => Control::Text { name, value: element.text().collect::<String>().replace('\n', "\r\n") },
        ("select", _) => {
            let options = selector("option");
            let all: Vec<(String, bool)> = element
                .select(&options)
                .map(|it| (it.attr("value").map_or_else(|| words_of(it), str::to_owned), it.attr("selected").is_some()))
                .collect();
            let chosen = all
                .iter()
                .find(|(_, selected)| *selected)
                .or(all.first())
                .map(|(value, _)| value.clone())
                .unwrap_or_default();
            Control::Select { name, options: all.into_iter().map(|(value, _)| value).collect(), chosen }
        }
        ("button", "submit") => Control::Text { name, value },
        ("button", _) => return None,
        (_, kind @ ("radio" | "checkbox")) => {
            let value = if tag.attr("value").is_some() { value } else { "on".to_owned() };
            Control::Pick { name, value, checked: tag.attr("checked").is_some(), radio: kind == "radio" }
        }
        (_, "file") => Control::File { name, files: vec![] },
        (_, "submit" | "button" | "reset") => return None,
        _ => Control::Text { name, value },
    })
}

impl Form {
    /// The form to that address (its path), or the one that a CSS selector finds. There must be exactly one.
    #[track_caller]
    pub fn find(html: &Html, which: &str, at: &str) -> Self {
        let css = if which.starts_with('/') { format!("form[action=\"{which}\"]") } else { which.to_owned() };
        let found: Vec<ElementRef<'_>> = html.select(&selector(&css)).collect();
        assert_eq!(found.len(), 1, "{at} has {} forms {css}", found.len());
        let tag = found[0].value();
        let controls = selector("input, textarea, select, button");
        Self {
            action: tag.attr("action").unwrap_or(at).to_owned(),
            method: tag.attr("method").unwrap_or("get").to_owned(),
            multipart: tag.attr("enctype") == Some("multipart/form-data"),
            controls: found[0].select(&controls).filter_map(control).collect(),
        }
    }

    /// Whether the form has a field of that name.
    pub fn has(&self, field: &str) -> bool {
        self.controls.iter().any(|control| control.name() == field)
    }

    /// The form after a person went over it. A field that was not drawn cannot be filled.
    #[track_caller]
    pub fn filled(mut self, fill: &Fill) -> Self {
        for deed in &fill.deeds {
            let done = match deed {
                Deed::Type(name, value) => {
                    self.controls.iter_mut().filter(|it| it.name() == name).fold(false, |done, it| it.set(value) | done)
                }
                Deed::Tick(name, value, on) => self.controls.iter_mut().any(|it| it.tick(name, value, *on)),
                Deed::File(name, file_name, bytes) => {
                    self.controls.iter_mut().any(|it| it.choose(name, file_name, bytes))
                }
                Deed::Force(name, value) => {
                    self.controls.retain(|it| it.name() != name);
                    self.controls.push(Control::Text { name: name.clone(), value: value.clone() });
                    true
                }
                Deed::Drop(name) => {
                    self.controls.retain(|it| it.name() != name);
                    true
                }
            };
            assert!(done, "the form to {} cannot do {deed:?}; it has {:?}", self.action, self.controls);
        }
        self
    }

    /// The fields as they are sent, without files.
    pub fn pairs(&self) -> Vec<(String, String)> {
        self.controls
            .iter()
            .filter_map(|control| match control {
                Control::Text { name, value } => Some((name.clone(), value.clone())),
                Control::Pick { name, value, checked: true, .. } => Some((name.clone(), value.clone())),
                Control::Select { name, chosen, .. } => Some((name.clone(), chosen.clone())),
                Control::Pick { .. } | Control::File { .. } => None,
            })
            .collect()
    }

    /// Content type and body.
    pub fn body(&self) -> (String, Body) {
        if self.multipart {
            self.as_multipart()
        } else {
            ("application/x-www-form-urlencoded".to_owned(), Body::from(encoded(&self.pairs())))
        }
    }

    fn as_multipart(&self) -> (String, Body) {
        const LINE: &str = "----tests7MA4YWxkTrZu0gW";
        let mut out = vec![];
        let mut part = |head: &str, bytes: &[u8]| {
            out.extend_from_slice(format!("--{LINE}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
            out.extend_from_slice(bytes);
            out.extend_from_slice(b"\r\n");
        };
        for (name, value) in self.pairs() {
            part(&format!("name=\"{name}\""), value.as_bytes());
        }
        for control in &self.controls {
            let Control::File { name, files } = control else { continue };
            if files.is_empty() {
                // A file control left alone is sent as a file without name and content.
                part(&format!("name=\"{name}\"; filename=\"\"\r\nContent-Type: application/octet-stream"), b"");
            }
            for (file_name, bytes) in files {
                part(
                    &format!("name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: application/octet-stream"),
                    bytes,
                );
            }
        }
        out.extend_from_slice(format!("--{LINE}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={LINE}"), Body::from(out))
    }
}

/// Pairs as `application/x-www-form-urlencoded`.
pub fn encoded(pairs: &[(String, String)]) -> String {
    let piece = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    pairs.iter().map(|(name, value)| format!("{}={}", piece(name), piece(value))).collect::<Vec<_>>().join("&")
}

impl Control {
    fn name(&self) -> &str {
        match self {
            Self::Text { name, .. } | Self::Pick { name, .. } | Self::Select { name, .. } | Self::File { name, .. } => {
                name
            }
        }
    }

    /// Types, or picks; true when this control took the value.
    fn set(&mut self, to: &str) -> bool {
        match self {
            Self::Text { value, .. } => {
                *value = to.to_owned();
                true
            }
            Self::Pick { value, checked, radio, .. } => {
                if *radio || value == to {
                    *checked = value == to;
                }
                value == to
            }
            Self::Select { options, chosen, .. } => {
                let offered = options.iter().any(|it| it == to);
                if offered {
                    *chosen = to.to_owned();
                }
                offered
            }
            Self::File { .. } => false,
        }
    }

    fn tick(&mut self, at: &str, which: &str, on: bool) -> bool {
        match self {
            Self::Pick { name, value, checked, radio: false } if name == at && value == which => {
                *checked = on;
                true
            }
            _ => false,
        }
    }

    fn choose(&mut self, at: &str, file_name: &str, bytes: &[u8]) -> bool {
        match self {
            Self::File { name, files } if name == at => {
                files.push((file_name.to_owned(), bytes.to_vec()));
                true
            }
            _ => false,
        }
    }
}
