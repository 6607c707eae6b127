-- Figures of years are counted from the records themselves; these hold all that a count asks for, so that no row is read.
create index on app.activity_record (municipality_id, on_day) include (layer, area_id) where completed_at is not null;
create index on app.meeting (municipality_id, held_on) include (layer, area_id, kind_code, series, counts_as_council) where cancelled_at is null;
create index on app.outreach (municipality_id, on_day) include (kind, layer, area_id, head_count);
