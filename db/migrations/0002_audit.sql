-- Who did what, when and why: one chain a town. The application may read it and append through the
-- function below, nothing else. `changes` holds field -> [before, after]; only its digest is in the
-- chain, so that a retention rule can empty it without breaking the chain.
create table app.audit_entry (
  municipality_id  int    not null references app.municipality,
  no               bigint not null,
  at               timestamptz not null,
  account_id       uuid,
  account_name     text   not null,
  verb             text   not null,
  noun             text   not null,
  record_id        text   not null default '',
  note             text   not null default '',
  changes          jsonb,
  changes_digest   bytea,
  previous_hash    bytea  not null,
  hash             bytea  not null,
  primary key (municipality_id, no)
);
create index on app.audit_entry (municipality_id, noun, record_id, no desc);
create index on app.audit_entry (municipality_id, account_id, no desc);
call app.protect('audit_entry');
revoke insert, update, delete on app.audit_entry from sasaeai_web;

create table app.audit_head (
  municipality_id  int    not null references app.municipality,
  no               bigint not null,
  hash             bytea  not null,
  primary key (municipality_id)
);
call app.protect('audit_head');
revoke insert, update, delete on app.audit_head from sasaeai_web;

-- The text that is hashed: fields apart by a control character that no field may hold.
create function app.audit_text(no bigint, at timestamptz, account_id uuid, account_name text, verb text, noun text, record_id text, note text, changes_digest bytea)
returns text language sql stable
  return concat_ws(E'\x1f', no, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), coalesce(account_id::text, ''),
    account_name, verb, noun, record_id, note, coalesce(encode(changes_digest, 'hex'), ''));

-- Appends the entries of one transaction (a JSON array) to the current town's chain. Runs as the owner, because
-- the caller may not write the tables itself; row security still holds it to the current town.
create function app.append_audit(entries jsonb) returns bigint language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  town     int := app.current_municipality();
  head     app.audit_head;
  entry    jsonb;
  changes  jsonb;
  digest   bytea;
  new_hash bytea;
  moment   timestamptz := clock_timestamp();
begin
  if town is null then raise exception 'No municipality is set.'; end if;
  insert into app.audit_head values (town, 0, sha256(convert_to('sasaeai:' || town, 'UTF8'))) on conflict do nothing;
  select * into head from app.audit_head where municipality_id = town for update;
  for entry in select value from jsonb_array_elements(entries) loop
    changes := nullif(entry -> 'changes', 'null'::jsonb);
    digest := sha256(convert_to(changes::text, 'UTF8'));
    head.no := head.no + 1;
    new_hash := sha256(head.hash || convert_to(app.audit_text(head.no, moment, (entry ->> 'account_id')::uuid,
      translate(entry ->> 'account_name', E'\x1f', ' '), entry ->> 'verb', entry ->> 'noun', entry ->> 'record_id',
      translate(entry ->> 'note', E'\x1f', ' '), digest), 'UTF8'));
    insert into app.audit_entry values (town, head.no, moment, (entry ->> 'account_id')::uuid,
      translate(entry ->> 'account_name', E'\x1f', ' '), entry ->> 'verb', entry ->> 'noun', entry ->> 'record_id',
      translate(entry ->> 'note', E'\x1f', ' '), changes, digest, head.hash, new_hash);
    head.hash := new_hash;
  end loop;
  update app.audit_head set no = head.no, hash = head.hash where municipality_id = town;
  return head.no;
end $$;
revoke all on function app.append_audit(jsonb) from public;
grant execute on function app.append_audit(jsonb) to sasaeai_web;

-- The first entry that does not fit the chain, or no row. `sasaeai verify-audit` calls it.
create function app.first_broken_audit_entry() returns table (no bigint, reason text) language sql stable as $$
  with chain as (
    select e.no, e.hash, e.previous_hash, e.changes, e.changes_digest,
      lag(e.hash, 1, sha256(convert_to('sasaeai:' || e.municipality_id, 'UTF8'))) over by_no as expected_previous,
      lag(e.no, 1, 0::bigint) over by_no as previous_no,
      sha256(e.previous_hash || convert_to(app.audit_text(e.no, e.at, e.account_id, e.account_name, e.verb, e.noun, e.record_id, e.note, e.changes_digest), 'UTF8')) as expected_hash
    from app.audit_entry e where e.municipality_id = app.current_municipality()
    window by_no as (order by e.no)
  ), broken as (
    select chain.no, case
      when chain.no <> previous_no + 1 then 'the entry before it is missing'
      when previous_hash <> expected_previous then 'it does not follow the entry before it'
      when hash <> expected_hash then 'its content was changed'
      when changes is not null and changes_digest is distinct from sha256(convert_to(changes::text, 'UTF8')) then 'its recorded changes were changed'
      end as reason
    from chain
    union all
    select h.no + 1, 'entries at the end are missing'
    from app.audit_head h
    where h.municipality_id = app.current_municipality()
      and (h.no, h.hash) is distinct from (
        select (e.no, e.hash) from app.audit_entry e where e.municipality_id = h.municipality_id order by e.no desc limit 1)
      and h.no > 0
  )
  select broken.no, broken.reason from broken where broken.reason is not null order by broken.no limit 1;
$$;
grant execute on function app.first_broken_audit_entry() to sasaeai_web;
