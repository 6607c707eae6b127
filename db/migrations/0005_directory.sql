-- Code lists with validity. Rows are ended, never deleted: records keep their codes.
create table app.category (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  code            text not null,
  name            text not null check (name <> ''),
  kana            text not null default '',
  parent_code     text,
  description     text not null default '',
  check_days      int  not null default 365 check (check_days between 1 and 3650),   -- verify again after
  hide_days       int  not null default 730 check (hide_days between 1 and 7300),    -- leave the public pages after
  sort            int  not null default 0,
  starts_on       date,
  ends_on         date,
  primary key (municipality_id, id),
  unique (municipality_id, code),
  foreign key (municipality_id, parent_code) references app.category (municipality_id, code),
  check (hide_days >= check_days)
);
call app.protect('category');
revoke delete on app.category from sasaeai_web;

create table app.code_item (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  list            text not null check (list in ('operator_kind', 'service_kind', 'barrier_free', 'fee_kind')),
  code            text not null,
  name            text not null check (name <> ''),
  sort            int  not null default 0,
  starts_on       date,
  ends_on         date,
  primary key (municipality_id, list, code)
);
call app.protect('code_item');
revoke delete on app.code_item from sasaeai_web;

-- What an old person says (困りごと), and the categories that meet it.
create table app.trouble (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  words           text not null check (words <> ''),
  category_codes  text[] not null,
  sort            int  not null default 0,
  primary key (municipality_id, id)
);
call app.protect('trouble');

create table app.synonym (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  word            text not null check (word <> ''),
  others          text[] not null,
  category_codes  text[] not null default '{}',
  primary key (municipality_id, id),
  unique (municipality_id, word)
);
call app.protect('synonym');

create table app.organization (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  number          text not null,
  name            text not null check (name <> ''),
  kana            text not null default '',
  kind            text,
  content         jsonb not null,
  imported        jsonb,
  version         int  not null default 1,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  closed_on       date,
  primary key (municipality_id, id),
  unique (municipality_id, number)
);
create index on app.organization (municipality_id, kana, name);
call app.protect('organization');
alter table app.membership add foreign key (municipality_id, organization_id) references app.organization deferrable initially deferred;

-- The approved record. `content` is what it says (the C# record ResourceContent); the other columns are
-- what lists sort and filter by, set by the entity together with the content.
create table app.resource (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  number          text not null,
  state           text not null check (state in ('draft', 'published', 'ended')),
  version         int  not null,
  content         jsonb not null,
  imported        jsonb,                    -- the content as the last import brought it, for a three-way comparison
  name            text not null check (name <> ''),
  kana            text not null default '',
  organization_id uuid,
  category_codes  text[] not null,
  area_ids        uuid[] not null,
  verified_on     date,
  verified_how    text check (verified_how in ('phone', 'visit', 'operator', 'automatic')),
  verified_by     text,
  due_on          date not null,
  hide_on         date not null,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, number),
  foreign key (municipality_id, organization_id) references app.organization
);
create index on app.resource (municipality_id, due_on, id);
create index on app.resource (municipality_id, kana, name);
create index on app.resource (municipality_id, organization_id);
call app.protect('resource');
revoke delete on app.resource from sasaeai_web;

-- Last verified (who, when, how) is not the same as last changed. Only added to.
create table app.verification (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  resource_id     uuid not null,
  on_day          date not null,
  how             text not null check (how in ('phone', 'visit', 'operator', 'automatic')),
  account_id      uuid,
  by_name         text not null,
  version         int  not null,
  note            text not null default '',
  created_at      timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, resource_id) references app.resource
);
create index on app.verification (municipality_id, resource_id, on_day desc);
create index on app.verification (municipality_id, on_day);
call app.protect('verification');
revoke update, delete on app.verification from sasaeai_web;

-- A proposed content. Every change goes this way; who may approve approves at once.
create table app.revision (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  resource_id     uuid not null,
  base_version    int  not null,
  content         jsonb not null,
  source          text not null check (source in ('staff', 'operator', 'group', 'import')),
  state           text not null check (state in ('pending', 'approved', 'declined')),
  account_id      uuid,
  by_name         text not null,
  note            text not null default '',
  verified_how    text check (verified_how in ('phone', 'visit', 'operator', 'automatic')),
  created_at      timestamptz not null,
  decided_at      timestamptz,
  decided_by      text,
  decision_note   text not null default '',
  primary key (municipality_id, id),
  foreign key (municipality_id, resource_id) references app.resource,
  check ((state = 'pending') = (decided_at is null))
);
create index on app.revision (municipality_id, state, created_at);
create index on app.revision (municipality_id, resource_id, created_at desc);
call app.protect('revision');
revoke delete on app.revision from sasaeai_web;

