#!/usr/bin/env bash
# ./bc restart [service...]: one replica after the other, each when the one before is healthy; with two replicas no request is lost.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"

use_stack live
require_running
for service in "$@"; do
    [[ " ${SERVICES[*]} " == *" $service "* ]] || fail "there is no service \"$service\". There are: ${SERVICES[*]}."
done
for process in $(replicas "$@"); do
    say "Restarting $process"
    control restart "services:$process" >/dev/null
    wait_until "$process" 90 is_healthy "$process"
done
