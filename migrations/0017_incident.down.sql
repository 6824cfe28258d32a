drop table incident_period;
drop table incident_version;
drop table incident;
