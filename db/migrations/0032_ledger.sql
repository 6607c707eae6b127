-- Units are never mixed: 0 yen, 1 minute, from 2 the ticket types of a group.
create table app.ticket_type (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  unit            smallint not null check (unit >= 2),
  name            text not null check (name <> ''),
  minutes         int  not null check (minutes between 1 and 480),
  face_yen        int  not null check (face_yen between 0 and 100000),
  paper           boolean not null,
  months_valid    int  check (months_valid between 1 and 120),
  book_tickets    int  not null default 10 check (book_tickets between 1 and 100),
  book_donation   int  not null default 0 check (book_donation between 0 and 100000),
  ends_on         date,
  created_at      timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, group_id, unit),
  foreign key (municipality_id, group_id) references app.help_group
);
call app.protect('ticket_type');
revoke delete on app.ticket_type from sasaeai_web;

-- Who can hold something. `world`, `issued` and `mint` are where yen, tickets and minutes come from: they only fall.
-- The balance is written by app.post_entries alone and proven equal to the sums (app.ledger_faults).
create table app.ledger_account (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  role            text not null check (role in ('world', 'fund', 'own', 'issued', 'stock', 'void', 'expired', 'redeemed', 'mint', 'holding', 'held', 'earned', 'bill')),
  member_id       uuid,
  unit            smallint not null check (unit >= 0),
  ticket_unit     smallint check (ticket_unit is not distinct from case when unit >= 2 then unit end),     -- for the foreign key
  credit          bigint not null default 0 check (credit >= 0),
  balance         bigint not null default 0,
  primary key (municipality_id, id),
  unique nulls not distinct (municipality_id, group_id, role, member_id, unit),
  unique (municipality_id, group_id, unit, id),
  foreign key (municipality_id, group_id) references app.help_group,
  foreign key (municipality_id, group_id, member_id) references app.member (municipality_id, group_id, id),
  foreign key (municipality_id, group_id, ticket_unit) references app.ticket_type (municipality_id, group_id, unit),
  check ((member_id is not null) = (role in ('holding', 'held', 'earned', 'bill'))),
  constraint ledger_account_overdrawn check (role in ('world', 'issued', 'mint') or balance >= -credit),
  constraint ledger_account_source check (role not in ('world', 'issued', 'mint') or balance <= 0)
);
create index on app.ledger_account (municipality_id, member_id);
call app.protect('ledger_account');
call app.protect_group('ledger_account');
revoke insert, update, delete on app.ledger_account from sasaeai_web;

-- What was posted together. Its id is the idempotency key; the hash says whether the same was asked for.
create table app.ledger_posting (
  municipality_id int   not null default app.current_municipality() references app.municipality,
  id              uuid  not null,
  group_id        uuid  not null,
  request_hash    bytea not null,
  posted_at       timestamptz not null,
  account_id      uuid,
  by_name         text  not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, group_id) references app.help_group
);
call app.protect('ledger_posting');
call app.protect_group('ledger_posting');
revoke insert, update, delete on app.ledger_posting from sasaeai_web;

-- What one report of a visit cost. A report is settled once; a corrected report needs the earlier settlement reversed.
create table app.settlement (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null,
  group_id        uuid not null,
  posting_id      uuid not null,
  report_id       uuid not null,
  visit_id        uuid,
  user_id         uuid not null,
  helper_ids      uuid[] not null,
  service_date    date not null,
  minutes         int  not null check (minutes > 0),           -- of the visit
  paid_minutes    int  not null check (paid_minutes >= 0),     -- of all helpers, after rounding
  category_code   text not null check (category_code <> ''),
  tariff_id       uuid not null,
  reversed_by     uuid,
  primary key (municipality_id, id),
  unique (municipality_id, report_id),
  foreign key (municipality_id, posting_id) references app.ledger_posting,
  foreign key (municipality_id, reversed_by) references app.ledger_posting,
  foreign key (municipality_id, tariff_id) references app.tariff,
  foreign key (municipality_id, group_id, user_id) references app.member (municipality_id, group_id, id)
);
create unique index on app.settlement (municipality_id, visit_id) where reversed_by is null;
create index on app.settlement (municipality_id, group_id, service_date);
call app.protect('settlement');
call app.protect_group('settlement');
revoke insert, update, delete on app.settlement from sasaeai_web;

