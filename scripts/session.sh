# One call of run, test or sasaeai: what it says, what it started, and how it leaves nothing running.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
LOCAL=$ROOT/.local
child= # what runs now: a process id, or minus the id of a process group

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

begin_session() {
  { mkdir -p "$LOCAL" && [[ -w $LOCAL ]]; } 2>/dev/null ||
    fail "$LOCAL に書き込めません。このフォルダを作った利用者で実行してください。"
  { : <&0; } 2>/dev/null || exec </dev/null
  trap end_session EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

end_session() {
  local status=$?
  trap - EXIT
  trap '' HUP INT TERM
  [[ -z $child ]] || end_child
  leave_postgres
  exit "$status"
}

# Runs a command so that a signal to this script ends it at once. The locks (6 to 9) stay here, and
# the command ends even when this script is killed without a chance to clean up.
attend() {
  setpriv --pdeathsig TERM -- "$@" <&0 7>&- 8>&- 9>&- &
  child=$!
  await_child
}

# The same for a command that starts others (a build): all of them are one group and end together.
attend_group() {
  setsid "$@" </dev/null 6>&- 7>&- 8>&- 9>&- &
  child=-$!
  await_child
}

await_child() {
  local status=0
  wait "${child#-}" || status=$?
  child=
  return "$status"
}

end_child() {
  kill -TERM -- "$child" 2>/dev/null || true
  for _ in {1..200}; do
    kill -0 -- "$child" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "$child" 2>/dev/null || true
}

# Fails when another one holds the lock NAME; it is free again when this script ends, however it ends.
only_one() {
  exec 9>"$LOCAL/$1.lock"
  flock -n 9 || fail "./$1 はすでに動いています。先に動いているほうを Ctrl-C で止めてから、もう一度実行してください。"
}

is_running() { ! flock -n -s "$LOCAL/$1.lock" true; }

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Something short that tells this copy of the project from others on the machine.
project_mark() { printf %s "$ROOT" | sha256sum | cut -c1-10; }
