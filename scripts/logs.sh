#!/usr/bin/env bash
# ./bc logs [service]: the last lines of one log or of all; follows them in a terminal.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"

use_stack live
cd "$RUN_DIR/log" 2>/dev/null || fail "there are no logs in $RUN_DIR/log yet. ./bc up starts the system."
files=(*.log)
if (($#)); then
    files=("$1.log")
    [[ -e $1.log ]] || fail "there is no log \"$1\". There are: $(printf '%s\n' *.log | sed 's/\.log$//' | paste -sd ' ')"
fi
follow=()
[[ ! -t 1 ]] || follow=(-F)
exec tail -n 40 "${follow[@]}" -- "${files[@]}"
