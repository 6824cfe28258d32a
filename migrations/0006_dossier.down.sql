drop table self_assessment, attachment_use, attachment, dossier_part, dossier_tally, dossier;
drop function dossier_count;
