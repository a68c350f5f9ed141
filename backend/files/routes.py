"""The URLs of files. The upload itself is a stream: checked, capped and made again before a transaction opens."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from backend.core.access import Actor, Anyone, allow, problems, router
from backend.core.database import ReadingDep, SessionDep, database_of
from backend.core.errors import Malformed, TooLarge
from backend.core.idempotency import OnceDep
from backend.core.limits import limited
from backend.files import images, service
from shared.access import Permission
from shared.files import FileDraft, FileRef, FileTicket, Variant

routes = router("/files", "files")

Uploader = Annotated[Actor, allow(Permission.UPLOAD_FILES)]


@routes.post("", status_code=201, response_model=FileTicket, responses=problems(409))
def announce(
    request: Request,
    draft: FileDraft,
    actor: Uploader,
    _: Annotated[None, limited("upload")],
    once: OnceDep,
    session: SessionDep,
) -> Response:
    """Ask where to send a picture."""
    state = request.app.state
    return once.run(session, lambda: service.ticket(session, actor, draft, settings=state.settings, keys=state.keys))


class _Ticket:
    """The upload's gate: its address is checked before a byte of the body is read."""

    async def before(self, request: Request) -> None:
        """Raise BadTicket, or TooLarge for a body that says it is longer than was announced."""
        query = request.query_params
        try:
            file_id, expires = UUID(request.path_params["file_id"]), int(query.get("expires", "0"))
        except ValueError as error:
            raise service.BadTicket("not an upload address") from error
        service.check_ticket(file_id, expires, query.get("signature", ""), keys=request.app.state.keys)
        request.state.size = await run_in_threadpool(_announced, request, file_id)
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > request.state.size:
            raise TooLarge("longer than was announced")

    async def __call__(self, request: Request) -> int:
        """Return the announced size in bytes."""
        return int(request.state.size)


def _announced(request: Request, file_id: UUID) -> int:
    with database_of(request).reading() as session:
        return service.awaited(session, file_id)


@routes.put(
    "/{file_id}/content",
    status_code=201,
    responses=problems(415),
    openapi_extra={
        "requestBody": {"required": True, "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}}}
    },
)
async def upload(
    request: Request,
    file_id: UUID,
    _: Anyone,
    size: Annotated[int, Depends(_Ticket())],
    expires: Annotated[int, Query(ge=0, le=2**40)],  # noqa: ARG001 - the gate reads it; it stands here for OpenAPI
    signature: Annotated[str, Query(max_length=64)],  # noqa: ARG001 - likewise
) -> FileRef:
    """Send the raw bytes of a picture to the address that the ticket named."""
    async with _received(request, size) as path:
        picture = await run_in_threadpool(images.remake, path)
    return await run_in_threadpool(_store, request, file_id, picture)


def _store(request: Request, file_id: UUID, picture: images.Picture) -> FileRef:
    state = request.app.state
    with database_of(request).transaction() as session:
        return service.stored(session, state.storage, file_id, picture, pictures=state.pictures)


@asynccontextmanager
async def _received(request: Request, size: int) -> AsyncIterator[Path]:
    """Receive the body into a temporary file, never more than was announced."""
    with tempfile.NamedTemporaryFile(prefix="upload-") as file:
        got = 0
        async for chunk in request.stream():
            got += len(chunk)
            if got > size:
                raise TooLarge("longer than was announced")
            await run_in_threadpool(file.write, chunk)
        if got == 0:
            raise Malformed("the body is empty")
        file.flush()
        yield Path(file.name)


@routes.get(
    "/{file_id}",
    response_class=Response,
    responses={200: {"content": {images.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}},
)
def read(
    request: Request,
    file_id: UUID,
    actor: Anyone,
    session: ReadingDep,
    variant: Variant = Variant.LARGE,
    expires: Annotated[int, Query(ge=0, le=2**40)] = 0,
    signature: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Return a picture: a public one to anyone, a private one to its owner or to who has a signed address."""
    state = request.app.state
    public = service.may_read(session, actor, file_id, expires=expires, signature=signature, keys=state.keys)
    session.close()
    data = state.storage.get(service.blob(file_id, variant))
    keeps = "public, max-age=31536000, immutable" if public else "private, max-age=600"
    headers = {"Cache-Control": keeps, "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    return Response(data, media_type=images.MEDIA_TYPE, headers=headers)
