drop function paper_signers;
drop function paper_signs;
drop table paper_signed;
drop table paper;
drop table paper_register;
drop function paper_register_gapless;
drop table paper_body;
