-- From which unused balance of one issuer a town is warned, before the threshold of 資金決済法 is reached.
alter table app.town_rule add column prepaid_warning_yen bigint not null default 8000000;
do $$      -- row security holds the owner too, hence one town after the other
declare
  town int;
begin
  for town in select id from app.municipality loop
    perform set_config('app.municipality_id', town::text, true);
    update app.town_rule set prepaid_warning_yen = prepaid_limit_yen where prepaid_limit_yen < prepaid_warning_yen;
  end loop;
  perform set_config('app.municipality_id', '', true);
end $$;
alter table app.town_rule add constraint town_rule_prepaid check (prepaid_warning_yen between 1 and prepaid_limit_yen);
