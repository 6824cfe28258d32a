//! The rules of the house (docs/architecture.md), held by reading the sources as text. A message says which line is in the wrong
//! room, and where it would be at home.
//!
//! Comments and tests inside `src/` are not read: a rule is about what runs.
#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of a file, its tests left out.
const LONGEST_FILE: usize = 400;
/// The most lines of a function, its statements left out.
const LONGEST_FUNCTION: usize = 40;
/// The most parameters of a handler: `State`, who, `Path`, the form.
const MOST_PARAMETERS: usize = 4;

/// A source file, with its tests and comments blanked out so that line numbers stay.
struct Source {
    path: String,
    lines: Vec<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The last line of an item that begins at `first`. Sources are formatted, so its closing brace stands at its own indent.
fn end_of_item(lines: &[String], first: usize) -> usize {
    let depth = indent(&lines[first]);
    let mut at = first;
    while lines[at].trim_start().starts_with("#[") {
        at += 1;
    }
    let mut head = at;
    while !lines[head].trim_end().ends_with(['{', ';', '}']) && head + 1 < lines.len() {
        head += 1;
    }
    if !lines[head].trim_end().ends_with('{') {
        return head;
    }
    (head + 1..lines.len())
        .find(|line| indent(&lines[*line]) == depth && lines[*line].trim_start().starts_with('}'))
        .unwrap_or(lines.len() - 1)
}

/// `mod x;` lines under `#[cfg(test)]`: the files they name are tests.
fn test_modules(path: &Path, lines: &[String]) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap();
    let folder = path.parent().unwrap();
    let folder =
        if ["mod", "lib", "main"].iter().any(|it| stem == *it) { folder.to_owned() } else { folder.join(stem) };
    let named = |(at, line): (usize, &String)| {
        let name = line.trim().strip_suffix(';')?.rsplit_once("mod ")?.1;
        (at > 0 && lines[at - 1].trim() == "#[cfg(test)]")
            .then(|| [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")])
    };
    lines.iter().enumerate().filter_map(named).flatten().collect()
}

/// Every source that runs.
fn sources() -> Vec<Source> {
    let mut paths = vec![];
    files(&root().join("src"), "rs", &mut paths);
    let read = |path: &PathBuf| fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect::<Vec<_>>();
    let all: Vec<(PathBuf, Vec<String>)> = paths.into_iter().map(|path| (path.clone(), read(&path))).collect();
    let tests: BTreeSet<PathBuf> = all.iter().flat_map(|(path, lines)| test_modules(path, lines)).collect();
    all.into_iter()
        .filter(|(path, _)| !tests.contains(path))
        .map(|(path, lines)| Source { path: name_of(&path), lines: without_tests(lines) })
        .collect()
}

fn without_tests(mut lines: Vec<String>) -> Vec<String> {
    let mut at = 0;
    while at < lines.len() {
        let trimmed = lines[at].trim_start().to_owned();
        if trimmed.starts_with("#[cfg(test)]") {
            let end = end_of_item(&lines, at);
            // Nothing left of it: these lines do not count as length either.
            lines.drain(at..=end);
        } else {
            if trimmed.starts_with("//") {
                lines[at] = String::new();
            }
            at += 1;
        }
    }
    lines
}

impl Source {
    fn is(&self, rooms: &[&str]) -> bool {
        rooms.iter().any(|room| self.path == *room || (room.ends_with('/') && self.path.starts_with(room)))
    }

    /// The layer by name: `store` for `dossier/store.rs` and for everything under `dossier/store/`.
    fn layer(&self, name: &str) -> bool {
        self.path.ends_with(&format!("/{name}.rs")) || self.path.contains(&format!("/{name}/"))
    }

    fn feature(&self) -> &str {
        self.path.split('/').nth(1).unwrap_or_default()
    }

    /// Lines that hold one of `words`, each told as a sentence.
    fn lines_with(&self, words: &[&str], advice: &str) -> Vec<String> {
        let holds = |line: &&(usize, &String)| words.iter().any(|word| line.1.contains(word));
        let numbered: Vec<(usize, &String)> = self.lines.iter().enumerate().collect();
        numbered
            .iter()
            .filter(holds)
            .map(|(at, line)| {
                format!("{}: `{}`\n    {advice}", self.path, line.trim()).replacen(
                    ": `",
                    &format!(":~{}: `", at + 1),
                    1,
                )
            })
            .collect()
    }
}

fn assert_none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}\n\n{}\n", found.join("\n"));
}

