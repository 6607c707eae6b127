-- 協力会員 and 利用会員 of a group; one person may be both. The keys are folded for finding (docs/glossary.md).
create table app.member (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  number          int  not null,
  card            text not null,            -- what the QR of the card says: random, nothing about the person
  name            text not null,
  kana            text not null default '',
  name_key        text not null,
  kana_key        text not null,
  phone           text not null default '',
  phone_key       text not null default '',
  address         text not null default '',
  address_key     text not null default '',
  area_id         uuid,
  lat             double precision,
  lng             double precision,
  helper_since    date,
  user_since      date,
  insured_until   date,
  content         jsonb not null,
  shared_on       date,                     -- the person agreed that the town's staff may see this record
  joined_on       date not null,
  left_on         date,
  erased_at       timestamptz,
  version         int not null default 1,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, group_id, id),
  unique (municipality_id, group_id, number),
  unique (municipality_id, card),
  foreign key (municipality_id, group_id) references app.help_group,
  foreign key (municipality_id, area_id) references app.area,
  check (left_on >= joined_on),
  check (erased_at is null or left_on is not null and phone = '' and address = '')
);
create index on app.member (municipality_id, group_id, kana_key text_pattern_ops);
create index on app.member (municipality_id, group_id, name_key text_pattern_ops);
create index on app.member (municipality_id, group_id, phone_key text_pattern_ops);
create index on app.member (municipality_id, group_id, kana, number);
call app.protect('member');
create policy own_group on app.member as restrictive
  using ((select app.sees_all_groups()) or group_id = any ((select app.seen_groups())::uuid[]) or shared_on is not null)
  with check ((select app.sees_all_groups()) or group_id = any ((select app.seen_groups())::uuid[]));
revoke delete on app.member from sasaeai_web;

-- What the town may know of its groups: how many, never who.
create function app.group_counts() returns table (group_id uuid, helpers int, users int, keepers int) language plpgsql volatile as $$
declare
  seen text := coalesce(current_setting('app.group_ids', true), '');
begin
  perform set_config('app.group_ids', '*', true);
  return query
    select g.id,
      (select count(*)::int from app.member m where m.municipality_id = g.municipality_id and m.group_id = g.id and m.left_on is null and m.helper_since is not null),
      (select count(*)::int from app.member m where m.municipality_id = g.municipality_id and m.group_id = g.id and m.left_on is null and m.user_since is not null),
      (select count(*)::int from app.keeper k where k.municipality_id = g.municipality_id and k.group_id = g.id and k.ends_on is null)
    from app.help_group g where g.municipality_id = app.current_municipality();
  perform set_config('app.group_ids', seen, true);
end $$;
grant execute on function app.group_counts() to sasaeai_web;
