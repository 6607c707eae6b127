-- By month: visits, those by the helper whom the user saw most often in these days, and how evenly the minutes lie on the
-- helpers (each helper of a visit counts its minutes). How many, never who.
create function app.help_loads(since_day date, till_day date) returns table (group_id uuid, month date, made int, usual int, helpers int, median_minutes int, most_minutes int) language plpgsql volatile as $$
#variable_conflict use_column
declare
  seen text := coalesce(current_setting('app.group_ids', true), '');
begin
  perform set_config('app.group_ids', '*', true);
  return query
    with made as materialized (
      select p.group_id, date_trunc('month', p.day)::date as month, p.day, v.user_id, p.helper_ids, p.minutes from app.visit_report p join app.visit v on v.municipality_id = p.municipality_id and v.id = p.visit_id
        where p.municipality_id = app.current_municipality() and p.day between since_day and till_day and p.withdrawn_at is null and p.approved_at is not null and p.result = 'done'),
    known as (
      select distinct on (m.user_id) m.user_id, h.helper from made m, unnest(m.helper_ids) h (helper)
        group by m.user_id, h.helper order by m.user_id, count(*) desc, max(m.day) desc, h.helper),
    loads as (select m.group_id, m.month, h.helper, sum(m.minutes)::int as minutes from made m, unnest(m.helper_ids) h (helper) group by 1, 2, 3),
    spread as (select l.group_id, l.month, count(*)::int as helpers, percentile_cont(0.5) within group (order by l.minutes) as median, max(l.minutes) as most from loads l group by 1, 2)
    select m.group_id, m.month, count(*)::int, count(*) filter (where k.helper = any (m.helper_ids))::int, max(s.helpers), round(max(s.median))::int, max(s.most)
      from made m join known k on k.user_id = m.user_id join spread s on s.group_id = m.group_id and s.month = m.month group by 1, 2 order by 1, 2;
  perform set_config('app.group_ids', seen, true);
end $$;
grant execute on function app.help_loads(date, date) to sasaeai_web;
