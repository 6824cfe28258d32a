#!/bin/sh
# Tries the object-store door against a real S3 protocol: starts moto (a local S3 server in Python)
# on loopback, makes a bucket, runs tests/s3.rs, stops the server. Needs python3 with venv and the
# Python package index; nothing is installed outside a temporary folder.
# An own server instead: BINHYEN_TEST_S3_ENDPOINT=http://... sh scripts/try-s3.sh (bucket: binhyen).
set -eu
cd "$(dirname "$0")/.."

if [ -z "${BINHYEN_TEST_S3_ENDPOINT:-}" ]; then
    work=$(mktemp -d)
    server=
    trap '[ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true; rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
    # MOTO_VENV: a folder that keeps the installation between runs.
    venv=${MOTO_VENV:-$work/venv}
    [ -x "$venv/bin/moto_server" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install -q 'moto[server]'; }
    port=${BINHYEN_TEST_S3_PORT:-$("$venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}
    "$venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$work/log" 2>&1 &
    server=$!
    BINHYEN_TEST_S3_ENDPOINT=http://127.0.0.1:$port
    export BINHYEN_TEST_S3_ENDPOINT
    tries=0
    until "$venv/bin/python" - "$BINHYEN_TEST_S3_ENDPOINT" <<'PY' 2>/dev/null
import sys, urllib.request
urllib.request.urlopen(urllib.request.Request(sys.argv[1] + "/binhyen", method="PUT"), timeout=5)
PY
    do
        tries=$((tries + 1))
        [ "$tries" -lt 60 ] || { cat "$work/log" >&2; exit 1; }
        sleep 0.5
    done
fi

cargo test --features s3-trial --test s3 -- --nocapture
