drop table invite, throttle, session, delegation, seat_group, seat, account;
