# `make help` lists the targets. Everything else is made on demand: a virtual environment in .venv, the peers in .peers.

PYTHON ?= python3
# flytekit and what is compared with it needs Python 3.11 or 3.12; comparisons are fair only when it is the interpreter of .venv.
PEERS_PYTHON ?= $(PYTHON)
# Seconds for each fuzz target.
FUZZ_SECONDS ?= 60
# Passed on: `make test PYTEST_ARGS="-k union -x"`, `make bench BENCH_ARGS="--quick"`.
PYTEST_ARGS ?=
BENCH_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PEER := .peers/flytekit
PLUGINS := .peers/plugins
RUST := $(shell find rust -name '*.rs') Cargo.toml Cargo.lock
FUZZ_TARGETS = $(shell find tests/fuzz -name '*.rs' -not -path '*/target/*' 2>/dev/null)
PACKAGED := pyproject.toml $(wildcard wingbeat.data/scripts/*)

# Cargo by hand and maturin build PyO3 with different settings: a folder of its own for each, or they rebuild it in turns.
CARGO_DIR := --target-dir target/cargo
# Rust tests and fuzz targets are linked against the interpreter's shared library.
PYO3_ENV = PYO3_PYTHON="$(CURDIR)/$(BIN)/python" \
	LD_LIBRARY_PATH="$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_config_var("LIBDIR"))'):$$LD_LIBRARY_PATH"
MATURIN = VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/maturin develop

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help:  ## list the targets
	@grep -hE '^[a-z-]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+): .*## /\1\t/' | awk -F '\t' '{printf "  %-14s %s\n", $$1, $$2}'

# --- set-up ----------------------------------------------------------------------------------------------------------

$(VENV)/.tools: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "wingbeat needs Python 3.10 or newer: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

$(VENV)/.release: $(VENV)/.tools $(RUST) $(PACKAGED)
	rm -f $(VENV)/.dev
	$(MATURIN) --release
	touch $@

$(VENV)/.dev: $(VENV)/.tools $(RUST) $(PACKAGED)
	rm -f $(VENV)/.release
	$(MATURIN)
	touch $@

$(PEER)/.installed: tests/peers/requirements.txt
	@$(PEERS_PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12) and "the peers need Python 3.11 or 3.12: make peers PEERS_PYTHON=python3.12")'
	mkdir -p .peers
	test -x $(PEER)/bin/python || $(PEERS_PYTHON) -m venv $(PEER)
	$(PEER)/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/peers/requirements.txt
	touch $@

$(PLUGINS)/.installed: tests/peers/plugins.txt $(PEER)/.installed
	$(PEER)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(PLUGINS) --requirement $<
	touch $@

.PHONY: build-dev build-release peers
build-dev: $(VENV)/.dev  ## build the extension quickly, with debug assertions
build-release: $(VENV)/.release  ## build the extension as it is shipped
peers: $(PEER)/.installed $(PLUGINS)/.installed  ## install flytekit, the other side of tests and benches

# --- daily work ------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: build-release  ## run a task described by a real inputs.pb and show its outputs.pb
	@$(BIN)/python -m compileall -q python/wingbeat demo  # as installers do
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash demo/run.sh

.PHONY: test
test: build-release peers  ## Rust and Python tests, flytekit compared
	$(PYO3_ENV) cargo test --locked $(CARGO_DIR)
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(PYTEST_ARGS)

.PHONY: record
record: build-release peers  ## record what flytekit makes of the conformance suite
	$(BIN)/python -m tests.conformance.record

.PHONY: lint
lint: build-release  ## formatting, clippy, ruff, mypy, stub against binary
	cargo fmt --all --check -- $(FUZZ_TARGETS)
	$(PYO3_ENV) cargo clippy --locked $(CARGO_DIR) --all-targets -- -D warnings
	$(MAKE) --no-print-directory lint-python

.PHONY: lint-python
lint-python: build-release  ## the Python half of lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(MAKE) --no-print-directory stub

.PHONY: stub
stub: build-release  ## compare python/wingbeat/_core.pyi with the extension
	$(BIN)/python -m mypy.stubtest --mypy-config-file pyproject.toml wingbeat._core

.PHONY: types-doc
types-doc: build-release  ## write docs/types.md from tests/types_table.py
	$(BIN)/python -m tests.make_types_doc

.PHONY: record-surface
record-surface: build-release peers  ## write down which modules and names flytekit has, for tests and the import hook
	$(PEER)/bin/python tests/compat/flytekit_surface.py > tests/compat/surface.json
	$(BIN)/python -m tests.compat.make_names

.PHONY: format
format: $(VENV)/.tools  ## format everything, mend what can be mended
	cargo fmt --all -- $(FUZZ_TARGETS)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

.PHONY: bench
bench: build-release peers  ## measure, print the README's table (BENCH_ARGS=--write-readme puts it there)
	$(BIN)/python -m benches $(BENCH_ARGS)

# New findings are collected under target/, the committed seeds stay as they are. Python keeps memory to the end on purpose;
# leaks are the business of tests/test_leaks.py.
.PHONY: fuzz
fuzz: $(VENV)/.tools  ## fuzz each target for FUZZ_SECONDS (60)
	@cargo +nightly --version >/dev/null 2>&1 || { echo "fuzzing needs a nightly toolchain: rustup toolchain install nightly"; exit 1; }
	@command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked
	@set -e; targets=$$(cargo +nightly fuzz list --fuzz-dir tests/fuzz); for target in $$targets; do \
		mkdir -p target/fuzz-corpus/$$target; \
		echo "fuzzing $$target for $(FUZZ_SECONDS) s"; \
		ASAN_OPTIONS=detect_leaks=0 $(PYO3_ENV) cargo +nightly fuzz run --fuzz-dir tests/fuzz $$target \
			target/fuzz-corpus/$$target tests/fuzz/seeds/$$target -- -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1; \
	done

.PHONY: clean
clean:  ## remove everything that was made
	rm -rf $(VENV) .peers .demo dist target tests/fuzz/target .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -f python/wingbeat/*.so
	find python tests benches demo -name __pycache__ -type d -prune -exec rm -rf {} +
