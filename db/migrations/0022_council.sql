-- The town's own list of kinds of meeting. Which lists there are is what the program knows; the database only wants a name.
alter table app.code_item drop constraint code_item_list_check;
alter table app.code_item add constraint code_item_list_check check (list ~ '^[a-z_]+$');

-- 協議体, and what becomes one: 準備会, 勉強会, 研究会, or an existing meeting that the town regards as the council.
create table app.council (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  name            text not null check (name <> ''),
  nickname        text not null default '',
  kind            text not null check (kind in ('council', 'preparation', 'study_group', 'research_group')),
  regarded        boolean not null default false,    -- 既存の話し合いを協議体とみなす
  layer           int  not null check (layer in (1, 2)),
  area_id         uuid not null,
  secretariat     text not null default '',
  purpose         text not null default '',
  founded_on      date,
  closed_on       date,
  created_at      timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, area_id) references app.area,
  check (closed_on >= founded_on)
);
create index on app.council (municipality_id, layer, area_id);
call app.protect('council');
revoke delete on app.council from sasaeai_web;

-- The way to the founding: 働きかけ, 勉強会, 準備会, 設置. Only added to.
create table app.council_stage (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  council_id      uuid not null,
  stage           text not null check (stage in ('approach', 'study', 'preparation', 'founding')),
  reached_on      date not null,
  note            text not null default '',
  by_name         text not null,
  created_at      timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, council_id) references app.council
);
create index on app.council_stage (municipality_id, council_id, reached_on);
call app.protect('council_stage');
revoke update, delete on app.council_stage from sasaeai_web;

create table app.council_member (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  council_id      uuid not null,
  name            text not null check (name <> ''),
  affiliation     text not null default '',
  organization_id uuid,
  chosen          text not null check (chosen in ('delegate', 'individual', 'volunteered', 'recommended')),
  post            text not null check (post in ('leader', 'deputy', 'member', 'invited')),
  phone           text not null default '',
  email           text not null default '',
  starts_on       date not null,
  ends_on         date,
  primary key (municipality_id, id),
  foreign key (municipality_id, council_id) references app.council,
  foreign key (municipality_id, organization_id) references app.organization,
  check (ends_on >= starts_on),
  check (chosen <> 'delegate' or organization_id is not null or affiliation <> '')
);
create index on app.council_member (municipality_id, council_id, starts_on);
call app.protect('council_member');
revoke delete on app.council_member from sasaeai_web;

alter table app.membership
  add column council_id uuid,
  add foreign key (municipality_id, council_id) references app.council deferrable initially deferred;

create table app.meeting (
  municipality_id   int  not null default app.current_municipality() references app.municipality,
  id                uuid not null default gen_random_uuid(),
  council_id        uuid,
  kind_code         text not null check (kind_code <> ''),
  series            text not null default '',    -- the name under which a yearly table counts it, such as 気楽にいこう会（座談会等）
  name              text not null check (name <> ''),
  fiscal_year       int  not null,
  number            int  check (number > 0),     -- 第n回 of the council in the fiscal year
  held_on           date not null,
  starts_at         time,
  ends_at           time,
  place             text not null default '',
  area_id           uuid not null,
  layer             int  not null check (layer in (1, 2)),
  counts_as_council boolean not null,            -- belongs to 推進会議等の開催回数
  closed            boolean not null default false,    -- 非公開
  head_count        int  check (head_count >= 0),
  invited_at        timestamptz,
  invited_by        text,
  cancelled_at      timestamptz,
  cancelled_by      text,
  cancelled_because text not null default '',
  minutes           text not null default 'draft' check (minutes in ('draft', 'checked', 'final')),
  checked_at        timestamptz,
  checked_by        text,
  finalised_at      timestamptz,
  finalised_by      text,
  public_summary    text not null default '',
  published_at      timestamptz,
  published_by      text,
  created_at        timestamptz not null,
  created_by        text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, council_id) references app.council,
  foreign key (municipality_id, area_id) references app.area,
  unique (municipality_id, council_id, fiscal_year, number),
  check (fiscal_year = extract(year from held_on) - case when extract(month from held_on) < 4 then 1 else 0 end),
  check (ends_at > starts_at),
  check ((invited_at is null) = (invited_by is null)),
  check ((cancelled_at is null) = (cancelled_by is null)),
  check ((minutes = 'draft') = (checked_at is null) and (checked_at is null) = (checked_by is null)),
  check ((minutes = 'final') = (finalised_at is not null) and (finalised_at is null) = (finalised_by is null)),
  check ((published_at is null) = (published_by is null)),
  check (published_at is null or public_summary <> '' and not closed)
);
create index on app.meeting (municipality_id, held_on, id);
create index on app.meeting (municipality_id, council_id, held_on);
create index on app.meeting (municipality_id, fiscal_year, kind_code, area_id);
create index on app.meeting (municipality_id, held_on) where published_at is not null;
call app.protect('meeting');
revoke delete on app.meeting from sasaeai_web;

