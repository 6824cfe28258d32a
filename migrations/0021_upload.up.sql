-- Files on their way in, piece by piece, so that a phone that loses the network goes on where it was. The bytes lie in the scratch
-- folder under the id until the form takes them; nothing of them is attached before that.
create table upload (
  id uuid primary key,
  city_id uuid not null, ward_id uuid,
  account_id uuid not null,
  -- The address of the form that it is for; no other form may take it.
  purpose text not null constraint upload_purpose_length check (char_length(purpose) between 1 and 200),
  -- As the device calls it; cleaned when it is taken.
  name text not null constraint upload_name_length check (char_length(name) <= 255),
  size bigint not null constraint upload_size_range check (size between 1 and 20971520),
  received bigint not null default 0,
  -- Read from the picture by the device before it made it smaller.
  taken_at timestamp,
  created_at timestamptz not null,
  -- A form took it.
  used_at timestamptz,
  constraint upload_received_range check (received between 0 and size)
);
create index upload_open on upload (account_id) include (size) where used_at is null;
alter table upload enable row level security;
create policy sees on upload for select to binhyen_app using (
  account_id = (select scope_account()) and city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()));
create policy adds on upload for insert to binhyen_app with check (
  account_id = (select scope_account()) and city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()));
create policy changes on upload for update to binhyen_app
  using (account_id = (select scope_account()) and city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()))
  with check (account_id = (select scope_account()) and city_id = (select scope_city()) and ward_id is not distinct from (select scope_ward()));
grant select, insert, update on upload to binhyen_app;

-- What was begun before that moment goes, taken or not; gives how many.
create function upload_sweep(before timestamptz) returns int language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare n int;
begin
  delete from upload where created_at < before;
  get diagnostics n = row_count;
  return n;
end $$;
revoke execute on function upload_sweep from public;
grant execute on function upload_sweep to binhyen_app;
