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
  -- Null until the roll is called; a meeting in writing has no roll.
  present boolean,
  -- Taken off the list before the meeting began; nothing is deleted.
  left_out boolean not null default false,
  constraint meeting_attendee_in_meeting unique (ward_id, meeting_id, id),
  constraint meeting_attendee_guest_has_no_vote check (part <> 'guest' or not votes),
  constraint meeting_attendee_of_meeting foreign key (ward_id, meeting_id) references meeting (ward_id, id)
);
create unique index meeting_one_chair on meeting_attendee (ward_id, meeting_id) where part = 'chair' and not left_out;
create unique index meeting_one_secretary on meeting_attendee (ward_id, meeting_id) where part = 'secretary' and not left_out;
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
  -- How many could vote at that moment: people come late and leave early, so the roll at the end does not tell.
  voters int constraint meeting_item_voters_range check (voters between 0 and 10000),
  -- What was put to the vote: to ask for recognition, or, where a criterion does not hold, not to ask.
  motion text constraint meeting_item_motion_known check (motion in ('recommend', 'decline')),
  -- The state of the dossier that was in front of the meeting: its version, and the sum of the revisions of its verdicts.
  seen_version int, seen_verdicts bigint,
  -- For a group's meeting: it asks to be recognised, or not. Put off: nothing follows.
  conclusion text constraint meeting_item_conclusion_known check (conclusion in ('recommend', 'decline', 'postpone')),
  reason text constraint meeting_item_reason_length check (char_length(reason) <= 2000),
  revision int not null default 1,
  updated_at timestamptz, updated_by text,
  primary key (ward_id, meeting_id, dossier_id),
  constraint meeting_item_votes_whole check (num_nonnulls(votes_for, votes_against, votes_other, voters, motion) in (0, 5)),
  constraint meeting_item_votes_add_up check (votes_for + votes_against + votes_other = voters),
  constraint meeting_item_conclusion_saw_a_state check (conclusion is null or num_nonnulls(seen_version, seen_verdicts) = 2),
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

-- Who sits in the body that meets: for the ward's committee its chair, its standing office and its members; for a group its leader and
-- its area officer. Names and roles alone, of the asking ward, for those who may call such a meeting.
create function meeting_seats(group_in uuid, at timestamptz) returns table (full_name text, role text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (place, s.role, a.id) a.full_name, s.role
    from seat s join account a on a.id = s.account_id and a.disabled_at is null,
         lateral (select array_position(array['ward_chair', 'ward_officer', 'committee_member', 'group_leader', 'area_officer'], s.role) as place) o
   where s.ward_id = scope_ward()
     and civil_day(at) >= s.valid_from and (s.valid_to is null or civil_day(at) <= s.valid_to)
     and case when group_in is null
           then s.role in ('ward_chair', 'ward_officer', 'committee_member') and scope_role() in ('ward_officer', 'ward_chair')
           else s.role in ('group_leader', 'area_officer') and group_in = any (scope_groups())
                and exists (select from seat_group x where x.seat_id = s.id and x.group_id = group_in) end
   order by place, s.role, a.id
$$;
revoke execute on function meeting_seats from public;
grant execute on function meeting_seats to binhyen_app;
