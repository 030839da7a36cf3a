# From a fresh checkout to a result. Needs python3 (3.11 or newer, with venv), make and a package index.
#   make run ARGS="replications=5"      settings for the experiment, passed on as they are
#   make test PYTHON=python3.12         another interpreter, for a new environment (make clean removes the old one)
#   make test VENV=.venv-3.12           another environment, beside the first

PYTHON ?= python3
VENV ?= .venv
ARGS ?=

python := $(VENV)/bin/python
installed := $(VENV)/.installed
compiled := $(VENV)/.compiled
say := @printf '%s\n'
# A module of tests stays with one process: what it builds once is built once.
parallel := -n auto --dist loadscope

.DEFAULT_GOAL := help
.PHONY: help setup run test test-all evidence docs notebooks lint types clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(compiled) ## install into .venv and compile the model; the other targets do it when needed
	@:

run: $(compiled) ## the main experiment; settings through ARGS="replications=5"
	@$(python) experiments/run.py experiment=headline $(ARGS)

test: $(compiled) ## the quick tests
	@$(python) -m pytest $(parallel) -m "not slow and not evidence" $(ARGS)

test-all: $(compiled) ## the quick and the slow tests
	@$(python) -m pytest $(parallel) -m "not evidence" $(ARGS)

evidence: $(compiled) ## mechanisms, patterns in depth, calibration: takes long
	@$(python) -m pytest -m evidence $(ARGS)

docs: $(compiled) ## the tables in docs/ that are made from declarations
	@$(python) experiments/document.py $(ARGS)

notebooks: $(compiled) ## the three notebooks, executed with their outputs in place
	@$(python) experiments/notebooks.py $(ARGS)

lint: $(installed) ## style and format
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .

types: $(installed) ## static types
	@$(python) -m mypy sim experiments

clean: ## remove the environments and the caches in this folder; results stay
	@rm -rf .venv .venv-* build *.egg-info .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment that works is kept and brought up to date; one that is missing or half made is made anew.
$(installed): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Tiltak needs Python 3.11 or newer, but there is no '$(PYTHON)' here: install it, or name one with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tiltak needs Python 3.11 or newer, but $(PYTHON) is $$($(PYTHON) -V 2>&1): name a newer one with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments (no venv or ensurepip): on Debian or Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	$(say) "Installing Tiltak and its pinned packages into $(VENV) (once; takes a minute or two)"
	@$(python) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(python) -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(compiled): $(installed) $(shell find sim experiments -name '*.py' 2>/dev/null)
	@$(python) -m compileall -q sim experiments
	@$(python) -m sim.warm_up
	@touch $@
