"""What a theme's page says of England, in numbers that a table holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from analysis.data.codebook import Theme
from analysis.site.asked import Asked, asked, asked_for_any
from analysis.site.lines import Line, Lines
from analysis.site.places import theme_page
from analysis.site.tables import Tables
from analysis.site.ways import Ways, ways
from analysis.site.years import Full, Year, full_inspections, years
from analysis.tables import Row
from analysis.vocabulary import ALL_COHORTS, BETTER, COHORTS, DIFFERS, KINDS, NOT_STATED, WORSE

NO_VISIT: Final = "no visit under the rules from 2018 is held"
NOT_LOOKED: Final = "visits under the rules from 2018 did not look at it"
NOT_SAID: Final = "visits under the rules from 2018 looked and did not judge it"
UNSEEN: Final = (NOT_SAID, NOT_LOOKED, NO_VISIT)
"""Why nothing is known of a theme under the rules from 2018."""


@dataclass(frozen=True)
class ThemePage:
    """A theme over England.

    Attributes
    ----------
    theme, group
        The theme, and the name of its group.
    lines
        Each authority's, by name.
    years
        Authorities judged, by year.
    full
        Full inspections since 2018 that looked at it, and how many found it weak.
    asked
        What inspectors ask for.
    ways
        What became of the needs that authorities had, and who found a way out.
    unseen
        Lines of authorities of which nothing is known under the rules from 2018, by why.
    """

    theme: Theme
    group: str
    lines: list[Line]
    years: list[Year]
    full: Full
    asked: list[Asked]
    unseen: dict[str, list[Line]]
    ways: Ways

    @property
    def file(self) -> str:
        """Name of its page."""
        return theme_page(self.theme.id)

    @property
    def levels(self) -> dict[str, int]:
        """Authorities by the level at the latest visit that judged the theme."""
        counted = Counter(line.level for line in self.lines)
        return {level: counted[level] for level in ("strength", "mixed", DIFFERS, "weakness")}

    @property
    def judged(self) -> int:
        """Authorities of which any visit judged it."""
        return sum(self.levels.values())

    @property
    def better(self) -> list[Line]:
        """Lines whose path over full inspections, for all groups, ends above where it began."""
        return [line for line in self.lines if line.path in BETTER]

    @property
    def worse(self) -> list[Line]:
        """Lines whose path ends below where it began."""
        return [line for line in self.lines if line.path == WORSE]

    @property
    def turned(self) -> list[Line]:
        """Lines on which the theme was weak, over all groups, and strong when last judged."""
        return [line for line in self.lines if line.turn]

    @property
    def title(self) -> str:
        """What the page says first."""
        levels = self.levels
        if not self.judged:
            return f"{self.theme.name}: judged at no visit that is held"
        return (
            f"{self.theme.name}: strong at {levels['strength']} of {self.judged} authorities when "
            f"inspectors last judged it, {len(self.turned) or 'none'} of these weak before; "
            f"weak at {levels['weakness']}"
        )

    @property
    def asked_any(self) -> int:
        """Authorities that were asked for anything here."""
        return len(asked_for_any(self.asked))

    def asked_any_in(self, year: int) -> int:
        """Count the authorities that were asked for anything here in a year."""
        return sum(year in years for years in asked_for_any(self.asked).values())

    def facts(self) -> dict[str, int]:
        """Return the numbers that the page states, by what they count."""
        return (
            {f"latest word {level}": count for level, count in self.levels.items()}
            | {f"{y.label}: {level}": n for y in self.years for level, n in y.counts.items()}
            | {f"asked for {each.aspect}": len(each.places) for each in self.asked}
            | {why: len(lines) for why, lines in self.unseen.items()}
            | {"found a way out": len(self.ways.authorities)}
            | {"weak before, strong when last judged": len(self.turned)}
            | {"full inspections": self.full.looked, "found weak": self.full.weak}
            | {"path ends better": len(self.better), "path ends worse": len(self.worse)}
        )

    def words(self) -> dict[str, str]:
        """Return the latest word on each authority that has one, by slug."""
        return {
            line.authority.slug: f"{line.level}, {line.visit.said}"
            for line in self.lines
            if line.visit
        }

    def table(self) -> list[Row]:
        """Return the page's list as rows: one for each group of an authority that was judged."""
        return [row for line in self.lines for row in _rows(line)]


def theme_pages(tables: Tables) -> list[ThemePage]:
    """Return what the page of each theme says, in the order of the codebook."""
    lines, codebook = Lines(tables), tables.codebook
    return [
        ThemePage(
            theme,
            codebook.group_of(theme.id).name,
            each := lines.of(theme.id),
            years(tables, theme.id),
            full_inspections(tables, theme.id),
            asked(tables, theme.id),
            _unseen(tables, theme.id, each),
            ways(tables, theme.id),
        )
        for theme in codebook.themes
    ]


def _unseen(tables: Tables, theme: str, lines: list[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {why: [] for why in UNSEEN}
    held = tables.statuses[theme]
    for line in lines:
        if line.judged_anew:
            continue
        visits = [v for v in tables.read_visits[line.authority.slug] if v.new_rules]
        states = {str(held[v.visit][ALL_COHORTS]["status"]) for v in visits}
        found[NO_VISIT if not states else NOT_LOOKED if states == {"not in scope"} else NOT_SAID] \
            .append(line)  # fmt: skip
    return found


def _rows(line: Line) -> list[Row]:
    whole: Row = {
        "authority": line.authority.slug,
        "name": line.authority.name,
        "region": line.authority.region,
        "latest_overall_grade": line.authority.grade,
        "path_of_theme": line.path,
        "weak_to": line.turn.weak.start if line.turn else "",
        "strong_since": line.turn.strong.start if line.turn else "",
    }
    said: list[Row] = [
        whole
        | {
            "visit": each.visit.start,
            "kind": KINDS[each.visit.kind],
            "groups": each.groups or COHORTS[NOT_STATED],
            "level": each.level,
            "confidence": each.confidence,
            "path_of_groups": "; ".join(each.told),
            "found": each.text,
            "place": each.place,
            "finding": each.finding,
            "read_by": "program" if each.tagged else "reader",
        }
        for each in line.said
    ]
    return said or [whole]
