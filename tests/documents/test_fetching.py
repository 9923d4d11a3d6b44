"""Fetching documents, against a publisher that serves, stalls, breaks off and lies."""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import ssl
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest
from publisher import (
    DATE,
    ETAG,
    INSPECTION,
    NEWER,
    PAGE,
    PDF,
    VISIT,
    Handler,
    Reply,
    publishing,
    versioned,
)
from urllib3.connection import HTTPConnection

from analysis import __version__
from analysis.documents.fetching.client import Client, Limits
from analysis.documents.fetching.fetch import COLUMNS, MANIFEST, fetch
from analysis.documents.fetching.listing import MAX_DOCUMENTS, ORIGINS, Listed, documents_on
from analysis.errors import DataError, FindingsError


@pytest.fixture
def site(monkeypatch):
    with publishing(monkeypatch) as site:
        yield site


def manifest(folder: Path) -> list[dict[str, str]]:
    with (folder / MANIFEST).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def statuses(results) -> list[str]:
    return [result.status for result in results]


# What the page says


@pytest.mark.parametrize(
    ("label", "kind", "published"),
    [
        (INSPECTION, "inspection", "2025-01-20"),
        (VISIT, "focused-visit", "2024-03-06"),
        ("Monitoring visit’s letter, PDF – 01 August 2017", "monitoring-visit", "2017-08-01"),
        ("Re-inspection of services, pdf - 13 June 2017", "inspection", "2017-06-13"),
        ("Joint area child protection inspection, pdf - 06 January 2023", "document", "2023-01-06"),
        ("Area SEND full inspection, pdf - 12 July 2024", "document", "2024-07-12"),
        ("Letter, pdf - 31 February 2024", "document", ""),
        ("Letter, pdf - 1 Smarch 2024", "document", ""),
        ("Letter, pdf - 1 January 1066", "document", ""),
        ("Children's services inspection", "inspection", ""),
        ("", "document", ""),
    ],
)  # fmt: skip
def test_a_label_is_read(label, kind, published):
    page = f'<a class="x publication-link" href="7">A <span class="nonvisual">{label}</span></a>'
    (document,) = documents_on(page.encode(), "https://files.ofsted.gov.uk/v1/file/")
    assert document.address == "https://files.ofsted.gov.uk/v1/file/7"
    assert (document.title, document.kind, document.published) == ("A", kind, published)
    assert document.kind_printed == re.sub(r", (pdf|PDF) .*", "", label) or not published


def test_the_order_is_kept_and_an_address_counts_once():
    page = "".join(f'<a class="publication-link" href="/{name}">Report</a>' for name in "bab")
    listed = documents_on(page.encode(), "http://x/")
    assert [document.address for document in listed] == ["http://x/b", "http://x/a"]


@pytest.mark.parametrize("page", [b"", b"<p>Moved</p>", b"\0\xff", b'<a class="publication">x</a>'])
def test_a_page_without_links_says_that_its_layout_may_have_changed(site, tmp_path, page):
    site.replies[PAGE] = [Reply(page)]
    with pytest.raises(FindingsError, match=r"no link of class publication-link.*layout"):
        site.fetch(tmp_path)


def test_a_page_with_too_many_links_is_refused():
    page = b'<a class="publication-link" href="x">y</a>' * (MAX_DOCUMENTS + 1)
    with pytest.raises(FindingsError, match=f"{MAX_DOCUMENTS + 1} documents; allowed: 500"):
        documents_on(page, "http://x/")


def test_text_of_the_page_is_one_short_line_without_control_characters():
    page = "<a class='publication-link' href='7'>A\u202e\x1b[31m\n\tB" + "c" * 999 + "</a>"
    (document,) = documents_on(page.encode(), "http://x/")
    assert document.title.startswith("A [31m Bc")
    assert len(document.title) == 200


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(status=404), "404"),
        (Reply(status=503), "503"),
        (Reply(b"", 304), "304"),
        (Reply(b"x" * 101), "larger than the 100 bytes allowed"),
    ],
)
def test_a_page_that_does_not_come_is_an_error(site, tmp_path, reply, why):
    site.replies[PAGE] = [reply]
    with pytest.raises(FindingsError, match=f"{PAGE} could not be read: .*{why}.*browser"):
        site.fetch(tmp_path, site.client(max_bytes=100))


