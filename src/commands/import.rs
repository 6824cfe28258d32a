//! `binhyen import households`: a list from the command line, read, checked and written by the very steps of the pages, in the name of a
//! person who may do so.

use std::process::ExitCode;
use std::time::Duration as Wait;

use anyhow::{Context, bail};
use chrono::Duration;
use sqlx::{Connection, PgConnection};

use super::{work, worker};
use crate::access::Actor;
use crate::account::store::first as desk;
use crate::app::App;
use crate::config::ImportHouseholds;
use crate::import::actions::{self, Sent};
use crate::import::model::{Batch, State};
use crate::import::store::{self, Filter};
use crate::import::urls;
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::files::{ContentHash, clean_name};
use crate::platform::id::{BatchId, key32};
use crate::web::session;
use crate::{cycle, household, words};

/// How often it is looked whether a job is done that another process has taken.
const LOOK: Wait = Wait::from_millis(200);

/// Reads a list, says every problem, and with `--write` writes it when nothing stops it. Ends with 1 when something does.
///
/// # Errors
/// A file, a person or a group that is not there, a rule, or what the database says.
pub async fn households(settings: ImportHouseholds) -> anyhow::Result<ExitCode> {
    let app = work::program(&settings.database.get()?, &settings.files).await?;
    let mut migrate = PgConnection::connect(&settings.migrate.get()?).await?;
    let key = hex::encode(key32(&mut rand::rng()));
    let opened = desk::open_session_of(&mut migrate, &settings.acting, &session::hash(&key), app.clock.now()).await?;
    let opened = opened.context("Không có ai với số điện thoại này đang giữ vai được nhập danh sách hộ.")?;
    let desk = Desk { app, key };
    let outcome = desk.bring(&settings).await;
    desk::close_session(&mut migrate, opened).await?;
    migrate.close().await?;
    outcome
}

/// A person at work from the command line.
struct Desk {
    app: App,
    key: String,
}

impl Desk {
    async fn enter(&self) -> anyhow::Result<(Scoped, Actor)> {
        let hash = session::hash(&self.key);
        let (db, entrance) = self.app.db.enter_session(&hash, self.app.clock.now(), Duration::hours(1)).await?;
        let person = session::person(&entrance).context("Phiên của người này không mở được.")?;
        let actor = session::actor(&person, entrance).context("Người này không còn giữ vai.")?;
        Ok((db, actor))
    }

    async fn bring(&self, settings: &ImportHouseholds) -> anyhow::Result<ExitCode> {
        let sent = self.sent(settings).await?;
        let (db, actor) = self.enter().await?;
        let now = self.app.clock.now();
        let id = actions::receive(db, &self.app.bell, &actor, &sent, now).await?;
        let batch = self.rest(id).await?;
        if let Some(fault) = &batch.fault {
            bail!("{fault}");
        }
        self.tell(&batch).await?;
        if batch.stops > 0 || batch.rows == 0 {
            println!("Chưa ghi gì. Sửa tệp rồi gửi lại, hoặc sửa từng dòng ở {}", urls::show(id));
            return Ok(ExitCode::FAILURE);
        }
        if !settings.write {
            println!("Không có dòng nào phải sửa. Thêm --write để ghi, hoặc mở {}", urls::show(id));
            return Ok(ExitCode::SUCCESS);
        }
        let (db, actor) = self.enter().await?;
        actions::start_writing(db, &self.app.bell, &actor, (id, batch.revision), self.app.clock.now()).await?;
        let written = self.rest(id).await?;
        if written.state != State::Done {
            bail!("Chưa ghi được. Không có gì thay đổi; xem nhật ký rồi chạy lại.");
        }
        println!("Đã ghi {} hộ mới, các hộ đã có được cập nhật. Bỏ ra cả tệp ở {}", written.made, urls::show(id));
        Ok(ExitCode::SUCCESS)
    }

    /// The file and what it is meant for.
    async fn sent(&self, settings: &ImportHouseholds) -> anyhow::Result<Sent> {
        let content =
            std::fs::read(&settings.file).with_context(|| format!("không đọc được {}", settings.file.display()))?;
        let (mut db, actor) = self.enter().await?;
        let ward = actor.ward().context("Vai này không thuộc phường nào.")?;
        let today = civil(self.app.clock.now());
        let group = match &settings.group {
            None => None,
            Some(code) => {
                let all = household::store::groups(&mut db, ward, today).await?;
                let group = all.into_iter().find(|group| group.code == *code);
                Some(group.with_context(|| format!("Phường không có tổ mã {code}."))?.id)
            }
        };
        let since = match (settings.since, actor.cycle) {
            (Some(since), _) => since,
            (None, Some(cycle)) => cycle::store::group_window(&mut db, cycle).await?.from,
            (None, None) => today,
        };
        let name = settings.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Sent { group, since, name: clean_name(&name), sha256: ContentHash::of(&content).to_string(), content })
    }

    /// Works the queue off until nobody works on the file any more.
    async fn rest(&self, id: BatchId) -> anyhow::Result<Batch> {
        loop {
            worker::work_off(&self.app).await?;
            let (mut db, _) = self.enter().await?;
            let batch = store::load(&mut db, id).await?;
            let job = crate::platform::jobs::store::progress(&mut db, id.uuid()).await?;
            if !batch.state.is_at_work() || job.is_some_and(|job| job.state == "failed") {
                return Ok(batch);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Prints what was understood, and every problem at its cell.
    async fn tell(&self, batch: &Batch) -> anyhow::Result<()> {
        if let Some(found) = &batch.found {
            found.sheets.iter().for_each(|sheet| println!("{}", words::import::sheet(sheet)));
            found.notices.iter().for_each(|notice| println!("{}", words::import::notice(notice)));
        }
        let (mut db, _) = self.enter().await?;
        for filter in [Filter::Stops, Filter::Warns] {
            for line in store::lines(&mut db, batch, filter, 0, i64::MAX).await? {
                for problem in &line.draft.problems {
                    let column = problem.column.as_deref().unwrap_or("dòng ");
                    println!("{} {column}{}: {}", line.draft.sheet, line.draft.row, words::import::problem(problem));
                }
            }
        }
        println!("{} dòng: {} phải sửa, {} nên xem.", batch.rows, batch.stops, batch.warns);
        Ok(())
    }
}