-- The books: an entry moves an amount from one account to another of the same group and unit (both keys carry them).
create table app.ledger_entry (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  no              bigint generated by default as identity,
  group_id        uuid not null,
  posting_id      uuid not null,
  kind            text not null check (kind in ('issue', 'sale', 'hold', 'release', 'use', 'cost', 'share', 'void', 'redeem', 'refund', 'expire', 'fee', 'donation', 'payment', 'opening', 'correct')),
  unit            smallint not null,
  from_id         uuid not null,
  to_id           uuid not null,
  amount          bigint not null check (amount > 0),
  service_date    date not null,
  month           date not null check (extract(day from month) = 1),   -- of the books: the service date's, or the open one after a closing
  posted_at       timestamptz not null,
  by_name         text not null,
  visit_id        uuid,
  settlement_id   uuid,
  minutes         int,
  serials         int[],
  reverses        uuid,
  note            text not null default '',
  primary key (municipality_id, id),
  unique (municipality_id, reverses),
  foreign key (municipality_id, posting_id) references app.ledger_posting,
  foreign key (municipality_id, settlement_id) references app.settlement,
  foreign key (municipality_id, reverses) references app.ledger_entry,
  foreign key (municipality_id, group_id, unit, from_id) references app.ledger_account (municipality_id, group_id, unit, id),
  foreign key (municipality_id, group_id, unit, to_id) references app.ledger_account (municipality_id, group_id, unit, id),
  check (from_id <> to_id),
  check (cardinality(serials) = amount)
);
create index on app.ledger_entry (municipality_id, group_id, month, no);
create index on app.ledger_entry (municipality_id, from_id, no);
create index on app.ledger_entry (municipality_id, to_id, no);
create index on app.ledger_entry (municipality_id, posting_id);
create index on app.ledger_entry (municipality_id, settlement_id);
call app.protect('ledger_entry');
call app.protect_group('ledger_entry');
revoke insert, update, delete on app.ledger_entry from sasaeai_web;
-- Not even the owner changes an entry: with row security forced and no policy for it, an update finds no row.
drop policy same_municipality on app.ledger_entry;
create policy same_municipality on app.ledger_entry for select using (municipality_id = (select app.current_municipality()));
create policy same_municipality_added on app.ledger_entry for insert with check (municipality_id = (select app.current_municipality()));

-- Paper tickets, one row each. Where a ticket is follows from the account that its number was last moved to.
create table app.ticket (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  group_id        uuid not null,
  unit            smallint not null,
  serial          int  not null check (serial > 0),
  code            text not null,             -- printed beside the number, so that a number cannot be made up
  state           text not null check (state in ('stock', 'sold', 'used', 'redeemed', 'void', 'expired')),
  holder_id       uuid,                      -- the member who has it, or had it last
  expires_on      date,
  entry_id        uuid not null,
  returned_at     timestamptz,
  returned_by     text,
  primary key (municipality_id, group_id, unit, serial),
  foreign key (municipality_id, group_id, unit) references app.ticket_type (municipality_id, group_id, unit),
  foreign key (municipality_id, entry_id) references app.ledger_entry,
  check ((returned_at is null) = (returned_by is null)),
  check (returned_at is null or state in ('used', 'redeemed'))
);
create index on app.ticket (municipality_id, group_id, unit, state, holder_id, expires_on, serial);
create index on app.ticket (municipality_id, entry_id);
call app.protect('ticket');
call app.protect_group('ticket');
revoke insert, update, delete on app.ticket from sasaeai_web;

