drop function participation_share(participation, int);
drop table participation_review, participation_tally, participation;
drop function participation_recount, participation_count, participation_add;
drop type participation_share;
