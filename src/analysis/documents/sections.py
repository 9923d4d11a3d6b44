"""Walking over a document's blocks: headings open sections, and sections hold findings."""

from __future__ import annotations

import re
from typing import Final

from analysis.documents.blocks import NEAR, Block, join_text
from analysis.documents.printed import headings as head
from analysis.documents.printed.boilerplate import boilerplate_of, ends_letter, signs_off
from analysis.documents.printed.grades import (
    Grade,
    heading_area,
    heading_grade,
    only_grade,
    without_grade,
)
from analysis.documents.printed.partnership_headings import announces_needs, partnership_opening
from analysis.documents.printed.scope import areas_of, main_area
from analysis.documents.readings import Finding, Place, Reading

HEADING_WORDS: Final = 14
"""Most words of a line in body type that is a heading."""
NUMBERED: Final = 10
"""A report with as many numbered findings numbers them all."""
BOARD: Final = "safeguarding-board"
_SAME_SIZE: Final = 0.5
_ANNOUNCES: Final = re.compile(
    r"\b(?:must|shall|should|will|to|by|that|are|is|following|below|include|includes)\s*:$",
    re.IGNORECASE,
)
_OBLIGES: Final = re.compile(
    r"\b(?:council|authority|trust|borough|it|they) (?:must|shall|(?:is|are) required to)\b",
    re.IGNORECASE,
)
_POINTS: Final = re.compile(r"\b(?:below|following)\b", re.IGNORECASE)
_ASKS_COUNCIL: Final = re.compile(r"\b(?:must|shall|required|requirements?)\b:?$", re.IGNORECASE)
_TERMINAL: Final = re.compile(r"[.!?\u2026:;][\"'\u2019\u201d)\]]*\d{0,2}$|\)$")
_SENTENCES: Final = re.compile(r"[.!?] +[A-Z\u2018\u201c]")
_SENTENCE_END: Final = re.compile(r"[.!?]$")


