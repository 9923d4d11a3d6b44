"""A link from a notebook to a page."""

import base64
import os
import re

import pytest

from analysis.exploring.page import link_to_page


def servers(monkeypatch, *rows):
    monkeypatch.setattr("jupyter_server.serverapp.list_running_servers", lambda: iter(rows))


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "reports" / "a b.html"
    path.parent.mkdir()
    path.write_text("<h1>ü</h1>", encoding="utf-8")
    return path


def test_a_page_below_the_server_is_linked(page, tmp_path, monkeypatch):
    mine = {"pid": os.getppid(), "root_dir": str(tmp_path), "base_url": "/user/x/"}
    servers(monkeypatch, mine | {"pid": 1_000_000_000, "base_url": "/other/"}, mine)
    assert 'href="/user/x/files/reports/a%20b.html"' in link_to_page(page, "the page")


def test_any_other_page_is_a_download(page, tmp_path, monkeypatch):
    mine = {"pid": os.getppid(), "root_dir": str(tmp_path / "elsewhere"), "base_url": "/"}
    servers(monkeypatch, mine)
    link = link_to_page(page, "<the page>")
    content = re.search(r'href="data:text/html;base64,([^"]+)"', link).group(1)
    assert base64.b64decode(content) == page.read_bytes()
    assert 'download="a b.html"' in link and "&lt;the page&gt;" in link
