-- A one-time code is taken once, and none that is older than the last one taken (RFC 6238, 5.2): the half minute
-- of the code tells that, the code itself does not.
alter table app.account add last_step bigint;
alter table app.account drop column last_code;
