-- The texts from which papers are drafted, as stewards publish them for their city or for one ward of it. What was published never
-- changes: another text is another version, and going back is publishing an old text anew. Without a row the program's own text holds.
-- The three texts stand in columns of their own, because a page that lists versions reads none of them.
create table wording_version (
  id uuid primary key,
  city_id uuid not null references unit (id),
  ward_id uuid references unit (id),
  kind text not null constraint wording_version_kind_shape check (kind ~ '^[a-z-]{3,40}$'),
  version int not null constraint wording_version_positive check (version > 0),
  subject text not null,
  body text not null constraint wording_version_has_body check (body <> ''),
  recipients text not null,
  note text not null constraint wording_version_has_note check (note <> ''),
  published_at timestamptz not null,
  published_by text not null,
  constraint wording_version_size check (octet_length(subject) + octet_length(body) + octet_length(recipients) <= 400000),
  -- Also the index of the newest version of a kind at a place.
  constraint wording_version_once unique nulls not distinct (city_id, ward_id, kind, version)
);
create function wording_version_stays() returns trigger language plpgsql as $$
begin raise exception 'a published wording is immutable' using errcode = 'restrict_violation'; end $$;
create trigger wording_version_stays before update or delete on wording_version
  for each row execute function wording_version_stays();

-- Whoever drafts a paper reads the wordings of the own ward and those of the city; stewards write those of their place alone.
alter table wording_version enable row level security;
create policy sees on wording_version for select to binhyen_app using (
  (select scope_level()) <> '' and city_id = (select scope_city()) and (ward_id is null or ward_id = (select scope_ward())));
create policy adds on wording_version for insert to binhyen_app with check (
  (select scope_role()) like 'steward%' and city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()));
grant select, insert on wording_version to binhyen_app;
