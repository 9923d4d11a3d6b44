"""Fetching documents, against a publisher that serves, stalls, breaks off and lies."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from analysis import __version__
from analysis.documents.fetching.client import Client, Limits
from analysis.documents.fetching.fetch import COLUMNS, MANIFEST, fetch
from analysis.documents.fetching.listing import MAX_DOCUMENTS, ORIGINS, Listed, documents_on
from analysis.errors import DataError, FindingsError

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\nstartxref\n9\n%%EOF\n"
NEWER = PDF.replace(b"1.7", b"2.0")
INSPECTION = "Children's services inspection, pdf - 20 January 2025"
VISIT = "Children's services focused visit, pdf - 6 March 2024"
ETAG = {"ETag": '"one"'}
DATE = {"Last-Modified": "Mon, 20 Jan 2025 09:30:00 GMT"}
PAGE = "/provider/44/80521"


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@dataclass
class Reply:
    """What the publisher sends; without `cut`, all of it and honestly."""

    body: bytes = PDF
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    chunked: bool = False
    length: bool = True
    drip: float = 0.0
    silent: bool = False


def versioned(body: bytes = PDF, version: dict[str, str] = ETAG):
    """A server's usual answer: 304, the rest of what was asked for, or the whole."""

    def reply(headers) -> Reply:
        named = list(version.values())
        if headers.get("If-None-Match") in named or headers.get("If-Modified-Since") in named:
            return Reply(b"", 304, version)
        wanted = re.fullmatch(r"bytes=(\d+)-", headers.get("Range", ""))
        if wanted and headers.get("If-Range") in named:
            start = int(wanted[1])
            place = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            return Reply(body[start:], 206, version | place)
        return Reply(body, 200, version)

    return reply


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 0

    def do_CONNECT(self):
        self.server.publisher.tunnels.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.close_connection = False

    def do_GET(self):
        publisher = self.server.publisher
        publisher.log.append((self.path, self.headers))
        publisher.unanswered += 1
        publisher.most_unanswered = max(publisher.most_unanswered, publisher.unanswered)
        replies = publisher.replies.get(self.path, [Reply(b"not here", 404)])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        with suppress(OSError):
            self.send(reply(self.headers) if callable(reply) else reply)
        self.close_connection = True

    def send(self, reply: Reply) -> None:
        self.server.publisher.unanswered -= 1
        if reply.silent:
            self.server.publisher.over.wait(60)
            return
        body = reply.body
        framing = {"Content-Length": str(len(body))} if reply.length else {}
        if reply.chunked:
            framing = {"Transfer-Encoding": "chunked"}
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        self.send_response(reply.status)
        for name, value in (framing | reply.headers).items():
            self.send_header(name, value)
        self.end_headers()
        for start in range(0, len(body), 1 if reply.drip else len(body) or 1):
            self.wfile.write(body[start : start + 1] if reply.drip else body[: reply.cut])
            if reply.drip and self.server.publisher.over.wait(reply.drip):
                return

    def log_message(self, *_):
        pass


class Site:
    """A publisher's site on this machine, and a clock that moves only when someone waits."""

    def __init__(self) -> None:
        self.replies: dict[str, list] = {}
        self.log: list = []
        self.tunnels: list[str] = []
        self.unanswered = self.most_unanswered = 0
        self.over = threading.Event()
        self.now, self.waits = 0.0, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.publisher = self
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 1))
        self.now += seconds

    def client(self, **limits) -> Client:
        return Client(
            (self.origin,), Limits(**{"pause": 1.0} | limits), lambda: self.now, self.sleep
        )

    def lists(self, *documents: tuple[str, str], path: str = PAGE) -> None:
        links = "".join(
            f'<li><a class="publication-link" href="{href}" target="_blank">Report '
            f'<span class="nonvisual">{label}</span></a></li>'
            for href, label in documents
        )
        page = f"<!DOCTYPE html><html><body><ul>{links}</ul></body></html>".encode()
        self.replies[path] = [Reply(page)]

    def serves(self, *replies, label: str = INSPECTION) -> None:
        """List one document, with these answers one after another, the last again and again."""
        self.lists(("/v1/file/50000001", label))
        self.replies["/v1/file/50000001"] = list(replies)

    def fetch(self, folder: Path, client: Client | None = None, **options):
        page = self.origin + "/provider/44/{urn}"
        return fetch("80521", folder, client=client or self.client(), page=page, **options)

    def asked(self, path: str = "/v1/file/50000001") -> list:
        return [headers for asked, headers in self.log if asked == path]


