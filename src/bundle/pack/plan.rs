//! What goes where: the ward first, then its groups, each with its papers, its parts and its evidence.

use std::collections::{BTreeMap, HashSet};

use super::names::{Paths, extension, slug, stem};
use super::tables;
use crate::bundle::model::{Books, Dossier, Issued, Kept, Part, Year};
use crate::platform::id::UnitId;
use crate::ruleset::{DossierKind, Ruleset, SubjectKind, SubjectRules};
use crate::web::filters::dates;
use crate::web::page::capital;
use crate::words::bundle as words;
use crate::words::{dossier as dossiers, paper};

/// Where the bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The file store, under that SHA-256.
    Kept(String),
    /// Here.
    Text(String),
}

/// A file to be packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its path.
    pub path: String,
    /// What it is.
    pub title: String,
    /// Its bytes.
    pub source: Source,
}

/// Files that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// "Tổ dân phố 7".
    pub heading: String,
    /// What else there is to know.
    pub notes: Vec<String>,
    /// The files.
    pub items: Vec<Item>,
}

/// What a plan is made from.
#[derive(Debug)]
struct Desk<'a> {
    year: &'a Year,
    ruleset: &'a Ruleset,
    papers: &'a [Issued],
    paths: Paths,
}

/// The ward's package: its papers of the request, its request and its groups'.
#[must_use]
pub fn package(year: &Year, ruleset: &Ruleset, (found, papers): (&[Dossier], &[Issued])) -> Vec<Section> {
    let papers: Vec<Issued> = papers.iter().filter(|it| !is_of_registration(it)).cloned().collect();
    let mut desk = Desk { year, ruleset, papers: &papers, paths: Paths::default() };
    let tables = desk.tables(found);
    let mut sections = desk.units(found);
    // After the ward's own, which comes first.
    sections.insert(sections.len().min(1), tables);
    sections
}

/// Everything of a year.
#[must_use]
pub fn archive(
    year: &Year,
    ruleset: &Ruleset,
    (found, papers): (&[Dossier], &[Issued]),
    books: &Books,
) -> Vec<Section> {
    let mut desk = Desk { year, ruleset, papers, paths: Paths::default() };
    let mut all = desk.tables(found);
    words::OF_THE_YEAR.clone_into(&mut all.heading);
    all.items.push(desk.text(("chung", "quyet-dinh", "csv"), words::DECISIONS, tables::decisions(found)));
    all.items.push(desk.text(("chung", "nhat-ky", "csv"), words::JOURNAL, tables::journal(&books.events)));
    all.items.push(desk.text(("chung", "vu-viec", "csv"), words::INCIDENTS, tables::incidents(&books.counts, ruleset)));
    all.items.push(desk.text(("chung", "cuoc-hop", "csv"), words::MEETINGS, tables::meetings(&books.turns)));
    let rules = serde_json::to_string_pretty(ruleset).unwrap_or_default();
    all.items.push(desk.text(("chung", "bo-quy-dinh", "json"), words::RULESET, rules));
    let mut sections = desk.units(found);
    sections.insert(0, all);
    sections
}

fn is_of_registration(paper: &Issued) -> bool {
    paper.kind.part().is_some_and(|(of, _)| of == DossierKind::Registration)
        || paper.kind == crate::paper::model::Kind::WardPlan
}

