drop function household_codes_taken, import_undo, import_forget_rows;
alter table household drop constraint household_of_batch;
drop table import_row, import_batch;
