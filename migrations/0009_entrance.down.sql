drop function schema_version, enter_session, enter_public, enter_scope;
drop type entrance;
