drop function guard_rows, scope_role, scope_account, scope_groups, scope_ward, scope_city, scope_level;
