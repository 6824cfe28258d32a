# The commands that a person types. `make` alone lists them.

# Where cargo builds, when somebody has moved it.
TARGET := $(or $(CARGO_TARGET_DIR),$(CARGO_BUILD_TARGET_DIR),target)
BINARY := $(TARGET)/debug/binhyen

# Where the servers for tests and for query checking keep their data. PostgreSQL does not run as root, and the account `postgres` that it then runs
# as can enter /var/lib, but perhaps not this folder. A path too long for a socket: make test PG=/tmp/pg
ifeq ($(shell id -u),0)
PG ?= /var/lib/binhyen/make
else
PG ?= $(abspath $(TARGET))/pg
endif

# Queries are checked against .sqlx, so a build needs no database.
export SQLX_OFFLINE ?= true

.DEFAULT_GOAL := help
.PHONY: help setup run test check sqlx

help: ## Liệt kê các lệnh này
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Cài PostgreSQL nếu máy chưa có
	@scripts/setup.sh

run: setup ## Chạy thử với dữ liệu mẫu, in địa chỉ và tài khoản
	cargo run -- demo

test: ## Chạy mọi kiểm thử: Rust với PostgreSQL thật, rồi trình duyệt
	@scripts/setup.sh browser
	cargo build
	$(BINARY) with-postgres --dir '$(PG)/test' -- cargo test
	BINHYEN_BIN='$(abspath $(BINARY))' tests/browser/run.sh

check: ## Vòng nhanh: định dạng, clippy, tài liệu, kiểm thử đơn vị
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --no-deps
	cargo test --lib

# The program that starts the server was built before the queries changed, so this works while the new ones do not compile yet. The data is made
# anew: a migration that is being written may differ from the one that ran last time.
sqlx: ## Ghi lại .sqlx sau khi sửa câu SQL hoặc migration (cần sqlx-cli)
	@cargo sqlx --version >/dev/null 2>&1 || { \
	  echo 'Chưa có sqlx-cli. Gõ: cargo install sqlx-cli --version 0.9.0 --locked --no-default-features --features postgres,sqlx-toml'; exit 1; }
	@test -x '$(BINARY)' || cargo build
	rm -rf '$(PG)/sqlx'
	'$(BINARY)' with-postgres --dir '$(PG)/sqlx' -- sh -ec '\
	  cargo sqlx migrate run --database-url "$$BINHYEN_TEST_MIGRATE_URL"; \
	  SQLX_OFFLINE=false cargo sqlx prepare --database-url "$$BINHYEN_TEST_MIGRATE_URL" -- --all-targets'
