-- Units of the state and of the people: province, city, ward, residential group, offices, agencies, enterprises, schools.
-- A unit is never deleted. It has a span of validity, and the units it came from.
create table unit (
  id uuid primary key,
  kind text not null constraint unit_kind_known check (kind in ('province', 'city', 'ward', 'group', 'office', 'agency', 'enterprise', 'school')),
  parent_id uuid references unit (id),
  city_id uuid references unit (id),
  ward_id uuid references unit (id),
  -- 'PL' for a ward, '07' for a group: the piece of a receipt number.
  code text not null constraint unit_code_shape check (code ~ '^[A-Z0-9Đ-]{1,12}$'),
  ordinal int not null default 0,
  name text not null collate "vi-x-icu" constraint unit_name_length check (char_length(name) between 1 and 200),
  short_name text not null constraint unit_short_name_length check (char_length(short_name) between 1 and 60),
  valid_from date not null,
  valid_to date,
  revision int not null default 1,
  constraint unit_span_forward check (valid_to is null or valid_to >= valid_from),
  constraint unit_place_matches_kind check (case kind
    when 'province' then city_id is null and ward_id is null
    when 'city' then city_id = id and ward_id is null
    when 'ward' then city_id is not null and ward_id = id
    when 'group' then city_id is not null and ward_id is not null and ward_id <> id
    else city_id is not null end)
);
-- A ward's units in their order (home, unit list).
create index unit_by_ward on unit (ward_id, kind, ordinal, id);
create index unit_by_city on unit (city_id, kind, ordinal, id);
-- Two groups of a ward never carry the same number at the same time.
create unique index unit_code_once on unit (parent_id, kind, code) where valid_to is null;

-- Names that a unit bore before: a paper of 2023 shows the name of 2023.
create table unit_name (
  unit_id uuid not null references unit (id),
  city_id uuid, ward_id uuid,
  name text not null collate "vi-x-icu",
  short_name text not null,
  used_from date not null,
  used_to date not null,
  constraint unit_name_span_forward check (used_to >= used_from),
  primary key (unit_id, used_from)
);

-- Where a unit came from: split off, merged, or put in the place of another.
create table unit_predecessor (
  unit_id uuid not null references unit (id),
  predecessor_id uuid not null references unit (id),
  city_id uuid, ward_id uuid,
  how text not null constraint unit_predecessor_how_known check (how in ('split', 'merge', 'replace')),
  since date not null,
  constraint unit_predecessor_other check (unit_id <> predecessor_id),
  primary key (unit_id, predecessor_id)
);

-- Names of units are public knowledge, yet a ward has no business with another ward's list.
alter table unit enable row level security;
create policy sees on unit for select to binhyen_app using (
  (kind = 'province' and (select scope_level()) <> '')
  or (city_id = (select scope_city()) and (ward_id is null or ward_id = (select scope_ward()) or (select scope_level()) = 'city')));
create policy adds on unit for insert to binhyen_app with check (
  city_id = (select scope_city()) and (select scope_role()) like 'steward%'
  and (ward_id = (select scope_ward()) or (select scope_level()) = 'city'));
create policy changes on unit for update to binhyen_app
  using (city_id = (select scope_city()) and (select scope_role()) like 'steward%' and (ward_id = (select scope_ward()) or (select scope_level()) = 'city'))
  with check (city_id = (select scope_city()) and (ward_id = (select scope_ward()) or (select scope_level()) = 'city'));
grant select, insert, update on unit to binhyen_app;

alter table unit_name enable row level security;
create policy sees on unit_name for select to binhyen_app using (
  city_id = (select scope_city()) and (ward_id is null or ward_id = (select scope_ward()) or (select scope_level()) = 'city'));
create policy adds on unit_name for insert to binhyen_app with check (
  city_id = (select scope_city()) and (select scope_role()) like 'steward%' and (ward_id = (select scope_ward()) or (select scope_level()) = 'city'));
grant select, insert on unit_name to binhyen_app;

alter table unit_predecessor enable row level security;
create policy sees on unit_predecessor for select to binhyen_app using (
  city_id = (select scope_city()) and (ward_id is null or ward_id = (select scope_ward()) or (select scope_level()) = 'city'));
create policy adds on unit_predecessor for insert to binhyen_app with check (
  city_id = (select scope_city()) and (select scope_role()) like 'steward%' and (ward_id = (select scope_ward()) or (select scope_level()) = 'city'));
grant select, insert on unit_predecessor to binhyen_app;
