-- Finishes a month: alone, so that no posting is under way, and in order.
create function app.close_month(grp uuid, closed_month date, closer uuid, closer_name text, counts jsonb) returns uuid language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  town  int := app.current_municipality();
  last  record;
  waits date;
  made  uuid := gen_random_uuid();
begin
  if town is null or not (app.sees_all_groups() or grp = any (app.seen_groups())) then raise exception using errcode = 'SA404', message = '団体が見つかりません。'; end if;
  perform pg_advisory_xact_lock(town, hashtext(grp::text));
  select c.id, c.month into last from app.group_closing c where c.municipality_id = town and c.group_id = grp and c.reopened_at is null order by c.month desc limit 1;
  if last.month >= closed_month then
    raise exception using errcode = 'SA422', message = format('%s年%s月は、すでに締めてあります。', extract(year from closed_month), extract(month from closed_month));
  end if;
  select min(e.month) into waits from app.ledger_entry e where e.municipality_id = town and e.group_id = grp and e.month < closed_month and e.month > coalesce(last.month, '-infinity');
  if waits is not null then
    raise exception using errcode = 'SA422', message = format('先に%s年%s月を締めてください。', extract(year from waits), extract(month from waits));
  end if;
  insert into app.group_closing (municipality_id, id, group_id, month, closed_at, closed_by, closed_by_name, counted) values (town, made, grp, closed_month, clock_timestamp(), closer, closer_name, counts);
  insert into app.closing_balance (municipality_id, closing_id, account_id, group_id, opening, came, went, balance)
    select town, made, coalesce(b.account_id, m.account_id), grp, coalesce(b.balance, 0), coalesce(m.came, 0), coalesce(m.went, 0), coalesce(b.balance, 0) + coalesce(m.came, 0) - coalesce(m.went, 0)
    from (select p.account_id, p.balance from app.closing_balance p where p.municipality_id = town and p.closing_id = last.id and p.balance <> 0) b
    full join (
      select s.account_id, sum(s.came) as came, sum(s.went) as went
      from app.ledger_entry e, lateral (values (e.to_id, e.amount, 0::bigint), (e.from_id, 0::bigint, e.amount)) s (account_id, came, went)
      where e.municipality_id = town and e.group_id = grp and e.month = closed_month group by s.account_id) m on m.account_id = b.account_id;
  return made;
end $$;
revoke all on function app.close_month(uuid, date, uuid, text, jsonb) from public;
grant execute on function app.close_month(uuid, date, uuid, text, jsonb) to sasaeai_web;

-- Only the last closed month, by another person (a constraint says so too), with a reason.
create function app.reopen_month(closing uuid, opener uuid, opener_name text, reason text) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  town int := app.current_municipality();
  it   app.group_closing;
begin
  select * into it from app.group_closing c where c.municipality_id = town and c.id = closing;
  if it.id is null or not (app.sees_all_groups() or it.group_id = any (app.seen_groups())) then raise exception using errcode = 'SA404', message = '締めが見つかりません。'; end if;
  perform pg_advisory_xact_lock(town, hashtext(it.group_id::text));
  if exists (select from app.group_closing c where c.municipality_id = town and c.group_id = it.group_id and c.reopened_at is null and c.month > it.month) then
    raise exception using errcode = 'SA422', message = '新しい月から順に開いてください。';
  end if;
  if it.closed_by = opener or it.closed_by_name = opener_name then
    raise exception using errcode = 'SA422', message = '締めた人は開き直せません。ほかの世話人に頼んでください。';
  end if;
  if trim(reason) = '' then raise exception using errcode = 'SA422', message = '開き直す理由を書いてください。'; end if;
  update app.group_closing c set reopened_at = clock_timestamp(), reopened_by = opener, reopened_by_name = opener_name, reopen_reason = reason
    where c.municipality_id = town and c.id = closing and c.reopened_at is null;
  if not found then raise exception using errcode = 'SA422', message = 'この月は、すでに開き直してあります。'; end if;
end $$;
revoke all on function app.reopen_month(uuid, uuid, text, text) from public;
grant execute on function app.reopen_month(uuid, uuid, text, text) to sasaeai_web;

