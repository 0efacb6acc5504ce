#!/usr/bin/env bash
# ./bc restart [--build] [--containers] [service...]: one replica after the other, each when the one before is healthy; with two replicas no
# request is lost.
# --build: with what is built first, beside what runs. The first replica of a service migrates its database while the others still serve.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/packages.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"
source "$here/containers.sh"

stack=live
build=''
wanted=()
for argument in "$@"; do
    case $argument in
        --build) build=yes ;;
        --containers) stack=containers ;;
        *)
            [[ $argument == gateway || " ${SERVICES[*]} " == *" $argument "* ]] ||
                fail "there is no service \"$argument\". There are: ${SERVICES[*]} gateway."
            wanted+=("$argument")
            ;;
    esac
done
((${#wanted[@]})) || wanted=("${SERVICES[@]}")

use_stack "$stack"
[[ -z $build ]] || require_dotnet
if [[ $stack == containers ]]; then
    require_docker
    require_up_in_containers
    trap_signals
    [[ -z $build ]] || build_images
    restart_in_containers "${wanted[@]}"
    exit
fi

require_running
if [[ -n $build ]]; then
    [[ -L $RUN_DIR/app/current ]] || fail "this system was started by a release that cannot be rolled: ./bc down, then ./bc up."
    trap_signals
    say "Building"
    publish_system
fi
processes=()
for service in "${wanted[@]}"; do
    if [[ $service == gateway ]]; then processes+=(gateway); else mapfile -t -O "${#processes[@]}" processes < <(replicas "$service"); fi
done
for process in "${processes[@]}"; do
    say "Restarting $process"
    if [[ $process == gateway ]]; then control restart gateway; else control restart "services:$process"; fi >/dev/null
    wait_until "$process" 90 is_healthy "$process"
done
[[ -z $build ]] || remove_unused_releases
