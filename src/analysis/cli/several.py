"""How `agree` tells of any number of coders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console

from analysis.cli.console import say, table
from analysis.english import join, plural
from analysis.errors import FindingsError, require_known
from analysis.project import Project
from analysis.vocabulary import TAGGER

if TYPE_CHECKING:
    import pandas as pd

    from analysis.codes.agreement.several import Several
    from analysis.data.authority import AuthorityData

_HEADS: Final = {
    "given": "n", "alpha": "alpha (95 %)", "presence": "theme alone", "f1": "F1",
    "findings": "n", "direction": "direction equal", "value": "value (95 %)",
}  # fmt: skip
_FEWEST: Final = 2
_out = Console()


def agree_several(
    names: list[str] | None, coders: str, documents: str, themes: str, coded_only: bool,
    out: Path | None,
) -> None:  # fmt: skip
    """Say how far any number of coders agree, and write every difference if a file is named."""
    from analysis.codes.agreement.several import compare_several
    from analysis.data.held import held_authorities
    from analysis.data.loading import load_data
    from analysis.files import write_text
    from analysis.tables import to_csv

    project = Project.find()
    loaded = [load_data(name, project) for name in names or held_authorities(project)]
    wanted = _split(coders)
    codes = _codes(loaded, wanted)
    book = loaded[0].codebook
    if kept := _split(documents):
        known = {document for data in loaded for document in data.documents["document"]}
        for document in kept:
            require_known("document", document, known)
        codes = codes[codes["finding"].str.rpartition("/")[0].isin(kept)]
    chosen = _split(themes)
    for theme in chosen:
        require_known("theme", theme, book.names)
    found = compare_several(codes, wanted, chosen or book.ids, coded_only=coded_only)
    _show(found, coded_only)
    if out:
        write_text(out, to_csv(found.differences))
        say(_out, f"{out}: {plural(len(found.differences), 'disagreement')}, a column each coder")


def _split(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _codes(loaded: Iterable[AuthorityData], wanted: list[str]) -> pd.DataFrame:
    """Codes of the coders, with the tagger's of what the others read."""
    import pandas as pd

    from analysis.codes.agreement.coders import tagged

    if len(wanted) < _FEWEST:
        raise FindingsError("Name two coders or more: --coders ann,bob,reader-1.")
    parts, known = [], set()
    for data in loaded:
        given = pd.concat([data.codes, data.checks], ignore_index=True).fillna("")
        known |= set(given["coder"])
        own = given[given["coder"].isin(wanted)]
        parts.append(own)
        if TAGGER in wanted and TAGGER not in set(own["coder"]) and len(own):
            read = data.findings[data.findings["finding"].isin(own["finding"])]
            codes, note = tagged(read, data)
            say(_out, note)
            parts.append(codes)
    for coder in wanted:
        require_known("coder", coder, {*known, TAGGER})
    return pd.concat(parts, ignore_index=True).fillna("")


def _show(found: Several, coded_only: bool) -> None:
    from analysis.codes.agreement.coders import with_intervals

    what = "that any of them coded" if coded_only else "with those that none of them coded"
    say(
        _out,
        f"{join(list(found.coders))}: {plural(found.findings, 'finding')} that two of them read or "
        f"more, each with every theme, {what}",
    )
    for shown in (with_intervals(found.overall), with_intervals(found.themes), found.pairs):
        _print(shown)
    say(_out, f"{plural(len(found.differences), 'disagreement')}; --out FILE writes them")


def _print(shown: pd.DataFrame) -> None:
    from analysis.tables import cell_text

    heads = [_HEADS.get(str(name), str(name)) for name in shown.columns]
    rows = [[cell_text(value) for value in row] for row in shown.itertuples(index=False, name=None)]
    _out.print(table(heads, rows))