/// Lines with `words` outside the sources that `at_home` lets through.
fn strays(words: &[&str], at_home: impl Fn(&Source) -> bool, advice: impl Fn(&Source) -> String) -> Vec<String> {
    sources()
        .iter()
        .filter(|source| !at_home(source))
        .flat_map(|source| source.lines_with(words, &advice(source)))
        .collect()
}

#[test]
fn statements_live_in_stores() {
    // The door itself, and the servers that the program starts, speak SQL without a noun.
    let doors = ["src/platform/db.rs", "src/platform/postgres/"];
    let found = strays(
        &["sqlx::query(", "sqlx::query_", "sqlx::raw_sql", "query!(", "query_as!(", "query_scalar!("],
        |source| source.layer("store") || source.is(&doors),
        |source| format!("move this statement to {}/store.rs", source.feature()),
    );
    assert_none("Every SQL statement stands in the store of the noun that owns the table.", &found);
}

#[test]
fn connections_come_from_one_door() {
    // These run before anybody serves, with the migration role or a superuser: they are commands, not requests.
    let commands =
        ["src/platform/db.rs", "src/platform/postgres/", "src/commands/", "src/account/first_steward.rs", "src/demo/"];
    let found = strays(
        &["PgPool", "PoolConnection", "PgConnection::connect", "PgListener"],
        |source| source.is(&commands),
        |_| {
            "take a `Scoped` from `Database::enter_session`, `enter_public` or `enter_job`: its scope is set by its first statement".to_owned()
        },
    );
    assert_none("No connection without a scope: the pool is private to platform/db.rs.", &found);
}

#[test]
fn pages_and_web_are_the_only_rooms_that_know_http_and_templates() {
    let found = strays(
        &["axum::", "askama", "http::StatusCode"],
        |source| source.layer("pages") || source.is(&["src/web/", "src/router.rs", "src/commands/"]),
        |source| {
            format!(
                "{} knows nothing of HTTP or templates: move this to {}/pages.rs, or to web/ when it serves every page",
                source.path,
                source.feature()
            )
        },
    );
    assert_none("axum and askama are named in pages and in web/ alone.", &found);
}

#[test]
fn actions_alone_begin_and_commit() {
    let found = strays(
        &[".begin()", ".commit()", ".rollback()"],
        |source| source.layer("actions") || source.is(&["src/demo/", "src/account/first_steward.rs"]),
        |source| {
            format!(
                "move the transaction to {}/actions.rs: a store is given the connection of whoever began",
                source.feature()
            )
        },
    );
    assert_none("One function per verb in actions.rs owns the transaction.", &found);
}

#[test]
fn only_the_clock_reads_the_time() {
    let found = strays(
        &["Utc::now", "Local::now", "SystemTime::now"],
        |source| source.is(&["src/platform/clock.rs"]),
        |_| "take `now` as a parameter; pages have it in `Visit::now`".to_owned(),
    );
    assert_none("Time is a parameter.", &found);
}

#[test]
fn permits_are_made_under_access_alone() {
    let found = strays(
        &["Permit::new", "Permit {"],
        |source| source.is(&["src/access/"]),
        |_| "ask `rules::may_...` for the permit".to_owned(),
    );
    assert_none("A permit is the answer of a rule.", &found);
}