-- A month of one group's books that is finished. Re-opened by another person with a reason; then closed anew.
create table app.group_closing (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  group_id        uuid not null,
  month           date not null check (extract(day from month) = 1),
  closed_at       timestamptz not null,
  closed_by       uuid,
  closed_by_name  text not null,
  counted         jsonb not null default '{}',     -- paper tickets and cash as counted by hand
  reopened_at     timestamptz,
  reopened_by     uuid,
  reopened_by_name text,
  reopen_reason   text,
  primary key (municipality_id, id),
  foreign key (municipality_id, group_id) references app.help_group,
  check ((reopened_at is null) = (reopen_reason is null)),
  check (reopen_reason <> ''),
  constraint group_closing_second_person check (reopened_at is null or reopened_by_name <> closed_by_name and (reopened_by <> closed_by or closed_by is null or reopened_by is null))
);
create unique index on app.group_closing (municipality_id, group_id, month) where reopened_at is null;
call app.protect('group_closing');
call app.protect_group('group_closing');
revoke insert, update, delete on app.group_closing from sasaeai_web;

create table app.closing_balance (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  closing_id      uuid not null,
  account_id      uuid not null,
  group_id        uuid not null,
  opening         bigint not null,
  came            bigint not null,
  went            bigint not null,
  balance         bigint not null,
  primary key (municipality_id, closing_id, account_id),
  foreign key (municipality_id, closing_id) references app.group_closing,
  foreign key (municipality_id, account_id) references app.ledger_account,
  check (balance = opening + came - went)
);
call app.protect('closing_balance');
call app.protect_group('closing_balance');
revoke insert, update, delete on app.closing_balance from sasaeai_web;

-- Where a paper ticket is, by the account that holds it.
create function app.ticket_state(role text) returns text language sql immutable
  return case role when 'stock' then 'stock' when 'holding' then 'sold' when 'held' then 'sold' when 'earned' then 'used'
    when 'redeemed' then 'redeemed' when 'void' then 'void' when 'expired' then 'expired' end;

create function app.account_id(town int, grp uuid, side jsonb, in_unit smallint) returns uuid language sql stable
  return (select a.id from app.ledger_account a where a.municipality_id = town and a.group_id = grp and a.role = side ->> 'role' and a.unit = in_unit
    and (a.member_id = (side ->> 'memberId')::uuid or side ->> 'memberId' is null and a.member_id is null));

-- The tickets that an entry moved last; a returned number may have taken the place of one that was only assumed.
create function app.serials_of(town int, entry uuid, written int[]) returns int[] language sql stable
  return case when written is not null then coalesce((select array_agg(k.serial) from app.ticket k where k.municipality_id = town and k.entry_id = entry), written) end;

