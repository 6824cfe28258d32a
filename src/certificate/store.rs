//! Certificates: the book of a ward and year, new ones, one file, and what anybody may check.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::postgres::types::PgInterval;
use sqlx::types::Json;

use crate::access::{Actor, Place, Refused};
use crate::certificate::model::{
    Answer, Body, Book, CHECK_MINUTES, CHECKS, Certified, Checked, Code, Issued, Standing, Unit, numbered,
};
use crate::dossier::model::Status;
use crate::platform::id::{CertificateId, DecisionId, DossierId, RulesetId, UnitId};
use crate::ruleset::Level;

/// A row of the list, before the rules say who recognises.
#[derive(Debug, Deserialize)]
struct Row {
    dossier: DossierId,
    version: i32,
    status: Status,
    group: Option<UnitId>,
    subject: UnitId,
    name: String,
    decision: DecisionId,
    decision_number: String,
    decided_on: NaiveDate,
    decision_signer: String,
    is_void: bool,
    certificate: Option<Issued>,
}

impl Row {
    fn unit(self, (city, ward): (UnitId, UnitId)) -> Unit {
        Unit {
            dossier: self.dossier,
            version: self.version,
            status: self.status,
            place: Place { city, ward, group: self.group },
            subject: self.subject,
            name: self.name,
            // The caller knows the rules of the year, and says otherwise where the ward recognises.
            recognised_by: Level::City,
            decision: self.decision,
            decision_number: self.decision_number,
            decided_on: self.decided_on,
            decision_signer: self.decision_signer,
            is_void: self.is_void,
            certificate: self.certificate,
        }
    }
}

/// The recognised units of a ward and year through the seat's scope, and the next number of the seat's own book: one statement. Reads
/// `cycle_year_once`, `dossier_by_cycle`, `decision_by_dossier`, `certificate_of_decision_once` and, for the number, `certificate_number_once`.
///
/// # Errors
/// [`Refused::NotFound`] without such a year in scope, or what the database says.
pub async fn book(
    conn: &mut PgConnection,
    actor: &Actor,
    (ward, year): (UnitId, i32),
    today: NaiveDate,
) -> Result<Book, Refused> {
    let of_ward = actor.ward();
    let r = sqlx::query!(
        r#"select w.name as ward_name, w.short_name as ward_short, ct.id as "city: UnitId", ct.name as city_name, ct.short_name as city_short,
             p.name as "province?", c.ruleset_id as "ruleset: RulesetId",
             coalesce((select max(k.number) from certificate k
                where k.city_id = c.city_id and k.body_id = coalesce($3, c.city_id) and k.book_year = $4), 0) + 1 as "next!",
             (select k.symbol from certificate k where k.city_id = c.city_id and k.body_id = coalesce($3, c.city_id)
               order by k.book_year desc, k.number desc limit 1) as "symbol?",
             (select coalesce(json_agg(row order by row."group" is not null, row.ordinal, row.dossier, row.made_at), '[]') from (
               select d.id as dossier, d.version, d.status, d.group_id as "group", d.subject_id as subject, u.name, u.ordinal, r.id as decision,
                      r.number as decision_number, r.decided_on, r.signer as decision_signer, r.made_at, v.decision_id is not null as is_void,
                      case when k.id is not null then json_build_object('id', k.id, 'number', k.number, 'symbol', k.symbol,
                        'issued_on', k.issued_on, 'issued_at', k.issued_at, 'issued_by', k.issued_by, 'code', k.code) end as certificate
                 from dossier d join unit u on u.id = d.subject_id
                 join decision r on r.ward_id = d.ward_id and r.dossier_id = d.id and r.kind = 'recognition' and r.outcome
                 left join decision_void v on v.ward_id = r.ward_id and v.decision_id = r.id
                 left join certificate k on k.ward_id = r.ward_id and k.decision_id = r.id
                where d.ward_id = c.ward_id and d.cycle_id = c.id and d.kind = 'request'
                  and (k.id is not null or (v.decision_id is null and d.status = 'recognised'))) row) as "rows!: Json<Vec<Row>>"
           from cycle c join unit w on w.id = c.ward_id join unit ct on ct.id = c.city_id
           left join unit p on p.id = ct.parent_id and p.kind = 'province'
          where c.ward_id = $1 and c.year = $2"#,
        ward.uuid(),
        year,
        of_ward.map(UnitId::uuid),
        today.year()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    let body = match of_ward {
        Some(id) => Body { id, name: r.ward_name.clone(), short: r.ward_short },
        None => Body { id: r.city, name: r.city_name.clone(), short: r.city_short },
    };
    let units = r.rows.0.into_iter().map(|row| row.unit((r.city, ward))).collect();
    let (ward_name, city_name, province) = (r.ward_name, r.city_name, r.province);
    let (ruleset, next, symbol) = (r.ruleset, r.next, r.symbol);
    Ok(Book { body, ward, ward_name, city_name, province, year, ruleset, next, symbol, units })
}

/// The lowest of these numbers that the book of that calendar year holds already. Index `certificate_number_once`.
///
/// # Errors
/// What the database says.
pub async fn taken(
    conn: &mut PgConnection,
    (city, body): (UnitId, UnitId),
    book_year: i32,
    numbers: &[i32],
) -> Result<Option<i32>, Refused> {
    Ok(sqlx::query_scalar!(
        "select min(number) from certificate where city_id = $1 and body_id = $2 and book_year = $3 and number = any ($4)",
        city.uuid(),
        body.uuid(),
        book_year,
        numbers
    )
    .fetch_one(conn)
    .await?)
}

/// The next number of a book that nobody took.
///
/// # Errors
/// What the database says.
pub async fn next(conn: &mut PgConnection, (city, body): (UnitId, UnitId), book_year: i32) -> Result<i32, Refused> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(max(number), 0) + 1 as "next!" from certificate where city_id = $1 and body_id = $2 and book_year = $3"#,
        city.uuid(),
        body.uuid(),
        book_year
    )
    .fetch_one(conn)
    .await?)
}

