"""environment.yml, the lock files and pyproject.toml name the same packages."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {
    "jupyter-client": "jupyter_client",
    "jupyter-server": "jupyter_server",
    "matplotlib": "matplotlib-base",
    "pandera[pandas]": "pandera-pandas",
}
ONLY_CONDA = {"python", "pip"}


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
