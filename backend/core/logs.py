"""Logs: one JSON object a line, with the request's id, without personal data, query strings or bodies."""

import io
import json
import logging
import os
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.core import clock


class _Lines:
    wanted = False


class _Stderr(io.StringIO):
    """Today's `sys.stderr`, whatever it is by then: who configured the logs may have closed theirs."""

    def write(self, text: str, /) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


_ID = b"x-request-id"


def configure(level: str) -> None:
    """Send every log, ours and the libraries', to stderr as JSON lines."""
    _Lines.wanted = logging.getLevelName(level) <= logging.INFO
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    # Ours go straight to the stream: the way over the standard library costs more than a cached answer.
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=structlog.WriteLoggerFactory(_Stderr()),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(_Stderr())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Our own handler has logged it already.
    logging.getLogger("uvicorn.error").addFilter(lambda record: "Exception in ASGI" not in record.getMessage())
    # It tells of each batch that the database refused; who sent the batch tells it too, and knows what to do.
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    # Their lines hold addresses and query strings.
    for name in ("uvicorn.access", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == _ID and 8 <= len(value) <= 64 and value.replace(b"-", b"").isalnum():
            return str(value.decode("ascii"))
    return os.urandom(12).hex()


class RequestLog:
    """Gives each request an id, sends it back, and writes one line about how it went."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        started = time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                # A new list: the old one may be kept in memory for the next who asks.
                message["headers"] = [*message["headers"], (_ID, request_id.encode("ascii"))]
            await send(message)

        structlog.contextvars.bind_contextvars(request=request_id)
        try:
            await self._app(scope, receive, sending)
        finally:
            if _Lines.wanted:
                _write(scope, request_id, status, started)


def _write(scope: MutableMapping[str, Any], request_id: str, status: int, started: float) -> None:
    route = scope.get("route")
    # The route's pattern, not the path: a path may name a case or a signed file.
    path = getattr(route, "path", None) or ("static" if status == 200 else "unknown")
    took = (time.perf_counter() - started) * 1000
    moment = clock.now().isoformat().replace("+00:00", "Z")
    # Written by hand: a log library's way from call to line costs as much as a whole answer from memory.
    sys.stderr.write(
        f'{{"event": "request", "method": {json.dumps(scope["method"])}, "route": {json.dumps(path)}, '
        f'"status": {status}, "ms": {took:.1f}, "request": "{request_id}", "level": "info", "timestamp": "{moment}"}}\n'
    )