-- An undone task and a postponed item come back as an item of the next meeting: carried_task_id, carried_from_id.
create table app.agenda_item (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  meeting_id      uuid not null,
  position        int  not null,
  title           text not null check (title <> ''),
  carried_from_id uuid,
  carried_task_id uuid,
  postponed_at    timestamptz,
  postponed_by    text,
  primary key (municipality_id, id),
  unique (municipality_id, meeting_id, carried_from_id),
  unique (municipality_id, meeting_id, carried_task_id),
  foreign key (municipality_id, meeting_id) references app.meeting,
  foreign key (municipality_id, carried_from_id) references app.agenda_item,
  check ((postponed_at is null) = (postponed_by is null))
);
create index on app.agenda_item (municipality_id, meeting_id, position);
create index on app.agenda_item (municipality_id, carried_from_id) where carried_from_id is not null;
call app.protect('agenda_item');

-- What was said to an item, saved while it is typed. version tells two note takers apart.
create table app.item_text (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  item_id         uuid not null,
  text            text not null default '',
  version         int  not null default 1,
  changed_at      timestamptz not null,
  changed_by      text not null,
  primary key (municipality_id, item_id),
  foreign key (municipality_id, item_id) references app.agenda_item
);
call app.protect('item_text');

create table app.decision (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  meeting_id      uuid not null,
  item_id         uuid not null,
  text            text not null check (text <> ''),
  state           text not null default 'open' check (state in ('open', 'done', 'dropped')),
  result          text not null default '',
  ended_on        date,
  ended_by        text,
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, meeting_id) references app.meeting,
  foreign key (municipality_id, item_id) references app.agenda_item,
  check ((state = 'open') = (ended_on is null) and (ended_on is null) = (ended_by is null))
);
create index on app.decision (municipality_id, meeting_id);
call app.protect('decision');

create table app.meeting_task (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  meeting_id      uuid not null,
  item_id         uuid not null,
  text            text not null check (text <> ''),
  owner           text not null check (owner <> ''),
  due_on          date,
  state           text not null default 'open' check (state in ('open', 'done', 'dropped')),
  result          text not null default '',
  ended_on        date,
  ended_by        text,
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, meeting_id) references app.meeting,
  foreign key (municipality_id, item_id) references app.agenda_item,
  check ((state = 'open') = (ended_on is null) and (ended_on is null) = (ended_by is null))
);
create index on app.meeting_task (municipality_id, meeting_id);
create index on app.meeting_task (municipality_id, due_on) where state = 'open';
call app.protect('meeting_task');
alter table app.agenda_item add foreign key (municipality_id, carried_task_id) references app.meeting_task deferrable initially deferred;

-- Who came, from the sign-in sheet, by QR or typed. person_key is the same for one person at every meeting of a council.
create table app.attendance (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  meeting_id      uuid not null,
  kind            text not null check (kind in ('member', 'coordinator', 'office', 'participant', 'observer')),
  name            text not null check (name <> ''),
  affiliation     text not null default '',
  member_id       uuid,
  account_id      uuid,
  person_key      text not null check (person_key <> ''),
  present         boolean not null,
  how             text not null check (how in ('sheet', 'qr', 'typed')),
  created_at      timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, meeting_id, person_key),
  foreign key (municipality_id, meeting_id) references app.meeting,
  foreign key (municipality_id, member_id) references app.council_member,
  foreign key (municipality_id, account_id) references app.account,
  check ((kind = 'coordinator') = (account_id is not null)),
  check ((kind = 'member') = (member_id is not null))
);
create index on app.attendance (municipality_id, account_id) where account_id is not null;
call app.protect('attendance');

create table app.meeting_paper (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  meeting_id      uuid not null,
  media_type      text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  file_name       text not null,
  caption         text not null default '',
  bytes           bytea not null check (octet_length(bytes) <= 8388608),
  created_at      timestamptz not null,
  created_by      text not null,
  removed_at      timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, meeting_id) references app.meeting
);
create index on app.meeting_paper (municipality_id, meeting_id);
call app.protect('meeting_paper');
revoke delete on app.meeting_paper from sasaeai_web;

-- Checked, finalised, opened again, with the minutes as they were at the step. Only added to.
create table app.minutes_step (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  meeting_id      uuid not null,
  kind            text not null check (kind in ('checked', 'finalised', 'reopened')),
  at              timestamptz not null,
  by_name         text not null,
  note            text not null default '',
  content         jsonb,
  primary key (municipality_id, id),
  foreign key (municipality_id, meeting_id) references app.meeting,
  check (kind <> 'reopened' or note <> ''),
  check ((kind = 'reopened') = (content is null))
);
create index on app.minutes_step (municipality_id, meeting_id, at);
call app.protect('minutes_step');
revoke update, delete on app.minutes_step from sasaeai_web;
