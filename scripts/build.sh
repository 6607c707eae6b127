# Builds the program, and only when a source changed since the last build.
# shellcheck shell=bash

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK=1
PROGRAM=$ROOT/src/Sasaeai/bin/Release/net10.0/Sasaeai.dll

build_program() {
  local mark=$LOCAL/build.mark sources
  exec 6>"$LOCAL/build.lock"
  flock 6
  sources=$(fingerprint)
  if [[ ! -f $PROGRAM || $sources != "$(cat "$mark" 2>/dev/null)" ]]; then
    say "プログラムを組み立てています（初めてのときは数分かかります）…"
    rm -f "$mark"
    build src/Sasaeai Release
    echo "$sources" >"$mark"
  fi
  exec 6>&-
}

# build PROJECT CONFIGURATION: with the browser libraries from npm; no build server outlives it.
build() {
  attend_group dotnet msbuild "$ROOT/$1" -restore -p:Configuration="$2" -m:1 -nodeReuse:false -p:UseSharedCompilation=false -v quiet >&2 ||
    fail "組み立てに失敗しました。上に出た理由を確かめてください。"
}

fingerprint() {
  cd "$ROOT" || return
  shopt -s nullglob
  {
    dotnet --version
    find src db* Directory.*.props package*.json \( -name bin -o -name obj -o -name lib -o -name packages.lock.json \) -prune \
      -o -type f -printf '%p %T@ %s\n' | sort
  } | sha256sum
}

# program COMMAND …: the program itself, with everything it keeps under .local.
program() {
  export SASAEAI_DATA=${SASAEAI_DATA:-$LOCAL/data} ASPNETCORE_CONTENTROOT=$ROOT/src/Sasaeai
  attend dotnet "$PROGRAM" "$@"
}
