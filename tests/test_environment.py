"""environment.yml, the lock files and pyproject.toml name the same packages."""

import os
import re
import subprocess
import tomllib

import pytest
import yaml
from locks import LOCKS, ROOT, following, here, project_requirements, read_lock, requirements
from packaging.utils import canonicalize_name

CONDA_NAMES = {
    "jupyter-client": "jupyter_client",
    "jupyter-server": "jupyter_server",
    "matplotlib": "matplotlib-base",
    "pandera[pandas]": "pandera-pandas",
}
ONLY_CONDA = {"python", "pip"}
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
PYTHONS = ("3.11", "3.12", "3.13")
SETS_UP = ("Makefile", "README.md", "CONTRIBUTING.md", "environment.yml", ".ci", "docs")


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def split(requirement: str) -> tuple[str, str]:
    name, bound = re.fullmatch(r"([A-Za-z0-9_.\[\]-]+)(.*)", requirement).groups()
    return name, bound


def wanted() -> set[tuple[str, str]]:
    declared = project()["dependencies"] + project()["optional-dependencies"]["build"]
    return {(CONDA_NAMES.get(n, n), bound) for n, bound in map(split, declared)}


def test_conda_users_get_what_pyproject_names():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    plain = [d for d in listed if isinstance(d, str)] + [
        d for group in listed if isinstance(group, dict) for d in group["pip"]
    ]
    found = {split(d) for d in plain}
    assert {f for f in found if f[0] not in ONLY_CONDA} == wanted()


def test_conda_users_get_the_python_that_pyproject_asks_for():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    assert "python" + project()["requires-python"] in listed


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["build"]), ("requirements-test.lock", ["build", "test"])],
)
def test_locks_pin_every_package_with_a_hash_and_no_address(lock, extras):
    text = (ROOT / lock).read_text()
    declared = list(project()["dependencies"])
    for extra in extras:
        declared += project()["optional-dependencies"][extra]
    for requirement in declared:
        name = split(requirement)[0].split("[")[0].lower()
        assert re.search(rf"^{re.escape(name)}==", text, re.MULTILINE | re.IGNORECASE), name
    pinned = re.findall(r"^[a-z0-9].*(?:\n    --hash.*)+", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z0-9]\S*==", text, re.MULTILINE))
    assert "://" not in text
    assert "index-url" not in text


def test_both_locks_pin_the_same_versions():
    def pins(name: str) -> set[str]:
        # a package that one lock wants on some systems only, the other may want on all
        return set(re.findall(r"^\S+==[^\s;]+", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-test.lock")


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_of_every_locked_package_is_in_its_lock(lock, system, python):
    where = here() | SYSTEMS[system] | {"python_version": python}
    where |= {"python_full_version": f"{python}.9", "implementation_version": f"{python}.9"}
    pins = read_lock(lock, where)
    asked = requirements(project_requirements(*LOCKS[lock]), where)
    assert len(asked) > len(pins) > 100
    unmet = [
        f"{by} requires {requirement}"
        for requirement, by in asked
        if not (pin := pins.get(canonicalize_name(requirement.name)))
        or not requirement.specifier.contains(pin.version, prereleases=True)
    ]
    assert unmet == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_that_nothing_requires(lock):
    reached = following(project_requirements(*LOCKS[lock]), here())
    assert set(read_lock(lock, here())) - set(reached) == set()


def commands() -> dict[str, list[str]]:
    """By file that installs anything each call of pip, shown to users or made for them."""
    files = [f for name in SETS_UP for f in [ROOT / name, *(ROOT / name).rglob("*")] if f.is_file()]
    found = {}
    for file in files:
        if file.suffix in {"", ".md", ".yml"}:
            text = file.read_text(encoding="utf-8").replace("$(PIP) $(LOCKED)", f"pip {LOCKED}")
            calls = re.findall(r"(?:pip|\$\(PIP\)) ((?:install|\$\(FITS\)|check)[^`\n]*)", text)
            found |= {file.name: calls} if set(calls) - {"check"} else {}
    return found


LOCKED = "install --require-hashes --no-deps -r"
RESOLVES_NOTHING = (
    rf"{re.escape(LOCKED)} requirements(-test)?\.lock",
    r"install (--quiet )?--no-deps --no-build-isolation -e \.",
)
CHECKS = r"check|\$\(FITS\)"


def test_whatever_installs_a_lock_or_the_project_resolves_nothing_and_is_checked():
    found = commands()
    assert set(found) == {"Makefile", "README.md", "environment.yml", "many-reports.md"}
    for name, calls in found.items():
        for call in calls:
            assert re.fullmatch("|".join((*RESOLVES_NOTHING, CHECKS)), call), (name, call)
        assert re.fullmatch(CHECKS, calls[-1]), name


def test_make_installs_a_lock_as_the_documentation_says():
    said = re.search(r"^LOCKED := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1]
    assert said.replace(" --quiet", "") == LOCKED


def test_make_lab_as_root_says_what_to_do_and_starts_nothing(tmp_path):
    (tmp_path / "id").write_text("#!/bin/sh\necho 0\n")
    (tmp_path / "id").chmod(0o755)
    (tmp_path / "installed").touch()
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    ran = subprocess.run(
        ["make", "-o", f"{tmp_path}/installed", "lab", f"VENV={tmp_path}"],
        cwd=ROOT, env=outside | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    told, *_made = ran.stderr.splitlines()
    assert ran.returncode == 2
    assert told.startswith("JupyterLab does not run as root unless told to: use another account")
    assert told.endswith(
        "bin/jupyter lab --ServerApp.root_dir=. notebooks/explore.ipynb --allow-root"
    )
    assert ran.stdout == ""