def test_a_number_that_is_none_is_refused_before_anything_is_asked(site, tmp_path):
    with pytest.raises(FindingsError, match=r"'../1' is no number"):
        fetch("../1", tmp_path / "new", client=site.client(), page=site.origin + "/{urn}")
    assert site.log == []
    assert names(tmp_path) == []


# What is kept


def test_documents_and_manifest_are_written(site, tmp_path):
    site.lists(("/v1/file/1", INSPECTION), ("/v1/file/2", VISIT))
    site.replies |= {"/v1/file/1": [versioned()], "/v1/file/2": [versioned(NEWER, DATE)]}
    folder = tmp_path / "new"

    results = site.fetch(folder)

    assert [(r.file, r.status, r.reason) for r in results] == [
        ("inspection-2025-01-20.pdf", "downloaded", ""),
        ("focused-visit-2024-03-06.pdf", "downloaded", ""),
    ]
    assert names(folder) == [results[1].file, results[0].file, MANIFEST]
    assert (folder / results[0].file).read_bytes() == PDF
    older, newest = manifest(folder)
    assert tuple(newest) == COLUMNS
    assert datetime.now(UTC) - datetime.fromisoformat(newest.pop("fetched")) < timedelta(minutes=1)
    assert newest == {
        "file": "inspection-2025-01-20.pdf",
        "address": site.origin + "/v1/file/1",
        "title": "Report",
        "kind_printed": "Children's services inspection",
        "published": "2025-01-20",
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "bytes": str(len(PDF)),
        "etag": '"one"',
        "last_modified": "",
    }
    assert older["last_modified"] == DATE["Last-Modified"]


def test_what_was_fetched_before_a_run_is_stopped_is_kept_and_nothing_by_halves(site, tmp_path):
    def stop(headers):
        seen.extend(manifest(tmp_path))
        return Reply(cut=4000)

    def interrupt(what, done, size):
        if what.startswith("2 of 2") and seen:
            raise KeyboardInterrupt

    seen: list = []
    site.lists(("/1", "=HYPERLINK(1), pdf - 1 May 2020"), ("/2", VISIT))
    site.replies |= {"/1": [versioned()], "/2": [stop, Reply()]}
    with pytest.raises(KeyboardInterrupt):
        site.fetch(tmp_path, progress=interrupt)
    assert [(row["file"], row["kind_printed"]) for row in seen] == [
        ("document-2020-05-01.pdf", "'=HYPERLINK(1)")  # which no spreadsheet runs
    ]
    assert names(tmp_path) == ["document-2020-05-01.pdf", MANIFEST]
    assert statuses(site.fetch(tmp_path)) == ["unchanged", "downloaded"]


@pytest.mark.parametrize("version", [ETAG, DATE, {"ETag": 'W/"weak"'}])
@pytest.mark.promise("fetch-patiently")
def test_what_has_not_changed_is_asked_for_but_not_sent(site, tmp_path, version):
    site.serves(versioned(version=version))
    site.fetch(tmp_path)
    before = (tmp_path / MANIFEST).read_bytes()

    (result,) = site.fetch(tmp_path)

    assert (result.status, result.reason) == ("unchanged", "the publisher has no newer version")
    assert len(site.asked()) == 2
    assert (tmp_path / MANIFEST).read_bytes() == before


def test_a_newer_version_takes_the_place_of_the_older(site, tmp_path):
    site.serves(versioned(), versioned(NEWER, {"ETag": '"two"'}))
    site.fetch(tmp_path)
    (result,) = site.fetch(tmp_path)
    assert (result.status, result.reason) == ("downloaded", "replaces the copy held")
    assert (tmp_path / result.file).read_bytes() == NEWER
    (row,) = manifest(tmp_path)
    assert (row["sha256"], row["etag"]) == (hashlib.sha256(NEWER).hexdigest(), '"two"')


@pytest.mark.parametrize("version", [{}, {"ETag": "bare"}])
def test_what_names_no_version_is_not_asked_for_again(site, tmp_path, version):
    site.serves(Reply(headers=version))
    site.fetch(tmp_path)
    (result,) = site.fetch(tmp_path)
    assert result.status == "unchanged"
    assert len(site.asked()) == 1


