# The parts of run, test and sasaeai.
# shellcheck shell=bash
for part in session packages build postgres database backup; do
  # shellcheck source=/dev/null
  . "${BASH_SOURCE[0]%/*}/$part.sh"
done
