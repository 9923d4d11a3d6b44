# The two commands of the README do all the set-up: `make report` and `make test`.
AUTHORITY ?= knowsley
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: report test lab check lint lock pictures clean
.DELETE_ON_ERROR:

report: $(VENV)/installed
	$(BIN)/findings report $(AUTHORITY)

check: $(VENV)/installed
	$(BIN)/findings check

lab: $(VENV)/installed
	$(BIN)/jupyter lab --ServerApp.root_dir=. notebooks/explore.ipynb

test: $(VENV)/installed-test
	sh tests/need-chromium.sh
	sh tests/need-libreoffice.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadgroup --cov --cov-report=term:skip-covered

lint: $(VENV)/installed-test
	$(BIN)/pre-commit run --all-files

# The lock holds every package with its hashes; the project itself goes in without dependencies.
$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; this is %s. Name another: make report PYTHON=python3.12" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-test: requirements-test.lock $(VENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .coverage

# Needs uv. The locks hold versions and hashes for every platform and Python, and no address.
lock:
	uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-header --no-annotate -p 3.11 -o requirements.lock -q
	uv pip compile pyproject.toml --extra build --extra test --universal --generate-hashes --no-header --no-annotate -p 3.11 -c requirements.lock -o requirements-test.lock -q

pictures: $(VENV)/installed
	$(BIN)/python docs/draw_pictures.py
