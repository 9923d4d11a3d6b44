"""Where things are.

papermill starts at the project's root, JupyterLab in `notebooks/`, tests anywhere: the root is the
nearest folder upwards from the working directory that holds `data/raw/codebook.yml`, or
`FINDINGS_ROOT` where that is set.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.errors import FindingsError

VERSION: Final = "0.1.0"
PACKAGE: Final = Path(__file__).parent
"""The folder of this package's code."""
TEMPLATES: Final = PACKAGE / "templates"
ROOT_VARIABLE = "FINDINGS_ROOT"
TABLES_VARIABLE = "FINDINGS_TABLES"
"""Where a report leaves its tables, if not in `data/processed/`: set while many are run."""
PICTURES_VARIABLE = "FINDINGS_PICTURES"
"""Where a report leaves its charts: set while one is made that is to be had in other forms too."""
_MARK = Path("data/raw/codebook.yml")


@dataclass(frozen=True)
class Project:
    """A folder with data, notebooks and reports.

    Examples
    --------
    >>> Project(Path("/srv/kit")).raw("knowsley").as_posix()
    '/srv/kit/data/raw/knowsley'
    """

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """Find the project upwards from `start` (the working directory if not given).

        Raises
        ------
        FindingsError
            If neither `FINDINGS_ROOT` nor any folder above holds a codebook.
        """
        if named := os.environ.get(ROOT_VARIABLE):
            root = Path(named).resolve()
            if not (root / _MARK).is_file():
                raise FindingsError(
                    f"{ROOT_VARIABLE} is {named!r}, but there is no {_MARK} in it. "
                    "Set it to the project's folder, or unset it and work inside the project."
                )
            return cls(root)
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / _MARK).is_file():
                return cls(folder)
        raise FindingsError(
            f"No project here: neither {here} nor a folder above it holds {_MARK}. "
            f"Change into the project's folder or set {ROOT_VARIABLE} to it."
        )

    def raw(self, *parts: str) -> Path:
        """Path under `data/raw/`."""
        return self.root.joinpath("data", "raw", *parts)

    def coders(self, authority: str) -> list[str]:
        """Name whose codes of an authority are held."""
        return sorted(path.stem for path in self.raw(authority, "codes").glob("*.csv"))

    def require_outside_data(self, place: Path) -> None:
        """Refuse to leave anything among the data, under `data/raw/`, however the place is spelled.

        Only `findings add`, `findings import` and `findings resolve` write there, to files of their
        own choice: what is named by hand would take the place of what people have written.

        Raises
        ------
        FindingsError
            If the place lies there.
        """
        data = self.raw()
        if Path(os.path.realpath(place)).is_relative_to(os.path.realpath(data)):
            raise FindingsError(
                f"{place} lies in {self.relative(data)}, among the data that reports are made "
                "from. Name another place to write to."
            )

    def processed(self, *parts: str) -> Path:
        """Path under `data/processed/`."""
        return self.root.joinpath("data", "processed", *parts)

    @property
    def england(self) -> Path:
        """Folder of the tables of all authorities, as `findings england` gathers them."""
        return self.processed("england")

    def local(self, *parts: str) -> Path:
        """Path under `data/local/`, where texts that may not be shared are kept."""
        return self.root.joinpath("data", "local", *parts)

    def tables(self, authority: str) -> Path:
        """Folder in which a report of the authority leaves the tables behind it."""
        named = os.environ.get(TABLES_VARIABLE)
        return Path(named, authority) if named else self.processed(authority)

    @property
    def pictures(self) -> Path | None:
        """Folder in which a report leaves its charts for its other forms, if any are made."""
        named = os.environ.get(PICTURES_VARIABLE)
        return Path(named) if named else None

    @property
    def reports(self) -> Path:
        """The folder `reports/`."""
        return self.root / "reports"

    @property
    def notebooks(self) -> Path:
        """The folder `notebooks/`."""
        return self.root / "notebooks"

    def relative(self, path: Path) -> str:
        """Path as shown in messages: relative to the root where it lies inside."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )
