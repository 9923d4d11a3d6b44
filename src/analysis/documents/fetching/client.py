"""Asking a web server, politely and without trusting what comes back.

One request at a time, a pause between two, a name that says who asks, no more tries than a few, and
a wait as long as the server asks for. An address is asked only if it lies at one of the allowed
origins, redirects included, so that no page can send a reader to a file or to an inner network.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, responses
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from analysis.project import VERSION

USER_AGENT: Final = f"inspection-findings/{VERSION}"
MAX_BYTES: Final = 50_000_000
"""No page and no document is larger."""
MAX_REDIRECTS: Final = 5
_CHUNK: Final = 65_536
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_USABLE: Final = frozenset({200, 206, 304, 416})
_SERVER_ERRORS: Final = 500
_PRINTABLE: Final = re.compile(r"[!-~]+")
_SECONDS: Final = re.compile(r"[0-9]{1,9}")

T = TypeVar("T")


class RefusedError(Exception):
    """What was sent, or where an address leads, is not what is wanted."""


class FailedError(Exception):
    """Nothing came, and asking again at once would not help."""


class AgainError(Exception):
    """It did not work this time and may the next."""


@dataclass(frozen=True)
class Limits:
    """How patient and how polite; times in seconds.

    Attributes
    ----------
    pause
        From the end of one request to the next.
    timeout
        Without a sign from the server.
    deadline
        For one page or document with all its tries and waits.
    retries
        After a first try that failed for a reason that may pass.
    backoff
        Before the second try; doubled before each further one.
    max_bytes
        Of one page or document.
    """

    pause: float = 2.0
    timeout: float = 30.0
    deadline: float = 300.0
    retries: int = 3
    backoff: float = 2.0
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True)
class Answer:
    """An answer with status 200, 206, 304 or 416, of which the body is still to be read.

    `body` raises `AgainError` where it breaks off and `RefusedError` where it grows too large;
    `length` is what it announces, if it does. A body without `has_end` may break off unnoticed.
    """

    status: int
    headers: Message
    body: Iterator[bytes]
    length: int | None
    has_end: bool


@dataclass
class Client:
    """Asks one thing at a time; keep one for a whole run, so that it pauses between authorities.

    Parameters
    ----------
    origins
        Scheme and host, such as `https://files.ofsted.gov.uk`, that may be asked.
    limits
        How patient and how polite.
    clock, sleep
        Seconds that only grow, and the wait for some of them.

    Examples
    --------
    >>> Client(("https://example.org",)).permit("file:///etc/hostname")
    Traceback (most recent call last):
    analysis.documents.fetching.client.RefusedError: the address 'file:///etc/hostname' leads
    elsewhere and was not asked; allowed: https://example.org
    """

    origins: tuple[str, ...]
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _ready_at: float = field(default=0.0, init=False)
    _waits_for: str = field(default="", init=False)

    def page(self, address: str) -> bytes:
        """Return the bytes of a web page.

        Raises
        ------
        RefusedError, FailedError
            If it is not allowed, too large, or does not come.
        """

        def attempt(deadline: float) -> bytes:
            with self.ask(address, deadline) as answer:
                if answer.status != HTTPStatus.OK:
                    raise FailedError(f"the server answered {answer.status}, which was not due")
                return b"".join(answer.body)

        return self.persistently(attempt)

    def persistently(self, attempt: Callable[[float], T]) -> T:
        """Call `attempt` with a deadline, and again after each `AgainError`.

        Raises
        ------
        FailedError
            If tries or time are used up.
        """
        deadline = self.clock() + self.limits.deadline
        tries = 0
        while True:
            try:
                return attempt(deadline)
            except AgainError as error:
                if tries == self.limits.retries:
                    raise FailedError(f"{error}; tries: {tries + 1}") from error
                self._hold_off(self.limits.backoff * 2**tries, str(error))
                tries += 1

    @contextmanager
    def ask(
        self, address: str, deadline: float, headers: Mapping[str, str] | None = None
    ) -> Iterator[Answer]:
        """Send one GET and follow its redirects within the allowed origins.

        Raises
        ------
        RefusedError
            If an address lies elsewhere or redirects do not end.
        AgainError
            If the connection fails, or the server is busy (429) or out of order (5xx).
        FailedError
            If the server says no (other 4xx), or `deadline`, as the clock shows it, is passed.
        """
        for _ in range(MAX_REDIRECTS + 1):
            self.permit(address)
            self._wait(deadline)
            with self._exchange(address, deadline, headers or {}) as (response, watch):
                if response.status not in _REDIRECTS:
                    self._require_usable(response)
                    has_end = bool(response.chunked) or response.length is not None
                    body = _body(response, watch, self.limits.max_bytes)
                    yield Answer(response.status, response.headers, body, response.length, has_end)
                    return
                address = joined(address, response.headers.get("Location", ""))
        raise RefusedError(f"more than {MAX_REDIRECTS} redirects")

    def permit(self, address: str) -> None:
        """Raise `RefusedError` unless the address lies at one of the allowed origins."""
        with suppress(ValueError):
            parts = urlsplit(address)
            origin = f"{parts.scheme}://{parts.netloc}".lower()
            if origin in self.origins and _PRINTABLE.fullmatch(address):
                return
        raise RefusedError(
            f"the address {address[:200]!r} leads elsewhere and was not asked; "
            f"allowed: {', '.join(self.origins)}"
        )

    def _hold_off(self, seconds: float, reason: str = "") -> None:
        if (until := self.clock() + seconds) > self._ready_at:
            self._ready_at, self._waits_for = until, reason

    def _wait(self, deadline: float) -> None:
        now = self.clock()
        seconds = max(self._ready_at - now, 0)
        if now + seconds >= deadline:
            because = f"{self._waits_for}; " if self._waits_for else ""
            raise FailedError(
                f"{because}the next try may begin in {seconds:,.0f} seconds, after the "
                f"{self.limits.deadline:g} seconds allowed; run again later"
            )
        if seconds:
            self.sleep(seconds)

    @contextmanager
    def _exchange(
        self, address: str, deadline: float, headers: Mapping[str, str]
    ) -> Iterator[tuple[HTTPResponse, _Watch]]:
        connection = _connection(address, min(self.limits.timeout, deadline - self.clock()))
        watch = _Watch(f"it took longer than the {self.limits.deadline:g} seconds allowed")
        parts = urlsplit(address)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        about = {"User-Agent": USER_AGENT, **headers}
        try:
            with watch.failures():
                connection.connect()
                watch.over(connection.sock, deadline - self.clock())
                connection.request("GET", target, headers=about)
                response = connection.getresponse()
            with response:
                yield response, watch
        finally:
            watch.end()
            connection.close()
            self._hold_off(self.limits.pause)

    def _require_usable(self, response: HTTPResponse) -> None:
        status = response.status
        if status in _USABLE:
            return
        said = f"the server answered {status} ({responses.get(status, 'no known status')})"
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= _SERVER_ERRORS:
            self._hold_off(_seconds_asked(response.headers.get("Retry-After", "")), said)
            raise AgainError(said)
        raise FailedError(said)


def joined(base: str, address: str) -> str:
    """Return an address as seen from a page; one that cannot be read stays as it is."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _connection(address: str, timeout: float) -> HTTPConnection:
    """Return a connection to be opened, through the proxy that the system names, if it does."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    named = getproxies().get(parts.scheme, "")
    proxy = urlsplit(named if "//" in named else f"//{named}")
    if not proxy.hostname or proxy_bypass(parts.netloc):
        return kind(parts.netloc, timeout=timeout)
    connection = kind(proxy.hostname, proxy.port, timeout=timeout)
    connection.set_tunnel(parts.netloc)
    return connection


class _Watch:
    """Cuts a connection when its time is up, wherever it hangs.

    A socket's own time-out begins anew with every byte; the cut ends even an answer that drips.
    """

    def __init__(self, too_late: str) -> None:
        self.is_cut = False
        self.too_late = too_late
        self._timer: threading.Timer | None = None

    def over(self, connected: socket.socket, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut, [connected])
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _cut(self, connected: socket.socket) -> None:
        self.is_cut = True
        with suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    @contextmanager
    def failures(self) -> Iterator[None]:
        """Turn what a connection raises into what to do about it."""
        try:
            yield
        except (OSError, HTTPException) as error:
            if self.is_cut:
                raise FailedError(self.too_late) from error
            if isinstance(error, ssl.SSLCertVerificationError):
                raise FailedError(f"the certificate is refused: {error.verify_message}") from error
            if isinstance(error, TimeoutError):
                raise AgainError("no sign from the server in time") from error
            what = type(error).__name__ if isinstance(error, HTTPException) else str(error)
            raise AgainError(f"the connection failed ({what})") from error


def _body(response: HTTPResponse, watch: _Watch, limit: int) -> Iterator[bytes]:
    left, taken = response.length, 0
    too_large = RefusedError(f"it is larger than the {limit:,} bytes allowed")
    if left and left > limit:
        raise too_large
    while left is None or left > 0:
        with watch.failures():
            chunk = response.read1(_CHUNK if left is None else min(_CHUNK, left))
        taken += len(chunk)
        if watch.is_cut:
            raise FailedError(watch.too_late)
        if taken > limit:
            raise too_large
        if not chunk and left is None:
            return
        if not chunk:
            raise AgainError(f"the answer broke off {left:,} bytes before its end")
        left = None if left is None else left - len(chunk)
        yield chunk


def _seconds_asked(value: str) -> float:
    """Seconds to wait by a header `Retry-After`, a number or a date; 0 if it is neither."""
    if _SECONDS.fullmatch(value.strip()):
        return int(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return 0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
