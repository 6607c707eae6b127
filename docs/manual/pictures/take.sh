#!/usr/bin/env bash
# Takes the pictures of the manual from the demo town: start ./run, then this in another window.
#   PORT=8081 docs/manual/pictures/take.sh                          the port that ./run was given
#   SASAEAI_DEMO=http://…/mihon/ docs/manual/pictures/take.sh       a demo town elsewhere
set -euo pipefail
cd "$(dirname "$0")/../../.."
export SASAEAI_DEMO=${SASAEAI_DEMO:-http://127.0.0.1:${PORT:-8080}/mihon/}
export SASAEAI_PICTURES=$PWD/docs/manual/pictures
exec ./test -class Sasaeai.Tests.Browser.ManualPictures -explicit only
