-- In which use of a visit a ticket was handed over, also after it was paid out: the number that really comes back takes the
-- place of one that was only assumed before and after the payout, and a report can still be withdrawn then.
alter table app.ticket add column use_id uuid;
alter table app.ticket add foreign key (municipality_id, use_id) references app.ledger_entry;
do $$      -- row security holds the owner too, hence one town after the other
declare
  town int;
begin
  perform set_config('app.group_ids', '*', true);
  for town in select id from app.municipality loop
    perform set_config('app.municipality_id', town::text, true);
    update app.ticket k set use_id = u.id
      from (select distinct on (e.group_id, e.unit, s.serial) e.group_id, e.unit, s.serial, e.id from app.ledger_entry e, unnest(e.serials) s (serial)
        where e.municipality_id = town and e.kind = 'use' order by e.group_id, e.unit, s.serial, e.no desc) u
      where k.municipality_id = town and k.group_id = u.group_id and k.unit = u.unit and k.serial = u.serial and k.state in ('used', 'redeemed');
    update app.ticket k set use_id = k.entry_id from app.ledger_entry e where k.municipality_id = town and k.state = 'used' and e.municipality_id = town and e.id = k.entry_id and e.kind = 'use';
  end loop;
  perform set_config('app.municipality_id', '', true);
  perform set_config('app.group_ids', '', true);
end $$;

-- The tickets that an entry moved last; those of a use wherever they went since.
create or replace function app.serials_of(town int, entry uuid, written int[]) returns int[] language sql stable
  return case when written is not null then coalesce(
    (select array_agg(k.serial) from app.ticket k where k.municipality_id = town and k.entry_id = entry),
    (select array_agg(k.serial) from app.ticket k where k.municipality_id = town and k.use_id = entry and k.state in ('used', 'redeemed')), written) end;
create index on app.ticket (municipality_id, use_id) where use_id is not null;

-- Only a bill may go below zero, whatever limit a posting asks for.
alter table app.ledger_account add constraint ledger_account_credit check (credit = 0 or role = 'bill');

-- What no posting may hold: a ticket named twice, a part of a settlement taken back, tickets used for other minutes than
-- theirs; and a payout of a month whose debts a later closing holds, or that were paid before it was opened again.
create or replace function app.post_entries(request jsonb) returns boolean language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  town    int  := app.current_municipality();
  grp     uuid := (request ->> 'groupId')::uuid;
  key     uuid := (request ->> 'key')::uuid;
  closing app.group_closing;
  paid    bigint;
  owed    bigint;
  wrong   record;
