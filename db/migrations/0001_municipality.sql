-- The application connects as sasaeai_web (or a member of it): no superuser, no owner of any table, no
-- BYPASSRLS. A role belongs to the whole server, so it may be there already.
do $$
begin
  create role sasaeai_web login nosuperuser nobypassrls;
exception when duplicate_object or unique_violation or insufficient_privilege then
  if not exists (select from pg_roles where rolname = 'sasaeai_web') then
    raise exception 'The role sasaeai_web is missing and this user may not create it.';
  end if;
end $$;

create schema app;
grant usage on schema app to sasaeai_web;

-- The one list of towns, the same for everybody. A prefecture is a tenant of its own kind: its people
-- sign in there and see only aggregates of the towns whose code begins with its number.
create table app.municipality (
  id                int  generated always as identity primary key,
  code              text not null unique check (code ~ '^[0-9]{6}$'),
  slug              text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  kind              text not null default 'municipality' check (kind in ('municipality', 'prefecture')),
  name              text not null,
  kana              text not null default '',
  prefecture        text not null default '',
  lat               double precision,
  lng               double precision,
  demo              boolean not null default false,
  created_at        timestamptz not null default now()
);
grant select on app.municipality to sasaeai_web;

create function app.current_municipality() returns int language sql stable
  return nullif(current_setting('app.municipality_id', true), '')::int;
grant execute on function app.current_municipality() to sasaeai_web;

-- Every table that holds one town's data is created, then protected with one line:
--   call app.protect('resource');
-- The current setting stays '' on a pooled connection after a transaction, hence the nullif above.
-- Foreign keys are checked at the commit, so that rows of one transaction may be written in any order.
create procedure app.protect(table_name text) language plpgsql as $$
declare
  key name;
begin
  for key in select conname from pg_constraint where conrelid = format('app.%I', table_name)::regclass and contype = 'f' loop
    execute format('alter table app.%I alter constraint %I deferrable initially deferred', table_name, key);
  end loop;
  execute format('alter table app.%I enable row level security', table_name);
  execute format('alter table app.%I force row level security', table_name);
  execute format('create policy same_municipality on app.%I using (municipality_id = (select app.current_municipality()))', table_name);
  execute format('grant select, insert, update, delete on app.%I to sasaeai_web', table_name);
end $$;

-- What a town decides for itself. One row a town, made with the town.
create table app.town_rule (
  municipality_id       int  not null default app.current_municipality() references app.municipality,
  approval_required     boolean not null default true,   -- a coordinator's change waits for an officer
  due_soon_days         int  not null default 30 check (due_soon_days between 0 and 365),
  hide_unverified       boolean not null default true,   -- past the category's limit a record leaves the public pages
  small_count           int  not null default 5 check (small_count between 0 and 20),
  reach_km              double precision not null default 3 check (reach_km between 0 and 50),
  two_factor_required   boolean not null default true,
  contact_name          text not null default '',
  contact_phone         text not null default '',
  privacy_note          text not null default '',
  primary key (municipality_id)
);
call app.protect('town_rule');
