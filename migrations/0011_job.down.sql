drop function job_add, job_claim, job_advance, job_finish, job_state, enter_job;
drop table job;
