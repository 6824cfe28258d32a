//! What is printed in one go: registrations, pledge sheets, lists of households.

use std::collections::HashMap;

use typeset::Style;

use super::make::{Failure, Finished, Shop, apart, look};
use crate::access::Place;
use crate::bundle::model::{Issued, Unit};
use crate::bundle::pack::{Packer, slug};
use crate::bundle::store;
use crate::paper;
use crate::paper::model::{Kind as PaperKind, Names, Slot};
use crate::participation;
use crate::participation::store::Which;
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::files::Made;
use crate::platform::press::PressError;
use crate::web::page::capital;
use crate::words::bundle as words;
use crate::words::bundle::Trouble;

/// How often a busy press is asked again.
const TRIES: usize = 3;

impl Shop<'_> {
    /// The group that it is about, or all.
    fn groups(&self) -> Vec<Unit> {
        let one = self.bundle.order.place.group;
        self.year.groups.iter().filter(|it| one.is_none_or(|one| one == it.id)).cloned().collect()
    }

    fn slot(&self, group: &Unit, kind: PaperKind) -> (Slot, Names) {
        let order = &self.bundle.order;
        let place = Place { group: Some(group.id), ..order.place };
        let names = Names { group: Some((group.name.clone(), group.code.clone())), ..self.year.names.clone() };
        (Slot { place, cycle: order.cycle, kind }, names)
    }

    /// Sets type in its turn.
    async fn set<T: Clone + Send + 'static>(
        &self,
        steps: (usize, usize),
        what: T,
        set: fn(&T) -> Result<Vec<u8>, typeset::TypesetError>,
    ) -> Result<Vec<u8>, Failure> {
        for last in (0..TRIES).rev() {
            let what = what.clone();
            match self.alive(steps, self.app.press.run(move || set(&what))).await? {
                Ok(pdf) => return Ok(pdf.map_err(anyhow::Error::from)?),
                Err(PressError::Busy) if last > 0 => self.reporter.reached(steps.0, steps.1).await?,
                Err(error) => return Err(error.into()),
            }
        }
        Err(PressError::Busy.into())
    }

    async fn pdf(&self, bytes: Vec<u8>, households: usize) -> Result<Finished, Failure> {
        let scratch = self.app.settings.scratch.clone();
        let made = apart(move || Made::of_bytes(&scratch, &bytes)).await?;
        Ok(Finished { made, extension: "pdf", files: 1, missing: 0, households })
    }
}

fn nothing() -> Failure {
    Failure(Trouble::Empty, anyhow::anyhow!("nothing to print"))
}

/// The registration papers: as issued, else as drafted, else as they would be drafted now.
pub(super) async fn registrations(db: &mut Scoped, shop: &Shop<'_>) -> Result<Finished, Failure> {
    let order = &shop.bundle.order;
    let mut issued: HashMap<_, _> =
        store::registrations(db, (order.place.ward, order.cycle)).await?.into_iter().collect();
    let groups = shop.groups();
    let mut papers = vec![];
    for (done, group) in groups.iter().enumerate() {
        shop.reporter.reached(done, groups.len()).await?;
        let paper = match issued.remove(&group.id) {
            Some(printed) => printed,
            None => {
                let (slot, names) = shop.slot(group, PaperKind::GroupRegistration);
                paper::actions::sketch(db, &shop.app.rulesets, (&slot, &names), &[], shop.now).await?
            }
        };
        papers.push(paper);
    }
    if papers.is_empty() {
        return Err(nothing());
    }
    let steps = (groups.len(), groups.len());
    let pdf = shop.set(steps, papers, |papers: &Vec<typeset::Paper>| typeset::papers(papers)).await?;
    shop.pdf(pdf, 0).await
}

/// What is printed of one group.
#[derive(Debug, Clone, Copy)]
enum Print {
    /// Sheets to sign on.
    Sheets,
    /// The list of its households.
    List,
}

/// The lists of households: of a group as one PDF, of the ward a PDF for each group. Reading each is a look.
pub(super) async fn households(db: &mut Scoped, shop: &Shop<'_>) -> Result<Finished, Failure> {
    by_group(db, shop, Print::List).await
}

/// Pledge sheets: of a group as one PDF, of the ward a PDF for each group.
pub(super) async fn sheets(db: &mut Scoped, shop: &Shop<'_>) -> Result<Finished, Failure> {
    by_group(db, shop, Print::Sheets).await
}

