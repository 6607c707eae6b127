-- Towns that are here already get the list that a new town starts with (src/Sasaeai/Masters/meeting-kinds.csv). Row security
-- holds the owner too, hence one town after the other.
do $$
declare
  town int;
begin
  for town in select id from app.municipality loop
    perform set_config('app.municipality_id', town::text, true);
    insert into app.code_item (municipality_id, list, code, name, sort)
    select town, 'meeting_kind', kind.code, kind.name, kind.sort from (values
      ('council-1', '第1層協議体', 0),
      ('council-2', '第2層協議体', 1),
      ('preparation', '準備会・研究会・勉強会', 2),
      ('related', '関係者会議', 3),
      ('local', '地域会議', 4),
      ('talk', '座談会・ワークショップ', 5),
      ('forum', 'フォーラム', 6),
      ('care-individual', '地域ケア個別会議', 7),
      ('care-area', '地域ケア圏域会議', 8),
      ('care-promotion', '地域ケア推進会議', 9),
      ('coordinators', 'SC連絡会', 10),
      ('office', '庁内連絡会', 11),
      ('liaison', '連絡調整会議', 12),
      ('exchange', '情報交換会・学習会', 13),
      ('visit-in', '視察の受け入れ', 14),
      ('visit-out', '視察', 15),
      ('other', 'その他の会議', 16)
    ) kind (code, name, sort)
    on conflict do nothing;
  end loop;
  perform set_config('app.municipality_id', '', true);
end $$;
