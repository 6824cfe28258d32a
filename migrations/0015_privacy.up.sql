-- Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP: who looked at personal data, what people ask about their own, and when it goes.

-- Rows are added and read, nothing else. What was looked for is not kept: a search word is a name.
create table data_access (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null,
  city_id uuid not null, ward_id uuid not null,
  -- The group looked at; null for a list over all that the seat sees of the ward.
  group_id uuid,
  household_id uuid,
  account_id uuid not null,
  seat_id uuid not null,
  actor text not null,
  seat text not null,
  what text not null constraint data_access_what_known check (what in ('list', 'search', 'show', 'export', 'print', 'import', 'request')),
  rows int not null constraint data_access_rows_range check (rows >= 0)
);
create index data_access_newest on data_access (ward_id, at desc, id);
create index data_access_by_household on data_access (ward_id, household_id, at desc) where household_id is not null;
alter table data_access enable row level security;
create policy sees on data_access for select to binhyen_app using (
  ward_id = (select scope_ward()) and (select scope_groups()) is null and (select scope_role()) in ('ward_officer', 'ward_chair', 'steward_ward'));
create policy adds on data_access for insert to binhyen_app with check (
  ward_id = (select scope_ward()) and account_id = (select scope_account())
  and (group_id is null or (select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[])));
grant select, insert on data_access to binhyen_app;

-- See, correct, delete: answered in 2 working days, done in 15 days.
create table subject_request (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null, group_id uuid not null,
  household_id uuid not null,
  kind text not null constraint subject_request_kind_known check (kind in ('see', 'correct', 'delete')),
  asked_by text not null constraint subject_request_asked_by_known check (asked_by in ('head', 'member', 'representative')),
  detail text constraint subject_request_detail_length check (char_length(detail) <= 500),
  received_on date not null,
  answer_by date not null,
  due_on date not null,
  answered_at timestamptz,
  answer text constraint subject_request_answer_length check (char_length(answer) <= 1000),
  closed_at timestamptz,
  outcome text constraint subject_request_outcome_known check (outcome in ('done', 'refused')),
  written_by text not null,
  revision int not null default 1,
  constraint subject_request_in_ward unique (ward_id, id),
  constraint subject_request_answer_whole check ((answered_at is null) = (answer is null)),
  constraint subject_request_closed_whole check ((closed_at is null) = (outcome is null) and (closed_at is null or answered_at is not null)),
  constraint subject_request_of_household foreign key (ward_id, household_id) references household (ward_id, id)
);
create index subject_request_open on subject_request (ward_id, due_on) where closed_at is null;
create index subject_request_of_one on subject_request (ward_id, household_id);
select guard_personal_rows('subject_request', array['insert', 'update']);

-- After how many years a household that ended loses its name and address.
create table retention (
  ward_id uuid primary key references unit (id),
  city_id uuid not null,
  years int not null constraint retention_years_range check (years between 1 and 20),
  set_at timestamptz not null,
  set_by text not null
);
alter table retention enable row level security;
create policy sees on retention for select to binhyen_app using (ward_id = (select scope_ward()));
create policy adds on retention for insert to binhyen_app with check (
  ward_id = (select scope_ward()) and city_id = (select scope_city()) and (select scope_role()) in ('ward_officer', 'steward_ward'));
create policy changes on retention for update to binhyen_app
  using (ward_id = (select scope_ward()) and (select scope_role()) in ('ward_officer', 'steward_ward'))
  with check (ward_id = (select scope_ward()) and city_id = (select scope_city()));
grant select, insert, update on retention to binhyen_app;

-- Takes the person out of a row: what counts stays.
create function household_blank(ids uuid[], at timestamptz, who text) returns int language plpgsql volatile set search_path = public, pg_temp as $$
declare n int;
begin
  update household set head = '', house = '', alley = '', street = '', members = null, phone = null, note = null, search = '', by_given = '', walk = '',
         anonymised_at = at, revision = revision + 1, updated_at = at, updated_by = who
   where id = any (ids) and anonymised_at is null;
  get diagnostics n = row_count;
  update household_version set head = '', house = '', alley = '', street = '', members = null, phone = null, note = null, reason = null
   where household_id = any (ids);
  update household_stay set reason = null where household_id = any (ids) and reason is not null;
  update subject_request set detail = null, answer = case when answer is not null then '' end where household_id = any (ids);
  -- What an import replaced can then not be put back any more.
  update import_row set before = null where same_as = any (ids) and before is not null;
  return n;
end $$;
revoke execute on function household_blank from public;

-- Households that ended longer ago than their ward keeps them: 5 years where it said nothing. What somebody still asks about stays.
create function household_expired(at timestamptz) returns table (ward_id uuid, city_id uuid, household_id uuid)
language sql stable set search_path = public, pg_temp as $$
  select h.ward_id, h.city_id, h.id
    from household h left join retention r on r.ward_id = h.ward_id
   where h.ended_on is not null and h.anonymised_at is null
     and h.ended_on < (civil_day(at) - make_interval(years => coalesce(r.years, 5)))::date
     and not exists (select from subject_request q where q.ward_id = h.ward_id and q.household_id = h.id and q.closed_at is null);
$$;
revoke execute on function household_expired from public;

-- How many the next run would anonymise in one's own ward: a count, so that a steward may know it without seeing a household.
create function household_expired_count(at timestamptz) returns int language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int from household_expired(at) e
   where e.ward_id = scope_ward() and scope_groups() is null and scope_role() in ('ward_officer', 'ward_chair', 'steward_ward');
$$;

-- The run by the calendar. It takes no scope, because all that it can do is what the law asks for. Gives how many it anonymised.
create function household_anonymise_expired(at timestamptz) returns int language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  ward record;
  n int;
  total int := 0;
begin
  for ward in select e.ward_id, e.city_id, array_agg(e.household_id order by e.household_id) ids from household_expired(at) e group by 1, 2 loop
    n := household_blank(ward.ids, at, 'Bình Yên');
    total := total + n;
    insert into event (id, at, city_id, ward_id, actor, seat, verb, detail)
    values (gen_random_uuid(), at, ward.city_id, ward.ward_id, 'Bình Yên', 'Chạy theo lịch', 'households_anonymised', jsonb_build_object('households', n));
  end loop;
  return total;
end $$;

-- Lists of people that were brought in and then forgotten: after 30 days they go, as if somebody had thrown them away. Gives how many.
create function import_sweep(at timestamptz) returns int language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare n int;
begin
  delete from import_row r using import_batch b
   where b.state in ('reading', 'ready', 'failed') and b.created_at < at - interval '30 days' and r.ward_id = b.ward_id and r.batch_id = b.id;
  update import_batch set state = 'dropped', content = null, mapping = null, found = null, rows = 0, stops = 0, warns = 0, revision = revision + 1
   where state in ('reading', 'ready', 'failed') and created_at < at - interval '30 days';
  get diagnostics n = row_count;
  return n;
end $$;
revoke execute on function import_sweep from public;
grant execute on function import_sweep to binhyen_app;

-- One household, because it asked to be deleted and does not live here any more.
create function household_anonymise_one(household uuid, at timestamptz, who text) returns int language sql volatile security definer set search_path = public, pg_temp as $$
  select household_blank(array(
    select h.id from household h where h.id = household and h.ward_id = scope_ward() and scope_role() = 'ward_officer' and h.status <> 'resident'), at, who);
$$;
revoke execute on function household_expired_count, household_anonymise_expired, household_anonymise_one from public;
grant execute on function household_expired_count, household_anonymise_expired, household_anonymise_one to binhyen_app;
