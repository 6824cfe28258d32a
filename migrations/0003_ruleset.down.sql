drop table ruleset;
drop function ruleset_stays;
