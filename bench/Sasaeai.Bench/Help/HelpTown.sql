-- One town of mutual help, in bulk and without the audit trail. {town}, {groups}, {members} (of a group) and {visits} (of a group) are put in.
set synchronous_commit = off;
insert into app.organization (municipality_id, id, number, name, content, created_at, changed_at)
  select {town}, md5('o' || g)::uuid, 'B-' || g, '会' || g, jsonb_build_object('name', '会' || g), now(), now() from generate_series(1, {groups}) g;
insert into app.help_group (municipality_id, id, organization_id, name, kind, stage, stage_on, stage_by, content, created_at, changed_at)
  select {town}, md5('g' || g)::uuid, md5('o' || g)::uuid, '会' || g, 'residents', 'active', '2020-01-01', '計測', '{}', now(), now() from generate_series(1, {groups}) g;
insert into app.member (municipality_id, id, group_id, number, card, name, kana, name_key, kana_key, phone, phone_key, address, lat, lng, helper_since, user_since, content, joined_on, created_at, changed_at)
  select {town}, md5('m' || g || '/' || m)::uuid, md5('g' || g)::uuid, m, md5('c' || g || '/' || m), '会員' || m, 'かいいん' || m, '会員' || m, 'かいいん' || m, '09' || lpad((g * 1000 + m)::text, 8, '0'), '09' || lpad((g * 1000 + m)::text, 8, '0'), '本町' || m,
    36 + g * 0.01 + m % 10 * 0.001, 139.6 + m / 10 * 0.001, case when m <= {members} / 2 then date '2020-01-01' end, case when m > {members} / 2 then date '2020-01-01' end,
    '{"canDo": ["rubbish", "cleaning", "shopping"], "slots": []}', '2020-01-01', now(), now() from generate_series(1, {groups}) g, generate_series(1, {members}) m;
insert into app.tariff (municipality_id, id, group_id, starts_on, rules, created_at, by_name)
  select {town}, md5('t' || g)::uuid, md5('g' || g)::uuid, '2020-01-01', '{"payment": "ticket", "unitMinutes": 15, "price": 150, "ticketYen": 150, "ticketMinutes": 15, "ticketUnit": 2}', now(), '計測' from generate_series(1, {groups}) g;
insert into app.ticket_type (municipality_id, group_id, unit, name, minutes, face_yen, paper, created_at)
  select {town}, md5('g' || g)::uuid, 2, 'ありがとう券', 15, 150, false, now() from generate_series(1, {groups}) g;
insert into app.ledger_account (municipality_id, id, group_id, role, member_id, unit, ticket_unit)
  select {town}, md5('a' || g || role)::uuid, md5('g' || g)::uuid, role, null, unit, nullif(unit, 0) from generate_series(1, {groups}) g, (values ('world', 0), ('fund', 0), ('issued', 2), ('stock', 2), ('redeemed', 2)) r (role, unit)
  union all select {town}, md5('a' || g || role || m)::uuid, md5('g' || g)::uuid, role, md5('m' || g || '/' || m)::uuid, 2, 2 from generate_series(1, {groups}) g, generate_series(1, {members}) m, (values ('holding'), ('earned')) r (role);

-- Each visit: its number, group, user, helper and day, over the three years until yesterday, and one more day for those that wait.
create temp table made as
  select g, v, md5('v' || g || '/' || v)::uuid as id, md5('g' || g)::uuid as group_id, {members} / 2 + 1 + v % ({members} / 2) as asker, 1 + (v / 7) % ({members} / 2) as helper, current_date - 1 - (v % 1090) as day
  from generate_series(1, {groups}) g, generate_series(1, {visits}) v;
insert into app.help_request (municipality_id, id, group_id, kind, user_id, category_code, counted_as, minutes, helpers, content, state, received_at, received_on, by_name, closed_on, closed_by)
  select {town}, id, group_id, 'help', md5('m' || g || '/' || asker)::uuid, 'rubbish', 'rubbish', 30, 1, '{}', 'settled', day - 3, day - 3, '計測', day, '計測' from made;
insert into app.visit (municipality_id, id, group_id, request_id, user_id, category_code, counted_as, from_day, until_day, day, earliest, latest, starts, minutes, helpers, state, closed_at, closed_by, created_at)
  select {town}, id, group_id, id, md5('m' || g || '/' || asker)::uuid, 'rubbish', 'rubbish', day, day, day, '10:00', '10:00', '10:00', 30, 1, 'done', day + 1, '計測', day - 3 from made;
