# A PostgreSQL of the project's own, shared by every ./run and ./sasaeai of this folder: the first starts it, the last stops it.
#
# Who can connect: the user that runs the server, and root. There is no TCP port; the socket lies in a folder of
# mode 700 and has mode 700 itself. Whoever can enter that folder could read the data files too, so a password
# would guard nothing, and pg_hba.conf says "trust". A PostgreSQL that others can reach needs SASAEAI_DB instead.
# shellcheck shell=bash

home='' data='' socket='' port='' server_user='' programs='' # of the server in use

# use_postgres NAME [SETTING…]: starts the server NAME unless it runs; sets socket and port.
use_postgres() {
  local name=$1
  shift
  place_server "$name"
  exec 7>"$LOCAL/$name.gate" 8>"$LOCAL/$name.users"
  flock 7
  flock -s 8
  if ! server_runs; then
    [[ -d $data ]] || create_server
    configure_server "$@"
    start_server
  fi
  { read -r _ && read -r _ && read -r _ && read -r port && read -r socket; } <"$data/postmaster.pid"
  flock -u 7
}

# The same with nothing in it.
use_new_postgres() {
  place_server "$1"
  server_runs || rm -rf "$data"
  use_postgres "$@"
}

# Stops the server unless somebody else still uses it.
leave_postgres() {
  { : >&8; } 2>/dev/null || return 0 # it never came to a server
  flock 7
  if flock -n -x 8 && server_runs; then
    as_server "$programs/pg_ctl" stop -s -w -m fast -D "$data" || say "PostgreSQL を止められませんでした（記録: $home/log）。"
  fi
  exec 7>&- 8>&-
}

postgres_connection() { printf 'Host=%s;Port=%s;Username=%s' "$socket" "$port" "$1"; }

# Prints the folder of PostgreSQL's programs: of the major version given, else of the newest from 15 up.
postgres_programs() {
  local server version
  for server in $(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -rV); do
    version=$(cut -d/ -f5 <<<"$server")
    if [[ -x $server && ${version%%.*} -ge 15 && ${1:-$version} == "$version" ]]; then
      echo "${server%/*}"
      return
    fi
  done
  return 1
}

# Sets where the server NAME lives and who runs it. Root cannot run PostgreSQL, so the user postgres
# does, and the data lies where that user can enter.
place_server() {
  local LC_ALL=C folder=$LOCAL/$1 owner
  server_user=$(id -un)
  if (( EUID == 0 )); then
    server_user=$(stat -c %U "$folder" 2>/dev/null || echo postgres)
    if ! as_server test -x "$LOCAL" || ! fits_socket "$folder"; then
      folder=/var/lib/sasaeai-$(project_mark)/$1
      [[ -d $folder ]] || say "利用者 postgres が $LOCAL を使えないため、データベースは $folder に置きます。"
    fi
  fi
  if [[ ! -d $folder ]]; then
    mkdir -p "${folder%/*}"
    mkdir -m 700 "$folder"
    (( EUID != 0 )) || chown "$server_user:" "$folder"
  fi
  owner=$(stat -c %U "$folder")
  [[ $owner == "$server_user" ]] || fail "$folder は利用者 $owner のデータベースです。その利用者で実行してください。"
  home=$folder
  data=$home/data
  socket=$home
  fits_socket "$socket" || make_socket_folder "$1"
  [[ -s $LOCAL/$1.port ]] || free_port >"$LOCAL/$1.port"
  port=$(cat "$LOCAL/$1.port")
  find_programs
}

# Only for a user whose project path is too long or has unusual characters.
make_socket_folder() {
  socket=/tmp
  [[ ! -w ${XDG_RUNTIME_DIR:-} ]] || socket=$XDG_RUNTIME_DIR
  socket+=/sasaeai-$(project_mark)-$1
  mkdir -m 700 "$socket" 2>/dev/null || true
  [[ $(stat -c %U/%a/%F "$socket") == "$server_user/700/directory" ]] ||
    fail "$socket がほかの利用者のものになっています。管理者に確かめてください。"
}

find_programs() {
  local version
  version=$(cat "$data/PG_VERSION" 2>/dev/null || true)
  programs=$(postgres_programs "$version") && return
  [[ -n $version ]] || fail "PostgreSQL 15 以上のサーバーがこの機械にありません。OS を新しくするか、SASAEAI_DB で別のサーバーを指定してください。"
  fail "$data は PostgreSQL $version のデータですが、その版がこの機械にありません。postgresql-$version を入れるか、docs/operation.md の「PostgreSQL の版を上げる」を見てください。"
}

# A socket's path has at most 107 bytes; a comma or a semicolon would break the connection string.
fits_socket() { (( ${#1} <= 90 )) && [[ ! $1 =~ [^A-Za-z0-9/._-] ]]; }

free_port() {
  local port
  until port=$((20000 + RANDOM % 10000)) && port_is_free "$port"; do :; done
  echo "$port"
}

# Ctrl-C reaches every process of the terminal; these few seconds finish first, and then the script ends in order.
as_server() (
  trap '' HUP INT
  exec 7>&- 8>&- 9>&-
  cd /
  if (( EUID == 0 )); then
    exec setpriv --reuid="$server_user" --regid="$(id -g "$server_user")" --init-groups -- "$@"
  fi
  exec "$@"
)

create_server() {
  say "データベースを用意しています…"
  rm -rf "$data.new"
  as_server "$programs/initdb" -D "$data.new" -U postgres -E UTF8 --locale=C.UTF-8 --auth=trust --data-checksums >"$LOCAL/initdb.log" 2>&1 ||
    fail "データベースを用意できませんでした（記録: $LOCAL/initdb.log）。"
  echo 'local all all trust' | as_server tee "$data.new/pg_hba.conf" >/dev/null
  mv "$data.new" "$data"
}

# Written anew at each start, because the folder may have moved. ALTER SYSTEM still has the last word.
# "terse" keeps the values of a refused row, which may be a person's, out of the log.
configure_server() {
  as_server tee "$data/postgresql.conf" >/dev/null <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$socket'
unix_socket_permissions = 0700
port = $port
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
timezone = 'Asia/Tokyo'
log_timezone = 'Asia/Tokyo'
log_error_verbosity = terse
$(printf '%s\n' "$@")
SETTINGS
}

start_server() {
  local log=$home/log
  forget_stale_lock
  as_server mv -f "$log" "$log.before" 2>/dev/null || true
  as_server "$programs/pg_ctl" start -s -w -t 120 -D "$data" -l "$log" >/dev/null 2>&1 ||
    fail "データベースを始められませんでした。$log の最後の行を確かめてください: $(tail -n 1 "$log" 2>/dev/null)"
}

server_runs() {
  local pid
  pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null) && [[ /proc/$pid/cwd -ef $data ]]
}

# After a power cut the old process id may belong to another program; PostgreSQL would then refuse to start.
# Where the id belongs to nobody, PostgreSQL clears up by itself, with better checks.
forget_stale_lock() {
  local lock
  for lock in "$data/postmaster.pid" "$socket/.s.PGSQL.$port.lock"; do
    [[ ! -f $lock || ! -d /proc/$(head -n 1 "$lock") ]] || rm -f "$lock"
  done
}
