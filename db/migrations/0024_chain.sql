-- From a voice to an answer. No trigger guards the invariants, since a database distributed by town could not keep it:
-- generated columns are null unless a row is in the one state that others may point to, and foreign keys point to them.

-- 庁内の課. Ended, never deleted: handovers keep whom they went to.
create table app.department (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  name            text not null check (name <> ''),
  phone           text not null default '',
  duty            text not null default '',
  sort            int  not null default 0,
  starts_on       date,
  ends_on         date check (ends_on >= starts_on),
  primary key (municipality_id, id),
  unique (municipality_id, name)
);
call app.protect('department');
revoke delete on app.department from sasaeai_web;

-- Who can own an issue: a council, a department or an organization. 0025 ties council_id to its table.
create table app.body (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  council_id      uuid,
  department_id   uuid,
  organization_id uuid,
  primary key (municipality_id, id),
  unique (municipality_id, council_id),
  unique (municipality_id, department_id),
  unique (municipality_id, organization_id),
  foreign key (municipality_id, department_id) references app.department,
  foreign key (municipality_id, organization_id) references app.organization,
  check (num_nonnulls(council_id, department_id, organization_id) = 1)
);
call app.protect('body');
revoke update, delete on app.body from sasaeai_web;

create table app.issue (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  title           text not null check (title <> ''),
  text            text not null default '',
  area_id         uuid,                     -- null: the whole town
  category_code   text,
  urgency         text not null check (urgency in ('high', 'middle', 'low')),
  frequency       text not null check (frequency in ('often', 'sometimes', 'rarely')),
  weight          smallint not null generated always as (
                    (case urgency when 'high' then 6 when 'middle' then 3 else 0 end + case frequency when 'often' then 2 when 'sometimes' then 1 else 0 end)::smallint) stored,
  owner_id        uuid not null,
  state           text not null check (state in ('heard', 'sorted', 'discussed', 'in_work', 'handed_over', 'solved', 'declined')),
  closing_reason  text not null default '',
  public_note     text not null default '', -- what those who raised it read under their receipt number
  merged_into_id  uuid,
  version         int  not null,
  created_at      timestamptz not null,
  created_by      text not null,
  changed_at      timestamptz not null,
  closed_at       timestamptz,
  -- Its own id while an open handover may point to it; while others may be merged into it.
  handed_over_id  uuid generated always as (case when state = 'handed_over' and merged_into_id is null then id end) stored,
  unmerged_id     uuid generated always as (case when merged_into_id is null then id end) stored,
  primary key (municipality_id, id),
  unique (municipality_id, handed_over_id),
  unique (municipality_id, unmerged_id),
  foreign key (municipality_id, area_id) references app.area,
  foreign key (municipality_id, category_code) references app.category (municipality_id, code),
  foreign key (municipality_id, owner_id) references app.body,
  foreign key (municipality_id, merged_into_id) references app.issue (municipality_id, unmerged_id),
  check ((state in ('solved', 'declined')) = (closed_at is not null)),
  check (state <> 'declined' or closing_reason <> '')
);
create index on app.issue (municipality_id, state, weight desc, changed_at desc, id) where merged_into_id is null and closed_at is null;
create index on app.issue (municipality_id, area_id, weight desc, changed_at desc, id) where merged_into_id is null and closed_at is null;
create index on app.issue (municipality_id, weight desc, changed_at desc, id) where merged_into_id is null and closed_at is null;
create index on app.issue (municipality_id, closed_at desc) where merged_into_id is null and closed_at is not null;
create index on app.issue (municipality_id, changed_at desc, id);
create index on app.issue (municipality_id, owner_id, changed_at desc) where merged_into_id is null;
create index on app.issue (municipality_id, merged_into_id) where merged_into_id is not null;
call app.protect('issue');
revoke delete on app.issue from sasaeai_web;

