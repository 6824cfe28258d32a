-- Rulesets that a steward writes: a draft copied from a published one, published by the program when nothing is wrong with it.
-- Null: law that comes with the program, for everybody. A steward's ruleset belongs to the steward's city, or to one ward of it.
alter table ruleset
  add column city_id uuid references unit (id),
  add column ward_id uuid references unit (id),
  add column published_by text,
  add constraint ruleset_ward_in_city check (ward_id is null or city_id is not null);
drop policy sees on ruleset;
create policy sees on ruleset for select to binhyen_app using (
  (select scope_level()) <> '' and (city_id is null or city_id = (select scope_city()))
  and (ward_id is null or ward_id = (select scope_ward()) or (select scope_level()) = 'city'));
create policy adds on ruleset for insert to binhyen_app with check (
  (select scope_role()) like 'steward%' and city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()));
grant insert on ruleset to binhyen_app;

create table ruleset_draft (
  id uuid primary key,
  city_id uuid not null references unit (id),
  ward_id uuid references unit (id),
  based_on uuid not null references ruleset (id),
  body jsonb not null,
  revision int not null default 1,
  created_at timestamptz not null, created_by text not null,
  updated_at timestamptz not null, updated_by text not null,
  published_as uuid references ruleset (id),
  thrown_away_at timestamptz
);
create index ruleset_draft_by_place on ruleset_draft (city_id, ward_id, updated_at desc);
alter table ruleset_draft enable row level security;
create policy sees on ruleset_draft for select to binhyen_app using (
  (select scope_role()) like 'steward%' and city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()));
create policy adds on ruleset_draft for insert to binhyen_app with check (
  (select scope_role()) like 'steward%' and city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()));
create policy changes on ruleset_draft for update to binhyen_app
  using ((select scope_role()) like 'steward%' and city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()))
  with check (city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()));
grant select, insert, update on ruleset_draft to binhyen_app;
