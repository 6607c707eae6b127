-- As before, but the end of the chain is held against the head in every way: entries cut off at the end or all of
-- them (the first that is missing is named), entries that the head does not know, a head that is gone or was changed.
create or replace function app.first_broken_audit_entry() returns table (no bigint, reason text) language sql stable as $$
  with chain as (
    select e.no, e.hash, e.previous_hash, e.changes, e.changes_digest,
      lag(e.hash, 1, sha256(convert_to('sasaeai:' || e.municipality_id, 'UTF8'))) over by_no as expected_previous,
      lag(e.no, 1, 0::bigint) over by_no as previous_no,
      sha256(e.previous_hash || convert_to(app.audit_text(e.no, e.at, e.account_id, e.account_name, e.verb, e.noun, e.record_id, e.note, e.changes_digest), 'UTF8')) as expected_hash
    from app.audit_entry e where e.municipality_id = app.current_municipality()
    window by_no as (order by e.no)
  ), head as (
    select h.no, h.hash from app.audit_head h where h.municipality_id = app.current_municipality() and h.no > 0
  ), last as (
    select e.no, e.hash from app.audit_entry e where e.municipality_id = app.current_municipality() order by e.no desc limit 1
  ), broken as (
    select chain.no, case
      when chain.no <> previous_no + 1 then 'この前の記録がありません。'
      when previous_hash <> expected_previous then '前の記録とつながりません。'
      when hash <> expected_hash then '内容が書き換えられています。'
      when changes is not null and changes_digest is distinct from sha256(convert_to(changes::text, 'UTF8')) then '変更内容が書き換えられています。'
      end as reason
    from chain
    union all
    select case when last.no = head.no then head.no else least(coalesce(last.no, 0), coalesce(head.no, 0)) + 1 end,
      case
      when last.no = head.no then '鎖の終わりの控えと合いません。'
      when coalesce(last.no, 0) < coalesce(head.no, 0) then 'ここから終わりまでの記録がありません。'
      else '鎖の終わりの控えより後の記録です。'
      end
    from head full join last on true
    where (head.no, head.hash) is distinct from (last.no, last.hash)
  )
  select broken.no, broken.reason from broken where broken.reason is not null order by broken.no limit 1;
$$;
