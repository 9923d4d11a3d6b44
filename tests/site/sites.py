"""Making a site as a user does, by the command."""

from __future__ import annotations

import os
import subprocess
import sys

from analysis.dates import DATE_VARIABLE
from analysis.project import ROOT_VARIABLE, Project

SOME = ("bolton", "knowsley", "leeds")
BASE_URL = "https://example.org/findings/"
PINNED_DATE = "1767225600"  # 1 January 2026


def make_site(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project; a test that fails shows what it said."""
    ran = subprocess.run(
        [sys.executable, "-m", "analysis", *arguments],
        env=dict(os.environ) | {ROOT_VARIABLE: str(project.root), DATE_VARIABLE: PINNED_DATE},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    print(ran.stdout, ran.stderr)
    return ran
