-- What lists of records filter and search by besides the columns of 0005; set by the entity together with the content.
alter table app.resource
  add column audience text not null default 'public' check (audience in ('public', 'professionals', 'internal')),
  add column name_key text not null default '';    -- folded name, kana, common name and number

-- A proposal may also be to end a record, or to publish an ended one again: both wait in the same queue.
alter table app.revision
  add column kind text not null default 'change' check (kind in ('change', 'ending', 'republication'));
