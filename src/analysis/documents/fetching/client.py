"""Asking a publisher's servers: whom, how long and how politely. How, is left to urllib3.

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
from http import HTTPStatus
from http.client import IncompleteRead, responses
from typing import Final
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, InvalidHeader, LocationValueError

from analysis.project import VERSION

USER_AGENT: Final = f"inspection-findings/{VERSION}"
MAX_BYTES: Final = 50_000_000
"""No page and no document is larger."""
MAX_REDIRECTS: Final = 5
_CHUNK: Final = 65_536
_PRINTABLE: Final = re.compile(r"[!-~]+")

Tick = Callable[[int, int | None], None]
"""Told how many bytes have come, and how many are to come in all, where that is known."""


class RefusedError(Exception):
    """What was sent, or where an address leads, is not what is wanted."""


class FailedError(Exception):
    """Nothing came, and asking again at once would not help."""


class _AgainError(Exception):
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
        Of one page or document, unpacked.
    """

    pause: float = 2.0
    timeout: float = 30.0
    deadline: float = 300.0
    retries: int = 3
    backoff: float = 2.0
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True)
class Answer:
    """A page or document, whole; `is_newer` is false, and the body empty, if none is newer."""

    headers: Mapping[str, str]
    body: bytes
    is_newer: bool = True


class _Watch:
    """Cuts a connection when its time is up, wherever it hangs.

    A socket's own time-out begins anew with every byte; the cut ends even an answer that drips.
    """

    def begin(self, seconds: float) -> None:
        self.is_cut = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def over(self, connected: socket.socket) -> None:
        self._socket = connected
        if self.is_cut:
            self._cut()

    def end(self) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        self.is_cut = True
        if self._socket:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


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
    _managers: dict[str, urllib3.PoolManager] = field(default_factory=dict, init=False)
    _watch: _Watch = field(default_factory=_Watch, init=False)

    def get(
        self,
        address: str,
        conditions: Mapping[str, str] | None = None,
        tick: Tick = lambda *_: None,
    ) -> Answer:
        """Return a page or document, after as many tries, waits and redirects as are allowed.

        Parameters
        ----------
        address
            Where it is.
        conditions
            Headers that ask for it only if it is newer than a version held.
        tick
            Called as bytes arrive.

        Raises
        ------
        RefusedError
            If an address lies elsewhere, redirects do not end, or it is too large.
        FailedError
            If the server says no, or tries or time are used up.
        """
        deadline = self.clock() + self.limits.deadline
        tries = 0
        while True:
            try:
                return self._follow(address, conditions or {}, deadline, tick)
            except _AgainError as error:
                if tries == self.limits.retries:
                    raise FailedError(f"{error}; tries: {tries + 1}") from error
                self._hold_off(self.limits.backoff * 2**tries, str(error))
                tries += 1

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

    def _follow(
        self, address: str, conditions: Mapping[str, str], deadline: float, tick: Tick
    ) -> Answer:
        """Ask once, where redirects lead in the end; urllib3 would not ask who may be asked."""
        for _ in range(MAX_REDIRECTS + 1):
            self.permit(address)
            self._wait(deadline)
            with self._exchange(address, conditions, deadline) as response:
                if not (target := response.get_redirect_location()):
                    self._require_usable(response, conditions)
                    return self._take(response, tick)
                address = joined(address, target)
        raise RefusedError(f"more than {MAX_REDIRECTS} redirects")

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
        self, address: str, conditions: Mapping[str, str], deadline: float
    ) -> Iterator[urllib3.BaseHTTPResponse]:
        """Send one GET, and leave its answer to be read until the time is up."""
        left = deadline - self.clock()
        too_late = f"it took longer than the {self.limits.deadline:g} seconds allowed"
        self._watch.begin(left)
        try:
            with self._manager(address).request(
                "GET",
                address,
                headers={"User-Agent": USER_AGENT, **conditions},
                redirect=False,
                retries=False,
                timeout=min(self.limits.timeout, left),
                preload_content=False,
            ) as response:
                yield response
            if self._watch.is_cut:
                raise FailedError(too_late)
        except HTTPError as error:
            raise FailedError(too_late) if self._watch.is_cut else _told(error) from error
        finally:
            self._watch.end()
            self._hold_off(self.limits.pause)

    def _manager(self, address: str) -> urllib3.PoolManager:
        """Return what keeps the connections to an address, through the system's proxy if any."""
        parts = urlsplit(address)
        proxy = "" if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme, "")
        if proxy not in self._managers:
            self._managers[proxy] = _watched(proxy, self._watch)
        return self._managers[proxy]

    def _require_usable(
        self, response: urllib3.BaseHTTPResponse, conditions: Mapping[str, str]
    ) -> None:
        status = response.status
        if status == HTTPStatus.OK or (status == HTTPStatus.NOT_MODIFIED and conditions):
            return
        said = f"the server answered {status} ({responses.get(status, 'no known status')})"
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._hold_off(_seconds_asked(response), said)
            raise _AgainError(said)
        raise FailedError(said)

    def _take(self, response: urllib3.BaseHTTPResponse, tick: Tick) -> Answer:
        """Read the body, unpacked if it came packed, as far as it is not too large."""
        size, body = response.length_remaining, bytearray()
        too_large = RefusedError(f"it is larger than the {self.limits.max_bytes:,} bytes allowed")
        if size and size > self.limits.max_bytes:
            raise too_large
        for chunk in response.stream(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > self.limits.max_bytes:
                raise too_large
            tick(len(body), size)
        return Answer(response.headers, bytes(body), response.status == HTTPStatus.OK)


def joined(base: str, address: str) -> str:
    """Return an address as seen from a page; one that cannot be read stays as it is."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _watched(proxy: str, watch: _Watch) -> urllib3.PoolManager:
    """Return what keeps connections, through a proxy if one is named, all of them watched."""

    class Plain(HTTPConnection):
        def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]
            watch.over(self.sock)
            return super().getresponse()

    class Secure(Plain, HTTPSConnection):
        pass

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    spelled = proxy if "//" in proxy else f"http://{proxy}"
    manager = urllib3.ProxyManager(spelled) if proxy else urllib3.PoolManager()
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager


def _told(error: HTTPError) -> Exception:
    """Return what did not work, and whether it may the next time."""
    cause: BaseException = error
    while inner := cause.__cause__ or (not cause.__suppress_context__ and cause.__context__):
        cause = inner
    if isinstance(cause, ssl.SSLCertVerificationError):
        return FailedError(f"the certificate is refused: {cause.verify_message}")
    if isinstance(error, LocationValueError):
        return FailedError(f"the system's proxy cannot be used: {error}")
    if isinstance(cause, TimeoutError):
        return _AgainError("no sign from the server in time")
    if isinstance(cause, IncompleteRead):
        return _AgainError("the answer broke off before its end")
    return _AgainError(f"the connection failed ({cause})")


def _seconds_asked(response: urllib3.BaseHTTPResponse) -> float:
    """Seconds to wait by a header `Retry-After`; 0 if there is none that can be read."""
    with suppress(InvalidHeader, ValueError, OverflowError):
        return urllib3.Retry().get_retry_after(response) or 0
    return 0
