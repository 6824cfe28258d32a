#!/usr/bin/env bash
# Installs what the machine lacks to build, run and test the program: PostgreSQL, a C linker, and with the word `browser` also
# what the browser tests need. Asks apt only when something is missing, and without the right to install says what to type.
#
#   scripts/setup.sh            before `make run`
#   scripts/setup.sh browser    before `make test`
set -euo pipefail

readonly oldest_postgres=15
readonly oldest_node=18

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# The first number in what a program says about its version.
major_of() { "$1" --version 2>/dev/null | grep -oE '[0-9]+' | head -n 1; }

has_postgres() {
    local bin found
    for bin in "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres \
        /opt/homebrew/opt/postgresql@*/bin/postgres /usr/local/opt/postgresql@*/bin/postgres \
        /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin/postgres \
        /Applications/Postgres.app/Contents/Versions/*/bin/postgres; do
        [ -x "$bin" ] || continue
        found=$(major_of "$bin") || continue
        [ "${found:-0}" -ge "$oldest_postgres" ] && return 0
    done
    return 1
}

# A browser that answers: on Ubuntu /usr/bin/chromium-browser may be a stub that only asks for snap.
has_browser() {
    local bin
    for bin in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$bin" >/dev/null && "$bin" --version >/dev/null 2>&1 && return 0
    done
    return 1
}

has_vietnamese_font() {
    # Without fontconfig nothing can be asked; the package is then the surest way.
    command -v fc-list >/dev/null && [ -n "$(fc-list 'Noto Sans:lang=vi' 2>/dev/null)" ]
}

is_ubuntu() { grep -qE '^ID=ubuntu$' /etc/os-release 2>/dev/null; }

wants_browser=
case "${1-}" in
    '') ;;
    browser) wants_browser=yes ;;
    *) stop "Không hiểu \"$1\". Gõ: scripts/setup.sh, hoặc: scripts/setup.sh browser" ;;
esac

command -v cargo >/dev/null || stop 'Máy này chưa có Rust. Cài Rust 1.95 trở lên theo https://rustup.rs rồi chạy lại.'

packages=()
has_postgres || packages+=(postgresql)
command -v cc >/dev/null || packages+=(gcc libc6-dev)
if [ -n "$wants_browser" ]; then
    if ! has_browser; then
        # Ubuntu's package is an empty shell around snap, which does not work in containers.
        is_ubuntu && stop 'Máy này chưa có trình duyệt để kiểm thử. Gõ: sudo snap install chromium' \
            'Máy không có snap thì cài gói google-chrome-stable của Google, rồi chạy lại.'
        packages+=(chromium)
    fi
    has_vietnamese_font || packages+=(fontconfig fonts-noto-core)
    if command -v node >/dev/null; then
        found=$(major_of node)
        [ "${found:-0}" -ge "$oldest_node" ] ||
            stop "Máy có Node.js $found, cần từ bản $oldest_node. Cài bản mới theo https://nodejs.org rồi chạy lại."
    else
        packages+=(nodejs)
    fi
    command -v npm >/dev/null || packages+=(npm)
fi
[ "${#packages[@]}" -gt 0 ] || exit 0

command -v apt-get >/dev/null || stop "Máy này thiếu: ${packages[*]}" \
    'Không có apt ở đây. Trên macOS, gõ: brew install postgresql@17 node, và cài Google Chrome.'

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root=(sudo -n)
    else
        if [[ " ${packages[*]} " == *' postgresql '* ]]; then
            stop "Máy này thiếu: ${packages[*]}. Gõ ba dòng sau rồi chạy lại:" \
                '  sudo mkdir -p /etc/postgresql-common' \
                "  echo 'create_main_cluster = false' | sudo tee -a /etc/postgresql-common/createcluster.conf" \
                "  sudo apt-get update && sudo env UCF_FORCE_CONFFOLD=1 apt-get install -y --no-install-recommends ${packages[*]}" \
                '(Hai dòng đầu để PostgreSQL không chạy nền: chương trình tự chạy một bản riêng.)'
        fi
        stop "Máy này thiếu: ${packages[*]}. Gõ rồi chạy lại:" \
            "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}"
    fi
fi

say "Cài thêm: ${packages[*]}"
"${as_root[@]}" apt-get update -q

if [[ " ${packages[*]} " == *' postgresql '* ]]; then
    # Ubuntu 22.04 carries 14.
    offered=$(apt-cache policy postgresql | sed -nE 's/^ *Candidate: ([0-9]+).*/\1/p')
    [ "${offered:-0}" -ge "$oldest_postgres" ] || stop \
        "Kho gói của máy chỉ có PostgreSQL ${offered:-(không có)}, cần từ bản $oldest_postgres. Gõ hai dòng sau để lấy từ kho của PostgreSQL, rồi chạy lại:" \
        '  sudo apt-get install -y postgresql-common ca-certificates && sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y' \
        '  sudo apt-get install -y --no-install-recommends postgresql-17'
    # Only the binaries are wanted, not a server in the background. On a machine where PostgreSQL is managed already, its owner's settings stay.
    settings=/etc/postgresql-common/createcluster.conf
    if ! dpkg-query -W -f '${Status}' postgresql-common 2>/dev/null | grep -q 'install ok installed' && [ ! -e "$settings" ]; then
        "${as_root[@]}" mkdir -p "${settings%/*}"
        printf '%s\n' '# Only the binaries of PostgreSQL are wanted: no server is made at install.' 'create_main_cluster = false' |
            "${as_root[@]}" tee "$settings" >/dev/null
    fi
fi

# The settings written above stay when the package brings its own.
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
    apt-get install -y -q --no-install-recommends "${packages[@]}"
