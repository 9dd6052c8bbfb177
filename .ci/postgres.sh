#!/usr/bin/env bash
# Run a command with DATABASE_URL set to a PostgreSQL of its own, and leave nothing behind.
#
#     .ci/postgres.sh make test
#
# The cluster lives in a new folder, listens on 127.0.0.1 only, at a free port, trusts whoever
# connects, and does not wait for the disk. It is stopped and deleted however the command ends.
# PostgreSQL refuses to run as root, so root starts it as the user postgres, else nobody.
set -euo pipefail

if (($# == 0)); then
    echo "Usage: $0 COMMAND [ARGUMENT …]" >&2
    exit 2
fi

# Debian keeps the server's programs off the PATH, in one folder for each version.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [[ -z $bin ]]; then
    bin=$(dirname "$(command -v initdb || true)")
fi
if [[ ! -x $bin/initdb || ! -x $bin/pg_ctl ]]; then
    echo "PostgreSQL's server is not installed. On Debian: apt-get install postgresql" >&2
    exit 1
fi

cluster=$(mktemp -d)
as_owner=()
if ((EUID == 0)); then
    owner=nobody
    if id postgres > /dev/null 2>&1; then
        owner=postgres
    fi
    chown "$owner" "$cluster"
    as_owner=(runuser -u "$owner" --)
fi

clean_up() {
    trap '' INT TERM
    "${as_owner[@]}" "$bin/pg_ctl" stop --pgdata "$cluster/data" --mode immediate --silent \
        > /dev/null 2>&1 || true
    rm -rf "$cluster"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

cd "$cluster"
"${as_owner[@]}" "$bin/initdb" --pgdata "$cluster/data" --username iomsite --auth trust \
    --encoding UTF8 --locale C.UTF-8 --no-sync > "$cluster/initdb.log" 2>&1 \
    || { cat "$cluster/initdb.log" >&2; exit 1; }
"${as_owner[@]}" "$bin/pg_ctl" start --pgdata "$cluster/data" --log "$cluster/server.log" \
    --wait --silent --options "-p $port -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories='$cluster' -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c max_connections=60" \
    || { cat "$cluster/server.log" >&2; exit 1; }
"$bin/createdb" --host 127.0.0.1 --port "$port" --username iomsite iomsite
cd "$OLDPWD"

# In the background, so that a signal is answered at once instead of after the command.
export DATABASE_URL="postgres://iomsite@127.0.0.1:$port/iomsite"
"$@" &
command=$!
trap 'kill -TERM "$command" 2>/dev/null; wait "$command"; exit 130' INT
trap 'kill -TERM "$command" 2>/dev/null; wait "$command"; exit 143' TERM
wait "$command"
