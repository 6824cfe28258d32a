drop function check_certificate;
drop table certificate;
