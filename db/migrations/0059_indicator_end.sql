-- An indicator that the next plan does not take over ends with a year; its series stays, and later years do not show it.
alter table app.indicator
  add column last_year    int check (last_year between 2000 and 2199),
  add column ended_reason text not null default '',
  add column ended_by     text,
  add column ended_at     timestamptz,
  add check (num_nulls(last_year, ended_by, ended_at) in (0, 3)),
  add check (last_year is null or ended_reason <> '');
