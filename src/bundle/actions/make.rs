//! Making a bundle, as the person who asked for it. What fails is written down as a sentence; nothing half made is kept.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::print;
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::bundle::model::{Books, Bundle, Kind, Product, State, Year};
use crate::bundle::pack::{Head, Item, Packer, Section, Source, archive, package, slug};
use crate::bundle::store;
use crate::platform::db::Scoped;
use crate::platform::files::{ContentHash, FileStore, Made, StoreError};
use crate::platform::id::BundleId;
use crate::platform::jobs::Reporter;
use crate::platform::press::PressError;
use crate::privacy;
use crate::privacy::model::{Look, What};
use crate::ruleset::Ruleset;
use crate::web::filters::dates;
use crate::words::bundle as words;
use crate::words::bundle::Trouble;

/// How often a worker says that it lives while one long step goes on.
const BEAT: Duration = Duration::from_secs(20);
/// After how many files the page that waits hears of it.
const STRIDE: usize = 10;

/// Why one was not made: what people are told, and what the log is told.
#[derive(Debug)]
pub(super) struct Failure(pub Trouble, pub anyhow::Error);

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let trouble = if matches!(error, StoreError::Full(_)) { Trouble::Full } else { Trouble::Away };
        Self(trouble, error.into())
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        let trouble = if matches!(refused, Refused::Denied(_)) { Trouble::Denied } else { Trouble::Broken };
        Self(trouble, refused.into())
    }
}

impl From<PressError> for Failure {
    fn from(error: PressError) -> Self {
        let trouble = if matches!(error, PressError::Busy) { Trouble::Busy } else { Trouble::Broken };
        Self(trouble, error.into())
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self(Trouble::Broken, error)
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self(Trouble::Broken, error.into())
    }
}

/// A finished file with what there is to say of it.
pub(super) struct Finished {
    pub made: Made,
    pub extension: &'static str,
    pub files: usize,
    pub missing: usize,
    pub households: usize,
}

/// What a maker works with.
pub(super) struct Shop<'a> {
    pub app: &'a App,
    /// The person who asked, in the year of the bundle.
    pub actor: Actor,
    pub bundle: &'a Bundle,
    pub year: Year,
    pub reporter: &'a Reporter,
    pub now: DateTime<Utc>,
}

/// Makes one. Bears being begun twice: whoever is done first stays.
///
/// # Errors
/// What the database says.
pub async fn make(
    mut db: Scoped,
    app: &App,
    actor: &Actor,
    (id, reporter): (BundleId, &Reporter),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let bundle = store::load(&mut db, id, now).await?;
    if bundle.state == State::Done {
        return Ok(());
    }
    match build(&mut db, app, (actor, &bundle), reporter, now).await {
        Ok(product) => store::done(&mut db, id, &product, now).await,
        Err(Failure(trouble, error)) => {
            tracing::error!(bundle = %id, %error, "a bundle was not made");
            store::failed(&mut db, id, words::trouble(trouble)).await
        }
    }
}

async fn build(
    db: &mut Scoped,
    app: &App,
    (actor, bundle): (&Actor, &Bundle),
    reporter: &Reporter,
    now: DateTime<Utc>,
) -> Result<Product, Failure> {
    let order = &bundle.order;
    rules::can_make_bundle(actor, order.kind, order.place.group).map_err(Refused::from)?;
    let year = store::year(db, order.place.ward, bundle.year).await?;
    // The seat may be looking at another year by now.
    let actor =
        Actor { cycle: Some(order.cycle), year: Some(year.year), ruleset: Some(year.code.clone()), ..actor.clone() };
    let shop = Shop { app, actor, bundle, year, reporter, now };
    let finished = match order.kind {
        Kind::Package | Kind::Archive => files(db, &shop).await?,
        Kind::Registrations => print::registrations(db, &shop).await?,
        Kind::Households => print::households(db, &shop).await?,
        Kind::Sheets => print::sheets(db, &shop).await?,
    };
    let number = |of: usize| i32::try_from(of).unwrap_or(i32::MAX);
    let product = Product {
        name: shop.file_name(finished.extension),
        sha256: finished.made.hash().to_string(),
        size: i64::try_from(finished.made.size()).unwrap_or(i64::MAX),
        files: number(finished.files),
        missing: number(finished.missing),
        households: number(finished.households),
    };
    app.files.put_made(bundle.id.uuid(), finished.made).await?;
    Ok(product)
}

