"""Sending a picked file straight from the browser or device to the backend, with progress."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from mimetypes import guess_type
from typing import TYPE_CHECKING

import flet as ft
from pydantic import ValidationError

from client.core.api import OFFLINE, ApiError, new_key
from shared.errors import Problem
from shared.files import FileDraft, FileTicket

if TYPE_CHECKING:
    from client.core.services import Services

Chooser = Callable[["list[Upload]"], Awaitable[None]]

_TIMEOUT_S = 300
_TYPES = {
    "heic": "image/heic",
    "heif": "image/heif",
    "webp": "image/webp",
    "avif": "image/avif",
    "3gp": "video/3gpp",
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "webm": "video/webm",
}


def content_type(name: str) -> str:
    """Guess what a file is from its name; the backend decides by its content."""
    ending = name.rsplit(".", 1)[-1].lower()
    return _TYPES.get(ending) or guess_type(name)[0] or "application/octet-stream"


@dataclass
class Upload:
    """One picked file and its ticket. `spent` means that the browser has let the file go: it can be sent only once."""

    picker: ft.FilePicker
    file: ft.FilePickerFile
    key: str = field(default_factory=new_key)
    ticket: FileTicket | None = None
    spent: bool = False

    def under(self, ticket: FileTicket | None) -> "Upload":
        """Return the same file, to be sent under a ticket that an earlier try got."""
        return replace(self, ticket=ticket)


class Uploader:
    """One person's file pickers. Flet's events name files, not uploads, so files go up one after the other.

    They live for the whole visit: Flet forgets a picker that a screen made for itself as soon as an older one is let
    go, and then its uploads are never heard of again. Each choice has a picker of its own, since the next choice in
    the same one makes the browser forget what still waits.
    """

    def __init__(self, services: "Services") -> None:
        """Make the first picker; the person's page must be the current one."""
        self._services = services
        self._pickers: list[ft.FilePicker] = []
        self.chooser: Chooser | None = None
        """Who gets the next choice: set by whoever offers the button, when it is pressed."""
        self._turn = asyncio.Lock()
        self._progress: Callable[[float], None] | None = None
        self._done: asyncio.Future[None] | None = None
        self._add_picker()

    @property
    def picker(self) -> ft.FilePicker:
        """The picker of the next choice."""
        return self._pickers[-1]

    def _add_picker(self) -> None:
        self._pickers.append(ft.FilePicker(on_result=self._picked, on_upload=self._heard))

    async def _picked(self, event: ft.FilePickerResultEvent) -> None:
        if not event.files:
            return
        self._add_picker()
        if self.chooser is not None:
            await self.chooser([Upload(event.control, file) for file in event.files])

    async def ticket(self, upload: Upload) -> FileTicket:
        """Return the upload's ticket; asks for it once, however often it is tried. Raises ApiError."""
        if upload.ticket is None:
            file = upload.file
            draft = FileDraft(name=file.name[-255:], size=max(file.size, 1), content_type=content_type(file.name))
            upload.ticket = await self._services.api.post("/files", FileTicket, draft, key=upload.key)
        return upload.ticket

    async def send(
        self, upload: Upload, progress: Callable[[float], None], wanted: Callable[[], bool]
    ) -> FileTicket | None:
        """Send one picked file when its turn comes; None when it is not `wanted` any more by then.

        `progress` gets 0.0 to 1.0. Raises ApiError; once the browser has begun, `upload.spent` is true.
        """
        async with self._turn:
            if not wanted():
                return None
            # Asked for right before: when nobody answers, the file is still with the browser, to be tried again.
            ticket = await self.ticket(upload)
            await self._put(upload, self._services.absolute(ticket.upload_url), progress)
        return ticket

    async def put(self, upload: Upload, address: str) -> None:
        """Send one picked file to an address that needs no ticket, when its turn comes. Raises ApiError."""
        async with self._turn:
            await self._put(upload, address, lambda _: None)

    async def _put(self, upload: Upload, address: str, progress: Callable[[float], None]) -> None:
        self._progress = progress
        self._done = asyncio.get_running_loop().create_future()
        upload.spent = True
        try:
            one = ft.FilePickerUploadFile(upload_url=address, method="PUT", id=upload.file.id)
            await upload.picker.upload([one])
            async with asyncio.timeout(_TIMEOUT_S):
                await self._done
        except (RuntimeError, TimeoutError) as error:
            raise ApiError(OFFLINE, detail=str(error)) from error
        finally:
            self._progress = self._done = None

    def _heard(self, event: ft.FilePickerUploadEvent) -> None:
        if self._done is None or self._done.done():
            return
        if event.error is not None:
            self._done.set_exception(_refused(event.error))
        elif event.progress is not None:
            if self._progress is not None:
                self._progress(event.progress)
            if event.progress >= 1:
                self._done.set_result(None)


def _refused(error: str) -> ApiError:
    """Tell an answer of the backend from a broken line: Flet hands on the body of an answer within its own words."""
    begin = error.find("{")
    if begin < 0:
        return ApiError(OFFLINE, detail=error)
    try:
        problem = Problem.model_validate_json(error[begin:])
    except ValidationError:
        return ApiError(OFFLINE, detail=error)
    return ApiError(problem.code, problem)
