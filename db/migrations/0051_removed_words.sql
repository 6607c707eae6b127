-- 困りごと and 同義語 that staff remove can be brought back.
alter table app.trouble add removed_at timestamptz;
alter table app.synonym add removed_at timestamptz;