impl Shop<'_> {
    /// "goi-ho-so-phuoc-long-2024.zip", "phieu-ky-to-07-2024.pdf".
    fn file_name(&self, extension: &str) -> String {
        let stem = words::stem(self.bundle.order.kind);
        let group = self.year.groups.iter().find(|it| Some(it.id) == self.bundle.order.place.group);
        let unit = group.map_or_else(|| slug(&self.year.names.ward_short), |it| format!("to-{}", slug(&it.code)));
        format!("{stem}-{unit}-{}.{extension}", self.year.year)
    }

    /// What a ZIP says of itself.
    pub(super) fn head(&self, ruleset: &Ruleset) -> Head {
        Head {
            title: words::title(self.bundle),
            kind: self.bundle.order.kind.as_str(),
            ward: self.year.names.ward.clone(),
            city: self.year.names.city.clone(),
            year: self.year.year,
            ruleset: format!("{} phiên bản {}", ruleset.code, ruleset.version),
            made_at: format!("{}+07:00", dates::machine(self.now)),
            made_by: words::made_by(&self.bundle.asked_by, self.now),
        }
    }

    /// Waits for a long step and says meanwhile that the worker lives.
    pub(super) async fn alive<T>(
        &self,
        (done, total): (usize, usize),
        work: impl Future<Output = T>,
    ) -> Result<T, Failure> {
        let mut work = pin!(work);
        loop {
            match tokio::time::timeout(BEAT, work.as_mut()).await {
                Ok(worked) => return Ok(worked),
                Err(_) => self.reporter.reached(done, total).await?,
            }
        }
    }
}

/// Blocking work on a packer, apart.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Failure> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)??)
}

/// The package, or the year's archive.
async fn files(db: &mut Scoped, shop: &Shop<'_>) -> Result<Finished, Failure> {
    let (order, year) = (&shop.bundle.order, &shop.year);
    let of = (order.place.ward, order.cycle);
    let ruleset = shop.app.rulesets.get(db, year.ruleset).await?;
    let found = store::dossiers(db, of, order.kind == Kind::Package).await?;
    let mut papers = store::papers(db, of).await?;
    let mut households = 0;
    if rules::can_see_register(&shop.actor).is_err() {
        papers.retain(|it| !it.kind.names_households());
    } else if order.kind == Kind::Archive {
        households = print::looked(db, shop, &papers).await?;
    }
    let sections = match order.kind {
        Kind::Package => package(year, &ruleset, (&found, &papers)),
        _ => {
            let events = store::events(db, of).await?;
            let (counts, turns) = (store::counts(db, of).await?, store::turns(db, of).await?);
            archive(year, &ruleset, (&found, &papers), &Books { events, counts, turns })
        }
    };
    pack(shop, &ruleset, sections, households).await
}

/// Packs what was planned. A file that the store has not any more is told, and the rest goes on.
pub(super) async fn pack(
    shop: &Shop<'_>,
    ruleset: &Ruleset,
    sections: Vec<Section>,
    households: usize,
) -> Result<Finished, Failure> {
    let (scratch, now) = (shop.app.settings.scratch.clone(), shop.now);
    let mut packer = apart(move || Packer::begin(&scratch, now)).await?;
    let total: usize = sections.iter().map(|it| it.items.len()).sum();
    let headings: Vec<_> = sections.iter().map(|it| (it.heading.clone(), it.notes.clone())).collect();
    let mut done = 0;
    for (at, section) in sections.into_iter().enumerate() {
        for item in section.items {
            if done % STRIDE == 0 {
                shop.reporter.reached(done, total).await?;
            }
            done += 1;
            packer = put(packer, &shop.app.files, (at, item)).await?;
        }
    }
    shop.reporter.reached(total, total).await?;
    let head = shop.head(ruleset);
    let packed = apart(move || packer.finish(&head, &headings)).await?;
    Ok(Finished { made: packed.made, extension: "zip", files: packed.files, missing: packed.missing, households })
}

/// Adds one file, or says that it is not there.
async fn put(mut packer: Packer, files: &FileStore, (section, item): (usize, Item)) -> Result<Packer, Failure> {
    let bytes = match bytes(files, item.source).await? {
        Ok(bytes) => bytes,
        Err((sha256, why)) => {
            packer.lack(section, (&item.title, &sha256), why);
            return Ok(packer);
        }
    };
    apart(move || {
        packer.add(section, (&item.path, &item.title), &bytes)?;
        Ok(packer)
    })
    .await
}

/// A file's bytes, or its hash and why they are not there. At most one file is in memory.
async fn bytes(files: &FileStore, source: Source) -> Result<Result<bytes::Bytes, (String, &'static str)>, Failure> {
    let sha256 = match source {
        Source::Text(text) => return Ok(Ok(text.into())),
        Source::Kept(sha256) => sha256,
    };
    let hash = sha256.parse::<ContentHash>().map_err(anyhow::Error::from)?;
    Ok(match files.get(hash).await {
        Ok(bytes) => Ok(bytes),
        Err(StoreError::NotFound(_)) => Err((sha256, words::FILE_GONE)),
        Err(StoreError::Damaged(_)) => Err((sha256, words::FILE_DAMAGED)),
        Err(error) => return Err(error.into()),
    })
}

/// A look at so many households of a group, or of the whole ward.
pub(super) async fn look(
    db: &mut Scoped,
    shop: &Shop<'_>,
    (group, rows): (Option<crate::platform::id::UnitId>, usize),
) -> Result<(), Failure> {
    let look = Look { what: What::Print, group, household: None, rows };
    Ok(privacy::store::log(db, &shop.actor, look, shop.now).await?)
}
