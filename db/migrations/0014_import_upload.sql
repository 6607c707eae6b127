-- A file between its preview and its confirmation, and the report after it; deleted when it expires.
create table app.import_upload (
  municipality_id int   not null default app.current_municipality() references app.municipality,
  id              uuid  not null default gen_random_uuid(),
  account_id      uuid  not null,
  noun            text  not null,
  file_name       text  not null,
  bytes           bytea not null check (octet_length(bytes) <= 20971520),
  defaults        jsonb not null default '{}',
  report          bytea,
  summary         text,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  applied_at      timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, account_id) references app.account
);
create index on app.import_upload (municipality_id, expires_at);
call app.protect('import_upload');

-- Whether a person has verified a record since the last import decides whose word counts.
alter table app.resource add column imported_at timestamptz;
