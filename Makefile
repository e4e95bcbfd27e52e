.DEFAULT_GOAL := help
.PHONY: help run test bench load lint audit format

# A Python that pyenv installed is found even where its shims are not on PATH.
export PATH := $(PATH):$(HOME)/.pyenv/shims

PORT ?= 8000
ARGS ?=
UV := $(or $(shell command -v uv),.uv/bin/uv)
PYTHON := .venv/bin/python
TEMPLATES = $(shell find templates guides checklists -path '*templates/*.html' 2>/dev/null)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: export DJANGO_DEBUG = 1
run: $(UV) ## Prepare everything and serve the site on http://localhost:8000/ (or PORT)
	$(UV) sync --quiet --frozen --inexact --no-dev
	$(PYTHON) manage.py migrate --verbosity 0
	$(PYTHON) manage.py load_content
	$(PYTHON) manage.py publish --if-changed --word "Shipped content"
	$(PYTHON) manage.py demo_accounts
	$(PYTHON) manage.py runserver localhost:$(PORT)

test: export DJANGO_ALLOW_ASYNC_UNSAFE = true
test: $(UV) ## Run all tests and tell which were slow; ARGS="-k word" or any other pytest options
	@$(UV) sync --quiet --frozen
	$(PYTHON) -m pytest -n auto --dist worksteal --durations=25 --durations-min=1 $(ARGS)

bench: $(UV) ## Measure what the site promises about speed
	@$(UV) sync --quiet --frozen
	$(PYTHON) -m tests.bench $(ARGS)

load: $(UV) ## The site under load, on this machine; ARGS=--memory or ARGS=--replica for other drills
	@$(UV) sync --quiet --frozen
	$(PYTHON) -m tests.load $(ARGS)

lint: export DJANGO_DEBUG = 1
lint: $(UV) ## Check style, formatting, types and templates
	@$(UV) sync --quiet --frozen
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	$(if $(TEMPLATES),.venv/bin/djade --check --target-version 6.1 $(TEMPLATES))

audit: $(UV) ## Look for known holes in the libraries; asks the public list of them (osv.dev)
	$(UV) audit --preview-features audit-command --frozen $(ARGS)

format: $(UV) ## Put code and templates into the agreed format
	@$(UV) sync --quiet --frozen
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	$(if $(TEMPLATES),.venv/bin/djade --target-version 6.1 $(TEMPLATES))

.uv/bin/uv:
	python3 -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv
