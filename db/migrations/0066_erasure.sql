-- What a group's records say in words about a member who left and was erased, and the signed papers of that person's visits,
-- are taken away; days, minutes, kinds, results and all that the books hold stay. Runs as the owner because the contact log
-- is only added to; row security still holds it to the town and to the groups of the request.
create function app.forget_member(grp uuid, gone uuid) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  town int := app.current_municipality();
  told constant text := '（消しました）';
begin
  if not exists (select from app.member m where m.municipality_id = town and m.group_id = grp and m.id = gone and m.left_on is not null and m.erased_at is not null) then
    raise exception using errcode = 'SA404', message = '消した会員が見つかりません。';
  end if;
  update app.help_request r set detail = case r.category_code when 'other' then told else '' end, detail_key = '', content = '{}', close_reason = case when r.close_reason = '' then '' else told end
    where r.municipality_id = town and r.group_id = grp and r.user_id = gone;
  update app.unmet_need n set person = null from app.help_request r
    where n.municipality_id = town and n.group_id = grp and n.person is not null and r.municipality_id = town and r.id = n.request_id and r.user_id = gone;
  delete from app.slip_photo s using app.visit_report p, app.visit v
    where s.municipality_id = town and s.group_id = grp and p.municipality_id = town and p.id = s.report_id and v.municipality_id = town and v.id = p.visit_id and v.user_id = gone;
  update app.visit_report p set content = p.content || '{"note": "", "incidentText": ""}', withdraw_reason = case when p.withdraw_reason = '' then '' else told end
    from app.visit v where p.municipality_id = town and p.group_id = grp and v.municipality_id = town and v.id = p.visit_id and v.user_id = gone;
  update app.offer o set note = '' where o.municipality_id = town and o.group_id = grp and o.note <> ''
    and (o.member_id = gone or exists (select from app.visit v where v.municipality_id = town and v.id = o.visit_id and v.user_id = gone));
  update app.assignment a set end_reason = case when a.end_reason = '' then '' else told end, override_reason = case when a.override_reason = '' then '' else told end
    where a.municipality_id = town and a.group_id = grp and (a.end_reason <> '' or a.override_reason <> '')
    and (a.member_id = gone or exists (select from app.visit v where v.municipality_id = town and v.id = a.visit_id and v.user_id = gone));
  update app.visit v set close_reason = case when v.close_reason = '' then '' else told end where v.municipality_id = town and v.group_id = grp and v.user_id = gone;
  delete from app.helper_link l where l.municipality_id = town and l.group_id = grp and l.member_id = gone;
end $$;
revoke all on function app.forget_member(uuid, uuid) from public;
grant execute on function app.forget_member(uuid, uuid) to sasaeai_web;

-- The same for callers who are no member and only talked something over, when the group's years have passed.
create function app.forget_callers(grp uuid, before date) returns int language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  town int := app.current_municipality();
  done int;
begin
  update app.help_request r set detail = case r.category_code when 'other' then '（消しました）' else '' end, detail_key = '', content = '{}'
    where r.municipality_id = town and r.group_id = grp and r.user_id is null and r.kind = 'consultation' and r.received_on < before and r.content <> '{}';
  get diagnostics done = row_count;
  return done;
end $$;
revoke all on function app.forget_callers(uuid, date) from public;
grant execute on function app.forget_callers(uuid, date) to sasaeai_web;
