//! What a decision binds: the exact state that it judged, hashed; and one event for each change.

use sha2::{Digest, Sha256};

use crate::support::{World, fill, people};

#[derive(sqlx::FromRow)]
struct Decision {
    kind: String,
    outcome: bool,
    state: String,
    state_sha256: String,
}

async fn decisions(world: &World) -> Vec<Decision> {
    let mut owner = world.owner().await;
    sqlx::query_as("select kind, outcome, state, state_sha256 from decision order by made_at, kind desc")
        .fetch_all(&mut owner)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_decision_keeps_the_state_it_judged_and_its_hash() {
    let world = World::on("2024-11-16").await;
    let seven = world.recommended_request(7).await;
    world.received_package().await;
    world.now_is("2024-11-16T10:00");
    let mut chair = world.client(people::CITY_CHAIR).await;
    chair.decide(&seven, true, "6120/QĐ-UBND", "16/11/2024").await;
    let made = decisions(&world).await;
    assert_eq!(
        made.iter().map(|it| (it.kind.as_str(), it.outcome)).collect::<Vec<_>>(),
        [("recommendation", true), ("recognition", true)]
    );
    for decision in &made {
        assert_eq!(hex::encode(Sha256::digest(decision.state.as_bytes())), decision.state_sha256);
    }
    // Nothing that matters changed between the two, so they judged one state.
    assert_eq!(made[0].state_sha256, made[1].state_sha256);
    let state: serde_json::Value = serde_json::from_str(&made[0].state).unwrap();
    assert_eq!(state["format"], 2);
    assert_eq!(state["subject_name"], "Tổ dân phố 7");
    assert_eq!(state["ruleset"]["code"], "kh390-2024");
    assert_eq!(state["criteria"].as_array().unwrap().len(), 13);
    assert_eq!(state["criteria"][2]["figures"], serde_json::json!([350, 350]));
    let letter = state["parts"].as_array().unwrap().iter().find(|part| part["code"] == "to-trinh").unwrap();
    assert_eq!((letter["number"].as_str(), letter["signer"].as_str()), (Some("05-TO-TRINH"), Some("Trần Văn Lựu")));
    // The page shows the same state, short.
    let page = chair.get(&seven).await.ok();
    assert!(page.has(&format!("b[title='{}']", made[0].state_sha256)));
}

#[tokio::test]
async fn another_number_on_a_part_is_another_state() {
    let world = World::on("2024-11-16").await;
    let (seven, eight) = (world.appraised_request(7).await, world.received_request(8).await);
    // Group 8 answers a return with another number on its letter, group 7 stays as it was.
    let mut officer = world.client(people::OFFICER).await;
    officer.send_back(&eight, &[("phan:to-trinh", "Ghi lại số tờ trình.")]).await;
    world.app.clock.advance(chrono::Duration::minutes(5));
    let mut leader = world.client(people::LEADER_8).await;
    let part = format!("{eight}/phan/to-trinh");
    leader.get(&part).await.ok();
    leader.submit(&part, fill().with("so", "06-TTr/TDP")).await.is(303);
    leader.hand_in(&eight).await;
    officer.press(&eight, "tiep-nhan").await;
    officer.judge_all(&eight, &[]).await;
    officer.press(&eight, "tham-dinh-xong").await;
    let mut chair = world.client(people::CHAIR).await;
    chair.conclude(&seven, true).await;
    chair.conclude(&eight, true).await;
    let made = decisions(&world).await;
    assert_ne!(made[0].state_sha256, made[1].state_sha256);
    let known = |number: &str| made.iter().filter(|it| it.state.contains(number)).count();
    assert_eq!((known("05-TO-TRINH"), known("06-TTr/TDP")), (1, 1));
}

#[tokio::test]
async fn the_database_itself_refuses_a_hash_that_does_not_fit() {
    let world = World::on("2024-11-16").await;
    world.recommended_request(7).await;
    let mut owner = world.owner().await;
    let forged = sqlx::query("update decision set state = state || ' '").execute(&mut owner).await;
    assert!(forged.unwrap_err().to_string().contains("decision_state_is_hashed"));
}

#[tokio::test]
async fn one_event_for_each_change_of_state_told_with_who_and_why() {
    let world = World::on("2024-11-12").await;
    let dossier = world.received_request(7).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.send_back(&dossier, &[("tieu-chi:5", "Bổ sung danh sách khen thưởng.")]).await;
    let mut owner = world.owner().await;
    let told: Vec<(String, String, Option<String>, i32)> = sqlx::query_as(
        "select verb, actor, reason, from_version from event where from_version is not null order by seq",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let expected = [
        ("submitted", "Trần Văn Lựu", None, 1),
        ("received", "Đặng Thu Hồng", None, 2),
        ("returned", "Đặng Thu Hồng", Some("Bổ sung danh sách khen thưởng."), 3),
    ];
    let told: Vec<_> =
        told.iter().map(|(verb, actor, why, from)| (verb.as_str(), actor.as_str(), why.as_deref(), *from)).collect();
    assert_eq!(told, expected);
    officer.get(&dossier).await.ok().says("Diễn biến").says(
        "Trả lại để bổ sung “Bổ sung danh sách khen thưởng.” Đặng Thu Hồng, Thường trực Ban chỉ đạo phường Phước Long",
    );
    // Refusals leave no trace.
    let before: i64 = world.ask("select count(*) from event").await;
    officer.get(&format!("{dossier}/ket-luan")).await.is(403);
    let after: i64 = world.ask("select count(*) from event").await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn the_journal_cannot_be_rewritten_even_by_its_owner() {
    let world = World::new().await;
    world.registered(7).await;
    let mut owner = world.owner().await;
    for statement in ["update event set actor = 'x'", "delete from event"] {
        let refused = sqlx::query(statement).execute(&mut owner).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}
