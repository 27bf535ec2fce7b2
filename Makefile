# `make demo` and `make test` set everything up by themselves; running them again installs nothing.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEVELOPED := $(VENV)/.developed
# What the tool is measured on: sets that nothing was learnt from, and how it did when the baseline was written.
GOLD := corpus/gold corpus/labelled
BASELINE := corpus/baseline.json

.PHONY: demo test check lint gold baseline install corpus clean help mutation

help:  ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

demo: $(INSTALLED)  ## Analyse the sample corpus and say where the report is
	$(BIN)/compliance analyse corpus/documents --reference corpus/national --out outputs/demo

test: $(DEVELOPED)  ## Run the test suite
	$(BIN)/python -m pytest -n 2

check: lint test  ## Run every check: style, types, layers, file sizes, tests

lint: $(DEVELOPED)  ## Run the checks that need no tests: style, types, layers, file sizes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_sizes.py

gold: $(INSTALLED)  ## Measure the judgement on the test sets; fails where it fell below the baseline
	$(BIN)/compliance evaluate $(GOLD) --split test --baseline $(BASELINE) \
		--json outputs/gold.json --markdown outputs/gold.md --junit outputs/gold.xml

baseline: $(INSTALLED)  ## Write the baseline anew, once a change of judgement is meant
	$(BIN)/compliance evaluate $(GOLD) --split test --json $(BASELINE)

mutation: $(INSTALLED)  ## Change the code at random places and count how often its tests notice (an hour; not in CI)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[mutation]'
	for area in classification score attribution textreuse; do $(BIN)/python benchmarks/mutation.py $$area --sample 60; done

corpus: $(INSTALLED)  ## Build the sample corpus from its sources
	$(BIN)/python corpus/build.py

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

# torch goes first and alone: any other order lets pip choose a build with gigabytes of CUDA.
$(DEVELOPED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:  ## Remove the environment and what was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
