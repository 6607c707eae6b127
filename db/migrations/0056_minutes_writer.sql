-- Which page wrote a text last, and the how manyeth writing of that page it was: what a closing browser sends once more, or
-- what arrives late, is neither a conflict with oneself nor does it overwrite what came after.
alter table app.item_text
  add column written_by uuid,
  add column written_no int not null default 0;