insert into app.assignment (municipality_id, id, group_id, visit_id, place, member_id, accepted_at, by_name, channel)
  select {town}, id, group_id, id, 0, md5('m' || g || '/' || helper)::uuid, day - 2, '計測', 'phone' from made;
insert into app.visit_report (municipality_id, id, group_id, visit_id, result, day, starts, ends, minutes, helper_ids, content, channel, reported_at, by_name, approved_at, approved_by)
  select {town}, id, group_id, id, 'done', day, '10:00', '10:30', 30, array[md5('m' || g || '/' || helper)::uuid], '{}', 'paper', day + 1, '計測', day + 1, '計測' from made;
insert into app.ledger_posting (municipality_id, id, group_id, request_hash, posted_at, by_name)
  select {town}, id, group_id, '\x00'::bytea, day + 1, '計測' from made union all select {town}, md5('i' || g)::uuid, md5('g' || g)::uuid, '\x00'::bytea, current_date - 1091, '計測' from generate_series(1, {groups}) g;
insert into app.settlement (municipality_id, id, group_id, posting_id, report_id, visit_id, user_id, helper_ids, service_date, minutes, paid_minutes, category_code, tariff_id)
  select {town}, id, group_id, id, id, id, md5('m' || g || '/' || asker)::uuid, array[md5('m' || g || '/' || helper)::uuid], day, 30, 30, 'rubbish', md5('t' || g)::uuid from made;
insert into app.ledger_entry (municipality_id, group_id, posting_id, kind, unit, from_id, to_id, amount, service_date, month, posted_at, by_name)
  select {town}, md5('g' || g)::uuid, md5('i' || g)::uuid, 'issue', 2, md5('a' || g || 'issued')::uuid, md5('a' || g || 'stock')::uuid, {visits} * 2, current_date - 1091, date_trunc('month', current_date - 1091), current_date - 1091, '計測' from generate_series(1, {groups}) g;
insert into app.ledger_entry (municipality_id, group_id, posting_id, kind, unit, from_id, to_id, amount, service_date, month, posted_at, by_name, visit_id, settlement_id, minutes)
  select {town}, m.group_id, m.id, e.kind, e.unit, md5('a' || g || e.source)::uuid, md5('a' || g || e.goal)::uuid, e.amount, day, date_trunc('month', day), day + 1, '計測', case when e.kind = 'use' then m.id end, case when e.kind = 'use' then m.id end, case when e.kind = 'use' then 30 end
  from made m, lateral (values ('payment', 0, 'world', 'fund', 300), ('sale', 2, 'stock', 'holding' || asker, 2), ('use', 2, 'holding' || asker, 'earned' || helper, 2), ('redeem', 2, 'earned' || helper, 'redeemed', 2)) e (kind, unit, source, goal, amount) order by day, m.id;
update app.ledger_account a set balance = s.total from (select account_id, sum(delta) as total from app.ledger_entry e, lateral (values (e.to_id, e.amount), (e.from_id, -e.amount)) d (account_id, delta) where e.municipality_id = {town} group by 1) s
  where a.municipality_id = {town} and a.id = s.account_id;

-- Visits that wait for a helper tomorrow: the candidates are asked for them.
insert into app.help_request (municipality_id, id, group_id, kind, user_id, category_code, counted_as, minutes, helpers, content, state, received_at, received_on, by_name)
  select {town}, md5('w' || g)::uuid, md5('g' || g)::uuid, 'help', md5('m' || g || '/' || {members})::uuid, 'rubbish', 'rubbish', 30, 1, '{}', 'open', now(), current_date, '計測' from generate_series(1, {groups}) g;
insert into app.visit (municipality_id, id, group_id, request_id, user_id, category_code, counted_as, from_day, until_day, day, earliest, latest, minutes, helpers, state, created_at)
  select {town}, md5('w' || g)::uuid, md5('g' || g)::uuid, md5('w' || g)::uuid, md5('m' || g || '/' || {members})::uuid, 'rubbish', 'rubbish', current_date + 1, current_date + 1, current_date + 1, '10:00', '10:00', 30, 1, 'open', now() from generate_series(1, {groups}) g;
drop table made;
analyze;
