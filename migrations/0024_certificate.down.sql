drop function published_counts;
drop policy sees on publication;
create policy sees on publication for select to binhyen_app using ((select scope_level()) <> '');
drop function check_certificate;
drop table certificate;
