-- What leaves the groups: how many, never who. Requests count by the day they came, visits by the day they were made.
create function app.help_figures(since_day date, till_day date) returns table (group_id uuid, month date, counted_as text, consultations int, adjustments int, visits int, minutes bigint) language plpgsql volatile as $$
#variable_conflict use_column
declare
  seen text := coalesce(current_setting('app.group_ids', true), '');
begin
  perform set_config('app.group_ids', '*', true);
  return query
    select c.group_id, date_trunc('month', c.day)::date, c.counted_as, sum(c.consultations)::int, sum(c.adjustments)::int, sum(c.visits)::int, sum(c.minutes)::bigint from (
      select r.group_id, r.received_on as day, r.counted_as, (r.kind = 'consultation')::int as consultations, (r.kind = 'help')::int as adjustments, 0 as visits, 0 as minutes
        from app.help_request r where r.municipality_id = app.current_municipality() and r.received_on between since_day and till_day
      union all
      select p.group_id, p.day, v.counted_as, 0, 0, 1, p.minutes from app.visit_report p join app.visit v on v.municipality_id = p.municipality_id and v.id = p.visit_id
        where p.municipality_id = app.current_municipality() and p.day between since_day and till_day and p.withdrawn_at is null and p.approved_at is not null and p.result = 'done') c
    group by 1, 2, 3 order by 1, 2, 3;
  perform set_config('app.group_ids', seen, true);
end $$;
grant execute on function app.help_figures(date, date) to sasaeai_web;

-- helpers, users: who helped or was helped in these days. usual: visits by the helper whom the user saw most often, of `made`.
-- waits, wait_days: requests whose first visit lies in these days, and the days from the call until then.
create function app.help_people(since_day date, till_day date) returns table (group_id uuid, helpers int, users int, made int, usual int, waits int, wait_days bigint) language plpgsql volatile as $$
#variable_conflict use_column
declare
  seen text := coalesce(current_setting('app.group_ids', true), '');
begin
  perform set_config('app.group_ids', '*', true);
  return query
    with made as materialized (
      select p.group_id, v.user_id, v.request_id, p.helper_ids, p.day from app.visit_report p join app.visit v on v.municipality_id = p.municipality_id and v.id = p.visit_id
        where p.municipality_id = app.current_municipality() and p.day between since_day and till_day and p.withdrawn_at is null and p.approved_at is not null and p.result = 'done'),
    pairs as (select m.group_id, m.user_id, h.helper, count(*) as times from made m, unnest(m.helper_ids) h (helper) group by 1, 2, 3),
    most as (select u.group_id, sum(u.times)::int as usual from (select p.group_id, p.user_id, max(p.times) as times from pairs p group by 1, 2) u group by 1),
    firsts as (
      select f.group_id, count(*)::int as waits, sum(f.day - r.received_on)::bigint as wait_days from (select m.group_id, m.request_id, min(m.day) as day from made m group by 1, 2) f
        join app.help_request r on r.municipality_id = app.current_municipality() and r.id = f.request_id
        where not exists (select from app.visit v join app.visit_report p on p.municipality_id = v.municipality_id and p.visit_id = v.id
          where v.municipality_id = app.current_municipality() and v.request_id = f.request_id and p.day < since_day and p.withdrawn_at is null and p.approved_at is not null and p.result = 'done') group by 1)
    select m.group_id, (select count(distinct p.helper)::int from pairs p where p.group_id = m.group_id), count(distinct m.user_id)::int, count(*)::int, max(u.usual), coalesce(max(f.waits), 0), coalesce(max(f.wait_days), 0)
      from made m join most u on u.group_id = m.group_id left join firsts f on f.group_id = m.group_id group by m.group_id;
  perform set_config('app.group_ids', seen, true);
end $$;
grant execute on function app.help_people(date, date) to sasaeai_web;

-- Requests that were not met, and visits whose day passed without a helper ('passed').
create function app.unmet_counts(since_day date, till_day date) returns table (group_id uuid, area_id uuid, counted_as text, reason text, times int) language plpgsql volatile as $$
#variable_conflict use_column
declare
  seen text := coalesce(current_setting('app.group_ids', true), '');
begin
  perform set_config('app.group_ids', '*', true);
  return query
    select u.group_id, coalesce(u.area_id, g.area_id), u.counted_as, u.reason, count(*)::int from (
      select n.group_id, n.area_id, n.counted_as, n.reason from app.unmet_need n
        where n.municipality_id = app.current_municipality() and n.noted_on between since_day and till_day and n.answer is distinct from 'taken'
      union all
      select r.group_id, m.area_id, r.counted_as, 'other' from app.help_request r join app.member m on m.municipality_id = r.municipality_id and m.id = r.user_id
        where r.municipality_id = app.current_municipality() and r.state = 'unmet' and r.closed_on between since_day and till_day
          and not exists (select from app.unmet_need n where n.municipality_id = r.municipality_id and n.request_id = r.id)
      union all
      select v.group_id, m.area_id, v.counted_as, 'passed' from app.visit v join app.member m on m.municipality_id = v.municipality_id and m.id = v.user_id
        where v.municipality_id = app.current_municipality() and v.state = 'open' and v.due_day between since_day and least(till_day, (now() at time zone 'Asia/Tokyo')::date - 1)) u
    join app.help_group g on g.municipality_id = app.current_municipality() and g.id = u.group_id
    group by 1, 2, 3, 4 order by 1, 2, 3, 4;
  perform set_config('app.group_ids', seen, true);
end $$;
grant execute on function app.unmet_counts(date, date) to sasaeai_web;

-- Reports and requests of a whole town by day.
create index on app.visit_report (municipality_id, day) where withdrawn_at is null;
create index on app.help_request (municipality_id, received_on);

-- Tickets issued and used (a use that was reversed is none), by service date.
create function app.ticket_counts(since_day date, till_day date) returns table (group_id uuid, issued bigint, used bigint) language plpgsql volatile as $$
#variable_conflict use_column
declare
  seen text := coalesce(current_setting('app.group_ids', true), '');
begin
  perform set_config('app.group_ids', '*', true);
  return query
    select e.group_id, coalesce(sum(e.amount) filter (where e.kind = 'issue'), 0)::bigint, coalesce(sum(e.amount) filter (where e.kind = 'use'), 0)::bigint from app.ledger_entry e
      where e.municipality_id = app.current_municipality() and e.unit >= 2 and e.kind in ('issue', 'use') and e.service_date between since_day and till_day
        and not exists (select from app.ledger_entry o where o.municipality_id = e.municipality_id and o.reverses = e.id)
      group by e.group_id;
  perform set_config('app.group_ids', seen, true);
end $$;
grant execute on function app.ticket_counts(date, date) to sasaeai_web;
