-- 第n回 of a meeting that was called off is free again for the one that is held instead.
alter table app.meeting drop constraint meeting_municipality_id_council_id_fiscal_year_number_key;
create unique index meeting_number on app.meeting (municipality_id, council_id, fiscal_year, number) where cancelled_at is null;
