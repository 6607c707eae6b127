create table app.account (
  municipality_id     int  not null default app.current_municipality() references app.municipality,
  id                  uuid not null default gen_random_uuid(),
  email               text not null,
  email_key           text not null,
  name                text not null check (name <> ''),
  affiliation         text not null default '',
  password_hash       text,
  security_stamp      text not null,
  authenticator_key   text,
  recovery_codes      text,
  two_factor_enabled  boolean not null default false,
  access_failed_count int  not null default 0,
  lockout_end         timestamptz,
  created_at          timestamptz not null,
  closed_at           timestamptz,
  primary key (municipality_id, id),
  unique (municipality_id, email_key)
);
call app.protect('account');
revoke delete on app.account from sasaeai_web;

-- A role is held for a time and within a scope; history is kept by ending a row, not by deleting it.
create table app.membership (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  account_id      uuid not null,
  role            text not null check (role in ('administrator', 'officer', 'coordinator', 'counsellor', 'group_keeper', 'council_member', 'prefecture')),
  area_id         uuid,
  organization_id uuid,
  starts_on       date not null,
  ends_on         date,
  primary key (municipality_id, id),
  foreign key (municipality_id, account_id) references app.account,
  foreign key (municipality_id, area_id) references app.area,
  check (ends_on >= starts_on),
  check (role not in ('coordinator', 'counsellor') or area_id is not null),
  check (role <> 'group_keeper' or organization_id is not null)
);
create index on app.membership (municipality_id, account_id);
call app.protect('membership');
revoke delete on app.membership from sasaeai_web;

create table app.account_session (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null,
  account_id      uuid not null,
  started_at      timestamptz not null,
  seen_at         timestamptz not null,
  ended_at        timestamptz,
  device          text not null default '',
  primary key (municipality_id, id),
  foreign key (municipality_id, account_id) references app.account
);
create index on app.account_session (municipality_id, account_id, started_at desc);
call app.protect('account_session');