@pytest.fixture
def site(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "*")
    site = Site()
    yield site
    site.close()


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


def test_the_order_is_kept_and_an_address_counts_once(site, tmp_path):
    site.lists(("/b", INSPECTION), ("/a", VISIT), ("/b", VISIT))
    site.replies |= {"/a": [Reply()], "/b": [Reply(NEWER)]}
    results = site.fetch(tmp_path)
    assert [r.file for r in results] == [
        "inspection-2025-01-20.pdf",
        "focused-visit-2024-03-06.pdf",
    ]


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
    "reply", [Reply(status=404), Reply(status=503), Reply(status=304, body=b"")]
)
def test_a_page_that_does_not_come_is_an_error(site, tmp_path, reply):
    site.replies[PAGE] = [reply]
    with pytest.raises(FindingsError, match=f"{PAGE} could not be read: .*{reply.status}.*browser"):
        site.fetch(tmp_path)


def test_a_number_that_is_none_is_refused_before_anything_is_asked(site, tmp_path):
    with pytest.raises(FindingsError, match=r"'../1' is no number"):
        fetch("../1", tmp_path / "new", client=site.client(), page=site.origin + "/{urn}")
    assert site.log == []
    assert names(tmp_path) == []


# What is kept


def test_documents_and_manifest_are_written(site, tmp_path):
    site.lists(("/v1/file/1", INSPECTION), ("/v1/file/2", VISIT))
    site.replies |= {"/v1/file/1": [versioned()], "/v1/file/2": [versioned(NEWER, DATE)]}

    results = site.fetch(tmp_path / "new")

    assert [(r.status, r.reason) for r in results] == [("downloaded", "")] * 2
    assert results[0].file == "inspection-2025-01-20.pdf"
    folder = tmp_path / "new"
    assert names(folder) == sorted([*(r.file for r in results), MANIFEST])
    assert (folder / "inspection-2025-01-20.pdf").read_bytes() == PDF
    rows = manifest(folder)
    assert tuple(rows[0]) == COLUMNS
    newest = rows[1]
    assert datetime.now(UTC) - datetime.fromisoformat(newest.pop("fetched")) < timedelta(minutes=1)
    assert newest == {
        "file": "inspection-2025-01-20.pdf",
        "address": site.origin + "/v1/file/1",
        "title": "Report",
        "kind_printed": "Children's services inspection",
        "published": "2025-01-20",
        "sha256": sha256(PDF),
        "bytes": str(len(PDF)),
        "etag": '"one"',
        "last_modified": "",
    }
    assert rows[0]["last_modified"] == DATE["Last-Modified"]


def test_the_manifest_is_written_after_every_document(site, tmp_path):
    site.lists(("/1", INSPECTION), ("/2", VISIT))
    seen = []
    site.replies["/1"] = [Reply()]
    site.replies["/2"] = [lambda headers: seen.append(manifest(tmp_path)) or Reply()]
    site.fetch(tmp_path)
    assert [row["file"] for row in seen[0]] == ["inspection-2025-01-20.pdf"]


def test_what_the_page_says_runs_in_no_spreadsheet(site, tmp_path):
    site.serves(Reply(), label="=HYPERLINK(1), pdf - 1 May 2020")
    site.fetch(tmp_path)
    assert manifest(tmp_path)[0]["kind_printed"] == "'=HYPERLINK(1)"


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
    assert [(r["sha256"], r["etag"]) for r in manifest(tmp_path)] == [(sha256(NEWER), '"two"')]


