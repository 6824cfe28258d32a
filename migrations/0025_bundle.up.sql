-- Bundles: papers, files and lists of a year, put together in the background for whoever asked, to be taken away, and thrown away after
-- some days. The bytes lie in the file store under the id, apart from what people handed in.
create table bundle (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null,
  -- The one group it is about; null for a whole ward.
  group_id uuid references unit (id),
  cycle_id uuid not null,
  kind text not null constraint bundle_kind_known check (kind in ('package', 'archive', 'registrations', 'sheets', 'households')),
  -- For whose eyes: a ward's own people, or the city's. What is in it is what whoever asked may see.
  asker text not null constraint bundle_asker_known check (asker in ('ward', 'city')),
  -- Pledge sheets: one for each household, and only those who have not signed.
  each boolean not null default false,
  open_only boolean not null default false,
  -- Where the program is opened: symbols on paper lead there.
  leads_to text not null,
  state text not null default 'waiting' constraint bundle_state_known check (state in ('waiting', 'done', 'failed')),
  account_id uuid not null,
  asked_at timestamptz not null, asked_by text not null,
  -- Why it was not made: the sentence that people are told.
  fault text constraint bundle_fault_length check (char_length(fault) <= 400),
  file_name text constraint bundle_file_name_plain check (file_name ~ '^[a-z0-9-]{1,100}\.(zip|pdf)$'),
  sha256 text constraint bundle_sha256_shape check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint constraint bundle_size_positive check (size > 0),
  -- Files in it, files that could not be found any more, and households that it names.
  files int, missing int, households int,
  made_at timestamptz,
  -- From this moment nobody gets it any more.
  expires_at timestamptz not null,
  constraint bundle_in_ward unique (ward_id, id),
  constraint bundle_done_whole check (num_nonnulls(file_name, sha256, size, files, missing, households, made_at) = case state when 'done' then 7 else 0 end),
  constraint bundle_failed_says_why check ((state = 'failed') = (fault is not null)),
  constraint bundle_whole_ward check (group_id is null or kind in ('registrations', 'sheets', 'households')),
  constraint bundle_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
create index bundle_newest on bundle (ward_id, cycle_id, asked_at desc);
create index bundle_old on bundle (expires_at);

-- Lists of households may lie in it: the seats that keep the register see their own place, and a city what it asked for itself.
alter table bundle enable row level security;
create policy sees on bundle for select to binhyen_app using (
  (asker = 'ward' and ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[]))
    and (select scope_role()) in ('group_leader', 'area_officer', 'ward_officer', 'ward_chair'))
  or (asker = 'city' and (select scope_level()) = 'city' and city_id = (select scope_city()) and (select scope_role()) in ('city_officer', 'city_chair')));
create policy adds on bundle for insert to binhyen_app with check (
  account_id = (select scope_account()) and city_id = (select scope_city()) and (
    (asker = 'ward' and ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[]))
      and (select scope_role()) in ('group_leader', 'area_officer', 'ward_officer', 'ward_chair'))
    or (asker = 'city' and kind in ('package', 'archive') and (select scope_level()) = 'city' and (select scope_role()) in ('city_officer', 'city_chair')
      and exists (select from dossier d where d.ward_id = bundle.ward_id and d.cycle_id = bundle.cycle_id and d.sent_at is not null))));
create policy changes on bundle for update to binhyen_app using (
  state <> 'done' and (
    (asker = 'ward' and ward_id = (select scope_ward()) and ((select scope_groups()) is null or group_id = any ((select scope_groups())::uuid[]))
      and (select scope_role()) in ('group_leader', 'area_officer', 'ward_officer', 'ward_chair'))
    or (asker = 'city' and (select scope_level()) = 'city' and city_id = (select scope_city()) and (select scope_role()) in ('city_officer', 'city_chair'))))
  with check (true);
grant select, insert on bundle to binhyen_app;
-- What was asked for stays what it is; only what becomes of it is written.
grant update (state, fault, file_name, sha256, size, files, missing, households, made_at, expires_at) on bundle to binhyen_app;

-- Those whose days are over, and forgetting them once their bytes are gone.
create function bundle_expired(at timestamptz) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select id from bundle where expires_at <= at order by expires_at limit 1000
$$;
create function bundle_forget(ids uuid[], at timestamptz) returns void language sql volatile security definer set search_path = public, pg_temp as $$
  delete from bundle where id = any (ids) and expires_at <= at
$$;
revoke execute on function bundle_expired, bundle_forget from public;
grant execute on function bundle_expired, bundle_forget to binhyen_app;
