drop function import_sweep, household_anonymise_one, household_anonymise_expired, household_expired_count, household_expired, household_blank;
drop table retention, subject_request, data_access;
