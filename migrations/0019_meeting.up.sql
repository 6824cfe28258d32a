-- Meetings that assess: a group's own, and the ward committee's over many dossiers. What was voted, by whom it was led, what followed.
create table meeting (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null,
  -- The group whose meeting it is; null for the ward's committee.
  group_id uuid references unit (id),
  cycle_id uuid not null,
  title text not null constraint meeting_title_length check (char_length(title) between 3 and 200),
  place text constraint meeting_place_length check (char_length(place) <= 200),
  -- When it is to begin, began, ended. A meeting in writing has no place and ends when the opinions are in.
  planned_at timestamptz not null,
  opened_at timestamptz,
  closed_at timestamptz, closed_by text,
  -- Show of hands or secret ballot; opinions in writing where a meeting cannot be held.
  ballot text not null constraint meeting_ballot_known check (ballot in ('hand', 'secret', 'written')),
  -- Share of the invited voters that must be present. A convention of the house ("quy ước nội bộ"), never law; null: none.
  quorum_percent int constraint meeting_quorum_range check (quorum_percent between 1 and 100),
  notes text constraint meeting_notes_length check (char_length(notes) <= 8000),
  revision int not null default 1,
  created_at timestamptz not null, created_by text not null,
  constraint meeting_in_ward unique (ward_id, id),
  constraint meeting_ballot_of_one unique (ward_id, id, ballot),
  constraint meeting_closed_whole check ((closed_at is null) = (closed_by is null) and (closed_at is null or opened_at is not null)),
  constraint meeting_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
create index meeting_by_cycle on meeting (ward_id, cycle_id, planned_at, id);
select guard_rows('meeting', array['insert', 'update'], 'false');

-- Who is invited, who came, and as what. People in office, not households.
create table meeting_attendee (
  id uuid primary key,
  meeting_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  ordinal int not null,
  name text not null constraint meeting_attendee_name_length check (char_length(name) between 2 and 120),
  -- "Trưởng ban công tác Mặt trận".
  office text not null constraint meeting_attendee_office_length check (char_length(office) <= 160),
  part text not null constraint meeting_attendee_part_known check (part in ('chair', 'secretary', 'member', 'guest')),
  votes boolean not null,
  -- Null until the roll is called.
  present boolean,
  constraint meeting_attendee_in_meeting unique (ward_id, meeting_id, id),
  constraint meeting_attendee_guest_has_no_vote check (part <> 'guest' or not votes),
  constraint meeting_attendee_of_meeting foreign key (ward_id, meeting_id) references meeting (ward_id, id)
);
create unique index meeting_one_chair on meeting_attendee (ward_id, meeting_id) where part = 'chair';
create unique index meeting_one_secretary on meeting_attendee (ward_id, meeting_id) where part = 'secretary';
select guard_rows('meeting_attendee', array['insert', 'update'], 'false');

-- The agenda: one dossier each, with its vote and what was concluded.
create table meeting_item (
  meeting_id uuid not null,
  dossier_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  ordinal int not null,
  votes_for int constraint meeting_item_for_range check (votes_for between 0 and 10000),
  votes_against int constraint meeting_item_against_range check (votes_against between 0 and 10000),
  votes_other int constraint meeting_item_other_range check (votes_other between 0 and 10000),
  -- For a group's meeting: it asks to be recognised, or not. Put off: nothing follows.
  conclusion text constraint meeting_item_conclusion_known check (conclusion in ('recommend', 'decline', 'postpone')),
  reason text constraint meeting_item_reason_length check (char_length(reason) <= 2000),
  revision int not null default 1,
  updated_at timestamptz, updated_by text,
  primary key (ward_id, meeting_id, dossier_id),
  constraint meeting_item_votes_whole check (num_nonnulls(votes_for, votes_against, votes_other) in (0, 3)),
  constraint meeting_item_decline_says_why check (conclusion is distinct from 'decline' or reason is not null),
  constraint meeting_item_of_meeting foreign key (ward_id, meeting_id) references meeting (ward_id, id),
  constraint meeting_item_of_dossier foreign key (ward_id, dossier_id) references dossier (ward_id, id)
);
create index meeting_item_by_dossier on meeting_item (ward_id, dossier_id);
select guard_rows('meeting_item', array['insert', 'update'], 'false');

-- What one person said: an opinion in writing, or a dissent to be kept. Of a secret ballot only counts exist: the key carries the kind of ballot.
create table meeting_opinion (
  meeting_id uuid not null,
  dossier_id uuid not null,
  attendee_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  ballot text not null constraint meeting_opinion_never_of_a_secret_ballot check (ballot in ('hand', 'written')),
  choice text not null constraint meeting_opinion_choice_known check (choice in ('for', 'against', 'other')),
  said text constraint meeting_opinion_said_length check (char_length(said) <= 2000),
  given_at timestamptz not null,
  written_by text not null,
  primary key (ward_id, meeting_id, dossier_id, attendee_id),
  constraint meeting_opinion_of_meeting foreign key (ward_id, meeting_id, ballot) references meeting (ward_id, id, ballot),
  constraint meeting_opinion_of_item foreign key (ward_id, meeting_id, dossier_id) references meeting_item (ward_id, meeting_id, dossier_id),
  constraint meeting_opinion_of_attendee foreign key (ward_id, meeting_id, attendee_id) references meeting_attendee (ward_id, meeting_id, id)
);
select guard_rows('meeting_opinion', array['insert', 'update'], 'false');
