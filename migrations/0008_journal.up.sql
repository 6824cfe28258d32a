-- What happened: who, in which seat, what, when, why. Rows are added and read, nothing else.
create table event (
  id uuid primary key,
  seq bigint generated always as identity,
  at timestamptz not null,
  city_id uuid not null, ward_id uuid, group_id uuid,
  cycle_id uuid, subject_id uuid, dossier_id uuid,
  account_id uuid,
  seat_id uuid,
  actor text not null,
  -- The seat in words, as it stood that day; and whose seat it was when the actor stood in for somebody.
  seat text not null,
  on_behalf_of text,
  verb text not null constraint event_verb_shape check (verb ~ '^[a-z_]{3,40}$'),
  -- The dossier's version before this event: tells a repeated form from a stale one.
  from_version int,
  reason text,
  detail jsonb not null default '{}'
);
create index event_by_dossier on event (ward_id, dossier_id, seq);
create index event_by_ward on event (ward_id, seq);
-- The story of a year and of a unit, without the many events of their dossiers.
create index event_by_cycle on event (ward_id, cycle_id, seq) where dossier_id is null;
create index event_by_unit on event (subject_id, seq) where dossier_id is null;
create function event_stays() returns trigger language plpgsql as $$
begin raise exception 'the journal is append-only' using errcode = 'restrict_violation'; end $$;
create trigger event_stays before update or delete on event for each row execute function event_stays();

-- A city reads its own events, what became of its wards as units (it adds, renames and ends them), and the dossiers sent to it.
alter table event enable row level security;
create policy sees on event for select to binhyen_app using (
  (ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[])))
  or ((select scope_level()) = 'city' and city_id = (select scope_city())
      and (ward_id is null or (subject_id = ward_id and dossier_id is null and cycle_id is null) or exists (select 1 from dossier d where d.ward_id = event.ward_id and d.id = dossier_id and d.sent_at is not null))));
-- Whoever acts signs with the account that entered.
create policy adds on event for insert to binhyen_app with check (
  city_id = (select scope_city()) and account_id = (select scope_account())
  and (((select scope_level()) = 'city')
       or (ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[])))));
grant select, insert on event to binhyen_app;

-- Results of units that anyone may read (Thông tư 124/2021/TT-BCA, Điều 3: công khai). No personal data.
create table publication (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null, unit_id uuid not null references unit (id),
  year int not null,
  unit_name text not null, ward_name text not null, city_name text not null,
  -- How many groups of the ward were in the programme that year: the whole of which the recognised ones are a part.
  groups int not null constraint publication_groups_not_negative check (groups >= 0),
  recognised boolean not null,
  number text not null,
  decided_on date not null,
  published_at timestamptz not null,
  constraint publication_once unique (ward_id, unit_id, year)
);
create index publication_by_year on publication (year desc, city_id, ward_id, unit_name);
alter table publication enable row level security;
create policy sees on publication for select to binhyen_app using ((select scope_level()) <> '');
create policy adds on publication for insert to binhyen_app with check (
  ward_id = (select scope_ward()) or ((select scope_level()) = 'city' and city_id = (select scope_city())));
grant select, insert on publication to binhyen_app;
