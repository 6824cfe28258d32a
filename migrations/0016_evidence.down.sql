drop table unit_participation;
drop table unit_figure;
delete from attachment_use where fact_id is not null;
alter table attachment_use drop column fact_id, drop column piece, alter column attachment_id set not null;
drop table fact;
revoke update on attachment from binhyen_app;
drop policy dates on attachment;
alter table attachment drop column replaces_id, drop column taken_at;
