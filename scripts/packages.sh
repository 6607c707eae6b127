# What the project needs from the distribution (Debian 12, Ubuntu 24.04): need PACKAGE CHECK…, then install_missing.
# shellcheck shell=bash

DOTNET_GUIDE=https://learn.microsoft.com/ja-jp/dotnet/core/install/linux
missing=()

need() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

need_program() {
  need dotnet-sdk-10.0 has_dotnet_10
  need nodejs command -v node
  need npm command -v npm
}

need_postgres() { need postgresql postgres_programs; }

need_browser() {
  need "$(chromium_package)" browser
  need fonts-noto-cjk test -d /usr/share/fonts/opentype/noto
  need poppler-utils command -v pdftotext
}

has_dotnet_10() { dotnet --list-sdks | grep -q '^10\.'; }

# Prints the path of the browser: the user's CHROMIUM, else what the machine has.
browser() { type -P "${CHROMIUM:-chromium}" || type -P chromium-browser || type -P google-chrome; }

chromium_package() { if grep -q '^ID=ubuntu' /etc/os-release; then echo chromium-browser; else echo chromium; fi; }

install_missing() {
  (( ${#missing[@]} )) || return 0
  local log=$LOCAL/install.log
  can_install || fail "次のものが足りません: ${missing[*]}。管理者に頼んで入れてから、もう一度実行してください（.NET の入れ方: $DOTNET_GUIDE）。"
  say "足りないものを入れています: ${missing[*]}"
  as_administrator apt-get -qq update </dev/null >"$log" 2>&1 ||
    fail "パッケージの一覧を取り寄せられませんでした。ネットワークを確かめてください（記録: $log）。"
  [[ ${missing[*]} != *dotnet-sdk* ]] || apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1 ||
    fail ".NET SDK 10 がありません。$DOTNET_GUIDE の手順で dotnet-sdk-10.0 を入れてから、もう一度実行してください。"
  without_main_cluster as_administrator env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "${missing[@]}" </dev/null >>"$log" 2>&1 ||
    fail "${missing[*]} を入れられませんでした（記録: $log）。"
}

can_install() {
  command -v apt-get >/dev/null || return 1
  (( EUID == 0 )) || { command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; }
}

as_administrator() { if (( EUID == 0 )); then "$@"; else sudo "$@"; fi; }

# A new PostgreSQL package also makes and starts a server of its own on port 5432; nobody here asked for it.
without_main_cluster() {
  local setting=/etc/postgresql-common/createcluster.d/sasaeai.conf status=0
  as_administrator mkdir -p "${setting%/*}"
  echo 'create_main_cluster = false' | as_administrator tee "$setting" >/dev/null
  "$@" || status=$?
  as_administrator rm -f "$setting"
  return "$status"
}
