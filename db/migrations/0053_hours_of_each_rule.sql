-- Where the rules of a schedule have hours of their own, searching by weekday and time of day asks the schedule itself.
update published.resource set limits = view -> 'schedule'
where not withdrawn and limits is null and (
  select count(distinct concat_ws('/', coalesce(rule ->> 'starts', '-'), coalesce(rule ->> 'ends', '-'), coalesce(rule ->> 'part', '-')))
  from jsonb_array_elements(view -> 'schedule' -> 'rules') rule) > 1;

-- 塵 folds to ごみ from now on; keys that were stored before follow.
update published.resource set name_key = replace(name_key, '塵', 'ごみ'), text_key = replace(text_key, '塵', 'ごみ')
where name_key like '%塵%' or text_key like '%塵%';
do $$
declare town int;
begin
  for town in select id from app.municipality loop
    perform set_config('app.municipality_id', town::text, true);
    update app.resource set name_key = replace(name_key, '塵', 'ごみ') where municipality_id = town and name_key like '%塵%';
  end loop;
  perform set_config('app.municipality_id', '', true);
end $$;
