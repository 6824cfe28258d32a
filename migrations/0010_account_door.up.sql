-- How people come in, choose their seat, keep their password; how stewards keep accounts; how a seat is lent.
-- The program has no grant on these tables. Each function runs as the owner, and filters by the scope of the connection.

-- Where the person acted last: offered again at the next sign-in, if it still holds.
alter table account
  add column last_seat_id uuid references seat (id),
  add column last_delegation_id uuid references delegation (id);

-- Search folds like `platform::fold`: no marks, đ as d, small letters.
create function folded_name(name text) returns text language sql immutable parallel safe
  as $$ select lower(translate(regexp_replace(normalize(name, nfd), '[\u0300-\u036f]', '', 'g'), 'ĐđÐð', 'dddd')) $$;
alter table account add column folded text generated always as (folded_name(full_name)) stored;
-- The steward's list, in its order.
create index account_by_name on account (full_name, id);

create function civil_day(at timestamptz) returns date language sql immutable parallel safe
  as $$ select (at at time zone 'Asia/Ho_Chi_Minh')::date $$;

-- Throttle -----------------------------------------------------------------------------------------------------------

-- Minutes of rest after the n-th failure in a row; the last number stays.
create function throttle_rest(locks int[], failures int) returns int language sql immutable
  as $$ select case when failures < 1 then 0 else locks[least(failures, cardinality(locks))] end $$;

-- Counts one try before it is judged, so that a hundred tries at once are a hundred tries. A success takes it back.
-- Gives the end of the rest when the key is resting; null when the try may go on. A day of peace forgets.
create function throttle_try(throttle_key bytea, locks int[], at timestamptz) returns timestamptz
language plpgsql volatile set search_path = public, pg_temp as $$
declare resting timestamptz;
begin
  insert into throttle as t (key, failures, first_at, locked_until)
  values (throttle_key, 1, at, at + make_interval(mins => nullif(throttle_rest(locks, 1), 0)))
  on conflict (key) do update set
    failures = case when coalesce(t.locked_until, t.first_at) < at - interval '1 day' then 1 else t.failures + 1 end,
    first_at = case when coalesce(t.locked_until, t.first_at) < at - interval '1 day' then at else t.first_at end,
    locked_until = at + make_interval(mins => nullif(throttle_rest(locks,
      case when coalesce(t.locked_until, t.first_at) < at - interval '1 day' then 1 else t.failures + 1 end), 0))
  where t.locked_until is null or t.locked_until <= at;
  if found then return null; end if;
  select t.locked_until into resting from throttle t where t.key = throttle_key;
  return resting;
end $$;
revoke execute on function throttle_try from public;

create function account_key(phone text) returns bytea language sql immutable
  as $$ select sha256(convert_to('account:' || phone, 'utf8')) $$;
create function address_key(address text) returns bytea language sql immutable
  as $$ select sha256(convert_to('address:' || address, 'utf8')) $$;

-- Sign in and out ----------------------------------------------------------------------------------------------------

-- Always one row. `locked_until` set: the try was not counted and must not be judged. `account_id` null: nobody has this
-- phone, or may not come in; the caller spends the same time as on a wrong password and says the same.
create function sign_in_begin(phone_in text, address text, account_locks int[], address_locks int[], at timestamptz)
returns table (account_id uuid, password_hash text, locked_until timestamptz)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare rest timestamptz;
begin
  -- While either rests, neither counts: people behind a resting address do not lock themselves out by trying on.
  select max(t.locked_until) into rest from throttle t
   where t.key in (account_key(phone_in), address_key(address)) and t.locked_until > at;
  -- Always in this order, so that two sign-ins never wait for each other.
  if rest is null then rest := throttle_try(account_key(phone_in), account_locks, at); end if;
  if rest is null then rest := throttle_try(address_key(address), address_locks, at); end if;
  if rest is not null then return query select null::uuid, null::text, rest; return; end if;
  return query select a.id, a.password_hash, null::timestamptz from account a
    where a.phone = phone_in and a.disabled_at is null and a.password_hash is not null;
  if not found then return query select null::uuid, null::text, null::timestamptz; end if;
