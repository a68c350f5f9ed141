"""`/status`, outside the API's prefix: JSON, or a page for who asks for HTML."""

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from backend.status.page import page
from backend.status.service import FRESH_SECONDS, Board
from shared.status import Status


def install(app: FastAPI, board: Board) -> None:
    """Answer `/status` before the web client does."""

    @app.get("/status", include_in_schema=False)
    async def status(request: Request) -> Response:
        """Say how the service does: always 200, since who asks wants to know rather than to fail."""
        found: Status = await run_in_threadpool(board.read)
        html = _prefers_html(request.headers.get("accept", ""))
        return Response(
            page(found) if html else found.model_dump_json(),
            media_type="text/html; charset=utf-8" if html else "application/json",
            headers={
                "Cache-Control": f"public, max-age={int(FRESH_SECONDS)}",
                "Vary": "Accept",
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
                "X-Content-Type-Options": "nosniff",
            },
        )


def _prefers_html(accept: str) -> bool:
    """Whether `text/html` stands before JSON, as browsers send it."""
    kinds = [part.partition(";")[0].strip().lower() for part in accept.split(",")[:20]]
    return "text/html" in kinds and kinds.index("text/html") < (
        kinds.index("application/json") if "application/json" in kinds else len(kinds)
    )
