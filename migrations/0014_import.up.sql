-- Spreadsheets on their way into the register: read, shown with every problem at its cell, mended, then written all or nothing; undone as one.
create table import_batch (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null,
  -- The group it is meant for; null for a list of the whole ward.
  group_id uuid references unit (id),
  -- The year whose marks it brings along.
  cycle_id uuid,
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
  -- Why it failed, as a code of import::model.
  fault text,
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
  -- The household of the register that it seems to be, and what a person decided about that.
  same_as uuid,
  decision text not null default 'add' constraint import_row_decision_known check (decision in ('add', 'update', 'skip')),
  revision int not null default 1,
  constraint import_row_same_for_update check (decision <> 'update' or same_as is not null),
  primary key (ward_id, batch_id, seq),
  constraint import_row_of_batch foreign key (ward_id, batch_id) references import_batch (ward_id, id)
);
-- Exceptions first.
create index import_row_to_mend on import_row (ward_id, batch_id, stops desc, warns desc, seq);
select guard_personal_rows('import_row', array['insert', 'update']);

-- A file read anew replaces its rows; a batch without people in it keeps none.
create function import_forget_rows(batch uuid) returns void language sql volatile security definer set search_path = public, pg_temp as $$
  delete from import_row r using import_batch b
   where b.id = batch and r.ward_id = b.ward_id and r.batch_id = b.id and b.ward_id = scope_ward()
     and (scope_groups() is null or b.group_id = any (scope_groups())) and b.state in ('reading', 'ready', 'done', 'undone', 'dropped');
$$;

-- Takes a written batch out again: physically, and only the rows that this batch made. Nothing may depend on them: a household that was
-- changed, moved, split or merged since, or whose marks of any year were touched by a person, keeps the whole batch. Gives how many
-- households hold it back; 0 means that it is undone.
create function import_undo(batch uuid, at timestamptz, who text) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  b import_batch;
  held int;
begin
  select * into b from import_batch
   where id = batch and ward_id = scope_ward() and (scope_groups() is null or group_id = any (scope_groups())) and state = 'done' for update;
  if not found then return -1; end if;
  perform 1 from household where ward_id = b.ward_id and batch_id = b.id order by id for update;
  select count(*) into held from household h
   where h.ward_id = b.ward_id and h.batch_id = b.id
     and (h.revision > 1 or h.status <> 'resident'
       or exists (select from household_stay s where s.ward_id = h.ward_id and s.household_id = h.id and s.since <> h.since)
       or exists (select from household_origin o where o.ward_id = h.ward_id and h.id in (o.household_id, o.predecessor_id))
       or exists (select from participation p where p.ward_id = h.ward_id and p.household_id = h.id and p.revision > 1)
       or exists (select from subject_request r where r.ward_id = h.ward_id and r.household_id = h.id));
  if held > 0 then return held; end if;
  delete from participation p using household h where h.ward_id = b.ward_id and h.batch_id = b.id and p.ward_id = h.ward_id and p.household_id = h.id;
  delete from household_stay s using household h where h.ward_id = b.ward_id and h.batch_id = b.id and s.ward_id = h.ward_id and s.household_id = h.id;
  delete from household h where h.ward_id = b.ward_id and h.batch_id = b.id;
  update import_batch set state = 'undone', undone_at = at, undone_by = who, revision = revision + 1 where id = b.id;
  return 0;
end $$;
revoke execute on function import_forget_rows, import_undo from public;
grant execute on function import_forget_rows, import_undo to binhyen_app;
