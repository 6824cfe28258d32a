//! Plays the story through the program's own actions: each person enters by a session, as through the web, and every rule
//! holds. What a rule forbids does not get into the demo.

use std::collections::HashMap;

use anyhow::{Context, anyhow};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::people::SampleSeat;
use super::places::{Places, Ward};
use super::store;
use super::story::{Deed, RULESET, Scene, Subject, Thing, Who, YEAR, text};
use crate::access::{Actor, Refused};
use crate::app::App;
use crate::appraisal::store::VerdictInput;
use crate::certificate::model::{Capacity, Typed, Unit};
use crate::dossier::actions::{Brought, Opened, Order};
use crate::dossier::model::ReturnItem;
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::files::{Received, StoredFile, check_off_thread};
use crate::platform::id::{AccountId, DossierId, SeatId, UnitId};
use crate::recognition::actions::Paper;
use crate::ruleset::DossierKind;
use crate::web::session;
use crate::{appraisal, certificate, cycle, dossier, recognition, ruleset};

/// A seat that was written, with the account in it.
#[derive(Debug, Clone)]
pub struct Seated {
    /// Its id.
    pub id: SeatId,
    /// The account.
    pub account: AccountId,
    /// The seat.
    pub seat: SampleSeat,
}

/// The revision that the form of a part carries before anybody filled it in; forms that are drawn again read it. A wrong one would
/// be refused as stale.
const UNTOUCHED_PART: i32 = 1;
/// The same for a criterion.
const UNTOUCHED_CRITERION: i32 = 0;

/// Where the story is played.
#[derive(Debug)]
pub struct Stage<'a> {
    pub(super) app: &'a App,
    pub(super) places: &'a Places,
    /// Session keys by seat.
    keys: HashMap<SeatId, String>,
    sessions: Vec<Uuid>,
    cast: &'a [Seated],
    dossiers: HashMap<(UnitId, DossierKind), DossierId>,
}

