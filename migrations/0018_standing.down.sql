drop function standing_facts;
drop table standing;
revoke update on publication from binhyen_app;
drop policy changes on publication;
alter table publication drop column revoked_on, drop column revoked_number;
drop table decision_void;
alter table decision drop constraint decision_in_ward;
alter table verdict drop column computed, drop column basis;
