-- One help on one day. Without a day it may be on any day from `from_day` to `until_day`.
create table app.visit (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  request_id      uuid not null,
  series_id       uuid,
  series_day      date,                     -- the day of the series it was made for, wherever it was moved since
  user_id         uuid not null,
  category_code   text not null,
  counted_as      text not null,
  from_day        date not null,
  until_day       date not null,
  day             date,
  due_day         date not null generated always as (coalesce(day, until_day)) stored,
  earliest        time not null,
  latest          time not null,            -- of the start
  starts          time,
  minutes         int  not null check (minutes between 5 and 480),
  helpers         smallint not null check (helpers between 1 and 2),
  pinned          boolean not null default false,   -- the weekly plan leaves it where it is
  state           text not null check (state in ('open', 'assigned', 'reported', 'done', 'failed', 'cancelled')),
  announced_at    timestamptz,              -- to the insurance, before the activity
  announced_by    text,
  accompanied_by  text not null default '', -- who came along the first time
  closed_at       timestamptz,
  closed_by       text,
  close_reason    text not null default '',
  version         int  not null default 1,
  created_at      timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, group_id, id),
  foreign key (municipality_id, group_id, request_id) references app.help_request (municipality_id, group_id, id),
  foreign key (municipality_id, group_id, series_id) references app.help_series (municipality_id, group_id, id),
  foreign key (municipality_id, group_id, user_id) references app.member (municipality_id, group_id, id),
  check ((series_id is null) = (series_day is null)),
  check (until_day >= from_day),
  check (day between from_day and until_day),
  check (latest >= earliest),
  check (starts is null or day is not null),
  check (state in ('open', 'cancelled') or day is not null),
  check ((closed_at is null) = (state in ('open', 'assigned', 'reported'))),
  check ((announced_at is null) = (announced_by is null))
);
create unique index visit_series_day on app.visit (municipality_id, series_id, series_day);
create index on app.visit (municipality_id, group_id, due_day, state);
create index on app.visit (municipality_id, group_id, state, due_day) where state in ('open', 'assigned', 'reported');
create index on app.visit (municipality_id, user_id, due_day desc);
create index on app.visit (municipality_id, request_id);
call app.protect('visit');
call app.protect_group('visit');

-- Who makes the visit: one helper for each place, whoever asked first.
create table app.assignment (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  visit_id        uuid not null,
  place           smallint not null check (place between 0 and 1),
  member_id       uuid not null,
  accepted_at     timestamptz not null,
  by_name         text not null,
  channel         text not null check (channel in ('phone', 'face', 'mail', 'page', 'plan')),
  override_reason text not null default '', -- why although something spoke against it
  overridden      text not null default '', -- what spoke against it
  ended_at        timestamptz,
  ended_by        text,
  end_reason      text not null default '',
  primary key (municipality_id, id),
  foreign key (municipality_id, group_id, visit_id) references app.visit (municipality_id, group_id, id),
  foreign key (municipality_id, group_id, member_id) references app.member (municipality_id, group_id, id),
  check ((overridden = '') = (override_reason = '')),
  check ((ended_at is null) = (ended_by is null))
);
create unique index assignment_place on app.assignment (municipality_id, visit_id, place) where ended_at is null;
create unique index assignment_member on app.assignment (municipality_id, visit_id, member_id) where ended_at is null;
create index on app.assignment (municipality_id, member_id, accepted_at);
call app.protect('assignment');
call app.protect_group('assignment');
revoke delete on app.assignment from sasaeai_web;

-- The log of calls to helpers, shared by all who arrange visits.
create table app.offer (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  visit_id        uuid not null,
  member_id       uuid not null,
  day             date,                     -- of the visit when it was asked; null: any day of its week
  channel         text not null check (channel in ('phone', 'face', 'mail', 'page', 'plan')),
  result          text not null check (result in ('asked', 'no_answer', 'refused', 'accepted')),
  reason          text check (reason in ('busy', 'away', 'health', 'far', 'unable', 'other')),
  note            text not null default '',
  asked_at        timestamptz not null,
  by_name         text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, group_id, visit_id) references app.visit (municipality_id, group_id, id),
  foreign key (municipality_id, group_id, member_id) references app.member (municipality_id, group_id, id),
  check ((reason is not null) = (result = 'refused'))
);
create index on app.offer (municipality_id, visit_id, asked_at);
create index on app.offer (municipality_id, group_id, day) where result = 'refused';
call app.protect('offer');
call app.protect_group('offer');
revoke update, delete on app.offer from sasaeai_web;

