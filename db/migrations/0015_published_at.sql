-- Open data mirrors ask what changed since their last visit: a new verification, photo or operator counts as well as
-- a new content. They also have to hear that a record left, but never of a record that was not public before.
alter table published.resource
  add published_at timestamptz not null default now(),
  add was_public   boolean     not null default false;
update published.resource set published_at = changed_at, was_public = not withdrawn;
