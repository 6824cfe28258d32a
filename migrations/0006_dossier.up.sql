-- Dossiers of groups and of the ward itself. Rows carry the whole place, so that the wall needs no join.
create table dossier (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null,
  -- The unit it is about: a group, or the ward.
  subject_id uuid not null references unit (id),
  kind text not null constraint dossier_kind_known check (kind in ('registration', 'request')),
  status text not null constraint dossier_status_known check (status in ('draft', 'submitted', 'received', 'returned', 'appraised',
    'recommended', 'not_recommended', 'forwarded', 'recognised', 'not_recognised', 'revoked')),
  -- Counts every change of state; a form carries the one it was drawn from.
  version int not null default 1,
  -- Which submission this is: 2 after one return.
  attempt int not null default 0,
  receipt text,
  late boolean not null default false,
  late_reason text,
  -- From this moment the city sees it; null while it is the ward's own matter.
  sent_at timestamptz,
  submitted_at timestamptz,
  received_at timestamptz,
  -- While returned: the day to answer by.
  answer_by date,
  updated_at timestamptz not null,
  constraint dossier_once unique (ward_id, cycle_id, subject_id, kind),
  constraint dossier_in_ward unique (ward_id, id),
  constraint dossier_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id),
  constraint dossier_subject_is_group_or_ward check (subject_id = coalesce(group_id, ward_id)),
  constraint dossier_registration_way check (kind = 'request' or status in ('draft', 'submitted', 'received', 'returned')),
  constraint dossier_late_with_reason check (not late or late_reason is not null),
  constraint dossier_submitted_has_receipt check (status in ('draft') or receipt is not null)
);
-- A cycle's dossiers, group by group (home of the ward, package).
create index dossier_by_cycle on dossier (ward_id, cycle_id, kind, subject_id) include (status);
create index dossier_sent on dossier (city_id, cycle_id) where sent_at is not null;
select guard_rows('dossier', array['insert', 'update'], 'sent_at is not null');

-- How many dossiers stand in which state: what the city may count while the papers are still the ward's.
create table dossier_tally (
  city_id uuid not null, ward_id uuid not null, cycle_id uuid not null,
  kind text not null, of_ward boolean not null, status text not null,
  n int not null constraint dossier_tally_not_negative check (n >= 0),
  primary key (ward_id, cycle_id, kind, of_ward, status)
);
create index dossier_tally_by_city on dossier_tally (city_id, cycle_id);
alter table dossier_tally enable row level security;
create policy sees on dossier_tally for select to binhyen_app using (
  (ward_id = (select scope_ward()) and (select scope_groups()) is null) or ((select scope_level()) = 'city' and city_id = (select scope_city())));
grant select on dossier_tally to binhyen_app;

-- Kept by the write itself, as the owner: nobody else may touch a count.
create function dossier_count() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.status = new.status then return null; end if;
  if tg_op = 'UPDATE' then
    update dossier_tally set n = n - 1
     where ward_id = old.ward_id and cycle_id = old.cycle_id and kind = old.kind and of_ward = (old.group_id is null) and status = old.status;
  end if;
  insert into dossier_tally (city_id, ward_id, cycle_id, kind, of_ward, status, n)
  values (new.city_id, new.ward_id, new.cycle_id, new.kind, new.group_id is null, new.status, 1)
  on conflict (ward_id, cycle_id, kind, of_ward, status) do update set n = dossier_tally.n + 1;
  return null;
end $$;
create trigger dossier_count after insert or update of status on dossier for each row execute function dossier_count();

