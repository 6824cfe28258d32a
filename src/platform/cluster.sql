-- The roles of Bình Yên and the ownership of its database.
--
-- Run by a superuser, connected to the database that Bình Yên is to use. Running it again changes nothing, so every start
-- of the private server runs it; the initdb script of docker runs it once. It sets no password: a private server is guarded
-- by its folder, and the initdb script sets passwords from secret files.
--
-- Roles belong to the whole cluster, not to one database. That is why they are here and in no migration: migrations run in many
-- databases at once when tests do.

do $$
declare
    wanted text;
begin
    foreach wanted in array array['binhyen_owner', 'binhyen_migrate', 'binhyen_app', 'binhyen_backup'] loop
        if not exists (select from pg_roles where rolname = wanted) then
            execute format('create role %I nologin', wanted);
        end if;
    end loop;
end
$$;

-- Owns the database and everything in it. Nobody logs in as the owner, so nothing that serves people can alter a table.
alter role binhyen_owner nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;

-- Runs migrations. It acts as the owner from its first statement, so that whatever it makes belongs to the owner.
alter role binhyen_migrate login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
do $$
begin
    -- Asked first, because granting twice writes a notice into the log of every start.
    if not pg_has_role('binhyen_migrate', 'binhyen_owner', 'member') then
        grant binhyen_owner to binhyen_migrate;
    end if;
end
$$;
alter role binhyen_migrate set role = 'binhyen_owner';

-- Serves people. It owns nothing and is held by row-level security: an owner, a superuser or a role with bypassrls would
-- walk past the policies. The three limits free a connection whose request has been given up or forgotten.
alter role binhyen_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role binhyen_app set statement_timeout = '15s';
alter role binhyen_app set lock_timeout = '5s';
alter role binhyen_app set idle_in_transaction_session_timeout = '30s';

-- Reads everything for pg_dump, past row-level security (a dump with half of the rows would be worse than none), and writes nothing.
alter role binhyen_backup login nosuperuser nocreatedb nocreaterole noreplication bypassrls;
do $$
begin
    if not pg_has_role('binhyen_backup', 'pg_read_all_data', 'member') then
        grant pg_read_all_data to binhyen_backup;
    end if;
end
$$;

-- The database is closed to everybody but these three. Rights on tables are the business of the migrations that make them.
do $$
begin
    execute format('alter database %I owner to binhyen_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to binhyen_migrate, binhyen_app, binhyen_backup',
        current_database()
    );
end
$$;
revoke create on schema public from public;
