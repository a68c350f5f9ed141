"""A load generator that costs little: keep-alive connections, ready-made bytes out, answers only measured."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

import uvloop

CONNECTIONS = 16


@dataclass(frozen=True)
class Outcome:
    """What one run measured. Times in milliseconds."""

    per_second: float
    p50: float
    p95: float
    failed: int


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return the bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", *(f"{name}: {value}" for name, value in headers.items())]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def run(url: str, make: Callable[[], bytes], expected: int, seconds: float) -> Outcome:
    """Send what `make` makes, over all connections, for so long."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(url, _Work(make, expected, seconds)))


async def _run(url: str, work: "_Work") -> Outcome:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 80
    loop = asyncio.get_running_loop()
    work.start()
    opened = [await loop.create_connection(lambda: _Sender(work), host, port) for _ in range(CONNECTIONS)]
    await asyncio.gather(*(sender.done for _, sender in opened))
    return work.outcome()


@dataclass
class _Work:
    """What all connections of one run share."""

    make: Callable[[], bytes]
    expected: int
    seconds: float
    began: float = 0
    failed: int = 0
    times: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.began = time.perf_counter()

    def over(self) -> bool:
        return time.perf_counter() - self.began >= self.seconds

    def outcome(self) -> Outcome:
        took = time.perf_counter() - self.began
        times = sorted(self.times) or [0.0]
        p50, p95 = (1000 * times[int(len(times) * share)] for share in (0.5, 0.95))
        return Outcome(len(self.times) / took, p50, p95, self.failed)


class _Sender(asyncio.Protocol):
    """One connection: the next request leaves when the last answer is whole."""

    def __init__(self, work: _Work) -> None:
        self._work = work
        self._answer = bytearray()
        self._whole = 0
        self._sent = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._next()

    def _next(self) -> None:
        if self._work.over():
            self._transport.close()
            return
        self._answer.clear()
        self._whole = 0
        self._sent = time.perf_counter()
        self._transport.write(self._work.make())

    def data_received(self, data: bytes) -> None:
        self._answer += data
        self._whole = self._whole or _length(self._answer)
        if self._whole and len(self._answer) >= self._whole:
            self._work.times.append(time.perf_counter() - self._sent)
            self._work.failed += int(self._answer[9:12]) != self._work.expected
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        self._work.failed += exc is not None or not self._work.over()
        self.done.set_result(None)


def _length(answer: bytearray) -> int:
    """Return how long the answer will be, or 0 while its head is not there."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return 0
    head = answer[:end].lower()
    at = head.find(b"content-length:")
    return end + 4 + (int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0)
