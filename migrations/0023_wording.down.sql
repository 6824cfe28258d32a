drop table wording_version;
drop function wording_version_stays;
