-- A year of a ward, pinned to one version of one ruleset.
create table cycle (
  id uuid primary key,
  city_id uuid not null references unit (id),
  ward_id uuid not null references unit (id),
  year int not null constraint cycle_year_range check (year between 2022 and 2100),
  ruleset_id uuid not null references ruleset (id),
  group_window_from date not null, group_window_to date not null,
  ward_window_from date not null, ward_window_to date not null,
  -- Late is marked, not locked, unless the ward locks.
  locks_late boolean not null default false,
  opened_at timestamptz not null,
  opened_by text not null,
  revision int not null default 1,
  constraint cycle_year_once unique (ward_id, year),
  constraint cycle_in_ward unique (ward_id, id),
  constraint cycle_windows_forward check (group_window_from < group_window_to and ward_window_from < ward_window_to)
);
create index cycle_by_city on cycle (city_id, year);

-- A deadline keeps the day as the law says it, and whether that day itself is still in time.
create table deadline (
  cycle_id uuid not null,
  city_id uuid not null, ward_id uuid not null,
  code text not null constraint deadline_code_known check (code in ('group_registration', 'ward_registration', 'group_request', 'ward_appraisal', 'ward_request')),
  title text not null,
  who text not null,
  stated date not null,
  exclusive boolean not null,
  citation text not null,
  internal boolean not null default false,
  -- Set when a person moved it: what stood before, why, who.
  was_stated date, was_exclusive boolean, override_reason text, override_by text,
  constraint deadline_override_whole check (num_nonnulls(was_stated, was_exclusive, override_reason, override_by) in (0, 4)),
  primary key (ward_id, cycle_id, code),
  constraint deadline_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);

-- Everybody in the ward lives by the same calendar; the city sees the calendars of its wards.
alter table cycle enable row level security;
create policy sees on cycle for select to binhyen_app using (
  ward_id = (select scope_ward()) or ((select scope_level()) = 'city' and city_id = (select scope_city())));
create policy adds on cycle for insert to binhyen_app with check (
  ward_id = (select scope_ward()) and city_id = (select scope_city()) and (select scope_level()) = 'ward');
create policy changes on cycle for update to binhyen_app
  using (ward_id = (select scope_ward()) and (select scope_level()) = 'ward')
  with check (ward_id = (select scope_ward()) and city_id = (select scope_city()));
grant select, insert, update on cycle to binhyen_app;

alter table deadline enable row level security;
create policy sees on deadline for select to binhyen_app using (
  ward_id = (select scope_ward()) or ((select scope_level()) = 'city' and city_id = (select scope_city())));
create policy adds on deadline for insert to binhyen_app with check (
  ward_id = (select scope_ward()) and city_id = (select scope_city()) and (select scope_level()) = 'ward');
create policy changes on deadline for update to binhyen_app
  using (ward_id = (select scope_ward()) and (select scope_level()) = 'ward')
  with check (ward_id = (select scope_ward()) and city_id = (select scope_city()));
grant select, insert, update on deadline to binhyen_app;
