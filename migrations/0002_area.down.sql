drop table unit_predecessor, unit_name, unit;
