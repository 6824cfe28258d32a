-- Law as data. A published ruleset never changes: a new wording is a new version.
create table ruleset (
  id uuid primary key,
  code text not null constraint ruleset_code_shape check (code ~ '^[a-z0-9-]{3,40}$'),
  version int not null constraint ruleset_version_positive check (version > 0),
  title text not null,
  body jsonb not null,
  sha256 text not null constraint ruleset_sha256_shape check (sha256 ~ '^[0-9a-f]{64}$'),
  published_at timestamptz not null,
  constraint ruleset_version_once unique (code, version)
);
create function ruleset_stays() returns trigger language plpgsql as $$
begin raise exception 'a published ruleset is immutable' using errcode = 'restrict_violation'; end $$;
create trigger ruleset_stays before update or delete on ruleset for each row execute function ruleset_stays();

-- Law is public: whoever entered may read every ruleset. Publishing is done with the migration role for now.
alter table ruleset enable row level security;
create policy sees on ruleset for select to binhyen_app using ((select scope_level()) <> '');
grant select on ruleset to binhyen_app;
