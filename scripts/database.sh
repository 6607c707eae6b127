# Which database the program uses: the user's own (SASAEAI_DB, SASAEAI_OWNER_DB), or the private server's.
# shellcheck shell=bash

has_own_database() { [[ -n ${SASAEAI_DB:-}${SASAEAI_OWNER_DB:-} ]]; }

need_database() { if has_own_database; then need postgresql-client command -v psql; else need_postgres; fi; }

# Sets SASAEAI_DB (the program's role), SASAEAI_OWNER_DB (owner of the tables) and
# SASAEAI_BACKUP_DB (sees every row of every town; for backup and restore only).
# Of a user's own server the owner is asked for only by "use_database both"; the program says itself when a command needs it.
use_database() {
  if has_own_database; then
    check_connection SASAEAI_DB
    [[ -z ${SASAEAI_OWNER_DB:-} && ${1:-} != both ]] || check_connection SASAEAI_OWNER_DB
    SASAEAI_BACKUP_DB=${SASAEAI_BACKUP_DB:-${SASAEAI_OWNER_DB:-}}
  else
    use_postgres postgres
    SASAEAI_BACKUP_DB="$(postgres_connection postgres);Database=sasaeai"
    create_database
    SASAEAI_DB="$(postgres_connection sasaeai_web);Database=sasaeai"
    SASAEAI_OWNER_DB="$(postgres_connection sasaeai_owner);Database=sasaeai"
    export SASAEAI_DB SASAEAI_OWNER_DB
  fi
}

create_database() {
  flock 7
  sql "$(postgres_connection postgres);Database=postgres" <<'SQL' || fail "データベースの役割を作れませんでした。上に出た理由を確かめてください。"
select format('create role %I login nosuperuser nobypassrls nocreatedb nocreaterole', role)
from unnest(array['sasaeai_owner', 'sasaeai_web']) role
where not exists (select from pg_roles where rolname = role) \gexec
select 'create database sasaeai owner sasaeai_owner'
where not exists (select from pg_database where datname = 'sasaeai') \gexec
SQL
  flock -u 7
}

# sql CONNECTION [psql arguments]: psql by the words of the program's own connection strings.
sql() (
  use_connection "$1"
  shift
  psql_as_is "$@"
)

psql_as_is() { psql -X -w -q -A -t -v ON_ERROR_STOP=1 "$@" 7>&- 8>&- 9>&-; }

# check_connection VARIABLE: one sentence without the password when it leads nowhere.
check_connection() {
  local connection=${!1:-} reason
  [[ -n $connection ]] || fail "$1 が設定されていません。SASAEAI_DB と SASAEAI_OWNER_DB は両方を設定してください。"
  reason=$(sql "$connection" -c 'select' 2>&1) ||
    fail "$1 のデータベースにつながりませんでした。接続文字列（例: Host=db;Database=sasaeai;Username=…;Password=…）とサーバーの状態を確かめてください（$(tr -s '\n\t ' ' ' <<<"$reason")）。"
}

# Turns an Npgsql connection string into the environment of PostgreSQL's own tools.
use_connection() {
  local rest=$1 key value
  local pair='^[;[:space:]]*([^=;]+)=[[:space:]]*("([^"]*)"|'\''([^'\'']*)'\''|([^;"'\''][^;]*)?)(.*)$'
  unset "${!PG@}"
  export PGCONNECT_TIMEOUT=10
  while [[ $rest =~ $pair ]]; do
    key=${BASH_REMATCH[1],,}
    value=${BASH_REMATCH[3]}${BASH_REMATCH[4]}${BASH_REMATCH[5]}
    rest=${BASH_REMATCH[6]}
    case ${key// /} in
      host | server) export PGHOST=$value ;;
      port) export PGPORT=$value ;;
      database | db | initialcatalog) export PGDATABASE=$value ;;
      username | userid | user) export PGUSER=$value ;;
      password | pwd | psw) export PGPASSWORD=$value ;;
      passfile) export PGPASSFILE=$value ;;
      sslmode) value=${value,,} && export PGSSLMODE=${value/verify/verify-} ;;
      rootcertificate) export PGSSLROOTCERT=$value ;;
      *) ;; # the program's own affair (pooling, timeouts)
    esac
  done
  [[ -n ${PGHOST:-} ]] || fail "Host= がありません"
}
