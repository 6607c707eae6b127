-- The lists of codes grow with the parts of the program; CodeList in the code says which there are.
alter table app.code_item drop constraint code_item_list_check;
alter table app.code_item add constraint code_item_list_check check (list ~ '^[a-z_]+$');

-- Towns that are there already get the lists of activities that a new town begins with (src/Sasaeai/Masters).
do $$
declare
  town int;
begin
  for town in select id from app.municipality loop
    perform set_config('app.municipality_id', town::text, true);
    insert into app.code_item (municipality_id, list, code, name, sort)
    select town, list, to_char(no, 'FM00'), name, no - 1
    from (values
      ('activity_function', array['集める', '伝える', '思いを知る', '場をつくる', '結びつける', '応援する']),
      ('activity_kind', array['ニーズ把握', '関心事の把握', '社会資源の把握', '社会資源の開発', '民間企業との連携', '担い手の確保・養成', 'マッチング', '提供主体間の連携支援', '関係者間の情報共有', 'その他']),
      ('activity_way', array['訪問', '来所', '電話', 'メール', 'オンライン', '会議出席', '同行', '文書・広報'])
    ) as lists (list, names), unnest(names) with ordinality as item (name, no)
    on conflict do nothing;
  end loop;
  perform set_config('app.municipality_id', '', true);
end $$;

-- SCの配置: who looks after which area and layer, for whom, from when till when. A change is a new row.
create table app.posting (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  kind            text not null check (kind in ('coordinator', 'counsellor')),
  account_id      uuid,
  person_name     text not null check (person_name <> ''),
  area_id         uuid not null,
  layer           text check (layer in ('first', 'second', 'both')),
  employer        text not null check (employer in ('city', 'welfare_council', 'support_center', 'npo', 'other')),
  organization_id uuid,
  is_entrusted    boolean not null,
  full_time_share numeric(3, 2) check (full_time_share > 0 and full_time_share <= 1),
  hours_a_day     numeric(4, 2) check (hours_a_day > 0 and hours_a_day <= 24),
  days_a_week     numeric(2, 1) check (days_a_week > 0 and days_a_week <= 7),
  other_duty      text not null default '',
  note            text not null default '',
  starts_on       date not null,
  ends_on         date,
  primary key (municipality_id, id),
  foreign key (municipality_id, account_id) references app.account,
  foreign key (municipality_id, area_id) references app.area,
  foreign key (municipality_id, organization_id) references app.organization,
  check (ends_on >= starts_on),
  check (kind <> 'coordinator' or layer is not null)
);
create index on app.posting (municipality_id, starts_on);
create index on app.posting (municipality_id, account_id, starts_on);
call app.protect('posting');
revoke delete on app.posting from sasaeai_web;

-- One thing that a coordinator did. Its id is made by the device that wrote it, so that sending it again makes
-- no second one; `written_by` is the form that wrote last, whose repetition is no conflict.
create table app.activity_record (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null,
  account_id      uuid not null,
  by_name         text not null,
  on_day          date not null,
  starts_at       time,
  minutes         int  check (minutes between 0 and 1440),
  area_id         uuid,
  layer           int  check (layer in (1, 2)),
  functions       text[] not null default '{}',
  kinds           text[] not null default '{}',
  way             text,
  person_name     text not null default '',
  organization_id uuid,
  resource_id     uuid,
  meeting_id      uuid,
  head_count      int  check (head_count between 0 and 100000),
  what            text not null default '',
  noticed         text not null default '',
  next_step       text not null default '',
  next_due        date,
  next_done_at    timestamptz,
  audience        text not null default 'staff' check (audience in ('own', 'area', 'staff')),
  version         int  not null default 1,
  written_by      uuid not null,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  completed_at    timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, account_id) references app.account,
  foreign key (municipality_id, area_id) references app.area,
  foreign key (municipality_id, organization_id) references app.organization,
  foreign key (municipality_id, resource_id) references app.resource,
  check (completed_at is null or area_id is not null and layer is not null and way is not null and kinds <> '{}' and what <> ''),
  check (next_due is null or next_step <> '')
);
create index on app.activity_record (municipality_id, on_day desc, id) where completed_at is not null;
create index on app.activity_record (municipality_id, account_id, on_day desc);
create index on app.activity_record (municipality_id, account_id, changed_at desc) where completed_at is null;
create index on app.activity_record (municipality_id, account_id, next_due) where next_step <> '' and next_done_at is null;
create index on app.activity_record (municipality_id, organization_id, on_day desc) where organization_id is not null;
create index on app.activity_record (municipality_id, resource_id, on_day desc) where resource_id is not null;
create index on app.activity_record (municipality_id, meeting_id) where meeting_id is not null;
call app.protect('activity_record');

create table app.activity_photo (
  municipality_id    int  not null default app.current_municipality() references app.municipality,
  id                 uuid not null,
  activity_record_id uuid not null,
  media_type         text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  file_name          text not null,
  bytes              bytea not null check (octet_length(bytes) <= 8388608),
  created_at         timestamptz not null,
  removed_at         timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, activity_record_id) references app.activity_record
);
create index on app.activity_photo (municipality_id, activity_record_id);
call app.protect('activity_photo');
revoke delete on app.activity_photo from sasaeai_web;

-- What people write under the figures of a month or a year, for the town or for one coordinator.
create table app.activity_report (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  span            text not null check (span in ('month', 'year')),
  starts_on       date not null,
  account_id      uuid,
  events          text not null default '',
  proposals       text not null default '',
  version         int  not null default 1,
  changed_at      timestamptz not null,
  changed_by      text not null,
  primary key (municipality_id, id),
  unique nulls not distinct (municipality_id, span, starts_on, account_id),
  foreign key (municipality_id, account_id) references app.account,
  check (extract(day from starts_on) = 1 and (span = 'month' or extract(month from starts_on) = 4))
);
call app.protect('activity_report');

-- 普及啓発 and 活動報告: lectures asked for, explanations, forums, exhibitions, reports to the public.
create table app.outreach (
  municipality_id    int  not null default app.current_municipality() references app.municipality,
  id                 uuid not null default gen_random_uuid(),
  kind               text not null check (kind in ('lecture', 'explanation', 'forum', 'exhibition', 'report')),
  on_day             date not null,
  place              text not null check (place <> ''),
  requested_by       text not null default '',
  layer              int  not null check (layer in (1, 2)),
  area_id            uuid,
  head_count         int  not null check (head_count between 0 and 100000),
  target             text not null default '',
  content            text not null check (content <> ''),
  meeting_id         uuid,
  activity_record_id uuid,
  account_id         uuid,
  by_name            text not null,
  created_at         timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, area_id) references app.area,
  foreign key (municipality_id, activity_record_id) references app.activity_record,
  foreign key (municipality_id, account_id) references app.account
);
create index on app.outreach (municipality_id, on_day desc, id);
create index on app.outreach (municipality_id, meeting_id) where meeting_id is not null;
create index on app.outreach (municipality_id, activity_record_id) where activity_record_id is not null;
call app.protect('outreach');
