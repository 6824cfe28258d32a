-- Where a unit stands against its criteria: the facts that the engine computes from, what a verdict looked at, and results kept for the city.
alter table verdict
  -- What lay on the table: claim, evidence, computed result. A later look tells what changed since.
  add column basis jsonb,
  -- What the program had found by itself; a person who finds otherwise says why.
  add column computed text constraint verdict_computed_known check (computed in ('met', 'not_met', 'insufficient')),
  add constraint verdict_override_says_why check (computed is null or computed = finding or note is not null);

-- A decision that does not hold any more: reopened, revoked, or overtaken by a material change. The decision itself stays.
alter table decision add constraint decision_in_ward unique (ward_id, id);
create table decision_void (
  decision_id uuid not null,
  dossier_id uuid not null,
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  how text not null constraint decision_void_how_known check (how in ('reopened', 'revoked')),
  reason text not null constraint decision_void_reason_length check (char_length(reason) between 5 and 1000),
  made_at timestamptz not null,
  made_by text not null,
  primary key (ward_id, decision_id),
  constraint decision_void_of_decision foreign key (ward_id, decision_id) references decision (ward_id, id)
);
create index decision_void_by_dossier on decision_void (ward_id, dossier_id);
select guard_rows('decision_void', array['insert'],
  'exists (select 1 from dossier d where d.ward_id = decision_void.ward_id and d.id = dossier_id and d.sent_at is not null)');

-- A published result may be taken back by a later decision, or decided anew; the public page says which decision holds.
alter table publication
  add column revoked_number text,
  add column revoked_on date,
  add constraint publication_revoked_whole check ((revoked_number is null) = (revoked_on is null));
create policy changes on publication for update to binhyen_app
  using (ward_id = (select scope_ward()) or ((select scope_level()) = 'city' and city_id = (select scope_city())))
  with check (ward_id = (select scope_ward()) or ((select scope_level()) = 'city' and city_id = (select scope_city())));
grant update on publication to binhyen_app;

-- The engine's result for every unit of a year, as it was when somebody last had it computed. Counts only: the city reads them always.
create table standing (
  city_id uuid not null, ward_id uuid not null, group_id uuid,
  cycle_id uuid not null,
  subject_id uuid not null references unit (id),
  finding text not null constraint standing_finding_known check (finding in ('met', 'not_met', 'insufficient')),
  met int not null, not_met int not null, insufficient int not null,
  computed_at timestamptz not null,
  constraint standing_counts check (met >= 0 and not_met >= 0 and insufficient >= 0),
  primary key (ward_id, cycle_id, subject_id),
  constraint standing_of_cycle foreign key (ward_id, cycle_id) references cycle (ward_id, id)
);
create index standing_by_city on standing (city_id, cycle_id);
select guard_rows('standing', array['insert', 'update'], 'true');

-- A job may also be a city's own.
alter table job alter ward_id drop not null;
create or replace function job_state(about uuid) returns table (state text, done int, total int)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.state, j.done, j.total from job j
   where j.about_id = about and j.city_id = scope_city() and j.ward_id is not distinct from scope_ward() order by j.created_at desc, j.id desc limit 1;
$$;

