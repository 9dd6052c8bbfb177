# What one does with this project. `make` alone lists it.
#
# Variables: PYTHON (an interpreter, 3.11.2 or later), PORT (of the server), VENV (where the
# packages go), ARGS (more arguments for pytest, as in `make test ARGS="-k anchors"`).

PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
DATA_DIR ?= var
CORPUS ?= ../shared/data/ungdc.jsonl.xz
ARGS ?=

bin := $(VENV)/bin
manage := $(bin)/python manage.py
pip := $(bin)/python -m pip install --disable-pip-version-check -qq
runtime := $(VENV)/.runtime-installed
development := $(VENV)/.development-installed
collected := $(DATA_DIR)/static/.collected
pins := requirements.txt constraints.txt
# The names that a site filled by `make demo` goes by, unless its .env is there already.
demonstration := 'SITE_NAME="Shared Waters on Record"' REFERENCE_PREFIX=OSWS/SP \
	'ORGANIZATION_NAME="Organization for Shared Waters and Shores (invented)"'

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

.PHONY: help demo serve corpus test browser coverage lint format benchmark benchmark-search benchmark-mentions lock clean

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(runtime) .env | $(DATA_DIR)  ## Install, fill a database with the demonstration, and serve it
	@$(manage) migrate --verbosity 0
	@$(manage) load_demo
	@$(MAKE) serve

serve: $(collected) .env | $(DATA_DIR)  ## Serve the site on 127.0.0.1, port PORT, as in production
	@$(bin)/python .ci/port_is_free.py $(PORT) \
		|| { echo "Port $(PORT) is taken. Choose another, as in: make demo PORT=8001" >&2; exit 1; }
	@echo "The site is at http://127.0.0.1:$(PORT)/  (Ctrl-C stops it)"
	@exec env BIND=127.0.0.1:$(PORT) $(bin)/gunicorn iomsite.wsgi

corpus: $(runtime) .env | $(DATA_DIR)  ## Import the 10,952 UN speeches from CORPUS, published
	@test -f "$(CORPUS)" || { \
		echo "There is no corpus at $(CORPUS). It is no part of the project: get the United" >&2; \
		echo "Nations General Debate Corpus as JSON Lines (docs/importing.md), then say" >&2; \
		echo "make corpus CORPUS=path/to/ungdc.jsonl.xz" >&2; exit 1; }
	@$(manage) migrate --verbosity 0
	@$(manage) import_speeches "$(CORPUS)" --mapping un_general_debate --publish

test: $(development)  ## Run the tests that need no browser, on SQLite or on DATABASE_URL
	@$(bin)/python -m pytest -n auto -m "not browser and not accessibility" $(ARGS)

browser: $(development)  ## Run the tests in Chromium: reading, keyboard, small screens, axe
	@$(bin)/python -m pytest -n auto -m "browser or accessibility" $(ARGS)

coverage: $(development)  ## Run every test and show which lines and branches none reaches
	@$(bin)/python -m pytest -n auto --cov --cov-report=term $(ARGS)

lint: $(development) | $(DATA_DIR)  ## Check style, types, layers, templates, migrations, production settings
	@PATH="$(abspath $(bin)):$$PATH" bash .ci/lint.sh

format: $(development)  ## Put Python and templates into the one form
	@$(bin)/ruff check --fix --exit-zero --quiet .
	@$(bin)/ruff format .
	@git ls-files --cached --others --exclude-standard 'templates/*.html' \
		| xargs -r $(bin)/djade --target-version 5.2

benchmark: $(development) $(collected) .env  ## Measure requests per second beside a bare Django view
	@$(bin)/python -m benchmarks.requests $(ARGS)

benchmark-search: $(development) $(collected) .env  ## Measure the search: speed, relevance, beside tantivy
	@$(bin)/python -m benchmarks.search $(ARGS)

benchmark-mentions: $(development) .env  ## Measure the names: ARGS='GOLD… --pages FOLDER' or ARGS=--relink
	@$(bin)/python -m benchmarks.mentions $(ARGS)

lock: $(development)  ## Write constraints.txt anew; ARGS=--upgrade takes newer versions
	@bash .ci/lock.sh $(bin)/uv $(ARGS)

clean:  ## Remove what was installed and built; var/ and .env, which hold your data, stay
	rm -rf $(VENV) .coverage htmlcov test-results .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# -- What those stand on: each is made once, and again when what it is made from changes ----

$(bin)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 2))' || { \
		echo "This needs Python 3.11.2 or later, and $(PYTHON) is not: name one, as in" >&2; \
		echo "make demo PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu install the" >&2; \
		echo "package python3-venv (as root: apt-get install python3-venv)." >&2; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)

$(runtime): $(pins) | $(bin)/python
	@echo "Installing what the site needs into $(VENV) …"
	@$(pip) -r requirements.txt -c constraints.txt
	@touch $@

$(development): $(pins) requirements-dev.txt | $(bin)/python
	@echo "Installing what the tests need into $(VENV) …"
	@$(pip) -r requirements-dev.txt -c constraints.txt
	@touch $@ $(runtime)

$(collected): $(runtime) $(shell find static -type f)
	@echo "Collecting static files …"
	@$(manage) collectstatic --no-input --clear --verbosity 0
	@mkdir -p $(@D) && touch $@

$(DATA_DIR):
	@mkdir -p $@

# A key of this installation's own. The file is read by nobody else and never committed.
.env:
	@umask 077 && $(PYTHON) -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(64))' > $@
	@$(if $(filter demo,$(MAKECMDGOALS)),printf '%s\n' $(demonstration) >> $@)
	@echo "Wrote .env with a new SECRET_KEY."
