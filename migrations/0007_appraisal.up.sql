-- What the level above finds. A verdict belongs to (cycle, subject, criterion), not to a dossier's state, so that
-- appraisal can go on all year long.
create table verdict (
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null, subject_id uuid not null references unit (id),
  criterion text not null,
  finding text not null constraint verdict_finding_known check (finding in ('met', 'not_met', 'insufficient')),
  note text constraint verdict_note_length check (char_length(note) <= 4000),
  -- The revision of the self-assessment that was looked at (0: none).
  looked_at_revision int not null,
  revision int not null default 1,
  made_at timestamptz not null,
  made_by text not null,
  constraint verdict_not_met_says_why check (finding = 'met' or note is not null),
  primary key (ward_id, cycle_id, subject_id, criterion),
  constraint verdict_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
-- Verdicts on the ward itself are the city's, made once the ward has sent its request; verdicts on groups the ward's.
select guard_rows('verdict', array['insert', 'update'],
  'exists (select 1 from dossier d where d.ward_id = verdict.ward_id and d.cycle_id = verdict.cycle_id and d.subject_id = verdict.subject_id and d.kind = ''request'' and d.sent_at is not null)');

-- A dossier sent back: reasons per part or criterion, and a day to answer by.
create table dossier_return (
  id uuid primary key,
  dossier_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  attempt int not null,
  answer_by date not null,
  made_at timestamptz not null,
  made_by text not null,
  constraint dossier_return_in_ward unique (ward_id, id),
  constraint dossier_return_once unique (ward_id, dossier_id, attempt),
  constraint dossier_return_of_dossier foreign key (ward_id, dossier_id) references dossier (ward_id, id)
);
select guard_rows('dossier_return', array['insert'],
  'exists (select 1 from dossier d where d.ward_id = dossier_return.ward_id and d.id = dossier_id and d.sent_at is not null)');

create table dossier_return_item (
  return_id uuid not null,
  dossier_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  part text,
  criterion text,
  reason text not null constraint dossier_return_item_reason_length check (char_length(reason) between 5 and 1000),
  constraint dossier_return_item_one_thing check (num_nonnulls(part, criterion) = 1),
  constraint dossier_return_item_once unique nulls not distinct (ward_id, return_id, part, criterion),
  constraint dossier_return_item_of_return foreign key (ward_id, return_id) references dossier_return (ward_id, id)
);
create index dossier_return_item_by_dossier on dossier_return_item (ward_id, dossier_id);
select guard_rows('dossier_return_item', array['insert'],
  'exists (select 1 from dossier d where d.ward_id = dossier_return_item.ward_id and d.id = dossier_id and d.sent_at is not null)');

-- A recommendation or a recognition, with the exact state it judged. Written once, never changed.
create table decision (
  id uuid primary key,
  dossier_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null, subject_id uuid not null,
  kind text not null constraint decision_kind_known check (kind in ('recommendation', 'recognition', 'revocation')),
  outcome boolean not null,
  reason text,
  number text, decided_on date, signer text,
  ruleset_id uuid not null references ruleset (id),
  -- Versioned canonical JSON of parts, verdicts, facts and ruleset; its SHA-256 is what the decision binds.
  state text not null,
  state_sha256 text not null constraint decision_state_is_hashed check (state_sha256 = encode(sha256(convert_to(state, 'UTF8')), 'hex')),
  made_at timestamptz not null,
  made_by text not null,
  constraint decision_refusal_says_why check (outcome or reason is not null),
  constraint decision_recognition_is_a_paper check (kind = 'recommendation' or (number is not null and decided_on is not null and signer is not null)),
  constraint decision_of_dossier foreign key (ward_id, dossier_id) references dossier (ward_id, id)
);
create index decision_by_dossier on decision (ward_id, dossier_id, made_at);
select guard_rows('decision', array['insert'],
  'exists (select 1 from dossier d where d.ward_id = decision.ward_id and d.id = dossier_id and d.sent_at is not null)');
