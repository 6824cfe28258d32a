#!/usr/bin/env bash
# Makes the secret files that docker-compose.yml names, once: a file that is there already is left alone, since the database knows its
# password. docker/make-secrets.sh [folder]
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-secrets}
umask 077
mkdir -p "$folder"

# 32 random bytes as 64 hexadecimal digits: nothing in them needs escaping in an address.
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

keep() {
    if [ -e "$folder/$1" ]; then
        echo "Giữ nguyên $folder/$1"
        return
    fi
    printf '%s' "$2" >"$folder/$1"
    # The program in the container is not root, and files are mounted with the owner they have here. The folder itself is closed to others.
    chmod 0444 "$folder/$1"
    echo "Đã tạo $folder/$1"
}

for name in postgres_password app_password migrate_password backup_password; do
    keep "$name" "$(random)"
done
keep database_url "postgres://binhyen_app:$(cat "$folder/app_password")@postgres:5432/binhyen"
keep migrate_url "postgres://binhyen_migrate:$(cat "$folder/migrate_password")@postgres:5432/binhyen"