-- What happened. A report is withdrawn, never changed, once it was approved; one at a time counts.
create table app.visit_report (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  visit_id        uuid not null,
  result          text not null check (result in ('done', 'failed')),
  day             date not null,
  starts          time not null,
  ends            time not null,
  minutes         int  not null check (minutes between 0 and 1439),
  helper_ids      uuid[] not null,
  fail_reason     text check (fail_reason in ('absent', 'ill', 'weather', 'helper', 'unsuitable', 'other')),
  incident        text not null default 'none' check (incident in ('none', 'near_miss', 'accident')),
  content         jsonb not null,
  signed          text not null default 'none' check (signed in ('none', 'paper', 'screen')),
  channel         text not null check (channel in ('phone', 'paper', 'page')),
  reported_at     timestamptz not null,
  by_name         text not null,
  approved_at     timestamptz,
  approved_by     text,
  withdrawn_at    timestamptz,
  withdrawn_by    text,
  withdraw_reason text not null default '',
  primary key (municipality_id, id),
  unique (municipality_id, group_id, id),
  foreign key (municipality_id, group_id, visit_id) references app.visit (municipality_id, group_id, id),
  check (result <> 'done' or ends > starts and minutes > 0),
  check ((result = 'failed') = (fail_reason is not null)),
  check ((approved_at is null) = (approved_by is null)),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create unique index visit_report_current on app.visit_report (municipality_id, visit_id) where withdrawn_at is null;
create index on app.visit_report (municipality_id, group_id, day) where withdrawn_at is null;
create index on app.visit_report (municipality_id, group_id, reported_at) where approved_at is null and withdrawn_at is null;
create index on app.visit_report (municipality_id, group_id, incident, day) where incident <> 'none';
call app.protect('visit_report');
call app.protect_group('visit_report');
revoke delete on app.visit_report from sasaeai_web;

-- The paper slip with the user's signature, photographed.
create table app.slip_photo (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  report_id       uuid not null,
  media_type      text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes           bytea not null check (length(bytes) between 1 and 8388608),
  created_at      timestamptz not null,
  by_name         text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, group_id, report_id) references app.visit_report (municipality_id, group_id, id)
);
create index on app.slip_photo (municipality_id, report_id);
call app.protect('slip_photo');
call app.protect_group('slip_photo');

-- 顔合わせ: a user and a helper met before the first visit.
create table app.introduction (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  user_id         uuid not null,
  helper_id       uuid not null,
  met_on          date not null,
  with_name       text not null,            -- the 世話人 who was there
  primary key (municipality_id, id),
  unique (municipality_id, user_id, helper_id),
  foreign key (municipality_id, group_id, user_id) references app.member (municipality_id, group_id, id),
  foreign key (municipality_id, group_id, helper_id) references app.member (municipality_id, group_id, id),
  check (user_id <> helper_id)
);
call app.protect('introduction');
call app.protect_group('introduction');
revoke delete on app.introduction from sasaeai_web;

-- The check list of 道路運送法 before a helper's first ride with a user (移送).
create table app.ride_check (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  member_id       uuid not null,
  payment         text not null check (payment in ('free', 'voluntary', 'costs')),
  cost_lines      text[] not null default '{}',
  items           text[] not null,
  licence_until   date not null,
  insured_until   date not null,            -- of the car
  checked_on      date not null,
  by_name         text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, group_id, member_id) references app.member (municipality_id, group_id, id),
  check ((payment = 'costs') = (cost_lines <> '{}'))
);
create index on app.ride_check (municipality_id, member_id, checked_on desc);
call app.protect('ride_check');
call app.protect_group('ride_check');
revoke update, delete on app.ride_check from sasaeai_web;

-- A helper's page without a password. Not bound to the group by row security: the link is what says which group it is.
create table app.helper_link (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  member_id       uuid not null,
  token_digest    bytea not null check (length(token_digest) = 32),
  made_at         timestamptz not null,
  by_name         text not null,
  expires_at      timestamptz not null,
  opened_at       timestamptz,
  ended_at        timestamptz,
  primary key (municipality_id, id),
  unique (municipality_id, token_digest),
  foreign key (municipality_id, group_id, member_id) references app.member (municipality_id, group_id, id)
);
create unique index helper_link_current on app.helper_link (municipality_id, member_id) where ended_at is null;
call app.protect('helper_link');
revoke delete on app.helper_link from sasaeai_web;