impl<'a> Stage<'a> {
    /// Opens a session for each seat that plays, good until `until`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set(
        conn: &mut PgConnection,
        app: &'a App,
        places: &'a Places,
        cast: &'a [Seated],
        until: DateTime<Utc>,
    ) -> anyhow::Result<Self> {
        let mut stage = Self { app, places, keys: HashMap::new(), sessions: vec![], cast, dossiers: HashMap::new() };
        for seated in cast {
            let key = hex::encode(crate::platform::id::key32(&mut rand::rng()));
            let session = store::open_session(conn, (seated.account, seated.id), &session::hash(&key), until).await?;
            stage.sessions.push(session.uuid());
            stage.keys.insert(seated.id, key);
        }
        Ok(stage)
    }

    /// Ends the sessions; nobody can enter with them any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn clear(self, conn: &mut PgConnection) -> anyhow::Result<()> {
        Ok(store::close_sessions(conn, &self.sessions).await?)
    }

    /// Plays these scenes in their order.
    ///
    /// # Errors
    /// The first scene that the program refuses.
    pub async fn play(&mut self, conn: &mut PgConnection, scenes: &[Scene]) -> anyhow::Result<()> {
        for scene in scenes {
            let played = self.perform(scene).await;
            played
                .map_err(|refused| anyhow!("{refused:?}"))
                .with_context(|| format!("the story stops at {scene:?}"))?;
            if scene.deed == Deed::OpenYear {
                self.dossiers = store::dossiers(conn, YEAR).await?;
            }
        }
        Ok(())
    }

    /// Enters as the person in that seat, at that moment.
    ///
    /// # Errors
    /// When nobody sits there, or what the database says.
    pub(super) async fn enter(&self, who: Who, ward: Ward, at: DateTime<Utc>) -> Result<(Scoped, Actor), Refused> {
        let (role, ward, group) = who.seat(ward);
        let fits = |seat: &SampleSeat| {
            seat.role == role && seat.ward == ward && group.is_none_or(|group| seat.groups.contains(&group))
        };
        let seated =
            self.cast.iter().find(|seated| fits(&seated.seat)).ok_or_else(|| anyhow!("nobody sits as {who:?}"))?;
        let key = self.keys.get(&seated.id).ok_or_else(|| anyhow!("no session for {who:?}"))?;
        let (db, entrance) = self.app.db.enter_session(&session::hash(key), at, self.app.settings.idle).await?;
        let person = session::person(&entrance).ok_or_else(|| anyhow!("the session of {who:?} does not open"))?;
        let actor = session::actor(&person, entrance).ok_or_else(|| anyhow!("{who:?} has no seat"))?;
        Ok((db, actor))
    }

    async fn perform(&self, scene: &Scene) -> Result<(), Refused> {
        let Scene { at, ward, subject, who, ref deed } = *scene;
        let (mut db, actor) = self.enter(who, ward, at).await?;
        let rulesets = &self.app.rulesets;
        match deed {
            Deed::OpenYear => {
                let ruleset = ruleset::store::newest(&mut db, RULESET).await?.ok_or(Refused::NotFound)?;
                cycle::actions::open_year(db, rulesets, &actor, (YEAR, ruleset), at).await
            }
            Deed::FillPart { kind, part, again } => self.fill(db, &actor, scene, (*kind, part, *again)).await,
            Deed::Assess { criterion, again } => self.assess(db, &actor, scene, (criterion, *again)).await,
            Deed::Submit { kind, late } => {
                let order = self.order(&mut db, ward, subject, *kind).await?;
                let late = late.map(str::to_owned);
                if subject.is_none() && *kind == DossierKind::Request {
                    recognition::actions::send_package(db, rulesets, &actor, order, late, at).await
                } else {
                    dossier::actions::submit(db, rulesets, &actor, order, late, at).await
                }
            }
            _ => self.at_the_desk(db, &actor, scene).await,
        }
    }

    /// What the level above does.
    async fn at_the_desk(&self, mut db: Scoped, actor: &Actor, scene: &Scene) -> Result<(), Refused> {
        let Scene { at, ward, subject, ref deed, .. } = *scene;
        let rulesets = &self.app.rulesets;
        match deed {
            Deed::Receive { kind, subjects } => {
                let orders = self.orders(&mut db, ward, subjects, *kind).await?;
                appraisal::actions::receive_all(db, rulesets, actor, &orders, at).await.map(|_| ())
            }
            Deed::SendBack { kind, what, reason, answer_by } => {
                let order = self.order(&mut db, ward, subject, *kind).await?;
                appraisal::actions::send_back(db, rulesets, actor, order, (&[item(*what, reason)], *answer_by), at)
                    .await
            }
            Deed::Judge { criterion, finding, note } => {
                let whole = self.open(&mut db, ward, subject, DossierKind::Request).await?.whole;
                let revision = whole.verdict(criterion).map_or(0, |verdict| verdict.revision);
                let looked_at_revision = whole.assessment(criterion).map_or(0, |row| row.revision);
                let input = VerdictInput { finding: *finding, note: note.map(str::to_owned), looked_at_revision };
                appraisal::actions::judge(db, rulesets, actor, whole.dossier.id, criterion, revision, &input, at).await
            }
            Deed::Appraise => {
                let order = self.order(&mut db, ward, subject, DossierKind::Request).await?;
                appraisal::actions::appraise(db, rulesets, actor, order, at).await
            }
            Deed::Conclude { refusal } => {
                let order = self.order(&mut db, ward, subject, DossierKind::Request).await?;
                let answer = (refusal.is_none(), refusal.map(str::to_owned));
                appraisal::actions::conclude(db, rulesets, actor, order, answer, at).await
            }
            Deed::Recognise { subjects, number } => {
                let orders = self.orders(&mut db, ward, subjects, DossierKind::Request).await?;
                let signer = actor.person.name.clone();
                let (number, decided_on) = ((*number).to_owned(), civil(at));
                let paper = Paper { outcome: true, reason: None, number, decided_on, signer };
                recognition::actions::recognise(db, rulesets, actor, &orders, &paper, at).await.map(|_| ())
            }
            Deed::Certify { first, symbol } => self.certify(db, actor, scene, (*first, symbol)).await,
            Deed::OpenYear | Deed::FillPart { .. } | Deed::Assess { .. } | Deed::Submit { .. } => Ok(()),
        }
    }

    /// Issues the certificate of every unit that waits for one.
    async fn certify(
        &self,
        mut db: Scoped,
        actor: &Actor,
        scene: &Scene,
        (first, symbol): (i32, &str),
    ) -> Result<(), Refused> {
        let (at, of) = (scene.at, (self.places.ward(scene.ward), YEAR));
        let (rulesets, today) = (&self.app.rulesets, civil(at));
        let book = certificate::actions::open(&mut db, rulesets, actor, of, today).await?;
        drop(db);
        let units: Vec<&Unit> = book.units.iter().filter(|unit| unit.is_open()).collect();
        let signer = units.first().map(|unit| unit.decision_signer.clone()).unwrap_or_default();
        let symbol = symbol.to_owned();
        let typed = Typed { first, symbol, issued_on: today, signer, capacity: Capacity::Chair };
        let chance = (self.app.settings.public_url.as_str(), &mut rand::rng());
        let drafts = certificate::paper::drafts(&book, &units, &typed, chance);
        let made = certificate::actions::make(&self.app.press, &self.app.files, drafts).await;
        let made = made.map_err(anyhow::Error::from)??;
        let (db, actor) = self.enter(scene.who, scene.ward, at).await?;
        certificate::actions::issue(db, rulesets, &actor, of, (made, today), at).await.map(drop)
    }

    async fn fill(
        &self,
        mut db: Scoped,
        actor: &Actor,
        scene: &Scene,
        (kind, code, again): (DossierKind, &str, bool),
    ) -> Result<(), Refused> {
        let Scene { at, ward, subject, .. } = *scene;
        let mut input = text::part(ward, subject, kind, code, again, civil(at));
        let mut revision = UNTOUCHED_PART;
        if again {
            let whole = self.open(&mut db, ward, subject, kind).await?.whole;
            let part = whole.part(code).ok_or(Refused::NotFound)?;
            revision = part.revision;
            // A mended paper keeps the day that it bore.
            input.issued_on = part.issued_on;
        }
        let files =
            self.keep(text::part_file(ward, subject, code, again, input.issued_on.unwrap_or(civil(at)))).await?;
        let id = self.id(ward, subject, kind)?;
        dossier::actions::save_part(db, &self.app.rulesets, actor, id, code, revision, &input, &brought(files), at)
            .await
    }

    async fn assess(
        &self,
        mut db: Scoped,
        actor: &Actor,
        scene: &Scene,
        (criterion, again): (&str, bool),
    ) -> Result<(), Refused> {
        let Scene { at, ward, subject, .. } = *scene;
        let mut revision = UNTOUCHED_CRITERION;
        if again {
            let whole = self.open(&mut db, ward, subject, DossierKind::Request).await?.whole;
            revision = whole.assessment(criterion).map_or(revision, |row| row.revision);
        }
        let input = text::assessment(ward, subject, criterion, again);
        let picture = text::evidence(ward, subject, criterion, again).map_err(anyhow::Error::from)?;
        let files = self.keep(picture).await?;
        let id = self.id(ward, subject, DossierKind::Request)?;
        dossier::actions::assess(db, &self.app.rulesets, actor, id, criterion, revision, &input, &brought(files), at)
            .await
    }

    /// Checks and stores what goes along with a form, as an upload would be.
    async fn keep(&self, file: Option<text::Enclosure>) -> anyhow::Result<Vec<StoredFile>> {
        let Some((name, bytes)) = file else { return Ok(vec![]) };
        let checked = check_off_thread(name, Received::of_bytes(&bytes)?).await?;
        Ok(vec![self.app.files.put(checked).await?])
    }

    fn id(&self, ward: Ward, subject: Subject, kind: DossierKind) -> Result<DossierId, Refused> {
        let unit = match subject {
            Some(group) => self.places.group(ward, group).ok_or(Refused::NotFound)?,
            None => self.places.ward(ward),
        };
        self.dossiers.get(&(unit, kind)).copied().ok_or(Refused::NotFound)
    }

    async fn open(&self, db: &mut Scoped, ward: Ward, subject: Subject, kind: DossierKind) -> Result<Opened, Refused> {
        dossier::actions::open(db, &self.app.rulesets, self.id(ward, subject, kind)?).await
    }

    /// What a form would carry: the dossier as this person sees it now.
    async fn order(&self, db: &mut Scoped, ward: Ward, subject: Subject, kind: DossierKind) -> Result<Order, Refused> {
        let dossier = self.open(db, ward, subject, kind).await?.whole.dossier;
        Ok(Order { id: dossier.id, version: dossier.version })
    }

    async fn orders(
        &self,
        db: &mut Scoped,
        ward: Ward,
        subjects: &[Subject],
        kind: DossierKind,
    ) -> Result<Vec<Order>, Refused> {
        let mut orders = Vec::with_capacity(subjects.len());
        for subject in subjects {
            orders.push(self.order(db, ward, *subject, kind).await?);
        }
        Ok(orders)
    }
}

fn brought(files: Vec<StoredFile>) -> Brought {
    Brought { files, uploads: vec![] }
}

fn item(what: Thing, reason: &str) -> ReturnItem {
    let (part, criterion) = match what {
        Thing::Part(code) => (Some(code.to_owned()), None),
        Thing::Criterion(code) => (None, Some(code.to_owned())),
    };
    ReturnItem { part, criterion, reason: reason.to_owned() }
}
