//! Lists of households on their way into the register, with files as people keep them (`tests/import_files`).

use binhyen::commands::worker::work_off;
use chrono::Duration;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use sqlx::PgConnection;

use crate::support::{Client, World, fill, people};

const LIST: &str = "/ho/nhap";

fn ugly(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import_files").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Sends a file, has it read, and leaves its page on the screen; gives its address.
async fn bring(world: &World, client: &mut Client, name: &str, bytes: Vec<u8>) -> String {
    client.get(LIST).await.ok();
    client.submit(LIST, fill().file("tep", name, bytes)).await.is(303);
    let path = client.shown().location();
    client.get(&path).await.ok().says("Đang đọc");
    assert_eq!(client.shown().headers["refresh"], "2");
    assert_eq!(work_off(&world.app).await.unwrap(), 1);
    client.get(&path).await.ok();
    path
}

async fn write(world: &World, client: &mut Client, path: &str) {
    client.get(path).await.ok().says("Phải sửa 0");
    client.submit(&format!("{path}/ghi"), fill()).await.leads_to(path);
    assert_eq!(work_off(&world.app).await.unwrap(), 1);
    client.get(path).await.ok().says("Đã ghi vào sổ hộ");
}

/// Everything that an import may touch, as the owner sees it.
async fn register(conn: &mut PgConnection) -> Vec<(String, Value)> {
    let mut all = vec![];
    for (table, order) in [
        ("household", "id"),
        ("household_stay", "household_id, since"),
        ("household_version", "household_id, revision"),
        ("household_origin", "household_id"),
        ("participation", "cycle_id, household_id"),
        ("participation_tally", "cycle_id, group_id"),
    ] {
        // A group whose last household went keeps a row of zeros.
        let statement = format!(
            "select coalesce(jsonb_agg(to_jsonb(t) order by {order}), '[]') from {table} t{}",
            if table == "participation_tally" { " where households > 0" } else { "" }
        );
        let rows: Value = sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&mut *conn).await.unwrap();
        all.push((table.to_owned(), rows));
    }
    all
}

fn csv(rows: &[&str]) -> Vec<u8> {
    let mut text = "Họ tên chủ hộ;Số nhà;Đường;Số nhân khẩu;Điện thoại;Ký cam kết\n".to_owned();
    text.push_str(&rows.join("\n"));
    text.into_bytes()
}

#[tokio::test]
async fn a_leader_brings_a_list_mends_it_and_writes_it() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let rows = csv(&["Nguyễn Văn Lựu;15;Lê Lợi;4;905123456;x", "Trần Thị Hồng;17/2;Lê Lợi;hai;;", ";19;Lê Lợi;5;;"]);
    let path = bring(&world, &mut leader, "to 7.csv", rows).await;
    leader.shown().says("Phải sửa 2").says("ô D3").says("Số nhân khẩu phải là một số").says("ô A4");
    assert_eq!(
        world.ask::<i64>("select count(*) from household").await,
        0,
        "nothing is written before somebody says so"
    );

    // A row that is still wrong comes back with everything typed.
    let row = format!("{path}/dong/2");
    leader.get(&row).await.ok();
    let typed = fill().with("nhan-khau", "sáu mươi").with("chu-ho", "Trần Thị Hồng Hà");
    leader.submit(&row, typed).await.refuses("nhan-khau", "Số nhân khẩu phải là một số");
    assert_eq!(leader.shown().value("chu-ho"), "Trần Thị Hồng Hà");
    leader.submit(&row, fill().with("nhan-khau", "6")).await.is(303);
    let empty = format!("{path}/dong/3");
    leader.get(&empty).await.ok();
    leader.submit(&empty, fill().with("lam-gi", "skip")).await.is(303);
    leader.get(&path).await.ok().says("Phải sửa 0");
    write(&world, &mut leader, &path).await;
    leader.shown().says("2 hộ mới");

    let mut owner = world.owner().await;
    let written: Vec<(String, String, Option<i32>, Option<String>)> =
        sqlx::query_as("select code, head, members, phone from household order by code")
            .fetch_all(&mut owner)
            .await
            .unwrap();
    assert_eq!(
        written,
        [
            ("07-0001".to_owned(), "Nguyễn Văn Lựu".to_owned(), Some(4), Some("0905123456".to_owned())),
            ("07-0002".to_owned(), "Trần Thị Hồng Hà".to_owned(), Some(6), None),
        ]
    );
    let counts: (i32, i32, i32) =
        sqlx::query_as("select households, registered, pledged from participation_tally where households > 0")
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!(counts, (2, 1, 1), "whoever signs has registered");
    let left: (i64, i64) = sqlx::query_as(
        "select (select count(*) from import_row where draft is not null), (select count(*) from import_batch where content is not null)",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(left, (0, 0), "a list of people does not stay lying about");
    let looks: Vec<(String, i32)> =
        sqlx::query_as("select what, rows from data_access where what = 'import' order by at, rows")
            .fetch_all(&mut owner)
            .await
            .unwrap();
    assert!(looks.contains(&("import".to_owned(), 3)), "{looks:?}");
}

