create table app.holiday (
  day  date primary key,
  name text not null
);
grant select on app.holiday to sasaeai_web;