begin
  select s.serial as number into wrong from jsonb_array_elements(request -> 'lines') l, jsonb_array_elements_text(case when jsonb_typeof(l -> 'serials') = 'array' then l -> 'serials' end) s (serial)
    group by l, s.serial having count(*) > 1 limit 1;
  if found then raise exception using errcode = 'SA422', message = format('券の番号%sが二度入っています。番号を確かめてください。', wrong.number); end if;
  if exists (select from jsonb_array_elements(request -> 'lines') l join app.ledger_entry e on e.municipality_id = town and e.group_id = grp and e.id = (l ->> 'reverses')::uuid where e.settlement_id is not null) then
    raise exception using errcode = 'SA422', message = '活動の精算は、まとめて取り消します。活動の記録から取り消してください。';
  end if;
  select y.name, y.minutes into wrong from jsonb_array_elements(request -> 'lines') l
    join app.ticket_type y on y.municipality_id = town and y.group_id = grp and y.unit = (l ->> 'unit')::smallint
    where l ->> 'kind' = 'use' and (l ->> 'minutes')::bigint is distinct from (l ->> 'amount')::bigint * y.minutes limit 1;
  if found then raise exception using errcode = 'SA422', message = format('「%s」は1枚%s分の券です。活動の時間と枚数が合いません。料金のきまりを確かめてください。', wrong.name, wrong.minutes); end if;

  if not app.post_lines(request) then return false; end if;
  update app.ticket k set use_id = e.id from app.ledger_entry e
    where e.municipality_id = town and e.posting_id = key and e.kind = 'use' and e.serials is not null and k.municipality_id = town and k.entry_id = e.id;
  select sum(e.amount) into paid from app.ledger_entry e
    join app.ledger_account f on f.municipality_id = town and f.id = e.from_id and f.role = 'earned'
    join app.ledger_account t on t.municipality_id = town and t.id = e.to_id and t.role = 'world'
    where e.municipality_id = town and e.posting_id = key and e.unit = 0;
  if paid is null then return true; end if;
  if request ->> 'closingId' is not null then
    select * into closing from app.group_closing c where c.municipality_id = town and c.group_id = grp and c.id = (request ->> 'closingId')::uuid and c.reopened_at is null;
    if not found then raise exception using errcode = 'SA422', message = '開き直した月は払えません。もう一度締めてください。'; end if;
    if exists (select from app.group_closing c where c.municipality_id = town and c.group_id = grp and c.month > closing.month and c.reopened_at is null) then
      raise exception using errcode = 'SA422', message = 'あとの月も締めてあります。払っていない分は、新しい月の締めにふくまれています。そちらで払ってください。';
    end if;
    select coalesce(sum(b.balance), 0) into owed from app.closing_balance b
      join app.ledger_account a on a.municipality_id = town and a.id = b.account_id and a.role = 'earned' and a.unit = 0
      where b.municipality_id = town and b.closing_id = closing.id;
    select owed - coalesce(sum(e.amount), 0) into owed from app.group_closing c
      join app.payout p on p.municipality_id = town and p.closing_id = c.id
      join app.ledger_entry e on e.municipality_id = town and e.posting_id = p.posting_id and e.unit = 0
      where c.municipality_id = town and c.group_id = grp and c.month = closing.month and c.id <> closing.id
        and not exists (select from app.ledger_entry o where o.municipality_id = town and o.reverses = e.id);
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

-- The same check as before, and for each member: as many tickets by number as the books say.
alter function app.ledger_faults() rename to sum_faults;
create function app.ledger_faults() returns table (group_id uuid, fault text) language sql stable as $$
  select * from app.sum_faults()
  union all
  select coalesce(k.group_id, b.group_id), format('tickets of unit %s: member %s has %s %s by number, %s in the books', coalesce(k.unit, b.unit), coalesce(k.holder_id, b.member_id), coalesce(k.tickets, 0), coalesce(k.state, b.state), coalesce(b.balance, 0))
  from (select t.group_id, t.unit, t.state, t.holder_id, count(*) as tickets from app.ticket t
      where t.municipality_id = app.current_municipality() and t.state in ('sold', 'used') group by 1, 2, 3, 4) k
  full join (select a.group_id, a.unit, app.ticket_state(a.role) as state, a.member_id, sum(a.balance) as balance from app.ledger_account a
      join app.ticket_type y on y.municipality_id = a.municipality_id and y.group_id = a.group_id and y.unit = a.unit and y.paper
      where a.municipality_id = app.current_municipality() and a.role in ('holding', 'held', 'earned') group by 1, 2, 3, 4 having sum(a.balance) <> 0) b
    on b.group_id = k.group_id and b.unit = k.unit and b.state = k.state and b.member_id = k.holder_id
  where coalesce(k.tickets, 0) <> coalesce(b.balance, 0)
$$;
grant execute on function app.ledger_faults() to sasaeai_web;

-- A paper ticket came back: see 0032; the place of an assumed number is taken before and after the payout.
create or replace function app.return_ticket(grp uuid, of_unit int, number int, printed text, receiver text) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  town  int := app.current_municipality();
  found_ticket app.ticket;
  assumed app.ticket;