-- 「情報が違います」 from anybody.
create table app.mistake_report (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  resource_id     uuid not null,
  receipt         text not null,
  text            text not null check (text <> ''),
  contact         text not null default '',     -- only if the person wants to be asked back; emptied when closed
  state           text not null default 'open' check (state in ('open', 'closed')),
  revision_id     uuid,
  created_at      timestamptz not null,
  closed_at       timestamptz,
  closed_by       text,
  answer          text not null default '',
  primary key (municipality_id, id),
  unique (municipality_id, receipt),
  foreign key (municipality_id, resource_id) references app.resource,
  foreign key (municipality_id, revision_id) references app.revision,
  check ((state = 'open') = (closed_at is null))
);
create index on app.mistake_report (municipality_id, state, created_at);
call app.protect('mistake_report');
revoke delete on app.mistake_report from sasaeai_web;

-- The link (e-mail, or QR on a letter) by which an operator confirms or corrects without an account.
-- Only the digest of the token is kept.
create table app.confirmation_request (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  resource_id     uuid not null,
  token_digest    bytea not null,
  sent_how        text not null check (sent_how in ('mail', 'letter')),
  sent_at         timestamptz not null,
  sent_by         text not null,
  expires_at      timestamptz not null,
  opened_at       timestamptz,
  answered_at     timestamptz,
  answer          text check (answer in ('confirmed', 'corrected', 'ended')),
  primary key (municipality_id, id),
  unique (municipality_id, token_digest),
  foreign key (municipality_id, resource_id) references app.resource,
  check ((answered_at is null) = (answer is null))
);
create index on app.confirmation_request (municipality_id, resource_id, sent_at desc);
call app.protect('confirmation_request');
revoke delete on app.confirmation_request from sasaeai_web;

-- Photos and papers of a record. Pictures are shown in public only with consent.
create table app.attachment (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  resource_id     uuid not null,
  kind            text not null check (kind in ('photo', 'paper')),
  media_type      text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  file_name       text not null,
  caption         text not null default '',
  bytes           bytea not null check (octet_length(bytes) <= 8388608),
  consented_on    date,
  created_at      timestamptz not null,
  created_by      text not null,
  removed_at      timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, resource_id) references app.resource
);
create index on app.attachment (municipality_id, resource_id);
call app.protect('attachment');
revoke delete on app.attachment from sasaeai_web;

-- 「困りごとを伝える」: a resident's voice, with or without a way to answer.
create table app.voice (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  receipt         text not null,
  source          text not null check (source in ('public_form', 'unmet_search')),
  text            text not null check (text <> ''),
  area_id         uuid,
  category_code   text,
  contact         text not null default '',
  created_at      timestamptz not null,
  read_at         timestamptz,
  read_by         text,
  primary key (municipality_id, id),
  unique (municipality_id, receipt),
  foreign key (municipality_id, area_id) references app.area
);
create index on app.voice (municipality_id, created_at desc);
call app.protect('voice');
revoke delete on app.voice from sasaeai_web;

-- Searches by day, area and category; words are not kept, because people type names into search boxes.
create table app.search_count (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  day             date not null,
  area_code       text not null default '',
  category_code   text not null default '',
  searches        int  not null,
  zero_hits       int  not null,
  primary key (municipality_id, day, area_code, category_code)
);
call app.protect('search_count');

-- One page load makes one record, however often its form is sent.
create table app.form_receipt (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  key             uuid not null,
  location        text not null,
  created_at      timestamptz not null default now(),
  primary key (municipality_id, key)
);
call app.protect('form_receipt');

-- Column mappings of imports, kept for the next file with the same header.
create table app.import_mapping (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  noun            text not null,
  header_digest   text not null,
  mapping         jsonb not null,
  changed_at      timestamptz not null,
  primary key (municipality_id, noun, header_digest)
);
call app.protect('import_mapping');
