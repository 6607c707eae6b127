-- 介護保険事業計画: the nation's periods of three years, so the number tells the years (第7期: fiscal 2018 to 2020).
create table app.plan (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  number          int  not null check (number between 1 and 60),
  title           text not null check (title <> ''),
  heading         text not null default '',     -- the part of the plan that this programme is in: 基本方針２（３）…
  created_at      timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, number)
);
call app.protect('plan');
revoke delete on app.plan from sasaeai_web;

create table app.indicator (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  version         int  not null check (version > 0),     -- of its definition that holds now
  sort            int  not null default 0,
  created_at      timestamptz not null,
  primary key (municipality_id, id)
);
create index on app.indicator (municipality_id, sort, id);

-- The definition card. Only added to: a changed definition is another version, and the figures of the older one stay with it.
create table app.indicator_definition (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  indicator_id    uuid not null,
  version         int  not null check (version > 0),
  name            text not null check (name <> ''),
  unit            text not null check (unit <> ''),
  layer           text not null check (layer in ('first', 'second', 'both')),
  rule_code       text,                                   -- the counting rule of the program, or null: entered by a person
  kinds           text[] not null default '{}',           -- which kinds of records count; none: all
  counting        text not null check (counting <> ''),   -- the same in words
  entered_by      text not null default '',
  direction       text not null check (direction in ('higher', 'lower')),
  source          text not null default '',
  from_year       int  not null check (from_year between 2000 and 2199),
  reason          text not null default '',
  written_by      text not null,
  written_at      timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, indicator_id, version),
  unique (municipality_id, indicator_id, from_year),
  foreign key (municipality_id, indicator_id) references app.indicator,
  check (rule_code is not null or entered_by <> ''),
  check (version = 1 or reason <> '')
);
call app.protect('indicator_definition');
revoke update, delete on app.indicator_definition from sasaeai_web;

alter table app.indicator add foreign key (municipality_id, id, version) references app.indicator_definition (municipality_id, indicator_id, version);
call app.protect('indicator');
revoke delete on app.indicator from sasaeai_web;

-- Targets, forecasts (見込) and the results that a person entered. Counted results are not kept: they are counted.
create table app.indicator_value (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  indicator_id    uuid not null,
  version         int  not null,
  kind            text not null check (kind in ('target', 'forecast', 'result')),
  fiscal_year     int  not null check (fiscal_year between 2000 and 2199),
  plan_number     int  not null generated always as ((fiscal_year - 1997) / 3) stored,
  layer           text not null check (layer in ('first', 'second', 'both')),
  area_id         uuid,                                   -- none: the whole town
  numerator       numeric(14, 2) not null check (numerator >= 0),
  denominator     bigint check (denominator > 0),
  reason          text not null default '',
  written_by      text not null,
  written_at      timestamptz not null,
  primary key (municipality_id, id),
  unique nulls not distinct (municipality_id, indicator_id, version, fiscal_year, kind, layer, area_id),
  foreign key (municipality_id, indicator_id, version) references app.indicator_definition (municipality_id, indicator_id, version),
  foreign key (municipality_id, plan_number) references app.plan (municipality_id, number),
  foreign key (municipality_id, area_id) references app.area,
  check (kind <> 'result' or reason <> '')
);
call app.protect('indicator_value');

-- What is written beside the figures, by year. Only added to; the newest version is printed.
create table app.plan_text (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  section         text check (section in ('overview', 'meetings', 'efforts', 'coordinators', 'postings', 'activities', 'reporting_event', 'outreach')),
  indicator_id    uuid,
  kind            text not null check (kind in ('body', 'situation')),
  fiscal_year     int  not null check (fiscal_year between 2000 and 2199),
  area_id         uuid,
  version         int  not null check (version > 0),
  text            text not null,
  written_by      text not null,
  written_at      timestamptz not null,
  primary key (municipality_id, id),
  unique nulls not distinct (municipality_id, fiscal_year, section, indicator_id, kind, area_id, version),
  foreign key (municipality_id, indicator_id) references app.indicator,
  foreign key (municipality_id, area_id) references app.area,
  check (num_nonnulls(section, indicator_id) = 1)
);
call app.protect('plan_text');
revoke update, delete on app.plan_text from sasaeai_web;

-- 地域支援事業の財源: who bears a kind of project in a year, in percent.
create table app.funding (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  fiscal_year     int  not null check (fiscal_year between 2000 and 2199),
  project         text not null check (project in ('general', 'comprehensive', 'optional')),
  yen             bigint not null check (yen between 0 and 10000000000000),
  nation          numeric(5, 2) not null check (nation >= 0),
  prefecture      numeric(5, 2) not null check (prefecture >= 0),
  town            numeric(5, 2) not null check (town >= 0),
  first_insured   numeric(5, 2) not null check (first_insured >= 0),
  second_insured  numeric(5, 2) not null check (second_insured >= 0),
  note            text not null default '',
  primary key (municipality_id, id),
  unique (municipality_id, fiscal_year, project),
  check (nation + prefecture + town + first_insured + second_insured = 100)
);
call app.protect('funding');

create table app.entrusted_fee (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  fiscal_year     int  not null check (fiscal_year between 2000 and 2199),
  project         text not null check (project in ('general', 'comprehensive', 'optional')),
  entrusted_to    text not null check (entrusted_to <> ''),
  work            text not null check (work <> ''),
  yen             bigint not null check (yen between 0 and 10000000000000),
  primary key (municipality_id, id)
);
create index on app.entrusted_fee (municipality_id, fiscal_year, project);
call app.protect('entrusted_fee');
