-- The only ways in. Each is called as the first statement on a connection, outside any transaction, always gives one
-- row, and overwrites every part of the scope: a connection that served somebody else before forgets it here.

create function enter_scope(level text, account uuid, role text, city uuid, ward uuid, groups uuid[]) returns void
language sql volatile set search_path = public, pg_temp as $$
  select set_config('app.level', coalesce(level, ''), false),
         set_config('app.account', coalesce(account::text, ''), false),
         set_config('app.role', coalesce(role, ''), false),
         set_config('app.city', coalesce(city::text, ''), false),
         set_config('app.ward', coalesce(ward::text, ''), false),
         set_config('app.groups', coalesce(groups::text, ''), false);
  select;
$$;
revoke execute on function enter_scope from public;

-- Public pages: nothing but published results.
create function enter_public() returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform enter_scope('public', null, null, null, null, null);
  return true;
end $$;
revoke execute on function enter_public from public;
grant execute on function enter_public to binhyen_app;

create type entrance as (
  session_id uuid, account_id uuid, full_name text, honorific text, must_change boolean,
  seat_id uuid, role text, city_id uuid, ward_id uuid, group_ids uuid[],
  city_name text, ward_name text, ward_short text, group_name text,
  delegation_id uuid, delegation_form text, delegation_scope text[], on_behalf_of text,
  can_switch boolean,
  cycle_id uuid, year int, ruleset_code text
);

-- Who holds this key, and from where do they act? A key that is unknown, idle for longer than `idle`, or older than
-- half a day gives a row of nulls and an empty scope. A session whose seat ended keeps the person, without a seat.
create function enter_session(key bytea, at timestamptz, idle interval) returns entrance
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  s session; a account; t seat; d delegation; e entrance;
  today date := (at at time zone 'Asia/Ho_Chi_Minh')::date;
begin
  perform enter_scope(null, null, null, null, null, null);
  select * into s from session where key_hash = key and last_seen_at > at - idle and created_at > at - interval '12 hours';
  if not found then return e; end if;
  select * into a from account where id = s.account_id and disabled_at is null;
  if not found then return e; end if;
  -- At most one write a minute, however many pages are opened.
  if s.last_seen_at < at - interval '1 minute' then
    update session set last_seen_at = at where id = s.id;
  end if;
  e.session_id := s.id; e.account_id := a.id; e.full_name := a.full_name; e.honorific := a.honorific; e.must_change := a.must_change;
  perform set_config('app.account', a.id::text, false);

  if s.delegation_id is not null then
    select * into d from delegation where id = s.delegation_id and account_id = a.id and revoked_at is null and today between valid_from and valid_to;
  end if;
  select * into t from seat
   where id = s.seat_id and today >= valid_from and (valid_to is null or today <= valid_to)
     and ((s.delegation_id is null and account_id = a.id) or (s.delegation_id is not null and id = d.seat_id))
     -- A lent seat goes with its owner: an account that was shut lends nothing.
     and exists (select 1 from account o where o.id = account_id and o.disabled_at is null);
  e.can_switch := (select count(*) from seat x where x.account_id = a.id and today >= x.valid_from and (x.valid_to is null or today <= x.valid_to))
                + (select count(*) from delegation x where x.account_id = a.id and x.revoked_at is null and today between x.valid_from and x.valid_to) > 1;
  if t.id is null then return e; end if;

  e.seat_id := t.id; e.role := t.role; e.city_id := t.city_id; e.ward_id := t.ward_id;
  if t.role in ('group_leader', 'area_officer') then
    -- Ended groups fall out of a seat by themselves; '{}' sees nothing.
    e.group_ids := array(select g.group_id from seat_group g join unit u on u.id = g.group_id where g.seat_id = t.id
                           and (u.valid_to is null or u.valid_to >= today) order by u.ordinal);
    e.group_name := (select string_agg(u.short_name, ', ' order by u.ordinal) from unit u where u.id = any (e.group_ids));
  end if;
  select name into e.city_name from unit where id = t.city_id;
  select name, short_name into e.ward_name, e.ward_short from unit where id = t.ward_id;
  if d.id is not null then
    e.delegation_id := d.id; e.delegation_form := d.form; e.delegation_scope := d.scope;
    select full_name into e.on_behalf_of from account where id = t.account_id;
  end if;
  select c.id, c.year, r.code into e.cycle_id, e.year, e.ruleset_code
    from cycle c join ruleset r on r.id = c.ruleset_id
   where case when t.ward_id is null then c.city_id = t.city_id else c.ward_id = t.ward_id end and (s.year is null or c.year = s.year)
   order by c.year desc limit 1;
  if t.ward_id is null then e.cycle_id := null; end if;

  perform enter_scope(
    case when t.ward_id is null then 'city' when e.group_ids is not null then 'group' else 'ward' end,
    a.id, t.role, t.city_id, t.ward_id, e.group_ids);
  return e;
end $$;
revoke execute on function enter_session from public;
grant execute on function enter_session to binhyen_app;

-- The newest migration laid, for the program to refuse an old schema.
create function schema_version() returns bigint language sql stable security definer set search_path = public, pg_temp
  as $$ select coalesce(max(version), 0) from _sqlx_migrations where success $$;
revoke execute on function schema_version from public;
grant execute on function schema_version to binhyen_app;
