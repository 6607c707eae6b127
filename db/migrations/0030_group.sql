-- 助け合い団体. A group is a data controller of its own: what `app.group_ids` names (one request's groups, set like
-- the town; '*' for commands) can be seen of its members and books, nothing else, by whomever the query was written.
create function app.sees_all_groups() returns boolean language sql stable
  return coalesce(current_setting('app.group_ids', true), '') = '*';
create function app.seen_groups() returns uuid[] language sql stable
  return case when current_setting('app.group_ids', true) = '*' then '{}' else coalesce(string_to_array(nullif(current_setting('app.group_ids', true), ''), ','), '{}') end::uuid[];
grant execute on function app.sees_all_groups(), app.seen_groups() to sasaeai_web;

-- After app.protect: the table's rows belong to a group (column group_id) and are seen by that group only.
create procedure app.protect_group(table_name text) language plpgsql as $$
begin
  execute format('create policy own_group on app.%I as restrictive using ((select app.sees_all_groups()) or group_id = any ((select app.seen_groups())::uuid[]))', table_name);
end $$;

create table app.help_group (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  area_id         uuid,
  name            text not null check (name <> ''),
  kana            text not null default '',
  kind            text not null check (kind in ('residents', 'district_council', 'self_government', 'non_profit', 'time_bank', 'other')),
  stage           text not null check (stage in ('idea', 'survey', 'design', 'trial', 'active', 'paused', 'ended')),
  stage_on        date not null,
  stage_by        text not null,
  content         jsonb not null,
  version         int  not null default 1,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, organization_id) references app.organization,
  foreign key (municipality_id, area_id) references app.area
);
create index on app.help_group (municipality_id, kana, name);
create index on app.help_group (municipality_id, organization_id);
call app.protect('help_group');
revoke delete on app.help_group from sasaeai_web;

-- The check list of a group on its way (調べる → しくみを考える → しくみをつくる → 実践).
create table app.group_step (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  item            text not null,
  done_on         date not null,
  by_name         text not null,
  note            text not null default '',
  primary key (municipality_id, id),
  unique (municipality_id, group_id, item),
  foreign key (municipality_id, group_id) references app.help_group
);
call app.protect('group_step');

-- 世話人, and on which weekdays each answers the telephone.
create table app.keeper (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  name            text not null check (name <> ''),
  phone           text not null default '',
  duty_days       text[] not null default '{}',
  starts_on       date not null,
  ends_on         date,
  primary key (municipality_id, id),
  foreign key (municipality_id, group_id) references app.help_group,
  check (ends_on >= starts_on)
);
create index on app.keeper (municipality_id, group_id, starts_on);
call app.protect('keeper');
call app.protect_group('keeper');
revoke delete on app.keeper from sasaeai_web;

-- Rules as data. A version holds from its day until the next one; the last one written for a day counts.
create table app.tariff (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  starts_on       date not null,
  rules           jsonb not null,
  created_at      timestamptz not null,
  by_name         text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, group_id) references app.help_group
);
create index on app.tariff (municipality_id, group_id, starts_on desc, created_at desc);
call app.protect('tariff');
revoke update, delete on app.tariff from sasaeai_web;
