"""The report, block by block.

`Report.of("knowsley")` computes everything; each method gives one block of the page, which a
notebook shows as it is. `report.ipynb` asks the questions, the methods answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pandas as pd
from markupsafe import Markup

from analysis.anchors import theme_anchor
from analysis.charts import CHARTS, chart
from analysis.codes.agreement.agreement import compare
from analysis.data.loading import load_data
from analysis.data.provenance import data_hash, package_versions
from analysis.dates import PartialDate, today
from analysis.english import join, plural
from analysis.files import write_all
from analysis.project import VERSION, Project
from analysis.report import method
from analysis.report.page.block import Block, render
from analysis.report.page.glossary import Marker, entries
from analysis.report.parameters import Parameters
from analysis.report.sentences import cautions
from analysis.report.sentences.brief import SUMMARY, summary
from analysis.report.sentences.grades import grade_lines
from analysis.report.sentences.groups import TOPICS, stories
from analysis.report.sentences.matters import few
from analysis.report.sentences.raised import recommended, still_raised
from analysis.report.sentences.read import opening
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.report.sentences.unseen import unseen
from analysis.report.tables.evidence import (
    QUOTED_WORDS,
    WORDS_BESIDE,
    by_theme,
    has_no_words,
    unthemed,
)
from analysis.report.tables.links import Link, by_visit, changes_by_visit, figure_link, ways_back
from analysis.report.tables.overview import overview
from analysis.report.tables.views import (
    needs_stated,
    needs_view,
    recommendations_view,
    visits_view,
)
from analysis.results import reliance
from analysis.results.agreement import consequences, link_agreement
from analysis.results.results import Results, analyse, latest_read
from analysis.tables import to_csv, to_html
from analysis.vocabulary import NOTICE, READERS, TAGGER

NEEDS_FIGURE: Final = "ledger"
"""Left out where no needs have been put together."""
TABLES: Final = ("overview", "recommendations", "unseen", "visits", "changes")
"""Order, and so numbers, of the tables of a report; those of agreement come after."""
SHOWN: Final = 6
"""How many sentences of a kind a list shows; the rest is in the table or chart beside it."""
NEEDS_STATED: Final = (
    "Findings that state a need for improvement or recommend, by theme and visit. Blank: none. "
    "A theme at two visits is not the same need raised again."
)


@dataclass(frozen=True)
class Report:
    """Blocks of the report of one authority."""

    results: Results
    project: Project
    parameters: Parameters

    @classmethod
    def of(
        cls,
        authority: str,
        start: str = "",
        end: str = "",
        themes: str = "",
        include_secondary: bool = False,
    ) -> Report:
        """Load an authority and compute everything.

        Parameters
        ----------
        authority
            Slug, such as `knowsley`.
        start, end
            Keep the visits that began in this period (`2014`, `2014-04` or a day); blank is open.
        themes
            Themes to follow closely, separated by commas; blank for the usual ones.
        include_secondary
            Let secondary documents set statuses where no primary one is held.

        Raises
        ------
        FindingsError
            If a parameter is unknown or ill-typed, or the data are wrong.
        """
        parameters = Parameters.typed(authority, start, end, themes, include_secondary)
        project = Project.find()
        data = load_data(authority, project).between(start, end)
        results = analyse(data, include_secondary=include_secondary)
        results.followed(parameters.themes)
        return cls(results, project, parameters)

    def save(self) -> None:
        """Leave what is behind the report in `data/processed/<authority>/`.

        Findings, statuses, changes, paths, area statements, needs and recommendations as CSV, and
        the report in brief: all are written or none.
        """
        r = self.results
        folder = self.project.tables(r.data.authority)
        tables = {
            "findings": r.coded,
            "statuses": r.statuses,
            "changes": r.changes,
            "paths": r.paths,
            "areas": r.areas,
            "needs": r.ledger,
            "recommendations": r.recommendations,
        }
        texts = {folder / f"{name}.csv": to_csv(table) for name, table in tables.items()}
        in_brief = json.dumps(summary(r), ensure_ascii=False, indent=1)
        write_all(texts | {folder / SUMMARY: f"{in_brief}\n"})

    @property
    def name(self) -> str:
        """Name of the authority."""
        return self.results.data.name

    def opening(self) -> Block:
        """Say what was found, for who has a minute: verdict, overview, what matters most."""
        r, mark = self.results, Marker()
        told = self._about("matters")
        layers = set(r.data.visits["kind"]), set(r.data.visits["held"])
        table = render(
            "overview",
            overview=overview(r),
            caption=f"{self._number('overview')} Every theme at every visit.",
            hollow="secondary" in layers[1],
            required=NOTICE in layers[0],
        )
        return render(
            "opening",
            mark=mark,
            heading=_heading(self.name, _years(r)),
            caution=cautions.caution(r),
            short=cautions.short_caution(r),
            coders="" if reliance.all_tagged(r) else method.coders(r),
            verdict=self._about("grades")[0],
            read=self._about("read")[0],
            sources=self._about("sources"),
            overview=Markup(table.html),  # noqa: S704 - a template filled it
            matters=told,
            few=few(r, len(told)),
        )

    def story(self) -> Block:
        """Tell what changed: whole areas, grades, from visit to visit, and group by group."""
        r = self.results
        notices = r.data.visits.loc[r.data.visits["kind"] == NOTICE, "visit"]
        judging = r.data.documents[~r.data.documents["visit"].isin(notices)]
        if not r.include_secondary:
            judging = judging[judging["source"] == "primary"]
        return render(
            "story",
            mark=Marker(),
            areas=self._about("areas"),
            grades=grade_lines(r),
            ways=self._about("ways"),
            lead=TEMPLATES["ladder"],
            moved=self._about("moved"),
            confidence=self._about("confidence"),
            overruled=self._about("overruled"),
            groups=stories(r, [s for s in self._said if s.topic in TOPICS]),
            publishers=join(sorted(set(judging["publisher"]))),
        )

    def timeline(self) -> Block:
        """When visits took place, what they looked at, what they graded."""
        table = render("visits", visits=visits_view(self.results), number=self._number("visits"))
        return Block(self._figure("timeline") + table.html)

    def matrix(self) -> Block:
        """Every theme at every visit."""
        return Block(self._figure("matrix"))

    def trajectories(self) -> Block:
        """Steps of the themes followed closely, cohort by cohort."""
        return Block(self._figure("trajectories", self.parameters.themes))

    def changes(self) -> Block:
        """Every comparison of two visits, with its confidence and what inspectors said."""
        return render(
            "changes", visits=changes_by_visit(self.results), number=self._number("changes")
        )

    def raised_again(self) -> Block:
        """The ledger of needs, in words, as spans and one by one; or why there is none."""
        r, said = self.results, self._about("raised again")
        if r.data.needs.empty:
            stated = needs_stated(r)
            table = to_html(stated, caption=NEEDS_STATED) if len(stated) else ""
            return Block(render("no_needs", sentence=said[0]).html + table)
        words = render("raised", mark=Marker(), sentences=said, still=still_raised(r), shown=SHOWN)
        back = figure_link(NEEDS_FIGURE, self.figures)
        needs = render("needs", needs=needs_view(r), ledger=back)
        return Block(words.html + self._recommendations() + self._figure(NEEDS_FIGURE) + needs.html)

    def _recommendations(self) -> str:
        """What became of each recommendation of the full inspection before the latest."""
        said = recommended(self.results)
        if said is None:
            return ""
        return render(
            "recommendations",
            sentence=said,
            rows=recommendations_view(self.results),
            caption=f"{self._number('recommendations')} What became of each recommendation",
        ).html

    def unseen(self) -> Block:
        """What was never judged, or not at the latest visit, and which visits did not look."""
        latest, said = latest_read(self.results), self._about("latest look")
        rows = unseen(self.results, latest)
        title = titles_of(self.results).get(latest, "")
        warning = TEMPLATES["not looked" if rows else "all looked"].format(visit=title)
        return render(
            "unseen",
            mark=Marker(),
            count=said[0].text if said else TEMPLATES["nothing read"],
            warning=warning,
            said=said[1 : SHOWN + 1],
            rows=rows,
            caption=f"{self._number('unseen')} What the {title or 'latest visit'} did not judge",
        )

    def shares(self) -> Block:
        """Shares of strength, mixed and weakness within each visit."""
        return Block(self._figure("shares"))

    def extents(self) -> Block:
        """The inspectors' own quantity words."""
        return Block(self._figure("extents"))

    def evidence(self) -> Block:
        """The findings behind every cell."""
        r = self.results
        themes, named = by_theme(r), self.figures
        followed = r.followed(self.parameters.themes)
        glance, changed = self._table("overview"), self._table("changes")
        back = ways_back(r, named, followed, overview=glance, table=changed)
        return render(
            "evidence",
            themes=themes,
            back={theme_anchor(theme): links for theme, links in back.items()},
            visits=by_visit(r, themes),
            visit_back=[
                Link(glance, "#overview"),
                Link(self._table("visits"), "#visits"),
                *(figure_link(name, named) for name in ("timeline", "shares", "extents")),
            ],
            findings=len(r.data.findings),
            unthemed=unthemed(r),
            coders=method.coders(r),
            usual=reliance.usual_coder(r),
            several=len(reliance.findings_of(r)) > 1,
            bare=has_no_words(r),
            scored=TAGGER in reliance.findings_of(r),
            held=(QUOTED_WORDS, WORDS_BESIDE) if (r.data.findings["words"] != "").any() else (),
        )

    def method(self) -> Block:
        """How it was made, and what it cannot say."""
        tables = [*self._agreement(), *self._agreement_of_tagger()]
        first = len(self._tables) + 1
        return Block(
            render(
                "method",
                authority=self.results.data.authority,
                tagged=reliance.all_tagged(self.results),
                coders=method.coders(self.results),
                rules=method.RULES,
                matters=method.MATTERS,
                limits=method.LIMITS,
                agreement=method.agreement_in_words(self.results),
            ).html
            + "".join(
                to_html(t, caption=f"Table {n}. {c}") for n, (t, c) in enumerate(tables, first)
            )
        )

    def glossary(self) -> Block:
        """What the words mean."""
        return render("glossary", entries=entries())

    def citation(self) -> Block:
        """How to cite, and what the page was made from."""
        versions = ", ".join(f"{name} {number}" for name, number in package_versions().items())
        return render(
            "citation",
            citation=method.citation(self.name, today(), VERSION),
            data_hash=data_hash(self.project, self.results.data.authority),
            version=VERSION,
            packages=versions,
            parameters=self.parameters.text(),
            tagging=method.tagging(self.results),
            date=today().isoformat(),
        )

    @property
    def figures(self) -> list[str]:
        """Names of the figures that this report shows, in order."""
        none = {NEEDS_FIGURE} if self.results.data.needs.empty else set()
        return [name for name in CHARTS if name not in none]

    @cached_property
    def _said(self) -> list[Sentence]:
        """All that the report says in sentences; computed once."""
        return opening(self.results)

    def _about(self, topic: str) -> list[Sentence]:
        return [sentence for sentence in self._said if sentence.topic == topic]

    @cached_property
    def _tables(self) -> list[str]:
        """Names of the numbered tables that this report shows, in order."""
        r = self.results
        there = {
            "recommendations": not r.data.needs.empty and len(r.recommendations) > 0,
            "unseen": bool(unseen(r, latest_read(r))),
        }
        return [name for name in TABLES if there.get(name, True)]

    def _table(self, name: str) -> str:
        return f"Table {self._tables.index(name) + 1}" if name in self._tables else ""

    def _number(self, table: str) -> str:
        return f"{self._table(table)}." if table in self._tables else ""

    def _figure(self, name: str, themes: Sequence[str] = ()) -> str:
        drawn = chart(name, self.results, themes)
        if CHARTS[name].coded and reliance.all_tagged(self.results):
            drawn = replace(drawn, caption=f"{drawn.caption} {cautions.CAPTION}")
        number = self.figures.index(name) + 1
        if folder := self.project.pictures:
            drawn.picture(number).leave(folder)
        return drawn.to_html(number)

    def _agreement(self) -> list[tuple[pd.DataFrame, str]]:
        """Tables of agreement between readers, and with outside checks, with their captions."""
        data = self.results.data
        tables = []
        known = set(data.codes["coder"])
        if set(READERS) <= known:
            found = compare(data.codes, *READERS, themes=data.codebook.ids)
            overall = pd.concat(
                [
                    found.overall,
                    consequences(data, *READERS),
                    link_agreement(data.need_links, *READERS),
                ]
            )
            names = found.themes.assign(
                theme=[data.codebook.theme(t).name for t in found.themes["theme"]]
            )
            tables += [
                (
                    method.as_measures(overall),
                    f"Agreement of {READERS[0]} and {READERS[1]} on the "
                    f"{plural(found.findings, 'finding')} that both coded, each blind to the "
                    "other's codes",
                ),
                (
                    names[list(method.AGREEMENT_HEADS)].rename(columns=method.AGREEMENT_HEADS),
                    "The same by theme",
                ),
            ]
        reader = READERS[0]
        for check in sorted(set(data.checks["coder"])) if reader in known else []:
            both = pd.concat([data.codes, data.checks])
            found = compare(both, reader, check, data.codebook.ids)
            tables.append(
                (
                    method.as_measures(found.overall),
                    f"Agreement of {reader} with the outside coder {check} on "
                    f"{plural(found.findings, 'finding')}; neither saw the other's codes",
                )
            )
        return tables

    def _agreement_of_tagger(self) -> list[tuple[pd.DataFrame, str]]:
        """Tables of the tagger's agreement with readers elsewhere, where its codes count."""
        if TAGGER not in reliance.findings_of(self.results):
            return []
        groups, themes = cautions.agreement_tables(self.results.data.codebook)
        captions = (
            "Agreement of the tagger with readers, on authorities that it had not seen; 95 % "
            "intervals by document",
            "The same by theme",
        )
        return list(zip((groups, themes), captions, strict=True))


def _heading(name: str, years: list[str]) -> str:
    """Head the report: name and period of the visits, whose years are given in order.

    Examples
    --------
    >>> _heading("Anyshire", ["2014", "2018", "2024"])
    'Anyshire: how inspection findings changed, 2014 to 2024'
    >>> _heading("Anyshire", ["2024"])
    'Anyshire: inspection findings of 2024'
    """
    if len(years) == 1:
        return f"{name}: inspection findings of {years[0]}"
    period = years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
    return f"{name}: how inspection findings changed, {period}"


def _years(results: Results) -> list[str]:
    return [str(PartialDate.parse(start).year) for start in results.data.visits["start"]]
