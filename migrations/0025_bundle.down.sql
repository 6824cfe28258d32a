drop function bundle_forget;
drop function bundle_expired;
drop table bundle;
