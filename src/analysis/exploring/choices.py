"""What is looked at: an authority, a period, themes, a direction, a source.

The same choices are a call in Python, a file's name and, as far as a report has parameters for
them, the command that makes that report. What a report cannot show is said.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from analysis.report.parameters import Parameters


@dataclass(frozen=True)
class Choices:
    """What is looked at; blank means everything.

    Attributes
    ----------
    parameters
        What a report can be asked for too; themes in the order of the codebook.
    direction
        One of `vocabulary.DIRECTIONS`.
    source
        `primary` or `secondary`.

    Examples
    --------
    >>> asked = Parameters("knowsley", start="2018", themes=("audit", "plans"))
    >>> chosen = Choices(asked, direction="weakness")
    >>> print(chosen.call())
    load("knowsley").subset(start="2018", themes="audit,plans", direction="weakness")
    >>> print(chosen.command())
    findings report knowsley --start 2018 --themes audit,plans
    >>> print(chosen.papermill())
    papermill notebooks/report.ipynb out.ipynb -r authority knowsley -r start 2018 -r themes
    audit,plans
    >>> chosen.file_name("matrix")
    'knowsley--start-2018--themes-audit+plans--direction-weakness--matrix'
    """

    parameters: Parameters
    direction: str = ""
    source: str = ""

    def call(self) -> str:
        """Return the plain call that gives the same."""
        values = self._typed() | {"direction": self.direction, "source": self.source}
        said = [f'{name}="{value}"' for name, value in values.items() if value]
        said += ["include_secondary=True"] if self.parameters.include_secondary else []
        return f'load("{self.parameters.authority}")' + (
            f".subset({', '.join(said)})" if said else ""
        )

    def arguments(self) -> list[str]:
        """Return the arguments of `findings` that make the report."""
        return self.parameters.arguments()

    def command(self) -> str:
        """Return the command that makes the report."""
        return self.parameters.command()

    def papermill(self) -> str:
        """Return the call of papermill alone; `-r` keeps text as it is typed."""
        values = {"authority": self.parameters.authority} | self._typed()
        given = [part for name, v in values.items() if v for part in ("-r", name, v)]
        given += ["-p", "include_secondary", "true"] if self.parameters.include_secondary else []
        return shlex.join(["papermill", "notebooks/report.ipynb", "out.ipynb", *given])

    def _typed(self) -> dict[str, str]:
        """Period, themes and coder as they are typed."""
        values = self.parameters.values()
        return {name: str(values[name]) for name in ("start", "end", "themes", "codes")}

    def file_name(self, view: str) -> str:
        """Return a name for files that show a view of this, without ending."""
        more = {"direction": self.direction, "source": self.source}
        said = [f"{name}-{value}" for name, value in more.items() if value]
        return "--".join([self.parameters.name, *said, view])

    def beyond_report(self) -> list[str]:
        """Say what of these choices a report has no parameter for, in sentences.

        Examples
        --------
        >>> Choices(Parameters("knowsley"), source="primary").beyond_report()
        ['Source (primary): a report shows both, and tells them apart.']
        """
        said = []
        if self.direction:
            said.append(f"Direction ({self.direction}): a report shows every direction.")
        if self.source:
            said.append(f"Source ({self.source}): a report shows both, and tells them apart.")
        return said
