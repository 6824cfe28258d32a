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
.PHONY: help setup run test check sqlx bench-import crunch bench-engine bench-papers

help: ## Liệt kê các lệnh này
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Cài PostgreSQL nếu máy chưa có
	@scripts/setup.sh

run: setup ## Chạy thử với dữ liệu mẫu, in địa chỉ và tài khoản
	cargo run -- demo

test: ## Chạy mọi kiểm thử: Rust với PostgreSQL thật, rồi trình duyệt
	@scripts/setup.sh browser
# The tests bring the program along; building it by itself would build Typst twice, once with the features of the tests and once without.
	cargo test --workspace --no-run
	$(BINARY) with-postgres --dir '$(PG)/test' -- cargo test --workspace
	BINHYEN_BIN='$(abspath $(BINARY))' tests/browser/run.sh

check: ## Vòng nhanh: định dạng, clippy, tài liệu, kiểm thử đơn vị
	cargo fmt --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps
	cargo test --workspace --lib

# The program that starts the server was built before the queries changed, so this works while the new ones do not compile yet. The macros write what
# they learn into SQLX_OFFLINE_DIR by themselves; no other tool is needed. The data is made anew: a migration that is being written may differ.
sqlx: ## Ghi lại .sqlx sau khi sửa câu SQL hoặc migration
	@test -x '$(BINARY)' || cargo build
	cp '$(BINARY)' '$(BINARY)-sqlx'
	rm -rf '$(PG)/sqlx' .sqlx && mkdir .sqlx && touch src/lib.rs
	'$(BINARY)-sqlx' with-postgres --dir '$(PG)/sqlx' -- sh -ec '\
	  psql "$$BINHYEN_TEST_MIGRATE_URL" -qc "create table if not exists _sqlx_migrations (version bigint, success boolean)"; \
	  for step in migrations/*.up.sql; do psql "$$BINHYEN_TEST_MIGRATE_URL" -qAt -v ON_ERROR_STOP=1 -1 -f "$$step" >/dev/null; done; \
	  BINHYEN_BUILD_DATABASE_URL="$$BINHYEN_TEST_MIGRATE_URL" SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$$PWD/.sqlx" cargo check --all-targets'

# The benchmark brings the program along, in release; nothing else is built.
bench-import: setup ## Đo: 10.000 hộ đọc và ghi, 300 phiếu; bản release, quá 5 giây là hỏng
	cargo bench --bench import --no-run
	$(TARGET)/release/binhyen with-postgres --dir '$(PG)/bench' -- cargo bench --bench import

bench-engine: ## Đo: xét 24 tổ trong 5 ms, 1.000 phường trong 10 giây; bản release
	cargo bench --bench engine

# In a release build the seconds are those of the product; here they only may not grow beyond reason.
crunch: ## Chơi hai ngày tháng 11 trong trình duyệt: đếm lần bấm, giây máy chủ, in bảng; quá mục tiêu là hỏng
	@scripts/setup.sh browser
	cargo build
	BINHYEN_BIN='$(abspath $(BINARY))' tests/browser/run.sh --crunch

bench-papers: setup ## Đo: một văn bản 150 ms, 24 giấy, 300 phiếu, 3.000 hộ mỗi việc 5 giây, gói hồ sơ 10 giây; bản release
	cargo bench --bench papers --no-run
	$(TARGET)/release/binhyen with-postgres --dir '$(PG)/bench' -- cargo bench --bench papers
