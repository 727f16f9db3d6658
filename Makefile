# Everything starts here. `make check` is what the CI runs.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
export PORT HOST

IN := .venv/bin
UV ?= $(firstword $(wildcard $(CURDIR)/$(IN)/uv) uv)
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
SUITE := $(IN)/python -m pytest -n 2 --dist worksteal

.PHONY: setup run test check soak bench lock messages
.DEFAULT_GOAL := setup

setup: ## make .venv with the locked packages; nothing to do when nothing changed
	@$(PYTHON) bootstrap.py

run: setup ## serve the real programme and a rehearsal on http://127.0.0.1:8000/
	@exec $(IN)/rantau serve --demo

test: ## the suite on SQLite, without browser and services
	@$(PYTHON) bootstrap.py test
	@$(SUITE) -m "not slow and not browser"

check: ## lint, types, contracts, both databases, one browser journey
	@$(PYTHON) bootstrap.py test check browser
	@$(IN)/python tools/check.py

soak: ## everything, the slow marks too, compiled loops and other libraries
	@$(PYTHON) bootstrap.py test check browser bench
	@$(IN)/python tools/check.py --soak

bench: ## measure beside a named baseline, write docs/benchmarks.md; nothing fails by time
	@$(PYTHON) bootstrap.py test bench
	@$(IN)/python benchmarks/run.py

lock: ## compile the hashed locks from pyproject.toml
	$(COMPILE) pyproject.toml -o requirements/runtime.lock
	$(COMPILE) --group test -c requirements/runtime.lock -o requirements/test.lock
	$(COMPILE) --group browser -c requirements/runtime.lock -c requirements/test.lock -o requirements/browser.lock
	$(COMPILE) --group check -c requirements/runtime.lock -c requirements/test.lock -o requirements/check.lock
	$(COMPILE) --group bench -c requirements/runtime.lock -c requirements/test.lock -o requirements/bench.lock

messages: ## collect and compile the catalogues (needs gettext)
	@$(PYTHON) bootstrap.py test
	@$(IN)/python tools/messages.py
