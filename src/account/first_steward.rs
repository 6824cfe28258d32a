//! The first steward of a fresh installation, made from the command line with the migration role: there is nobody yet whose
//! permission could be asked.

use anyhow::{Context, bail};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::model::Phone;
use super::urls;
use crate::config::FirstSteward;
use crate::platform::clock::civil;
use crate::platform::id::{AccountId, SeatId, UnitId, key32};
use crate::web::session::hash;

/// Creates the units that are missing, the account without a password, its steward's seat and a one-time link of 24 hours.
/// Gives the path of the link; the database keeps only the SHA-256 of its token, so it cannot be shown again.
///
/// # Errors
/// When a steward exists already, something that was typed does not hold, or what the database says. Nothing is written then.
pub async fn first_steward(url: &str, typed: &FirstSteward, now: DateTime<Utc>) -> anyhow::Result<String> {
    let phone: Phone = typed.phone.parse().ok().context("Số điện thoại cần 10 chữ số, ví dụ 0900000207.")?;
    let mut conn = PgConnection::connect(url).await?;
    let mut tx = conn.begin().await?;
    // Two commands at once would both find no steward.
    sqlx::query!("lock table seat in share row exclusive mode").execute(&mut *tx).await?;
    let exists = sqlx::query_scalar!(
        r#"select exists (select from seat where role in ('steward_ward', 'steward_city')) as "exists!""#
    )
    .fetch_one(&mut *tx)
    .await?;
    if exists {
        bail!("Đã có người quản trị. Người ấy tạo các tài khoản sau trong mục Tài khoản.");
    }
    let today = civil(now);
    let (city, ward) = units(&mut tx, typed, (today, now)).await?;
    let account = AccountId::new(now);
    sqlx::query!(
        "insert into account (id, phone, full_name, honorific, must_change, created_at) values ($1, $2, $3, 'bạn', true, $4)",
        account.uuid(),
        phone.as_str(),
        typed.name.trim(),
        now
    )
    .execute(&mut *tx)
    .await
    .map_err(explained)?;
    sqlx::query!(
        "insert into seat (id, account_id, role, city_id, ward_id, valid_from) values ($1, $2, $3, $4, $5, $6)",
        SeatId::new(now).uuid(),
        account.uuid(),
        if ward.is_some() { "steward_ward" } else { "steward_city" },
        city,
        ward,
        today
    )
    .execute(&mut *tx)
    .await?;
    let token = hex::encode(key32(&mut rand::rng()));
    sqlx::query!(
        "insert into invite (token_hash, account_id, expires_at) values ($1, $2, $3)",
        hash(&token),
        account.uuid(),
        now + chrono::Duration::hours(24)
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    conn.close().await?;
    Ok(urls::invite(&token))
}

/// What a constraint found wrong, said to the person at the command line.
fn explained(error: sqlx::Error) -> anyhow::Error {
    let sentence = match error.as_database_error().and_then(|said| said.constraint()) {
        Some("account_phone_once") => "Số điện thoại này đã có tài khoản.",
        Some("account_full_name_length") => "Họ tên cần từ 2 đến 120 ký tự.",
        Some("unit_code_shape") => "Mã phường gồm chữ in hoa và số, ví dụ PL.",
        Some("unit_name_length" | "unit_short_name_length") => "Tên đơn vị trống hoặc quá dài.",
        _ => return error.into(),
    };
    anyhow::anyhow!(sentence)
}

/// The city, and the ward if one was named: found by name, or made.
async fn units(
    conn: &mut PgConnection,
    typed: &FirstSteward,
    at: (NaiveDate, DateTime<Utc>),
) -> anyhow::Result<(Uuid, Option<Uuid>)> {
    let unit = |kind, name, parent, code| New { kind, name, parent, city: None, code };
    let province = find_or_make(conn, &unit("province", typed.province.trim(), None, "T"), at).await?;
    let city = find_or_make(conn, &unit("city", typed.city.trim(), Some(province), "TP"), at).await?;
    let Some(name) = typed.ward.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok((city, None));
    };
    let code = typed.ward_code.to_uppercase();
    let ward = New { kind: "ward", name, parent: Some(city), city: Some(city), code: &code };
    Ok((city, Some(find_or_make(conn, &ward, at).await?)))
}

struct New<'a> {
    kind: &'a str,
    name: &'a str,
    parent: Option<Uuid>,
    /// Of a ward; a city is its own.
    city: Option<Uuid>,
    code: &'a str,
}

async fn find_or_make(
    conn: &mut PgConnection,
    new: &New<'_>,
    (today, now): (NaiveDate, DateTime<Utc>),
) -> anyhow::Result<Uuid> {
    let known = sqlx::query_scalar!(
        "select id from unit where kind = $1 and lower(name) = lower($2) and parent_id is not distinct from $3 and valid_to is null",
        new.kind,
        new.name,
        new.parent
    )
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(id) = known {
        return Ok(id);
    }
    let id = UnitId::new(now).uuid();
    let (city, ward) = match new.kind {
        "city" => (Some(id), None),
        "ward" => (new.city, Some(id)),
        _ => (None, None),
    };
    sqlx::query!(
        "insert into unit (id, kind, parent_id, city_id, ward_id, code, name, short_name, valid_from) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        new.kind,
        new.parent,
        city,
        ward,
        new.code,
        new.name,
        short(new.name),
        today
    )
    .execute(conn)
    .await
    .map_err(explained)?;
    Ok(id)
}

/// "Phước Long" of "phường Phước Long".
fn short(name: &str) -> &str {
    let kinds = ["tỉnh ", "thành phố ", "thị xã ", "quận ", "huyện ", "phường ", "xã ", "thị trấn ", "đặc khu "];
    let lower = name.to_lowercase();
    kinds.iter().find(|kind| lower.starts_with(**kind)).and_then(|kind| name.get(kind.len()..)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_short_name_leaves_the_kind_out() {
        assert_eq!(short("phường Phước Long"), "Phước Long");
        assert_eq!(short("Thành phố Nha Trang"), "Nha Trang");
        assert_eq!(short("Trường Sa"), "Trường Sa");
    }
}
