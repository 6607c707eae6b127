-- What anybody may read: rows written at publication, holding consented public fields only. Row security would
-- turn text and array conditions into full scans (their operators are not leakproof) and cost each public
-- page two round trips; there is nothing here to hide from another town. See docs/decisions.
create schema published;
grant usage on schema published to sasaeai_web;

-- version grows by one with every publication of the town, in the order of commits (the row is locked).
create table published.town (
  municipality_id int not null references app.municipality,
  version         bigint not null default 0,
  south           double precision,   -- the box that holds all points ever published: it tells which
  north           double precision,   -- towns are neighbours, and may be too large but never too small
  west            double precision,
  east            double precision,
  primary key (municipality_id)
);
grant select, insert, update on published.town to sasaeai_web;

create table published.resource (
  municipality_id    int    not null references app.municipality,
  resource_id        uuid   not null,
  version            bigint not null,
  withdrawn          boolean not null,
  name               text   not null,
  name_key           text   not null,     -- folded name, kana and common name
  text_key           text   not null,     -- folded everything else that is searched
  category_codes     text[] not null,
  area_ids           uuid[] not null,
  weekdays           smallint not null,   -- bits, Monday first
  day_keys           int[]  not null,
  limits             jsonb,               -- the schedule itself where keys do not tell all: closures, months, dates
  features           text[] not null,     -- fee, barrier-free, viewpoint and kind codes: 'fee:free', 'barrier:slope' …
  starts_minute      smallint,            -- earliest start and latest end of a day, minutes after midnight
  ends_minute        smallint,
  lat                double precision,
  lng                double precision,
  availability       text,
  availability_until date,
  verified_on        date,
  due_on             date   not null,
  hide_on            date   not null,
  organization_id    uuid,
  view               jsonb  not null,     -- the C# record PublishedResource; {} when withdrawn
  changed_at         timestamptz not null,
  primary key (municipality_id, resource_id)
);
create index on published.resource (municipality_id, version);
create index on published.resource (municipality_id, changed_at, resource_id);
create index on published.resource (municipality_id, organization_id);
grant select, insert, update on published.resource to sasaeai_web;

create table published.organization (
  municipality_id    int    not null references app.municipality,
  organization_id    uuid   not null,
  version            bigint not null,
  withdrawn          boolean not null,
  name               text   not null,
  view               jsonb  not null,
  changed_at         timestamptz not null,
  primary key (municipality_id, organization_id)
);
create index on published.organization (municipality_id, version);
create index on published.organization (municipality_id, changed_at, organization_id);
grant select, insert, update on published.organization to sasaeai_web;

create table published.photo (
  municipality_id int   not null references app.municipality,
  attachment_id   uuid  not null,
  resource_id     uuid  not null,
  media_type      text  not null,
  caption         text  not null,
  bytes           bytea not null,
  primary key (municipality_id, attachment_id)
);
create index on published.photo (municipality_id, resource_id);
grant select, insert, delete on published.photo to sasaeai_web;
