drop table deadline, cycle;
