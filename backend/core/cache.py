"""Public reads: rendered once, then served as bytes with an ETag until the data they came from changes.

A small ASGI layer in front of everything. A route takes part by `public("topic", …)` in its signature; a service says
`changed(session, "topic")` when it writes. On PostgreSQL the other processes hear it too.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request, Response
from sqlmodel import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.core.signals import Signals, signal

TOPICS = "x-smarthd-topics"
EVERYBODY, STRANGERS = "everybody", "strangers"
MAX_BYTES = 64 * 1024 * 1024
MAX_ITEM = 1024 * 1024
FRESH_SECONDS = 60
"""A scheduled article appears by itself, so nothing is served longer than this without asking again."""


@dataclass(frozen=True)
class _Entry:
    body: bytes
    headers: list[tuple[bytes, bytes]]
    etag: bytes
    seen: tuple[tuple[str, int], ...]
    until: float
    strangers_only: bool
    route: Any
    """Which route answered first, for the log of those who are answered from here."""


def public(*topics: str, max_age: int = 0, strangers_only: bool = False) -> Any:
    """Return a dependency: this answer is everybody's, and holds until one of the topics changes.

    `max_age` (seconds) is how long browsers and proxies may keep it without asking. `strangers_only` is for answers
    that look different to somebody who is signed in: those are private and never kept.
    """

    async def mark(request: Request, response: Response) -> None:
        if strangers_only and "authorization" in request.headers:
            response.headers["Cache-Control"] = "private, no-store"
            return
        response.headers[TOPICS] = ",".join([STRANGERS if strangers_only else EVERYBODY, *topics])
        response.headers["Cache-Control"] = f"public, max-age={max_age}" if max_age else "public, no-cache"

    return Depends(mark)


def changed(session: Session, topic: str) -> None:
    """Say that what public reads of this topic show has changed, once this session commits."""
    signal(session, f"data:{topic}")


class PublicReads:
    """The layer: answers from memory what it can, and keeps what routes mark as public."""

    def __init__(self, app: ASGIApp, signals: Signals, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._entries: OrderedDict[bytes, _Entry] = OrderedDict()
        self._size = 0
        self._versions: dict[str, int] = {}
        self._all = 0
        signals.listen(self._heard)

    def _heard(self, word: str) -> None:
        """Called from any thread; only numbers change here, entries are dropped when next looked at."""
        if word == "everything":
            self._all += 1
        elif word.startswith("data:"):
            topic = word.removeprefix("data:")
            self._versions[topic] = self._versions.get(topic, 0) + 1

    def _seen(self, topics: list[str]) -> tuple[tuple[str, int], ...]:
        return (("", self._all), *((topic, self._versions.get(topic, 0)) for topic in topics))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on and remember."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(("/api/", "/feeds/")):
            await self._app(scope, receive, send)
            return
        wanted, signed_in = None, False
        for name, value in scope["headers"]:
            if name == b"authorization":
                signed_in = True
            elif name == b"if-none-match":
                wanted = value
        key = scope["raw_path"].partition(b"?")[0] + b"?" + scope["query_string"]
        entry = self._entries.get(key)
        if entry is not None and not (entry.strangers_only and signed_in) and self._fresh(entry):
            scope["route"] = entry.route
            await _serve(entry, wanted, send)
            return
        await self._ask(key, wanted, scope, receive, send)

    def _fresh(self, entry: _Entry) -> bool:
        if self._clock() > entry.until:
            return False
        return entry.seen == self._seen([topic for topic, _ in entry.seen[1:]])

    async def _ask(self, key: bytes, wanted: bytes | None, scope: Scope, receive: Receive, send: Send) -> None:
        # Versions are noted before the data is read: a change meanwhile makes the entry stale, never wrong.
        before = dict(self._versions), self._all
        start: Message | None = None
        topics: list[str] = []
        body = bytearray()

        async def keeping(message: Message) -> None:
            nonlocal start, topics
            if message["type"] == "http.response.start":
                topics = _topics(message)
                if message["status"] == 200 and topics:
                    start = message
                    return
            if start is None:
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            versions, everything = before
            seen = (("", everything), *((topic, versions.get(topic, 0)) for topic in topics[1:]))
            until = self._clock() + FRESH_SECONDS
            entry = _entry(start, bytes(body), seen, until, topics[0] == STRANGERS, scope.get("route"))
            self._keep(key, entry)
            await _serve(entry, wanted, send)

        await self._app(scope, receive, keeping)

    def _keep(self, key: bytes, entry: _Entry) -> None:
        old = self._entries.pop(key, None)
        if old is not None:
            self._size -= len(old.body)
        if len(entry.body) > MAX_ITEM:
            return
        self._entries[key] = entry
        self._size += len(entry.body)
        while self._size > MAX_BYTES or len(self._entries) > 20_000:
            _, dropped = self._entries.popitem(last=False)
            self._size -= len(dropped.body)


def _topics(message: Message) -> list[str]:
    """Take our own mark out of the answer's headers."""
    found: list[str] = []
    headers = []
    for name, value in message.get("headers", []):
        if name == TOPICS.encode():
            found = value.decode("ascii").split(",")
        else:
            headers.append((name, value))
    message["headers"] = headers
    return found


def _entry(
    start: Message, body: bytes, seen: tuple[tuple[str, int], ...], until: float, strangers_only: bool, route: Any
) -> _Entry:
    etag = b'"' + hashlib.sha256(body).hexdigest()[:32].encode() + b'"'
    headers = [(name, value) for name, value in start["headers"] if name not in {b"etag", b"x-request-id"}]
    if strangers_only:
        headers.append((b"vary", b"Authorization"))
    return _Entry(body, [*headers, (b"etag", etag)], etag, seen, until, strangers_only, route)


async def _serve(entry: _Entry, wanted: bytes | None, send: Send) -> None:
    if wanted is not None and _matches(wanted, entry.etag):
        kept = [(name, value) for name, value in entry.headers if name not in {b"content-length", b"content-type"}]
        await send({"type": "http.response.start", "status": 304, "headers": kept})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": entry.headers})
    await send({"type": "http.response.body", "body": entry.body})


def _matches(wanted: bytes, etag: bytes) -> bool:
    """Compare weakly, as RFC 9110 asks for `If-None-Match`."""
    return any(part.strip().removeprefix(b"W/") in {etag, b"*"} for part in wanted.split(b","))
