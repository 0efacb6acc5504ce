#!/usr/bin/env bash
# ./bc down [--wipe]: stops the system in order; --wipe also deletes its data and its secrets, but neither backups nor what a restore put aside.
# ./bc down --test: the same for the servers of ./bc test --servers; --containers: for ./bc up --containers.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/supervisord.sh"
source "$here/containers.sh"

stack=live
wipe=''
for option in "$@"; do
    case $option in
        --wipe) wipe=yes ;;
        --test) stack="test" ;;
        --containers) stack=containers ;;
        *) fail "down knows --wipe, --test and --containers, not $option." ;;
    esac
done

use_stack "$stack"
if [[ -e $RUN_DIR/compose.env ]]; then
    require_docker
    take_down ${wipe:+--volumes}
elif supervisor_is_running; then
    say "Stopping"
    stop_supervisor
else
    say "Nothing is running in $RUN_DIR."
fi
end_leftovers

if [[ -n $wipe ]]; then
    # By name, since BC_RUN_DIR may be a folder that holds other things too.
    rm -rf "$RUN_DIR"/{app,postgres,rabbitmq,peer,restored,secrets,log,results,started,up.pid,compose.env} "$RUN_DIR"/supervisor{.sock,d.conf,d.pid}
    rmdir --ignore-fail-on-non-empty "$RUN_DIR" 2>/dev/null || true
    say "Deleted the data."
    kept=("$RUN_DIR"/backups/*.tar.gz "$RUN_DIR"/replaced-*)
    for item in "${kept[@]}"; do [[ ! -e $item ]] || say "  kept, with all that was in it then: $item"; done
    [[ ! -e $(own_settings) ]] || say "  kept, for the next start: $(own_settings)"
fi
