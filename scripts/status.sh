#!/usr/bin/env bash
# ./bc status: the state of every process, and whether it answers. Fails unless all do.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"

all_healthy=yes

# show NAME ADDRESS COMMAND...: one line; the command answers whether it is healthy.
show() {
    local name=$1 address=$2 health=healthy
    shift 2
    "$@" || health="NOT HEALTHY"
    [[ $health == healthy ]] || all_healthy=''
    printf '%-12s %-10s %-12s %s\n' "$name" "$(program_state "$name")" "$health" "$address"
}

use_stack live
require_running
show gateway "$(address gateway)" is_healthy gateway
for process in $(replicas); do
    show "$process" "$(address "$process")" is_healthy "$process"
done
show postgres "127.0.0.1:$(port postgres)" postgres_answers
show rabbitmq "127.0.0.1:$(port rabbitmq)" rabbitmq_answers
show epmd "127.0.0.1:$(port epmd)" is_listening "$(port epmd)"
[[ -n $all_healthy ]]
