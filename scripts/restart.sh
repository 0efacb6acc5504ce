#!/usr/bin/env bash
# ./bc restart [--build] [service...]: one replica after the other, each when the one before is healthy; with two replicas no request is lost.
# --build: with what is built first, beside what runs. The first replica of a service migrates its database while the others still serve.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/packages.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"

use_stack live
require_running
build=''
if [[ ${1:-} == --build ]]; then
    build=yes
    shift
    [[ -L $RUN_DIR/app/current ]] || fail "this system was started by a release that cannot be rolled: ./bc down, then ./bc up."
fi
for service in "$@"; do
    [[ $service == gateway || " ${SERVICES[*]} " == *" $service "* ]] || fail "there is no service \"$service\". There are: ${SERVICES[*]} gateway."
done
if [[ -n $build ]]; then
    require_dotnet
    trap_signals
    say "Building"
    publish_system
fi
(($#)) || set -- "${SERVICES[@]}"
processes=()
for service in "$@"; do
    if [[ $service == gateway ]]; then processes+=(gateway); else mapfile -t -O "${#processes[@]}" processes < <(replicas "$service"); fi
done
for process in "${processes[@]}"; do
    say "Restarting $process"
    if [[ $process == gateway ]]; then control restart gateway; else control restart "services:$process"; fi >/dev/null
    wait_until "$process" 90 is_healthy "$process"
done
[[ -z $build ]] || remove_unused_releases
