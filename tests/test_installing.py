"""`make` installs both locks next month too: newer packages are out by then, and pip is another.

The packages are stand-ins: wheels with the names, versions and requirements that the locks pin,
and nothing in them, so that all are installed in seconds. Only what builds the project is whole.
"""

from __future__ import annotations

import ensurepip
import json
import os
import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.metadata import Distribution, distribution
from pathlib import Path
from zipfile import ZipFile

import pytest
from locks import LOCKS, ROOT, following, here, project_requirements, read_lock, relocked
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.install
NEXT_MONTH = "9999"
NOT_PACKED = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}


def wheel(folder: Path, name: str, version: str, files: Mapping[str, bytes]) -> Path:
    """Write a wheel; the places of files in its `dist-info` begin with `/`."""
    stem = f"{canonicalize_name(name).replace('-', '_')}-{version}"
    kind = b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    inside = {
        f"{stem}.dist-info{place}" if place.startswith("/") else place: content
        for place, content in (dict(files) | {"/WHEEL": kind}).items()
    }
    record = "".join(
        f"{place},sha256={urlsafe_b64encode(sha256(content).digest()).decode().rstrip('=')},"
        f"{len(content)}\n"
        for place, content in inside.items()
    )
    path = folder / f"{stem}-py3-none-any.whl"
    with ZipFile(path, "w") as archive:
        for place, content in inside.items():
            archive.writestr(place, content)
        archive.writestr(f"{stem}.dist-info/RECORD", record + f"{stem}.dist-info/RECORD,,\n")
    return path


def stand_in(installed: Distribution) -> dict[str, bytes]:
    """What a package says of itself, and nothing else of it."""
    return {"/METADATA": (installed.read_text("METADATA") or "").encode()}


def whole(installed: Distribution) -> dict[str, bytes]:
    """Everything that a package installed, its programs aside."""
    return stand_in(installed) | {
        f"/{file.name}" if file.parts[0].endswith(".dist-info") else str(file): file.read_binary()
        for file in installed.files or ()
        if file.parts[0] != ".." and file.name not in NOT_PACKED and file.suffix != ".pyc"
        and (len(file.parts) == 2 or not file.parts[0].endswith(".dist-info"))
    }  # fmt: skip


def next_month(folder: Path, names: Iterable[str]) -> None:
    """Add newer versions of packages."""
    for name in names:
        extras = distribution(name).metadata.get_all("Provides-Extra") or []
        lines = [
            f"Name: {name}",
            f"Version: {NEXT_MONTH}",
            *(f"Provides-Extra: {e}" for e in extras),
        ]
        told = "\n".join(["Metadata-Version: 2.1", *lines, ""])
        wheel(folder, name, NEXT_MONTH, {"/METADATA": told.encode()})


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the set-up reads of the project, locks of stand-ins, and an index of them."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("Makefile", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    (folder / "src").symlink_to(ROOT / "src")
    index = folder / "index"
    index.mkdir()
    builders = following(project_requirements("build", plain=False), here())
    hashes = {}
    for pin in read_lock("requirements-test.lock", here()).values():
        installed = distribution(pin.name)
        assert installed.version == pin.version, f"{pin.name} is not the locked one: `make test`"
        files = whole(installed) if pin.name in builders else stand_in(installed)
        path = wheel(index, pin.name, pin.version, files)
        hashes[pin.name] = sha256(path.read_bytes()).hexdigest()
    reached = following(project_requirements("build", "test"), here())
    with_extra = {name for name, extras in reached.items() if extras}
    assert {"coverage", "jsonschema", "bleach"} <= with_extra
    next_month(index, with_extra)
    for lock in LOCKS:
        (folder / lock).write_text(relocked(lock, hashes))
    return folder


def python_with_newest_pip(folder: Path) -> Path:
    """A Python whose new environments have the newest pip."""
    got = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "pip"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if got.returncode:
        pytest.skip(f"the newest pip cannot be had: {got.stderr.strip().splitlines()[-1]}")
    (brought,) = folder.glob("pip-*.whl")
    path = folder / "python"
    path.write_text(
        f'#!/bin/sh\n"{sys.executable}" "$@" || exit\n'
        f'[ "$1 $2" != "-m venv" ] || "$3/bin/python" -m pip install -q --no-index "{brought}"\n'
    )
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("pip", ["as Python brings it", "newest"])
def test_both_locks_install_though_newer_packages_are_out(checkout, tmp_path, pip):
    python = python_with_newest_pip(tmp_path) if pip == "newest" else Path(sys.executable)
    venv = tmp_path / "venv"
    own = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(checkout / "index"), "PIP_NO_COMPILE": "1"}
    others = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "MAKE", "MFLAGS"))}
    ran = subprocess.run(
        ["make", f"VENV={venv}", f"PYTHON={python}", f"{venv}/installed-test"],
        cwd=checkout, env=others | own | {"PIP_CONFIG_FILE": os.devnull},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("No broken requirements found.") == 2
    listed = subprocess.run(
        [venv / "bin" / "pip", "--disable-pip-version-check", "list", "--format", "json"],
        check=True, capture_output=True,
    ).stdout  # fmt: skip
    found = {canonicalize_name(row["name"]): row["version"] for row in json.loads(listed)}
    pins = read_lock("requirements-test.lock", here())
    assert found.items() >= {name: pin.version for name, pin in pins.items()}.items()
    assert set(found) - set(pins) <= {"inspection-findings", "pip", "setuptools"}
    if pip != "newest":
        assert found["pip"] == ensurepip.version()
