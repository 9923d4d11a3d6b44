"""What became of what inspectors asked for, in a sentence; or why nothing can be said."""

from __future__ import annotations

from collections import Counter

from analysis.english import join, plural
from analysis.report.sentences.sentence import titles_of
from analysis.results.results import Results


def no_needs(results: Results) -> str:
    """Say that nobody has put needs together, and how many paragraphs state one."""
    stated = results.data.findings[results.data.findings["role"] == "need"]
    count = plural(len(stated), "paragraph states", "paragraphs state")
    visits = plural(stated["visit"].nunique(), "visit")
    return (
        "What was raised again cannot be said: that takes a reader who puts needs together and "
        "links them from visit to visit, and nobody has. The program makes no such links. "
        f"{count} what must improve, at {visits}."
    )


def recommended(results: Results) -> str:
    """Count what became of the recommendations of the full inspection before; blank without any."""
    table = results.recommendations
    if table.empty:
        return ""
    followed = table[table["need"] != ""]
    became = [f"{n} {what}" for what, n in Counter(followed["became"]).most_common()]
    loose = len(table) - len(followed)
    said = plural(loose, "recommendation is", "recommendations are")
    count = plural(table["finding"].nunique(), "recommendation")
    visit = titles_of(results)[str(table["visit"].iloc[0])]
    needs = plural(len(followed), "need")
    return (
        f"The full inspection before the latest was the {visit}. It made {count}. {needs} followed "
        f"from them{': ' if became else ''}{join(became)}"
        f"{f'. {said} linked to no need' if loose else ''}."
    )