impl Desk<'_> {
    fn text(&mut self, (folder, stem, extension): (&str, &str, &str), title: &str, text: String) -> Item {
        Item { path: self.paths.free(folder, stem, extension), title: title.to_owned(), source: Source::Text(text) }
    }

    fn tables(&mut self, found: &[Dossier]) -> Section {
        let results = self.text(("chung", "ket-qua", "csv"), words::RESULTS, tables::results(found));
        let criteria = self.text(("chung", "tieu-chi", "csv"), words::CRITERIA, tables::criteria(found));
        Section { heading: words::TABLES.to_owned(), notes: vec![], items: vec![results, criteria] }
    }

    /// A section for each unit, the ward first.
    fn units(&mut self, found: &[Dossier]) -> Vec<Section> {
        let ward = (self.year.place.ward, None, self.year.names.ward.as_str());
        let groups = self.year.groups.iter().map(|it| (it.id, Some(it.code.as_str()), it.name.as_str()));
        // A city sees a group by its dossier; the ward by its year.
        let sent = found.iter().map(|it| (it.subject, it.code.as_deref(), it.name.as_str()));
        let mut seen = HashSet::new();
        let units: Vec<(UnitId, Option<String>, String)> = std::iter::once(ward)
            .chain(groups)
            .chain(sent)
            .filter(|(id, ..)| seen.insert(*id))
            .map(|(id, code, name)| (id, code.map(str::to_owned), name.to_owned()))
            .collect();
        let sections = units.into_iter().map(|(id, code, name)| self.unit(found, (id, code.as_deref(), &name)));
        sections.filter(|section| !section.items.is_empty() || !section.notes.is_empty()).collect()
    }

    fn unit(&mut self, found: &[Dossier], (id, code, name): (UnitId, Option<&str>, &str)) -> Section {
        let folder = code.map_or_else(|| "phuong".to_owned(), |code| format!("to-{}", slug(code)));
        let folder = self.paths.folder(&folder);
        let own: Vec<&Dossier> = found.iter().filter(|it| it.subject == id).collect();
        let attached: HashSet<&str> =
            own.iter().flat_map(|it| &it.parts).flat_map(|it| &it.files).map(|it| it.sha256.as_str()).collect();
        let mut items = self.papers_of(id, &folder, &attached);
        let mut notes = vec![];
        for dossier in own {
            notes.push(note(dossier));
            items.extend(self.dossier(&folder, dossier));
        }
        Section { heading: capital(name), notes, items }
    }

    /// The unit's issued papers; what lies in a part of its dossier already stands there.
    fn papers_of(&mut self, unit: UnitId, folder: &str, attached: &HashSet<&str>) -> Vec<Item> {
        let folder = format!("{folder}/van-ban");
        let mut items = vec![];
        for paper in self.papers.iter().filter(|it| it.subject == unit) {
            let number = paper.number.as_deref().map(slug);
            let stem = number.map_or_else(String::new, |number| format!("-{number}"));
            let stem = format!("{}{stem}", words::paper_stem(paper.kind));
            let of = paper.number.as_deref().map_or_else(String::new, |number| format!(" số {number}"));
            let title = format!("{}{of}, ngày {}", paper::name(paper.kind), dates::day(paper.on));
            let printed = (paper.sha256.as_str(), "application/pdf", title.clone(), stem.clone());
            let signed = paper.signed.iter().map(|it| {
                let title = format!("{title}, {}", words::SIGNED);
                (it.sha256.as_str(), it.media_type.as_str(), title, format!("{stem}-ban-ky"))
            });
            for (sha256, media_type, title, stem) in std::iter::once(printed).chain(signed) {
                if !attached.contains(sha256) {
                    let path = self.paths.free(&folder, &stem, extension(media_type));
                    items.push(Item { path, title, source: Source::Kept(sha256.to_owned()) });
                }
            }
        }
        items
    }

    fn dossier(&mut self, folder: &str, dossier: &Dossier) -> Vec<Item> {
        let subject = if dossier.code.is_some() { SubjectKind::Group } else { SubjectKind::Ward };
        let rules = self.ruleset.subject(subject);
        let folder = match dossier.kind {
            DossierKind::Registration => format!("{folder}/dang-ky"),
            DossierKind::Request => format!("{folder}/de-nghi"),
        };
        let place = |code: &str| rules.and_then(|it| it.parts(dossier.kind).iter().position(|part| part.code == code));
        let mut parts: Vec<(usize, &Part)> =
            dossier.parts.iter().map(|part| (place(&part.code).unwrap_or(usize::MAX - 1), part)).collect();
        parts.sort_by_key(|(at, _)| *at);
        let mut items = vec![];
        for (at, part) in parts {
            let rule = rules.and_then(|it| it.part(dossier.kind, &part.code));
            let title = rule.map_or(part.code.as_str(), |it| it.title.as_str());
            let at = if at < 99 { format!("{:02}-", at + 1) } else { String::new() };
            items.extend(self.part(&format!("{folder}/{at}{}", slug(&part.code)), title, part));
        }
        items.extend(self.evidence(&folder, dossier, rules));
        items.extend(self.states(&folder, dossier));
        items
    }

    fn part(&mut self, folder: &str, title: &str, part: &Part) -> Vec<Item> {
        let mut items = vec![];
        let bears = bears(part);
        for file in &part.files {
            items.push(self.file(folder, &format!("{title}: {}{bears}", file.name), file));
        }
        if let Some(content) = &part.content {
            let text = format!("{title}{bears}\r\n\r\n{}\r\n", content.replace('\r', "").replace('\n', "\r\n"));
            items.push(self.text((folder, "noi-dung", "txt"), &format!("{title}: {}", words::TYPED), text));
        }
        items
    }

    fn file(&mut self, folder: &str, title: &str, file: &Kept) -> Item {
        let path = self.paths.free(folder, &stem(&file.name), extension(&file.media_type));
        Item { path, title: title.to_owned(), source: Source::Kept(file.sha256.clone()) }
    }

    fn evidence(&mut self, folder: &str, dossier: &Dossier, rules: Option<&SubjectRules>) -> Vec<Item> {
        let label =
            |code: &str| rules.and_then(|it| it.criterion(code)).map_or_else(|| code.to_owned(), |it| it.title.clone());
        let mut items = vec![];
        for file in &dossier.evidence {
            let code = file.criterion.as_deref().unwrap_or_default();
            let on = file.on.map_or_else(String::new, |on| format!(", ngày {}", dates::day(on)));
            let title = format!("Tiêu chí {code}, {}: {}{on}", label(code), file.name);
            items.push(self.file(&format!("{folder}/minh-chung/tieu-chi-{}", slug(code)), &title, file));
        }
        if !dossier.facts.is_empty() {
            let lines: Vec<String> = dossier
                .facts
                .iter()
                .map(|(on, said, code)| format!("{}: {said} (tiêu chí {code})", dates::day(*on)))
                .collect();
            let text = lines.join("\r\n") + "\r\n";
            let folder = format!("{folder}/minh-chung");
            items.push(self.text((folder.as_str(), "su-viec", "txt"), words::FACTS, text));
        }
        items
    }

    /// The exact states that decisions judged: each once, however many decisions looked at it.
    fn states(&mut self, folder: &str, dossier: &Dossier) -> Vec<Item> {
        let states: BTreeMap<&str, &str> =
            dossier.decisions.iter().map(|it| (it.state_sha256.as_str(), it.state.as_str())).collect();
        let folder = format!("{folder}/ban-duoc-xet");
        let mut items = vec![];
        for (sha256, state) in states {
            let short = sha256.get(..12).unwrap_or(sha256);
            items.push(self.text(
                (folder.as_str(), short, "json"),
                &format!("{} {short}", words::STATE),
                state.to_owned(),
            ));
        }
        items
    }
}

/// ", số 05/TTr-TDP7, ngày 10/11/2024, Trần Văn Lựu ký".
fn bears(part: &Part) -> String {
    let number = part.number.as_deref().map(|it| format!(", số {it}"));
    let on = part.on.map(|it| format!(", ngày {}", dates::day(it)));
    let signer = part.signer.as_deref().map(|it| format!(", {it} ký"));
    [number, on, signer].into_iter().flatten().collect()
}

/// "Hồ sơ đề nghị xét duyệt: Đã nộp, biên nhận PL-2024-DN-07, nộp 9:14, 15/11/2024".
fn note(dossier: &Dossier) -> String {
    let receipt = dossier.receipt.as_deref().map(|it| format!(", biên nhận {it}"));
    let at = dossier.submitted_at.map(|it| format!(", nộp {}", dates::moment(it)));
    let late = dossier.late_reason.as_deref().map(|it| format!(". Nộp trễ: {it}"));
    let rest: String = [receipt, at, late].into_iter().flatten().collect();
    format!("{}: {}{rest}", dossiers::kind(dossier.kind), dossiers::status(dossier.status).word.to_lowercase())
}