/// A PDF for each group: ten thousand rows in one would take a gigabyte while they are set.
async fn by_group(db: &mut Scoped, shop: &Shop<'_>, print: Print) -> Result<Finished, Failure> {
    let groups = shop.groups();
    if let (Some(_), [group]) = (shop.bundle.order.place.group, groups.as_slice()) {
        let (pdf, households) = of_group(db, shop, (print, group), (0, 1)).await?;
        return if households == 0 { Err(nothing()) } else { shop.pdf(pdf, households).await };
    }
    let ruleset = shop.app.rulesets.get(db, shop.year.ruleset).await?;
    let (scratch, now) = (shop.app.settings.scratch.clone(), shop.now);
    let mut packer = apart(move || Packer::begin(&scratch, now)).await?;
    let (mut all, mut notes) = (0, vec![]);
    let (stem, each, heading) = match print {
        Print::Sheets => ("phieu-ky", words::SHEET_OF, words::SHEETS_BY_GROUP),
        Print::List => ("danh-sach-ho", words::LIST_OF, words::LISTS_BY_GROUP),
    };
    for (done, group) in groups.iter().enumerate() {
        shop.reporter.reached(done, groups.len()).await?;
        if group.households == 0 {
            notes.push(format!("{}: {}", capital(&group.name), words::NO_HOUSEHOLDS));
            continue;
        }
        let (pdf, households) = of_group(db, shop, (print, group), (done, groups.len())).await?;
        all += households;
        let path = format!("{stem}-to-{}.pdf", slug(&group.code));
        let what = format!("{each}, {}", capital(&group.name));
        packer = apart(move || {
            packer.add(0, (&path, &what), &pdf)?;
            Ok(packer)
        })
        .await?;
    }
    if all == 0 {
        return Err(nothing());
    }
    shop.reporter.reached(groups.len(), groups.len()).await?;
    let (head, sections) = (shop.head(&ruleset), [(heading.to_owned(), notes)]);
    let packed = apart(move || packer.finish(&head, &sections)).await?;
    Ok(Finished { made: packed.made, extension: "zip", files: packed.files, missing: 0, households: all })
}

async fn of_group(
    db: &mut Scoped,
    shop: &Shop<'_>,
    (print, group): (Print, &Unit),
    steps: (usize, usize),
) -> Result<(Vec<u8>, usize), Failure> {
    match print {
        Print::Sheets => sheets_of(db, shop, group, steps).await,
        Print::List => list_of(db, shop, group, steps).await,
    }
}

async fn list_of(
    db: &mut Scoped,
    shop: &Shop<'_>,
    group: &Unit,
    steps: (usize, usize),
) -> Result<(Vec<u8>, usize), Failure> {
    // A group without households has no list; reading none is no look.
    if group.households == 0 {
        return Ok((vec![], 0));
    }
    let (slot, names) = shop.slot(group, PaperKind::GroupHouseholds);
    let rows = paper::actions::households(db, &shop.actor, &slot, shop.now).await?;
    let paper = paper::actions::sketch(db, &shop.app.rulesets, (&slot, &names), &rows, shop.now).await?;
    let pdf = shop.set(steps, paper, |paper: &typeset::Paper| typeset::papers(std::slice::from_ref(paper))).await?;
    Ok((pdf, rows.len()))
}

async fn sheets_of(
    db: &mut Scoped,
    shop: &Shop<'_>,
    group: &Unit,
    steps: (usize, usize),
) -> Result<(Vec<u8>, usize), Failure> {
    let order = &shop.bundle.order;
    let which = if order.open_only { Which::Open } else { Which::All };
    let sheet = participation::store::sheet(db, &shop.actor, Some(&group.code), which).await?;
    let households = sheet.signers.len();
    look(db, shop, (Some(group.id), households)).await?;
    let style = if order.each { Style::Each } else { Style::List };
    let whose = participation::print::Whose {
        ward: shop.year.names.ward.clone(),
        place: shop.year.names.ward_short.clone(),
        ruleset: &shop.year.code,
        public_url: &shop.bundle.leads_to,
    };
    let data = participation::print::pledge_sheets(&whose, sheet, (style, civil(shop.now)));
    Ok((shop.set(steps, data, typeset::pledge_sheets).await?, households))
}

/// Lists of households that were issued lie in a year's archive: having it made is a look at them.
pub(super) async fn looked(db: &mut Scoped, shop: &Shop<'_>, papers: &[Issued]) -> Result<usize, Failure> {
    let mut all = 0;
    for group in &shop.year.groups {
        if papers.iter().any(|it| it.subject == group.id && it.kind.names_households()) {
            let rows = usize::try_from(group.households).unwrap_or(0);
            look(db, shop, (Some(group.id), rows)).await?;
            all += rows;
        }
    }
    Ok(all)
}
