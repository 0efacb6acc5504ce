#!/usr/bin/env bash
# ./bc down [--wipe] [--test]
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
for part in lib supervisord; do
    # shellcheck source=/dev/null
    source "$here/$part.sh"
done

stack=live
wipe=''
for option in "$@"; do
    case $option in
        --wipe) wipe=yes ;;
        --test) stack="test" ;;
        *) fail "down knows --wipe and --test, not $option." ;;
    esac
done

use_stack "$stack"
stop_supervisor
end_leftovers
