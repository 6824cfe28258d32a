//! What everybody may read of results: as a page, as JSON by its schema, as text; and what nobody reads.

use axum::http::{Method, header};
use serde_json::Value;

use crate::support::json_schema::faults;
use crate::support::{World, fill, people};

/// The city recognises 7, not 8, and takes 9 back; another ward has no result.
async fn decided() -> World {
    let world = World::on("2024-11-16").await;
    let mut dossiers = vec![];
    for group in [7, 8, 9] {
        dossiers.push(world.recommended_request(group).await);
    }
    world.received_package().await;
    let mut chair = world.client(people::CITY_CHAIR).await;
    for (dossier, recognises) in dossiers.iter().zip([true, false, true]) {
        chair.decide(dossier, recognises, "6120/QĐ-UBND", "16/11/2024").await;
    }
    let revoke = format!("{}/thu-hoi", dossiers[2]);
    chair.get(&revoke).await.ok();
    let paper = fill().with("so", "128/QĐ-UBND").with("ngay", "16/11/2024").with("nguoi-ky", "Lê Thị Ngọc Diệp");
    chair.submit(&revoke, paper.with("ly-do", "Có vụ việc giấu không báo.")).await.is(303);
    world
}

async fn json(world: &World, path: &str) -> Value {
    let mut anybody = world.visitor();
    serde_json::from_slice(&anybody.get(path).await.ok().body).unwrap()
}

#[tokio::test]
async fn the_json_fits_its_schema_with_results_and_without() {
    let empty = World::new().await;
    let schema = json(&empty, "/cong-khai/luoc-do.json").await;
    let none = json(&empty, "/cong-khai.json").await;
    assert_eq!(faults(&schema, &none), [] as [String; 0]);
    assert!(none["year"].is_null());
    let world = decided().await;
    let told = json(&world, "/cong-khai.json?nam=2024").await;
    assert_eq!(faults(&schema, &told), [] as [String; 0]);
    assert_eq!(told["year"], 2024);
    assert_eq!(
        told["years"][0],
        serde_json::json!({"year": 2024, "wards": 1, "wards_recognised": 0, "groups": 24, "groups_recognised": 1})
    );
    let ward = &told["wards"][0];
    assert_eq!((ward["name"].as_str(), ward["groups_recognised"].as_i64()), (Some("phường Phước Long"), Some(1)));
    let units: Vec<(&str, &str)> = ward["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["name"].as_str().unwrap(), it["result"].as_str().unwrap()))
        .collect();
    assert_eq!(units, [("Tổ dân phố 7", "recognised"), ("Tổ dân phố 9", "revoked")]);
    assert_eq!(ward["units"][1]["revocation"]["number"], "128/QĐ-UBND");
    // No person, no reason, and nobody who was not recognised.
    let text = told.to_string();
    for silent in ["Lê Thị Ngọc Diệp", "giấu không báo", "Tổ dân phố 8"] {
        assert!(!text.contains(silent), "{silent}");
    }
    // It refuses what is not so: a revocation without its decision, a day that is none, a field that nobody named.
    for (place, wrong) in [
        ("/wards/0/units/0/result", "revoked".into()),
        ("/wards/0/units/0/decision/date", "16/11/2024".into()),
        (
            "/wards/0/units/0/decision",
            serde_json::json!({"number": "6120/QĐ-UBND", "date": "2024-11-16", "signer": "x"}),
        ),
        ("/years/0/groups", Value::from(-1)),
    ] {
        let mut other = told.clone();
        *other.pointer_mut(place).unwrap() = wrong;
        assert_eq!(faults(&schema, &other).len(), 1, "{place}");
    }
    // Whatever is no year with results shows the newest one.
    for odd in ["?nam=1999", "?nam=x", ""] {
        assert_eq!(json(&world, &format!("/cong-khai.json{odd}")).await, told);
    }
}

#[tokio::test]
async fn the_text_opens_in_a_spreadsheet() {
    let world = decided().await;
    let mut anybody = world.visitor();
    let answer = anybody.get("/cong-khai.csv").await.ok();
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"ket-qua-cong-nhan-2024.csv\"");
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    let mut lines = text.strip_prefix('\u{feff}').expect("a byte order mark").lines();
    assert_eq!(
        lines.next(),
        Some(
            "Năm;Thành phố;\"Phường, xã\";Đơn vị;Loại;Kết quả;Quyết định;Ngày quyết định;Quyết định thu hồi;Ngày thu hồi"
        )
    );
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            "2024;thành phố Nha Trang;phường Phước Long;Tổ dân phố 7;tổ dân phố;công nhận;6120/QĐ-UBND;2024-11-16;;",
            "2024;thành phố Nha Trang;phường Phước Long;Tổ dân phố 9;tổ dân phố;đã thu hồi;6120/QĐ-UBND;2024-11-16;128/QĐ-UBND;2024-11-16",
        ]
    );
}

#[tokio::test]
async fn who_has_it_already_is_told_so() {
    let world = decided().await;
    let mut anybody = world.visitor();
    for path in ["/cong-khai", "/cong-khai.json", "/cong-khai.csv", "/cong-khai/luoc-do.json"] {
        let first = anybody.get(path).await.ok();
        assert_eq!(first.headers["cache-control"], "public, max-age=60", "{path}");
        let tag = first.headers["etag"].clone();
        let request = anybody.request(Method::GET, path).header(header::IF_NONE_MATCH, &tag);
        let again = anybody.send(request.body(axum::body::Body::empty()).unwrap()).await.is(304);
        assert!(again.body.is_empty());
        assert_eq!(
            (&again.headers["etag"], &again.headers["cache-control"]),
            (&tag, &"public, max-age=60".parse().unwrap())
        );
    }
    anybody.get("/cong-khai").await.ok().says("1/24 tổ").says("0/1 phường, xã").is_silent_about("Tổ dân phố 8");
    anybody.get("/cong-khai?nam=1999").await.ok().says("năm 2024");
}

#[tokio::test]
async fn the_wall_itself_hides_who_was_not_recognised() {
    let world = decided().await;
    let names = "select coalesce(array_agg(unit_name order by unit_name), '{}') from publication";
    let mut anybody = world.app.db.enter_public().await.unwrap();
    let seen: Vec<String> = sqlx::query_scalar(names).fetch_one(&mut *anybody).await.unwrap();
    assert_eq!(seen, ["Tổ dân phố 7", "Tổ dân phố 9"]);
    // A seat of another ward reads no more than everybody; the city and the ward read their own.
    for (phone, count) in [(people::OTHER_OFFICER, 2), (people::OFFICER, 3), (people::CITY_CHAIR, 3)] {
        let client = world.client(phone).await;
        let (mut db, _) = world.enter(&client).await;
        let seen: Vec<String> = sqlx::query_scalar(names).fetch_one(&mut *db).await.unwrap();
        assert_eq!(seen.len(), count, "{phone}: {seen:?}");
    }
}
