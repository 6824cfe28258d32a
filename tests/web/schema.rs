//! The schema goes up, down, and up again to the same place.

use binhyen::platform::db::MIGRATIONS;
use sqlx::{Connection, PgConnection};

use crate::support::{empty, throw_away};

/// Tables, columns, constraints, indexes, policies, functions and grants, one line each.
const PICTURE: &str = "
    select line from (
      select format('column %s.%s %s %s', table_name, column_name, data_type, is_nullable) from information_schema.columns where table_schema = 'public'
      union all select format('constraint %s on %s %s', conname, conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select format('policy %s on %s %s %s %s', policyname, tablename, cmd, qual, with_check) from pg_policies where schemaname = 'public'
      union all select format('function %s %s', oid::regprocedure, md5(pg_get_functiondef(oid))) from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
      union all select format('grant %s on %s to %s', privilege_type, table_name, grantee) from information_schema.role_table_grants where table_schema = 'public'
    ) lines (line) where line not like '%_sqlx_migrations%' order by 1";

async fn picture(conn: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(PICTURE).fetch_all(conn).await.unwrap()
}

#[tokio::test]
async fn migrations_run_up_down_and_up() {
    let urls = empty("schema").await;
    let mut conn = PgConnection::connect(&urls.migrate).await.unwrap();
    MIGRATIONS.run(&mut conn).await.unwrap();
    let first = picture(&mut conn).await;
    assert!(first.len() > 200, "{}", first.len());
    MIGRATIONS.undo(&mut conn, 0).await.unwrap();
    assert_eq!(picture(&mut conn).await, Vec::<String>::new(), "the way back leaves nothing");
    MIGRATIONS.run(&mut conn).await.unwrap();
    assert_eq!(picture(&mut conn).await, first);
    conn.close().await.unwrap();
    throw_away(urls.name);
}
