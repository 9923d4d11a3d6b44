"""Files of a view: nothing is overwritten, nothing is half there."""

import io

import openpyxl
import pandas as pd
import pytest

from analysis import workbooks
from analysis.errors import FindingsError
from analysis.exploring.saving import place_of, save_files, table_files
from analysis.project import Project
from analysis.workbooks import to_xlsx


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_same_again_writes_nothing(tmp_path):
    project = Project(tmp_path)
    first = save_files({".csv": b"a"}, tmp_path / "views", "x", project)
    again = save_files({".csv": b"a"}, tmp_path / "views", "x", project)
    assert (first.new, again.new) == (True, False)
    assert names(tmp_path / "views") == ["x.csv"]
    assert "views/x.csv" in first.said


@pytest.mark.promise("saving-overwrites-nothing")
def test_other_content_is_numbered_and_the_old_stays(tmp_path):
    project = Project(tmp_path)
    for content in (b"a", b"b", b"b", b"c"):
        last = save_files({".svg": content, ".png": b"same"}, tmp_path, "x", project)
    assert names(tmp_path) == ["x-2.png", "x-2.svg", "x-3.png", "x-3.svg", "x.png", "x.svg"]
    assert (tmp_path / "x.svg").read_bytes() == b"a"
    assert "x was there and stays" in last.said


def test_one_file_of_a_pair_is_not_overwritten_either(tmp_path):
    (tmp_path / "x.svg").write_bytes(b"mine")
    save_files({".svg": b"a", ".png": b"a"}, tmp_path, "x", Project(tmp_path))
    assert names(tmp_path) == ["x-2.png", "x-2.svg", "x.svg"]
    assert (tmp_path / "x.svg").read_bytes() == b"mine"


def test_a_folder_that_cannot_be_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FindingsError, match=r"file/views/x.csv cannot be written: .*another place"):
        save_files({".csv": b"a"}, tmp_path / "file" / "views", "x", Project(tmp_path))


def test_a_folder_must_be_named(tmp_path):
    with pytest.raises(FindingsError, match="Name a folder"):
        place_of("  ", Project(tmp_path))


def test_addresses_can_be_followed_in_excel_and_other_words_cannot():
    page = "https://example.org/report.pdf#page=3"
    table = pd.DataFrame({
        "summary": [page, "=1+1"], "address": [page, ""], "met_at": ["javascript:x", page],
    })  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(table_files(table, "x")[".xlsx"])).active
    followed = {c.coordinate: c.hyperlink.target for row in sheet for c in row if c.hyperlink}
    assert followed == {"B2": page, "C3": page}
    assert sheet["A3"].data_type == "s"


def test_no_more_links_than_excel_opens(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_LINKS", 2)
    rows = [("https://example.org/",)] * 3
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx({"x": (["address"], rows)}))).active
    assert [bool(sheet.cell(line, 1).hyperlink) for line in (2, 3, 4)] == [True, True, False]
    assert sheet.cell(4, 1).value == "https://example.org/"
