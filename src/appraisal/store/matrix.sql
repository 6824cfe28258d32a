-- The groups of a year ($1) against their criteria: one row, JSON for the groups. Scope comes from row-level security. Reads `dossier_by_cycle`
-- and primary keys that lead with ward and year.
select c.year, c.ruleset_id as "ruleset: RulesetId", c.group_window_from, c.group_window_to,
 (select coalesce(json_agg(r order by r.ordinal, r.dossier), '[]') from (
   select d.id as dossier, u.code, u.name, u.short_name as short, u.ordinal, d.status, d.version, d.attempt, d.late,
     standing_facts(d.cycle_id, d.subject_id) as standing,
     (select coalesce(json_agg(s), '[]') from self_assessment s
       where s.ward_id = d.ward_id and s.cycle_id = d.cycle_id and s.subject_id = d.subject_id) as assessments,
     (select coalesce(json_agg(json_build_object('use_id', x.id, 'id', a.id, 'name', a.name, 'size', a.size, 'sha256', a.sha256, 'media_type', a.media_type,
               'evidence_on', a.evidence_on, 'uploaded_at', a.uploaded_at, 'criterion', x.criterion, 'piece', x.piece, 'taken_at', a.taken_at) order by x.added_at, x.id), '[]')
        from attachment_use x join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
       where x.ward_id = d.ward_id and x.cycle_id = d.cycle_id and x.subject_id = d.subject_id and x.criterion is not null and x.removed_at is null) as evidence,
     (select coalesce(json_agg(json_build_object('use_id', x.id, 'id', f.id, 'said', f.said, 'happened_on', f.happened_on, 'recorded_at', f.recorded_at,
               'recorded_by', f.recorded_by, 'criterion', x.criterion, 'piece', x.piece) order by f.happened_on, x.id), '[]')
        from attachment_use x join fact f on f.ward_id = x.ward_id and f.id = x.fact_id
       where x.ward_id = d.ward_id and x.cycle_id = d.cycle_id and x.subject_id = d.subject_id and x.criterion is not null and x.removed_at is null) as facts_said,
     (select coalesce(json_agg(v), '[]') from verdict v
       where v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id) as verdicts,
     (select coalesce(json_agg(i.criterion), '[]') from dossier_return t join dossier_return_item i on i.ward_id = t.ward_id and i.return_id = t.id
       where d.status = 'returned' and t.ward_id = d.ward_id and t.dossier_id = d.id and t.attempt = d.attempt and not t.handed_back and i.criterion is not null) as returned,
     recalled(d) as recalled
     from dossier d join unit u on u.id = d.subject_id
    where d.ward_id = c.ward_id and d.cycle_id = c.id and d.kind = 'request' and d.group_id is not null) r) as "rows!: Json<Vec<Row>>"
from cycle c where c.id = $1
