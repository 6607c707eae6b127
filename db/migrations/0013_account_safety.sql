-- A password that somebody else made is changed at the first sign-in; a one-time code is taken once (RFC 6238, 5.2).
alter table app.account add must_change_password boolean not null default false;
alter table app.account add last_code text;
create index on app.account (municipality_id, name, id);
create index on app.audit_entry (municipality_id, at);
