# shellcheck shell=bash
# What has to be on the machine: the .NET SDK, and Debian's packages of the servers.

require_dotnet() {
    dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
        fail "the .NET SDK 10 is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
}

# require_packages server|test: installs what is missing. "test" adds what tests read our labels, pages, feeds and forms with.
require_packages() {
    local missing=()
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
    [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || missing+=(rabbitmq-server)
    command -v supervisord >/dev/null || missing+=(supervisor)
    command -v curl >/dev/null || missing+=(curl)
    if [[ $1 == test ]]; then
        command -v zbarimg >/dev/null || missing+=(zbar-tools)
        command -v pdftotext >/dev/null || missing+=(poppler-utils)
        command -v chromium >/dev/null || missing+=(chromium)
        command -v xmllint >/dev/null || missing+=(libxml2-utils)
        command -v npm >/dev/null || missing+=(nodejs npm)
    fi
    ((${#missing[@]})) || return 0

    command -v apt-get >/dev/null ||
        fail "these programs are missing: ${missing[*]} (their Debian names). Install them with your system's package manager."
    is_root ||
        fail "these packages are missing: ${missing[*]}. Only root can install them:"$'\n' \
            " sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
    install_packages "${missing[@]}" >&2
}

# Debian starts a server as soon as it is installed, on its standard port. Ours run privately, so these stay off.
install_packages() {
    local policy=/usr/sbin/policy-rc.d wrote_policy='' result=0 package
    say "Installing ${*}"
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        wrote_policy=yes
    fi
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } || result=$?
    [[ -z $wrote_policy ]] || rm -f "$policy"
    ((result == 0)) || fail "apt-get could not install: $*"
    [[ -d /run/systemd/system ]] || return 0
    for package in "$@"; do
        case $package in postgresql | rabbitmq-server | supervisor) systemctl disable --now "$package" ;; esac
    done
}

# The npm packages that tests use as clients of ours; npm's own lock file says whether they are there.
require_clients() {
    local clients=$REPO/tests/clients
    [[ $clients/node_modules/.package-lock.json -nt $clients/package-lock.json ]] && return 0
    say "Installing the clients of tests/clients"
    run npm ci --prefix "$clients" --no-audit --no-fund --loglevel error || fail "npm could not install tests/clients."
}