def test_a_publisher_that_sends_the_same_again_changes_nothing(site, tmp_path):
    site.serves(Reply(headers=ETAG))
    site.fetch(tmp_path)
    path = tmp_path / MANIFEST
    path.write_text(re.sub(r"[^,]*\n$", "2025-02-01T10:00:00+00:00\n", path.read_text()))
    before = path.read_bytes()
    (result,) = site.fetch(tmp_path)
    assert (result.status, result.reason) == ("unchanged", "what came is what is held")
    assert (tmp_path / MANIFEST).read_bytes() == before
    assert names(tmp_path) == ["inspection-2025-01-20.pdf", MANIFEST]


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(PDF[:-1]), Path.unlink])
def test_a_copy_that_is_damaged_or_gone_is_fetched_whole(site, tmp_path, damage):
    site.serves(versioned())
    site.fetch(tmp_path)
    damage(tmp_path / "inspection-2025-01-20.pdf")
    (result,) = site.fetch(tmp_path)
    assert result.status == "downloaded"
    assert (tmp_path / result.file).read_bytes() == PDF
    assert "If-None-Match" not in site.asked()[1]


@pytest.mark.parametrize(
    ("held", "status", "listed"), [(NEWER, "refused", 0), (PDF, "unchanged", 1)]
)
def test_someone_elses_file_stays_and_is_listed_if_it_is_the_same(
    site, tmp_path, held, status, listed
):
    site.serves(Reply())
    path = tmp_path / "inspection-2025-01-20.pdf"
    path.write_bytes(held)
    (result,) = site.fetch(tmp_path)
    assert result.status == status
    assert path.read_bytes() == held
    assert names(tmp_path) == [path.name, MANIFEST][: 1 + listed]
    assert listed or "does not list; move it away" in result.reason


def test_a_link_in_the_place_of_a_document_is_not_followed(site, tmp_path):
    site.serves(Reply())
    folder, mine = tmp_path / "in", tmp_path / "mine.txt"
    folder.mkdir()
    (folder / "inspection-2025-01-20.pdf").symlink_to(mine)
    (result,) = site.fetch(folder)
    assert (result.status, mine.exists()) == ("failed", False)
    assert "is a link, which is never replaced" in result.reason


def test_a_failure_keeps_the_copy_held(site, tmp_path):
    site.serves(versioned(), Reply(status=410))
    site.fetch(tmp_path)
    (result,) = site.fetch(tmp_path)
    assert result.status == "failed"
    assert result.reason == "the server answered 410 (Gone); the copy held is kept"
    assert (tmp_path / result.file).read_bytes() == PDF