#[test]
fn models_are_pure() {
    let found = strays(
        &["sqlx", "axum", "askama", "tokio", "std::fs", "std::env", "crate::web", "crate::words"],
        |source| !source.layer("model"),
        |source| {
            format!(
                "a model holds types and rules only: SQL to {0}/store.rs, sentences to words/, HTTP to {0}/pages.rs",
                source.feature()
            )
        },
    );
    assert_none("model.rs names std, chrono, ids and permits.", &found);
}

#[test]
fn stores_and_actions_do_not_look_up() {
    let stores = strays(
        &["super::actions", "super::pages", "super::form", "crate::web", "crate::words"],
        |source| !source.layer("store"),
        |_| "a store knows its model and the actor's scope; the caller knows the rest".to_owned(),
    );
    assert_none("store.rs is below actions, forms and pages.", &stores);
    let actions = strays(
        &["super::pages", "super::form"],
        |source| !source.layer("actions"),
        |_| "an action takes what the form gave; it does not read forms or draw pages".to_owned(),
    );
    assert_none("actions.rs is below forms and pages.", &actions);
}

#[test]
fn forms_hold_no_statement_and_no_page() {
    let found = strays(
        &["sqlx", "axum", "askama", "super::pages"],
        |source| !source.layer("form") || source.is(&["src/web/"]),
        |_| "a form turns raw strings into input or into sentences at its fields".to_owned(),
    );
    assert_none("form.rs reads what people type, and nothing else.", &found);
}

#[test]
fn the_platform_knows_no_feature_and_no_http() {
    let lower = ["crate::platform", "crate::words::files"];
    let mut found = vec![];
    for source in sources().iter().filter(|source| source.is(&["src/platform/"])) {
        for line in source.lines_with(
            &["crate::", "axum", "askama"],
            "the platform knows neither HTTP nor the domain: pass it as a parameter",
        ) {
            if !lower.iter().any(|name| line.contains(name)) {
                found.push(line);
            }
        }
    }
    assert_none("platform/ lies below everything.", &found);
}

#[test]
fn nobody_reads_reports() {
    let found = strays(
        &["crate::report"],
        |source| source.is(&["src/report/", "src/router.rs", "src/lib.rs", "src/web/page.rs"]),
        |_| "report reads all nouns and nobody reads report: give the noun its own store function".to_owned(),
    );
    assert_none("Dependencies follow the year.", &found);
}

#[test]
fn rooms_have_names_that_say_what_is_in_them() {
    let vague = ["util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services", "misc"];
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| {
            let mut steps = source.path.trim_end_matches(".rs").split('/');
            steps.any(|step| step.split('_').any(|word| vague.contains(&word)))
        })
        .map(|source| format!("{}: name it after the noun or the manner it holds", source.path))
        .collect();
    assert_none("No utils, helpers, common, service, manager.", &found);
}

#[test]
fn files_stay_short() {
    let long = |source: &Source| {
        let lines = source.lines.len();
        (lines > LONGEST_FILE).then(|| format!("{}: {lines} lines; make it a folder of the same name", source.path))
    };
    let found: Vec<String> = sources().iter().filter_map(long).collect();
    assert_none("Over 400 lines, tests aside, a file becomes a folder.", &found);
}

