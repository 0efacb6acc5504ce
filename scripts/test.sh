#!/usr/bin/env bash
# ./bc test [Suite...]: builds everything and runs the suites (tests/<Suite>.Tests) against servers of their own.
# ./bc test --faults: only the faults, on a system with two replicas of each service.
# ./bc test --fuzz: only the fuzzer, with BC_FUZZ_REQUESTS requests (50000).
# ./bc test --servers: only starts these servers and prints what `dotnet test` needs to find them.
# ./bc test --containers [--whole]: the system in Docker, two replicas of each service: the demonstration, and processes that are killed under
#   load; with --whole also backup and restore and a new release, which take as long again.
#   Exit code 69 says that there is no Docker here.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/packages.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/test-servers.sh"
source "$here/containers.sh"
source "$here/base-images.sh"

SUITE_MINUTES=30 # a suite that hangs is ended after this long
passed=0
failed=0
failures='' # told again at the end, where who reads only the end of a long log finds them

ONLY_WHEN_ASKED=Portal # a browser on every page for every role takes as long as half of all others together

# The suites by name: those asked for, else all that are not only for who asks. A name that is not there lists those that are.
suites() {
    local all suite
    all=$(cd "$REPO/tests" && printf '%s\n' *.Tests | sed 's/\.Tests$//')
    for suite in "$@"; do
        grep -qxF -- "$suite" <<<"$all" || fail "there is no suite \"$suite\". There are: ${all//$'\n'/, }"
    done
    if (($#)); then printf '%s\n' "$@"; else grep -vxF "$ONLY_WHEN_ASKED" <<<"$all"; fi
}

# count NAME FILE: the number in this attribute of xunit's <assembly> element.
count() { grep -o '<assembly [^>]*>' "$2" | grep -o " $1=\"[0-9]*\"" | tr -dc 0-9; }

# failures_in FILE: the tests, and the fixtures, that failed, each with the beginning of why.
failures_in() {
    perl -0777 -ne 'while (/<(?:test|error) [^>]*?name="([^"]*)"(?: result="Fail"|>).*?<message><!\[CDATA\[((?:(?!\]\]>).){0,800})/gs) {
        (my $why = $2) =~ s/\n/\n      /g; print "   $1\n      $why\n" }' "$1"
}

# run_suite SUITE [ARGUMENT...]: with the arguments of xunit's runner. Test projects are programs. Running them shows failures as they happen,
# and the file they write at the end tells a suite that passed from one that crashed or ran nothing.
run_suite() {
    local suite=$1 started=$SECONDS result=0 suite_passed=0 suite_failed=0 skipped=0 problem='' line
    shift
    local results=$RUN_DIR/results/$suite.xml
    rm -f "$results"
    say "== $suite"
    run timeout --kill-after 30 "${SUITE_MINUTES}m" \
        dotnet "$REPO/tests/$suite.Tests/bin/Release/net10.0/BetterConnections.$suite.Tests.dll" \
        -noLogo -noColor -reporter quiet -xml "$results" "$@" || result=$?

    if [[ -s $results ]]; then
        suite_passed=$(count passed "$results")
        suite_failed=$(($(count failed "$results") + $(count errors "$results")))
        skipped=$(count skipped "$results")
        ((suite_passed + suite_failed)) || problem="no test ran"
        ((result == 0 || suite_failed)) || problem="its tests passed, yet it ended with exit code $result"
    elif ((result == 124)); then
        problem="ended after $SUITE_MINUTES minutes"
    else
        problem="it ended with exit code $result before its tests were done"
    fi
    [[ -z $problem ]] || ((suite_failed += 1))
    ((suite_failed == 0)) || failures+=$'\n'"== $suite${problem:+: $problem}"$'\n'"$([[ ! -s $results ]] || failures_in "$results")"

    line="$suite: $suite_passed passed, $suite_failed failed, $skipped skipped, $((SECONDS - started)) s"
    say "   $line${problem:+. FAILED: $problem}"
    ((passed += suite_passed, failed += suite_failed)) || true
}

test_containers() {
    local tests=(-class '*.DemoTests' -class '*.ContainerTests')
    if [[ ${1:-} == --whole ]]; then tests+=(-class '*.BackupTests'); else tests+=(-method- '*.A_new_release_*'); fi
    require_docker
    require_dotnet
    make_run_dir
    trap_signals
    if public_registries_answer; then
        say "On the official images"
    else
        say "No public registry answers: PostgreSQL, RabbitMQ and the base of our images are made from Debian and the installed .NET." \
            "The official images that deploy/compose.yaml names are NOT tested by this run."
        require_stand_in_packages
        build_stand_ins
        trap stop_serving EXIT
        serve_stand_ins
    fi
    run dotnet build "$REPO/tests/Journeys.Tests" -c Release --nologo -v quiet || fail "the build failed."
    mkdir -p "$RUN_DIR/results"
    export BC_CONTAINERS=yes BC_REPLICAS=2
    run_suite Journeys "${tests[@]}"
    ((failed == 0))
}

# The system of the faults on a file system of its own that can be filled.
SMALL_DISK=$REPO/.run/journeys
make_small_disk() {
    mkdir -p "$SMALL_DISK"
    if mountpoint -q "$SMALL_DISK" || { is_root && mount -t tmpfs -o size=1500M,mode=711 better-connections-faults "$SMALL_DISK"; }; then
        trap 'umount "$SMALL_DISK"' EXIT
        export BC_FAULTS_DISK=journeys
    fi
}

test_faults() {
    require_dotnet
    require_packages faults
    trap_signals
    make_small_disk
    run dotnet build "$REPO/tests/Journeys.Tests" -c Release --nologo -v quiet || fail "the build failed."
    mkdir -p "$RUN_DIR/results"
    SUITE_MINUTES=20
    BC_REPLICAS=2 run_suite Journeys -explicit only
    ((failed == 0))
}

test_fuzz() {
    require_dotnet
    require_packages server
    trap_signals
    run dotnet build "$REPO/tests/Journeys.Tests" -c Release --nologo -v quiet || fail "the build failed."
    mkdir -p "$RUN_DIR/results"
    BC_FUZZ_REQUESTS=${BC_FUZZ_REQUESTS:-50000} run_suite Journeys -class '*.FuzzTests'
    # Its seed and figures, which the quiet reporter keeps to itself.
    grep -so -m1 'Seed [0-9]*, [0-9]* operations: [^<]*' "$RUN_DIR/results/Journeys.xml" || true
    say "$passed passed, $failed failed$failures"
    ((failed == 0))
}

use_stack test
if [[ ${1:-} == --containers ]]; then
    test_containers "${2:-}"
    exit
fi
if [[ ${1:-} == --faults ]]; then
    test_faults
    exit
fi
if [[ ${1:-} == --fuzz ]]; then
    test_fuzz
    exit
fi
wanted=$([[ ${1:-} == --servers ]] || suites "$@")
require_packages test

if [[ ${1:-} == --servers ]]; then
    supervisor_is_running || start_test_servers
    wait_for_servers
    test_environment | sed 's/^/export /'
    exit
fi

require_dotnet
require_node
require_modules tests/clients
require_modules portal
trap_signals
if supervisor_is_running; then
    say "Using the test servers that are already running (./bc down --test stops them)"
else
    trap stop_supervisor EXIT
    start_test_servers
fi
# The servers come up while the build runs.
run dotnet build "$REPO/BetterConnections.sln" -c Release --nologo -v quiet || fail "the build failed."
wait_for_servers
set -a
eval "$(test_environment)"
set +a

mkdir -p "$RUN_DIR/results"
for suite in $wanted; do
    run_suite "$suite"
done
say "$passed passed, $failed failed$failures"
((failed == 0))