-- What does not add up in the current town's books: no row when all is well (`sasaeai ledger verify`).
create function app.ledger_faults() returns table (group_id uuid, fault text) language sql stable as $$
  with side as (
    select e.municipality_id, e.group_id, e.unit, s.account_id, sum(s.delta) as total from app.ledger_entry e,
      lateral (values (e.to_id, e.amount), (e.from_id, -e.amount)) s (account_id, delta)
    where e.municipality_id = app.current_municipality() group by 1, 2, 3, 4
  ), reversed as (select e.reverses as id from app.ledger_entry e where e.municipality_id = app.current_municipality() and e.reverses is not null)
  select a.group_id, format('unit %s: the balances do not add to zero but to %s', a.unit, sum(a.balance))
    from app.ledger_account a where a.municipality_id = app.current_municipality() group by a.group_id, a.unit having sum(a.balance) <> 0
  union all
  select a.group_id, format('account %s (%s): balance %s, entries %s', a.id, a.role, a.balance, coalesce(s.total, 0))
    from app.ledger_account a left join side s on s.account_id = a.id and s.unit = a.unit
    where a.municipality_id = app.current_municipality() and a.balance <> coalesce(s.total, 0)
  union all
  select a.group_id, format('account %s (%s): balance %s is beyond its limit', a.id, a.role, a.balance)
    from app.ledger_account a where a.municipality_id = app.current_municipality() and a.role not in ('world', 'issued', 'mint') and a.balance < -a.credit
  union all
  select y.group_id, format('tickets of unit %s: %s are %s by number, %s in the books', y.unit, coalesce(k.tickets, 0), place.name, coalesce(b.balance, 0))
    from app.ticket_type y
    cross join unnest(array['stock', 'sold', 'used', 'redeemed', 'void', 'expired']) place (name)
    left join lateral (select count(*) as tickets from app.ticket k where k.municipality_id = y.municipality_id and k.group_id = y.group_id and k.unit = y.unit and k.state = place.name) k on true
    left join lateral (select sum(a.balance)::bigint as balance from app.ledger_account a where a.municipality_id = y.municipality_id and a.group_id = y.group_id and a.unit = y.unit and app.ticket_state(a.role) = place.name) b on true
    where y.municipality_id = app.current_municipality() and y.paper and coalesce(k.tickets, 0) <> coalesce(b.balance, 0)
  union all
  select y.group_id, format('tickets of unit %s: %s issued, numbers up to %s', y.unit, count(k.serial), max(k.serial))
    from app.ticket_type y join app.ticket k on k.municipality_id = y.municipality_id and k.group_id = y.group_id and k.unit = y.unit
    where y.municipality_id = app.current_municipality() group by y.group_id, y.unit having count(k.serial) <> max(k.serial)
  union all
  select e.group_id, format('entry %s: %s tickets used for %s minutes', e.id, e.amount, e.minutes)
    from app.ledger_entry e join app.ticket_type y on y.municipality_id = e.municipality_id and y.group_id = e.group_id and y.unit = e.unit
    where e.municipality_id = app.current_municipality() and e.kind = 'use' and e.minutes is distinct from (e.amount * y.minutes)::int
  union all
  select s.group_id, format('settlement %s: %s minutes paid, %s by tickets', s.id, s.paid_minutes, sum(e.minutes))
    from app.settlement s join app.ledger_entry e on e.municipality_id = s.municipality_id and e.settlement_id = s.id and e.kind = 'use' and e.unit >= 1
    where s.municipality_id = app.current_municipality() group by s.group_id, s.id, s.paid_minutes having sum(e.minutes) <> s.paid_minutes
  union all
  select s.group_id, format('settlement %s: reversed in part', s.id)
    from app.settlement s join app.ledger_entry e on e.municipality_id = s.municipality_id and e.settlement_id = s.id and e.reverses is null
    where s.municipality_id = app.current_municipality() group by s.group_id, s.id, s.reversed_by
    having (s.reversed_by is not null) <> bool_and(e.id in (select id from reversed)) or s.reversed_by is null and bool_or(e.id in (select id from reversed))
  union all
  select e.group_id, format('entry %s is no exact reversal of %s', e.id, o.id)
    from app.ledger_entry e join app.ledger_entry o on o.municipality_id = e.municipality_id and o.id = e.reverses
    where e.municipality_id = app.current_municipality() and (o.from_id, o.to_id, o.amount, o.unit) is distinct from (e.to_id, e.from_id, e.amount, e.unit)
  union all
  select c.group_id, format('the closed month %s: account %s had %s, its entries say %s', c.month, b.account_id, b.balance, coalesce(m.total, 0))
    from app.group_closing c join app.closing_balance b on b.municipality_id = c.municipality_id and b.closing_id = c.id
    left join lateral (select sum(case when e.to_id = b.account_id then e.amount else -e.amount end) as total from app.ledger_entry e
      where e.municipality_id = c.municipality_id and e.group_id = c.group_id and e.month <= c.month and (e.to_id = b.account_id or e.from_id = b.account_id)) m on true
    where c.municipality_id = app.current_municipality() and c.reopened_at is null and b.balance <> coalesce(m.total, 0)
  union all
  select e.group_id, format('entry %s came into the closed month %s', e.id, c.month)
    from app.group_closing c join app.ledger_entry e on e.municipality_id = c.municipality_id and e.group_id = c.group_id and e.month = c.month and e.posted_at > c.closed_at
    where c.municipality_id = app.current_municipality() and c.reopened_at is null
$$;
grant execute on function app.ledger_faults() to sasaeai_web;

-- Tickets that were sold and not used, at the end of a month: what an issuer owes by 資金決済法. No person is in it.
create function app.prepaid_unused(until date) returns table (group_id uuid, unit smallint, tickets bigint, yen bigint) language plpgsql volatile as $$
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
    where y.municipality_id = app.current_municipality() and y.face_yen > 0;
  perform set_config('app.group_ids', seen, true);
end $$;
grant execute on function app.prepaid_unused(date) to sasaeai_web;

-- What the town decides for itself about mutual help: from which unused balance to warn of 資金決済法.
alter table app.town_rule add column prepaid_limit_yen bigint not null default 10000000 check (prepaid_limit_yen > 0);