#[tokio::test]
async fn what_the_register_knows_is_updated_and_an_undo_puts_it_back() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let first = csv(&["Nguyễn Văn Lựu;15;Lê Lợi;4;;", "Trần Thị Hồng;17/2;Lê Lợi;3;0914000111;"]);
    let path = bring(&world, &mut leader, "a.csv", first.clone()).await;
    write(&world, &mut leader, &path).await;
    let mut owner = world.owner().await;
    let before = register(&mut owner).await;

    // The same file again says so, and changes nothing.
    let again = bring(&world, &mut leader, "a.csv", first).await;
    leader.shown().says("Tệp này đã ghi vào sổ rồi").says("Giống trong sổ 2");
    leader.submit(&format!("{again}/huy"), fill()).await.leads_to(LIST);
    assert_eq!(register(&mut owner).await, before);

    // The same household spelled differently, one that is new, one tick.
    let second = csv(&["NGUYEN VAN LUU;15;Le Loi;5;0905123456;x", "Lê Sơn;6;Trần Phú;1;;"]);
    let path = bring(&world, &mut leader, "b.csv", second).await;
    leader.shown().says("Giống trong sổ 1");
    leader.get(&format!("{path}?xem=trung")).await.ok().says("Giống hộ 07-0001");
    leader.get(&format!("{path}/dong/1")).await.ok().says("Giống một hộ trong sổ").says("Trong sổ");
    write(&world, &mut leader, &path).await;
    let now: (String, Option<i32>, i32) =
        sqlx::query_as("select head, members, revision from household where code = '07-0001'")
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!(now, ("NGUYEN VAN LUU".to_owned(), Some(5), 2));
    assert_eq!(world.ask::<i64>("select count(*) from household").await, 3);

    leader.submit(&format!("{path}/bo-ra"), fill()).await.leads_to(&path);
    leader.get(&path).await.ok().says("đã bỏ tệp này ra");
    assert_eq!(register(&mut owner).await, before, "the register stands as it stood");
}

#[tokio::test]
async fn an_undo_waits_for_what_depends_on_the_file() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let path =
        bring(&world, &mut leader, "a.csv", csv(&["Nguyễn Văn Lựu;15;Lê Lợi;4;;", "Trần Thị Hồng;17;Lê Lợi;3;;"]))
            .await;
    write(&world, &mut leader, &path).await;
    // Somebody changes one of them through the register.
    let household: uuid::Uuid = world.ask("select id from household where code = '07-0002'").await;
    let (db, actor) = world.enter(&leader).await;
    let to = binhyen::household::model::Facts { head: "Trần Thị Hồng Hà".to_owned(), ..Default::default() };
    let seen = binhyen::household::actions::Seen { id: household.into(), revision: 1 };
    binhyen::household::actions::edit(db, &actor, seen, (&to, None), world.app.clock.now()).await.unwrap();

    leader.get(&path).await.ok();
    leader.submit(&format!("{path}/bo-ra"), fill()).await.is(422).says("1 hộ của tệp này đã có việc khác sau khi ghi");
    assert_eq!(world.ask::<i64>("select count(*) from household").await, 2);
}

