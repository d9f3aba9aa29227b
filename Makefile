# Brückenschlag: the commands of the project. No command asks a question.
#   make run    serve on http://127.0.0.1:8000 (HOST, PORT and DATA_DIR can be set)
#   make demo   the same with believable example data, in a database of its own
#   make test   every test: unit, web, browser
#   make test-office  the Word document, the workbook and the table in the real LibreOffice
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

.PHONY: run demo test test-office check messages bench lock pictures clean browser

run: $(VENV)/.run
	@exec $(PY) -m brueckenschlag serve

demo: $(VENV)/.run
	@DATA_DIR=demo-data $(PY) -m brueckenschlag demo
	@DATA_DIR=demo-data exec $(PY) -m brueckenschlag serve

test: $(VENV)/.dev browser
	$(PY) -m pytest $(ARGS)

# The file does not begin with test_, so that `make test` neither runs nor skips it.
test-office: $(VENV)/.dev
	$(PY) -m pytest tests/documents/with_libreoffice.py $(ARGS)

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
