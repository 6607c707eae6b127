# backup FILE, restore FILE [--replace]: every town of the database in one file.
#
# Row security hides rows even from the owner of a table, so both work as SASAEAI_BACKUP_DB: on the private
# server its superuser, elsewhere a role with BYPASSRLS (for restore also CREATEDB and membership of the owner).
# shellcheck shell=bash

backup() {
  asked_for_usage "$@" && { printf '%s\n' '全部の市町村の控えを一つのファイルに取る' '使い方: ./sasaeai backup ファイル名'; return; }
  [[ $# == 1 && $1 != -* ]] || refuse_usage '使い方: ./sasaeai backup ファイル名'
  [[ ! -e $1 ]] || fail "$1 はすでにあります。別の名前を指定してください。"
  use_backup_connection
  umask 077
  : 2>/dev/null >"$1.part" || fail "$1 を作れません。フォルダがあり、書き込めることを確かめてください。"
  say "控えを取っています…"
  attend pg_dump -Fc --verbose -f "$1.part" 2> >(show_progress 'dumping contents of table') || {
    rm -f "$1.part"
    fail "控えを取れませんでした。上に出た理由を確かめてください。"
  }
  mv "$1.part" "$1"
  say "控えを $1 に取りました（$(rows_in_file "$1" | total) 件、$(du -h "$1" | cut -f1)）。鍵のフォルダ（SASAEAI_DATA）も別に控えてください。"
}

# The file goes into a new database; only when that holds every row does it take the place of the present one.
restore() {
  asked_for_usage "$@" && { printf '%s\n' '控えを戻す。いまのデータと入れ替えるときは --replace を付ける' '使い方: ./sasaeai restore ファイル名 [--replace]'; return; }
  [[ $# == 1 && $1 != -* || $# == 2 && $1 != -* && $2 == --replace ]] || refuse_usage '使い方: ./sasaeai restore ファイル名 [--replace]'
  local file=$1 present new owner differences
  pg_restore --list "$file" >/dev/null 2>&1 || fail "$file は ./sasaeai backup で取った控えではないか、読めません。"
  use_backup_connection
  present=$PGDATABASE new=${PGDATABASE}_restoring
  owner=$(sql "$SASAEAI_OWNER_DB" -c 'select current_user')
  [[ ${2:-} == --replace || -z $(rows_in_database "$present") ]] ||
    fail "データベース $present にはすでに表があります。控えの内容と入れ替えるときは --replace を付けてください。いまのデータは変えていません。"
  nobody_connected "$present"

  psql_as_is -d postgres -v new="$new" -v owner="$owner" -v present="$present" <<'SQL'
drop database if exists :"new";
select format('create database %I owner %I template template0 encoding ''UTF8'' lc_collate %L lc_ctype %L', :'new', :'owner', datcollate, datctype)
from pg_database where datname = :'present' \gexec
SQL
  say "控えを戻しています…"
  attend pg_restore --exit-on-error --no-owner --role="$owner" --verbose -d "$new" "$file" 2> >(show_progress 'processing data for table') ||
    fail "控えを戻せませんでした。いまのデータは変えていません。上に出た理由を確かめてください。"
  say "件数を確かめています…"
  differences=$(diff <(rows_in_file "$file") <(rows_in_database "$new")) ||
    fail "戻した件数が控えと合いません。いまのデータは変えていません。"$'\n'"$differences"

  nobody_connected "$present"
  psql_as_is -d postgres -v new="$new" -v replaced="${present}_replaced" -v present="$present" <<'SQL'
begin;
alter database :"present" rename to :"replaced";
alter database :"new" rename to :"present";
commit;
drop database :"replaced";
SQL
  say "控えを戻しました（$(rows_in_file "$file" | total) 件、表ごとの件数は控えと同じです）。続けて ./sasaeai migrate を実行してください。"
}

asked_for_usage() { [[ " $* " =~ ' '(--help|-h|-\?)' ' ]]; }

refuse_usage() {
  say "$*"
  exit 2
}

use_backup_connection() {
  need_database
  install_missing
  use_database both
  use_connection "$SASAEAI_BACKUP_DB"
  export LC_ALL=C.UTF-8 PGOPTIONS='-c row_security=off -c client_min_messages=warning' # row_security: an error rather than a part of the rows
  [[ $(psql_as_is -c 'select rolsuper or rolbypassrls from pg_roles where rolname = current_user') == t ]] ||
    fail "控えには全部の市町村の行を読める役割が要ります。BYPASSRLS を持つ役割の接続文字列を SASAEAI_BACKUP_DB に設定してください。"
}

nobody_connected() {
  local connections
  connections=$(psql_as_is -d postgres -v name="$1" <<<"select count(*) from pg_stat_activity where datname = :'name'")
  if is_running run || (( connections > 0 )); then
    fail "データベース $1 を使っているものがあります。./run などを止めてから、もう一度実行してください。いまのデータは変えていません。"
  fi
}

# Prints "table rows" of each table, sorted.
rows_in_file() {
  pg_restore --data-only -f - "$1" | awk '
    rows == "" && /^COPY .* FROM stdin;$/ { table = $2; rows = 0; next }
    rows != "" && $0 == "\\."             { print table, rows; rows = ""; next }
    rows != ""                            { rows++ }' | LC_ALL=C sort
}

rows_in_database() {
  psql_as_is -F ' ' -d "$1" <<'SQL' | LC_ALL=C sort
select format('select %L, count(*) from %s', format('%I.%I', nspname, relname), c.oid::regclass)
from pg_class c join pg_namespace n on n.oid = relnamespace
where relkind = 'r' and nspname !~ '^pg_' and nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') \gexec
SQL
}

total() { awk '{ rows += $2 } END { print rows + 0 }'; }

# Keeps of a PostgreSQL tool's talk the table it is at, and every error.
show_progress() { awk -v at="$1" 'index($0, at) { n++; print "  " n " " $NF > "/dev/stderr" } /error:|ERROR:|DETAIL:|detail:/ { print > "/dev/stderr" }'; }