def test_what_names_no_version_is_not_asked_for_again(site, tmp_path):
    site.serves(Reply())
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


def test_someone_elses_file_is_never_overwritten(site, tmp_path):
    site.serves(Reply())
    (tmp_path / "inspection-2025-01-20.pdf").write_bytes(NEWER)
    (result,) = site.fetch(tmp_path)
    assert result.status == "refused"
    assert "does not list; move it away" in result.reason
    assert (tmp_path / result.file).read_bytes() == NEWER
    assert names(tmp_path) == [result.file]


def test_a_file_that_is_the_same_is_taken_into_the_manifest(site, tmp_path):
    site.serves(Reply())
    (tmp_path / "inspection-2025-01-20.pdf").write_bytes(PDF)
    (result,) = site.fetch(tmp_path)
    assert result.status == "unchanged"
    assert manifest(tmp_path)[0]["sha256"] == sha256(PDF)


def test_a_failure_keeps_the_copy_held(site, tmp_path):
    site.serves(versioned(), Reply(status=410))
    site.fetch(tmp_path)
    (result,) = site.fetch(tmp_path)
    assert result.status == "failed"
    assert result.reason == "the server answered 410 (Gone); the copy held is kept"
    assert (tmp_path / result.file).read_bytes() == PDF


def test_a_document_appears_whole_or_not_at_all(site, tmp_path, monkeypatch):
    site.serves(versioned(), versioned(NEWER, {"ETag": '"two"'}))
    site.fetch(tmp_path)
    before = (tmp_path / MANIFEST).read_bytes()
    synced, fsync = [], os.fsync

    def full(self, target):
        assert self.parent == target.parent
        assert synced
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", lambda number: synced.append(number) or fsync(number))
    monkeypatch.setattr(Path, "replace", full)
    (result,) = site.fetch(tmp_path)

    assert result.status == "failed"
    assert "the disk is full" in result.reason
    assert (tmp_path / result.file).read_bytes() == PDF
    assert (tmp_path / MANIFEST).read_bytes() == before


# Names


def test_names_that_meet_are_told_apart_and_stay(site, tmp_path):
    addresses = ["/v1/file/AB-cd/../12_34567890", "/v1/file/2?x=../../y", "/v1/file/2%2f", "/…"]
    site.lists(*((address, INSPECTION) for address in addresses[:3]), ("/file/", ""), ("/f/", ""))
    for address in ["/v1/file/12_34567890", *addresses[1:3], "/file/", "/f/"]:
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
    site.lists(*((address, INSPECTION) for address in addresses[2::-1]))
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
        (b"\xff\xfe\xfd", "manifest.csv cannot be used .*move the manifest away"),
    ],
)
def test_a_manifest_that_cannot_be_trusted_is_refused(site, tmp_path, raw, match):
    (tmp_path / MANIFEST).write_bytes(raw)
    with pytest.raises(FindingsError, match=match):
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
    assert site.most_unanswered == 1
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


@pytest.mark.parametrize("status", [500, 502, 503, 504])
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


@pytest.mark.parametrize("status", [400, 403, 404, 410, 451, 299, 399])
def test_a_no_is_a_no(site, tmp_path, status):
    site.lists(("/1", INSPECTION), ("/2", VISIT))
    site.replies |= {"/1": [Reply(status=status)], "/2": [Reply()]}
    results = site.fetch(tmp_path)
    assert statuses(results) == ["failed", "downloaded"]
    assert f"answered {status}" in results[0].reason
    assert len(site.asked("/1")) == 1


