//! An answer of the program, and what is asked of every one of them.

use std::collections::BTreeSet;

use axum::http::{HeaderMap, StatusCode, header};
use binhyen::web::flights::Flights;
use binhyen::web::headers::CONTENT_SECURITY_POLICY;
use bytes::Bytes;
use scraper::{ElementRef, Html, Selector};

/// What came back, checked already.
pub struct Answer {
    /// "GET /ho-so".
    pub asked: String,
    /// The address without its query.
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Statements that the request sent to the database.
    pub flights: u32,
    html: Option<Html>,
}

pub fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap_or_else(|error| panic!("selector {text}: {error}"))
}

/// Words of an element with single spaces between them.
pub fn words_of(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

impl Answer {
    pub fn new(
        asked: String,
        path: String,
        response: (StatusCode, HeaderMap, Bytes),
        flights: Option<&Flights>,
    ) -> Self {
        let (status, headers, body) = response;
        let is_html = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let text = is_html.then(|| std::str::from_utf8(&body).expect("a page is UTF-8"));
        let html = text.filter(|text| !text.is_empty()).map(Html::parse_document);
        Self { asked, path, status, headers, body, flights: flights.map_or(0, |it| it.0), html }
    }

    /// The page; for an answer that is none it tells what came instead.
    pub fn html(&self) -> &Html {
        self.html.as_ref().unwrap_or_else(|| panic!("{}: {} is no page", self.asked, self.status))
    }

    /// Every answer is guarded, and every page is whole.
    pub fn check(&self, signed_in: bool) {
        let header = |name: &str| self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
        assert_eq!(header("x-content-type-options"), "nosniff", "{}", self.asked);
        if signed_in && !self.path.starts_with("/tinh/") && !self.path.starts_with(binhyen::recognition::urls::PUBLIC) {
            assert_eq!(header("cache-control"), "no-store", "{}", self.asked);
        }
        match &self.html {
            Some(html) => {
                assert_eq!(header("content-security-policy"), CONTENT_SECURITY_POLICY, "{}", self.asked);
                self.check_page(html);
            }
            None => assert!(!header("content-security-policy").is_empty(), "{}", self.asked),
        }
    }

    fn check_page(&self, html: &Html) {
        let mut ids = BTreeSet::new();
        let mut wanted = vec![];
        let mut headings = 0;
        for element in html.tree.nodes().filter_map(ElementRef::wrap) {
            let tag = element.value();
            for (name, value) in tag.attrs() {
                assert!(name != "style" && !name.starts_with("on"), "{}: <{} {name}>", self.asked, tag.name());
                match name {
                    "id" => assert!(ids.insert(value.to_owned()), "{}: two elements are #{value}", self.asked),
                    "for" | "aria-describedby" | "aria-labelledby" | "aria-controls" | "list" => {
                        wanted.extend(value.split_whitespace().map(str::to_owned));
                    }
                    "href" => wanted.extend(value.strip_prefix('#').map(str::to_owned)),
                    _ => {}
                }
            }
            match tag.name() {
                "html" => assert_eq!(tag.attr("lang"), Some("vi"), "{}", self.asked),
                "h1" => headings += 1,
                "style" => panic!("{}: a style sheet inside the page", self.asked),
                "script" => assert!(
                    tag.attr("src").is_some() && element.text().all(|it| it.trim().is_empty()),
                    "{}: a script inside the page",
                    self.asked
                ),
                "img" => assert!(tag.attr("alt").is_some(), "{}: a picture without words", self.asked),
                _ => {}
            }
        }
        assert_eq!(headings, 1, "{}: pages have one h1", self.asked);
        for id in wanted {
            assert!(ids.contains(&id), "{}: something points to #{id}, which is not there", self.asked);
        }
    }

    /// The words of the page's main part (of the whole body when it has none).
    pub fn text(&self) -> String {
        let html = self.html();
        let main = html.select(&selector("main")).next().unwrap_or_else(|| html.root_element());
        words_of(main)
    }

    /// For messages of failed tests.
    fn told(&self) -> String {
        let text = if self.html.is_some() { self.text() } else { String::from_utf8_lossy(&self.body).into_owned() };
        format!("{} gave {} {:?}\n{text}", self.asked, self.status, self.headers.get(header::LOCATION))
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.told());
        self
    }

    #[track_caller]
    pub fn ok(&self) -> &Self {
        self.is(200)
    }

    /// A page of ours that says so, and not what a layer below would say.
    #[track_caller]
    pub fn not_found(&self) -> &Self {
        self.is(404).says("Không tìm thấy")
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(self.text().contains(words), "“{words}” is not in:\n{}", self.told());
        self
    }

    #[track_caller]
    pub fn is_silent_about(&self, words: &str) -> &Self {
        assert!(!self.text().contains(words), "“{words}” is in:\n{}", self.told());
        self
    }

    /// The statements of this request, counted by the program itself.
    #[track_caller]
    pub fn costs(&self, most: u32) -> &Self {
        assert!(
            self.flights <= most && self.flights > 0,
            "{} sent {} statements, its budget is {most}",
            self.asked,
            self.flights
        );
        self
    }

    #[track_caller]
    pub fn leads_to(&self, path: &str) -> &Self {
        self.is(303);
        assert_eq!(self.location(), path, "{}", self.told());
        self
    }

    pub fn location(&self) -> String {
        let to = self.headers.get(header::LOCATION).unwrap_or_else(|| panic!("nowhere to go: {}", self.told()));
        to.to_str().expect("an address").to_owned()
    }

    /// What the error summary lists: field and sentence. Each sentence also stands at its field, tied to it for readers.
    #[track_caller]
    pub fn errors(&self) -> Vec<(String, String)> {
        let html = self.html();
        let links = selector(".errsum a");
        let listed: Vec<(String, String)> = html
            .select(&links)
            .map(|link| (link.attr("href").unwrap_or_default().trim_start_matches('#').to_owned(), words_of(link)))
            .collect();
        for (field, sentence) in &listed {
            let said = html.select(&selector(&format!("[id=\"{field}-e\"]"))).next();
            let said = words_of(said.unwrap_or_else(|| panic!("no sentence at {field}: {}", self.told())));
            assert!(said.ends_with(sentence.as_str()), "{field} says “{said}”, the summary “{sentence}”");
            let tied = format!("[aria-describedby~=\"{field}-e\"]");
            assert!(
                html.select(&selector(&tied)).next().is_some(),
                "the sentence at {field} is not tied to it: {}",
                self.told()
            );
        }
        listed
    }

    /// A form drawn again: 422, and at this field this sentence.
    #[track_caller]
    pub fn refuses(&self, field: &str, words: &str) -> &Self {
        self.is(422);
        let errors = self.errors();
        assert!(
            errors.iter().any(|(at, said)| at == field && said.contains(words)),
            "“{words}” is not said at {field}, but {errors:?}"
        );
        self
    }

    /// What a field of the page holds now.
    #[track_caller]
    pub fn value(&self, field: &str) -> String {
        let html = self.html();
        let at = selector(&format!("[name=\"{field}\"]"));
        let control = html.select(&at).next().unwrap_or_else(|| panic!("no field {field}: {}", self.told()));
        match control.value().name() {
            "textarea" => control.text().collect(),
            _ => control.attr("value").unwrap_or_default().to_owned(),
        }
    }

    /// Whether the page has such an element.
    pub fn has(&self, css: &str) -> bool {
        self.html().select(&selector(css)).next().is_some()
    }

    /// The addresses of links that begin with `start`, in their order, each once.
    pub fn links(&self, start: &str) -> Vec<String> {
        let mut found: Vec<String> = vec![];
        for link in self.html().select(&selector("a[href]")) {
            let href = link.attr("href").unwrap_or_default().to_owned();
            if href.starts_with(start) && !found.contains(&href) {
                found.push(href);
            }
        }
        found
    }
}
