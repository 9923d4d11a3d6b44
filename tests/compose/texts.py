"""Text documents and a web page: an improvement notice, a council's news, an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from textwrap import wrap as fill
from typing import Final

from pypdfium2 import PdfDocument

from compose import words
from compose.model import NAMES, Composed, Paragraph, day, iso

NOTICE: Final = (
    ("Understanding what children need", "help"),
    ("Leadership, Management and Governance", "leaders"),
    ("Early Help and Partnership Working", "help"),
    ("Quality of Practice", "care"),
    ("Staff capability", "leaders"),
    ("Local Safeguarding Children’s Board (LSCB)", "board"),
)
NOTICE_AREAS: Final = {
    "help": "help-and-protection",
    "leaders": "leadership",
    "care": "children-in-care",
    "board": "safeguarding-board",
}


def improvement_notice(
    *,
    authority: str = "knowsley",
    issued: date = date(2014, 10, 14),
    items: int = 20,
    dashes: bool = True,
    broken_lines: bool = True,
) -> Composed:
    """Compose a department's notice as plain text: numbered 1 to `items`, with a., b. and c. below.

    An item below another has the number "3a". `dashes` puts "- " before some numbers and letters,
    as a conversion leaves them; `broken_lines` wraps lines and leaves an empty line where a page
    ended in the middle of a sentence.
    """
    _, council = NAMES[authority]
    paragraphs = []
    lines = [
        "",
        "Improvement Notice",
        "",
        f"To: NAME {council} (“the Council”)",
        "ADDRESS Civic Offices, 1 Example Street, Anytown AA1 1AA",
        "",
    ]
    given = (
        f"The Secretary of State gives this Improvement Notice to {council} on {day(issued)}, "
        "after inspectors found its help for children inadequate."
    )
    paragraphs.append(Paragraph("", "Improvement Notice", "context", 0, given))
    lines += [given, ""]
    section, area, theme = "Improvement Notice", "", "leaders"
    each = max((items - 6) // len(NOTICE), 1)
    for number in range(1, items + 1):
        place, turn = divmod(number - 3, each)
        sub = 3 <= number <= items - 4
        if sub and turn == 0 and place < len(NOTICE):
            section, theme = NOTICE[place]
            area = NOTICE_AREAS[theme]
            lines += [section, ""]
        if number == items - 3:
            section, area = "How progress will be judged:", ""
            lines += [section, ""]
        if sub:
            text = f"{words.need(theme, number)[:-1]}, by making sure of this:"
        elif number < 3:
            text = (
                "The Council shall act on each point below, together with its partners, and "
                f"show by evidence what has changed for children (part {number})."
            )
        else:
            text = words.need("leaders", number).replace(
                "Improve", "The board’s chair will write to the minister on"
            )
        role = "requirement" if number > 1 else "context"
        paragraphs.append(Paragraph(f"{number}", section, role, 0, text, area))
        lead = "- " if dashes and number % 4 == 0 else ""
        lines += [*_set(f"{lead}{number}. {text}", broken_lines and number % 5 == 0)]
        if sub:
            for at, letter in enumerate("abc"):
                end = (";", "; and", ".")[at]
                what = words.need(theme, number * 3 + at, "noun")[:-1]
                below = f"{what[0].lower()}{what[1:]} is put right{end}"
                paragraphs.append(
                    Paragraph(f"{number}{letter}", section, "requirement", 0, below, area)
                )
                mark = " - " if dashes and number % 2 else "- " if dashes else "   "
                broken = broken_lines and (number + at) % 7 == 0
                lines += _set(f"{mark}{letter}. {below}", broken)
        lines.append("")
    lines += ["Signed for the Secretary of State", "", ".....", f"Dated : {day(issued)}", ""]
    return Composed(
        content="\n".join(lines).encode(),
        suffix=".txt",
        authority=authority,
        kind="improvement-notice",
        visit_start=issued.isoformat(),
        published=issued.isoformat(),
        paragraphs=paragraphs,
        apart=["Signed for the Secretary of State"],
        visits=iso([(issued, issued)]),
    )


def _set(text: str, broken: bool) -> list[str]:
    if not broken:
        return [text]
    first, *rest = fill(text, 72, break_on_hyphens=False)
    return [first, "", *rest] if rest else [first]


def _news(name: str, month: str) -> list[tuple[str, str, str, str]]:
    """Return what a council's page says: kind, role, section and text."""
    found, done, cover = "What did they find?", "What has been done?", "What was looked at?"
    return [
        (
            "text",
            "summary",
            "",
            f"Inspectors say that {name}’s services for children are moving forward on every "
            "front – good news for families across the borough.",
        ),
        (
            "text",
            "context",
            "",
            f"Ofsted has put out what it learned on a monitoring visit in {month}.",
        ),
        ("heading", "", "", cover),
        (
            "text",
            "context",
            cover,
            "The visit asked how well children on protection plans are kept safe. Inspectors read "
            "records, and they spoke with staff.",
        ),
        ("heading", "", "", found),
        ("text", "body", found, "In short, they saw:"),
        *[("bullet", "body", found, words.sentence("help", 70 + at)) for at in range(4)],
        ("text", "body", found, words.paragraph("help", 90, 2)),
        ("heading", "", "", done),
        ("text", "context", done, "Over two years the council has:"),
        ("bullet", "context", done, "drawn up a plan that says what must change & by when"),
        ("bullet", "context", done, "set up a board with an independent chair."),
        ("heading", "", "", "What’s next?"),
        ("text", "context", "What’s next?", "A full inspection will follow in due course."),
    ]


