# Everything a fresh Debian 12 with Swift needs is installed by `setup`, which every other target asks for.
#
#   make demo         set up, build, simulate, train, score and evaluate on the shipped data
#   make test         set up, build, run every test; one report in pytest_results.json
#   make lint         format, warnings, direction of imports, names
#   make coverage     line coverage by module; fails below COVERAGE percent
#   make bench        speed, as ratios measured in one run
#   make integration  the slow run: the connectors on real systems, which it installs; the notebooks again, beside the peers
#   make fuzz         libFuzzer on every reader and the redactor, FUZZ_SECONDS each
#   make notebooks    run the notebooks again and write their printed output

SHELL := /bin/bash
.SHELLFLAGS := -e -o pipefail -c
.DEFAULT_GOAL := test
.DELETE_ON_ERROR:
.PHONY: setup packages build release swift-tests demo test lint coverage bench integration notebooks \
    fuzzers fuzz

export PATH := $(PATH):/opt/swift/usr/bin
# Two threads add up in another order than one, and on a small machine they are no faster.
export OPENBLAS_NUM_THREADS := 1

COVERAGE := 90
FUZZ_SECONDS := 60
PYTHON := .venv/bin/python
PACKAGES := libopenblas-dev liblapacke-dev libsimdjson-dev libsqlite3-dev zlib1g-dev libstdc++-12-dev libgomp1 python3-venv tzdata
PROFILES := $(CURDIR)/.build/acceptance

setup: packages .venv/installed

packages:
	@missing=; for package in $(PACKAGES); do \
	    [ "$$(dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null)" = installed ] || missing+=" $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	    echo "Installing$$missing"; \
	    as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	    $$as_root apt-get update -qq; \
	    DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $$missing; \
	fi; \
	command -v swift >/dev/null || \
	    { echo "Swift 6.3 is needed and is not on the PATH: https://www.swift.org/install" >&2; exit 1; }

.venv/installed: Tests/requirements.txt | packages
	@echo "Setting up Python for the acceptance tests in .venv"
	/usr/bin/python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r Tests/requirements.txt
	@touch $@

# Only what compares with other people's programs needs them.
.venv/peers: Tests/Build/requirements-peers.txt | .venv/installed
	@echo "Installing the peers that benchmarks and notebooks compare with"
	@# pysnow asks for a pytz of 2019, which pandas does not take; it works with a later one.
	@grep -v '^pysnow' Tests/requirements.txt > .venv/constraints
	.venv/bin/pip install --quiet --disable-pip-version-check -r $< -c .venv/constraints
	@touch $@

# One debug build serves the Swift tests and the coverage, one release build everything that drives the programs.
# They have different folders, so that neither makes the other stale.
DEBUG_BUILD := swift build --build-tests --enable-code-coverage

build: setup
	$(DEBUG_BUILD)

release: setup
	swift build -c release --static-swift-stdlib --scratch-path .build-release

# Its failures are reported by pytest, test by test, so the exit code is kept for pytest to judge.
swift-tests: build
	@rm -f .build/swift-tests.xml .build/swift-tests.exit
	@code=0; swift test --skip-build --enable-code-coverage --disable-xctest --parallel \
	    --xunit-output .build/swift-tests.xml || code=$$?; echo $$code > .build/swift-tests.exit

# Every module once more, with the instruments of libFuzzer.
fuzzers: setup
	CASEBOOK_FUZZING=1 swift build -c release --sanitize fuzzer --scratch-path .build-fuzz --product fuzz

fuzz: fuzzers
	CASEBOOK_FUZZ_SECONDS=$(FUZZ_SECONDS) .venv/bin/pytest -q -p no:cacheprovider Tests/Acceptance/test_fuzz.py

test: swift-tests release fuzzers
	.venv/bin/pytest -q -p no:cacheprovider --json-report --json-report-file=pytest_results.json \
	    --json-report-omit collectors keywords log -- Tests/Acceptance

lint: setup
	swift format lint --strict --recursive Sources Tests Package.swift
	$(PYTHON) Tests/Build/imports.py
	$(PYTHON) Tests/Build/names.py
	@echo "Building, because warnings are errors"
	$(DEBUG_BUILD)

# The acceptance tests run once more, through the instrumented debug build, so that the programs are covered too; but for the one
# that gives a program of full speed a fifth of a core.
coverage: swift-tests
	@[ "$$(cat .build/swift-tests.exit)" = 0 ] || { echo "Tests fail, so coverage means nothing" >&2; exit 1; }
	@rm -rf $(PROFILES) && mkdir -p $(PROFILES)
	CASEBOOK_BIN=$(CURDIR)/.build/debug LLVM_PROFILE_FILE=$(PROFILES)/%p.profraw PYTHONPATH=Tests/Build \
	    .venv/bin/pytest -q -p no:cacheprovider -p profiles Tests/Acceptance --ignore Tests/Acceptance/test_real_data.py \
	    --deselect Tests/Acceptance/test_ingest.py::test_keeps_within_its_budget
	$(PYTHON) Tests/Build/coverage.py --profile $(PROFILES)/acceptance.profdata --threshold $(COVERAGE)

bench: release .venv/peers
	$(PYTHON) Tests/Benchmarks/resolution_time.py
	$(PYTHON) Tests/Benchmarks/signatures.py
	$(PYTHON) Tests/Benchmarks/ingest.py
	$(PYTHON) Tests/Benchmarks/redaction.py
	$(PYTHON) Tests/Benchmarks/storage.py
	$(PYTHON) Tests/Benchmarks/impact.py
	$(PYTHON) Tests/Benchmarks/trends.py
	$(PYTHON) Tests/Benchmarks/knowledge.py
	$(PYTHON) Tests/Benchmarks/sync.py

notebooks: release .venv/peers
	$(PYTHON) notebooks-text/run.py

integration: release .venv/peers
	$(PYTHON) Tests/Build/real_systems.py
	$(PYTHON) notebooks-text/run.py --check

demo: release
	$(PYTHON) Tests/Build/demo.py
