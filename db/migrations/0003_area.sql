-- Several hierarchies at once: a 町丁目 lies in a 日常生活圏域, a 小学校区 and a 地区社協, each for a time.
create table app.area (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  code            text not null,
  kind            text not null check (kind in ('town', 'living_area', 'school_district', 'council_district', 'block', 'other')),
  layer           int  check (layer in (1, 2)),
  name            text not null check (name <> ''),
  kana            text not null default '',
  starts_on       date,
  ends_on         date,
  lat             double precision,
  lng             double precision,
  boundary        jsonb,
  primary key (municipality_id, id),
  unique (municipality_id, code),
  check (ends_on >= starts_on)
);
create index on app.area (municipality_id, kind, name);
call app.protect('area');

create table app.area_parent (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  area_id         uuid not null,
  parent_id       uuid not null,
  starts_on       date,
  ends_on         date,
  primary key (municipality_id, area_id, parent_id),
  foreign key (municipality_id, area_id) references app.area,
  foreign key (municipality_id, parent_id) references app.area,
  check (area_id <> parent_id),
  check (ends_on >= starts_on)
);
create index on app.area_parent (municipality_id, parent_id);
call app.protect('area_parent');

-- 地域・年齢別人口: one row an area, day, age band and sex.
create table app.population (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  area_id         uuid not null,
  counted_on      date not null,
  age_from        int  not null check (age_from between 0 and 120),
  sex             text not null check (sex in ('male', 'female', 'all')),
  people          int  not null check (people >= 0),
  primary key (municipality_id, area_id, counted_on, age_from, sex),
  foreign key (municipality_id, area_id) references app.area
);
call app.protect('population');
