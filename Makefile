# Everything needed to run, check and test, on a Debian machine that has Rust:
#
#   make run      build and start the site at http://127.0.0.1:8080 with a fictional demo city
#   make serve    the same with nothing in it: the console says how the first administrator is made
#   make test     everything the continuous integration checks
#   make lint     formatting, clippy, licences and sources
#   make fmt      format the code
#   make bench    measure
#   make mutate   change every constant and operator of every pack; some worked case must notice
#   make fuzz     run each fuzz target for FUZZ_SECONDS
#
# Each installs what is missing for it first (scripts/install).

LISTEN ?= 127.0.0.1:8080
DATA ?= data
DEMO_DATA ?= data-demo
FUZZ_SECONDS ?= 60

.PHONY: run serve test lint bench mutate fuzz fmt deps-run deps-lint deps-test deps-fuzz

run: deps-run
	cargo build --release -p shuzhuan
	target/release/shuzhuan serve --demo --data $(DEMO_DATA) --listen $(LISTEN)

serve: deps-run
	cargo build --release -p shuzhuan
	target/release/shuzhuan serve --data $(DATA) --listen $(LISTEN)

# One after the other, since every step waits for the same build folder; what is quick to fail
# comes first.
test: deps-test
	$(MAKE) --no-print-directory lint
	scripts/with-postgres sh -c 'FUZZ_MILLIS=15000 cargo test --workspace && TESTS_ON=postgres cargo test -p service'
	cargo run -q -p shuzhuan -- policy check
	cargo run -q -p shuzhuan -- policy check examples
	node e2e/run.mjs

# Security advisories are left out: they need a network that a build machine may not have.
lint: deps-lint
	cargo fmt --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo deny --log-level error check bans licenses sources

bench: deps-run
	cargo bench --workspace

mutate: deps-run
	cargo run --release -q -p shuzhuan -- policy check --quiet --mutate
	cargo run --release -q -p shuzhuan -- policy check --quiet --mutate crates/policy/tests/packs docs/tutorial-pack examples

fuzz: deps-fuzz
	scripts/fuzz $(FUZZ_SECONDS)

fmt:
	cargo fmt

deps-run deps-lint deps-test deps-fuzz: deps-%:
	@scripts/install $*
