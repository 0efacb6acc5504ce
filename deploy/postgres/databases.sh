#!/usr/bin/env bash
# Runs in the container of PostgreSQL, once, when its volume is new.
set -euo pipefail
for service in identity inventory enrollment volunteer training evaluation; do
    password=${service^^}_PASSWORD
    printf '\\set service %s\n\\set password %s\n\\i /database.sql\n' "$service" "${!password}"
done | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username postgres