-- Everything that the engine may look at of one unit in one year, as `ruleset::engine::Facts` reads it. Counts, days and codes of papers; nothing of
-- people. It runs as the owner, so that every seat gets the same facts; whose facts it gives is checked here: the unit lies in the seat's scope.
create function standing_facts(cycle uuid, subject uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  with y as (
    select c.id, c.ward_id, c.city_id, c.year, u.id as unit, u.valid_from, u.valid_to, u.kind = 'ward' as of_ward,
           case u.kind when 'ward' then c.ward_window_from else c.group_window_from end as first_day,
           case u.kind when 'ward' then c.ward_window_to else c.group_window_to end as last_day
      from cycle c join unit u on u.id = $2 and u.ward_id = c.ward_id
     where c.id = $1
       and ((c.ward_id = scope_ward() and (scope_groups() is null or u.id = any (scope_groups())))
            or (scope_level() = 'city' and c.city_id = scope_city()))),
  kin as (select k.predecessor_id, k.how, k.since from unit_predecessor k, y where k.unit_id = y.unit)
  select jsonb_build_object(
    'life', jsonb_build_object('from', y.valid_from, 'to', y.valid_to,
      'born', (select jsonb_build_object('how', k.how, 'on', k.since) from kin k order by k.since desc limit 1)),
    'documents', (select coalesce(jsonb_agg(jsonb_build_object('part', p.code, 'issued_on', p.issued_on) order by p.code), '[]')
       from dossier d join dossier_part p on p.ward_id = d.ward_id and p.dossier_id = d.id
      where d.ward_id = y.ward_id and d.cycle_id = y.id and d.subject_id = y.unit),
    'households', (select jsonb_build_object('resident', coalesce(sum(t.households), 0), 'registered', coalesce(sum(t.registered), 0), 'pledged', coalesce(sum(t.pledged), 0))
       from participation_tally t where t.ward_id = y.ward_id and t.cycle_id = y.id and (y.of_ward or t.group_id = y.unit)),
    'figures', (select coalesce(jsonb_object_agg(f.metric, f.value), '{}')
       from unit_figure f where f.ward_id = y.ward_id and f.cycle_id = y.id and f.subject_id = y.unit and f.value is not null),
    'incidents', (select coalesce(jsonb_agg(i order by i."on", i.year, i.kind, i.gravity, i.confirmed), '[]') from (
        select i.kind, i.gravity, i.happened_on as "on", i.of_year as year, i.confirmed_at is not null as confirmed, sum(i.n) as n
          from incident i
         where i.ward_id = y.ward_id and i.voided_at is null
           and (i.happened_on between (y.first_day - interval '1 year')::date and y.last_day or i.of_year in (y.year, y.year - 1))
           and (y.of_ward or i.group_id = y.unit
                -- Units that were merged into this one, or replaced by it, left it their past.
                or exists (select 1 from kin k where k.predecessor_id = i.group_id and k.how in ('merge', 'replace')))
         group by 1, 2, 3, 4, 5) i),
    'periods', (select coalesce(jsonb_agg(p.year order by p.year), '[]') from incident_period p where p.ward_id = y.ward_id and p.year in (y.year, y.year - 1)),
    'units', case when y.of_ward then (select coalesce(jsonb_agg(n order by n.kind, n.ordinal, n.name), '[]') from (
        select u.name, 'group' as kind, u.ordinal, true as counted,
               exists (select 1 from dossier r where r.ward_id = d.ward_id and r.cycle_id = d.cycle_id and r.subject_id = d.subject_id
                         and r.kind = 'registration' and r.status in ('submitted', 'received')) as registered,
               case when d.status in ('recommended', 'forwarded') then 'recommended' when d.status = 'recognised' then 'recognised'
                    when d.status in ('not_recommended', 'not_recognised', 'revoked') then 'refused' else 'open' end as standing
          from dossier d join unit u on u.id = d.subject_id
         where d.ward_id = y.ward_id and d.cycle_id = y.id and d.kind = 'request' and d.group_id is not null
        union all
        select u.name, u.kind, u.ordinal, coalesce(p.counted, true), p.registered_on is not null, coalesce(p.standing, 'open')
          from unit u left join unit_participation p on p.ward_id = u.ward_id and p.cycle_id = y.id and p.unit_id = u.id
         where u.ward_id = y.ward_id and u.kind in ('agency', 'enterprise', 'school') and u.valid_from <= y.last_day
           and (u.valid_to is null or u.valid_to >= y.last_day)) n) else '[]' end)
  from y
$$;
revoke execute on function standing_facts from public;
grant execute on function standing_facts to binhyen_app;
