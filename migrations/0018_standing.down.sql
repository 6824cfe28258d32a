drop function standing_facts;
create or replace function job_state(about uuid) returns table (state text, done int, total int)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.state, j.done, j.total from job j where j.about_id = about and j.ward_id = scope_ward() order by j.created_at desc, j.id desc limit 1;
$$;
delete from job where ward_id is null;
alter table job alter ward_id set not null;
drop table standing;
revoke update on publication from binhyen_app;
drop policy changes on publication;
alter table publication drop column revoked_on, drop column revoked_number;
drop table decision_void;
alter table decision drop constraint decision_in_ward;
alter table verdict drop column computed, drop column basis;
