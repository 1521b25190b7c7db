# Everything here needs only Python 3.11 or later (with venv), git and make; the rest is fetched and locked.
#
#   PYTHON=python3.12 make test     another Python
#   N=0 make test                   tests one after another (default: two processes)
#   CHROMIUM=/path/to/it make test  another browser
#   ARGS='-k gesprek' make test     more arguments for pytest, `inloop demo` or `inloop bench`

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.SUFFIXES:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OWN_UV := .venv-uv/bin/uv
UV := $(or $(shell command -v uv),$(OWN_UV))
N ?= 2
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export CHROMIUM

# python3 when it is new enough, else the newest that is.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: help demo demo-once test check format lint types controleer soak bench lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## ?/|/' | awk -F'|' '{ printf "  make %-11s %s\n", $$1, $$2 }'

demo: $(READY)  ## set everything up and run the demo: browser chat and staff desk
	@$(BIN)/inloop demo $(ARGS)

demo-once: $(READY)  ## play the whole story once, without a browser
	@$(BIN)/inloop demo --once $(ARGS)

test: $(READY)  ## set everything up and pass the tests
	@marks='not soak'; \
	if [ -z "$$CHROMIUM" ]; then \
		marks="$$marks and not pagina"; \
		echo 'No Chromium found, so the tests of the pages are left out (Debian: apt install chromium).'; \
	fi; \
	$(BIN)/pytest -n $(N) --dist worksteal -m "$$marks" $(ARGS)

check: lint types controleer test  ## everything: format, lint, types, dialogs and texts, tests

format: $(READY)  ## put the code in shape
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lint: $(READY)  ## is the code in shape?
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)  ## mypy, strict
	$(BIN)/mypy

controleer: $(READY)  ## lint the dialogs, catalogues, labels and voices
	$(BIN)/inloop controleer

soak: $(READY)  ## the slow, wide tests
	@$(BIN)/pytest -m soak $(ARGS)

bench: $(READY)  ## the benchmarks, side by side
	@$(BIN)/inloop bench $(ARGS)

# --- setting up ---------------------------------------------------------------------------------------------

# uv has an environment of its own when it is not installed: it does not belong among the dependencies.
$(OWN_UV):
	@$(call need_python,venv,import venv; import ensurepip)
	@echo 'Fetching uv …'
	@rm -rf .venv-uv
	@"$(PYTHON)" -m venv .venv-uv
	@.venv-uv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

$(BIN)/python:
	@$(call need_python,venv,import venv)
	@"$(PYTHON)" -m venv --without-pip $(VENV)

$(READY): requirements.lock pyproject.toml | $(UV) $(BIN)/python
	@echo 'Installing what requirements.lock says …'
	@$(own_index) $(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

# Say in one line what is missing: $(1) in words, $(2) what must import.
define need_python
test -n "$(PYTHON)" || { echo 'Python 3.11 or later is needed (Debian: apt install python3 python3-venv).' >&2; exit 1; }; \
"$(PYTHON)" -c '$(2)' 2>/dev/null || { echo 'Python lacks $(1) (Debian: apt install python3-venv).' >&2; exit 1; }
endef

# uv does not read pip's settings. Where we fetched uv with pip, it uses the same package index as pip did.
ifeq ($(UV),$(OWN_UV))
own_index = index=$${PIP_INDEX_URL:-$$(.venv-uv/bin/python -m pip config get global.index-url 2>/dev/null)}; \
	if [ -n "$$index" ] && [ -z "$$UV_DEFAULT_INDEX$$UV_INDEX_URL" ]; then export UV_DEFAULT_INDEX="$$index"; fi;
endif

COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' pyproject.toml

lock: | $(UV)  ## renew the locks (UPGRADE=--upgrade for newer versions)
	@$(own_index) $(COMPILE) --extra dev $(UPGRADE) --output-file requirements.lock
	@$(own_index) $(COMPILE) --extra build --extra stem --extra vertaal --constraint requirements.lock $(UPGRADE) \
		--output-file requirements-run.lock

clean:  ## remove what was made, except databases and settings
	rm -rf $(VENV) .venv-uv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
