-- Giấy công nhận: one for each recognition, numbered in the book of the body that recognised, printed once, checked by anybody who holds it.
create table certificate (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null,
  subject_id uuid not null references unit (id),
  dossier_id uuid not null,
  decision_id uuid not null,
  -- The year of the programme that it speaks of.
  year int not null,
  -- Whose book: the ward's where the ward recognises its groups, else the city's. A book begins anew each year.
  body_id uuid not null references unit (id),
  book_year int not null,
  number int not null constraint certificate_number_range check (number between 1 and 99999),
  symbol text not null constraint certificate_symbol_length check (char_length(symbol) between 1 and 40),
  issued_on date not null,
  -- 128 bits of chance as Crockford base32: what the QR symbol leads to. It tells nothing, and nobody can guess the next one.
  code text not null constraint certificate_code_shape check (code ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$'),
  -- As the paper says it, whatever the units are called later.
  unit_name text not null, ward_name text not null, city_name text not null,
  achievement text not null,
  -- All that is printed, so that a later print of many says exactly the same.
  paper jsonb not null,
  -- The bytes that were issued lie in the file store.
  sha256 text not null constraint certificate_sha256_shape check (sha256 ~ '^[0-9a-f]{64}$'),
  size int not null constraint certificate_size_positive check (size > 0),
  issued_at timestamptz not null,
  issued_by text not null,
  constraint certificate_book_is_ward_or_city check (body_id in (ward_id, city_id)),
  constraint certificate_book_of_its_day check (book_year = extract(year from issued_on)),
  -- Two officers who number at once: the second hears of it.
  constraint certificate_number_once unique (city_id, body_id, book_year, number),
  constraint certificate_code_once unique (code),
  -- Recognised anew after a revocation is another decision, and so another paper.
  constraint certificate_of_decision_once unique (ward_id, decision_id),
  constraint certificate_of_decision foreign key (ward_id, decision_id) references decision (ward_id, id),
  constraint certificate_of_dossier foreign key (ward_id, dossier_id) references dossier (ward_id, id),
  constraint certificate_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
-- Read by its unit, its ward, and the city that gave it; written by the body that recognised; changed and deleted by nobody.
select guard_rows('certificate', '{}', 'body_id = city_id');
create policy adds on certificate for insert to binhyen_app with check (
  city_id = (select scope_city())
  and (((select scope_level()) = 'ward' and (select scope_role()) in ('ward_officer', 'ward_chair') and ward_id = (select scope_ward()) and body_id = ward_id)
       or ((select scope_level()) = 'city' and (select scope_role()) in ('city_officer', 'city_chair') and body_id = city_id)));
grant insert on certificate to binhyen_app;

-- What anybody may know of one certificate whose code they hold. `resting_until` set: this address asked more than `most` times within
-- `span`, and nothing is told. No row: no such code. The count is shared by every node, and swept with the other throttles.
create function check_certificate(code_in text, address text, most int, span interval, at timestamptz)
returns table (resting_until timestamptz, number int, symbol text, issued_on date, year int, unit_name text, ward_name text, body_name text,
  achievement text, decision_number text, decided_on date, sha256 text, size int, void boolean, revoked_number text, revoked_on date)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare tries int; since timestamptz;
begin
  insert into throttle as t (key, failures, first_at) values (sha256(convert_to('certificate:' || address, 'utf8')), 1, at)
  on conflict (key) do update set
    failures = case when at between t.first_at and t.first_at + span then t.failures + 1 else 1 end,
    first_at = case when at between t.first_at and t.first_at + span then t.first_at else at end
  returning t.failures, t.first_at into tries, since;
  if tries > most then
    return query select since + span, null::int, null::text, null::date, null::int, null::text, null::text, null::text,
      null::text, null::text, null::date, null::text, null::int, null::boolean, null::text, null::date;
    return;
  end if;
  return query
    select null::timestamptz, k.number, k.symbol, k.issued_on, k.year, k.unit_name, k.ward_name,
           case when k.body_id = k.ward_id then k.ward_name else k.city_name end, k.achievement, d.number, d.decided_on, k.sha256, k.size, v.decision_id is not null, r.number, r.decided_on
      from certificate k
      join decision d on d.ward_id = k.ward_id and d.id = k.decision_id
      left join decision_void v on v.ward_id = k.ward_id and v.decision_id = k.decision_id
      left join lateral (select x.number, x.decided_on from decision x
         where x.ward_id = k.ward_id and x.dossier_id = k.dossier_id and x.kind = 'revocation' and x.made_at >= v.made_at
         order by x.made_at, x.id limit 1) r on true
     where k.code = code_in;
end $$;
revoke execute on function check_certificate from public;
grant execute on function check_certificate to binhyen_app;

-- What is public of results: by name only who was recognised, also where that was taken back later. Of the others a count, and no row:
-- the wall holds it, not a page's predicate alone.
drop policy sees on publication;
create policy sees on publication for select to binhyen_app using (
  (select scope_level()) <> '' and (recognised or revoked_number is not null
    or ward_id = (select scope_ward()) or ((select scope_level()) = 'city' and city_id = (select scope_city()))));

-- The counts, for everybody: groups in the programme, groups recognised, and whether the ward itself was. A ward is called as it was
-- when its newest result was published.
create function published_counts() returns table (year int, ward_id uuid, ward_name text, city_name text, groups int, groups_recognised int,
  ward_recognised boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.year, p.ward_id, (array_agg(p.ward_name order by p.published_at desc))[1], (array_agg(p.city_name order by p.published_at desc))[1],
         max(p.groups), count(*) filter (where p.recognised and p.unit_id <> p.ward_id)::int, bool_or(p.recognised and p.unit_id = p.ward_id)
    from publication p group by p.year, p.ward_id;
$$;
revoke execute on function published_counts from public;
grant execute on function published_counts to binhyen_app;
