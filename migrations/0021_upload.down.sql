drop function upload_sweep;
drop table upload;
