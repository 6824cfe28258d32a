-- A paper ($1) with what stands around it. $2, $3: which part of a dossier a kind becomes.
select p.id as "id: PaperId", p.city_id as "city: UnitId", p.ward_id as "ward: UnitId", p.group_id as "group: UnitId", p.cycle_id as "cycle: CycleId",
  p.kind, p.dossier_id as "dossier: DossierId", p.drafted as "drafted: Json<Text>", p.written as "written: Json<Text>", p.facts as "facts: Json<Facts>",
  p.facts_at, p.wording, p.revision, p.updated_at, p.updated_by, p.number,
  case when p.issued_at is not null then json_build_object('on', p.issued_on, 'signer', p.signer, 'sha256', p.sha256, 'size', p.size, 'at', p.issued_at,
       'by', p.issued_by, 'number', p.number) end as "issued: Json<Issued>",
  p.printed as "printed: Json<typeset::Paper>",
  c.year, ci.name as city_name, ci.short_name as city_short, w.name as ward_name, w.short_name as ward_short, g.name as "group_name?", g.code as "group_code?",
  (select to_jsonb(b) from paper_body b where b.body = p.body
      and b.unit_id = case when p.body = 'group' then p.group_id when p.keeper = 'city' then p.city_id else p.ward_id end) as "body: Json<BodyRow>",
  (select coalesce(json_agg(json_build_object('how', s.how, 'media_type', s.media_type, 'sha256', s.sha256, 'size', s.size, 'found', s.found, 'at', s.added_at, 'by', s.added_by)
          order by s.added_at desc, s.id desc), '[]') from paper_signed s where s.ward_id = p.ward_id and s.paper_id = p.id) as "signed!: Json<Vec<Signed>>",
  t.open as "part_open?",
  exists (select from attachment_use x join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
     where x.ward_id = p.ward_id and x.part_id = t.id and x.removed_at is null
       and (a.sha256 = p.sha256 or exists (select from paper_signed s where s.ward_id = p.ward_id and s.paper_id = p.id and s.sha256 = a.sha256))) as "attached!",
  array(select e.sha256 from paper e where e.ward_id = p.ward_id and e.cycle_id = p.cycle_id and e.subject_id = p.subject_id and e.kind = p.kind
           and e.id <> p.id and e.sha256 is not null and e.created_at <= p.created_at) as "earlier!: Vec<String>"
from paper p join cycle c on c.ward_id = p.ward_id and c.id = p.cycle_id
  join unit ci on ci.id = p.city_id join unit w on w.id = p.ward_id left join unit g on g.id = p.group_id
  left join dossier_part t on t.ward_id = p.ward_id and t.dossier_id = p.dossier_id and t.code = ($3::text[])[array_position($2::text[], p.kind)]
where p.id = $1
