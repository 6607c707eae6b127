-- The file that brought a member, so that an import can be taken back.
alter table app.member add column import_id uuid;
create index on app.member (municipality_id, group_id, import_id) where import_id is not null;
