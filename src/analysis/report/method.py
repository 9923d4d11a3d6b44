"""The method in words: what every report's method section prints, with the constants in force."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from analysis.english import plural
from analysis.results.matters import MOST
from analysis.results.reliance import all_tagged
from analysis.results.results import Results
from analysis.results.statuses import FRAGILE_CUTS, STRENGTH_ABOVE, WEAKNESS_BELOW
from analysis.vocabulary import LIMITED_EXTENTS, READERS, TAGGER

_FRAGILE: Final = " or ".join(f"{low:.2g} and {high:.2g}" for low, high in FRAGILE_CUTS)

RULES: Final[tuple[str, ...]] = (
    "Each body paragraph casts one vote on a theme and cohort. With S strengths, M mixed and W "
    "weaknesses, b = (S + M/2) / (S + M + W); the status is strength if b is above "
    f"{STRENGTH_ABOVE}, weakness if below {WEAKNESS_BELOW}, else mixed. Where every finding is "
    "neutral or casts no vote, the theme is reported, not judged.",
    "A need for improvement stated on the same theme and cohort caps the status at mixed. "
    "Summaries and needs set a status only where no body paragraph does.",
    "A finding limited to " + ", ".join(sorted(LIMITED_EXTENTS)) + " votes only if nothing else "
    "does, unless it states harm, risk or a legal duty not met.",
    "A finding that states only a change, or only what leaders or staff claim, casts no vote.",
    "Over all cohorts a theme shows a direction only where its judged cohorts agree; else it "
    "differs by cohort. One cohort never speaks for another.",
    "Thin: one vote, or headlines only. Fragile: the status would change with cuts at "
    f"{_FRAGILE}. Incidental: outside the visit's published scope.",
    "Silent means not reported by a visit that could have been expected to; it is never read as "
    "satisfactory. Not in scope means that nobody looked; it is never read as improved.",
    "A change compares a status with that of the latest earlier visit that judged the same theme "
    "and cohort. Two steps are improved or declined, one step partly so, none a sustained "
    "strength, still mixed or a persistent weakness. Where no earlier visit judged the theme it "
    "is first seen; where one did for other cohorts only, not comparable. Visits in between are "
    "named; where a visit does not judge, nothing is carried forward.",
    "A change is indicative if either end is thin or fragile, or if the two visits differ in "
    "framework or in scope; too thin to say if both ends are thin. What inspectors themselves "
    "said about change stands beside it, and disagreements are shown.",
    "A need counts as raised again only through links that the inspectors stated or a coder made. "
    "Visits are counted, not paragraphs. A need judged a strength is met; a later weakness on it "
    "starts a new spell.",
    "A notice's requirements are a layer of their own: never a status, never raised again.",
    "Secondary sources (anyone but the inspectorate or the department) are read and shown hollow, "
    "and set no status or change unless asked for; then only at visits of which no primary "
    "document is held.",
)

MATTERS: Final = (
    f"The changes that matter, at most {MOST} and one for each theme, come from the latest "
    "inspection of the whole service of which a document is read, or from a later visit. First "
    "comes what the inspectors themselves said had worsened, not improved or improved: what most "
    "findings say, then what rests on most votes. Then come changes without a flag, up or down; "
    "then weaknesses that stayed, without a flag. Only the latest word on a theme and cohort "
    "counts, and nothing fills an empty place. Grades of areas that changed come before all of "
    "these."
)
"""The rule of `analysis.results.matters` in words."""

LIMITS: Final[tuple[str, ...]] = (
    "How common anything is: inspectors sample cases, and their quantity words are not "
    "percentages.",
    "What caused a change, or what happened in years in which nobody looked.",
    "Whether a theme that was not reported was in order: reports are written by exception.",
    "How this authority ranks against others: numbers of findings are not magnitudes, and a "
    "report of many paragraphs is not worse than a letter of few.",
    "How grave a finding is: a status counts paragraphs, and can differ from the inspectors' own "
    "grade of an area, which stands in the chart of "
    "visits and beside the latest status in the story.",
    "What grades mean across frameworks: they are shown side by side only with the break between.",
    "What visits found of which no document is held: where a count of visits is given, read it as "
    "at least so many.",
)

AGREEMENT_HEADS: Final = {
    "theme": "Theme",
    "n_first": "n, first reader",
    "n_second": "n, second reader",
    "both": "n, both",
    "f1": "F1",
    "kappa": "Cohen's kappa",
    "alpha": "Krippendorff's alpha",
    "direction": "Direction equal, of both",
}


def coders(results: Results) -> str:
    """Say who coded what counts, with counts of findings.

    Examples
    --------
    `Codes that count: reader-1 (541 findings), resolved (25 findings).`
    """
    read = results.coded.groupby("coder")["finding"].nunique()
    parts = ", ".join(f"{coder} ({plural(int(count), 'finding')})" for coder, count in read.items())
    tagged = int(read.get(TAGGER, 0))
    note = " Every finding was coded by reading; the tagger's codes count nowhere in this report."
    if tagged:
        none = "The tagger is a program; no reader's codes count."
        theirs = plural(tagged, "finding was", "findings were")
        some = f"{theirs} coded by no reader: the codes are the tagger's, a program's."
        note = f" {none if set(read.index) == {TAGGER} else some}"
    return f"Codes that count: {parts}.{note}"


def agreement_in_words(results: Results) -> str:
    """Introduce the agreement of the two readers, or say that there is none.

    Examples
    --------
    `A second reader coded 147 of 566 findings without having seen the first coding; ...`
    """
    if all_tagged(results):
        return (
            "No reader's codes count in this report. The tables below say how far the tagger "
            "agrees with readers on paragraphs of other authorities; nothing says that it does as "
            "well here."
        )
    codes = results.data.codes
    read = [set(codes.loc[codes["coder"] == reader, "finding"]) for reader in READERS]
    if not all(read):
        return "No second reader has coded these findings yet: agreement cannot be said."
    return (
        f"A second reader coded {len(read[1])} of {plural(len(results.data.findings), 'finding')} "
        "without having seen the first coding; both sets are kept, and disagreements that were "
        "resolved by reading again stand as resolved. Two readers who work with the same guide "
        "can share errors that these figures do not show."
    )


def as_measures(overall: pd.DataFrame) -> pd.DataFrame:
    """Head a table of measures for readers."""
    heads = {"measure": "Measure", "value": "Value", "n": "n", "of": "n counts",
             "low": "95 % from", "high": "to"}  # fmt: skip
    return overall.rename(columns=heads)


def tagging(results: Results) -> str:
    """Say with which tagger and codebook the England tables were made; blank for other tables."""
    if results.data.tagged is None:
        return ""
    versions = results.data.tagged.provenance.versions
    return (
        f"tables of inspection-findings {versions.package}, codebook {versions.codebook}, tagger "
        f"{versions.model[:12]}, its rules {versions.rules[:12]}, reader {versions.reader[:12]}"
    )


def citation(name: str, day: date, version: str) -> str:
    """Say how to cite the report."""
    return (
        f"Inspection findings over time: {name}. Report of {day.day} {day:%B %Y}, made with "
        f"inspection-findings {version} from published inspection documents."
    )
