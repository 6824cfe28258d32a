-- Papers that the program drafts: words by a wording, figures of one moment, and, once issued, the bytes that bear the number.

-- How a body issues: its letterhead, its place, and who keeps its register. A body that says nothing has what the program proposes.
create table paper_body (
  unit_id uuid not null references unit (id),
  body text not null constraint paper_body_known check (body in ('group', 'committee', 'chairman')),
  city_id uuid not null, ward_id uuid, group_id uuid,
  -- The upper line of the letterhead, the lower one, "BCĐ" of the symbol, and the place before the day. Null: as the program proposes.
  parent text constraint paper_body_parent_length check (char_length(parent) between 2 and 160),
  name text constraint paper_body_name_length check (char_length(name) between 2 and 160),
  symbol text constraint paper_body_symbol_shape check (symbol ~ '^[[:alnum:]Đđ-]{1,20}$'),
  place text constraint paper_body_place_length check (char_length(place) between 2 and 60),
  -- typed: numbers come from the body's own register and are typed. per_kind, shared: the program keeps it, gapless.
  register text not null default 'typed' constraint paper_body_register_known check (register in ('typed', 'per_kind', 'shared')),
  -- Recipients of single kinds, a line each; kinds that are missing take those of the wording.
  recipients jsonb not null default '{}' constraint paper_body_recipients_object check (jsonb_typeof(recipients) = 'object'),
  revision int not null default 1,
  updated_at timestamptz not null, updated_by text not null,
  primary key (unit_id, body),
  constraint paper_body_place_matches check (unit_id = coalesce(group_id, ward_id, city_id))
);
alter table paper_body enable row level security;
create policy sees on paper_body for select to binhyen_app using (
  city_id = (select scope_city()) and case when ward_id is null then (select scope_level()) <> 'public'
    else (select scope_level()) = 'city' or (ward_id = (select scope_ward())
         and (group_id is null or (select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[]))) end);
create policy adds on paper_body for insert to binhyen_app with check (
  city_id = (select scope_city()) and case
    when group_id is not null then ward_id = (select scope_ward()) and group_id = any ((select scope_groups())::uuid[]) and (select scope_role()) = 'group_leader'
    when ward_id is not null then ward_id = (select scope_ward()) and (select scope_role()) in ('ward_officer', 'ward_chair')
    else (select scope_role()) in ('city_officer', 'city_chair') end);
create policy changes on paper_body for update to binhyen_app using (
  city_id = (select scope_city()) and case
    when group_id is not null then ward_id = (select scope_ward()) and group_id = any ((select scope_groups())::uuid[]) and (select scope_role()) = 'group_leader'
    when ward_id is not null then ward_id = (select scope_ward()) and (select scope_role()) in ('ward_officer', 'ward_chair')
    else (select scope_role()) in ('city_officer', 'city_chair') end);
grant select, insert, update on paper_body to binhyen_app;

-- The last number of a register that the program keeps: of a body, a year, and a kind ("*" where all kinds share one).
create table paper_register (
  unit_id uuid not null, body text not null,
  city_id uuid not null, ward_id uuid, group_id uuid,
  year int not null constraint paper_register_year_range check (year between 2000 and 2200),
  book text not null,
  last int not null constraint paper_register_last_range check (last between 1 and 99999),
  primary key (unit_id, body, year, book),
  constraint paper_register_of_body foreign key (unit_id, body) references paper_body (unit_id, body)
);
alter table paper_register enable row level security;
create policy sees on paper_register for select to binhyen_app using (exists (select from paper_body b where b.unit_id = paper_register.unit_id and b.body = paper_register.body));
create policy adds on paper_register for insert to binhyen_app with check (
  (select scope_role()) in ('group_leader', 'ward_officer', 'ward_chair', 'city_officer', 'city_chair')
  and unit_id = coalesce((select scope_groups())[1], (select scope_ward()), (select scope_city())));
create policy changes on paper_register for update to binhyen_app using (
  (select scope_role()) in ('group_leader', 'ward_officer', 'ward_chair', 'city_officer', 'city_chair')
  and unit_id = coalesce((select scope_groups())[1], (select scope_ward()), (select scope_city())));
