drop index event_by_household;
alter table event drop column household_id;
drop table household_origin, household_version, household_stay, household;
drop function guard_personal_rows;
