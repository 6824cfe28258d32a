-- People, seats, sessions. The program has no grant on these tables: it reaches them through the functions of this and
-- the next migration, which run as the owner and filter by themselves.
create table account (
  id uuid primary key,
  -- Signs in with it; digits only, with the leading 0.
  phone text not null constraint account_phone_once unique constraint account_phone_shape check (phone ~ '^0[0-9]{9,10}$'),
  full_name text not null collate "vi-x-icu" constraint account_full_name_length check (char_length(full_name) between 2 and 120),
  -- How the program speaks to this person.
  honorific text not null constraint account_honorific_known check (honorific in ('ông', 'bà', 'anh', 'chị', 'bạn')),
  password_hash text,
  must_change boolean not null default true,
  disabled_at timestamptz,
  sample boolean not null default false,
  created_at timestamptz not null,
  revision int not null default 1
);

-- A role always has its place.
create table seat (
  id uuid primary key,
  account_id uuid not null references account (id),
  role text not null constraint seat_role_known check (role in ('group_leader', 'area_officer', 'ward_officer', 'committee_member',
    'ward_chair', 'city_officer', 'city_chair', 'steward_ward', 'steward_city')),
  city_id uuid not null references unit (id),
  ward_id uuid references unit (id),
  valid_from date not null,
  valid_to date,
  constraint seat_span_forward check (valid_to is null or valid_to >= valid_from),
  constraint seat_place_matches_role check ((role in ('city_officer', 'city_chair', 'steward_city')) = (ward_id is null))
);
create index seat_by_account on seat (account_id);
create index seat_by_place on seat (city_id, ward_id);

-- The groups a leader leads (one) or an area officer looks after (several).
create table seat_group (
  seat_id uuid not null references seat (id),
  group_id uuid not null references unit (id),
  primary key (seat_id, group_id)
);

-- Ủy quyền: a dated, scoped right to act in another person's seat. Both names stay in the journal.
create table delegation (
  id uuid primary key,
  seat_id uuid not null references seat (id),
  account_id uuid not null references account (id),
  -- How the deputy signs: ký thay, thừa lệnh, thừa ủy quyền, quyền.
  form text not null constraint delegation_form_known check (form in ('KT.', 'TL.', 'TUQ.', 'Q.')),
  scope text[] not null constraint delegation_scope_known check (cardinality(scope) > 0 and scope <@ array['registration', 'request']),
  reason text not null constraint delegation_reason_length check (char_length(reason) between 5 and 500),
  valid_from date not null,
  valid_to date not null,
  revoked_at timestamptz,
  created_at timestamptz not null,
  constraint delegation_span_forward check (valid_to >= valid_from)
);
create index delegation_by_account on delegation (account_id);
create index delegation_by_seat on delegation (seat_id);

create table session (
  id uuid primary key,
  key_hash bytea not null constraint session_key_once unique constraint session_key_is_sha256 check (octet_length(key_hash) = 32),
  account_id uuid not null references account (id),
  seat_id uuid references seat (id),
  delegation_id uuid references delegation (id),
  -- The year being looked at; null means the one that runs.
  year int,
  -- 'Chrome trên Android': enough to know one's own phone again.
  device text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null
);
create index session_by_account on session (account_id);

-- Failed sign-ins, per account and per address, by hash: it holds over several nodes and tells nothing of people.
create table throttle (
  key bytea primary key,
  failures int not null,
  first_at timestamptz not null,
  locked_until timestamptz
);

-- One-time links: the first steward of a fresh installation.
create table invite (
  token_hash bytea primary key,
  account_id uuid not null references account (id),
  expires_at timestamptz not null,
  used_at timestamptz
);

alter table account enable row level security;
alter table seat enable row level security;
alter table seat_group enable row level security;
alter table delegation enable row level security;
alter table session enable row level security;
alter table throttle enable row level security;
alter table invite enable row level security;
