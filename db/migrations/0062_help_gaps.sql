-- 祝日は休む for a series that follows the rubbish days (with days of its own, the rule of the schedule says it).
alter table app.help_series add column holidays_off boolean not null default false;

-- Requests, visits and a person's other traces are found by the member.
create index on app.unmet_need (municipality_id, request_id, noted_on);
create index on app.offer (municipality_id, member_id, asked_at);

-- A request that was opened again is not unmet any more; one that stayed unmet after that counts once, where it ended.
create or replace function app.unmet_counts(since_day date, till_day date) returns table (group_id uuid, area_id uuid, counted_as text, reason text, times int) language plpgsql volatile as $$
#variable_conflict use_column
declare
  seen text := coalesce(current_setting('app.group_ids', true), '');
begin
  perform set_config('app.group_ids', '*', true);
  return query
    select u.group_id, coalesce(u.area_id, g.area_id), u.counted_as, u.reason, count(*)::int from (
      select n.group_id, n.area_id, n.counted_as, n.reason from app.unmet_need n join app.help_request r on r.municipality_id = n.municipality_id and r.id = n.request_id
        where n.municipality_id = app.current_municipality() and n.noted_on between since_day and till_day and n.answer is distinct from 'taken' and r.state = 'unmet'
          and not exists (select from app.unmet_need later where later.municipality_id = n.municipality_id and later.request_id = n.request_id and (later.noted_on, later.id) > (n.noted_on, n.id))
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
