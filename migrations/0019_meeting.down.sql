drop function meeting_seats;
drop table meeting_opinion;
drop table meeting_item;
drop table meeting_attendee;
drop table meeting;
