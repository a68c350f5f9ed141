"""The URLs of files. The upload itself is a stream: checked, capped and made again before a transaction opens."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from backend.core.access import Actor, Anyone, allow, problems, router
from backend.core.database import ReadingDep, SessionDep, database_of
from backend.core.errors import Malformed, TooLarge
from backend.core.idempotency import OnceDep
from backend.core.limits import limited
from backend.core.storage import Storage
from backend.files import documents, images, ranges, service, videos
from backend.files.kinds import HEAD_BYTES, MOST_BYTES, Format, tell
from backend.files.names import attachment
from backend.files.workshop import Made, Workshop
from shared.access import Permission
from shared.files import FileDraft, FileInfo, FileRef, FileTicket, Variant

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
    """Ask where to send a file."""
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
        "requestBody": {"required": True, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
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
    """Send the raw bytes of a picture, a video or a PDF to the address that the ticket named."""
    workshop: Workshop = request.app.state.workshop
    async with _received(request, size) as (path, form):
        made = await workshop.remake(path, form)
        return await run_in_threadpool(_store, request, file_id, made)


def _store(request: Request, file_id: UUID, made: Made) -> FileRef:
    state = request.app.state
    parked = service.park(state.storage, file_id, made)
    try:
        with database_of(request).transaction() as session:
            return service.stored(session, state.storage, file_id, made, parked=parked, pictures=state.pictures)
    except BaseException:
        if parked is not None:
            state.storage.delete(parked)
        raise


@asynccontextmanager
async def _received(request: Request, size: int) -> AsyncIterator[tuple[Path, Format]]:
    """Receive the body into a folder of its own: never more than was announced, nor than its kind may have."""
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / "received"
        head, got, form = b"", 0, None
        with path.open("wb") as file:
            async for chunk in request.stream():
                got += len(chunk)
                if form is None:
                    head += chunk[:HEAD_BYTES]
                    form = tell(head) if len(head) >= HEAD_BYTES else None
                if got > size or (form is not None and got > MOST_BYTES[form.kind]):
                    raise TooLarge("longer than was announced, or than this kind may be")
                await run_in_threadpool(file.write, chunk)
        if got == 0:
            raise Malformed("the body is empty")
        yield path, form or tell(head)


@routes.get("/{file_id}/info")
def info(request: Request, file_id: UUID, actor: Uploader, session: ReadingDep) -> FileInfo:
    """Return, to its owner alone, whether an upload has arrived and where a picture says that it was taken."""
    return service.info(session, actor, file_id, pictures=request.app.state.pictures)


_BYTES = {"schema": {"type": "string", "format": "binary"}}
_CONTENT = {kind: _BYTES for kind in (images.MEDIA_TYPE, *videos.MEDIA_TYPES.values(), documents.MEDIA_TYPE)}


@routes.get(
    "/{file_id}",
    response_class=Response,
    responses={200: {"content": _CONTENT}, 206: {"content": _CONTENT}, **problems(416)},
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
    """Return a file in one form: a public one to anyone, a private one to its owner or to who has a signed address."""
    state = request.app.state
    found = service.reading(session, actor, file_id, variant, expires=expires, signature=signature, keys=state.keys)
    session.close()
    keeps = "public, max-age=31536000, immutable" if found.public else "private, max-age=600"
    headers = {"Cache-Control": keeps, "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    if variant is not Variant.ORIGINAL:
        return Response(state.storage.get(found.blob), media_type=found.media_type, headers=headers)
    if found.name:
        headers["Content-Disposition"] = attachment(found.name)
    else:
        # A player of an origin of its own could not read the film that it stands in. Scripts stay off.
        headers |= {"Content-Disposition": "inline", "Content-Security-Policy": "sandbox allow-same-origin"}
    return _original(request, state.storage, found, headers)


def _original(request: Request, storage: Storage, found: service.Reading, headers: dict[str, str]) -> Response:
    """Return an original, or the part of it that a player asks for, as it comes from the storage."""
    # What is stored never changes, so its name is its version.
    version = f'"{found.blob.rpartition("/")[0].rpartition("/")[2]}"'
    asked = request.headers.get("range") if request.headers.get("if-range") in (None, version) else None
    part = ranges.wanted(asked, found.size)
    begin, end = part or (0, found.size)
    headers |= {"Accept-Ranges": "bytes", "Content-Length": str(end - begin), "ETag": version}
    if part is not None:
        headers["Content-Range"] = f"bytes {begin}-{end - 1}/{found.size}"
    return StreamingResponse(
        storage.parts(found.blob, begin, end),
        status_code=206 if part is not None else 200,
        media_type=found.media_type,
        headers=headers,
    )
