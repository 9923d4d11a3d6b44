"""The method in words: what every report's method section prints, with the constants in force."""

from __future__ import annotations

from datetime import date
from typing import Final

from analysis.english import join, plural
from analysis.report.points import MOST, MOST_WORDS
from analysis.results.confidence import ENOUGH
from analysis.results.reliance import all_tagged
from analysis.results.results import Results
from analysis.results.votes import MIXED_WEIGHTS, NEED_TAKES, STRENGTH_ABOVE, WEAKNESS_BELOW
from analysis.vocabulary import LEVELS, PATH_WORDS, READERS, RESOLVED, TAGGER

RULES: Final[tuple[str, ...]] = (
    "Votes: each body paragraph has one vote on a theme and cohort: a strength 1, a mixed "
    f"{MIXED_WEIGHTS['strength']}, {MIXED_WEIGHTS['even']} or "
    f"{MIXED_WEIGHTS['weakness']} by which way it leans, a weakness 0. All headlines and "
    "summaries of a visit together have one vote, their mean. A paragraph that only says again "
    "what another of its document says has none, nor has one that states only a change, or only "
    "what leaders or staff claim. A strength that is told among what needs to improve is no need.",
    "Status: b is the mean of the votes, less "
    f"{NEED_TAKES} where something to improve is stated on the theme for that cohort, or at that "
    f"visit for nobody in particular. Strength if b is above {STRENGTH_ABOVE:.2f}, weakness if "
    f"below {WEAKNESS_BELOW:.2f}, else mixed. Where nothing but needs speaks of it, one of that "
    "cohort's own among them: weakness. Where every finding is neutral or has no vote, the theme "
    "is reported, not judged.",
    "A reader of the whole document, who saw no code, called each theme and cohort too. Where that "
    "level is another than the codes', a second such reader was asked, and at some others, without "
    "being told which; of the three the middle one stands. The level that the codes alone give is "
    "kept beside it.",
    "What speaks of one team, one service, a sub-group or a small number votes only where nothing "
    "speaks of the whole cohort, or if it states harm, risk or a legal duty not met.",
    "Over all cohorts a theme shows a direction only where its judged cohorts agree; else it "
    "differs by cohort. One cohort never speaks for another. Paragraphs are counted once, whatever "
    "the number of cohorts.",
    f"Confidence is high with {ENOUGH} votes or more, in scope, from inspectors' own documents "
    "coded by reading, if the level stays the same when any one paragraph is left out, if it is "
    "what the codes give, and if the one reader of the whole document, or one of two, calls it so "
    "too; low with one vote, "
    "headlines or needs only, a secondary source, or codes of the tagger, but moderate where the "
    "one paragraph, in a full inspection, states harm, risk or a duty not met; else moderate. A "
    "change has the lower of its two ends.",
    "Not mentioned means so by a visit that could have been expected to; it is never read as "
    "satisfactory. Not in scope means that nobody looked; it is never read as improved.",
    "Changes: a full inspection is compared with the full inspection before it that judged the "
    "same theme and cohort (like with like; what a report counts), and any visit with the latest "
    "earlier one of any kind; codes for a cohort that is not stated only between full inspections. "
    "Two steps are improved or declined, one step partly so, none a sustained strength, still "
    "mixed or a persistent weakness; without an earlier judgement it is first seen. Visits in "
    "between are named, and where a visit does not judge nothing is carried forward. A step up "
    "that ends in harm, risk or a duty not met is not counted as better.",
    "The whole path of a theme is told by one word, over full inspections: "
    f"{', '.join(PATH_WORDS)}. A card says “mostly” of what was so throughout where one of its "
    "levels is so mostly, “a little” of a move by half a level, “little changed” where not even "
    "that remains, “better at the latest inspection” where that one alone is above the first, and "
    "“up to” a visit where later ones judged the theme for others only. Half a level lies between "
    "what the codes and the one reader of the whole document call a theme where they differ, and "
    "where no such reader called it, between mixed and a level that no paragraph says outright or "
    "whose votes lie nearer to even. What only a part of them was spoken of for, or what every "
    "paragraph says of no more than some, is so “for some”, unless something was asked for. "
    "Shorter visits are all told where one of them lay a whole level from all inspections beside "
    "it, or half a level where these are all alike, or a whole level below the last of all; else "
    "only what that last one found.",
    "Inspectors first: where they themselves compare a theme and cohort, or the area to which the "
    "cohort's grade belongs, with that earlier visit, and the computed step points the other way, "
    "theirs is the word, the levels stand beside, and it counts neither as better nor as worse.",
    "What inspectors say of a whole area stands with the grades; no theme borrows it.",
    "A need counts as raised again only through links that the inspectors stated or a coder made. "
    "Visits are counted, not paragraphs. A need is met where a visit that looked at all areas of "
    "its theme finds so of all concerned; a later weakness on it starts a new spell. It is put "
    "right at the latest visit if that finds it met and none did since it was last raised; for "
    "good, as far as can be seen, if two visits or more found it met since; it came back "
    "if it was met and is raised again at the latest visit.",
    "A notice's requirements are a layer of their own: never a status, never raised again.",
    "Secondary sources (anyone but the inspectorate or the department) are read and shown hollow, "
    "and set no status or change unless asked for; then only at visits of which no primary "
    "document is held.",
)