def news_page(
    *,
    authority: str = "knowsley",
    month: str = "August 2016",
    published: date = date(2016, 9, 20),
    suffix: str = ".html",
) -> Composed:
    """Compose a council's page of news about a monitoring visit, as a web page or as its text."""
    name, council = NAMES[authority]
    title = f"Steps forward for children in {name}"
    blocks = _news(name, month)
    paragraphs = [
        Paragraph("", section or title, role, 0, text, "")
        for kind, role, section, text in blocks
        if kind != "heading"
    ]
    content = (
        _page(council, title, published, blocks)
        if suffix == ".html"
        else _plain_page(title, blocks)
    )
    return Composed(
        content=content.encode(),
        suffix=suffix,
        authority=authority,
        kind="monitoring-visit",
        published=published.isoformat() if suffix == ".html" else "",
        paragraphs=paragraphs,
        apart=[
            "We use cookies to count visits. You can turn them down.",
            "Report a missed bin",
            "Bin days change over the bank holiday",
            f"© {council}",
        ]
        if suffix == ".html"
        else ["by Communications Team"],
    )


def _plain_page(title: str, blocks: Sequence[tuple[str, str, str, str]]) -> str:
    lines = [f"Home Children and Young People {title}", "", title, "", "by Communications Team", ""]
    for kind, _, _, text in blocks:
        lines += [f"  • {text}"] if kind == "bullet" else ["", text, ""]
    return "\n".join(lines) + "\n"


def _page(
    council: str, title: str, published: date, blocks: Sequence[tuple[str, str, str, str]]
) -> str:
    inner = []
    listed = False
    for kind, _, _, text in blocks:
        shown = escape(text, quote=False).replace("’", "&rsquo;").replace(" – ", "&nbsp;&ndash; ")
        shown = shown.replace("Ofsted", "<strong>Ofsted</strong>").replace(". ", ".\n      ", 1)
        if (kind == "bullet") != listed:
            inner.append("    </ul>" if listed else "    <ul>")
            listed = not listed
        match kind:
            case "heading":
                inner.append(f"    <h2>{shown}</h2>")
            case "bullet":
                inner.append(f"      <li>{shown}</li>")
            case _:
                inner.append(f"    <p>{shown}</p>")
    if listed:
        inner.append("    </ul>")
    body = "\n".join(inner)
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <title>{title} | {council}</title>
  <style>.hidden {{ display: none }}</style>
  <script>window.dataLayer = ["page", "Findings of nothing at all"];</script>
</head>
<body>
<div id="cookie-banner" role="region" aria-label="Cookies">
  <p>We use cookies to count visits. You can turn them down.</p>
  <button>Turn down</button>
</div>
<header>
  <a href="#main">Skip to main content</a>
  <p>{council}</p>
  <nav aria-label="Main"><ul>
    <li><a href="/">Home</a></li>
    <li><a href="/bins">Report a missed bin</a></li>
  </ul></nav>
</header>
<main id="main">
  <nav aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li>News</li></ol></nav>
  <article>
    <h1>{title}</h1>
    <p class="meta">Published <time datetime="{published.isoformat()}">{day(published)}</time></p>
{body}
  </article>
  <aside>
    <h2>Other news</h2>
    <ul><li><a href="/n/2">Bin days change over the bank holiday</a></li></ul>
  </aside>
</main>
<footer><p>&copy; {council}</p><p><a href="/privacy">Privacy</a></p></footer>
<noscript><p>This page works without scripts.</p></noscript>
</body>
</html>
"""


def press_article(*, authority: str = "knowsley", published: str = "") -> Composed:
    """Compose a trade paper's article about a focused visit, as text with dashes for bullets."""
    name, _ = NAMES[authority]
    title = f"Councils must not rest, watchdog tells {name}"
    said = words.sentence("help", 81)
    parts = [
        ("", "summary", f"Change in {name} comes at a crawl, according to the watchdog Ofsted."),
        ("", "context", "A focused visit last autumn looked at children in need and their plans."),
        ("", "body", f"“{said}” its letter says."),
        ("", "body", "Among what the inspectors saw:"),
        *[("- ", "body", words.sentence("help", 82 + at)) for at in range(5)],
        ("", "body", f"Yet all is not well. {words.paragraph('leaders', 83, 3)}"),
        ("", "body", f"The letter goes on: “{words.sentence('leaders', 99)}”"),
        ("", "need", f"Ofsted would have {name} see to {words.need('help', 9, 'noun')[4:]}"),
    ]
    lines = [title, "", *[mark + text for mark, _, text in parts], ""]
    about = f"Focused visit to {name} council children’s services"
    tail = [about, "", "News of social work, weekly", "Tel: 01632 960000Contact Us", ""]
    return Composed(
        content="\n".join([*lines, *tail]).encode(),
        suffix=".txt",
        authority=authority,
        kind="focused-visit",
        framework="ILACS",
        published=published,
        paragraphs=[Paragraph("", title, role, 0, text) for _, role, text in parts],
        apart=["News of social work, weekly"],
    )


def as_pasted(document: Composed) -> Composed:
    """Return a composed PDF as plain text, as copying leaves it: no type, gap or empty line."""
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(document.content)]
    lines = [line.strip() for page in pages for line in page.splitlines() if line.strip()]
    return replace(document, content="\n".join(lines).encode(), suffix=".txt", pages=0)