end $$;

-- Whether this account may sit here today, itself or as a deputy.
create function seat_is_open(account_in uuid, seat_in uuid, delegation_in uuid, today date) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from seat s where s.id = seat_in and today >= s.valid_from and (s.valid_to is null or today <= s.valid_to)
    and case when delegation_in is null then s.account_id = account_in else exists (
      select from delegation d where d.id = delegation_in and d.seat_id = s.id and d.account_id = account_in
        and d.revoked_at is null and today between d.valid_from and d.valid_to) end)
$$;
revoke execute on function seat_is_open from public;

-- Opens a session for a password that was just verified: the hash that was looked at must still be the one that holds.
-- The only seat is taken at once; among several, the one used last. Gives null when the sign-in no longer holds,
-- else whether a seat was taken.
create function open_session(session_id uuid, key bytea, account_in uuid, verified_hash text, address text, address_locks int[],
  replaces bytea, device_in text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  a account; today date := civil_day(at); seats uuid[]; lent int; chosen uuid; through uuid;
begin
  select * into a from account where id = account_in and password_hash = verified_hash and disabled_at is null for update;
  if not found then return null; end if;
  delete from throttle t where t.key = account_key(a.phone);
  update throttle t set failures = greatest(failures - 1, 0),
    locked_until = case when throttle_rest(address_locks, failures - 1) = 0 then null else locked_until end
   where t.key = address_key(address);
  delete from session where key_hash = replaces;
  seats := array(select s.id from seat s where s.account_id = a.id and seat_is_open(a.id, s.id, null, today));
  select count(*) into lent from delegation d where d.account_id = a.id and seat_is_open(a.id, d.seat_id, d.id, today);
  if cardinality(seats) = 1 and lent = 0 then
    chosen := seats[1];
  elsif seat_is_open(a.id, a.last_seat_id, a.last_delegation_id, today) then
    chosen := a.last_seat_id; through := a.last_delegation_id;
  end if;
  insert into session (id, key_hash, account_id, seat_id, delegation_id, device, created_at, last_seen_at)
  values (session_id, key, a.id, chosen, through, device_in, at, at);
  return chosen is not null;
end $$;

-- Whoever holds the key may end it.
create function end_session(key bytea) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  delete from session where key_hash = key;
  return found;
end $$;

-- Old sessions, forgotten failures, dead links.
create function sweep_accounts(at timestamptz) returns bigint language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare n bigint; total bigint := 0;
begin
  delete from session where created_at <= at - interval '12 hours';
  get diagnostics n = row_count; total := total + n;
  delete from throttle where coalesce(locked_until, first_at) < at - interval '2 days';
  get diagnostics n = row_count; total := total + n;
  delete from invite where expires_at < at - interval '30 days';
  get diagnostics n = row_count; total := total + n;
  return total;
end $$;

-- The start of a production server refuses while this holds.
create function sample_accounts_exist() returns boolean language sql stable security definer set search_path = public, pg_temp
  as $$ select exists (select from account where sample) $$;

-- One's own ----------------------------------------------------------------------------------------------------------

create function seat_groups_words(seat_in uuid) returns text language sql stable set search_path = public, pg_temp as $$
  select string_agg(u.short_name, ', ' order by u.ordinal) from seat_group g join unit u on u.id = g.group_id where g.seat_id = seat_in
$$;
revoke execute on function seat_groups_words from public;

-- Own seats first, then those lent to me.
create function my_seats(at timestamptz)
returns table (seat_id uuid, delegation_id uuid, role text, city text, ward text, groups text, on_behalf_of text, form text, until date)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, null::uuid, s.role, c.name, w.name, seat_groups_words(s.id), null::text, null::text, s.valid_to
    from seat s join unit c on c.id = s.city_id left join unit w on w.id = s.ward_id
   where s.account_id = scope_account() and seat_is_open(s.account_id, s.id, null, civil_day(at))
  union all
  select s.id, d.id, s.role, c.name, w.name, seat_groups_words(s.id), o.full_name, d.form, d.valid_to
    from delegation d join seat s on s.id = d.seat_id join account o on o.id = s.account_id
    join unit c on c.id = s.city_id left join unit w on w.id = s.ward_id
   where d.account_id = scope_account() and seat_is_open(d.account_id, s.id, d.id, civil_day(at))
  order by 2 nulls first, 3, 1
$$;

create function choose_seat(key bytea, seat_in uuid, delegation_in uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not seat_is_open(scope_account(), seat_in, delegation_in, civil_day(at)) then return false; end if;
  update session set seat_id = seat_in, delegation_id = delegation_in where key_hash = key and account_id = scope_account();
  if not found then return false; end if;
  update account set last_seat_id = seat_in, last_delegation_id = delegation_in where id = scope_account();
  return true;
end $$;

-- Only a year that exists where the seat is.
create function choose_year(key bytea, year_in int) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from cycle c where c.year = year_in and c.city_id = scope_city() and (scope_ward() is null or c.ward_id = scope_ward())) then
    return false;
  end if;
  update session set year = year_in where key_hash = key and account_id = scope_account();
  return found;
end $$;

create function my_account() returns table (full_name text, honorific text, phone text, ward text, groups text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.full_name, a.honorific, a.phone,
         (select string_agg(distinct u.name, ', ') from seat s join unit u on u.id = s.ward_id where s.account_id = a.id),
         (select string_agg(distinct u.name, ', ') from seat s join seat_group g on g.seat_id = s.id join unit u on u.id = g.group_id where s.account_id = a.id)
    from account a where a.id = scope_account()
$$;

create function my_sessions(at timestamptz, idle interval)
returns table (id uuid, device text, created_at timestamptz, last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.device, s.created_at, s.last_seen_at from session s
   where s.account_id = scope_account() and s.last_seen_at > at - idle and s.created_at > at - interval '12 hours'
   order by s.last_seen_at desc, s.id
$$;

create function end_my_session(session_in uuid) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  delete from session where id = session_in and account_id = scope_account();
  return found;
end $$;

create function end_my_other_sessions(keep uuid) returns bigint language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare n bigint;
begin
  delete from session where account_id = scope_account() and id <> keep;
  get diagnostics n = row_count;
  return n;
end $$;

-- The hash to verify one's own password against. A try counts like a sign-in: a phone left lying open is no way to guess.
create function my_password(account_locks int[], at timestamptz) returns table (password_hash text, locked_until timestamptz)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare a account; rest timestamptz;
begin
  select * into a from account where id = scope_account() and disabled_at is null;
  if not found then return query select null::text, null::timestamptz; return; end if;
  rest := throttle_try(account_key(a.phone), account_locks, at);
  return query select case when rest is null then a.password_hash end, rest;
end $$;

-- The hash that was verified must still hold. Every other session ends.
create function change_my_password(verified_hash text, new_hash text, keep uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare own_phone text;
begin
  update account set password_hash = new_hash, must_change = false, revision = revision + 1
   where id = scope_account() and password_hash = verified_hash and disabled_at is null returning phone into own_phone;
  if not found then return false; end if;
  delete from throttle where key = account_key(own_phone);
  delete from session where account_id = scope_account() and id <> keep;
  return true;
end $$;

-- One-time links -----------------------------------------------------------------------------------------------------

create function find_invite(token bytea, at timestamptz) returns table (full_name text, honorific text, phone text, places text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.full_name, a.honorific, a.phone,
         (select string_agg(u.name, ', ') from seat s join unit u on u.id in (s.city_id, s.ward_id) where s.account_id = a.id)
    from invite i join account a on a.id = i.account_id
   where i.token_hash = token and i.used_at is null and i.expires_at > at and a.disabled_at is null
$$;

-- The link is spent and the password set together; the second of two tabs finds it spent.
create function redeem_invite(token bytea, new_hash text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare whose uuid;
begin
  update invite set used_at = at where token_hash = token and used_at is null and expires_at > at returning account_id into whose;
  if not found then return false; end if;
  update account set password_hash = new_hash, must_change = false, revision = revision + 1 where id = whose and disabled_at is null;
  if not found then return false; end if;
  delete from session where account_id = whose;
  return true;
end $$;

-- Stewards -----------------------------------------------------------------------------------------------------------

-- A ward's steward reaches the ward; a city's steward the city and its wards; nobody else anything.
create function steward_reaches(city uuid, ward uuid) returns boolean language sql stable as $$
  select coalesce(case scope_role() when 'steward_city' then city = scope_city()
    when 'steward_ward' then city = scope_city() and ward = scope_ward() end, false)
$$;

create function steward_sees(account_in uuid) returns boolean language sql stable set search_path = public, pg_temp as $$
  select exists (select from seat s where s.account_id = account_in and steward_reaches(s.city_id, s.ward_id))
$$;
revoke execute on function steward_sees from public;

-- Resetting a password or shutting an account reaches every seat of that person, so each one that counts today or later,
-- own or lent, must be within reach. Not oneself: some steward always remains.
create function steward_keeps(account_in uuid, at timestamptz) returns boolean language sql stable set search_path = public, pg_temp as $$
  select account_in <> scope_account() and steward_sees(account_in)
    and not exists (select from seat s where s.account_id = account_in
      and (s.valid_to is null or s.valid_to >= civil_day(at)) and not steward_reaches(s.city_id, s.ward_id))
    and not exists (select from delegation d join seat s on s.id = d.seat_id where d.account_id = account_in
      and d.revoked_at is null and d.valid_to >= civil_day(at) and not steward_reaches(s.city_id, s.ward_id))
$$;
revoke execute on function steward_keeps from public;

-- The seats of an account that the steward reaches, newest first.
create function steward_seats(account_in uuid) returns jsonb language sql stable set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'role', s.role, 'city', c.name, 'ward', w.name,
      'groups', seat_groups_words(s.id), 'from', s.valid_from, 'to', s.valid_to) order by s.valid_from desc, s.id), '[]')
    from seat s join unit c on c.id = s.city_id left join unit w on w.id = s.ward_id
   where s.account_id = account_in and steward_reaches(s.city_id, s.ward_id)
$$;
revoke execute on function steward_seats from public;

create type steward_line as (id uuid, full_name text, honorific text, phone text, disabled_at timestamptz, must_change boolean,
  seats jsonb, keeps boolean, is_me boolean);

-- Every word must occur in the name or the phone. The next page begins after the last line of this one.
create function steward_accounts(words text[], after_id uuid, upto int, at timestamptz) returns setof steward_line
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.full_name, a.honorific, a.phone, a.disabled_at, a.must_change, steward_seats(a.id), steward_keeps(a.id, at), a.id = scope_account()
    from account a
   where steward_sees(a.id)
     and not exists (select from unnest(words) word where position(word in a.folded || ' ' || a.phone) = 0)
     and (after_id is null or (a.full_name, a.id) > (select x.full_name, x.id from account x where x.id = after_id))
   order by a.full_name, a.id limit least(upto, 200)
$$;

create function steward_account(account_in uuid, at timestamptz) returns setof steward_line
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.full_name, a.honorific, a.phone, a.disabled_at, a.must_change, steward_seats(a.id), steward_keeps(a.id, at), a.id = scope_account()
    from account a where a.id = account_in and steward_sees(a.id)
$$;

-- Writes a seat if role, place and groups fit and lie within reach. A ward's steward gives seats of the ward; a city's
-- steward those of the city, and the wards' stewards.
create function place_seat(seat_id uuid, account_in uuid, role_in text, ward_in uuid, groups uuid[], from_in date, to_in date) returns text
language plpgsql volatile set search_path = public, pg_temp as $$
declare fits boolean; wrong boolean;
begin
  fits := case scope_role()
    when 'steward_ward' then ward_in = scope_ward() and role_in in ('group_leader', 'area_officer', 'ward_officer', 'committee_member', 'ward_chair', 'steward_ward')
    when 'steward_city' then (ward_in is null and role_in in ('city_officer', 'city_chair', 'steward_city')) or (role_in = 'steward_ward'
      and exists (select from unit where id = ward_in and kind = 'ward' and city_id = scope_city()))
    else false end;
  if fits is not true then return 'out_of_reach'; end if;
  wrong := case role_in when 'group_leader' then cardinality(groups) <> 1 when 'area_officer' then cardinality(groups) < 1 else cardinality(groups) > 0 end;
  if wrong
     or exists (select from unnest(groups) g where not exists (select from unit u where u.id = g and u.kind = 'group' and u.ward_id = ward_in)) then
    return 'wrong_groups';
  end if;
  if exists (select from seat s where s.account_id = account_in and s.role = role_in and s.city_id = scope_city() and s.ward_id is not distinct from ward_in
       and daterange(s.valid_from, s.valid_to, '[]') && daterange(from_in, to_in, '[]')
       and (role_in not in ('group_leader', 'area_officer') or exists (select from seat_group x where x.seat_id = s.id and x.group_id = any (groups)))) then
    return 'holds_already';
  end if;
  insert into seat (id, account_id, role, city_id, ward_id, valid_from, valid_to)
  values (seat_id, account_in, role_in, scope_city(), ward_in, from_in, to_in);
  insert into seat_group (seat_id, group_id) select place_seat.seat_id, g from unnest(groups) g;
  return 'given';
end $$;
revoke execute on function place_seat from public;

-- An account always begins with a seat: without one it would belong nowhere. The constraint on the phone speaks for itself.
create function create_account(account_in uuid, phone_in text, name_in text, honorific_in text, hash text,
  seat_id uuid, role_in text, ward_in uuid, groups uuid[], from_in date, to_in date, at timestamptz) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if scope_role() not in ('steward_ward', 'steward_city') then return 'out_of_reach'; end if;
  insert into account (id, phone, full_name, honorific, password_hash, must_change, created_at)
  values (account_in, phone_in, name_in, honorific_in, hash, true, at);
  return place_seat(seat_id, account_in, role_in, ward_in, groups, from_in, to_in);
end $$;

create function give_seat(seat_id uuid, account_in uuid, role_in text, ward_in uuid, groups uuid[], from_in date, to_in date) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  -- Nobody gives a seat to oneself.
  if account_in = scope_account() or not steward_sees(account_in) then return 'out_of_reach'; end if;
  return place_seat(seat_id, account_in, role_in, ward_in, groups, from_in, to_in);
end $$;

-- The seat ends with that day. One's own stays: some steward always remains.
create function end_seat(seat_in uuid, last_day date) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update seat set valid_to = last_day
   where id = seat_in and account_id <> scope_account() and steward_reaches(city_id, ward_id) and (valid_to is null or valid_to > last_day);
  return found;
end $$;

-- An initial password, to be changed at the first sign-in. The sessions end, and the failures are forgotten.
create function reset_password(account_in uuid, hash text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not steward_keeps(account_in, at) then return false; end if;
  update account set password_hash = hash, must_change = true, revision = revision + 1 where id = account_in;
  delete from throttle using account a where a.id = account_in and throttle.key = account_key(a.phone);
  delete from session where account_id = account_in;
  update invite set used_at = at where account_id = account_in and used_at is null;
  return true;
end $$;

create function disable_account(account_in uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not steward_keeps(account_in, at) then return false; end if;
  update account set disabled_at = at, revision = revision + 1 where id = account_in and disabled_at is null;
  if not found then return false; end if;
  delete from session where account_id = account_in;
  return true;
end $$;

create function enable_account(account_in uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not steward_keeps(account_in, at) then return false; end if;
  update account set disabled_at = null, revision = revision + 1 where id = account_in and disabled_at is not null;
  return found;
end $$;

-- Lending a seat -----------------------------------------------------------------------------------------------------

-- What the holder of this seat has lent. A deputy sees nothing here: the seat is not theirs.
create function my_delegations(seat_in uuid)
returns table (id uuid, deputy text, form text, scope text[], reason text, valid_from date, valid_to date, revoked_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, a.full_name, d.form, d.scope, d.reason, d.valid_from, d.valid_to, d.revoked_at
    from delegation d join seat s on s.id = d.seat_id join account a on a.id = d.account_id
   where d.seat_id = seat_in and s.account_id = scope_account()
   order by d.revoked_at nulls first, d.valid_to desc, d.id
$$;

-- The deputy has a seat in the same city today.
create function make_delegation(delegation_in uuid, seat_in uuid, deputy_phone text, form_in text, scope_in text[], reason_in text,
  from_in date, to_in date, at timestamptz) returns table (outcome text, deputy text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare s seat; a account; today date := civil_day(at);
begin
  select * into s from seat where id = seat_in and account_id = scope_account() and seat_is_open(scope_account(), id, null, today)
    and role in ('group_leader', 'ward_officer', 'ward_chair', 'city_officer', 'city_chair') for update;
  if not found then return query select 'not_yours', null::text; return; end if;
  select * into a from account x where x.phone = deputy_phone and x.disabled_at is null
    and exists (select from seat y where y.account_id = x.id and y.city_id = s.city_id and seat_is_open(x.id, y.id, null, today));
  if not found then return query select 'unknown_phone', null::text; return; end if;
  if a.id = scope_account() then return query select 'oneself', null::text; return; end if;
  if exists (select from delegation d where d.seat_id = s.id and d.account_id = a.id and d.revoked_at is null
             and daterange(d.valid_from, d.valid_to, '[]') && daterange(from_in, to_in, '[]')) then
    return query select 'overlaps', null::text; return;
  end if;
  insert into delegation (id, seat_id, account_id, form, scope, reason, valid_from, valid_to, created_at)
  values (delegation_in, s.id, a.id, form_in, scope_in, reason_in, from_in, to_in, at);
  return query select 'made', a.full_name;
end $$;

-- Gives the deputy's name, or null when there was nothing to take back.
create function revoke_delegation(delegation_in uuid, at timestamptz) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare deputy text;
begin
  update delegation d set revoked_at = at from seat s, account a
   where d.id = delegation_in and s.id = d.seat_id and s.account_id = scope_account() and a.id = d.account_id and d.revoked_at is null
  returning a.full_name into deputy;
  return deputy;
end $$;

do $$ declare door text; begin
  foreach door in array array['sign_in_begin', 'open_session', 'end_session', 'sweep_accounts', 'sample_accounts_exist', 'my_seats', 'choose_seat',
    'choose_year', 'my_account', 'my_sessions', 'end_my_session', 'end_my_other_sessions', 'my_password', 'change_my_password', 'find_invite',
    'redeem_invite', 'steward_accounts', 'steward_account', 'create_account', 'give_seat', 'end_seat', 'reset_password', 'disable_account',
    'enable_account', 'my_delegations', 'make_delegation', 'revoke_delegation'] loop
    execute format('revoke execute on function %I from public', door);
    execute format('grant execute on function %I to binhyen_app', door);
  end loop;
end $$;
