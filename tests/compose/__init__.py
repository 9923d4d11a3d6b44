"""Documents for tests: every layout that is read, with invented text and the truth about it."""

from __future__ import annotations

from compose.bad import (
    PASSWORD,
    deep_nesting_pdf,
    empty_file,
    encrypted_pdf,
    hostile_html,
    html_named_pdf,
    many_pages_pdf,
    not_an_inspection_pdf,
    scanned_pdf,
    truncated_pdf,
    zip_bomb_docx,
)
from compose.ilacs import ilacs_report
from compose.letters import focused_visit_letter, monitoring_letter
from compose.model import NAMES, Block, Composed, Paragraph
from compose.older import board_review_2015, looked_after_2013
from compose.pages import rejoin
from compose.sif import sif_report
from compose.texts import as_pasted, improvement_notice, news_page, press_article
from compose.word import as_docx

__all__ = [
    "NAMES",
    "PASSWORD",
    "Block",
    "Composed",
    "Paragraph",
    "as_docx",
    "as_pasted",
    "board_review_2015",
    "deep_nesting_pdf",
    "empty_file",
    "encrypted_pdf",
    "focused_visit_letter",
    "hostile_html",
    "html_named_pdf",
    "ilacs_report",
    "improvement_notice",
    "looked_after_2013",
    "many_pages_pdf",
    "monitoring_letter",
    "news_page",
    "not_an_inspection_pdf",
    "press_article",
    "rejoin",
    "scanned_pdf",
    "sif_report",
    "truncated_pdf",
    "zip_bomb_docx",
]
