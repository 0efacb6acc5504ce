#!/usr/bin/env bash
# ./bc bench [part...] [--quick]: measures a system of its own against the limits of the machine; see docs/performance.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/packages.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"
source "$here/peer.sh"

use_stack bench
export BC_RUN_DIR=$RUN_DIR BC_PORT_BASE=$PORT_BASE

up() { run bash "$here/up.sh" --detach >"$RUN_DIR/log/bench-up.log" || fail "the system did not start: $(tail -n 20 "$RUN_DIR/log/bench-up.log")"; }
# shellcheck disable=SC2317 # called by the trap
clean_up() {
    trap '' INT TERM HUP
    bash "$here/down.sh" --wipe >/dev/null
}

parts=() pages=no services=no peers=no quick=()
for part in "$@"; do
    case $part in
        portal) pages=yes ;;
        peers) peers=yes parts+=("$part") ;;
        --quick) quick=(--quick) ;;
        *) parts+=("$part") ;;
    esac
done
[[ $pages == yes && ${#parts[@]} == 0 ]] || services=yes

require_dotnet
require_packages servers
if [[ $pages == yes ]]; then
    require_node
    require_packages test
    require_modules benchmarks/portal
fi
if [[ $peers == yes ]]; then
    require_node
    require_modules benchmarks/peers
fi
mkdir -p "$RUN_DIR/log"
trap clean_up EXIT
trap_signals

read -r BC_LOAD_BEFORE _ </proc/loadavg
export BC_LOAD_BEFORE
if awk "BEGIN { exit !($BC_LOAD_BEFORE > $(nproc) / 2) }"; then
    say "The machine is not quiet: a load of $BC_LOAD_BEFORE on $(nproc) processors. What is measured now tells of the others as well."
fi
say "Building and starting a system to measure, on ports from $PORT_BASE"
up
if [[ $services == yes ]]; then
    run dotnet build "$REPO/tools/Bench" -c Release --nologo -v quiet || fail "the build failed."
    bash "$here/down.sh" >/dev/null
    started=$(date +%s.%N)
    up
    BC_COLD_START_SECONDS=$(awk "BEGIN { print $(date +%s.%N) - $started }")
    export BC_COLD_START_SECONDS
fi
if [[ $peers == yes ]]; then
    say "Starting what it is measured beside"
    start_peer
    BC_PEER=$(address peer)
    BC_PEER_TOKEN=$(secret peer-token)
    export BC_PEER BC_PEER_TOKEN
fi

BC_REPOSITORY=$REPO
BC_POSTGRES="$(postgres_connection postgres postgres)"
BC_POSTGRES_BIN=$(postgres_bin)
BC_RABBITMQ=$(rabbitmq_connection)
BC_ADMIN_USER=$ADMINISTRATOR
BC_ADMIN_PASSWORD=$(administrator_password)
export BC_REPOSITORY BC_POSTGRES BC_POSTGRES_BIN BC_RABBITMQ BC_ADMIN_USER BC_ADMIN_PASSWORD
for process in gateway "${SERVICES[@]}"; do
    export "BC_${process^^}=$(address "$process")"
done

result=0
if [[ $services == yes ]]; then
    run dotnet "$REPO/tools/Bench/bin/Release/net10.0/BetterConnections.Bench.dll" "${parts[@]}" "${quick[@]}" || result=$?
fi
if [[ $pages == yes ]]; then
    run node "$REPO/benchmarks/portal/bench.js" "$(address gateway)" "${quick[@]}" || result=$?
fi
exit "$result"
