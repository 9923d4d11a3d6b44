"""Views taken away: a chart or a table as files, and the report of what is looked at."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.charts import Chart
from analysis.dates import today
from analysis.errors import FindingsError
from analysis.exploring.context import Concordance
from analysis.exploring.looked import Looked
from analysis.exploring.page import make_report
from analysis.exploring.saving import (
    FOLDER,
    Saved,
    block_files,
    figure_files,
    place_of,
    save_files,
    table_files,
)
from analysis.project import VERSION
from analysis.report.method import citation
from analysis.report.page.block import Block
from analysis.report.sentences import cautions


class Taken(Looked):
    """What writes files."""

    def save(
        self,
        view: Chart | pd.DataFrame | Concordance | Block,
        folder: str | Path = FOLDER,
        name: str = "",
    ) -> Saved:
        """Save a chart, a table, or a card as a page; nothing is overwritten.

        A chart is saved as SVG, PNG and caption, a table as CSV and XLSX. A card or any other
        block is saved as a page (HTML), and the table behind it beside.

        Parameters
        ----------
        view
            What one of these calls gave.
        folder
            A relative one lies in the project.
        name
            What the view is called in the file's name; a chart and a card know their own.

        Raises
        ------
        FindingsError
            If the folder cannot be written to, or the view is none.
        """
        table = view.table if isinstance(view, Concordance) else view
        if isinstance(view, Chart):
            files = figure_files(view, self.source_line())
        elif isinstance(table, pd.DataFrame):
            files = table_files(table, name or "table")
        elif isinstance(view, Block):
            caution = cautions.short_caution(self.results)
            files = block_files(view, self.name, caution, self.source_line())
        else:
            raise FindingsError(
                f"A {type(view).__name__} cannot be saved; give a chart, a card, a table or a "
                "concordance, as in save(knowsley.matrix())."
            )
        usual = view.name if isinstance(view, Chart | Block) else "table"
        stem = self.choices.file_name(name or usual)
        return save_files(files, place_of(folder, self.project), stem, self.project)

    def save_data(self, chart: Chart, folder: str | Path = FOLDER) -> Saved:
        """Save the data behind a chart as CSV and XLSX."""
        return self.save(chart.data, folder, chart.name)

    def make_report(self, folder: str | Path = "reports") -> Path:
        """Make the report with the nearest parameters, and return its page.

        `choices.beyond_report()` says what of the choices a report cannot show.

        Raises
        ------
        FindingsError
            If the command fails.
        """
        return make_report(self.choices, self.project, place_of(folder, self.project))

    def source_line(self) -> str:
        """Say where this comes from, to be put beneath a figure."""
        return f"Source: {citation(self.name, today(), VERSION)} {self.choices.call()}"
