-- The city hands a group's request back to the ward's desk as the ward hands it back to the group: named parts and criteria, each with its
-- reason, and a day to answer by. The group's attempt stays the same meanwhile, so more than one may come back under it; what goes back to
-- the group itself stays one per attempt.
alter table dossier_return add column handed_back boolean not null default false;
alter table dossier_return drop constraint dossier_return_once;
create unique index dossier_return_once on dossier_return (ward_id, dossier_id, attempt) where not handed_back;
create index dossier_return_handed_back on dossier_return (ward_id, dossier_id, made_at) where handed_back;

-- The criteria of a request that the city last handed back and nobody has judged again since; nothing once the ward has sent it again. A
-- function, because a dossier's page and the table of all groups ask the same. It runs as its caller, behind row-level security.
create function recalled(d dossier) returns json language sql stable as $$
  select coalesce(json_agg(json_build_object('part', null, 'criterion', i.criterion, 'reason', i.reason) order by i.criterion), '[]')
    from (select t.ward_id, t.id, t.made_at from dossier_return t
           where t.ward_id = d.ward_id and t.dossier_id = d.id and t.handed_back order by t.made_at desc limit 1) t
    join dossier_return_item i on i.ward_id = t.ward_id and i.return_id = t.id and i.criterion is not null
   where d.status in ('draft', 'submitted', 'received', 'returned', 'appraised', 'recommended', 'not_recommended')
     and not exists (select 1 from verdict v where v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id
                        and v.criterion = i.criterion and v.made_at > t.made_at)
$$;
revoke execute on function recalled(dossier) from public;
grant execute on function recalled(dossier) to binhyen_app;
