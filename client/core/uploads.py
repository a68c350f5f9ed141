"""Sending a picked file straight from the browser or device to the backend, with progress."""

import asyncio
from collections.abc import Awaitable, Callable
from mimetypes import guess_type
from typing import TYPE_CHECKING

import flet as ft

from client.core.api import OFFLINE, ApiError, new_key
from shared.errors import ErrorCode
from shared.files import FileDraft, FileTicket

if TYPE_CHECKING:
    from client.core.services import Services

Chooser = Callable[[ft.FilePickerResultEvent], Awaitable[None]]

_TIMEOUT_S = 300
_PHOTO_TYPES = {"heic": "image/heic", "heif": "image/heif", "webp": "image/webp", "avif": "image/avif"}


def content_type(name: str) -> str:
    """Guess what a file is from its name; the backend decides by its content."""
    ending = name.rsplit(".", 1)[-1].lower()
    return _PHOTO_TYPES.get(ending) or guess_type(name)[0] or "application/octet-stream"


class Uploader:
    """One person's file picker. Flet's events name files, not uploads, so files go up one after the other.

    There is one for the whole visit: Flet forgets a picker that a screen made for itself as soon as an older one is
    let go, and then its uploads are never heard of again.
    """

    def __init__(self, services: "Services") -> None:
        """Make the picker; the person's page must be the current one."""
        self._services = services
        self.picker = ft.FilePicker(on_result=self._picked, on_upload=self._heard)
        self.chooser: Chooser | None = None
        """Who gets the next choice: set by whoever offers the button, when it is pressed."""
        self._turn = asyncio.Lock()
        self._progress: Callable[[float], None] | None = None
        self._done: asyncio.Future[None] | None = None

    async def _picked(self, event: ft.FilePickerResultEvent) -> None:
        if self.chooser is not None:
            await self.chooser(event)

    async def send(self, file: ft.FilePickerFile, progress: Callable[[float], None]) -> FileTicket:
        """Send one picked file; `progress` gets 0.0 to 1.0. Raises ApiError."""
        draft = FileDraft(name=file.name[-255:], size=max(file.size, 1), content_type=content_type(file.name))
        ticket = await self._services.api.post("/files", FileTicket, draft, key=new_key())
        async with self._turn:
            self._progress = progress
            self._done = asyncio.get_running_loop().create_future()
            address = self._services.absolute(ticket.upload_url)
            try:
                await self.picker.upload([ft.FilePickerUploadFile(upload_url=address, method="PUT", id=file.id)])
                async with asyncio.timeout(_TIMEOUT_S):
                    await self._done
            except (RuntimeError, TimeoutError) as error:
                raise ApiError(OFFLINE, detail=str(error)) from error
            finally:
                self._progress = self._done = None
        return ticket

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
    """Tell an answer of the backend from a broken line; Flet hands on nothing but the status in words."""
    for status, code in (("415", ErrorCode.UNSUPPORTED_TYPE), ("413", ErrorCode.TOO_LARGE), ("422", ErrorCode.INVALID)):
        if status in error:
            return ApiError(code, detail=error)
    return ApiError(OFFLINE, detail=error)
