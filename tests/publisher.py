"""A publisher on this machine, for tests: it serves, stalls, breaks off and lies as it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from analysis.documents.fetching.client import Client, Limits
from analysis.documents.fetching.fetch import fetch

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\nstartxref\n9\n%%EOF\n"
NEWER = PDF.replace(b"1.7", b"2.0")
INSPECTION = "Children's services inspection, pdf - 20 January 2025"
VISIT = "Children's services focused visit, pdf - 6 March 2024"
ETAG = {"ETag": '"one"'}
DATE = {"Last-Modified": "Mon, 20 Jan 2025 09:30:00 GMT"}
PAGE = "/provider/44/80521"


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
    """A server's usual answer: 304 if that version is held, else the whole."""

    def reply(headers) -> Reply:
        held = {headers.get("If-None-Match"), headers.get("If-Modified-Since")}
        newer = held.isdisjoint(version.values())
        return Reply(body, headers=version) if newer else Reply(b"", 304, version)

    return reply


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 0

    def setup(self):
        super().setup()
        self.server.publisher.connections += 1

    def handle(self):
        with suppress(OSError):  # whoever asked has gone
            super().handle()

    def do_GET(self):
        publisher = self.server.publisher
        publisher.log.append((self.path, self.headers))
        publisher.unanswered += 1
        publisher.most_unanswered = max(publisher.most_unanswered, publisher.unanswered)
        replies = publisher.replies.get(self.path, [Reply(b"not here", 404)])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        self.close_connection = True
        with suppress(OSError):
            reply = reply(self.headers) if callable(reply) else reply
            self.send(reply)
            self.close_connection = reply.cut is not None or not reply.length

    def send(self, reply: Reply) -> None:
        self.server.publisher.unanswered -= 1
        if reply.silent:
            self.server.publisher.over.wait(60)
            return
        body = reply.body
        framing = {"Content-Length": str(len(body))} if reply.length else {"Connection": "close"}
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
        self.unanswered = self.most_unanswered = self.connections = 0
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


@contextmanager
def publishing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Begin a publisher's site, which no proxy of the system stands before, and end it."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "*")
    site = Site()
    try:
        yield site
    finally:
        site.close()