-- One card moved once, with who and when; taken back by saying so, not by deleting. One act may move several cards.
create table app.issue_move (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  act_id          uuid not null,
  issue_id        uuid not null,
  what            text not null check (what in ('state', 'area', 'urgency', 'frequency', 'merge')),
  was             text not null,
  became          text not null,
  at              timestamptz not null,
  account_id      uuid,
  by_name         text not null,
  undone_at       timestamptz,
  undone_by       text,
  primary key (municipality_id, id),
  foreign key (municipality_id, issue_id) references app.issue,
  check ((undone_at is null) = (undone_by is null))
);
create index on app.issue_move (municipality_id, at desc, id);
create index on app.issue_move (municipality_id, issue_id, at desc);
create index on app.issue_move (municipality_id, act_id);
call app.protect('issue_move');
revoke delete on app.issue_move from sasaeai_web;

-- What is there already, and whether it does: 対応できている, 足りない, 使われていない.
create table app.issue_resource (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  issue_id        uuid not null,
  resource_id     uuid not null,
  fit             text not null check (fit in ('enough', 'short', 'unused')),
  note            text not null default '',
  marked_at       timestamptz not null,
  marked_by       text not null,
  primary key (municipality_id, issue_id, resource_id),
  foreign key (municipality_id, issue_id) references app.issue,
  foreign key (municipality_id, resource_id) references app.resource
);
create index on app.issue_resource (municipality_id, resource_id);
call app.protect('issue_resource');

-- 根拠 besides the voices: a meeting, a record, a survey figure, in words.
create table app.issue_evidence (
  municipality_id    int  not null default app.current_municipality() references app.municipality,
  id                 uuid not null default gen_random_uuid(),
  issue_id           uuid not null,
  on_day             date not null,
  text               text not null check (text <> ''),
  meeting_id         uuid,
  activity_record_id uuid,
  created_at         timestamptz not null,
  created_by         text not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, issue_id) references app.issue
);
create index on app.issue_evidence (municipality_id, issue_id, on_day);
call app.protect('issue_evidence');

-- 引継ぎ. Open until it has come back: no return without an answer, no answer without a receipt.
create table app.handover (
  municipality_id     int  not null default app.current_municipality() references app.municipality,
  id                  uuid not null default gen_random_uuid(),
  issue_id            uuid not null,
  follows_id          uuid,                 -- the open handover that this one passes on: 第2層 → 第1層 → 課
  from_id             uuid not null,
  to_id               uuid not null,
  decided_by          text not null default '',
  decided_meeting_id  uuid,
  decided_item        text not null default '',
  reason              text not null check (reason <> ''),
  asked_action        text not null check (asked_action <> ''),
  handed_on           date not null,
  due_on              date not null,
  received_on         date,
  received_by         text,
  answer_kind         text check (answer_kind in ('done', 'planned', 'existing', 'considering', 'declined')),
  answer_text         text check (answer_text <> ''),
  answer_reference    text not null default '',   -- 予算・計画のどこか
  public_answer       text not null default '',   -- for those who raised it
  answered_on         date,
  answered_by         text,
  returned_on         date,
  returned_by         text,
  returned_meeting_id uuid,
  returned_at         text not null default '',
  version             int  not null,
  created_at          timestamptz not null,
  created_by          text not null,
  open_id             uuid generated always as (case when returned_on is null then id end) stored,
  open_issue_id       uuid generated always as (case when returned_on is null then issue_id end) stored,
  open_follows_id     uuid generated always as (case when returned_on is null then follows_id end) stored,
  primary key (municipality_id, id),
  unique (municipality_id, open_id),
  foreign key (municipality_id, issue_id) references app.issue,
  foreign key (municipality_id, open_issue_id) references app.issue (municipality_id, handed_over_id),
  foreign key (municipality_id, follows_id) references app.handover,
  foreign key (municipality_id, open_follows_id) references app.handover (municipality_id, open_id),
  foreign key (municipality_id, from_id) references app.body,
  foreign key (municipality_id, to_id) references app.body,
  check (from_id <> to_id),
  check (decided_by <> '' or decided_meeting_id is not null),
  check (due_on >= handed_on),
  check ((received_on is null) = (received_by is null) and received_on >= handed_on),
  check (num_nulls(answered_on, answered_by, answer_kind, answer_text) in (0, 4)),
  check (answered_on is null or received_on is not null and answered_on >= received_on),
  check ((returned_on is null) = (returned_by is null)),
  check (returned_on is null or answered_on is not null and returned_on >= answered_on and (returned_at <> '' or returned_meeting_id is not null))
);
create unique index on app.handover (municipality_id, open_issue_id) where follows_id is null and returned_on is null;
create unique index on app.handover (municipality_id, open_follows_id) where open_follows_id is not null;
create index on app.handover (municipality_id, issue_id, created_at);
create index on app.handover (municipality_id, due_on, id) where returned_on is null;
create index on app.handover (municipality_id, from_id, due_on) where returned_on is null;
create index on app.handover (municipality_id, to_id, due_on) where returned_on is null;
create index on app.handover (municipality_id, handed_on desc, id);
call app.protect('handover');
revoke delete on app.handover from sasaeai_web;

