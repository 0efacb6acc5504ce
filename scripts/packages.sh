# shellcheck shell=bash
# What has to be on the machine: the .NET SDK, and Debian's packages of the servers.

require_dotnet() {
    dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
        fail "the .NET SDK 10 is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
}

node_major() { node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0; }

# Debian 12's own Node.js is older than the clients that tests use.
require_node() {
    (($(node_major) >= 20)) && command -v npm >/dev/null ||
        fail "Node.js 20 or later, with npm, is missing. Install it from https://nodejs.org and run this again."
}

# require_packages server|test|faults: installs what is missing. "test" adds what tests read our labels, pages, feeds and forms with.
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
    fi
    # Faults are tried without it too, but for clocks that are wrong; so it is installed only where that needs no asking.
    if [[ $1 == faults ]] && is_root && ! compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null; then missing+=(faketime); fi
    install_missing "${missing[@]}"
}

# What stands in for public images is made with.
require_stand_in_packages() {
    local missing=() program
    for program in curl mmdebstrap docker-registry; do
        command -v "$program" >/dev/null || missing+=("$program")
    done
    install_missing "${missing[@]}"
}

install_missing() {
    local missing=("$@")
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
        case $package in postgresql | rabbitmq-server | supervisor | docker-registry) systemctl disable --now "$package" ;; esac
    done
}

# require_modules FOLDER: its npm packages; npm's own lock file says whether they are there.
require_modules() {
    local folder=$REPO/$1
    [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]] && return 0
    say "Installing the npm packages of $1"
    # Not `npm ci`: the lock file names what was there where it was made, and Vite needs other parts on other platforms.
    run npm install --no-save --prefix "$folder" --no-audit --no-fund --loglevel error || fail "npm could not install the packages of $1."
}

# What browsers show: the portal and the questionnaires. The API and survey apps need neither, so a machine without Node.js runs all the rest.
build_pages() {
    if (($(node_major) < 20)); then
        say "Node.js 20 or later is not here: the system runs without the portal and the web form of questionnaires."
        return 0
    fi
    build_page portal gateway/wwwroot
    build_page webform services/Evaluation/wwwroot/openrosa/form
}

# build_page FOLDER INTO: where a file of the folder is newer than what was built of it.
build_page() {
    local built=$REPO/$2/index.html
    [[ -e $built && -z $(find "$REPO/$1" -name node_modules -prune -o -type f -newer "$built" -print -quit) ]] && return 0
    require_modules "$1"
    run npm run build --prefix "$REPO/$1" -- --logLevel error || fail "the pages of $1 could not be built."
}
