drop index event_by_household, event_by_cycle;
alter table event drop column household_id;
create index event_by_cycle on event (ward_id, cycle_id, seq) where dossier_id is null;
drop function household_next_number;
drop table household_origin, household_version, household_stay, household;
drop function guard_personal_rows;
