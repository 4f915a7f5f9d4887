PYTHON ?= python3
CASELOAD := .venv/bin/python -m config.local
export PORT

.PHONY: run test test-long rehearse bench lint fmt stop clean setup

run: setup
	@$(CASELOAD).run

setup:
	@$(PYTHON) -m config.local.setup

test:
	@$(PYTHON) -m config.local.setup --with-browser
	@$(CASELOAD).test $(ARGS)

test-long:
	@$(PYTHON) -m config.local.setup --with-browser
	@$(CASELOAD).test long

rehearse: setup
	@$(CASELOAD).rehearse

bench: setup
	@$(CASELOAD).bench $(ARGS)

lint: setup
	@$(CASELOAD).test lint

fmt: setup
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

stop:
	@if [ -x .venv/bin/python ]; then $(CASELOAD).run stop; fi

clean:
	@if [ -x .venv/bin/python ]; then $(CASELOAD).run stop; CASELOAD_PROFILE=test $(CASELOAD).services stop; fi
	rm -rf .data .venv node_modules staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
