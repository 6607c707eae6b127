-- What a group decides for itself about requests and visits (src: HelpRuleContent). No person is in it.
create table app.help_rule (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  counsellors     boolean not null default false,   -- the 相談員 of the group's district may arrange visits
  content         jsonb not null,
  changed_at      timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, group_id),
  foreign key (municipality_id, group_id) references app.help_group
);
call app.protect('help_rule');
revoke delete on app.help_rule from sasaeai_web;

-- Kinds of help that a group added to the common ones, and under which of those the town counts them.
create table app.help_category (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  code            text not null check (code <> ''),
  name            text not null check (name <> ''),
  ability         text not null default '',
  counted_as      text not null,
  created_at      timestamptz not null,
  by_name         text not null,
  primary key (municipality_id, id),
  unique (municipality_id, group_id, code),
  foreign key (municipality_id, group_id) references app.help_group
);
call app.protect('help_category');
revoke delete on app.help_category from sasaeai_web;

-- Days on which rubbish is collected in a part of the district; series may follow them.
create table app.rubbish_days (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  name            text not null check (name <> ''),
  schedule        jsonb not null,
  changed_at      timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, group_id, id),
  unique (municipality_id, group_id, name),
  foreign key (municipality_id, group_id) references app.help_group
);
call app.protect('rubbish_days');

-- A call for help, or one that was only talked over (相談). `help` is what 需給調整 counts, `consultation` what 相談 counts.
create table app.help_request (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  kind            text not null check (kind in ('help', 'consultation')),
  user_id         uuid,                     -- null: a caller who is no member, for consultation only
  category_code   text not null check (category_code <> ''),
  counted_as      text not null check (counted_as <> ''),
  detail          text not null default '',
  detail_key      text not null default '', -- folded, for 「その他」 that comes again
  minutes         int  not null check (minutes between 5 and 480),
  helpers         smallint not null check (helpers between 1 and 2),
  content         jsonb not null,
  state           text not null check (state in ('open', 'settled', 'withdrawn', 'unmet')),
  received_at     timestamptz not null,
  received_on     date not null,            -- Japanese day of received_at
  by_name         text not null,
  closed_on       date,
  closed_by       text,
  close_reason    text not null default '',
  version         int  not null default 1,
  primary key (municipality_id, id),
  unique (municipality_id, group_id, id),
  foreign key (municipality_id, group_id) references app.help_group,
  foreign key (municipality_id, group_id, user_id) references app.member (municipality_id, group_id, id),
  check (user_id is not null or kind = 'consultation'),
  check ((closed_on is null) = (state = 'open')),
  check (category_code <> 'other' or detail <> '')
);
create index on app.help_request (municipality_id, group_id, state, received_on);
create index on app.help_request (municipality_id, group_id, received_on);
create index on app.help_request (municipality_id, user_id, received_at desc);
create index on app.help_request (municipality_id, group_id, detail_key) where category_code = 'other';
call app.protect('help_request');
call app.protect_group('help_request');
revoke delete on app.help_request from sasaeai_web;

-- A help that comes again: on which days, with pauses. Visits are made some weeks ahead (`made_until`).
create table app.help_series (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  request_id      uuid not null,
  schedule        jsonb not null,
  every_weeks     int  not null default 1 check (every_weeks between 1 and 8),
  rubbish_id      uuid,                     -- instead of the schedule's own rules
  starts_on       date not null,
  ends_on         date,
  earliest        time not null,
  latest          time not null,
  minutes         int  not null check (minutes between 5 and 480),
  helpers         smallint not null check (helpers between 1 and 2),
  made_until      date,
  ended_at        timestamptz,
  version         int  not null default 1,
  primary key (municipality_id, id),
  unique (municipality_id, group_id, id),
  unique (municipality_id, request_id),
  foreign key (municipality_id, group_id, request_id) references app.help_request (municipality_id, group_id, id),
  foreign key (municipality_id, group_id, rubbish_id) references app.rubbish_days (municipality_id, group_id, id),
  check (latest >= earliest),
  check (ends_on >= starts_on)
);
create index on app.help_series (municipality_id, group_id, made_until) where ended_at is null;
call app.protect('help_series');
call app.protect_group('help_series');
revoke delete on app.help_series from sasaeai_web;
