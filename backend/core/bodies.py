"""Bodies are capped: by what they say of themselves at once, else as they come."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.core.errors import TooLarge


class BodyLimit:
    """Answers 413 to a body over `most` bytes, or over what `larger` allows below a path prefix."""

    def __init__(self, app: ASGIApp, most: int, larger: Mapping[str, int]) -> None:
        self._app, self._most, self._larger = app, most, larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its body counted."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        most = next((more for prefix, more in self._larger.items() if path.startswith(prefix)), self._most)
        if _announced(scope) > most:
            await TooLarge("the body is too large").response()(scope, receive, send)
            return
        got = 0

        async def counting() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > most:
                # FastAPI lets no other error than this one through while it reads a body.
                raise HTTPException(413, "the body is too large")
            return message

        await self._app(scope, counting, send)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() and len(value) < 19 else 2**62
    return 0