MATTERS: Final = (
    f"In brief, at most {MOST} points of at most {MOST_WORDS} words, comes from the latest full "
    "inspection of which a document is read, or from a later visit: the overall grades; what "
    "inspectors said of the two areas that stand worst there, and when a later visit found them "
    "better; the theme of the gravest harm stated there of more than a part, of most paragraphs, "
    "unless it is strong all in all or a later visit found it better; the theme that rose "
    "furthest to that inspection and stayed so at every visit since, if both of its ends can be "
    "leaned on, codes and every reader of the whole documents who judged them see it rise, both "
    "do not rest on one paragraph, and nothing was asked for; where there is room, the theme that "
    "fell furthest and stayed so, in the same way (half a level, as from mixed to “mixed to weak”, "
    "is no move here); the need that most visits raised and the latest raised again, of more than "
    "a part. What does not fit is passed over, and nothing fills an empty place."
)
"""The rule of `analysis.report.points` in words."""

FOUND: Final = (
    "What was found on a theme at a visit is told from one paragraph for each level: one that "
    "points its way, or where paragraphs differ one that tells both sides or that a reader of "
    "the whole document named first; what speaks of all before what speaks of a part; what a "
    "reader of the whole document named for it, weightiest first; where it is a weakness, one "
    "that states harm; what says how most of them were; what is about few themes before what is "
    "about many; findings before headlines, and needs last. A card adds what speaks against it, "
    "where the first tells one side only, what was asked for, where nothing told says that "
    "anything was amiss, what a later visit to other services that asked for nothing on it, or "
    "one to a whole partnership, said of it, and what staff or families told one that judged "
    "nothing of it."
)
"""The rule of `analysis.results.found` in words."""

LIMITS: Final[tuple[str, ...]] = (
    "How common anything is: inspectors sample cases, and their quantity words are not "
    "percentages.",
    "What caused a change, or what happened in years in which nobody looked.",
    "Whether a theme that was not reported was in order: reports are written by exception.",
    "How this authority ranks against others: numbers of findings are not magnitudes, and a "
    "report of many paragraphs is not worse than a letter of few.",
    "How a whole area stands: a status weighs paragraphs alike, a grade does not. Both stand side "
    "by side, and neither corrects the other.",
    "What grades mean across frameworks: they are shown side by side only with the break between.",
    "What visits found of which no document is held: where a count of visits is given, read it as "
    "at least so many.",
)

MACHINES: Final = frozenset({*READERS, RESOLVED})
MACHINES_SAID: Final = (
    " Codes of {coders} are those of machine readers, large language models that read paragraph by "
    "paragraph with the guide; no person has coded or reviewed them."
)
"""Who `reader-1`, `reader-2` and `resolved` are, in plain words."""


def coders(results: Results) -> str:
    """Say who coded what counts, with counts of findings.

    Examples
    --------
    `Codes that count: reader-1 (541 findings), resolved (25 findings).`
    """
    read = results.coded.groupby("coder")["finding"].nunique()
    parts = ", ".join(f"{coder} ({plural(int(count), 'finding')})" for coder, count in read.items())
    tagged = int(read.get(TAGGER, 0))
    machines = [coder for coder in read.index if coder in MACHINES]
    note = MACHINES_SAID.format(coders=join(machines)) if machines else ""
    if tagged:
        none = "The tagger is a program; no reader's codes count."
        theirs = plural(tagged, "finding was", "findings were")
        some = f"{theirs} coded by no reader: the codes are the tagger's, a program's."
        alone = set(read.index) == {TAGGER}
        note = f" {none}" if alone else f"{note} {some}"
    asked = results.data.coded_by
    first = f" As asked, the codes of {asked} count first, and no other user's do." if asked else ""
    return f"Codes that count: {parts}.{first}{note}"


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
        none = "No second reader has coded these findings yet: agreement cannot be said."
        return none + _levels_in_words(results)
    return (
        f"A second reader coded {len(read[1])} of {plural(len(results.data.findings), 'finding')} "
        "without having seen the first coding; both sets are kept, and disagreements that were "
        "resolved by reading again stand as resolved. Two readers who work with the same guide "
        f"can share errors that these figures do not show.{_levels_in_words(results)}"
    )


def _levels_in_words(results: Results) -> str:
    """Say how far levels are those of a reader of the whole documents; blank if none read so."""
    judged = results.judged()
    both = judged[judged["document_level"] != ""]
    if both.empty:
        return ""
    steps = (both["level_by_codes"].map(LEVELS) - both["document_level"].map(LEVELS)).abs().tolist()
    alike, near, opposite = (steps.count(apart) for apart in range(len(LEVELS)))
    return (
        " Another machine reader, who saw no code, read whole documents and called each theme and "
        f"group strong, mixed or weak: of {plural(len(both), 'level')} in this report that the "
        f"codes give {alike} are as that reader has them, {near} a step apart and {opposite} the "
        "other way round. Where they differ, a second such reader was asked, and the middle one of "
        "the three stands; nobody told that reader which these were. Where a reader who held the "
        "page against the documents settled a level with a reason, that one stands. Else, where no "
        "second one read, "
        "“How sure?” or the evidence says that they differ. Codes that this showed to be missing "
        "or wrong were mended, so that it is no measure of the first reading."
    )


def citation(name: str, day: date, version: str) -> str:
    """Say how to cite the report."""
    return (
        f"Inspection findings over time: {name}. Report of {day.day} {day:%B %Y}, made with "
        f"inspection-findings {version} from published inspection documents."
    )