def test_document_and_manifest_change_together_or_not_at_all(site, tmp_path, monkeypatch):
    site.serves(versioned(), versioned(NEWER, {"ETag": '"two"'}))
    site.fetch(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    replace = Path.replace

    def full(self, target):
        if target.name == MANIFEST and self.read_bytes() != before[MANIFEST]:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    (result,) = site.fetch(tmp_path)

    assert result.status == "failed"
    assert "the disk is full" in result.reason
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


# Names


def test_names_that_meet_are_told_apart_and_stay(site, tmp_path):
    addresses = ["/v1/file/AB-cd/../12_34567890", "/v1/file/2?x=../../y", "/v1/file/2%2f"]
    site.lists(*((a, INSPECTION) for a in addresses), ("/file/", ""), ("/f/", ""))
    asked = ["/v1/file/12_34567890", addresses[1], "/v1/file/2%2F", "/file/", "/f/"]
    for address in asked:
        site.replies[address] = [Reply(PDF + address.encode())]

    first = site.fetch(tmp_path)
    assert [r.file for r in first] == [
        "inspection-2025-01-20.pdf",
        "inspection-2025-01-20-y.pdf",
        "inspection-2025-01-20-22f.pdf",
        "document-undated.pdf",
        "document-undated-2.pdf",
    ]
    assert statuses(first) == ["downloaded"] * 5
    site.lists(*((a, INSPECTION) for a in reversed(addresses)))
    again = site.fetch(tmp_path)
    assert [r.file for r in again] == [r.file for r in first[2::-1]]
    assert statuses(again) == ["unchanged"] * 3


def test_the_suffix_is_eight_letters_and_digits():
    assert Listed("https://x/v1/file/5000-0001_99999", "", "", "").file_id == "50000001"


def test_nothing_of_the_page_leads_out_of_the_folder(site, tmp_path):
    label = "../../../etc/inspection/..\\x, pdf - 20 January 2025"
    site.serves(Reply(), label=label)
    folder = tmp_path / "in"
    (result,) = site.fetch(folder)
    assert result.file == "inspection-2025-01-20.pdf"
    assert names(tmp_path) == ["in"]


# A manifest that someone edited


@pytest.mark.parametrize(
    ("raw", "match"),
    [
        (b"file,address\n", "sha256.*missing"),
        (",".join(COLUMNS).encode() + b"\n../x.pdf" + b"," * 9, "'../x.pdf': is no file's name"),
        (b"%PDF-1.7\n", "manifest.csv: this is a PDF"),
    ],
)
def test_a_manifest_that_cannot_be_trusted_is_refused(site, tmp_path, raw, match):
    (tmp_path / MANIFEST).write_bytes(raw)
    with pytest.raises(DataError, match=match):
        site.fetch(tmp_path)
    assert site.log == []


def test_all_problems_of_a_manifest_come_at_once(site, tmp_path):
    rows = "\n".join(name + "," * 9 for name in ("a/b.pdf", "ok-1.pdf", "C.exe"))
    (tmp_path / MANIFEST).write_text(",".join(COLUMNS) + "\n" + rows)
    with pytest.raises(DataError) as caught:
        site.fetch(tmp_path)
    assert [(p.row, p.value) for p in caught.value.problems] == [(2, "a/b.pdf"), (4, "C.exe")]


def test_a_version_of_the_wrong_form_is_not_sent(site, tmp_path):
    site.serves(Reply(headers=ETAG))
    site.fetch(tmp_path)
    path = tmp_path / MANIFEST
    path.write_text(path.read_text().replace('"""one"""', '"a\nX-Evil: 1"'))
    assert statuses(site.fetch(tmp_path)) == ["unchanged"]
    assert len(site.asked()) == 1


def test_a_folder_that_is_a_file_is_refused(site, tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(FindingsError, match=r"Nothing can be written to .*taken: it is a file"):
        site.fetch(tmp_path / "taken")


# Politeness


@pytest.mark.promise("fetch-patiently")
def test_requests_come_one_at_a_time_with_a_pause_and_a_name(site, tmp_path):
    site.lists(("/1", INSPECTION), ("/2", VISIT))
    site.replies |= {"/1": [Reply(status=302, headers={"Location": "/3"})], "/2": [Reply()]}
    site.replies["/3"] = [Reply()]
    client = site.client(pause=1.5)
    site.fetch(tmp_path, client)
    site.fetch(tmp_path / "other", client)
    assert [path for path, _ in site.log] == [PAGE, "/1", "/3", "/2"] * 2
    assert site.waits == [1.5] * 7
    assert (site.most_unanswered, site.connections) == (1, 1 + 2)  # a redirect's is not kept
    agents = {headers["User-Agent"] for _, headers in site.log}
    assert agents == {f"inspection-findings/{__version__}"}


def test_the_clock_of_everyday_use_waits(site, tmp_path):
    site.serves(Reply())
    began = time.monotonic()
    site.fetch(tmp_path, Client((site.origin,), Limits(pause=0.2)))
    assert time.monotonic() - began >= 0.2


def test_without_a_client_only_the_publishers_own_sites_are_asked(site, tmp_path):
    with pytest.raises(FindingsError, match=f"leads elsewhere.*allowed: {', '.join(ORIGINS)}"):
        fetch("1", tmp_path, page=site.origin + "/{urn}")
    assert site.log == []


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_out_of_order_is_asked_again_later_and_later(site, tmp_path, status):
    site.serves(*[Reply(status=status)] * 3, Reply())
    assert statuses(site.fetch(tmp_path)) == ["downloaded"]
    assert site.waits == [1, 2, 4, 8]


def test_after_a_few_tries_it_is_left_and_the_others_are_fetched(site, tmp_path):
    site.lists(("/1", INSPECTION), ("/2", VISIT))
    site.replies |= {"/1": [Reply(status=503)], "/2": [Reply()]}
    results = site.fetch(tmp_path, site.client(retries=2))
    assert statuses(results) == ["failed", "downloaded"]
    assert results[0].reason == "the server answered 503 (Service Unavailable); tries: 3"
    assert len(site.asked("/1")) == 3
    assert names(tmp_path) == ["focused-visit-2024-03-06.pdf", MANIFEST]


@pytest.mark.parametrize("status", [206, 299, 304, 399, 403, 404])
def test_a_no_is_a_no(site, tmp_path, status):
    site.lists(("/1", INSPECTION), ("/2", VISIT))
    site.replies |= {"/1": [Reply(status=status)], "/2": [Reply()]}
    results = site.fetch(tmp_path)
    assert statuses(results) == ["failed", "downloaded"]
    assert f"answered {status}" in results[0].reason
    assert len(site.asked("/1")) == 1


@pytest.mark.parametrize(
    ("asked", "wait"),
    [("7", 7), ("0", 2), ("-5", 2), ("soon", 2), ("Mon, 99 Foo", 2), ("²", 2), ("9" * 5_000, 2),
     ("Mon, 20 Jan 99999 09:30:00 GMT", 2), ("Mon, 20 Jan 2025 09:30:00 GMT", 2)],
)  # fmt: skip
def test_a_busy_publisher_says_how_long_to_wait(site, tmp_path, asked, wait):
    site.serves(Reply(status=429, headers={"Retry-After": asked}), Reply())
    assert statuses(site.fetch(tmp_path)) == ["downloaded"]
    assert site.waits == [1, wait]


@pytest.mark.parametrize(("status", "zone"), [(429, "GMT"), (503, "-0000")])
def test_a_wait_may_be_asked_for_until_a_date(site, tmp_path, status, zone):
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    headers = {"Retry-After": until.replace("GMT", zone)}
    site.serves(Reply(status=status, headers=headers), Reply())
    assert statuses(site.fetch(tmp_path)) == ["downloaded"]
    assert 50 < site.waits[1] <= 60


def test_too_long_a_wait_is_not_waited_nor_are_others_asked_meanwhile(site, tmp_path):
    site.lists(("/1", INSPECTION), ("/2", VISIT))
    site.replies |= {"/1": [Reply(status=429, headers={"Retry-After": "3600"})], "/2": [Reply()]}
    results = site.fetch(tmp_path)
    assert statuses(results) == ["failed", "failed"]
    for result in results:
        assert "429 (Too Many Requests)" in result.reason
        assert "3,600 seconds, after the 300 seconds allowed; run again later" in result.reason
    assert site.waits == [1]
    assert site.asked("/2") == []


# Connections that fail


def test_a_connection_that_is_dropped_is_tried_again(site, tmp_path):
    site.serves(lambda headers: (_ for _ in ()).throw(ConnectionAbortedError), Reply())
    assert statuses(site.fetch(tmp_path)) == ["downloaded"]
    assert len(site.asked()) == 2


def test_a_server_that_is_not_there_is_said_to_be_so(site, tmp_path):
    site.close()
    with pytest.raises(FindingsError, match=r"connection failed .*refused.*; tries: 4"):
        site.fetch(tmp_path)


def test_silence_is_not_waited_for_for_ever(site, tmp_path):
    site.serves(Reply(silent=True), Reply())
    began = time.monotonic()
    assert statuses(site.fetch(tmp_path, site.client(timeout=1))) == ["downloaded"]
    assert time.monotonic() - began < 30  # where the server is silent for a minute
    assert len(site.asked()) == 2


def test_a_certificate_that_is_refused_is_not_tried_again(site, tmp_path, monkeypatch):
    tried = []

    def connect(self):
        tried.append(self)
        error = ssl.SSLCertVerificationError(1, "failed")
        error.verify_message = "self-signed certificate"
        raise error

    monkeypatch.setattr(HTTPConnection, "connect", connect)
    with pytest.raises(FindingsError, match="certificate is refused: self-signed certificate"):
        site.fetch(tmp_path)
    assert len(tried) == 1


@pytest.mark.parametrize("framing", [{}, {"chunked": True}, {"length": False}], ids=str)
def test_an_answer_that_drips_ends_when_its_time_is_up(site, tmp_path, framing):
    site.lists(("/1", INSPECTION), ("/2", VISIT))
    minute = Reply(PDF + bytes(3_000) + PDF, drip=0.02, **framing)
    site.replies |= {"/1": [minute], "/2": [Reply()]}
    results = site.fetch(tmp_path, site.client(deadline=1.5, timeout=1, pause=0))
    assert statuses(results) == ["failed", "downloaded"]
    assert results[0].reason == "it took longer than the 1.5 seconds allowed"
    assert len(site.asked("/1")) == 1


def test_a_head_that_drips_ends_when_its_time_is_up(site, tmp_path, monkeypatch):
    def drip(self, *_):
        for _ in range(3_000):  # a minute
            self.wfile.write(b"X")
            if self.server.publisher.over.wait(0.02):
                return

    site.serves(lambda headers: Reply(headers={"X": "drip"}))
    monkeypatch.setattr(Handler, "send_header", drip)
    with pytest.raises(FindingsError, match=r"longer than the 1\.5 seconds allowed"):
        site.fetch(tmp_path, site.client(deadline=1.5, timeout=1))


def test_the_systems_proxy_is_used(site, tmp_path, monkeypatch):
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("http_proxy", site.origin.removeprefix("http://"))
    page = "http://reports.example/provider/44/80521"
    site.lists(("7", INSPECTION), path=page)
    site.replies["http://reports.example/provider/44/7"] = [Reply()]
    client = Client(("http://reports.example",), Limits(pause=0))
    assert statuses(fetch("80521", tmp_path, client=client, page=page)) == ["downloaded"]
    assert [headers["Host"] for _, headers in site.log] == ["reports.example"] * 2


def test_a_proxy_that_cannot_be_used_is_named(site, tmp_path, monkeypatch):
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(FindingsError, match=r"the system's proxy cannot be used: .*socks5"):
        site.fetch(tmp_path)
    assert (site.log, site.waits) == ([], [])


def test_a_site_that_the_proxy_is_not_for_is_asked_directly(site, tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    site.serves(Reply())
    assert statuses(site.fetch(tmp_path)) == ["downloaded"]


# Answers that are not what they should be


@pytest.mark.parametrize("broken", [Reply(cut=4000), Reply(cut=4000, chunked=True)], ids=str)
def test_what_broke_off_is_fetched_again_whole(site, tmp_path, broken):
    site.serves(broken, broken, Reply(chunked=True))
    (result,) = site.fetch(tmp_path, site.client(retries=0))
    assert (result.status, names(tmp_path)) == ("failed", [])
    assert result.reason == "the answer broke off before its end; tries: 1"
    assert statuses(site.fetch(tmp_path)) == ["downloaded"]
    assert (tmp_path / result.file).read_bytes() == PDF
    assert len(site.asked()) == 3


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(b"<!DOCTYPE html><p>Sorry", headers={"Content-Type": "text/html"}), "a web page"),
        (Reply(b"\n <html>Sorry", headers={"Content-Type": "application/pdf"}), "a web page"),
        (Reply(b"Sorry, busy", headers={"Content-Type": "text/html; charset=x"}), "a web page"),
        (Reply(b"MZ\x90\0", headers={"Content-Type": "application/pdf"}), "begin with %PDF-"),
        (Reply(b"%P", headers=ETAG), "begin with %PDF-"),
        (Reply(b" %PDF-1.7"), "begin with %PDF-"),
        (Reply(b"%PDF-1.4\n"), "does not end as one"),
        (Reply(b"%PDF-1.4\n%%EOF\n", headers=ETAG), "does not end as one"),
        (Reply(PDF[:4000], length=False), "does not end as one"),
        (Reply(b""), "an empty answer"),
    ],
)
def test_what_is_no_pdf_is_refused_with_the_reason(site, tmp_path, reply, reason):
    site.serves(reply)
    (result,) = site.fetch(tmp_path)
    assert result.status == "refused"
    assert reason in result.reason
    assert len(site.asked()) == 1
    assert names(tmp_path) == []


