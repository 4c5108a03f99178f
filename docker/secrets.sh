#!/bin/sh
# Draws the passwords of compose.yaml, once: one a file, which only the user that reads it in a container may read.
#   docker/secrets.sh [FOLDER]        docker/secrets, unless another folder is named
set -eu
umask 077
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${1:-$here/secrets}
[ ! -e "$folder" ] || { echo "$folder is there already: its passwords are in use" >&2; exit 1; }

# Containers that need a secret run as whoever owns the files. Nothing of ours runs as root.
owner=$(id -u):$(id -g)
[ "$owner" != 0:0 ] || owner=10001:10001

draft=$folder.draft
rm -rf "$draft"
mkdir "$draft"
for name in postgres temporal mandate_app mandate_reader mandate_tenant_reader; do
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n' > "$draft/$name.password"
done
# As PostgreSQL's own programs have it: host, port, database, role, password.
printf '*:*:*:mandate_app:%s\n' "$(cat "$draft/mandate_app.password")" > "$draft/worker.pgpass"
for role in postgres mandate_app mandate_reader mandate_tenant_reader; do
    printf '*:*:*:%s:%s\n' "$role" "$(cat "$draft/$role.password")"
done > "$draft/owner.pgpass"
[ "$(id -u)" != 0 ] || chown -R "$owner" "$draft"
mv "$draft" "$folder"
[ -n "${1:-}" ] || printf 'MANDATE_USER=%s\n' "$owner" > "$here/.env"