begin
  if town is null or not (app.sees_all_groups() or grp = any (app.seen_groups())) then raise exception using errcode = 'SA404', message = '団体が見つかりません。'; end if;
  perform pg_advisory_xact_lock(town, hashtext(grp::text));
  select * into found_ticket from app.ticket k where k.municipality_id = town and k.group_id = grp and k.unit = of_unit and k.serial = number for update;
  if found_ticket.serial is null then raise exception using errcode = 'SA422', message = format('券の番号%sは、この団体では発行していません。', number); end if;
  if printed <> '' and upper(printed) <> found_ticket.code then raise exception using errcode = 'SA422', message = format('券の番号%sの確かめの文字が、発行した券と違います。券を見て、もう一度入れてください。', number); end if;
  if found_ticket.returned_at is not null then
    raise exception using errcode = 'SA422', message = format('券の番号%sは、%s年%s月%s日に%sさんが受け取っています。二度は受け取れません。', number,
      extract(year from found_ticket.returned_at at time zone 'Asia/Tokyo'), extract(month from found_ticket.returned_at at time zone 'Asia/Tokyo'), extract(day from found_ticket.returned_at at time zone 'Asia/Tokyo'), found_ticket.returned_by);
  end if;
  if found_ticket.state = 'sold' then
    select u.* into assumed from app.ticket u
      join app.ledger_entry e on e.municipality_id = town and e.id = u.use_id
      join app.ledger_account f on f.municipality_id = town and f.id = e.from_id
      where u.municipality_id = town and u.group_id = grp and u.unit = of_unit and u.state in ('used', 'redeemed') and u.returned_at is null and f.member_id = found_ticket.holder_id
      order by u.serial limit 1 for update of u;
    if assumed.serial is null then
      raise exception using errcode = 'SA422', message = format('券の番号%sを使った活動の記録がまだありません。先に活動の報告を入れてください。', number);
    end if;
    update app.ticket k set state = 'sold', holder_id = found_ticket.holder_id, entry_id = found_ticket.entry_id, use_id = null where k.municipality_id = town and k.group_id = grp and k.unit = of_unit and k.serial = assumed.serial;
    update app.ticket k set state = assumed.state, holder_id = assumed.holder_id, entry_id = assumed.entry_id, use_id = assumed.use_id where k.municipality_id = town and k.group_id = grp and k.unit = of_unit and k.serial = number;
  elsif found_ticket.state not in ('used', 'redeemed') then
    raise exception using errcode = 'SA422', message = format('券の番号%sは、%s券です。受け取らずに、発行した人に確かめてください。', number, case found_ticket.state when 'stock' then 'まだ売っていない' when 'void' then '廃棄した' else '期限の切れた' end);
  end if;
  update app.ticket k set returned_at = clock_timestamp(), returned_by = receiver where k.municipality_id = town and k.group_id = grp and k.unit = of_unit and k.serial = number;
end $$;

-- Tickets that are good for six months at most are outside 資金決済法: sold in a month, until the end of the fifth after it.
create or replace function app.prepaid_unused(until date) returns table (group_id uuid, unit smallint, tickets bigint, yen bigint) language plpgsql volatile as $$
declare
  seen text := coalesce(current_setting('app.group_ids', true), '');
begin
  perform set_config('app.group_ids', '*', true);
  return query
    select y.group_id, y.unit, held.tickets, held.tickets * y.face_yen from app.ticket_type y,
      lateral (select coalesce(sum(came.total), 0)::bigint - coalesce(sum(went.total), 0)::bigint as tickets from app.ledger_account a,
          lateral (select sum(e.amount) as total from app.ledger_entry e where e.municipality_id = a.municipality_id and e.to_id = a.id and e.month <= until) came,
          lateral (select sum(e.amount) as total from app.ledger_entry e where e.municipality_id = a.municipality_id and e.from_id = a.id and e.month <= until) went
        where a.municipality_id = y.municipality_id and a.group_id = y.group_id and a.unit = y.unit and a.role in ('holding', 'held')) held
    where y.municipality_id = app.current_municipality() and y.face_yen > 0 and coalesce(y.months_valid, 6) > 5;
  perform set_config('app.group_ids', seen, true);
end $$;
