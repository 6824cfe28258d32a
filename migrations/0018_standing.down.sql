drop function standing_facts;
drop table standing;
drop table decision_void;
alter table decision drop constraint decision_in_ward;
alter table verdict drop column computed, drop column basis;
