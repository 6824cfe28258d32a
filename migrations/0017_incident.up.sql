-- Counts of incidents by type, day and group (domain, section 7): never a name, never a story.
create table incident (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null,
  -- Null: in the ward, of no group.
  group_id uuid references unit (id),
  -- A code of the ruleset's incident types.
  kind text not null constraint incident_kind_shape check (kind ~ '^[a-z0-9-]{2,40}$'),
  gravity text not null default 'ordinary' constraint incident_gravity_known check (gravity in ('ordinary', 'high')),
  -- The civil day, or, for figures of a year that is over and kept without days, the year whose window they belong to.
  happened_on date,
  of_year int constraint incident_of_year_range check (of_year between 2015 and 2100),
  n int not null constraint incident_n_range check (n between 1 and 9999),
  source text not null constraint incident_source_known check (source in ('typed', 'import')),
  -- The counts of one list came together and go together.
  batch_id uuid,
  confirmed_at timestamptz, confirmed_by text,
  voided_at timestamptz, voided_by text,
  void_reason text constraint incident_void_reason_length check (char_length(void_reason) between 3 and 300),
  revision int not null default 1,
  created_at timestamptz not null, created_by text not null,
  updated_at timestamptz not null, updated_by text not null,
  constraint incident_in_ward unique (ward_id, id),
  constraint incident_batch_of_import check ((source = 'import') = (batch_id is not null)),
  constraint incident_dated_or_of_year check (num_nonnulls(happened_on, of_year) = 1),
  constraint incident_confirmed_whole check ((confirmed_at is null) = (confirmed_by is null)),
  constraint incident_void_whole check (num_nonnulls(voided_at, voided_by, void_reason) in (0, 3))
);
create index incident_by_day on incident (ward_id, happened_on, id) where voided_at is null;
create index incident_by_year on incident (ward_id, of_year) where voided_at is null and of_year is not null;
-- A total of a year stands once, so that a list brought in twice does not count twice.
create unique index incident_total_once on incident (ward_id, of_year, group_id, kind, gravity) nulls not distinct
  where voided_at is null and of_year is not null;
create index incident_by_batch on incident (ward_id, batch_id) where batch_id is not null;
create index incident_by_group on incident (ward_id, group_id, happened_on) where voided_at is null;
-- The city reads what is confirmed, as it reads every count.
select guard_rows('incident', array['insert', 'update'], 'confirmed_at is not null');

-- What a count said before it was corrected, and why.
create table incident_version (
  incident_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  revision int not null,
  kind text not null, gravity text not null, happened_on date, of_year int, n int not null,
  replaced_at timestamptz not null,
  replaced_by text not null,
  reason text not null constraint incident_version_reason_length check (char_length(reason) between 3 and 300),
  primary key (ward_id, incident_id, revision),
  constraint incident_version_of_incident foreign key (ward_id, incident_id) references incident (ward_id, id)
);
select guard_rows('incident_version', array['insert'], 'false');

-- The ward police say that the counts of a year are complete: only then is a missing row a nought to compare with.
create table incident_period (
  city_id uuid not null, ward_id uuid not null,
  year int not null constraint incident_period_year_range check (year between 2015 and 2100),
  closed_at timestamptz not null,
  closed_by text not null,
  primary key (ward_id, year)
);
alter table incident_period enable row level security;
create policy sees on incident_period for select to binhyen_app using (
  ward_id = (select scope_ward()) or ((select scope_level()) = 'city' and city_id = (select scope_city())));
create policy adds on incident_period for insert to binhyen_app with check (
  ward_id = (select scope_ward()) and city_id = (select scope_city()) and (select scope_role()) in ('ward_officer', 'ward_chair'));
grant select, insert on incident_period to binhyen_app;