#[tokio::test]
async fn the_ward_brings_all_groups_at_once_and_a_leader_only_the_own_one() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(LIST).await.ok();
    officer.submit(LIST, fill().with("to", "ca-phuong").file("tep", "ds.xlsx", ugly("per_group.xlsx"))).await.is(303);
    let path = officer.shown().location();
    work_off(&world.app).await.unwrap();
    officer.get(&format!("{path}?xem=het")).await.ok().says("Lê An").says("Võ Cường").says("tổ 02");
    write(&world, &mut officer, &path).await;
    let codes: Vec<String> = world.ask("select array_agg(code order by code) from household").await;
    assert_eq!(codes, ["01-0001", "01-0002", "02-0001"]);

    // The leader of group 7 sees neither that file nor its households.
    let mut leader = world.client(people::LEADER_7).await;
    leader.get(&path).await.not_found();
    leader.get(LIST).await.ok().is_silent_about("ds.xlsx");
    let other = bring(&world, &mut leader, "lon to.xlsx", ugly("per_group.xlsx")).await;
    leader.get(&format!("{other}?xem=sua")).await.ok().says("còn tệp gửi cho tổ 07");
    assert!(!leader.shown().has(&format!("form[action='{other}/ghi']")), "rows of other groups hold the file up");
    let key = leader.seat_key(&other).await;
    leader.post_pairs(&format!("{other}/ghi"), &[("_vai", &key), ("_phien_ban", "2")]).await.is(409);
}

#[tokio::test]
async fn a_household_that_the_register_has_in_another_group_is_told_and_not_moved() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let path = bring(&world, &mut leader, "a.csv", csv(&["Nguyễn Văn Lựu;15;Lê Lợi;4;;"])).await;
    write(&world, &mut leader, &path).await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get(LIST).await.ok();
    let list = "Họ tên chủ hộ;Số nhà;Đường;Số nhân khẩu;Tổ\nNguyễn Văn Lựu;15;Lê Lợi;6;8\n".as_bytes().to_vec();
    officer.submit(LIST, fill().with("to", "ca-phuong").file("tep", "ca.csv", list)).await.is(303);
    let path = officer.shown().location();
    work_off(&world.app).await.unwrap();
    officer.get(&format!("{path}?xem=biet")).await.ok().says("Sổ ghi hộ này ở tổ 07").says("Cập nhật không chuyển tổ");
    write(&world, &mut officer, &path).await;
    let kept: Vec<String> = world
        .ask("select array_agg(u.code || ' ' || h.members) from household h join unit u on u.id = h.group_id")
        .await;
    assert_eq!(kept, ["07 6"]);
}

#[tokio::test]
async fn columns_that_nobody_understood_are_put_right_by_hand() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let path = bring(&world, &mut leader, "la.xlsx", ugly("unknown_header.xlsx")).await;
    leader.shown().says("Dòng đọc được 0 hộ");
    let columns = format!("{path}/cot");
    leader.get(&columns).await.ok();
    let wrong = fill().tick("lay-0", "co").with("dong-0", "1").with("cot-0-1", "address");
    leader.submit(&columns, wrong).await.refuses("dong-0", "Chọn cột họ tên chủ hộ");
    let right = fill()
        .tick("lay-0", "co")
        .with("dong-0", "1")
        .with("cot-0-0", "head")
        .with("cot-0-1", "address")
        .with("cot-0-2", "members");
    leader.submit(&columns, right).await.leads_to(&path);
    work_off(&world.app).await.unwrap();
    leader.get(&path).await.ok().says("Dòng đọc được 2 hộ");
    write(&world, &mut leader, &path).await;
    let streets: Vec<String> = world.ask("select array_agg(house || ' ' || street order by code) from household").await;
    assert_eq!(streets, ["15 Lê Lợi", "17 Lê Lợi"]);
}

#[tokio::test]
async fn files_that_are_none_say_what_they_are() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    for (name, file, says) in [
        ("khoa.xlsx", "locked.xlsx", "Tệp đặt mật khẩu"),
        ("khoa.xls", "locked.xls", "Tệp đặt mật khẩu"),
        ("cut.xlsx", "cut.xlsx", "bị cụt hoặc hỏng"),
        ("anh.xlsx", "picture.xlsx", "Đây là ảnh"),
        ("web.xls", "web_page.xls", "trang web"),
    ] {
        let path = bring(&world, &mut leader, name, ugly(file)).await;
        leader.shown().says("Chưa đọc được tệp này").says(says);
        assert!(!leader.shown().has(&format!("form[action='{path}/ghi']")));
    }
    assert_eq!(world.ask::<i64>("select count(*) from import_batch where content is not null").await, 0);
    leader.get(LIST).await.ok();
    leader.submit(LIST, fill()).await.refuses("tep", "Chọn tệp bảng tính");
    leader.get(LIST).await.ok();
    let tomorrow = fill().with("tu-ngay", "26/3/2024").file("tep", "a.csv", csv(&["An;1;Lê Lợi;2;;"]));
    leader.submit(LIST, tomorrow).await.refuses("tu-ngay", "chưa tới");
    leader.get(LIST).await.ok();
    let big = vec![b'x'; 21 << 20];
    assert_eq!(leader.submit(LIST, fill().file("tep", "to.csv", big)).await.errors()[0].0, "tep");
}