-- Posts one request (C#: LedgerBooks) or nothing. False: it was posted before. SA409 same key, other content; SA422 a rule,
-- with the sentence for the person. Runs as the owner, because nobody else may write the books; hence each statement names
-- the town, and the group is checked by hand. Order of locks, the same everywhere: key, month, accounts by id, tickets.
create function app.post_entries(request jsonb) returns boolean language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  town       int  := app.current_municipality();
  grp        uuid := (request ->> 'groupId')::uuid;
  key        uuid := (request ->> 'key')::uuid;
  served     date := (request ->> 'serviceDate')::date;
  poster     text := request ->> 'byName';
  closed     date;
  books      date;
  undo       uuid := (request #>> '{settlement,reverses}')::uuid;
  line       jsonb;
  lines      jsonb := '[]';
  old        record;
  kind_of    app.ticket_type;
  a_from     uuid;
  a_to       uuid;
  entry      uuid;
  before_in  text;
  after_in   text;
  numbers    int[];
  wrong      record;
  holder     uuid;
begin
  if town is null or not exists (select from app.help_group g where g.municipality_id = town and g.id = grp)
     or not (app.sees_all_groups() or grp = any (app.seen_groups())) then
    raise exception using errcode = 'SA404', message = '団体が見つかりません。';
  end if;

  insert into app.ledger_posting (municipality_id, id, group_id, request_hash, posted_at, account_id, by_name)
    values (town, key, grp, decode(request ->> 'hash', 'hex'), clock_timestamp(), (request ->> 'accountId')::uuid, poster) on conflict do nothing;
  if not found then
    if exists (select from app.ledger_posting p where p.municipality_id = town and p.id = key and p.group_id = grp and p.request_hash = decode(request ->> 'hash', 'hex')) then
      return false;
    end if;
    raise exception using errcode = 'SA409', message = '同じ受付の印で、ちがう内容が先に記録されています。画面を開き直して、もう一度入力してください。';
  end if;

  perform pg_advisory_xact_lock_shared(town, hashtext(grp::text));     -- a closing takes it alone
  select max(c.month) into closed from app.group_closing c where c.municipality_id = town and c.group_id = grp and c.reopened_at is null;
  books := greatest(date_trunc('month', served)::date, (closed + interval '1 month')::date);

  -- What is to be moved: the lines themselves, and the opposite of each entry that is reversed.
  for line in select value from jsonb_array_elements(request -> 'lines') loop
    if line ? 'reverses' and line ->> 'reverses' is not null then
      select * into old from app.ledger_entry e where e.municipality_id = town and e.group_id = grp and e.id = (line ->> 'reverses')::uuid;
      if not found then raise exception using errcode = 'SA404', message = '取り消す行が見つかりません。'; end if;
      if old.reverses is not null then raise exception using errcode = 'SA422', message = '取り消しの行は取り消せません。もう一度、正しい内容を記録してください。'; end if;
      if old.kind = 'issue' then raise exception using errcode = 'SA422', message = '発行は取り消せません。券を廃棄として記録してください。'; end if;
      lines := lines || (line || jsonb_build_object('kind', 'correct', 'unit', old.unit, 'amount', old.amount, 'visitId', old.visit_id,
        'minutes', -old.minutes, 'serials', to_jsonb(app.serials_of(town, old.id, old.serials)), 'fromId', old.to_id, 'toId', old.from_id));
    else
      lines := lines || line;
    end if;
  end loop;
  if undo is not null then
    update app.settlement s set reversed_by = key where s.municipality_id = town and s.group_id = grp and s.id = undo and s.reversed_by is null;
    if not found then raise exception using errcode = 'SA422', message = 'この活動の精算は、すでに取り消されています。'; end if;
    for old in select e.* from app.ledger_entry e where e.municipality_id = town and e.settlement_id = undo and e.reverses is null order by e.no desc loop
      lines := lines || jsonb_build_object('reverses', old.id, 'kind', 'correct', 'unit', old.unit, 'amount', old.amount, 'visitId', old.visit_id,
        'minutes', -old.minutes, 'serials', to_jsonb(app.serials_of(town, old.id, old.serials)), 'fromId', old.to_id, 'toId', old.from_id, 'settlementId', undo, 'note', request #>> '{settlement,note}');
    end loop;
  elsif request -> 'settlement' <> 'null'::jsonb then
    insert into app.settlement (municipality_id, id, group_id, posting_id, report_id, visit_id, user_id, helper_ids, service_date, minutes, paid_minutes, category_code, tariff_id)
    select town, s.id, grp, key, s."reportId", s."visitId", s."userId", s."helperIds", served, s.minutes, s."paidMinutes", s."categoryCode", s."tariffId"
    from jsonb_to_record(request -> 'settlement') s (id uuid, "reportId" uuid, "visitId" uuid, "userId" uuid, "helperIds" uuid[], minutes int, "paidMinutes" int, "categoryCode" text, "tariffId" uuid)
    on conflict do nothing;
    if not found then raise exception using errcode = 'SA422', message = 'この活動は、すでに精算してあります。直すときは、先に精算を取り消してください。'; end if;
  end if;

  -- Accounts are made when first needed, then locked in the order of their ids: other orders deadlock.
  insert into app.ledger_account (municipality_id, group_id, role, member_id, unit, ticket_unit, credit)
    select distinct on (side ->> 'role', side ->> 'memberId', l -> 'unit') town, grp, side ->> 'role', (side ->> 'memberId')::uuid, (l ->> 'unit')::smallint, case when (l ->> 'unit')::smallint >= 2 then (l ->> 'unit')::smallint end, coalesce((side ->> 'credit')::bigint, 0)
    from jsonb_array_elements(lines) l, lateral (values (l -> 'from'), (l -> 'to')) s (side) where side is not null and side <> 'null'::jsonb
    order by side ->> 'role', side ->> 'memberId', l -> 'unit'
    on conflict do nothing;
  select jsonb_agg(l.value || jsonb_build_object('fromId', f.id, 'fromRole', f.role, 'fromMember', f.member_id, 'toId', t.id, 'toRole', t.role, 'toMember', t.member_id) order by l.no) into lines
    from jsonb_array_elements(lines) with ordinality l (value, no)
    cross join lateral (select a.* from app.ledger_account a where a.municipality_id = town and a.id = coalesce((l.value ->> 'fromId')::uuid, app.account_id(town, grp, l.value -> 'from', (l.value ->> 'unit')::smallint))) f
    cross join lateral (select a.* from app.ledger_account a where a.municipality_id = town and a.id = coalesce((l.value ->> 'toId')::uuid, app.account_id(town, grp, l.value -> 'to', (l.value ->> 'unit')::smallint))) t;
  perform 1 from app.ledger_account a
    where a.municipality_id = town and a.id in (select (l ->> side)::uuid from jsonb_array_elements(lines) l, unnest(array['fromId', 'toId']) side)
    order by a.id for no key update;

  for line in select value from jsonb_array_elements(coalesce(lines, '[]')) loop
    entry := gen_random_uuid();
    numbers := null;
    before_in := app.ticket_state(line ->> 'fromRole');
    after_in := app.ticket_state(line ->> 'toRole');
    if (line ->> 'unit')::smallint >= 2 and before_in is distinct from after_in then
      select * into kind_of from app.ticket_type y where y.municipality_id = town and y.group_id = grp and y.unit = (line ->> 'unit')::smallint;
      if kind_of.paper and before_in is null then          -- issued now: the next numbers
        select array_agg(n) into numbers from (select coalesce(max(k.serial), 0) as last from app.ticket k where k.municipality_id = town and k.group_id = grp and k.unit = kind_of.unit) top,
          generate_series(top.last + 1, top.last + (line ->> 'amount')::int) n;
      elsif kind_of.paper then                             -- the numbers named, else those that expire first
        numbers := (select array_agg(v::int order by v::int) from jsonb_array_elements_text(case when jsonb_typeof(line -> 'serials') = 'array' then line -> 'serials' end) v);
        holder := (line ->> 'fromMember')::uuid;
        if numbers is null then
          select array_agg(p.serial) into numbers from (select k.serial from app.ticket k
            where k.municipality_id = town and k.group_id = grp and k.unit = kind_of.unit and k.state = before_in and (holder is null or k.holder_id = holder)
            order by k.expires_on, k.serial limit (line ->> 'amount')::bigint) p;
        end if;
        if coalesce(cardinality(numbers), 0) <> (line ->> 'amount')::bigint then
          raise exception using errcode = 'SA422', message = '券の番号の数が、枚数と合いません。番号を確かめてください。';
        end if;
        select n, k.state, k.holder_id, e.service_date, e.by_name, e.posted_at into wrong from unnest(numbers) n
          left join app.ticket k on k.municipality_id = town and k.group_id = grp and k.unit = kind_of.unit and k.serial = n
          left join app.ledger_entry e on e.municipality_id = town and e.id = k.entry_id
          where k.state is distinct from before_in or holder is not null and k.holder_id is distinct from holder order by n limit 1;
        if found then
          raise exception using errcode = 'SA422', message = case
            when wrong.state is null then format('券の番号%sは、この団体では発行していません。', wrong.n)
            when wrong.state in ('used', 'redeemed') and before_in = 'sold' then format('券の番号%sは、%s年%s月%s日の活動で使われたと、%sさんが記録しています。二度は使えません。', wrong.n,
              extract(year from wrong.service_date), extract(month from wrong.service_date), extract(day from wrong.service_date), wrong.by_name)
            when wrong.state = before_in then format('券の番号%sは、ほかの会員が持っている券です。番号を確かめてください。', wrong.n)
            else format('券の番号%sは、いま「%s」の券です。番号を確かめてください。', wrong.n, case wrong.state when 'stock' then 'まだ売っていない' when 'sold' then '使われていない'
              when 'used' then '使われた' when 'redeemed' then '精算がすんだ' when 'void' then '廃棄した' else '期限の切れた' end) end;
        end if;
      end if;
    end if;

    insert into app.ledger_entry (municipality_id, id, group_id, posting_id, kind, unit, from_id, to_id, amount, service_date, month, posted_at, by_name, visit_id, settlement_id, minutes, serials, reverses, note)
    values (town, entry, grp, key, line ->> 'kind', (line ->> 'unit')::smallint, (line ->> 'fromId')::uuid, (line ->> 'toId')::uuid, (line ->> 'amount')::bigint, served, books, clock_timestamp(), poster,
      (line ->> 'visitId')::uuid, coalesce((line ->> 'settlementId')::uuid, (request #>> '{settlement,id}')::uuid), (line ->> 'minutes')::int, numbers, (line ->> 'reverses')::uuid, coalesce(line ->> 'note', ''));

    if numbers is not null and before_in is null then
      insert into app.ticket (municipality_id, group_id, unit, serial, code, state, entry_id)
        select town, grp, kind_of.unit, n, upper(substr(md5(gen_random_uuid()::text), 1, 6)), after_in, entry from unnest(numbers) n;
    elsif numbers is not null then
      update app.ticket k set state = after_in, entry_id = entry, holder_id = coalesce((line ->> 'toMember')::uuid, k.holder_id),
          expires_on = case when line ->> 'kind' = 'sale' then (line ->> 'expiresOn')::date else k.expires_on end,
          returned_at = case when after_in in ('used', 'redeemed') then k.returned_at end, returned_by = case when after_in in ('used', 'redeemed') then k.returned_by end
        where k.municipality_id = town and k.group_id = grp and k.unit = kind_of.unit and k.serial = any (numbers);
    end if;
  end loop;

  update app.ledger_account a set balance = a.balance + d.delta
    from (select m.account, sum(m.delta) as delta from jsonb_array_elements(lines) l,
            lateral (values ((l ->> 'fromId')::uuid, -(l ->> 'amount')::bigint), ((l ->> 'toId')::uuid, (l ->> 'amount')::bigint)) m (account, delta) group by m.account) d
    where a.municipality_id = town and a.id = d.account;
  return true;
end $$;
revoke all on function app.post_entries(jsonb) from public;
grant execute on function app.post_entries(jsonb) to sasaeai_web;

-- A paper ticket came back. The tickets of a visit are booked oldest first when their numbers are not known; the number
-- that really came back then takes the place of one that was only assumed. Returns what to tell; refuses with SA422.
create function app.return_ticket(grp uuid, of_unit int, number int, printed text, receiver text) returns void language plpgsql security definer
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
      join app.ledger_entry e on e.municipality_id = town and e.id = u.entry_id
      join app.ledger_account f on f.municipality_id = town and f.id = e.from_id
      where u.municipality_id = town and u.group_id = grp and u.unit = of_unit and u.state = 'used' and u.returned_at is null and f.member_id = found_ticket.holder_id
      order by u.serial limit 1 for update of u;
    if assumed.serial is null then
      raise exception using errcode = 'SA422', message = format('券の番号%sを使った活動の記録がまだありません。先に活動の報告を入れてください。', number);
    end if;
    update app.ticket k set state = 'sold', holder_id = found_ticket.holder_id, entry_id = found_ticket.entry_id where k.municipality_id = town and k.group_id = grp and k.unit = of_unit and k.serial = assumed.serial;
    update app.ticket k set state = 'used', holder_id = assumed.holder_id, entry_id = assumed.entry_id where k.municipality_id = town and k.group_id = grp and k.unit = of_unit and k.serial = number;
  elsif found_ticket.state not in ('used', 'redeemed') then
    raise exception using errcode = 'SA422', message = format('券の番号%sは、%s券です。受け取らずに、発行した人に確かめてください。', number, case found_ticket.state when 'stock' then 'まだ売っていない' when 'void' then '廃棄した' else '期限の切れた' end);
  end if;
  update app.ticket k set returned_at = clock_timestamp(), returned_by = receiver where k.municipality_id = town and k.group_id = grp and k.unit = of_unit and k.serial = number;
end $$;
revoke all on function app.return_ticket(uuid, int, int, text, text) from public;
grant execute on function app.return_ticket(uuid, int, int, text, text) to sasaeai_web;
