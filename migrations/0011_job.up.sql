-- Work that goes on after its request: long imports, many papers, runs by the calendar. A job holds ids and nothing of people; whoever
-- works on it enters through the session of the person who asked for it, so that it sees and may do just what that person may.
create table job (
  id uuid primary key,
  city_id uuid not null, ward_id uuid not null,
  kind text not null constraint job_kind_shape check (kind ~ '^[a-z_]{3,40}$'),
  -- The thing it works on.
  about_id uuid not null,
  account_id uuid not null references account (id),
  seat_id uuid not null references seat (id),
  delegation_id uuid references delegation (id),
  state text not null default 'waiting' constraint job_state_known check (state in ('waiting', 'running', 'done', 'failed')),
  attempts int not null default 0,
  -- A worker that dies lets its lease run out; then another one begins anew.
  lease_until timestamptz,
  -- Steps done and steps in all, for the page that waits.
  done int not null default 0,
  total int not null default 0,
  created_at timestamptz not null,
  finished_at timestamptz,
  constraint job_progress_range check (done between 0 and greatest(total, done))
);
create index job_waiting on job (created_at) where state in ('waiting', 'running');
create index job_about on job (about_id, created_at desc);
alter table job enable row level security;

-- Puts a job into the queue, in the transaction of whatever it follows. It acts in the seat of that session of one's own.
create function job_add(job_id uuid, kind text, about uuid, session_in uuid, at timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into job (id, city_id, ward_id, kind, about_id, account_id, seat_id, delegation_id, created_at)
  select job_id, scope_city(), scope_ward(), job_add.kind, about, scope_account(), s.seat_id, s.delegation_id, at
    from session s where s.id = session_in and s.account_id = scope_account();
  if not found then raise exception 'a job needs a session' using errcode = 'insufficient_privilege'; end if;
end $$;

-- Takes the oldest job that waits, or that a dead worker left, for one lease. A job that died three times is given up.
create function job_claim(at timestamptz, lease interval) returns table (id uuid, kind text, about_id uuid, attempts int)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update job j set state = 'failed', finished_at = at where j.state = 'running' and j.lease_until < at and j.attempts >= 3;
  return query
    update job j set state = 'running', attempts = j.attempts + 1, lease_until = at + lease, done = 0
     where j.id = (select w.id from job w where w.state = 'waiting' or (w.state = 'running' and w.lease_until < at)
                    order by w.created_at for update skip locked limit 1)
    returning j.id, j.kind, j.about_id, j.attempts;
end $$;

-- Says how far a job has come, and keeps its lease.
create function job_advance(job_id uuid, done_steps int, total_steps int, until timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update job set done = done_steps, total = greatest(total_steps, done_steps), lease_until = until where id = job_id and state = 'running';
$$;

create function job_finish(job_id uuid, is_good boolean, at timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update job set state = case when is_good then 'done' else 'failed' end, finished_at = at, lease_until = null,
                 done = case when is_good then total else done end
   where id = job_id and state = 'running';
$$;

-- How far the newest job about a thing of one's own ward has come.
create function job_state(about uuid) returns table (state text, done int, total int)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.state, j.done, j.total from job j where j.about_id = about and j.ward_id = scope_ward() order by j.created_at desc, j.id desc limit 1;
$$;

-- Enters as the person who asked for the job, with every check of a sign-in that is still good: a seat that ended meanwhile ends the job.
create function enter_job(job_id uuid, at timestamptz) returns entrance
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  key bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(job_id));
  held uuid := gen_random_uuid();
  e entrance;
begin
  perform enter_scope(null, null, null, null, null, null);
  insert into session (id, key_hash, account_id, seat_id, delegation_id, device, created_at, last_seen_at)
  select held, key, account_id, seat_id, delegation_id, 'job', at, at from job where id = job_id and state = 'running';
  e := enter_session(key, at, interval '1 minute');
  delete from session where id = held;
  return e;
end $$;

revoke execute on function job_add, job_claim, job_advance, job_finish, job_state, enter_job from public;
grant execute on function job_add, job_claim, job_advance, job_finish, job_state, enter_job to binhyen_app;
