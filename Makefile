# The commands of the project. Without make: README.md gives the same in plain commands.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
BOOTSTRAP := $(PYTHON) build_tools/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help site offline serve picture check test bench publishers audit lint types format lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 14

site: ## set up what is missing, then build the edition into site/
	@$(BOOTSTRAP) site
	@$(BIN)/edition build

offline: ## the same for a folder without a network, and a zip of it in dist/
	@$(BOOTSTRAP) site
	@$(BIN)/edition build --offline

serve: ## show the edition in a browser, and build it again at every change
	@$(BOOTSTRAP) site
	@$(BIN)/edition serve

check: ## look for problems in the edition, and write nothing
	@$(BOOTSTRAP) site
	@$(BIN)/edition check

test: ## set up what is missing, then lint, types, import contract and tests
	@$(BOOTSTRAP) test
	@$(MAKE) --no-print-directory lint types
	$(BIN)/pytest $(ARGS)

audit: ## judge the finished site: Nu checker, Lighthouse, axe in every window (not in make test)
	@$(BOOTSTRAP) audit
	@$(BIN)/edition build
	@$(BIN)/python -m tests.audit.audit
	EDITION_AUDIT=1 $(BIN)/pytest tests/browser/test_access.py

picture: ## take the pictures of README and CONTRIBUTING from the finished site
	@$(BOOTSTRAP) test
	@$(BIN)/edition build
	$(BIN)/python -m tests.picture

bench: ## measure the builder beside bare MkDocs, and write docs/about/performance.md
	@$(BOOTSTRAP) test
	$(BIN)/python -m tests.bench $(ARGS)

publishers: ## make the site with other publishers, verify it, and write docs/about/other-publishers.md
	@$(BOOTSTRAP) test
	-$(BIN)/python -m tests.bench.publishers

lint: ## look at the code: format, usual mistakes, import contract, licences
	@$(BOOTSTRAP) tools
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	@# Outside a git checkout reuse cannot tell our files from installed and generated ones.
	@if git rev-parse --is-inside-work-tree >/dev/null 2>&1; \
	then echo '$(BIN)/reuse lint'; $(BIN)/reuse lint --lines; \
	else echo 'reuse lint: left out, this is no git checkout'; fi

types: ## check the types of the code
	@$(BOOTSTRAP) tools
	$(BIN)/mypy

format: ## format the code, and mend what can be mended without asking
	@$(BOOTSTRAP) tools
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: ## make the lock files again (ARGS=--upgrade for the newest versions)
	@$(BOOTSTRAP) lock $(ARGS)

clean: ## remove everything that the commands above made
	rm -rf .venv node_modules .edition docs/edition site site-offline dist build *.egg-info
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
