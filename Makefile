# The two commands of the README do all the set-up: `make report` and `make test`.
AUTHORITY ?= knowsley
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
# Four on two cores: who tests a run of reports, or a browser, waits half of the time for it.
PYTEST := $(BIN)/pytest -n 4 --dist loadscope --no-loadscope-reorder
FUZZ ?= 200
# What Python compiles is kept: else every process that a test starts would compile all anew.
unexport PYTHONDONTWRITEBYTECODE
LAB := JUPYTER_CONFIG_PATH=notebooks $(BIN)/jupyter lab --ServerApp.root_dir=. notebooks/explore.ipynb

.PHONY: report test quick static tests quick-tests fuzz coverage lab check lint lock pictures clean
.DELETE_ON_ERROR:

report: $(VENV)/installed
	$(BIN)/findings report $(AUTHORITY)

check: $(VENV)/installed
	$(BIN)/findings check

lab: $(VENV)/installed
	@[ "$$(id -u)" -ne 0 ] || { echo "JupyterLab does not run as root unless told to: use another account or, where nobody else reaches this machine, run $(LAB) --allow-root" >&2; exit 1; }
	$(LAB)

test: $(VENV)/installed-test
	sh tests/need-chromium.sh
	sh tests/need-libreoffice.sh
	PYTHON=$(PYTHON) sh tests/need-tools.sh
	@$(MAKE) --no-print-directory --jobs=2 --keep-going static tests

# The same without a browser, notebooks, the published documents and an installation.
quick: $(VENV)/installed-test
	@$(MAKE) --no-print-directory --jobs=2 --keep-going static quick-tests

static:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

tests:
	$(PYTEST) --durations=20

quick-tests:
	$(PYTEST) -m "not browser and not notebook and not sources and not install"

# Many more examples of whatever may come: invented values, damaged files.
fuzz: $(VENV)/installed-test
	FINDINGS_FUZZ=$(FUZZ) $(PYTEST) -m "hypothesis or fuzz"

# What the tests reach, slower than they are; run by hand and before a release.
coverage: $(VENV)/installed-test
	$(PYTEST) --cov --cov-report=term:skip-covered --cov-fail-under=95

lint: $(VENV)/installed-test
	$(BIN)/pre-commit run --all-files

# A lock holds every package with its hashes, and pip is to install these and resolve nothing: it
# resolves a requirement with an extra anew, and then refuses what came out since. The project goes
# in without dependencies too. Whether all fit together says `pip check`.
LOCKED := install --quiet --require-hashes --no-deps -r
FITS := check || { echo "The packages in $(VENV) do not fit together. Run make clean, which removes them all, and begin again." >&2; exit 1; }

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; this is %s. Name another: make report PYTHON=python3.12" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(PIP) $(LOCKED) requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@$(PIP) $(FITS)
	touch $@

$(VENV)/installed-test: requirements-test.lock $(VENV)/installed
	$(PIP) $(LOCKED) requirements-test.lock
	@$(PIP) $(FITS)
	touch $@

clean:
	rm -rf $(VENV) .tools .pytest_cache .mypy_cache .ruff_cache .coverage

# Needs uv. The locks hold versions and hashes for every platform and Python, and no address.
lock:
	uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-header --no-annotate -p 3.11 -o requirements.lock -q
	uv pip compile pyproject.toml --extra build --extra test --universal --generate-hashes --no-header --no-annotate -p 3.11 -c requirements.lock -o requirements-test.lock -q

pictures: $(VENV)/installed
	$(BIN)/python docs/draw_pictures.py
