-- Open data mirrors ask what changed since their last visit: a new verification, photo or operator counts as well as
-- a new content. They also have to hear that a record left, but never of a record that was not public before.
alter table published.resource
  add published_at timestamptz not null default now(),
  add was_public   boolean     not null default false;
update published.resource set published_at = changed_at, was_public = not withdrawn;

create function published.stamp() returns trigger language plpgsql as $$
begin
  new.published_at := now();
  new.was_public := not new.withdrawn or tg_op = 'UPDATE' and old.was_public;
  return new;
end $$;
create trigger stamp before insert or update on published.resource for each row execute function published.stamp();