#[tokio::test]
async fn every_kind_of_list_is_read_and_written() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    for file in [
        "list.xls",
        "titled.ods",
        "utf16_tab.txt",
        "windows1258.csv",
        "tcvn3.csv",
        "tcvn3.xlsx",
        "vni.xlsx",
        "mixed.xlsx",
        "macros.xlsm",
    ] {
        officer.get(LIST).await.ok();
        let group: uuid::Uuid = world.ask("select id from unit where kind = 'group' and code = '07' and ward_id = (select id from unit where code = 'PL' and kind = 'ward')").await;
        officer.submit(LIST, fill().with("to", &group.to_string()).file("tep", file, ugly(file))).await.is(303);
        let path = officer.shown().location();
        work_off(&world.app).await.unwrap();
        officer.get(&format!("{path}?xem=het")).await.ok().says("Nguyễn Văn Lựu");
        // What still stops is left out, as a person would do with lines of no use.
        let stops: Vec<i32> = {
            let mut owner = world.owner().await;
            let id: uuid::Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
            sqlx::query_scalar("select seq from import_row where batch_id = $1 and stops")
                .bind(id)
                .fetch_all(&mut owner)
                .await
                .unwrap()
        };
        for seq in stops {
            let row = format!("{path}/dong/{seq}");
            officer.get(&row).await.ok();
            officer.submit(&row, fill().with("lam-gi", "skip")).await.is(303);
        }
        write(&world, &mut officer, &path).await;
    }
    let found: Vec<String> =
        world.ask("select array_agg(concat_ws(', ', code, head, house, alley, street) order by code) from household where search like '% nguyen van luu %'").await;
    let both = ["07-001, Nguyễn Văn Lựu, 15, , Lê Lợi", "07-007, NGUYỄN VĂN LỰU, 8, , Trần Phú"];
    assert_eq!(found, both, "the same household in nine files is one household, a namesake another");
}

#[tokio::test]
async fn a_server_that_dies_while_it_writes_leaves_nothing_and_the_next_one_finishes() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let path =
        bring(&world, &mut leader, "a.csv", csv(&["Nguyễn Văn Lựu;15;Lê Lợi;4;;x", "Trần Thị Hồng;17;Lê Lợi;3;;"]))
            .await;
    leader.submit(&format!("{path}/ghi"), fill()).await.is(303);
    // Somebody holds the counts, so that the writer stands in the middle of its transaction when it dies.
    let mut owner = world.owner().await;
    sqlx::raw_sql("begin; lock table participation_tally in access exclusive mode").execute(&mut owner).await.unwrap();
    let app = world.app.clone();
    let dying = tokio::spawn(async move { work_off(&app).await });
    let mut watcher = world.owner().await;
    let waiting = "select count(*) from pg_locks where not granted";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut watcher).await.unwrap() == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    dying.abort();
    sqlx::raw_sql("rollback").execute(&mut owner).await.unwrap();
    assert!(dying.await.unwrap_err().is_cancelled());
    assert_eq!(world.ask::<i64>("select count(*) from household").await, 0, "all or nothing");
    leader.get(&path).await.ok().says("Đang ghi");
    assert_eq!(work_off(&world.app).await.unwrap(), 0, "its lease still runs");
    world.app.clock.set(world.app.clock.now() + Duration::minutes(3));
    assert_eq!(work_off(&world.app).await.unwrap(), 1);
    leader.get(&path).await.ok().says("2 hộ mới");
}

#[tokio::test]
async fn a_job_whose_asker_lost_the_seat_writes_nothing_and_can_be_asked_for_again() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let path = bring(&world, &mut leader, "a.csv", csv(&["Nguyễn Văn Lựu;15;Lê Lợi;4;;"])).await;
    leader.submit(&format!("{path}/ghi"), fill()).await.is(303);
    let mut owner = world.owner().await;
    let disable = |on: bool| {
        format!(
            "update account set disabled_at = {} where phone = '{}'",
            if on { "now()" } else { "null" },
            people::LEADER_7
        )
    };
    sqlx::raw_sql(sqlx::AssertSqlSafe(disable(true))).execute(&mut owner).await.unwrap();
    assert_eq!(work_off(&world.app).await.unwrap(), 1);
    assert_eq!(world.ask::<i64>("select count(*) from household").await, 0);
    sqlx::raw_sql(sqlx::AssertSqlSafe(disable(false))).execute(&mut owner).await.unwrap();
    leader.get(&path).await.ok().says("Việc bị ngắt giữa chừng");
    leader.submit(&format!("{path}/ghi"), fill()).await.leads_to(&path);
    work_off(&world.app).await.unwrap();
    leader.get(&path).await.ok().says("1 hộ mới");
}

