-- The register of households: the least that the programme needs (Luật 91/2025/QH15). No identity numbers, no birthdays, no origins.
-- A household is never deleted. It ends on a day, and after the years of keeping its name and address are taken out of it.

-- As guard_rows, for rows about people: the seats that keep the register or answer for it, and never a city.
create function guard_personal_rows(tbl regclass, verbs text[]) returns void language plpgsql as $$
declare
  rule constant text :=
    'ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[]))'
    ' and (select scope_role()) in (''group_leader'', ''area_officer'', ''ward_officer'', ''ward_chair'')';
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
revoke execute on function guard_personal_rows from public;

create table household (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null,
  -- The group it lives in, or lived in last.
  group_id uuid not null references unit (id),
  -- '07-0123': the group that made the number, and the number; it stays when the household moves to another group.
  code text not null constraint household_code_shape check (code ~ '^[0-9A-Z-]{1,12}$'),
  head text not null collate "vi-x-icu" constraint household_head_length check (char_length(head) <= 120),
  house text not null default '' constraint household_house_length check (char_length(house) <= 30),
  alley text not null default '' constraint household_alley_length check (char_length(alley) <= 60),
  street text not null default '' constraint household_street_length check (char_length(street) <= 80),
  members int constraint household_members_range check (members between 1 and 50),
  phone text constraint household_phone_shape check (phone ~ '^0[0-9]{8,10}$'),
  note text constraint household_note_length check (char_length(note) <= 300),
  status text not null default 'resident' constraint household_status_known check (status in ('resident', 'moved', 'dissolved')),
  since date not null,
  -- The last day; null while it lives here.
  ended_on date,
  -- Kept by the program beside what they are made from (household::model): search without marks, the given name first, the walk down a street.
  search text not null,
  by_given text not null collate "vi-x-icu",
  walk text not null collate "C",
  -- The import that made it; null when a person wrote it.
  batch_id uuid,
  revision int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null,
  anonymised_at timestamptz,
  constraint household_in_ward unique (ward_id, id),
  constraint household_code_once unique (ward_id, code),
  constraint household_span_forward check (ended_on is null or ended_on >= since),
  constraint household_ended_has_day check ((status = 'resident') = (ended_on is null)),
  constraint household_has_head check (head <> '' or anonymised_at is not null)
);
-- A group's list in each of its orders, read from a key onwards without a sort; a ward's search walks the same indexes group by group.
-- tests/web/household.rs asks the planner whether the list still does.
create index household_walk on household (ward_id, group_id, walk, id);
create index household_by_given on household (ward_id, group_id, by_given, id);
create index household_by_head on household (ward_id, group_id, head, id);
create index household_by_batch on household (ward_id, batch_id) where batch_id is not null;
-- What is due to be anonymised.
create index household_ended on household (ward_id, ended_on) where ended_on is not null and anonymised_at is null;
select guard_personal_rows('household', array['insert', 'update']);

-- The next number of a group's codes. It counts households that moved away as well, which a leader no longer sees; whoever asks holds the
-- group's numbers until the transaction ends.
create function household_next_number(prefix text) returns int language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(scope_ward()::text || prefix, 0));
  return (select coalesce(max(substring(code from '([0-9]{1,7})$')::int), 0) + 1 from household
           where ward_id = scope_ward() and code ~ ('^' || prefix || '-[0-9]{1,7}$'));
end $$;
revoke execute on function household_next_number from public;
grant execute on function household_next_number to binhyen_app;

-- Where a household lived and when: "resident on day D in group G" is a plain read (criterion k1.3).
create table household_stay (
  household_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid not null references unit (id),
  since date not null,
  -- The last day there; null while it lasts.
  until date,
  began text not null constraint household_stay_began_known check (began in ('registered', 'split', 'merged', 'from_group')),
  ended text constraint household_stay_ended_known check (ended in ('moved', 'dissolved', 'merged', 'to_group')),
  -- Why it ended, or why that was taken back, as somebody typed it: here and not in the journal, which cannot forget a name.
  reason text constraint household_stay_reason_length check (char_length(reason) <= 300),
  constraint household_stay_span_forward check (until is null or until >= since),
  constraint household_stay_end_whole check ((until is null) = (ended is null)),
  primary key (ward_id, household_id, since),
  constraint household_stay_of_household foreign key (ward_id, household_id) references household (ward_id, id)
);
-- One place at a time.
create unique index household_stay_open_once on household_stay (ward_id, household_id) where until is null;
create index household_stay_by_group on household_stay (ward_id, group_id, since) include (household_id, until);
select guard_personal_rows('household_stay', array['insert', 'update']);

-- What stood before each change. The journal says that something changed; names stay here, where they can be anonymised.
create table household_version (
  household_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid not null,
  revision int not null,
  head text not null, house text not null, alley text not null, street text not null,
  members int, phone text, note text,
  replaced_at timestamptz not null,
  replaced_by text not null,
  reason text constraint household_version_reason_length check (char_length(reason) <= 300),
  primary key (ward_id, household_id, revision),
  constraint household_version_of_household foreign key (ward_id, household_id) references household (ward_id, id)
);
select guard_personal_rows('household_version', array['insert']);

-- Split off, or merged into.
create table household_origin (
  household_id uuid not null,
  predecessor_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid not null,
  how text not null constraint household_origin_how_known check (how in ('split', 'merge')),
  since date not null,
  constraint household_origin_other check (household_id <> predecessor_id),
  primary key (ward_id, household_id, predecessor_id),
  constraint household_origin_of_household foreign key (ward_id, household_id) references household (ward_id, id),
  constraint household_origin_of_predecessor foreign key (ward_id, predecessor_id) references household (ward_id, id)
);
create index household_origin_back on household_origin (ward_id, predecessor_id);
select guard_personal_rows('household_origin', array['insert']);

-- The story of a household.
alter table event add column household_id uuid;
create index event_by_household on event (ward_id, household_id, seq) where household_id is not null;
-- The story of a year stays short although each pledge is an event of it.
drop index event_by_cycle;
create index event_by_cycle on event (ward_id, cycle_id, seq) where dossier_id is null and household_id is null;
