-- 「つながらなかった」: somebody tried to reach the operator. Only added to, like the verification it may become.
create table app.contact_try (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  resource_id     uuid not null,
  on_day          date not null,
  account_id      uuid,
  by_name         text not null,
  note            text not null default '',
  created_at      timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, resource_id) references app.resource
);
create index on app.contact_try (municipality_id, resource_id, on_day desc);
call app.protect('contact_try');
revoke update, delete on app.contact_try from sasaeai_web;
