# The one front door. A fresh machine needs Python 3.11 or later, git and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
PYTEST := $(BIN)/python -m pytest

HAZARD_SIZE ?= 1000000

.DEFAULT_GOAL := help
.PHONY: help demo test engines check format bench portfolios rivals mutants hazards agreement wheel docs golden clean

help:           ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/run.stamp         ## install, assess one city, write its report to build/
	@mkdir -p build
	$(BIN)/maturity assess examples/makassar.yaml
	$(BIN)/maturity report examples/makassar.yaml -o build/report.md
	$(BIN)/maturity report examples/makassar.yaml --lang zh-Hant -o build/report.zh-Hant.md
	@echo "Reports written: build/report.md, build/report.zh-Hant.md"

test: $(VENV)/dev.stamp         ## every test but those of `make engines`, with coverage
	@rm -f .coverage .coverage.*
	$(PYTEST) -m 'not engines' -n 2 --dist loadfile --cov --cov-report=term $(ARGS)

engines: $(VENV)/engines.stamp  ## the query in Spark and PostgreSQL; needs Java 17 and a PostgreSQL server
	$(PYTEST) -m engines --no-cov tests/engines $(ARGS)

check: $(VENV)/dev.stamp        ## style, types, layers, freshness of generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src tests docs
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

format: $(VENV)/dev.stamp       ## mend what a machine can mend of the style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp        ## time to start, and to read a city file, against the bare libraries
	@$(BIN)/python -m compileall -q src      # as pip does with a wheel
	$(BIN)/python tests/bench/start.py
	$(BIN)/python -m tests.bench.quick

portfolios: $(VENV)/dev.stamp   ## time and memory for portfolios, against copying and loading their inputs
	@$(BIN)/python -m compileall -q src      # as pip does with a wheel
	$(BIN)/python -m tests.bench.portfolios

rivals: $(VENV)/rivals.stamp    ## what a tier decision costs, beside two other engines of rules
	$(BIN)/python -m tests.bench.rivals

mutants: $(VENV)/dev.stamp      ## every small change to the rubrics: do their cases notice?
	$(BIN)/maturity test rubrics --mutate --min-caught 90 --jobs 2

hazards: $(VENV)/dev.stamp      ## the hostile inputs at full length
	HAZARD_SIZE=$(HAZARD_SIZE) $(PYTEST) tests/properties $(ARGS)

agreement: $(VENV)/dev.stamp    ## the engines against each other, on many more rubrics and answers
	HAZARD_SIZE=full $(PYTEST) --no-cov -n 2 tests/properties/test_set_engine.py $(ARGS)

wheel: $(VENV)/dev.stamp        ## sdist, and the wheel from it, in dist/
	@rm -rf dist
	$(BIN)/python -m build

docs: $(VENV)/dev.stamp         ## schemas/, docs/reference/ and the blocks of the README
	$(BIN)/python docs/generate.py

golden: $(VENV)/dev.stamp       ## write the golden outputs anew; read the difference before committing
	MATURITY_GOLDEN=write $(PYTEST) --no-cov tests/unit/render/test_markdown.py tests/unit/render/test_terminal.py $(ARGS)

clean:          ## everything that make has made
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache

$(VENV)/dev.stamp: $(VENV)/run.stamp
	$(PIP) install --editable '.[dev]'
	@touch $@

# Only for this measurement, and on demand: see the file.
$(VENV)/rivals.stamp: $(VENV)/dev.stamp tests/bench/rivals.txt
	$(PIP) install --requirement tests/bench/rivals.txt
	@touch $@

$(VENV)/engines.stamp: $(VENV)/dev.stamp
	$(PIP) install --editable '.[dev,spark]'
	@touch $@

$(VENV)/run.stamp: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "maturity needs Python 3.11 or later; '$(PYTHON)' is $$($(PYTHON) -V 2>&1)." >&2; \
		echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; \
		exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) || { \
		echo "No virtual environment could be made: the venv module of '$(PYTHON)' is missing" >&2; \
		echo "(on Debian and Ubuntu it is the package python3-venv)." >&2; \
		exit 1; }
	$(PIP) install --editable .
	@touch $@
