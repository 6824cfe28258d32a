-- Who takes part in a year: one row for each household of the year, both marks apart (domain: registered, pledged), and the counts of them.
create table participation (
  household_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid not null references unit (id),
  cycle_id uuid not null,
  -- Left before the year was over, or was only put on the list by mistake: no longer part of the whole.
  counted boolean not null default true,
  -- Đăng ký tham gia: the day, when it was written, by whom, and how it was taken.
  registered_on date, registered_at timestamptz, registered_by text,
  registered_how text constraint participation_registered_how_known check (registered_how in ('meeting', 'sheet', 'door', 'qr', 'import')),
  -- Ký cam kết giao ước thi đua.
  pledged_on date, pledged_at timestamptz, pledged_by text,
  pledged_how text constraint participation_pledged_how_known check (pledged_how in ('meeting', 'sheet', 'door', 'qr', 'import')),
  -- Why not yet: nobody at home, does not want to, works far away.
  reason text constraint participation_reason_known check (reason in ('absent', 'refused', 'away')),
  reason_at timestamptz,
  revision int not null default 1,
  constraint participation_registered_whole check (num_nonnulls(registered_on, registered_at, registered_by, registered_how) in (0, 4)),
  constraint participation_pledged_whole check (num_nonnulls(pledged_on, pledged_at, pledged_by, pledged_how) in (0, 4)),
  constraint participation_pledged_is_registered check (pledged_on is null or registered_on is not null),
  constraint participation_reason_while_open check (reason is null or pledged_on is null),
  primary key (ward_id, cycle_id, household_id),
  constraint participation_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id),
  constraint participation_of_household foreign key (ward_id, household_id) references household (ward_id, id)
);
-- The list of a group joins here without touching the row.
create index participation_of_list on participation (ward_id, household_id, cycle_id)
  include (counted, registered_on, pledged_on, pledged_at, reason, revision);
create index participation_by_group on participation (ward_id, cycle_id, group_id) include (counted, registered_on, pledged_on);
select guard_personal_rows('participation', array['insert', 'update']);
-- Updated all day long while a year is signed.
alter table participation set (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 80);

-- How many households a group has in a year, how many registered and pledged, and why the others did not. Pages read counts here alone.
create table participation_tally (
  city_id uuid not null, ward_id uuid not null, cycle_id uuid not null, group_id uuid not null references unit (id),
  households int not null default 0,
  registered int not null default 0,
  pledged int not null default 0,
  absent int not null default 0,
  refused int not null default 0,
  away int not null default 0,
  constraint participation_tally_range check (households >= 0 and registered between 0 and households and pledged between 0 and registered
    and absent >= 0 and refused >= 0 and away >= 0 and absent + refused + away <= households - pledged),
  primary key (ward_id, cycle_id, group_id)
);
create index participation_tally_by_city on participation_tally (city_id, cycle_id);
alter table participation_tally set (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 50);
alter table participation_tally enable row level security;
create policy sees on participation_tally for select to binhyen_app using (
  (ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[])))
  or ((select scope_level()) = 'city' and city_id = (select scope_city())));
grant select on participation_tally to binhyen_app;

-- One row's share of the counts, with its sign.
create type participation_share as (
  city_id uuid, ward_id uuid, cycle_id uuid, group_id uuid, households int, registered int, pledged int, absent int, refused int, away int);
create function participation_share(p participation, sign int) returns participation_share language sql immutable as $$
  select row (p.city_id, p.ward_id, p.cycle_id, p.group_id,
    sign * p.counted::int, sign * (p.counted and p.registered_on is not null)::int, sign * (p.counted and p.pledged_on is not null)::int,
    sign * (p.counted and p.reason is not distinct from 'absent')::int, sign * (p.counted and p.reason is not distinct from 'refused')::int,
    sign * (p.counted and p.reason is not distinct from 'away')::int)::participation_share;
$$;

