drop table publication, event;
drop function event_stays;
