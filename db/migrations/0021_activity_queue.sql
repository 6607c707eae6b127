-- How manyeth writing of its form the last one was: what a phone's queue sends late overwrites nothing.
alter table app.activity_record add column written_no int not null default 0;

-- A draft that is thrown away takes its photos with it.
grant delete on app.activity_photo to sasaeai_web;
