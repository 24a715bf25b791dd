# The commands of the house; `make help` tells what each does.
.DEFAULT_GOAL := help
.PHONY: help run test check bench fix lock setup clean
PYTHON_HERE := .venv/bin/python
LOCAL := $(PYTHON_HERE) -m buurtbaan.local

help: ## Show the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Start everything on this machine: database, web, worker, schedule; Ctrl-C stops it
	@scripts/setup.sh run
	@$(LOCAL) run

setup: ## Make the checkout ready to work in, tools for development included
	@scripts/setup.sh test

test: setup ## Run all tests, with a database of their own; ARGS='tests/candidates -k name' runs some
	@$(LOCAL) test -- $(PYTHON_HERE) -m pytest -n auto --dist load $(ARGS)

check: setup ## Look the source over: style, types, imports, migrations, translations, settings
	@$(LOCAL) test -- scripts/check.sh

bench: setup ## Measure the pages, on a database of their own; ARGS=--json for machines
	@$(LOCAL) test -- scripts/bench.sh $(ARGS)

fix: setup ## Let the tools repair what they can
	@$(PYTHON_HERE) -m ruff check --fix .
	@$(PYTHON_HERE) -m ruff format .

lock: setup ## Pin the newest packages that the .in files allow
	@scripts/lock.sh

clean: ## Remove all that was built; asks before it removes what was entered
	@scripts/clean.sh