/// The name in a line that begins a function.
fn function_name(line: &str) -> Option<&str> {
    let head = line.trim_start();
    let starts = ["fn ", "async fn ", "const fn ", "pub fn ", "pub async fn ", "pub const fn "];
    let is_fn =
        starts.iter().any(|start| head.starts_with(start)) || (head.starts_with("pub(") && head.contains(" fn "));
    let (_, rest) = head.split_once("fn ").filter(|_| is_fn)?;
    Some(&rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_')?])
}

/// Lines of a function without its statements: SQL and what is bound to it is read as one thing, however it is laid out.
fn weight(lines: &[String]) -> usize {
    let mut at = 0;
    let mut weight = 0;
    while at < lines.len() {
        let line = lines[at].trim();
        weight += usize::from(!line.is_empty());
        at += 1;
        if line.contains("query") && line.ends_with("!(") {
            let depth = indent(&lines[at - 1]);
            while at < lines.len() && (indent(&lines[at]) != depth || !lines[at].trim_start().starts_with(')')) {
                at += 1;
            }
        }
    }
    weight
}

#[test]
fn functions_stay_short() {
    // Each is one list that reads better in one piece than in two.
    let lists = ["src/dossier/store/load.rs: load"];
    let mut found = vec![];
    for source in sources() {
        for (at, line) in source.lines.iter().enumerate() {
            let Some(name) = function_name(line) else { continue };
            let weight = weight(&source.lines[at..=end_of_item(&source.lines, at)]);
            let told = format!("{}: {name}", source.path);
            if weight > LONGEST_FUNCTION && !lists.contains(&told.as_str()) {
                found.push(format!("{told} has {weight} lines; give its steps names of their own"));
            }
        }
    }
    assert_none("A function over 40 lines does more than one thing.", &found);
}

/// The parameters of the function that begins at `first`, as text.
fn parameters(lines: &[String], first: usize) -> Vec<String> {
    let text = lines[first..].iter().take(20).map(String::as_str).collect::<Vec<_>>().join(" ");
    let Some(open) = text.find('(') else { return vec![] };
    let text =
        if text.trim_start().starts_with("pub(") { &text[text.find("fn ").unwrap_or(0)..] } else { text.as_str() };
    let open = text.find('(').unwrap_or(open);
    let (mut depth, mut found, mut one) = (0_i32, vec![], String::new());
    for letter in text[open..].chars() {
        match letter {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth -= 1,
            ',' if depth == 1 => {
                found.push(std::mem::take(&mut one));
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
        one.push(letter);
    }
    found.push(one);
    found.retain(|it| it.trim_matches(['(', ' ']).len() > 1);
    found
}

#[test]
fn handlers_take_at_most_four_things() {
    let extractors = ["State(", "Visit", "Posted", "PersonPosted", "PostedFiles", "Anonymous"];
    let mut found = vec![];
    for source in sources().iter().filter(|source| source.layer("pages")) {
        for (at, line) in source.lines.iter().enumerate().filter(|(_, line)| line.contains("async fn ")) {
            let parameters = parameters(&source.lines, at);
            let is_handler =
                parameters.iter().any(|it| extractors.iter().any(|word| it.contains(word)) && !it.contains('&'));
            if is_handler && parameters.len() > MOST_PARAMETERS {
                let name = function_name(line).unwrap_or_default();
                found.push(format!(
                    "{}: {name} takes {}; put what belongs together into one extractor",
                    source.path,
                    parameters.len()
                ));
            }
        }
    }
    assert_none("State, who, path, form: a handler takes no more.", &found);
}

#[test]
fn nothing_is_left_for_later() {
    let found = strays(
        &["todo!(", "unimplemented!(", "dbg!(", "FIXME", "XXX"],
        |_| false,
        |_| "finish it, or leave it out".to_owned(),
    );
    assert_none("No half-built places.", &found);
}

struct Template {
    path: String,
    text: String,
}

/// The templates, without their comments.
fn templates() -> Vec<Template> {
    let mut paths = vec![];
    files(&root().join("templates"), "html", &mut paths);
    let uncommented = |path: PathBuf| {
        let mut text = fs::read_to_string(&path).unwrap();
        while let Some((before, rest)) = text.split_once("{#") {
            let after = rest.split_once("#}").map_or("", |(_, after)| after);
            text = format!("{before}{after}");
        }
        Template { path: name_of(&path), text }
    };
    paths.into_iter().map(uncommented).collect()
}

fn tags<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(name).map(|(at, _)| &text[at..])
}

#[test]
fn templates_hold_no_inline_style_and_no_inline_script() {
    let mut found = vec![];
    for template in templates() {
        let mut say = |what: &str| {
            found.push(format!(
                "{}: {what}; the content security policy forbids it, and it would not run",
                template.path
            ));
        };
        if template.text.contains(" style=") || template.text.contains("<style") {
            say("style in the page: give it a class in static/css/");
        }
        if tags(&template.text, "<script").any(|tag| !tag[..tag.find('>').unwrap_or(tag.len())].contains("src=")) {
            say("script in the page: put it into static/js/");
        }
        let handlers = [
            "onclick",
            "onchange",
            "onsubmit",
            "oninput",
            "onload",
            "onerror",
            "onkeydown",
            "onkeyup",
            "onfocus",
            "onblur",
        ];
        if handlers.iter().any(|name| template.text.contains(&format!(" {name}="))) {
            say("event handler in a tag: listen in static/js/");
        }
        if template.text.contains("javascript:") {
            say("address with a script");
        }
        if template.text.contains("|safe") || template.text.contains("| safe") {
            say("text that is not escaped");
        }
    }
    assert_none("Nothing inline.", &found);
}

/// Forms that are not drawn for a seat, and why.
const SEATLESS: &[(&str, &str)] = &[
    ("templates/shell/base.html", "signing out works from every seat and from none"),
    ("templates/account/sign_in.html", "nobody is signed in yet"),
    ("templates/certificate/checked.html", "anybody who holds a certificate checks it, from no seat"),
    ("templates/account/invite.html", "nobody is signed in yet"),
    ("templates/account/resume.html", "draws a form again for whatever seat is taken now"),
    ("templates/account/seats.html", "this is where the seat is chosen"),
    ("templates/account/next.html", "leads on to the picker, before a seat is chosen"),
    ("templates/account/password.html", "a password belongs to the person, who may have no seat yet"),
    ("templates/account/own.html", "sessions belong to the person, who may have no seat yet"),
];

#[test]
fn every_form_carries_the_seat_it_was_drawn_for() {
    let mut found = vec![];
    for template in templates().iter().filter(|it| !SEATLESS.iter().any(|(path, _)| it.path == *path)) {
        for form in tags(&template.text, "<form ") {
            let whole = &form[..form.find("</form>").unwrap_or(form.len())];
            let head = &whole[..whole.find('>').unwrap_or(whole.len())];
            if head.contains("method=\"post\"") && !whole.contains("seat(") {
                found.push(format!("{}: `{head}>` begins without {{{{ form_part::seat(shell) }}}}", template.path));
            }
            if !head.contains("method=") {
                found.push(format!("{}: `{head}>` does not say its method", template.path));
            }
        }
    }
    assert_none("A form posted after a change of seat is stale: it carries the seat.", &found);
    for (path, _) in SEATLESS {
        assert!(root().join(path).exists(), "{path} is gone: take it off the list");
    }
}

#[test]
fn the_program_speaks_plainly() {
    // The voice of docs/design.md: no begging, no shouting, and nobody is called "the system".
    let banned = ["vui lòng", "hệ thống", "xin hãy", "thao tác", "thành công!"];
    let mut found = vec![];
    for template in templates() {
        let folded = template.text.to_lowercase();
        found.extend(
            banned.iter().filter(|word| folded.contains(**word)).map(|word| format!("{}: “{word}”", template.path)),
        );
    }
    for source in
        sources().iter().filter(|source| source.is(&["src/words/"]) || source.layer("form") || source.layer("pages"))
    {
        found.extend(source.lines_with(&banned, "say what happened and what to do next"));
    }
    assert_none("Official, calm, warm.", &found);
}

#[test]
fn every_migration_goes_back() {
    let mut ups = vec![];
    files(&root().join("migrations"), "sql", &mut ups);
    for path in ups.iter().filter(|path| name_of(path).ends_with(".up.sql")) {
        let down = PathBuf::from(path.to_string_lossy().replace(".up.sql", ".down.sql"));
        assert!(down.exists(), "{} has no way back", name_of(path));
        let text = fs::read_to_string(path).unwrap();
        assert!(text.starts_with("--"), "{} does not say in its first line what it is for", name_of(path));
    }
}
