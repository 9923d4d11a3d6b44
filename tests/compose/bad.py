"""Files that a reader must refuse, or must survive."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Final

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from compose import words
from compose.letters import focused_visit_letter
from compose.model import Composed
from compose.pages import Op, Sheets, draw
from compose.sif import sif_report
from compose.word import as_docx

PASSWORD: Final = "open sesame"  # noqa: S105 - the password of a test's own file
ERROR_PAGE: Final = """<!DOCTYPE html>
<html lang="en"><head><title>Service unavailable</title></head>
<body><h1>503 Service unavailable</h1><p>Please try again in a few minutes.</p></body></html>
"""


def html_named_pdf() -> Composed:
    """Return a web page of an error, saved under a name that ends in .pdf."""
    return Composed(ERROR_PAGE.encode(), ".pdf")


def encrypted_pdf() -> Composed:
    """Return a PDF that opens with PASSWORD alone."""
    lock = StandardEncryption(PASSWORD, ownerPassword=f"{PASSWORD} too", strength=128)
    page = [Op(72, 700, "Nobody reads this without the password.")]
    return Composed(draw([page], encrypt=lock), ".pdf", pages=1)


def truncated_pdf(share: float = 0.5) -> Composed:
    """Return the first part of a report's file, as a broken download leaves it."""
    whole = sif_report().content
    return Composed(whole[: int(len(whole) * share)], ".pdf")


def empty_file(suffix: str = ".pdf") -> Composed:
    """Return a file of no bytes."""
    return Composed(b"", suffix)


def scanned_pdf(pages: int = 2) -> Composed:
    """Return pages that hold a picture each and no characters."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for page in range(pages):
        canvas.drawImage(ImageReader(_picture(page)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return Composed(buffer.getvalue(), ".pdf", pages=pages)


def _picture(seed: int) -> Image.Image:
    """Return grey strokes in rows, as a page looks from afar."""
    dice = random.Random(seed)  # noqa: S311 - a pattern, not a secret
    image = Image.new("L", (298, 421), 245)
    for y in range(40, 380, 8):
        x = 36
        while x < 250:
            long = dice.randint(6, 26)
            image.paste(70, (x, y, x + long, y + 3))
            x += long + 4
    return image


def not_an_inspection_pdf() -> Composed:
    """Return a council's newsletter: a sound PDF that is about something else."""
    sheets = Sheets()
    sheets.heading("Around the Borough, spring issue", size=20, level=1)
    sheets.heading("Bins, blossom and a brass band")
    for text in (
        "Garden waste is fetched again from the first Monday in April.",
        "The band plays in the park at noon; bring a chair and a hat.",
        "1. Library cards can be renewed by telephone.",
        "Our new play area was judged good by everyone under seven.",
    ):
        sheets.aside(text)
    return sheets.composed()


def hostile_html() -> Composed:
    """Return a page with entities that grow without end, a script and links that would fetch."""
    entities = "\n".join(
        f'  <!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "finding "}">' for n in range(10)
    )
    page = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html [
{entities}
  <!ENTITY file SYSTEM "file:///etc/passwd">
]>
<html xmlns="http://www.w3.org/1999/xhtml">
<head><title>Focused visit</title>
<script>document.write("scripted words");</script>
<link rel="stylesheet" href="http://127.0.0.1:9/never.css" />
<meta http-equiv="refresh" content="0; url=http://127.0.0.1:9/never" /></head>
<body onload="alert(1)">
<h1>Focused visit to Knowsley children’s services</h1>
<p>{words.sentence("help", 5)}</p>
<p>&e9;</p>
<p>&file;</p>
<img src="http://127.0.0.1:9/never.png" onerror="alert(2)" />
<iframe src="file:///etc/passwd"></iframe>
</body></html>
"""
    return Composed(page.encode(), ".html")


def zip_bomb_docx(megabytes: int = 300) -> Composed:
    """Return a .docx of moderate size whose main part grows to this many megabytes."""
    letter = as_docx(focused_visit_letter()).content
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(letter)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for info in source.infolist():
            part = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            if info.filename != "word/document.xml":
                target.writestr(part, source.read(info))
                continue
            head, _, tail = source.read(info).partition(b"</w:body>")
            filler = b" " * 2**20
            with target.open(part, "w") as grown:
                grown.write(head)
                for _ in range(megabytes):
                    grown.write(filler)
                grown.write(b"</w:body>" + tail)
    return Composed(out.getvalue(), ".docx")


def many_pages_pdf(pages: int = 2000) -> Composed:
    """Return a PDF of this many pages, each with a line of text."""
    sheets = [
        [Op(72, 700, f"Page {number} of a very long file.")] for number in range(1, pages + 1)
    ]
    return Composed(draw(sheets), ".pdf", pages=pages)


def deep_nesting_pdf(depth: int = 5000) -> Composed:
    """Return a PDF whose one page lies this deep in its tree of pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    for level in range(depth):
        parent = f"/Parent {level + 1} 0 R " if level else ""
        objects.append(f"<< /Type /Pages {parent}/Kids [{level + 3} 0 R] /Count 1 >>")
    objects.append(f"<< /Type /Page /Parent {depth + 1} 0 R /MediaBox [0 0 595 842] >>")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    return Composed(bytes(out), ".pdf", pages=1)
