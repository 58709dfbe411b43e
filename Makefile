# `make test` is the gate: it says what it installs, runs every part, and fails when a part fails or cannot run.
# Parts may be run alone: `make format lint deny docs unit interop ...`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

TARGET := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
TOOLS := $(CURDIR)/target/tools
VENV := $(TOOLS)/python
DENY_VERSION := 0.20.2
DENY := $(TOOLS)/bin/cargo-deny

export BEWIJS_INTEROP_PYTHON := $(VENV)/bin/python

.PHONY: help test tools system js python deny-tool format lint verifier deny docs tests bench-smoke demo advisories load compare

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

test: ## the gate: everything, with one line of counts at the end
	@bash .ci/gate

tools: system js python deny-tool ## install what the gate needs

system:
	@bash .ci/system-packages

js: tests/interop/js/node_modules/.package-lock.json benches/compare/node_modules/.package-lock.json

benches/compare/node_modules/.package-lock.json: benches/compare/package-lock.json
	@echo "installing npm packages of benches/compare from its lock file"
	cd benches/compare && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

tests/interop/js/node_modules/.package-lock.json: tests/interop/js/package-lock.json
	@echo "installing npm packages of tests/interop/js from its lock file"
	cd tests/interop/js && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

python: $(VENV)/.installed

$(VENV)/.installed: tests/interop/py/requirements.txt
	@echo "installing PyPI packages of tests/interop/py from its lock file into $(VENV)"
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --require-hashes -r tests/interop/py/requirements.txt
	@touch $@

deny-tool: $(DENY)

$(DENY):
	@echo "installing cargo-deny $(DENY_VERSION) into $(TOOLS)"
	cargo install cargo-deny --version $(DENY_VERSION) --locked --root $(TOOLS) --target-dir $(TOOLS)/build
	rm -rf $(TOOLS)/build

format:
	cargo fmt --check

lint: # tests, benches and examples speak by printing and panicking; the service does not
	cargo clippy --release --lib --bins -- -D warnings
	cargo clippy --release --all-targets -- -D warnings -A clippy::panic -A clippy::unwrap_used -A clippy::print_stdout -A clippy::print_stderr

verifier: # the library without server, store, keys and command; its examples and documentation
	cargo clippy --release --no-default-features --lib -- -D warnings
	cargo clippy --release --no-default-features --features network --lib -- -D warnings
	BEWIJS_AT=2026-02-03T09:00:00Z cargo run --release --no-default-features --example verify_offline -- examples/offline/documents examples/offline/credential.json
	cargo test --release --no-default-features --doc

deny: deny-tool
	cargo fetch --locked --quiet
	$(DENY) --offline check licenses bans sources

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --release --no-deps --lib

tests:
	cargo test --release

bench-smoke: js
	cargo bench --bench canonicalise -- --test
	cargo bench --bench sign_verify -- --test
	cargo bench --bench load -- --smoke
	cargo bench --bench compare -- --smoke

demo: ## run the demonstration
	cargo run --release -- demo

load: ## measure the real server over loopback (figures, no verdict)
	cargo bench --bench load

compare: js ## measure our verifier next to npm @digitalbazaar/vc (figures, no verdict)
	cargo bench --bench compare

advisories: deny-tool ## needs the advisory database, so it is not in the gate
	$(DENY) check advisories

# Instrumented for libFuzzer on the stable toolchain; needs a C++ compiler.
FUZZ_TARGETS := canonicalise examine keys status_list png svg pdf jwt did_document presentation derived institution
SECONDS_EACH ?= 10

.PHONY: fuzz fuzz-smoke fuzz-build
fuzz-build:
	RUSTC_WORKSPACE_WRAPPER=$(CURDIR)/fuzz/instrument cargo build --release --locked --package bewijs-fuzz --bins
	@mkdir -p $(TARGET)/fuzz
	@for t in $(FUZZ_TARGETS); do cp $(TARGET)/release/fuzz_$$t $(TARGET)/fuzz/; done

fuzz: fuzz-build ## run every fuzz target for SECONDS_EACH=600 seconds, say
	@for t in $(FUZZ_TARGETS); do \
	  mkdir -p $(TARGET)/fuzz/corpus-$$t; \
	  seeds=fuzz/seeds/$$t; case $$t in canonicalise|examine) seeds=tests/samples/expected;; esac; test -d $$seeds || seeds=; \
	  echo "fuzz $$t"; \
	  $(TARGET)/fuzz/fuzz_$$t -max_total_time=$(SECONDS_EACH) -rss_limit_mb=2048 -timeout=10 -max_len=65536 -print_final_stats=1 \
	    -artifact_prefix=$(TARGET)/fuzz/ $(TARGET)/fuzz/corpus-$$t $$seeds 2>&1 | tail -n 14 || exit 1; \
	done

fuzz-smoke: fuzz