-- The parts: nghị quyết, kế hoạch, tờ trình ... as the ruleset names them.
create table dossier_part (
  id uuid primary key,
  dossier_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  code text not null constraint dossier_part_code_shape check (code ~ '^[a-z-]{2,30}$'),
  number text constraint dossier_part_number_length check (char_length(number) <= 60),
  issued_on date,
  signer text constraint dossier_part_signer_length check (char_length(signer) <= 120),
  -- Typed instead of, or beside, an uploaded file.
  content text constraint dossier_part_content_length check (char_length(content) <= 20000),
  -- Only an open part may be changed; a return opens what it returns and nothing else.
  open boolean not null default true,
  revision int not null default 1,
  updated_at timestamptz not null,
  updated_by text,
  constraint dossier_part_once unique (ward_id, dossier_id, code),
  constraint dossier_part_in_ward unique (ward_id, id),
  constraint dossier_part_of_dossier foreign key (ward_id, dossier_id) references dossier (ward_id, id)
);
select guard_rows('dossier_part', array['insert', 'update'],
  'exists (select 1 from dossier d where d.ward_id = dossier_part.ward_id and d.id = dossier_id and d.sent_at is not null)');

-- A file as it was sent in. Its bytes lie in the file store under the SHA-256.
create table attachment (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null,
  subject_id uuid not null references unit (id),
  sha256 text not null constraint attachment_sha256_shape check (sha256 ~ '^[0-9a-f]{64}$'),
  name text not null constraint attachment_name_plain check (char_length(name) between 1 and 120 and name !~ '[/\\[:cntrl:]]'),
  media_type text not null constraint attachment_media_type_known check (media_type in ('application/pdf', 'image/jpeg', 'image/png',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document')),
  size bigint not null constraint attachment_size_range check (size between 1 and 20971520),
  -- When the thing happened, as its sender says; never the day of upload.
  evidence_on date,
  uploaded_at timestamptz not null,
  uploaded_by text not null,
  constraint attachment_in_ward unique (ward_id, id),
  constraint attachment_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
select guard_rows('attachment', array['insert'],
  'exists (select 1 from dossier d where d.ward_id = attachment.ward_id and d.cycle_id = attachment.cycle_id and d.subject_id = attachment.subject_id and d.sent_at is not null)');

-- What a file is used for: a part of a dossier, or a criterion. One file may serve several.
create table attachment_use (
  id uuid primary key,
  attachment_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null, subject_id uuid not null,
  part_id uuid,
  criterion text,
  added_at timestamptz not null,
  -- Taken out again; the row stays, so that an earlier submission can still be read.
  removed_at timestamptz,
  removed_by text,
  constraint attachment_use_one_purpose check (num_nonnulls(part_id, criterion) = 1),
  constraint attachment_use_of_attachment foreign key (ward_id, attachment_id) references attachment (ward_id, id),
  constraint attachment_use_of_part foreign key (ward_id, part_id) references dossier_part (ward_id, id)
);
create index attachment_use_by_part on attachment_use (ward_id, part_id) where removed_at is null;
create index attachment_use_by_criterion on attachment_use (ward_id, cycle_id, subject_id, criterion) where removed_at is null;
select guard_rows('attachment_use', array['insert', 'update'],
  'exists (select 1 from dossier d where d.ward_id = attachment_use.ward_id and d.cycle_id = attachment_use.cycle_id and d.subject_id = attachment_use.subject_id and d.sent_at is not null)');

-- What the unit says of itself, criterion by criterion.
create table self_assessment (
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null, subject_id uuid not null references unit (id),
  criterion text not null,
  finding text not null constraint self_assessment_finding_known check (finding in ('met', 'not_met', 'insufficient')),
  note text constraint self_assessment_note_length check (char_length(note) <= 4000),
  -- Typed figures of a ratio, until the register computes them.
  numerator int constraint self_assessment_numerator_range check (numerator between 0 and 1000000),
  denominator int constraint self_assessment_denominator_range check (denominator between 0 and 1000000),
  revision int not null default 1,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint self_assessment_share check (numerator is null or denominator is null or numerator <= denominator),
  primary key (ward_id, cycle_id, subject_id, criterion),
  constraint self_assessment_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
select guard_rows('self_assessment', array['insert', 'update'],
  'exists (select 1 from dossier d where d.ward_id = self_assessment.ward_id and d.cycle_id = self_assessment.cycle_id and d.subject_id = self_assessment.subject_id and d.kind = ''request'' and d.sent_at is not null)');