/// Writes a certificate. `false`: its number was taken meanwhile, and the transaction can only be given up.
///
/// # Errors
/// What the database says.
pub async fn add(
    conn: &mut PgConnection,
    (book, actor): (&Book, &Actor),
    it: &Certified,
    issued_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, Refused> {
    let (unit, draft, place) = (&it.unit, &it.draft, it.unit.place);
    let paper = serde_json::to_value(&draft.paper).map_err(anyhow::Error::from)?;
    let written = sqlx::query!(
        "insert into certificate (id, city_id, ward_id, group_id, cycle_id, subject_id, dossier_id, decision_id, year, body_id, book_year, number, symbol,
                                  issued_on, code, unit_name, ward_name, city_name, achievement, paper, sha256, size, issued_at, issued_by)
         select $1, $2, $3, $4, d.cycle_id, d.subject_id, d.id, $6, $7, $8, extract(year from $11::date)::int, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21
           from dossier d where d.ward_id = $3 and d.id = $5",
        it.id.uuid(),
        place.city.uuid(),
        place.ward.uuid(),
        place.group.map(UnitId::uuid),
        unit.dossier.uuid(),
        unit.decision.uuid(),
        book.year,
        book.body.id.uuid(),
        draft.number,
        draft.symbol,
        issued_on,
        draft.code.as_str(),
        unit.name,
        book.ward_name,
        book.city_name,
        draft.paper.achievement,
        paper,
        it.kept.sha256,
        it.kept.size,
        now,
        actor.person.name
    )
    .execute(conn)
    .await;
    match written {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(told)) if told.constraint() == Some("certificate_number_once") => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The papers of a ward and year that count, in the order of their numbers.
///
/// # Errors
/// What the database says.
pub async fn papers(conn: &mut PgConnection, ward: UnitId, year: i32) -> Result<Vec<typeset::Certificate>, Refused> {
    let rows = sqlx::query_scalar!(
        r#"select k.paper as "paper: Json<typeset::Certificate>" from certificate k
            where k.ward_id = $1 and k.year = $2
              and not exists (select from decision_void v where v.ward_id = k.ward_id and v.decision_id = k.decision_id)
            order by k.book_year, k.body_id, k.number"#,
        ward.uuid(),
        year
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|paper| paper.0).collect())
}

/// The file of a certificate.
#[derive(Debug)]
pub struct CertificateFile {
    /// Its SHA-256.
    pub sha256: String,
    /// The number on it.
    pub number: i32,
    /// The year that it speaks of.
    pub year: i32,
    /// What is printed on it.
    pub paper: typeset::Certificate,
}

/// The file of a certificate in the seat's scope.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn file(conn: &mut PgConnection, id: CertificateId) -> Result<CertificateFile, Refused> {
    let found = sqlx::query!(
        r#"select sha256, number, year, paper as "paper: Json<typeset::Certificate>" from certificate where id = $1"#,
        id.uuid()
    );
    let r = found.fetch_optional(conn).await?.ok_or(Refused::NotFound)?;
    Ok(CertificateFile { sha256: r.sha256, number: r.number, year: r.year, paper: r.paper.0 })
}

/// Counts a check and looks a code up; a text that is no code is looked up like one, so that both cost the same.
///
/// # Errors
/// What the database says.
pub async fn check(
    conn: &mut PgConnection,
    code: Option<Code>,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Answer, Refused> {
    let span = PgInterval { months: 0, days: 0, microseconds: CHECK_MINUTES * 60_000_000 };
    let row = sqlx::query!(
        "select * from check_certificate($1, $2, $3, $4, $5)",
        code.as_ref().map_or("", Code::as_str),
        address,
        CHECKS,
        span,
        now
    )
    .fetch_optional(conn)
    .await?;
    let Some(r) = row else { return Ok(Answer::Unknown) };
    if let Some(until) = r.resting_until {
        return Ok(Answer::Resting(until));
    }
    let read = || {
        Some(Checked {
            number: numbered(r.number?, &r.symbol?),
            issued_on: r.issued_on?,
            year: r.year?,
            unit_name: r.unit_name?,
            ward_name: r.ward_name?,
            body_name: r.body_name?,
            achievement: r.achievement?,
            decision: (r.decision_number?, r.decided_on?),
            sha256: r.sha256?,
            size: r.size?,
            standing: if r.void? { Standing::Revoked(r.revoked_number.zip(r.revoked_on)) } else { Standing::Valid },
        })
    };
    let read = read().ok_or_else(|| anyhow::anyhow!("a certificate without its facts"))?;
    Ok(Answer::Known(Box::new(read)))
}
