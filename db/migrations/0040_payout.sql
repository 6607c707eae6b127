-- What was paid out to helpers at once. Whoever closed the month pays no more than the group lets one person pay alone: the
-- constraint says it, whoever asks. A payout above that names its closing, pays no more than that closing owes, and only once.
create table app.payout (
  municipality_id int    not null default app.current_municipality() references app.municipality,
  posting_id      uuid   not null,
  group_id        uuid   not null,
  closing_id      uuid,
  yen             bigint not null check (yen > 0),
  total           bigint not null check (total >= yen),   -- without a closing: what this person paid in this month, this included
  alone_yen       bigint not null check (alone_yen >= 0), -- the group's limit on that day
  closed_by       uuid,
  closed_by_name  text,
  paid_by         uuid,
  paid_by_name    text   not null,
  paid_at         timestamptz not null,
  primary key (municipality_id, posting_id),
  foreign key (municipality_id, posting_id) references app.ledger_posting,
  foreign key (municipality_id, group_id) references app.help_group,
  foreign key (municipality_id, closing_id) references app.group_closing,
  check ((closing_id is null) = (closed_by_name is null)),
  constraint payout_second_person check (total <= alone_yen or closing_id is not null
    and case when paid_by is null or closed_by is null then paid_by_name <> closed_by_name else paid_by <> closed_by end)
);
create unique index payout_once on app.payout (municipality_id, closing_id) where closing_id is not null;
create index on app.payout (municipality_id, group_id, paid_at);
call app.protect('payout');
call app.protect_group('payout');
revoke insert, update, delete on app.payout from sasaeai_web;

-- Yen that leave a helper's account for the outside are a payout, under whatever name they are posted.
alter function app.post_entries(jsonb) rename to post_lines;
revoke all on function app.post_lines(jsonb) from sasaeai_web;
create function app.post_entries(request jsonb) returns boolean language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  town    int  := app.current_municipality();
  grp     uuid := (request ->> 'groupId')::uuid;
  key     uuid := (request ->> 'key')::uuid;
  closing app.group_closing;
  paid    bigint;
  owed    bigint;
begin
  if not app.post_lines(request) then return false; end if;
  select sum(e.amount) into paid from app.ledger_entry e
    join app.ledger_account f on f.municipality_id = town and f.id = e.from_id and f.role = 'earned'
    join app.ledger_account t on t.municipality_id = town and t.id = e.to_id and t.role = 'world'
    where e.municipality_id = town and e.posting_id = key and e.unit = 0;
  if paid is null then return true; end if;
  if request ->> 'closingId' is not null then
    select * into closing from app.group_closing c where c.municipality_id = town and c.group_id = grp and c.id = (request ->> 'closingId')::uuid and c.reopened_at is null;
    if not found then raise exception using errcode = 'SA422', message = '開き直した月は払えません。もう一度締めてください。'; end if;
    select coalesce(sum(b.balance), 0) into owed from app.closing_balance b
      join app.ledger_account a on a.municipality_id = town and a.id = b.account_id and a.role = 'earned' and a.unit = 0
      where b.municipality_id = town and b.closing_id = closing.id;
    if paid > owed then raise exception using errcode = 'SA422', message = format('この月に払うのは%s円までです。', owed); end if;
  end if;
  insert into app.payout (municipality_id, posting_id, group_id, closing_id, yen, total, alone_yen, closed_by, closed_by_name, paid_by, paid_by_name, paid_at)
  select town, key, grp, closing.id, paid,
    paid + case when closing.id is null then coalesce((select sum(p.yen) from app.payout p where p.municipality_id = town and p.group_id = grp and p.closing_id is null
      and p.paid_by_name = request ->> 'byName' and p.paid_at >= date_trunc('month', clock_timestamp(), 'Asia/Tokyo')), 0) else 0 end,
    coalesce((g.content ->> 'payoutLimitYen')::bigint, 0), closing.closed_by, closing.closed_by_name, (request ->> 'accountId')::uuid, request ->> 'byName', clock_timestamp()
  from app.help_group g where g.municipality_id = town and g.id = grp;
  return true;
end $$;
revoke all on function app.post_entries(jsonb) from public;
grant execute on function app.post_entries(jsonb) to sasaeai_web;
