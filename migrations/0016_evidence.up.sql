-- Evidence that says more of itself (which listed paper it is, what it replaces, when it was taken), facts without a file, typed figures.
alter table attachment
  -- As the camera wrote it: civil time of the place. The position that the camera wrote is thrown away.
  add column taken_at timestamp,
  -- The version before this one; both stay.
  add column replaces_id uuid,
  add constraint attachment_replaces_another check (replaces_id <> id),
  add constraint attachment_replaces_known foreign key (ward_id, replaces_id) references attachment (ward_id, id);

-- The day of what a file shows may be added once, where its sender left it out; nothing else of a file ever changes.
create policy dates on attachment for update to binhyen_app
  using (evidence_on is null and ward_id = (select scope_ward())
    and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[])))
  with check (ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[])));
grant update (evidence_on) on attachment to binhyen_app;

-- Something that happened and can be said in a line: "12/3 họp tổ phổ biến kế hoạch, 45 người dự". No names, no incidents.
create table fact (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null,
  subject_id uuid not null references unit (id),
  said text not null constraint fact_said_length check (char_length(said) between 3 and 500),
  happened_on date not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint fact_in_ward unique (ward_id, id),
  constraint fact_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
select guard_rows('fact', array['insert'],
  'exists (select 1 from dossier d where d.ward_id = fact.ward_id and d.cycle_id = fact.cycle_id and d.subject_id = fact.subject_id and d.kind = ''request'' and d.sent_at is not null)');

-- A use is of a file or of a fact; of a criterion it may say which of the papers listed there it is (from 0).
alter table attachment_use
  alter column attachment_id drop not null,
  add column fact_id uuid,
  add column piece smallint constraint attachment_use_piece_range check (piece between 0 and 19),
  add constraint attachment_use_one_thing check (num_nonnulls(attachment_id, fact_id) = 1),
  add constraint attachment_use_piece_of_criterion check (piece is null or criterion is not null),
  add constraint attachment_use_of_fact foreign key (ward_id, fact_id) references fact (ward_id, id);

-- Figures that somebody types because no register of the program counts them.
create table unit_figure (
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null,
  subject_id uuid not null references unit (id),
  metric text not null constraint unit_figure_metric_known check (metric in ('effective_initiatives', 'core_force_disciplined',
    'ward_police_disciplined', 'staff_total', 'staff_informed', 'population')),
  -- Null: somebody took a figure back; it is unknown again, which is not 0.
  value int constraint unit_figure_value_range check (value between 0 and 1000000),
  note text constraint unit_figure_note_length check (char_length(note) <= 500),
  revision int not null default 1,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (ward_id, cycle_id, subject_id, metric),
  constraint unit_figure_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
select guard_rows('unit_figure', array['insert', 'update'],
  'exists (select 1 from dossier d where d.ward_id = unit_figure.ward_id and d.cycle_id = unit_figure.cycle_id and d.subject_id = unit_figure.subject_id and d.kind = ''request'' and d.sent_at is not null)');

-- Agencies, enterprises and schools in a year of the ward: registered, and what became of it (Điều 5 khoản 4). Groups have dossiers instead.
create table unit_participation (
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null,
  unit_id uuid not null references unit (id),
  -- Small enterprises, primary schools: not judged, and why.
  counted boolean not null default true,
  left_out_reason text constraint unit_participation_reason_length check (char_length(left_out_reason) between 3 and 300),
  registered_on date,
  standing text not null default 'open' constraint unit_participation_standing_known check (standing in ('open', 'recommended', 'recognised', 'refused')),
  number text constraint unit_participation_number_length check (char_length(number) between 1 and 60),
  decided_on date,
  revision int not null default 1,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint unit_participation_of_ward check (group_id is null),
  constraint unit_participation_left_out_says_why check (counted or left_out_reason is not null),
  constraint unit_participation_decision_is_a_paper check (standing not in ('recognised', 'refused') or (number is not null and decided_on is not null)),
  primary key (ward_id, cycle_id, unit_id),
  constraint unit_participation_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
select guard_rows('unit_participation', array['insert', 'update'], 'true');