#[tokio::test]
async fn two_people_on_one_row_and_a_button_pressed_twice() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let path = bring(&world, &mut leader, "a.csv", csv(&["Nguyễn Văn Lựu;15;Lê Lợi;hai;;"])).await;
    let row = format!("{path}/dong/1");
    leader.get(&row).await.ok();
    let (one, other) = (leader.tab(&row), leader.tab(&row));
    leader.submit_tab(&one, fill().with("nhan-khau", "4")).await.is(303);
    leader.submit_tab(&other, fill().with("nhan-khau", "5")).await.is(409);
    leader.get(&path).await.ok();
    let write = leader.tab(&format!("{path}/ghi"));
    leader.submit_tab(&write, fill()).await.is(303);
    leader.submit_tab(&write, fill()).await.is(303);
    assert_eq!(work_off(&world.app).await.unwrap(), 1, "pressed twice, written once");
    assert_eq!(world.ask::<i32>("select members from household").await, 4);
    // A chair looks and does not bring lists; a steward and the city have no business here.
    for phone in [people::CHAIR, people::MEMBER, people::STEWARD, people::CITY_CHAIR] {
        world.client(phone).await.get(LIST).await.is(403);
    }
}

#[tokio::test]
async fn pages_of_a_file_stay_within_their_budget() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let rows: Vec<String> = (1..=120).map(|n| format!("Nguyễn Văn {n};{n};Lê Lợi;3;;")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let path = bring(&world, &mut leader, "a.csv", csv(&rows)).await;
    leader.get(LIST).await.ok().costs(4);
    leader.get(&format!("{path}?xem=het")).await.ok().costs(4);
    // Digits in a name stop a row: page by page, none twice.
    let mut seen = vec![];
    let mut next = Some(format!("{path}?xem=sua"));
    while let Some(page) = next {
        seen.extend(leader.get(&page).await.ok().links(&format!("{path}/dong/")));
        next = leader.shown().links(&format!("{path}?xem=sua&sau=")).pop();
    }
    assert_eq!(seen.len(), 120);
}

/// Register + import + undo is the identity, journal and ids aside.
#[tokio::test]
async fn whatever_is_brought_in_can_be_taken_out_again() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    let mut owner = world.owner().await;
    let mut rng = StdRng::seed_from_u64(7);
    let people_of = |rng: &mut StdRng| {
        let family = ["Nguyễn", "Trần", "Lê", "Đặng"][rng.random_range(0..4)];
        let given = ["Lựu", "Hồng", "Sơn", "Ánh", "Quế"][rng.random_range(0..5)];
        let (house, members) = (rng.random_range(1..40), rng.random_range(1..9));
        let phone = if rng.random_bool(0.3) { format!("0900{:06}", rng.random_range(0..40)) } else { String::new() };
        let signed = ["", "x", "20/3/2024"][rng.random_range(0..3)];
        format!("{family} Văn {given};{house};Lê Lợi;{members};{phone};{signed}")
    };
    for round in 0..12 {
        let rows: Vec<String> = (0..rng.random_range(1..30)).map(|_| people_of(&mut rng)).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let path = bring(&world, &mut leader, &format!("{round}.csv"), csv(&rows)).await;
        if rng.random_bool(0.3) {
            leader.get(&format!("{path}?xem=trung")).await.ok();
            let key = leader.seat_key(&path).await;
            let decision = ["add", "skip"][rng.random_range(0..2)];
            leader.post_pairs(&format!("{path}/trung"), &[("_vai", &key), ("lam-gi", decision)]).await.is(303);
        }
        let before = register(&mut owner).await;
        write(&world, &mut leader, &path).await;
        // Every third file stays, so that later ones meet a fuller register.
        if round % 3 != 0 {
            leader.submit(&format!("{path}/bo-ra"), fill()).await.leads_to(&path);
            assert_eq!(register(&mut owner).await, before, "round {round}");
        }
    }
    assert!(world.ask::<i64>("select count(*) from household").await > 10);
    let differing: i64 = world.ask("select count(*) from participation_recount(false)").await;
    assert_eq!(differing, 0);
}
