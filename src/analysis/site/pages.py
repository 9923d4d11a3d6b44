"""A page of the site: its frame, its card, its policy, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from markupsafe import Markup

from analysis.english import lower
from analysis.project import TEMPLATES, VERSION
from analysis.report.page.block import environment
from analysis.report.page.scripts import script, sha256
from analysis.report.sentences.sentence import ended
from analysis.site.card import ALT, CARD
from analysis.site.places import ABOUT, FRONT, NEW
from analysis.tables import Row, for_people, to_text

MENU: Final = (
    (FRONT, "England"), (f"{FRONT}#themes", "Themes"), (NEW, "What is new"),
    (ABOUT, "About the data"),
)  # fmt: skip
FOOT: Final = "Our reading of what inspectors wrote; summaries are ours."
SCRIPTS: Final = {
    name: script(f"{name}.js", "fragment.js", *parts)
    for name, parts in {"theme": ("told.js",), "new": ("told.js",), "search": ()}.items()
}
"""The scripts of the pages, whole."""
_ENVIRONMENT: Final = environment("site", "report")
_ENVIRONMENT.filters |= {"ended": ended, "lower_first": lower}


@dataclass(frozen=True)
class Page:
    """A page and what stands beside it.

    Attributes
    ----------
    file
        Its name; ends in `.html`.
    title, heading, description
        Of the window, over the page, and of the card that a link to it shows.
    beside
        Further files by name, such as its table.
    facts, words
        Numbers that it states by what they count, and its word on each authority by slug: what
        moved is told from them.
    """

    file: str
    title: str
    heading: str
    description: str
    beside: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def csv(self) -> str:
        """Name of the file that holds its table."""
        return f"{self.file.removesuffix('.html')}.csv"


@dataclass(frozen=True)
class Frame:
    """What all pages of a site have in common.

    Attributes
    ----------
    base_url
        Where the site will stand, ending in a slash; blank where that is not known.
    """

    base_url: str = ""

    def render(self, page: Page, template: str, script: str = "", **values: Any) -> str:
        """Fill a template of `templates/site/`; everything filled in is escaped."""
        text = SCRIPTS[script] if script else ""
        return (
            _ENVIRONMENT.get_template(f"{template}.html.j2").render(
                page=page,
                card=self.card(page),
                menu=self.menu(page.file),
                script=text,
                policy=policy(text),
                foot=FOOT,
                version=VERSION,
                **values,
            )
            + "\n"
        )

    def card(self, page: Page) -> Markup:
        """Return what a page says of itself to whoever shows a link to it."""
        lines = [
            ("name", "description", page.description),
            ("property", "og:title", page.title),
            ("property", "og:description", page.description),
            ("property", "og:type", "article"),
            ("property", "og:locale", "en_GB"),
        ]
        if self.base_url:
            lines += [
                ("property", "og:url", self.base_url + page.file),
                ("property", "og:image", self.base_url + CARD),
                ("property", "og:image:alt", ALT),
                ("name", "twitter:card", "summary_large_image"),
            ]
        tags = [Markup('<meta {}="{}" content="{}">').format(*line) for line in lines]
        if self.base_url:
            link = Markup('<link rel="canonical" href="{}">')
            tags.append(link.format(self.base_url + page.file))
        return Markup("\n").join(tags)

    def menu(self, here: str) -> Markup:
        """Return the links that stand on every page."""
        filled = _ENVIRONMENT.get_template("menu.html.j2").render(menu=MENU, here=here)
        return Markup(filled)  # noqa: S704 - a template filled it


def menu_style() -> str:
    """Return the style of these links, for a page with a style of its own."""
    return (TEMPLATES / "site" / "menu.css").read_text("utf-8").strip()


def policy(*scripts: str) -> str:
    """Return a content security policy under which only these scripts and files beside run.

    Examples
    --------
    >>> policy()
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; ...'none'"
    """
    hashes = [f" 'sha256-{sha256(text)}'" for text in scripts if text]
    own = f"script-src 'self'{''.join(hashes)}; " if hashes else ""
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; {own}img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def csv(rows: list[Row]) -> str:
    """Return rows as CSV text for people; a column stands where any row has it."""
    columns = list(dict.fromkeys(str(name) for row in rows for name in row))
    whole = [{name: row.get(name, "") for name in columns} for row in rows]
    return for_people(to_text(columns, whole))
