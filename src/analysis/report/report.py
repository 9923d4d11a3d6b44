"""The report, block by block.

`Report.of("knowsley")` computes everything; each method gives one block of the page, which a
notebook shows as it is. `report.ipynb` asks the questions, the methods answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from markupsafe import Markup

from analysis.anchors import KIND_LETTERS, theme_anchor
from analysis.charts import CHARTS, Chart, chart, undrawn
from analysis.charts.parts.chart import csv_address
from analysis.codes.agreement.beside import as_asked
from analysis.codes.counting import users
from analysis.data.loading import load_data
from analysis.data.provenance import data_hash, package_versions
from analysis.dates import today
from analysis.england.others import others
from analysis.english import join
from analysis.files import write_all
from analysis.project import VERSION, Project
from analysis.report import leads, method
from analysis.report.briefing import NAME as BRIEFING
from analysis.report.briefing import briefing
from analysis.report.moved import Moved, moved, said
from analysis.report.page.block import Block, render
from analysis.report.page.glossary import entries
from analysis.report.parameters import Parameters
from analysis.report.points import points
from analysis.report.sentences import cautions
from analysis.report.sentences.brief import SUMMARY, summary
from analysis.report.sentences.headline import headline
from analysis.report.sentences.raised import no_needs, recommended
from analysis.report.sentences.sentence import titles_of
from analysis.report.sentences.unseen import unseen
from analysis.report.tables.agreement import agreement_tables
from analysis.report.tables.beside import set_beside
from analysis.report.tables.cards import Card, cards
from analysis.report.tables.evidence import (
    QUOTED_WORDS,
    WORDS_BESIDE,
    ThemeEvidence,
    by_theme,
    has_no_words,
    unthemed,
)
from analysis.report.tables.ladders import Ladder, ladders
from analysis.report.tables.lasting import MORE, came_back, lasting
from analysis.report.tables.needs import Followed, coming_back, follow
from analysis.report.tables.news import (
    COUNTED,
    FAULTS_TITLE,
    PARTLY,
    RIGHT,
    new_faults,
    news,
    since_before,
)
from analysis.report.tables.places import Place, places
from analysis.report.tables.quotable import quotable
from analysis.report.tables.strips import strip
from analysis.report.tables.strong import strong
from analysis.report.tables.views import needs_stated, recommendations_view, visits_view
from analysis.results import reliance
from analysis.results.columns import columns, whens
from analysis.results.results import Results, analyse, latest_read
from analysis.results.staves import GROUP_NAMES, GROUPS, by_latest, staves_of
from analysis.tables import to_csv, to_html
from analysis.vocabulary import TAGGER

GLANCE: Final = "glance"
NEEDS_FIGURE: Final = "ledger"
"""Left out where no needs have been put together."""
FIGURES: Final = (GLANCE, NEEDS_FIGURE, "timeline")
"""Order, and so numbers, of the figures of a report."""
TABLES: Final = ("recommendations", "unseen", "visits")
"""Order, and so numbers, of the tables of a report; those of agreement come after."""
SHOWN: Final = 3
"""How many items of a kind a list shows open; the rest is folded."""
FIGURES_SHOWN: Final = 1
"""How many findings with a printed figure stand open among what can be quoted."""
NEEDS_SHOWN: Final = 1
"""How many needs stand open with all their raisings; the rest is folded."""
STRONG_SHOWN: Final = 2
"""How many themes of an area stand open among what was called strong."""
NOTHING: Final = "Nothing that these documents say can be said in a sentence here."
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
        codes: str = "",
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
        codes
            Coder whose codes count first, and no other user's; blank for those that count.

        Raises
        ------
        FindingsError
            If a parameter is unknown or ill-typed, or the data are wrong.
        """
        parameters = Parameters.typed(authority, start, end, themes, include_secondary, codes)
        project = Project.find()
        data = as_asked(load_data(authority, project), codes).between(start, end)
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
        if left := self.project.pictures:
            write_all({left / BRIEFING: self.briefing()})

    def page(self) -> Block:
        """Say how to get the page: a run by papermill alone leaves a notebook."""
        return render("page_command", command=self.parameters.command())

    def briefing(self) -> str:
        """Return the page of two sheets of A4 that says it all in little."""
        r, themes = self.results, self.parameters.themes
        latest = latest_read(r)
        rows = [row for row in unseen(r, latest) if row.theme_id in self.themes_shown]
        return briefing(
            r,
            headline=headline(r, themes),
            points=points(r, self._ladders, self._cards, self._needs, themes),
            glance=chart(GLANCE, r, themes),
            needs=self._needs,
            told=news(self._needs, since_before(r)),
            faults=new_faults(r, self._places, themes),
            unseen=leads.unseen_lead(rows, titles_of(r).get(latest, "")),
            never=leads.never(r, self.themes_shown),
            publishers=summary(r)["publishers"],
            cite=self._cite,
        )

    @property
    def name(self) -> str:
        """Name of the authority."""
        return self.results.data.name

    @property
    def themes_shown(self) -> list[str]:
        """Themes that were asked for; all where none was."""
        return list(self.parameters.themes or self.results.data.codebook.ids)

    def opening(self) -> Block:
        """Say what was found, for who has a minute: headline, trust, and at most six points."""
        r, themes = self.results, self.parameters.themes
        return render(
            "opening",
            name=self.name,
            period=leads.period(r),
            headline=headline(r, themes),
            warning=cautions.short_caution(r),
            trust=cautions.trust(r),
            trust_more=[*cautions.caution(r), method.coders(r), method.agreement_in_words(r)],
            points=points(r, self._ladders, self._cards, self._needs, themes),
            nothing=NOTHING,
            cite=self._cite,
        )

    def glance(self) -> Block:
        """Every theme at every visit, under the area whose service it is."""
        r, rows = self.results, staves_of(self.results)
        drawn = columns(r)
        panels = [
            {
                "name": GROUP_NAMES[area],
                "grades": leads.graded(r, area),
                "rows": [
                    strip(stave, r.data.codebook.theme(stave.theme).label,
                          "#" + theme_anchor(stave.theme), drawn)
                    for stave in by_latest(rows.of(cohorts, self.themes_shown))
                ],
            }
            for area, cohorts in GROUPS.items()
        ]  # fmt: skip
        told = undrawn(GLANCE, r, self.parameters.themes)
        if self.project.pictures:
            self._left(GLANCE)  # the page itself draws it in HTML
        return render(
            "glance",
            lead=leads.standing(r, self.themes_shown),
            panels=[panel for panel in panels if panel["rows"]],
            columns=drawn,
            number=self.figures.index(GLANCE) + 1,
            caption=leads.glance_caption(r),
            alt=told.alt(),
            csv=csv_address(to_csv(told.data())),
        )

    def areas(self) -> Block:
        """Grades of areas as steps, with what inspectors said of the whole of each."""
        return render("areas", ladders=self._ladders)

    def new(self) -> Block:
        """What the latest visit raised again, raised first, found put right, or did not mention."""
        r = self._narrowed
        told = news(self._needs, since_before(r))
        said = recommended(r)
        faults = new_faults(r, self._places, self.parameters.themes)
        when = whens(r).get(latest_read(r), "")
        return render(
            "news",
            news=told,
            lead=leads.news_lead(r, told, when, len(faults)),
            groups=leads.news_groups(told),
            faults=faults,
            faults_title=FAULTS_TITLE,
            right=RIGHT,
            partly=COUNTED[PARTLY],
            shown=SHOWN,
            rows=recommendations_view(r) if said else [],
            sentence=said,
            before=leads.inspection_before(r),
            caption=f"{self._number('recommendations')} What became of each recommendation",
        )

    def lasting(self) -> Block:
        """What got better and stayed so, what did not, and what got worse."""
        told = lasting(self._cards, self._needs)
        return render("lasting", told=told, lead=leads.lasting_lead(told), words=MORE, shown=SHOWN)

    def themes(self) -> Block:
        """A card for each theme, and how the evidence below them is searched."""
        return Block(self._finder() + self._cards_block(cited=True).html)

    def cards(self) -> Block:
        """The cards alone, for where one is looked at by itself."""
        return self._cards_block(cited=False)

    def _cards_block(self, *, cited: bool) -> Block:
        """A card for each theme: its path, its marks, what was found, and the evidence.

        `cited`: whether the page says elsewhere how it is cited.
        """
        r = self.results
        by_need: dict[str, list[Followed]] = {}
        for need in self._needs:
            by_need.setdefault(need.href.removeprefix("#t-"), []).append(need)
        evidence = {
            theme.anchor.removeprefix("t-"): Markup(  # noqa: S704 - a template filled it
                render("evidence", theme=theme, count=count).html
            )
            for theme, count in self._evidence()
        }
        return render(
            "cards",
            cited=cited,
            cards=self._cards,
            columns=columns(r),
            needs=by_need,
            back=came_back(self._cards, by_need),
            evidence=evidence,
            cite=self._cite,
        )

    def needs(self) -> Block:
        """Needs that more than one visit raised, each with the words of each raising."""
        r = self.results
        if r.data.needs.empty:
            stated = needs_stated(r)
            table = Markup(to_html(stated, caption=NEEDS_STATED))  # noqa: S704 - pandas escapes
            return render("no_needs", sentence=no_needs(r), table=table if len(stated) else "")
        again = coming_back(self._needs)
        words = render(
            "needs",
            lead=leads.needs_lead(r, self._needs),
            lists=leads.still_raised(r, self._needs),
            named=leads.MOST_NAMED,
            needs=again,
            single=[need for need in self._needs if need not in again],
            shown=NEEDS_SHOWN,
            words={"raised": "raised", "met": "found met", "better": "better or met in part",
                   "part": "found met in part",
                   "asked": "asked for by the government"},
        )  # fmt: skip
        drawn = self._figure(NEEDS_FIGURE, table=False)  # every need is told above
        chart_of = Markup(drawn)  # noqa: S704 - a template filled it
        figure = render("folded", summary="All of them as a chart", html=chart_of)
        return Block(words.html + figure.html)

    def beside(self) -> Block:
        """Themes and needs beside those of others; no rank, and nothing of fewer than ten."""
        told = set_beside(self.results, others(self.project), self.themes_shown)
        return render("beside", told=told)

    def strong(self) -> Block:
        """What inspectors called strong at the latest visit that looked, in one place."""
        groups = strong(self.results, self._places, self.themes_shown)
        lead = leads.strong_lead(self.results, groups)
        return render("strong", lead=lead, groups=groups, shown=STRONG_SHOWN)

    def unseen(self) -> Block:
        """What was never judged, or not at the latest visit, and which visits did not look."""
        r = self.results
        latest = latest_read(r)
        rows = [row for row in unseen(r, latest) if row.theme_id in self.themes_shown]
        title = titles_of(r).get(latest, "")
        table = render("visits", visits=visits_view(r), number=self._number("visits"))
        return render(
            "unseen",
            lead=leads.unseen_lead(rows, title),
            never=leads.never(r, self.themes_shown),
            rows=rows,
            caption=f"{self._number('unseen')} What the {title or 'latest visit'} did not judge",
            sources=leads.sources(r),
            figure=Markup(self._figure("timeline")),  # noqa: S704 - a template filled it
            table=Markup(table.html),  # noqa: S704 - a template filled it
        )

    def quoting(self) -> Block:
        """What can be quoted, from where, and what are not inspectors' words."""
        r = self.results
        grades = leads.graded(r, "overall")
        told = quotable(r, self._places, self.parameters.themes)
        return render("quoting", told=told, grades=grades, shown=FIGURES_SHOWN)

    def method(self) -> Block:
        """How it was made, what it cannot say, what its words mean, and how it is cited."""
        r = self.results
        tables = agreement_tables(r)
        first = len(self._tables) + 1
        agreement = "".join(
            to_html(t, caption=f"Table {n}. {c}") for n, (t, c) in enumerate(tables, first)
        )
        return render(
            "method",
            authority=r.data.authority,
            tagged=reliance.all_tagged(r),
            coders=method.coders(r),
            moved=self.moved,
            users=join(users(r.data.codes)),
            rules=method.RULES,
            found=method.FOUND,
            matters=method.MATTERS,
            limits=method.LIMITS,
            agreement=method.agreement_in_words(r),
            tables=Markup(agreement),  # noqa: S704 - built by pandas, which escapes
            entries=entries(),
            unthemed=unthemed(r),
        )

    def citation(self) -> Block:
        """How to cite, and what the page was made from."""
        versions = ", ".join(f"{name} {number}" for name, number in package_versions().items())
        return render(
            "citation",
            citation=self._cite,
            data_hash=data_hash(self.project, self.results.data.authority),
            version=VERSION,
            packages=versions,
            parameters=self.parameters.text(),
            date=today().isoformat(),
        )

    @cached_property
    def moved(self) -> list[Moved]:
        """Sentences that users' codes moved; none where no user coded anything."""
        data = self.results.data
        own = data.codes["coder"].isin(users(data.codes))
        if not own.any():
            return []
        others = replace(data, codes=data.codes[~own].reset_index(drop=True))
        r = analyse(others, include_secondary=self.results.include_secondary)
        return moved(replace(self, results=r)._said, self._said)

    @property
    def _said(self) -> dict[str, str]:
        r, themes = self.results, self.parameters.themes
        brief = points(r, self._ladders, self._cards, self._needs, themes)
        return said(headline(r, themes), brief, self._cards)

    @property
    def figures(self) -> list[str]:
        """Names of the figures that this report shows, in order."""
        none = {NEEDS_FIGURE} if self.results.data.needs.empty else set()
        return [name for name in FIGURES if name not in none]

    @cached_property
    def _cite(self) -> str:
        return method.citation(self.name, today(), VERSION)

    @cached_property
    def _cards(self) -> list[Card]:
        return cards(self.results, self.parameters.themes)

    @cached_property
    def _ladders(self) -> list[Ladder]:
        return ladders(self.results)

    @property
    def _narrowed(self) -> Results:
        """The results with the recommendations on the themes asked for, all where none were."""
        r, themes = self.results, self.parameters.themes
        if not themes:
            return r
        table = r.recommendations
        spoken = r.coded.loc[r.coded["theme"].isin(themes), "finding"]
        unlinked = (table["theme"] == "") & table["finding"].isin(spoken)
        return replace(r, recommendations=table[table["theme"].isin(themes) | unlinked])

    @cached_property
    def _needs(self) -> list[Followed]:
        return follow(self.results, self.parameters.themes)

    @cached_property
    def _places(self) -> dict[str, Place]:
        return places(self.results)

    def _evidence(self) -> Iterator[tuple[ThemeEvidence, int]]:
        counts = {card.anchor: card.paragraphs for card in self._cards}
        for theme in by_theme(self.results):
            if theme.anchor in counts:
                yield theme, counts[theme.anchor]

    def _finder(self) -> str:
        """How the evidence is read, and how it is searched."""
        r = self.results
        return render(
            "finder",
            usual=reliance.usual_coder(r),
            authority=r.data.authority,
            letters={letter: kind for kind, letter in KIND_LETTERS.items()},
            bare=has_no_words(r),
            scored=TAGGER in reliance.findings_of(r),
            several=len(reliance.findings_of(r)) > 1,
            held=(QUOTED_WORDS, WORDS_BESIDE) if (r.data.findings["words"] != "").any() else (),
        ).html

    @cached_property
    def _tables(self) -> list[str]:
        """Names of the numbered tables that this report shows, in order."""
        r = self.results
        there = {
            "recommendations": not r.data.needs.empty and len(r.recommendations) > 0,
            "unseen": bool(unseen(r, latest_read(r))),
        }
        return [name for name in TABLES if there.get(name, True)]

    def _number(self, table: str) -> str:
        return f"Table {self._tables.index(table) + 1}." if table in self._tables else ""

    def _left(self, name: str) -> Chart:
        """Draw a figure, and leave its picture where other forms of the page are made."""
        drawn = chart(name, self.results, self.parameters.themes)
        if CHARTS[name].coded and reliance.all_tagged(self.results):
            drawn = replace(drawn, caption=f"{drawn.caption} {cautions.CAPTION}")
        if folder := self.project.pictures:
            drawn.picture(self.figures.index(name) + 1).leave(folder)
        return drawn

    def _figure(self, name: str, *, table: bool = True) -> str:
        return self._left(name).to_html(self.figures.index(name) + 1, table=table)
