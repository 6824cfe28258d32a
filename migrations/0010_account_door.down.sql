drop function revoke_delegation, make_delegation, my_delegations, enable_account, disable_account, reset_password, end_seat, give_seat,
  create_account, place_seat, steward_account, steward_accounts, steward_seats, steward_keeps, steward_sees, steward_reaches, redeem_invite,
  find_invite, change_my_password, my_password, end_my_other_sessions, end_my_session, my_sessions, my_account, choose_year, choose_seat,
  my_seats, seat_groups_words, sample_accounts_exist, sweep_accounts, end_session, open_session, seat_is_open, sign_in_begin, address_key,
  account_key, throttle_try, throttle_rest;
drop type steward_line;
drop index account_by_name;
alter table account drop column folded, drop column last_delegation_id, drop column last_seat_id;
drop function civil_day, folded_name;
