-- A dossier ($1) with everything around it: one row, JSON for the lists. Scope comes from row-level security.
select d.id as "id: DossierId", d.city_id as "city: UnitId", d.ward_id as "ward: UnitId", d.group_id as "group: UnitId",
 d.cycle_id as "cycle: CycleId", d.subject_id as "subject: UnitId", d.kind, d.status, d.version, d.attempt, d.receipt,
 d.late_reason, d.sent_at, d.submitted_at, d.received_at, d.answer_by,
 u.name as subject_name, u.short_name as subject_short, u.code as subject_code,
 w.name as ward_name, w.code as ward_code, ct.name as city_name,
 c.year, c.ruleset_id as "ruleset: RulesetId", c.locks_late, c.group_window_from, c.group_window_to, c.ward_window_from, c.ward_window_to,
 exists (select 1 from dossier o where o.ward_id = d.ward_id and o.cycle_id = d.cycle_id and o.subject_id = d.ward_id
          and o.kind = 'request' and o.status in ('received', 'appraised', 'recommended', 'not_recommended')) as "package_received!",
 (select count(*) from dossier o where o.ward_id = d.ward_id and o.cycle_id = d.cycle_id and o.kind = 'request'
          and o.status = 'forwarded') as "groups_pending!",
 (select coalesce(json_agg(json_build_object('code', l.code, 'title', l.title, 'who', l.who, 'stated', l.stated, 'exclusive', l.exclusive,
           'citation', l.citation, 'internal', l.internal, 'overridden', case when l.was_stated is not null then json_build_object('previous_stated', l.was_stated,
           'previous_exclusive', l.was_exclusive, 'reason', l.override_reason, 'by', l.override_by) end)), '[]')
    from deadline l where l.ward_id = d.ward_id and l.cycle_id = d.cycle_id) as "deadlines!: Json<Vec<Deadline>>",
 (select coalesce(json_agg(json_build_object('id', p.id, 'code', p.code, 'number', p.number, 'issued_on', p.issued_on, 'signer', p.signer,
           'content', p.content, 'open', p.open, 'revision', p.revision, 'updated_at', p.updated_at, 'updated_by', p.updated_by,
           'files', (select coalesce(json_agg(json_build_object('use_id', x.id, 'id', a.id, 'name', a.name, 'size', a.size, 'sha256', a.sha256,
                      'media_type', a.media_type, 'evidence_on', a.evidence_on, 'uploaded_at', a.uploaded_at) order by x.added_at, x.id), '[]')
               from attachment_use x join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
              where x.ward_id = p.ward_id and x.part_id = p.id and x.removed_at is null)) order by p.id), '[]')
    from dossier_part p where p.ward_id = d.ward_id and p.dossier_id = d.id) as "parts!: Json<Vec<PartRow>>",
 (select json_build_object('answer_by', t.answer_by, 'made_at', t.made_at, 'made_by', t.made_by, 'attempt', t.attempt, 'items',
           (select json_agg(json_build_object('part', i.part, 'criterion', i.criterion, 'reason', i.reason) order by i.criterion, i.part)
              from dossier_return_item i where i.ward_id = t.ward_id and i.return_id = t.id))
    from dossier_return t where t.ward_id = d.ward_id and t.dossier_id = d.id and not t.handed_back order by t.attempt desc limit 1) as "last_return: Json<LastReturn>",
 (select json_build_object('answer_by', t.answer_by, 'made_at', t.made_at, 'made_by', t.made_by, 'attempt', t.attempt, 'items',
           (select json_agg(json_build_object('part', i.part, 'criterion', i.criterion, 'reason', i.reason) order by i.criterion, i.part)
              from dossier_return_item i where i.ward_id = t.ward_id and i.return_id = t.id))
    from dossier_return t where t.ward_id = d.ward_id and t.dossier_id = d.id and t.handed_back order by t.made_at desc limit 1) as "handed_back: Json<LastReturn>",
 recalled(d) as "recalled!: Json<Vec<ReturnItem>>",
 (select coalesce(json_agg(s), '[]') from self_assessment s
   where d.kind = 'request' and s.ward_id = d.ward_id and s.cycle_id = d.cycle_id and s.subject_id = d.subject_id) as "assessments!: Json<Vec<AssessmentRow>>",
 (select coalesce(json_agg(json_build_object('use_id', x.id, 'id', a.id, 'name', a.name, 'size', a.size, 'sha256', a.sha256, 'media_type', a.media_type,
           'evidence_on', a.evidence_on, 'uploaded_at', a.uploaded_at, 'criterion', x.criterion, 'piece', x.piece, 'taken_at', a.taken_at) order by x.added_at, x.id), '[]')
    from attachment_use x join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
   where d.kind = 'request' and x.ward_id = d.ward_id and x.cycle_id = d.cycle_id and x.subject_id = d.subject_id
     and x.criterion is not null and x.removed_at is null) as "evidence!: Json<Vec<FileRow>>",
 (select coalesce(json_agg(json_build_object('use_id', x.id, 'id', f.id, 'said', f.said, 'happened_on', f.happened_on, 'recorded_at', f.recorded_at,
           'recorded_by', f.recorded_by, 'criterion', x.criterion, 'piece', x.piece) order by f.happened_on, x.id), '[]')
    from attachment_use x join fact f on f.ward_id = x.ward_id and f.id = x.fact_id
   where d.kind = 'request' and x.ward_id = d.ward_id and x.cycle_id = d.cycle_id and x.subject_id = d.subject_id
     and x.criterion is not null and x.removed_at is null) as "facts_said!: Json<Vec<FactRow>>",
 (select coalesce(json_agg(g), '[]') from unit_figure g
   where d.kind = 'request' and g.ward_id = d.ward_id and g.cycle_id = d.cycle_id and g.subject_id = d.subject_id) as "figures!: Json<Vec<FigureRow>>",
 case d.kind when 'request' then standing_facts(d.cycle_id, d.subject_id) end as "standing: Json<engine::Facts>",
 (select coalesce(json_agg(v), '[]') from verdict v
   where d.kind = 'request' and v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id) as "verdicts!: Json<Vec<VerdictRow>>",
 (select coalesce(json_agg(json_build_object('id', q.id, 'kind', q.kind, 'outcome', q.outcome, 'reason', q.reason, 'number', q.number, 'decided_on', q.decided_on,
           'signer', q.signer, 'state_sha256', q.state_sha256, 'state_format', (q.state::jsonb ->> 'format')::int, 'made_at', q.made_at, 'made_by', q.made_by,
           'certificate', (select k.id from certificate k where k.ward_id = q.ward_id and k.decision_id = q.id),
           'void', (select json_build_object('how', o.how, 'reason', o.reason, 'made_at', o.made_at, 'made_by', o.made_by)
                      from decision_void o where o.ward_id = q.ward_id and o.decision_id = q.id)) order by q.made_at desc, q.id desc), '[]')
    from decision q where q.ward_id = d.ward_id and q.dossier_id = d.id) as "decisions!: Json<Vec<DecisionRow>>",
 (select coalesce(json_agg(e order by e.seq desc), '[]') from (select e.seq, e.at, e.actor, e.seat, e.on_behalf_of, e.verb, e.reason, e.detail
    from event e where e.ward_id = d.ward_id and e.dossier_id = d.id order by e.seq desc limit 40) e) as "timeline!: Json<Vec<Line>>"
from dossier d
join unit u on u.id = d.subject_id join unit w on w.id = d.ward_id join unit ct on ct.id = d.city_id
join cycle c on c.ward_id = d.ward_id and c.id = d.cycle_id
          where d.id = $1
