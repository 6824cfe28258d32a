//! The first steward of a fresh installation, made from the command line with the migration role: there is nobody yet whose
//! permission could be asked.

use anyhow::{Context, bail};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::model::Phone;
use super::store::first::{self as store, New};
use super::urls;
use crate::config::FirstSteward;
use crate::platform::clock::civil;
use crate::platform::id::{AccountId, UnitId, key32};
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
    if store::steward_exists(&mut tx).await? {
        bail!("Đã có người quản trị. Người ấy tạo các tài khoản sau trong mục Tài khoản.");
    }
    let (city, ward) = units(&mut tx, typed, (civil(now), now)).await?;
    let account = AccountId::new(now);
    store::add_account(&mut tx, account, &phone, typed.name.trim(), now).await.map_err(explained)?;
    store::add_steward(&mut tx, account, (city, ward), now).await?;
    let token = hex::encode(key32(&mut rand::rng()));
    store::add_invite(&mut tx, &hash(&token), account, now + chrono::Duration::hours(24)).await?;
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

async fn find_or_make(
    conn: &mut PgConnection,
    new: &New<'_>,
    (today, now): (NaiveDate, DateTime<Utc>),
) -> anyhow::Result<Uuid> {
    if let Some(id) = store::find_unit(conn, new).await? {
        return Ok(id);
    }
    let id = UnitId::new(now).uuid();
    store::add_unit(conn, id, new, short(new.name), today).await.map_err(explained)?;
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