class Sections:
    """Reads findings from blocks into a reading, in order."""

    def __init__(self, reading: Reading, blocks: list[Block]) -> None:
        self.reading, self.blocks = reading, blocks
        self.place = Place()
        self.owner: Block | None = None
        self.closer: Block | None = None  # the heading that opened a part without findings

    def read(self, start: int, place: Place) -> None:
        """Read the blocks from an index on, standing at a place."""
        self.place = place
        for i in range(start, len(self.blocks)):
            self._block(i)
        self._settle_roles()

    def _settle_roles(self) -> None:
        """Where findings are numbered, the unnumbered paragraphs before them sum them up.

        The numbered ones of a board find, though it is all under the heading of its summary.
        """
        if self.reading.kind.document != "report":
            return
        findings = self.reading.findings
        board = [x for x in findings if x.area == BOARD]
        if not any(x.role == "body" for x in board):
            for finding in board:
                if finding.role == "summary" and finding.number:
                    finding.role = "body"
        numbered = [x for x in findings if x.number and x.role == "body"]
        if len(numbered) >= NUMBERED:
            for finding in findings:
                if finding.role == "body" and not finding.number:
                    finding.role = "summary"

    def is_heading(self, i: int) -> bool:
        """A heading by its type, or a short line that is one by its words and place."""
        block = self.blocks[i]
        if block.kind == "heading":
            return True
        if block.kind != "plain":
            return False
        if self.place.boxed or head.says_grade(block.text):
            return True
        if self.reading.kind.area and announces_needs(block.text):
            return True
        return len(block.lines) == 1 and self._reads_as_heading(i)

    def _reads_as_heading(self, i: int) -> bool:
        text = self.blocks[i].text
        if text.rstrip(":?")[-1:] in ".!;," or len(text.split()) > HEADING_WORDS:
            return False
        if not text[:1].isupper() or i + 1 >= len(self.blocks):
            return False
        if text.endswith(":") and not (self._opening_of(text) or self._heads_requirements(i)):
            return False
        return self.blocks[i + 1].text[:1].isupper() or self.blocks[i + 1].kind != "plain"

    def _heads_requirements(self, i: int) -> bool:
        """Whether a line with a colon, which numbers follow in a notice, is more than a lead-in."""
        numbered = i + 1 < len(self.blocks) and self.blocks[i + 1].kind == "numbered"
        notice = self.reading.kind.document == "notice"
        return notice and numbered and not _ANNOUNCES.search(self.blocks[i].text)

    def _block(self, i: int) -> None:
        block = self.blocks[i]
        closes = ends_letter if self.reading.kind.document == "letter" else signs_off
        if self.place.use == "closing" or closes(block.text):
            self.place.use = "closing"
            self.reading.use(block.lines, "closing")
        elif self.is_heading(i):
            self._heading(block)
        elif use := boilerplate_of(block.text):
            self.reading.use(block.lines, use)
        elif self.place.use == head.FINDINGS:
            self._finding(block, i)
        elif block.kind == "numbered" and self._recommends(block):
            self.place.use, self.place.role = head.FINDINGS, "need"
            self.place.title = self.place.sub = ""
            self._finding(block, i)
        elif block.kind == "numbered":
            self._add(block, "context")
        else:
            self.reading.use(block.lines, self.place.use)
            count, first, last = self.reading.left_out.get(self.place.use, (0, block.page, 0))
            last = max(last, block.last.page)
            self.reading.left_out[self.place.use] = (count + 1, first, last)

    def _recommends(self, block: Block) -> bool:
        """Whether the first of a report's numbered paragraphs asks for something.

        Recommendations may follow what is said of the area without a heading of their own.
        """
        of_report = self.reading.kind.document == "report"
        return of_report and block.number == "1" and head.demands(block.text)

    def _heading(self, block: Block) -> None:
        reading, place = self.reading, self.place
        reading.use(block.lines, "heading")
        text = head.without_footnote(block.text)
        if head.BOX.match(text):
            place.boxed = True
            return
        if grade := only_grade(text):
            place.boxed = False
            if area := heading_area(place.title):
                self._heading_grade(area, grade, block)
            return
        opens = (
            place.boxed
            or block.kind == "heading"
            or not reading.pages
            or head.says_grade(text)
            or head.asks(text)
        )
        printed = heading_grade(text)
        place.boxed = place.boxed and not printed
        area = "" if reading.kind.area else heading_area(text)
        if printed and area and opens:
            self._heading_grade(area, printed, block)
        name = without_grade(text) if printed else text
        letter = reading.kind.document == "letter"
        opening = self._opening_of(name) if opens or letter else None
        if reading.kind.source == "secondary":
            place.role = "body"
        if reading.kind.document == "notice":
            self._notice_section(name)
        elif opening is None:
            place.sub = name if place.use == head.FINDINGS else place.sub
        elif not self._inside_closed(block, opening):
            self._open_section(name, opening)
            self.closer = None if place.use == head.FINDINGS else block

    def _opening_of(self, name: str) -> head.Opening | None:
        area = self.reading.kind.area
        return partnership_opening(name, area) if area else head.opening_of(name)

    def _inside_closed(self, block: Block, opening: head.Opening) -> bool:
        """Whether a smaller heading stands inside a part that holds no findings.

        A table of contents ends with its page.
        """
        closer = self.closer
        if closer is None or opening.use != head.FINDINGS or head.opens_section(block.text):
            return False
        ended = self.place.use == "contents" and block.page != closer.page
        return not ended and _size(block) < _size(closer) - _SAME_SIZE

    def _open_section(self, name: str, opening: head.Opening) -> None:
        place = self.place
        kind = self.reading.kind
        after_needs = place.role == "need" and kind.document == "letter" and not kind.area
        place.use, place.title, place.sub = opening.use, name, ""
        place.named = bool(opening.area)
        if opening.part:
            place.part_area, place.part_title = opening.area, name
            place.area = opening.area
            place.role = opening.role or "summary"
        elif opening.use == head.FINDINGS:
            place.area = opening.area or place.part_area or "overall"
            place.role = opening.role or place.role
        if after_needs and place.role == "summary":
            place.role = "body"

    def _notice_section(self, name: str) -> None:
        area = main_area(areas_of(name)) if areas_of(name) else "overall"
        # what stands before the first is the opening, not a section, unless it asks for something
        if self.reading.findings or _ASKS_COUNCIL.search(name):
            self.place = Place(title=name.rstrip(" :"), role="requirement", area=area)

    def _heading_grade(self, area: str, printed: str, block: Block) -> None:
        if not any(grade.area == area for grade in self.reading.heading_grades):
            self.reading.heading_grades.append(Grade(area, printed, block.page))

    # The findings

    def _finding(self, block: Block, i: int) -> None:
        if block.kind == "bullet" and self.reading.kind.source == "secondary":
            self.place.role = "body"
        if block.kind in ("numbered", "lettered"):
            self._add(block, self._numbered_role(block.text))
        elif block.kind == "bullet" and self._belongs_above(block):
            self._append(block, "\u2022 " + block.text)
        elif block.kind == "plain" and self._goes_on(block):
            self._append(block, block.text)
        elif block.kind == "plain" and self._leads_in(i):
            if _SENTENCES.search(block.text):  # more is said than what follows
                self._add(block, "summary")
            else:
                self.reading.use(block.lines, "lead-in")
        elif self.reading.kind.document == "notice":
            self.reading.use(block.lines, "addressee and signature")
        else:
            self._add(block, self.place.role)

    def _numbered_role(self, text: str) -> str:
        """Numbered paragraphs of a part find, even where its heading still says summary.

        Those of a notice require something where they say that the authority must do it.
        """
        place = self.place
        if self.reading.kind.document == "notice" and _obliges(text):
            return "requirement"
        in_part = place.part_area not in ("", "overall", BOARD)
        of_report = self.reading.kind.document == "report"
        return "body" if place.role == "summary" and in_part and of_report else place.role

    def _add(self, block: Block, role: str) -> None:
        place = self.place
        if role == "need" and head.asks_nothing(block.text):
            role = "summary"
        self.reading.use(block.lines, "finding")
        self.reading.findings.append(
            Finding(
                block.number,
                place.section or "Text",
                place.area,
                role,
                block.page,
                block.text,
                block.last.page,
            )
        )
        self.owner = block

    def _append(self, block: Block, text: str) -> None:
        finding = self.reading.findings[-1]
        finding.text = join_text(finding.text, text)
        finding.last_page = block.last.page
        self.reading.use(block.lines, "finding")

    def _above(self) -> Finding | None:
        """The finding above, if it stands in the section in force."""
        findings = self.reading.findings
        if not findings or findings[-1].section != (self.place.section or "Text"):
            return None
        return findings[-1]

    def _belongs_above(self, block: Block) -> bool:
        """A bullet under a bullet, or inside the numbered paragraph or sentence above it."""
        above, owner = self._above(), self.owner
        if above is None or owner is None:
            return False
        if owner.kind == "bullet":
            return block.level > owner.level
        if owner.kind == "numbered":
            return block.left > owner.left + NEAR or block.level > 1 or above.text.endswith(":")
        fragment = block.text[:1].islower() or not _SENTENCE_END.search(block.text)
        return owner.kind == "plain" and self.place.role != "need" and fragment and (
            above.text.endswith((":", ";", ",")) or "\u2022" in above.text
        )  # fmt: skip

    def _goes_on(self, block: Block) -> bool:
        """A paragraph that finishes the sentence of the finding above."""
        above = self._above()
        return (
            above is not None
            and not _TERMINAL.search(above.text)
            and (block.text[:1].islower() or above.text.endswith((",", "-")))
        )

    def _leads_in(self, i: int) -> bool:
        """A paragraph that announces the bullets after it."""
        text = self.blocks[i].text
        following = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
        if (
            not text.endswith(":")
            or following is None
            or following.kind not in ("bullet", "numbered")
        ):
            return False
        sentence = following.text[:1].isupper()
        return sentence or self.place.role == "need"


def _obliges(text: str) -> bool:
    """Whether a clause of a notice asks for something itself, and not for what follows it."""
    return bool(_OBLIGES.search(text)) and not _POINTS.search(text)


def _size(block: Block) -> float:
    """Type size of a heading."""
    return max(line.size for line in block.lines)
