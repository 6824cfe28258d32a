drop table decision, dossier_return_item, dossier_return, verdict;
