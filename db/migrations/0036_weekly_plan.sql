-- What the weekly plan proposes, until it is accepted visit by visit. Ids and times, no names.
create table app.weekly_proposal (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  monday          date not null check (extract(isodow from monday) = 1),
  seed            int  not null,
  content         jsonb not null,
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (municipality_id, id),
  unique (municipality_id, group_id, monday),
  foreign key (municipality_id, group_id) references app.help_group
);
call app.protect('weekly_proposal');
call app.protect_group('weekly_proposal');

-- A request that a group could not meet, and where it went. Who it was is written only for another group that is to help
-- (`person`, with consent), and taken away when that group has answered. Both groups see the row.
create table app.unmet_need (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  request_id      uuid not null,
  area_id         uuid,
  counted_as      text not null check (counted_as <> ''),
  reason          text not null check (reason in ('no_helper', 'no_time', 'no_skill', 'too_far', 'not_offered', 'needs_professional', 'other')),
  went_to         text not null check (went_to in ('nowhere', 'group', 'service')),
  to_group_id     uuid,
  service         text not null default '',
  person          jsonb,
  consented_on    date,
  noted_on        date not null,
  by_name         text not null,
  answer          text check (answer in ('taken', 'declined')),
  answered_on     date,
  answered_by     text,
  primary key (municipality_id, id),
  foreign key (municipality_id, group_id, request_id) references app.help_request (municipality_id, group_id, id),
  foreign key (municipality_id, area_id) references app.area,
  foreign key (municipality_id, to_group_id) references app.help_group,
  check ((went_to = 'group') = (to_group_id is not null) and to_group_id <> group_id),
  check ((went_to = 'service') = (service <> '')),
  check (went_to <> 'group' or consented_on is not null),
  check (person is null or went_to = 'group' and answer is null),
  check ((answer is null) = (answered_on is null) and (answer is null) = (answered_by is null) and (answer is null or went_to = 'group'))
);
create index on app.unmet_need (municipality_id, group_id, noted_on);
create index on app.unmet_need (municipality_id, to_group_id, noted_on) where to_group_id is not null;
create index on app.unmet_need (municipality_id, request_id);
call app.protect('unmet_need');
create policy own_group on app.unmet_need as restrictive using ((select app.sees_all_groups())
  or group_id = any ((select app.seen_groups())::uuid[]) or to_group_id = any ((select app.seen_groups())::uuid[]));
revoke delete on app.unmet_need from sasaeai_web;