-- 取組: what a body does about issues, on the steps of the guide.
create table app.initiative (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  title           text not null check (title <> ''),
  area_id         uuid not null,
  aim             text not null check (aim <> ''),
  plan            text not null default '',
  result          text not null default '',
  looking_back    text not null default '',
  step            text not null check (step in ('step11', 'step12', 'step13', 'step14', 'step21', 'step22', 'step23', 'step24', 'step31', 'step32', 'step33')),
  starts_on       date not null,
  ends_on         date check (ends_on >= starts_on),
  version         int  not null,
  created_at      timestamptz not null,
  created_by      text not null,
  changed_at      timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, area_id) references app.area
);
create index on app.initiative (municipality_id, area_id, starts_on desc);
create index on app.initiative (municipality_id, changed_at desc, id);
call app.protect('initiative');
revoke delete on app.initiative from sasaeai_web;

create table app.initiative_step (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  initiative_id   uuid not null,
  step            text not null check (step in ('step11', 'step12', 'step13', 'step14', 'step21', 'step22', 'step23', 'step24', 'step31', 'step32', 'step33')),
  reached_on      date not null,
  note            text not null default '',
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (municipality_id, id),
  unique (municipality_id, initiative_id, step),
  foreign key (municipality_id, initiative_id) references app.initiative
);
call app.protect('initiative_step');

create table app.initiative_partner (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  initiative_id   uuid not null,
  organization_id uuid not null,
  primary key (municipality_id, initiative_id, organization_id),
  foreign key (municipality_id, initiative_id) references app.initiative,
  foreign key (municipality_id, organization_id) references app.organization
);
create index on app.initiative_partner (municipality_id, organization_id);
call app.protect('initiative_partner');

create table app.initiative_issue (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  initiative_id   uuid not null,
  issue_id        uuid not null,
  primary key (municipality_id, initiative_id, issue_id),
  foreign key (municipality_id, initiative_id) references app.initiative,
  foreign key (municipality_id, issue_id) references app.issue
);
create index on app.initiative_issue (municipality_id, issue_id);
call app.protect('initiative_issue');

-- A voice comes from more places than the public form; a person writes what it says without saying who said it.
alter table app.voice drop constraint voice_source_check, drop constraint voice_text_check;
alter table app.voice
  add constraint voice_source_check check (source in ('public_form', 'unmet_search', 'visit', 'phone', 'meeting', 'questionnaire', 'care_conference', 'request')),
  add column summary            text not null default '',   -- 匿名化した要旨: the only words of it that an issue shows
  add column summarized_by      text,
  add column heard_on           date,
  add column entered_by         text,
  add column meeting_id         uuid,
  add column activity_record_id uuid,
  add column issue_id           uuid,
  add column taken_at           timestamptz,
  add column taken_by           text,
  add column closed_at          timestamptz,
  add column closed_by          text,
  add column close_reason       text not null default '',
  add foreign key (municipality_id, issue_id) references app.issue deferrable initially deferred,
  add check (text <> '' or summary <> ''),
  add check (issue_id is null or summary <> '' and closed_at is null),
  add check ((issue_id is null) = (taken_at is null)),
  add check ((closed_at is null) = (close_reason = ''));
create index on app.voice (municipality_id, issue_id) where issue_id is not null;
create index on app.voice (municipality_id, created_at desc, id) where issue_id is null and closed_at is null;
create index on app.voice (municipality_id, area_id, category_code, created_at);
