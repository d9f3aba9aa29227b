# Brückenschlag: the commands of the project. No command asks a question.
#   make run    serve on http://127.0.0.1:8000 (HOST, PORT and DATA_DIR can be set)
#   make demo   the same with believable example data, in a database of its own
#   make test   every test on SQLite, then every test on PostgreSQL: without the browser on all cores, then the
#               browser's; with ARGS one run: make test ARGS='-k checkpoint' on SQLite, DATABASE=postgresql there
#   make test-office  the Word document, the workbook and the table in the real LibreOffice, the form in Evince
#   make check  lint, types, walls between the rooms, content
#   make messages  collect the strings of the interface into locale/ and compile the translations
#   make bench  measure speed and size, write benchmarks/last.json

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= data
VENV := .venv
PY := $(VENV)/bin/python
export HOST PORT DATA_DIR

.PHONY: run demo test test-office check messages bench lock pictures clean browser postgresql

run: $(VENV)/.run
	@exec $(PY) -m brueckenschlag serve

demo: $(VENV)/.run
	@DATA_DIR=demo-data DATABASE_URL= $(PY) -m brueckenschlag demo
	@DATA_DIR=demo-data DATABASE_URL= exec $(PY) -m brueckenschlag serve

DATABASE ?= $(if $(ARGS),sqlite,both)
test: $(VENV)/.dev browser $(if $(filter sqlite,$(DATABASE)),,postgresql)
	$(if $(filter sqlite postgresql both,$(DATABASE)),,$(error DATABASE must be sqlite, postgresql or both))
	$(if $(filter sqlite both,$(DATABASE)),$(call TESTS,$(PY)))
	$(if $(filter postgresql both,$(DATABASE)),$(call TESTS,$(PY) tools/postgresql.py $(PY)))

# The browser's tests run one after the other: side by side on two cores, a page would wait for those of the others.
TESTS = $(1) -m pytest $(if $(ARGS),$(ARGS),-m "not browser" -n auto --maxprocesses 8 && $(1) -m pytest -m browser)

postgresql: $(VENV)/.dev
	@$(PY) tools/postgresql.py

# The file does not begin with test_, so that `make test` neither runs nor skips it.
test-office: $(VENV)/.dev
	$(PY) -m pytest tests/documents/with_libreoffice.py tests/documents/returns/with_libreoffice.py tests/documents/with_evince.py $(ARGS)

browser: $(VENV)/.dev
	@$(PY) tools/browser.py

check: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djlint src --lint --quiet
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy
	@DATA_DIR=$(VENV)/check $(PY) -m brueckenschlag content check
	@DATA_DIR=$(VENV)/check $(PY) -m brueckenschlag makemigrations --check --dry-run

messages: $(VENV)/.dev
	@DATA_DIR=$(VENV)/check DJANGO_SETTINGS_MODULE=brueckenschlag.settings $(PY) tools/messages.py

bench: $(VENV)/.dev browser
	$(PY) benchmarks/run.py

pictures: $(VENV)/.dev browser
	$(PY) tools/pictures.py

# The lock holds names, versions and hashes for every supported Python; uv is needed for this step only.
lock:
	tools/lock.sh

$(VENV)/.run: requirements.lock tools/setup.sh
	@tools/setup.sh $(VENV) $(PYTHON) requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@tools/setup.sh $(VENV) $(PYTHON) requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
