-- Spreadsheets on their way into the register: read, shown with every problem at its cell, mended, then written all or nothing; undone as one.
create table import_batch (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null,
  -- The group it is meant for; null for a list of the whole ward.
  group_id uuid references unit (id),
  -- The year whose marks it brings along.
  cycle_id uuid,
  -- Since when its households live here, where the register does not know better.
  since date not null,
  state text not null constraint import_batch_state_known check (state in ('reading', 'ready', 'writing', 'done', 'undone', 'dropped', 'failed')),
  file_name text not null constraint import_batch_file_name_length check (char_length(file_name) between 1 and 120),
  sha256 text not null constraint import_batch_sha256_shape check (sha256 ~ '^[0-9a-f]{64}$'),
  -- The bytes, until the batch is written or dropped: a list of people does not stay lying about.
  content bytea,
  -- What a person corrected about headers and columns, and what was found then (import::model).
  mapping jsonb,
  found jsonb,
  rows int not null default 0,
  -- Rows that hold the import up, and rows with something to know.
  stops int not null default 0,
  warns int not null default 0,
  made int not null default 0,
  -- Why it could not be read: the sentence that people are told.
  fault text constraint import_batch_fault_length check (char_length(fault) <= 400),
  revision int not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  written_at timestamptz,
  undone_at timestamptz,
  undone_by text,
  constraint import_batch_in_ward unique (ward_id, id),
  constraint import_batch_content_goes check (content is null or state in ('reading', 'ready', 'writing', 'failed')),
  constraint import_batch_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
create index import_batch_newest on import_batch (ward_id, created_at desc);
create index import_batch_same_file on import_batch (ward_id, sha256);
select guard_personal_rows('import_batch', array['insert', 'update']);
alter table household add constraint household_of_batch foreign key (ward_id, batch_id) references import_batch (ward_id, id);

create table import_row (
  batch_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  seq int not null,
  -- The row as it was read and mended (import::model::Draft); emptied when the batch is written or dropped.
  draft jsonb,
  stops boolean not null default false,
  warns boolean not null default false,
  -- The household of the register that it seems to be, how likely, and what a person decided about that.
  same_as uuid,
  likeness smallint constraint import_row_likeness_range check (likeness between 0 and 100),
  decision text not null default 'add' constraint import_row_decision_known check (decision in ('add', 'update', 'skip')),
  -- What an update replaced, so that undoing puts it back: the household and its marks as they stood, and their revisions after.
  before jsonb,
  revision int not null default 1,
  constraint import_row_same_for_update check (decision <> 'update' or same_as is not null),
  primary key (ward_id, batch_id, seq),
  constraint import_row_of_batch foreign key (ward_id, batch_id) references import_batch (ward_id, id)
);
-- Exceptions first.
create index import_row_stops on import_row (ward_id, batch_id, seq) where stops;
create index import_row_same on import_row (ward_id, same_as) where same_as is not null;
select guard_personal_rows('import_row', array['insert', 'update']);

-- A file read anew replaces its rows; a batch without people in it keeps none.
create function import_forget_rows(batch uuid) returns void language sql volatile security definer set search_path = public, pg_temp as $$
  delete from import_row r using import_batch b
   where b.id = batch and r.ward_id = b.ward_id and r.batch_id = b.id and b.ward_id = scope_ward()
     and (scope_groups() is null or b.group_id = any (scope_groups())) and b.state in ('reading', 'ready', 'done', 'undone', 'dropped');
$$;

-- Takes a written batch out again: physically, and only what this batch made; what it replaced is put back as it stood. Nothing may depend
-- on it: a household that was changed, moved, split or merged since, or whose marks were touched by a person, keeps the whole batch.
-- Gives how many households hold it back; 0 means that it is undone, -1 that there is no such batch.
create function import_undo(batch uuid, at timestamptz, who text) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  b import_batch;
  held int;
begin
  select * into b from import_batch
   where id = batch and ward_id = scope_ward() and (scope_groups() is null or group_id = any (scope_groups()))
     and scope_role() in ('group_leader', 'area_officer', 'ward_officer') and state = 'done' for update;
  if not found then return -1; end if;
  perform 1 from household h where h.ward_id = b.ward_id
     and (h.batch_id = b.id or h.id in (select r.same_as from import_row r where r.ward_id = b.ward_id and r.batch_id = b.id and r.before is not null))
   order by h.id for update;
  select count(*) into held from household h
   where h.ward_id = b.ward_id and h.batch_id = b.id
     and (h.revision > 1 or h.status <> 'resident'
       or exists (select from household_stay s where s.ward_id = h.ward_id and s.household_id = h.id and s.since <> h.since)
       or exists (select from household_origin o where o.ward_id = h.ward_id and h.id in (o.household_id, o.predecessor_id))
       or exists (select from participation p where p.ward_id = h.ward_id and p.household_id = h.id and (p.revision > 1 or p.cycle_id is distinct from b.cycle_id))
       or exists (select from import_row r where r.ward_id = h.ward_id and r.same_as = h.id and r.before is not null)
       or exists (select from subject_request r where r.ward_id = h.ward_id and r.household_id = h.id));
  select held + count(*) into held from import_row r
    join household h on h.ward_id = r.ward_id and h.id = r.same_as
    left join participation p on p.ward_id = r.ward_id and p.household_id = r.same_as and p.cycle_id = b.cycle_id
   where r.ward_id = b.ward_id and r.batch_id = b.id and r.before is not null
     and (h.revision <> (r.before ->> 'revision_after')::int or coalesce(p.revision, 0) <> coalesce((r.before ->> 'marks_revision_after')::int, 0));
  if held > 0 then return held; end if;
  delete from participation p using household h where h.ward_id = b.ward_id and h.batch_id = b.id and p.ward_id = h.ward_id and p.household_id = h.id;
  delete from household_stay s using household h where h.ward_id = b.ward_id and h.batch_id = b.id and s.ward_id = h.ward_id and s.household_id = h.id;
  delete from household h where h.ward_id = b.ward_id and h.batch_id = b.id;
  -- What was replaced comes back, and the versions that this batch wrote go.
  delete from household_version v using import_row r
   where r.ward_id = b.ward_id and r.batch_id = b.id and r.before is not null and v.ward_id = r.ward_id and v.household_id = r.same_as
     and v.revision >= (r.before -> 'household' ->> 'revision')::int;
  update household h
     set head = w.head, house = w.house, alley = w.alley, street = w.street, members = w.members, phone = w.phone, note = w.note,
         search = w.search, by_given = w.by_given, walk = w.walk, revision = w.revision, updated_at = w.updated_at, updated_by = w.updated_by
    from import_row r, jsonb_populate_record(null::household, r.before -> 'household') w
   where r.ward_id = b.ward_id and r.batch_id = b.id and r.before is not null and h.ward_id = r.ward_id and h.id = r.same_as;
  update participation p
     set registered_on = w.registered_on, registered_at = w.registered_at, registered_by = w.registered_by, registered_how = w.registered_how,
         pledged_on = w.pledged_on, pledged_at = w.pledged_at, pledged_by = w.pledged_by, pledged_how = w.pledged_how,
         reason = w.reason, reason_at = w.reason_at, revision = w.revision
    from import_row r, jsonb_populate_record(null::participation, r.before -> 'marks') w
   where r.ward_id = b.ward_id and r.batch_id = b.id and r.before -> 'marks' <> 'null' and p.ward_id = r.ward_id and p.household_id = r.same_as
     and p.cycle_id = b.cycle_id;
  update import_row r set before = null where r.ward_id = b.ward_id and r.batch_id = b.id and r.before is not null;
  update import_batch set state = 'undone', undone_at = at, undone_by = who, revision = revision + 1 where id = b.id;
  return 0;
end $$;

-- Which of these codes are taken in the ward, by households that a leader may not see too.
create function household_codes_taken(codes text[]) returns setof text language sql stable security definer set search_path = public, pg_temp as $$
  select h.code from household h where h.ward_id = scope_ward() and h.code = any (codes);
$$;
revoke execute on function import_forget_rows, import_undo, household_codes_taken from public;
grant execute on function import_forget_rows, import_undo, household_codes_taken to binhyen_app;