-- Adds shares to the counts, group by group in the order of their ids, so that two writers never wait for each other in a circle.
create function participation_add(shares participation_share[]) returns void language sql volatile security definer set search_path = public, pg_temp as $$
  insert into participation_tally as t (city_id, ward_id, cycle_id, group_id, households, registered, pledged, absent, refused, away)
  select s.city_id, s.ward_id, s.cycle_id, s.group_id, 0, 0, 0, 0, 0, 0
    from unnest(shares) s group by 1, 2, 3, 4 order by 2, 3, 4
  on conflict do nothing;
  with change as (
    select s.ward_id, s.cycle_id, s.group_id, sum(s.households) households, sum(s.registered) registered, sum(s.pledged) pledged,
           sum(s.absent) absent, sum(s.refused) refused, sum(s.away) away
      from unnest(shares) s group by 1, 2, 3),
  held as (
    select t.ward_id, t.cycle_id, t.group_id from participation_tally t join change c using (ward_id, cycle_id, group_id)
     order by 1, 2, 3 for update of t)
  update participation_tally t
     set households = t.households + c.households, registered = t.registered + c.registered, pledged = t.pledged + c.pledged,
         absent = t.absent + c.absent, refused = t.refused + c.refused, away = t.away + c.away
    from change c join held using (ward_id, cycle_id, group_id)
   where t.ward_id = c.ward_id and t.cycle_id = c.cycle_id and t.group_id = c.group_id;
$$;
revoke execute on function participation_add from public;

-- Kept by the write itself, in its transaction, as the owner: nobody else may touch a count.
create function participation_count() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform participation_add(array(select participation_share(n, 1) from added n));
  elsif tg_op = 'UPDATE' then
    perform participation_add(array(select participation_share(o, -1) from gone o union all select participation_share(n, 1) from added n));
  else
    perform participation_add(array(select participation_share(o, -1) from gone o));
  end if;
  return null;
end $$;
create trigger participation_counts_added after insert on participation
  referencing new table as added for each statement execute function participation_count();
create trigger participation_counts_changed after update on participation
  referencing old table as gone new table as added for each statement execute function participation_count();
create trigger participation_counts_gone after delete on participation
  referencing old table as gone for each statement execute function participation_count();

-- Compares every count with a recount, writers waiting meanwhile; mends what differs when asked to. Gives what differed.
create function participation_recount(mend boolean)
returns table (ward_id uuid, cycle_id uuid, group_id uuid, kept int[], counted int[])
language plpgsql volatile set search_path = public, pg_temp as $$
begin
  lock table participation in share row exclusive mode;
  return query
    with truth as (
      select s.city_id, s.ward_id, s.cycle_id, s.group_id, sum(s.households)::int h, sum(s.registered)::int r, sum(s.pledged)::int p,
             sum(s.absent)::int a, sum(s.refused)::int f, sum(s.away)::int w
        from participation p, participation_share(p, 1) s group by 1, 2, 3, 4),
    compared as (
      select coalesce(c.city_id, t.city_id) city_id, coalesce(c.ward_id, t.ward_id) ward_id, coalesce(c.cycle_id, t.cycle_id) cycle_id,
             coalesce(c.group_id, t.group_id) group_id,
             array[coalesce(t.households, 0), coalesce(t.registered, 0), coalesce(t.pledged, 0), coalesce(t.absent, 0), coalesce(t.refused, 0), coalesce(t.away, 0)] kept,
             array[coalesce(c.h, 0), coalesce(c.r, 0), coalesce(c.p, 0), coalesce(c.a, 0), coalesce(c.f, 0), coalesce(c.w, 0)] counted
        from truth c full join participation_tally t
          on t.ward_id = c.ward_id and t.cycle_id = c.cycle_id and t.group_id = c.group_id),
    mended as (
      insert into participation_tally as t (city_id, ward_id, cycle_id, group_id, households, registered, pledged, absent, refused, away)
      select d.city_id, d.ward_id, d.cycle_id, d.group_id, d.counted[1], d.counted[2], d.counted[3], d.counted[4], d.counted[5], d.counted[6]
        from compared d where mend and d.kept <> d.counted order by 2, 3, 4
      on conflict on constraint participation_tally_pkey do update set households = excluded.households, registered = excluded.registered,
        pledged = excluded.pledged, absent = excluded.absent, refused = excluded.refused, away = excluded.away)
    select d.ward_id, d.cycle_id, d.group_id, d.kept, d.counted from compared d where d.kept <> d.counted;
end $$;
revoke execute on function participation_recount from public;

-- "We went through our list": the short checklist at the beginning of a year, per group.
create table participation_review (
  city_id uuid not null, ward_id uuid not null, group_id uuid not null references unit (id), cycle_id uuid not null,
  reviewed_at timestamptz not null,
  reviewed_by text not null,
  primary key (ward_id, cycle_id, group_id),
  constraint participation_review_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
select guard_rows('participation_review', array['insert', 'update'], 'false');
