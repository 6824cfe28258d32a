#!/usr/bin/env bash
# Plays a year in a real browser against the real program and a real PostgreSQL, and looks at every page on the way.
#
#   BINHYEN_BIN=target/debug/binhyen tests/browser/run.sh          what `make test` does
#   ... run.sh --docs                                              also renews the pictures in docs/shots/
#   ... run.sh --crunch                                            the two days in November alone: what `make crunch` does
#
# Nothing is skipped in silence: a missing browser, a program that does not start, a page that fails its checks, all end
# with a sentence and a status other than 0. Whatever was started is stopped, also then.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

bin=${BINHYEN_BIN:-$root/target/debug/binhyen}
[ -x "$bin" ] || stop "Không thấy chương trình ở $bin. Gõ: cargo build, hoặc đặt BINHYEN_BIN."
command -v node >/dev/null || stop 'Máy này chưa có Node.js. Gõ: scripts/setup.sh browser'
command -v npm >/dev/null || stop 'Máy này chưa có npm. Gõ: scripts/setup.sh browser'

# A browser that answers: on some systems the command is a stub.
find_browser() {
    local candidate
    for candidate in ${BINHYEN_CHROMIUM:+"$BINHYEN_CHROMIUM"} /usr/bin/chromium chromium chromium-browser google-chrome \
        google-chrome-stable '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
        candidate=$(command -v "$candidate" 2>/dev/null) || continue
        "$candidate" --version >/dev/null 2>&1 && printf '%s' "$candidate" && return
    done
    return 1
}
browser=$(find_browser) || stop 'Máy này chưa có Chromium. Gõ: scripts/setup.sh browser, hoặc đặt BINHYEN_CHROMIUM.'

# Installed once for each lock file.
if ! cmp -s "$here/package-lock.json" "$here/node_modules/.installed-from"; then
    (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$here/package-lock.json" "$here/node_modules/.installed-from"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/binhyen-browser.XXXXXX")
# PostgreSQL does not run as root, and the account that it then runs as can enter /var/lib but perhaps not a temporary folder.
if [ "$(id -u)" -eq 0 ]; then
    mkdir -p /var/lib/binhyen
    pg=$(mktemp -d /var/lib/binhyen/browser.XXXXXX)
else
    pg=$work/pg
fi

# The tests stop the program themselves; this is for the time when they could not.
clean_up() {
    local file pid
    for file in "$work/program.pid" "$pg/data/postmaster.pid"; do
        [ -r "$file" ] || continue
        pid=$(head -n 1 "$file")
        kill -INT "$pid" 2>/dev/null || continue
        for _ in $(seq 50); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
    done
    rm -rf "$work" "$pg"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

play=main.mjs
[ "${1:-}" = --crunch ] && play=crunch.mjs

# Pictures and logs of this run only.
rm -rf "$here/out"
mkdir -p "$here/out"
BINHYEN_BIN=$bin BINHYEN_CHROMIUM=$browser BINHYEN_TEST_WORK=$work BINHYEN_TEST_PG=$pg BINHYEN_TEST_ARGS="$*" \
    node --test-reporter=spec "$here/$play" &
tests=$!
# Waiting in the background lets a signal through at once.
wait "$tests"
