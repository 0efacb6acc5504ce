#!/usr/bin/env bash
# ./bc test [Suite...] and ./bc test --servers
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
for part in lib packages servers supervisord test-servers; do
    # shellcheck source=/dev/null
    source "$here/$part.sh"
done

use_stack test
require_packages test

if [[ ${1:-} == --servers ]]; then
    supervisor_is_running || start_test_servers
    wait_for_servers
    test_environment | sed 's/^/export /'
    exit
fi