@pytest.mark.parametrize(
    ("asked", "waits"),
    [("7", 7), ("0", 2), ("-5", 2), ("soon", 2), ("9" * 30, 2), ("Mon, 99 Foo", 2), ("²", 2)],
)
def test_a_busy_publisher_says_how_long_to_wait(site, tmp_path, asked, waits):
    headers = {"Retry-After": asked}
    site.serves(Reply(status=429, headers=headers), Reply())
    assert statuses(site.fetch(tmp_path)) == ["downloaded"]
    assert site.waits == [1, waits]


@pytest.mark.parametrize(("status", "zone"), [(429, "GMT"), (503, "GMT"), (429, "-0000")])
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


@pytest.mark.parametrize("chunked", [True, False])
def test_an_answer_that_drips_ends_when_its_time_is_up(site, tmp_path, chunked):
    site.lists(("/1", INSPECTION), ("/2", VISIT))
    minute = Reply(PDF + bytes(3_000), drip=0.02, chunked=chunked)
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
    site.serves(Reply())
    client = Client(("http://reports.example",), Limits(pause=0))
    (result,) = fetch(
        "80521", tmp_path, client=client, page="http://reports.example/provider/44/{urn}"
    )
    assert result.status == "downloaded"
    assert site.tunnels == ["reports.example:80"] * 2
    assert site.asked()[0]["Host"] == "reports.example"


def test_a_site_that_the_proxy_is_not_for_is_asked_directly(site, tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", site.origin)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    site.serves(Reply())
    assert statuses(site.fetch(tmp_path)) == ["downloaded"]
    assert site.tunnels == []


# Answers that break off


@pytest.mark.parametrize("version", [ETAG, DATE, ETAG | DATE])
def test_what_broke_off_is_gone_on_with(site, tmp_path, version):
    site.serves(Reply(headers=version, cut=4000), versioned(version=version))
    (result,) = site.fetch(tmp_path)
    assert result.status == "downloaded"
    assert (tmp_path / result.file).read_bytes() == PDF
    second = site.asked()[1]
    assert second["Range"] == "bytes=4000-"
    assert second["If-Range"] == next(iter(version.values()))
    (row,) = manifest(tmp_path)
    assert (row["sha256"], row["bytes"]) == (sha256(PDF), str(len(PDF)))
    assert names(tmp_path) == [result.file, MANIFEST]


def test_a_later_run_goes_on_where_an_earlier_broke_off(site, tmp_path):
    site.serves(Reply(headers=ETAG, cut=4000), versioned())
    (result,) = site.fetch(tmp_path, site.client(retries=0))
    assert result.status == "failed"
    assert (
        result.reason == f"the answer broke off {len(PDF) - 4000:,} bytes before its end; tries: 1"
    )
    assert names(tmp_path) == [f"{result.file}.part", f"{result.file}.part.of"]

    (result,) = site.fetch(tmp_path)
    assert result.status == "downloaded"
    assert site.asked()[1]["Range"] == "bytes=4000-"
    assert (tmp_path / result.file).read_bytes() == PDF
    assert names(tmp_path) == [result.file, MANIFEST]


def test_a_run_that_is_interrupted_is_gone_on_with(site, tmp_path):
    def interrupt(what, done, size):
        if done:
            raise KeyboardInterrupt

    site.serves(Reply(headers=ETAG, drip=0.001), versioned())
    with pytest.raises(KeyboardInterrupt):
        site.fetch(tmp_path, progress=interrupt)
    (result,) = site.fetch(tmp_path)
    assert result.status == "downloaded"
    assert re.fullmatch(r"bytes=[1-9]\d*-", site.asked()[1]["Range"])
    assert (tmp_path / result.file).read_bytes() == PDF


PLACE = {"Content-Range": f"bytes 4000-{len(PDF) - 1}/{len(PDF)}"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Reply(NEWER, headers={"ETag": '"two"'}), id="the whole of another version"),
        pytest.param(Reply(b"", 416), id="no such range"),
        pytest.param(Reply(NEWER[4000:], 206, PLACE | {"ETag": '"two"'}), id="another version"),
        pytest.param(Reply(NEWER[4000:], 206, {"ETag": '"one"'}), id="no place"),
        pytest.param(Reply(NEWER, 206, {"Content-Range": "bytes 0-9/10"}), id="another place"),
        pytest.param(
            Reply(
                NEWER[4000:], 206, {"Content-Range": PLACE["Content-Range"].replace("4000", "3990")}
            ),
            id="a place before",
        ),
        pytest.param(
            Reply(NEWER[4000:], 206, {"Content-Range": f"bytes 4000-9/{len(PDF)}"}), id="no end"
        ),
        pytest.param(Reply(NEWER, 206, {"Content-Range": "bytes 4000-/*"}), id="unknown size"),
        pytest.param(Reply(NEWER[4000:4010], 206, PLACE | ETAG), id="less than the place says"),
        pytest.param(Reply(b"", 304), id="not changed"),
    ],
)
def test_a_rest_that_does_not_fit_is_not_put_together(site, tmp_path, other):
    site.serves(Reply(headers=ETAG, cut=4000), other, versioned(NEWER, {"ETag": '"two"'}))
    (result,) = site.fetch(tmp_path)
    assert result.status == "downloaded"
    assert (tmp_path / result.file).read_bytes() == NEWER
    assert manifest(tmp_path)[0]["sha256"] == sha256(NEWER)


