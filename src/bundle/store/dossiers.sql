-- The dossiers of a ward's year ($1, $2) with all that lies in them; $3: only the ward's request and those that its groups handed in. Scope comes from row-level security.
select d.subject_id as "subject: UnitId", u.name, case when d.group_id is not null then u.code end as code, d.kind, d.status, d.receipt, d.submitted_at, d.late_reason,
 (select coalesce(json_agg(json_build_object('code', p.code, 'number', p.number, 'on', p.issued_on, 'signer', p.signer, 'content', p.content,
           'files', (select coalesce(json_agg(json_build_object('name', a.name, 'sha256', a.sha256, 'media_type', a.media_type, 'on', a.evidence_on)
                       order by x.added_at, x.id), '[]')
               from attachment_use x join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
              where x.ward_id = p.ward_id and x.part_id = p.id and x.removed_at is null)) order by p.id), '[]')
    from dossier_part p where p.ward_id = d.ward_id and p.dossier_id = d.id) as "parts!: Json<Vec<Part>>",
 (select coalesce(json_agg(json_build_object('name', a.name, 'sha256', a.sha256, 'media_type', a.media_type, 'on', a.evidence_on, 'criterion', x.criterion)
           order by x.criterion, x.added_at, x.id), '[]')
    from attachment_use x join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
   where d.kind = 'request' and x.ward_id = d.ward_id and x.cycle_id = d.cycle_id and x.subject_id = d.subject_id
     and x.criterion is not null and x.removed_at is null) as "evidence!: Json<Vec<Kept>>",
 (select coalesce(json_agg(json_build_array(f.happened_on, f.said, x.criterion) order by f.happened_on, x.id), '[]')
    from attachment_use x join fact f on f.ward_id = x.ward_id and f.id = x.fact_id
   where d.kind = 'request' and x.ward_id = d.ward_id and x.cycle_id = d.cycle_id and x.subject_id = d.subject_id
     and x.criterion is not null and x.removed_at is null) as "facts!: Json<Vec<(NaiveDate, String, String)>>",
 (select coalesce(json_agg(json_build_object('criterion', coalesce(s.criterion, v.criterion), 'claim', s.finding, 'claim_note', s.note,
           'verdict', v.finding, 'verdict_note', v.note) order by coalesce(s.criterion, v.criterion)), '[]')
    from (select * from self_assessment s where d.kind = 'request' and s.ward_id = d.ward_id and s.cycle_id = d.cycle_id and s.subject_id = d.subject_id) s
    full join (select * from verdict v where d.kind = 'request' and v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id) v
      on v.criterion = s.criterion) as "criteria!: Json<Vec<Judged>>",
 (select coalesce(json_agg(json_build_object('kind', q.kind, 'outcome', q.outcome, 'reason', q.reason, 'number', q.number, 'on', q.decided_on, 'signer', q.signer,
           'state', q.state, 'state_sha256', q.state_sha256, 'at', q.made_at, 'by', q.made_by,
           'void', (select o.reason from decision_void o where o.ward_id = q.ward_id and o.decision_id = q.id)) order by q.made_at, q.id), '[]')
    from decision q where q.ward_id = d.ward_id and q.dossier_id = d.id) as "decisions!: Json<Vec<Decided>>"
from dossier d join unit u on u.id = d.subject_id
where d.ward_id = $1 and d.cycle_id = $2 and (not $3 or (d.kind = 'request' and (d.status <> 'draft' or d.group_id is null)))
order by d.group_id is not null, u.ordinal, u.id, d.kind