grant select, insert, update on paper_register to binhyen_app;
-- A register begins where the paper one stopped, then counts on by one and never back.
create function paper_register_gapless() returns trigger language plpgsql as $$
begin
  if new.last = old.last + 1 and (new.unit_id, new.body, new.year, new.book) = (old.unit_id, old.body, old.year, old.book) then return new; end if;
  raise exception 'a register counts on by one' using errcode = 'check_violation', constraint = 'paper_register_gapless';
end $$;
create trigger paper_register_gapless before update on paper_register for each row execute function paper_register_gapless();

create table paper (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null,
  -- The unit it is about: a group, or the ward.
  subject_id uuid not null references unit (id),
  -- Whose paper it is, in whose name it is issued.
  keeper text not null constraint paper_keeper_known check (keeper in ('group', 'ward', 'city')),
  body text not null constraint paper_body_word_known check (body in ('group', 'committee', 'chairman')),
  kind text not null constraint paper_kind_shape check (kind ~ '^(to|phuong|tp)-[a-z-]{3,30}$'),
  -- The dossier whose part it becomes, or whose way it goes; null for a plain list of the ward.
  dossier_id uuid,
  -- What the program said, and what people made of it; both in the same plain marks.
  drafted jsonb not null,
  written jsonb not null,
  -- The figures and names that it rests on, and when they were read. Never rows about households.
  facts jsonb not null,
  facts_at timestamptz not null,
  -- The steward's version of the wording; 0 for the program's own.
  wording int not null,
  revision int not null default 1,
  created_at timestamptz not null, created_by text not null,
  updated_at timestamptz not null, updated_by text not null,
  -- Once issued it stands still.
  number text constraint paper_number_length check (char_length(number) between 1 and 60),
  issued_on date,
  signer text constraint paper_signer_length check (char_length(signer) between 2 and 120),
  -- All that is printed, so that Word gives the same; null where it would name households.
  printed jsonb,
  sha256 text constraint paper_sha256_shape check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint constraint paper_size_range check (size between 1 and 20971520),
  issued_at timestamptz, issued_by text,
  constraint paper_in_ward unique (ward_id, id),
  constraint paper_issued_whole check (num_nonnulls(issued_on, signer, sha256, size, issued_at, issued_by) in (0, 6) and (number is null or issued_at is not null)),
  constraint paper_subject_is_group_or_ward check (subject_id = coalesce(group_id, ward_id)),
  constraint paper_group_keeps_its_own check (keeper <> 'group' or group_id is not null),
  constraint paper_ward_keeps_its_own check (keeper <> 'ward' or group_id is null),
  constraint paper_names_no_household check (kind <> 'to-danh-sach-ho' or printed is null),
  constraint paper_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id),
  constraint paper_of_dossier foreign key (ward_id, dossier_id) references dossier (ward_id, id)
);
-- One draft of a kind at a time; an issued one stays beside the next.
create unique index paper_one_draft on paper (ward_id, cycle_id, subject_id, kind) where issued_at is null;
create index paper_by_cycle on paper (ward_id, cycle_id, subject_id, kind, created_at);
-- Two papers of a body, kind and year never bear the same number, whoever typed it.
create unique index paper_number_once on paper (subject_id, body, keeper, kind, number, (extract(year from issued_on))) where number is not null and keeper <> 'city';
create unique index paper_city_number_once on paper (city_id, body, kind, number, (extract(year from issued_on))) where number is not null and keeper = 'city';

-- A ward sees what the city wrote once it is issued; a city sees what was sent to it.
alter table paper enable row level security;
create policy sees on paper for select to binhyen_app using (
  (ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[])) and (keeper <> 'city' or issued_at is not null))
  or ((select scope_level()) = 'city' and city_id = (select scope_city()) and (keeper = 'city'
      or (issued_at is not null and exists (select from dossier d where d.ward_id = paper.ward_id and d.id = paper.dossier_id and d.sent_at is not null)))));
