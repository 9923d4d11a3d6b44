"""What the menus can show: each view is one plain call on an authority."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.charts import CHARTS, Chart
from analysis.exploring.authority import Authority
from analysis.exploring.context import Concordance
from analysis.report.page.block import Block
from analysis.report.report import FIGURES

Shown = Chart | pd.DataFrame | Concordance | Block
CARD: Final = "theme"
WORDS: Final = "words"


@dataclass(frozen=True)
class View:
    """One thing to look at.

    Attributes
    ----------
    name
        For file names.
    label, question
        What the button says, and the question that the view answers.
    call
        How it is called, after the authority; `{typed}` stands for what is typed or chosen.
    show
        What calls it; the text is the word or the theme, which only one view each takes.
    rows
        The table behind it, where it is none and has none itself.
    in_report
        Whether a report shows it too.
    """

    name: str
    label: str
    question: str
    call: str
    show: Callable[[Authority, str], Shown]
    in_report: bool = True
    rows: Callable[[Authority, str], pd.DataFrame] | None = None


def _chart(name: str) -> View:
    def show(authority: Authority, _word: str) -> Shown:
        drawn: Chart = getattr(authority, name)()
        return drawn

    kind = CHARTS[name]
    return View(name, kind.label, kind.question, f".{name}()", show, in_report=name in FIGURES)


VIEWS: Final[tuple[View, ...]] = (
    _chart("glance"),
    View(
        CARD, "Theme by theme", "How did one theme go, and what was found each time?",
        '.theme("{typed}")', lambda authority, theme: authority.theme(theme),
        rows=lambda authority, theme: authority.findings(theme),
    ),
    *(_chart(name) for name in CHARTS if name != "glance"),
    View(
        "by-theme", "All themes", "How much was found on each theme, and where does it stand?",
        ".by_theme()", lambda authority, _word: authority.by_theme(), in_report=False,
    ),
    View(
        "needs", "Needs", "What was to be improved, and how often was it raised?",
        ".needs()", lambda authority, _word: authority.needs(),
    ),
    View(
        "changes", "Changes", "What changed between two visits, and how far can that be leaned on?",
        ".changes()", lambda authority, _word: authority.changes(),
    ),
    View(
        "findings", "Findings", "What do the findings say?",
        ".findings()", lambda authority, _word: authority.findings(), in_report=False,
    ),
    View(
        WORDS, "A word in its place", "Where does a word stand, and what stands around it?",
        '.concordance("{typed}")', lambda authority, word: authority.concordance(word),
        in_report=False,
    ),
)  # fmt: skip
"""The views in the order in which they are offered."""

BY_NAME: Final = {view.name: view for view in VIEWS}