PACKED = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("body", "headers"),
    [(bytes(200_001), {}), (gzip.compress(bytes(50_000_000)), PACKED)],
    ids=["plain", "packed"],
)
def test_what_is_too_large_is_refused_as_soon_as_it_is_and_not_kept(
    site, tmp_path, chunked, body, headers
):
    site.serves(Reply(body, headers=headers | ETAG, chunked=chunked))
    come: list[int] = []
    (result,) = site.fetch(
        tmp_path, site.client(max_bytes=200_000), progress=lambda *step: come.append(step[1])
    )
    assert result.status == "refused"
    assert result.reason == "it is larger than the 200,000 bytes allowed"
    announced = len(body) > 200_000 and not chunked
    assert max(come) <= (0 if announced else 200_000)
    assert names(tmp_path) == []


def test_what_is_as_large_as_allowed_is_taken_though_it_came_packed(site, tmp_path):
    site.serves(Reply(gzip.compress(PDF), headers=PACKED))
    (result,) = site.fetch(tmp_path, site.client(max_bytes=len(PDF)))
    assert result.status == "downloaded"
    assert (tmp_path / result.file).read_bytes() == PDF
    assert site.asked()[0]["Accept-Encoding"] == "identity"


def test_fifty_megabytes_are_the_most():
    assert Limits().max_bytes == 50_000_000