create policy adds on paper for insert to binhyen_app with check (
  city_id = (select scope_city()) and issued_at is null and case keeper
    when 'group' then ward_id = (select scope_ward()) and group_id = any ((select scope_groups())::uuid[]) and (select scope_role()) in ('group_leader', 'area_officer')
    when 'ward' then ward_id = (select scope_ward()) and (select scope_role()) in ('ward_officer', 'ward_chair')
    else (select scope_role()) in ('city_officer', 'city_chair') end);
-- What was issued is changed by nobody.
create policy changes on paper for update to binhyen_app using (
  city_id = (select scope_city()) and issued_at is null and case keeper
    when 'group' then ward_id = (select scope_ward()) and group_id = any ((select scope_groups())::uuid[]) and (select scope_role()) in ('group_leader', 'area_officer')
    when 'ward' then ward_id = (select scope_ward()) and (select scope_role()) in ('ward_officer', 'ward_chair')
    else (select scope_role()) in ('city_officer', 'city_chair') end)
  with check (city_id = (select scope_city()));
grant select, insert, update on paper to binhyen_app;

-- The same paper signed with a token, or signed by hand and scanned. What was found in a signed file stands beside it, as it was found.
create table paper_signed (
  id uuid primary key,
  paper_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  how text not null constraint paper_signed_how_known check (how in ('token', 'scan')),
  sha256 text not null constraint paper_signed_sha256_shape check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null constraint paper_signed_size_range check (size between 1 and 20971520),
  media_type text not null constraint paper_signed_media_type_known check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
  -- The signatures as they stand in the file; null for a scan.
  found jsonb,
  added_at timestamptz not null, added_by text not null,
  constraint paper_signed_once unique (ward_id, paper_id, sha256),
  constraint paper_signed_says_what_was_found check ((how = 'token') = (found is not null)),
  constraint paper_signed_of_paper foreign key (ward_id, paper_id) references paper (ward_id, id)
);
alter table paper_signed enable row level security;
create policy sees on paper_signed for select to binhyen_app using (exists (select from paper p where p.ward_id = paper_signed.ward_id and p.id = paper_id));
create policy adds on paper_signed for insert to binhyen_app with check (
  exists (select from paper p where p.ward_id = paper_signed.ward_id and p.id = paper_id and p.issued_at is not null and case p.keeper
    when 'group' then (select scope_role()) in ('group_leader', 'area_officer')
    when 'ward' then (select scope_role()) in ('ward_officer', 'ward_chair')
    else (select scope_role()) in ('city_officer', 'city_chair') end));
grant select, insert on paper_signed to binhyen_app;

create function paper_signs(s seat, keeper_in text, unit_in uuid, at timestamptz) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select civil_day(at) >= s.valid_from and (s.valid_to is null or civil_day(at) <= s.valid_to) and case keeper_in
    when 'group' then s.role = 'group_leader' and s.ward_id = scope_ward() and exists (select from seat_group x where x.seat_id = s.id and x.group_id = unit_in)
                  and (scope_groups() is null or unit_in = any (scope_groups()))
    when 'ward' then s.role = 'ward_chair' and s.ward_id = unit_in and s.ward_id = scope_ward()
    when 'city' then s.role = 'city_chair' and s.city_id = unit_in and s.city_id = scope_city() and scope_level() = 'city'
    else false end
$$;
-- Who may sign for a body on that day: whoever holds its chair, then those to whom it was lent, with the form of their signature.
-- Names of people in office alone; the seat that asks has to belong to the body or stand above it.
create function paper_signers(keeper_in text, unit_in uuid, at timestamptz) returns table (full_name text, form text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.full_name, null::text
    from seat s join account a on a.id = s.account_id and a.disabled_at is null
   where paper_signs(s, keeper_in, unit_in, at)
  union all
  select a.full_name, d.form
    from seat s join delegation d on d.seat_id = s.id and d.revoked_at is null and civil_day(at) between d.valid_from and d.valid_to
         join account a on a.id = d.account_id and a.disabled_at is null
         join account o on o.id = s.account_id and o.disabled_at is null
   where paper_signs(s, keeper_in, unit_in, at)
  limit 20
$$;
revoke execute on function paper_signers, paper_signs from public;
grant execute on function paper_signers to binhyen_app;