@pytest.mark.parametrize(
    ("version", "column"), [(ETAG, "etag"), (DATE, "last_modified")], ids=["etag", "date"]
)
def test_a_rest_that_names_no_version_is_of_the_version_asked_for(site, tmp_path, version, column):
    site.serves(Reply(headers=version, cut=4000), Reply(PDF[4000:], 206, PLACE))
    (result,) = site.fetch(tmp_path)
    assert (tmp_path / result.file).read_bytes() == PDF
    assert [manifest(tmp_path)[0][column]] == list(version.values())


@pytest.mark.parametrize("version", [{}, {"ETag": 'W/"weak"'}, {"ETag": "bare"}])
def test_what_names_no_strong_version_is_begun_anew(site, tmp_path, version):
    site.serves(Reply(headers=version, cut=4000), Reply())
    (result,) = site.fetch(tmp_path)
    assert "Range" not in site.asked()[1]
    assert (tmp_path / result.file).read_bytes() == PDF
    assert names(tmp_path) == [result.file, MANIFEST]


@pytest.mark.parametrize(
    "note",
    [None, b"", b'http://elsewhere/1\n"one"', b'{address}\n"a"\nX-Evil: 1', b"{address}\n\xff\xfe"],
)
def test_a_part_whose_note_does_not_fit_is_begun_anew(site, tmp_path, note):
    part = tmp_path / "inspection-2025-01-20.pdf.part"
    part.write_bytes(NEWER[:4000])
    if note is not None:
        address = f"{site.origin}/v1/file/50000001".encode()
        part.with_name(part.name + ".of").write_bytes(note.replace(b"{address}", address))
    site.serves(versioned())
    (result,) = site.fetch(tmp_path)
    assert "Range" not in site.asked()[0]
    assert (tmp_path / result.file).read_bytes() == PDF
    assert names(tmp_path) == [result.file, MANIFEST]


@pytest.mark.parametrize(
    "broken", [Reply(cut=4000, chunked=True), Reply(PDF[:4000], length=False)], ids=str
)
def test_a_break_is_noticed_without_a_length(site, tmp_path, broken):
    site.serves(broken, Reply(length=False))
    (result,) = site.fetch(tmp_path)
    assert result.status == "downloaded"
    assert len(site.asked()) == 2
    assert (tmp_path / result.file).read_bytes() == PDF


def test_an_answer_in_chunks_is_put_together(site, tmp_path):
    site.serves(Reply(chunked=True))
    (result,) = site.fetch(tmp_path)
    assert (tmp_path / result.file).read_bytes() == PDF


