# Everything that one does with Sutler from a checkout. Needs a Python from 3.11 on, and nothing else: the first
# target that needs it makes .venv, with exactly the packages (and hashes) of the lock files.

BIN := .venv/bin
PYTHON := $(BIN)/python
# Lint, types and tests look at these, as far as they are there.
CODE := $(wildcard sutler tests tools bench sdk)

# Python keeps what it has compiled, also for those who otherwise want that nowhere: the tests start many processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help serve test lint types bench soak openapi docs migration lock sdk clean runtime develop

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: runtime ## run Sutler here, with a demo store when it is new
	@exec $(BIN)/sutler serve --demo

test: lint types ## lint, check types and run all tests but the long ones
	@tools/browser
	@$(PYTHON) -m pytest -n 2 --dist loadgroup

lint: develop ## check style, format and the direction of imports
	@$(BIN)/ruff check --quiet --output-format concise $(CODE)
	@$(BIN)/ruff format --check --quiet --output-format concise $(CODE)
	@found=$$($(BIN)/lint-imports --no-cache 2>&1) || { echo "$$found"; exit 1; }

types: develop ## check types, strictly
	@$(BIN)/mypy --no-error-summary $(CODE)

bench: develop ## measure against the budgets, side by side with hand-written floors
	@$(PYTHON) -m bench

soak: develop ## run the long versions of the tests
	@tools/browser
	@$(PYTHON) -m pytest -m soak -o faulthandler_timeout=7200

openapi: runtime ## write the four OpenAPI documents to build/openapi
	@$(PYTHON) -m tools.openapi build/openapi

docs: develop ## write the generated pages of docs/ anew
	@$(PYTHON) -m tools.parity
	@$(PYTHON) -m tools.reference
	@$(PYTHON) -m tools.permissions
	@$(PYTHON) -m tools.sdk.pages

sdk: develop ## write the generated part of the Python SDK anew
	@$(PYTHON) -m tools.sdk

migration: develop ## write a migration from what changed in the tables: make migration m="what changed"
	@test -n "$(m)" || { echo 'Say what changed: make migration m="what changed"'; exit 1; }
	@$(PYTHON) -c "import sys; from sutler.kernel.data.migrate import generate; print(generate(sys.argv[1]) or 'Nothing changed.')" "$(m)"
	@$(BIN)/ruff format --quiet sutler/migrations

lock: ## write both lock files anew from pyproject.toml (tools/lock --upgrade takes newer versions)
	@tools/lock

clean: ## remove what was built or cached, and .venv; never data
	@rm -rf .venv .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build dist
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

runtime: ; @tools/setup requirements.lock
develop: ; @tools/setup requirements-dev.lock