# Addresses that lead elsewhere


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "ftp://127.0.0.1/x",
        "data:application/pdf,%PDF-1.7",
        "http://169.254.169.254/latest",
        "http://127.0.0.1:1/x",
        "http://[::1]/x",
        "http://[broken/x",
        "//elsewhere.example/x",
        "https://127.0.0.1/x",
        "{origin}@elsewhere.example/x",
        "{origin}.elsewhere.example/x",
        "{origin}\\@elsewhere.example/x",
        "{origin}/a b",
        "{origin}/a\u00e9",
        "javascript:alert(1)",
    ],
)
def test_no_address_leads_elsewhere_neither_from_the_page_nor_from_a_redirect(
    site, tmp_path, address
):
    address = address.format(origin=site.origin)
    site.lists((address, INSPECTION), ("/1", VISIT), ("/2", VISIT))
    location = address.encode("utf-8").decode("latin-1")
    site.replies |= {"/1": [Reply(status=302, headers={"Location": location})], "/2": [Reply()]}
    results = site.fetch(tmp_path)
    assert statuses(results) == ["refused", "refused", "downloaded"]
    assert all("leads elsewhere and was not asked" in r.reason for r in results[:2])
    assert [path for path, _ in site.log] == [PAGE, "/1", "/2"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_within_the_publishers_sites_is_followed(site, tmp_path, status):
    site.serves(Reply(status=status, headers={"Location": "../../there"}))
    site.replies["/there"] = [Reply()]
    assert statuses(site.fetch(tmp_path)) == ["downloaded"]
    assert manifest(tmp_path)[0]["address"] == site.origin + "/v1/file/50000001"


def test_redirects_that_do_not_end_are_left(site, tmp_path):
    site.serves(Reply(status=302, headers={"Location": "/v1/file/50000001"}))
    (result,) = site.fetch(tmp_path)
    assert (result.status, result.reason) == ("refused", "more than 5 redirects")
    assert len(site.asked()) == 6


# Progress


def test_progress_names_the_document_and_its_bytes(site, tmp_path):
    site.lists(("/1", INSPECTION), ("/2", VISIT))
    site.replies |= {"/1": [Reply()], "/2": [Reply(chunked=True)]}
    steps = []
    site.fetch(tmp_path, progress=lambda *step: steps.append(step))
    first = [step for step in steps if step[0] == "1 of 2: inspection-2025-01-20.pdf"]
    assert first[0] == ("1 of 2: inspection-2025-01-20.pdf", 0, None)
    assert first[-1] == ("1 of 2: inspection-2025-01-20.pdf", len(PDF), len(PDF))
    assert steps[-1] == ("2 of 2: focused-visit-2024-03-06.pdf", len(PDF), None)
    assert all(a[1] <= b[1] for a, b in pairwise(first))
