-- A category that the group does not offer any more; what was asked under it keeps its name.
alter table app.help_category add column ended_on date;
