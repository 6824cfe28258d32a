drop function recalled(dossier);
-- What the city handed back has no place in the older shape; the journal keeps it.
delete from dossier_return_item i using dossier_return t where t.ward_id = i.ward_id and t.id = i.return_id and t.handed_back;
delete from dossier_return where handed_back;
drop index dossier_return_handed_back;
drop index dossier_return_once;
alter table dossier_return add constraint dossier_return_once unique (ward_id, dossier_id, attempt);
alter table dossier_return drop column handed_back;
