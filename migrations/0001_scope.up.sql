-- The second wall. A connection carries the scope of the seat that acts; every policy below reads it.
-- The scope is written only by the entrance functions (0004), first thing after a connection is taken.
-- An unset scope is '' and shows nothing.

-- 'group', 'ward', 'city', 'public', or '' when nobody has entered.
create function scope_level() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('app.level', true), '') $$;

-- The city (or province, in a two-tier ruleset) the seat belongs to: set for every seat.
create function scope_city() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.city', true), '')::uuid $$;

-- The ward the seat belongs to: null for seats of the city.
create function scope_ward() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.ward', true), '')::uuid $$;

-- The groups a leader or an area officer is bound to: null for seats that see the whole ward.
create function scope_groups() returns uuid[] language sql stable parallel safe
  as $$ select nullif(current_setting('app.groups', true), '')::uuid[] $$;

-- The account that entered; definer functions use it to let people change only what is theirs.
create function scope_account() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.account', true), '')::uuid $$;

create function scope_role() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('app.role', true), '') $$;

-- Puts the standard policies on a table whose rows carry city_id, ward_id and group_id.
-- Local seats (ward and groups) see and write their own rows; a city's seats see and write only rows for which
-- `city_sees` holds, as written in the terms of that table. Nothing is deletable. `verbs` is what the program may do.
-- (select ...) around the scope keeps it a once-per-statement value instead of a call per row.
create function guard_rows(tbl regclass, verbs text[], city_sees text) returns void language plpgsql as $$
declare
  local_rows constant text :=
    'ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[]))';
  city_rows constant text :=
    format('(select scope_level()) = ''city'' and city_id = (select scope_city()) and (%s)', city_sees);
  rule constant text := format('(%s) or (%s)', local_rows, city_rows);
begin
  execute format('alter table %s enable row level security', tbl);
  execute format('create policy sees on %s for select to binhyen_app using (%s)', tbl, rule);
  if 'insert' = any (verbs) then
    execute format('create policy adds on %s for insert to binhyen_app with check (%s)', tbl, rule);
  end if;
  if 'update' = any (verbs) then
    execute format('create policy changes on %s for update to binhyen_app using (%s) with check (%s)', tbl, rule, rule);
  end if;
  execute format('grant %s on %s to binhyen_app', array_to_string(array_prepend('select', verbs), ', '), tbl);
end $$;
revoke execute on function guard_rows from public;
