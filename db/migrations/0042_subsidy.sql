-- What a town subsidises of mutual help, as data: households and days with a limit (渋川市), or how many kinds of help (遊佐町).
create table app.subsidy_rule (
  municipality_id int  not null default app.current_municipality() references app.municipality,
  id              uuid not null default gen_random_uuid(),
  name            text not null check (name <> ''),
  counting        text not null check (counting in ('household_days', 'service_kinds')),
  kinds           text[] not null,          -- codes of the common kinds of help, and names of kinds that groups added; empty: all
  yen             int  not null default 0 check (yen between 0 and 1000000),       -- of one household on one day
  most            int  check (most between 1 and 366),
  most_per        text check (most_per in ('month', 'year')),                       -- the year from April
  least_kinds     int  check (least_kinds between 1 and 50),
  below_percent   int  check (below_percent between 0 and 100),                     -- of the subsidy, with fewer kinds
  sort            int  not null default 0,
  ends_on         date,
  primary key (municipality_id, id),
  check ((most is null) = (most_per is null)),
  check (counting = 'household_days' and least_kinds is null and below_percent is null
    or counting = 'service_kinds' and least_kinds is not null and below_percent is not null and most is null and yen = 0)
);
call app.protect('subsidy_rule');
revoke delete on app.subsidy_rule from sasaeai_web;

-- Visits that a subsidy may count: reported, confirmed, done. People at the same address are one household, named by one of them.
create function app.subsidised(since_day date, till_day date) returns table (group_id uuid, day date, kind text, counted_as text, household uuid) language sql stable as $$
  select p.group_id, p.day, coalesce(c.name, v.category_code), v.counted_as, min(m.id::text) over (partition by p.group_id, coalesce(nullif(m.address_key, ''), m.id::text))::uuid
  from app.visit_report p
  join app.visit v on v.municipality_id = p.municipality_id and v.id = p.visit_id
  join app.member m on m.municipality_id = p.municipality_id and m.id = v.user_id
  left join app.help_category c on c.municipality_id = v.municipality_id and c.group_id = v.group_id and c.code = v.category_code
  where p.municipality_id = app.current_municipality() and p.day between since_day and till_day and p.withdrawn_at is null and p.approved_at is not null and p.result = 'done'
$$;
grant execute on function app.subsidised(date, date) to sasaeai_web;

-- By household (one of its members) and month, or year where the limit is one of the year. A group sees its own only.
create function app.subsidy_households(since_day date, till_day date) returns table (rule_id uuid, group_id uuid, user_id uuid, part date, days int, counted int) language sql stable as $$
  select h.rule_id, h.group_id, h.household, h.part, h.days, least(h.days, h.most) from (
    select r.id as rule_id, r.most, s.group_id, s.household, count(distinct s.day)::int as days,
      case r.most_per when 'year' then (date_trunc('year', s.day - interval '3 months') + interval '3 months')::date else date_trunc('month', s.day)::date end as part
    from app.subsidy_rule r join app.subsidised(since_day, till_day) s on r.kinds = '{}' or s.kind = any (r.kinds)
    where r.municipality_id = app.current_municipality() and r.counting = 'household_days'
    group by r.id, r.most, s.group_id, s.household, 6) h
$$;
grant execute on function app.subsidy_households(date, date) to sasaeai_web;

-- What leaves the groups: how many, never who.
create function app.subsidy_counts(since_day date, till_day date) returns table (rule_id uuid, group_id uuid, households int, days int, counted int, kinds int) language plpgsql volatile as $$
#variable_conflict use_column
declare
  seen text := coalesce(current_setting('app.group_ids', true), '');
begin
  perform set_config('app.group_ids', '*', true);
  return query
    select h.rule_id, h.group_id, count(distinct h.user_id)::int, sum(h.days)::int, sum(h.counted)::int, 0 from app.subsidy_households(since_day, till_day) h group by 1, 2
    union all
    select r.id, s.group_id, 0, 0, 0, count(distinct case when r.kinds = '{}' then s.counted_as else s.kind end)::int
      from app.subsidy_rule r join app.subsidised(since_day, till_day) s on r.kinds = '{}' or s.kind = any (r.kinds)
      where r.municipality_id = app.current_municipality() and r.counting = 'service_kinds' group by 1, 2;
  perform set_config('app.group_ids', seen, true);
end $$;
grant execute on function app.subsidy_counts(date, date) to sasaeai_web;
