-- What papers of a ward ($1), year ($2) and group ($3, or none) rest on.
select c.year, c.ruleset_id as "ruleset: RulesetId", c.group_window_from, c.group_window_to, c.ward_window_from, c.ward_window_to,
  ci.name as city_name, w.name as ward_name, g.name as "group_name?",
  (select coalesce(json_agg(json_build_object('code', l.code, 'title', l.title, 'who', l.who, 'stated', l.stated, 'exclusive', l.exclusive,
          'citation', l.citation, 'internal', l.internal, 'overridden', null) order by l.stated), '[]')
     from deadline l where l.ward_id = c.ward_id and l.cycle_id = c.id) as "deadlines!: Json<Vec<Deadline>>",
  (select d.id from dossier d where d.ward_id = c.ward_id and d.cycle_id = c.id and d.subject_id = coalesce($3, c.ward_id) and d.kind = 'registration')
    as "registration: DossierId",
  (select d.id from dossier d where d.ward_id = c.ward_id and d.cycle_id = c.id and d.subject_id = coalesce($3, c.ward_id) and d.kind = 'request')
    as "request: DossierId",
  (select m.id from meeting m where m.ward_id = c.ward_id and m.cycle_id = c.id and m.group_id is not distinct from $3 and m.closed_at is not null
    order by m.closed_at desc, m.id desc limit 1) as "meeting: MeetingId",
  (select json_build_object('households', coalesce(sum(t.households), 0), 'registered', coalesce(sum(t.registered), 0), 'pledged', coalesce(sum(t.pledged), 0),
          'absent', coalesce(sum(t.absent), 0), 'refused', coalesce(sum(t.refused), 0), 'away', coalesce(sum(t.away), 0))
     from participation_tally t where t.ward_id = c.ward_id and t.cycle_id = c.id and ($3::uuid is null or t.group_id = $3)) as "tally!: Json<Tally>",
  (select coalesce(json_agg(json_build_object('request', q.id, 'name', u.name, 'status', q.status, 'registered_at', r.submitted_at,
          'tally', (select json_build_object('households', t.households, 'registered', t.registered, 'pledged', t.pledged, 'absent', t.absent,
                    'refused', t.refused, 'away', t.away) from participation_tally t where t.ward_id = q.ward_id and t.cycle_id = q.cycle_id and t.group_id = q.group_id),
          'reason', (select n.reason from decision n where n.ward_id = q.ward_id and n.dossier_id = q.id
                        and not exists (select from decision_void v where v.ward_id = n.ward_id and v.decision_id = n.id) order by n.made_at desc, n.id desc limit 1),
          'votes', (select json_build_array(i.votes_for, i.votes_against, i.votes_other) from meeting_item i join meeting m on m.ward_id = i.ward_id and m.id = i.meeting_id
                     where i.ward_id = q.ward_id and i.dossier_id = q.id and m.group_id is null and m.closed_at is not null and i.votes_for is not null
                     order by m.closed_at desc limit 1))
          order by u.ordinal, u.id), '[]')
     from dossier q join unit u on u.id = q.subject_id
     left join dossier r on r.ward_id = q.ward_id and r.cycle_id = q.cycle_id and r.subject_id = q.subject_id and r.kind = 'registration'
    where $3::uuid is null and q.ward_id = c.ward_id and q.cycle_id = c.id and q.kind = 'request' and q.group_id is not null) as "groups!: Json<Vec<GroupRow>>"
from cycle c join unit w on w.id = c.ward_id join unit ci on ci.id = c.city_id left join unit g on g.id = $3 and g.ward_id = c.ward_id
where c.ward_id = $1 and c.id = $2 and ($3::uuid is null or g.id is not null)