@pytest.mark.parametrize("begun", [False, True])
def test_a_link_in_the_place_of_a_part_is_not_followed(site, tmp_path, begun):
    folder, other = tmp_path / "documents", tmp_path / "mine.txt"
    part = folder / "inspection-2025-01-20.pdf.part"
    site.serves(Reply(headers=ETAG, cut=4000), versioned())
    if begun:
        site.fetch(folder, site.client(retries=0))
        part.rename(other)
    else:
        folder.mkdir()
        other.write_bytes(b"mine")
    part.symlink_to(other)
    before = other.read_bytes()
    (result,) = site.fetch(folder)

    assert result.status == "downloaded"
    assert other.read_bytes() == before
    assert (folder / result.file).read_bytes() == PDF
    assert not (folder / result.file).is_symlink()
    assert names(folder) == [result.file, MANIFEST]


# Answers that are not what they should be


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(b"<!DOCTYPE html><p>Sorry", headers={"Content-Type": "text/html"}), "a web page"),
        (Reply(b"\n <html>Sorry", headers={"Content-Type": "application/pdf"}), "a web page"),
        (Reply(b"Sorry, busy", headers={"Content-Type": "text/html; charset=x"}), "a web page"),
        (Reply(b"MZ\x90\0", headers={"Content-Type": "application/pdf"}), "begin with %PDF-"),
        (Reply(b"%P", headers=ETAG), "begin with %PDF-"),
        (Reply(b" %PDF-1.7", drip=0.001), "begin with %PDF-"),
        (Reply(b"%PDX-1.7", drip=0.001), "begin with %PDF-"),
        (Reply(b"%PDF-1.4\n"), "does not end as one"),
        (Reply(b"%PDF-1.4\n%%EOF\n", headers=ETAG), "does not end as one"),
        (Reply(b""), "an empty answer"),
    ],
)
def test_what_is_no_pdf_is_refused_with_the_reason(site, tmp_path, reply, reason):
    site.serves(reply)
    come = set()
    (result,) = site.fetch(tmp_path, progress=lambda *step: come.add(step[1]))
    assert result.status == "refused"
    assert reason in result.reason
    assert max(come) < 20
    assert len(site.asked()) == 1
    assert names(tmp_path) == []


@pytest.mark.parametrize("chunked", [False, True])
def test_what_is_too_large_is_refused_and_not_kept(site, tmp_path, chunked):
    slow = 0.0 if chunked else 0.001
    site.serves(Reply(headers=ETAG, chunked=chunked, drip=slow), Reply())
    come = set()
    (result,) = site.fetch(
        tmp_path, site.client(max_bytes=len(PDF) - 1), progress=lambda *step: come.add(step[1])
    )
    assert max(come) <= (len(PDF) - 1 if chunked else 0)
    assert result.status == "refused"
    assert result.reason == f"it is larger than the {len(PDF) - 1:,} bytes allowed"
    assert names(tmp_path) == []
    assert statuses(site.fetch(tmp_path, site.client(max_bytes=len(PDF)))) == ["downloaded"]


def test_parts_that_are_too_large_together_are_refused(site, tmp_path):
    site.serves(Reply(headers=ETAG, cut=4000), versioned())
    site.fetch(tmp_path, site.client(retries=0))
    (result,) = site.fetch(tmp_path, site.client(max_bytes=len(PDF) - 1))
    assert result.status == "refused"
    assert names(tmp_path) == []


def test_fifty_megabytes_are_the_most():
    assert Limits().max_bytes == 50_000_000


def test_a_page_that_is_too_large_is_refused(site, tmp_path):
    site.replies[PAGE] = [Reply(b"x" * 101)]
    with pytest.raises(FindingsError, match="larger than the 100 bytes allowed"):
        site.fetch(tmp_path, site.client(max_bytes=100))


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


@pytest.mark.parametrize("headers", [{"Location": "/v1/file/50000001"}, {}])
def test_redirects_that_do_not_end_are_left(site, tmp_path, headers):
    site.serves(Reply(status=302, headers=headers))
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
