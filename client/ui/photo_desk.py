"""What becomes of chosen files: sent one by one, waiting for the network, asked for when a reply was lost."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast
from uuid import UUID

import flet as ft

from client.core.api import OFFLINE, ApiError
from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.services import Services
from client.core.uploads import Upload, content_type
from shared.errors import ErrorCode
from shared.files import (
    MAX_DOCUMENT_BYTES,
    MAX_IMAGE_BYTES,
    MAX_VIDEO_BYTES,
    FileInfo,
    FileKind,
    Position,
)

_RETRY_S = 3
_STILL_AT_WORK = 3
"""How often an upload whose reply was lost is asked for: the server may still be at work on it."""

_MOST = {
    FileKind.IMAGE: MAX_IMAGE_BYTES,
    FileKind.VIDEO: MAX_VIDEO_BYTES,
    FileKind.DOCUMENT: MAX_DOCUMENT_BYTES,
}
# What another file of the same name would not change; all else may go better the next time.
_FOR_GOOD = {
    ErrorCode.UNSUPPORTED_TYPE,
    ErrorCode.TOO_LARGE,
    ErrorCode.IMAGE_UNREADABLE,
    ErrorCode.IMAGE_TOO_BIG,
    ErrorCode.VIDEO_TOO_LONG,
    ErrorCode.VIDEO_UNREADABLE,
    ErrorCode.DOCUMENT_UNREADABLE,
    ErrorCode.INVALID,
}
_AWAY = {OFFLINE, ErrorCode.UNAVAILABLE}


@dataclass(frozen=True)
class Photo:
    """One chosen file: on its way (`progress` below 1), uploaded (`file_id`), or in trouble (`trouble`, in words).

    `offline` means that it waits for the network and goes on by itself; `again` that it may be tried again, for which
    the browser asks for the file once more. `position` is where a picture was taken.
    """

    key: int
    name: str
    progress: float = 0.0
    file_id: UUID | None = None
    thumb: bytes | None = None
    trouble: str | None = None
    kind: FileKind = FileKind.IMAGE
    size: int = 0
    seconds: float | None = None
    position: Position | None = None
    begun: bool = False
    offline: bool = False
    again: bool = False


@dataclass(frozen=True)
class Photos:
    """The chosen files. `file_ids` go into a draft; `busy` means that one is still on its way.

    `again(key)` makes the next choice of the picker another try of this file.
    """

    items: tuple[Photo, ...]
    limit: int
    open: Callable[[], None]
    remove: Callable[[int], None]
    clear: Callable[[], None]
    again: Callable[[int], None]

    @property
    def file_ids(self) -> list[UUID]:
        """The ids of what has been uploaded."""
        return [photo.file_id for photo in self.items if photo.file_id is not None]

    @property
    def busy(self) -> bool:
        """Whether something is still going up."""
        return any(photo.file_id is None and photo.trouble is None for photo in self.items)

    @property
    def position(self) -> Position | None:
        """Where the first picture that knows it was taken."""
        return next((photo.position for photo in self.items if photo.position is not None), None)


def use_photos(limit: int, initial: Sequence[str] = (), on_change: Callable[[list[str]], None] | None = None) -> Photos:
    """Return files to choose and upload, at most `limit`.

    `initial` are ids of files uploaded before (from a draft); `on_change` gets the ids after every change, for the
    draft.
    """
    services = use_services()
    items, set_items = ft.use_state(cast("tuple[Photo, ...]", ()))
    desk = use_kept(lambda: _Desk(services))
    desk.show, desk.limit, desk.told = set_items, limit, on_change

    ft.use_effect(lambda: desk.restore(initial), [tuple(initial)])
    return Photos(items, limit, desk.open, desk.remove, desk.clear, desk.again)


class _Desk:
    """What handles one choice of files across drawings of the screen."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.show: Callable[[tuple[Photo, ...]], None] = lambda _: None
        self.told: Callable[[list[str]], None] | None = None
        self.limit = 1
        self.items: tuple[Photo, ...] = ()
        self.next_key = 1
        self.uploads: dict[int, Upload] = {}

    def restore(self, ids: Sequence[str]) -> None:
        """Show again what was uploaded before the screen went away."""
        if self.items or not ids:
            return
        self._set(tuple(Photo(self._key(), "", 1.0, UUID(each)) for each in ids[: self.limit]), tell=False)
        for photo in self.items:
            self.services.page.run_task(self._look, photo.key, photo.file_id)

    def open(self) -> None:
        """Take what is chosen next."""
        self.services.uploader.chooser = self.picked

    def again(self, key: int) -> None:
        """Take what is chosen next as another try of this file."""
        self.services.uploader.chooser = partial(self._picked_again, key)

    async def picked(self, chosen: list[Upload]) -> None:
        """Send up what was chosen, as far as there is room; say so when there was not."""
        room = max(self.limit - len(self.items), 0)
        if len(chosen) > room:
            self.services.tell(self.services.text("photo.only", max=self.limit))
        added = [(self._photo(each), each) for each in chosen[:room]]
        self.uploads |= {photo.key: each for photo, each in added}
        self._set((*self.items, *(photo for photo, _ in added)))
        await asyncio.gather(*(self._send(photo.key) for photo, _ in added if photo.trouble is None))

    async def _picked_again(self, key: int, chosen: list[Upload]) -> None:
        before = self.uploads.get(key)
        if before is None or not self._there(key):
            return
        same = chosen[0].file.size == before.file.size
        self.uploads[key] = chosen[0].under(before.ticket if same else None)
        fresh = replace(self._photo(chosen[0]), key=key)
        self._set(tuple(fresh if photo.key == key else photo for photo in self.items))
        # The earlier try may have arrived after all.
        if fresh.trouble is None and not (same and await self._arrived(key, times=1)):
            await self._send(key)

    def remove(self, key: int) -> None:
        """Take a file out; what is on its way is used by nothing, and swept by the server."""
        self.uploads.pop(key, None)
        self._set(tuple(photo for photo in self.items if photo.key != key))

    def clear(self) -> None:
        """Take all files out: they have been sent."""
        self.uploads.clear()
        self._set(())

    def _photo(self, upload: Upload) -> Photo:
        file = upload.file
        kind = _kind(file.name)
        return Photo(self._key(), file.name, trouble=self._wrong(file), kind=kind or FileKind.IMAGE, size=file.size)

    async def _send(self, key: int) -> None:
        """Send a file up; wait for the network as long as the browser still has the file."""

        def progress(share: float) -> None:
            self._change(key, progress=share, begun=True, offline=False)

        while self._there(key):
            upload = self.uploads[key]
            try:
                ticket = await self.services.uploader.send(upload, progress, lambda: self._there(key))
            except ApiError as error:
                if error.code in _AWAY and not upload.spent:
                    self._change(key, offline=True)
                    await asyncio.sleep(_RETRY_S)
                    continue
                await self._failed(key, error)
                return
            if ticket is not None:
                await self._look(key, ticket.id)
            return

    async def _failed(self, key: int, error: ApiError) -> None:
        """Say what is wrong, unless only the reply was lost."""
        if error.code not in _FOR_GOOD and await self._arrived(key, times=_STILL_AT_WORK):
            return
        if error.code == ErrorCode.TICKET_INVALID and key in self.uploads:
            # Too old, and nothing came under it: the next try asks for another.
            self.uploads[key].ticket = None
        t = self.services.text
        words = t("photo.broken") if error.code in _AWAY else t.error(error)
        self._change(key, trouble=words, offline=False, again=error.code not in _FOR_GOOD)

    async def _arrived(self, key: int, *, times: int) -> bool:
        """Whether the file is stored already; waits while the backend is away."""
        while self._there(key) and times > 0:
            ticket = self.uploads[key].ticket
            if ticket is None:
                return False
            try:
                info = await self.services.api.get(f"/files/{ticket.id}/info", FileInfo)
            except ApiError as error:
                if error.code not in _AWAY:
                    return False
                self._change(key, offline=True)
            else:
                times -= 1
                if info.stored:
                    await self._look(key, ticket.id)
                    return True
            if times > 0:
                await asyncio.sleep(_RETRY_S)
        return False

    async def _look(self, key: int, file_id: UUID | None) -> None:
        """Note that a file is stored, and find out what it looks like and where it was taken."""
        self.uploads.pop(key, None)
        if any(photo.key == key and photo.file_id != file_id for photo in self.items):
            self._change(key, progress=1.0, file_id=file_id, offline=False, trouble=None, again=False)
        api = self.services.api
        try:
            info = await api.get(f"/files/{file_id}/info", FileInfo)
            self._know(key, info)
            if info.file is not None and info.file.thumb_url is not None:
                self._change(key, thumb=await api.get_bytes(f"/files/{file_id}", params={"variant": "thumb"}))
        except ApiError:
            return

    def _know(self, key: int, info: FileInfo) -> None:
        self._change(key, position=info.position)
        if info.file is not None:
            self._change(key, kind=info.file.kind, seconds=info.file.seconds, size=info.file.size)
            if info.file.name:
                self._change(key, name=info.file.name)

    def _wrong(self, file: ft.FilePickerFile) -> str | None:
        t, kind = self.services.text, _kind(file.name)
        if kind is None:
            return t("photo.wrong_type")
        if file.size > _MOST[kind]:
            return t("photo.too_large", mb=_MOST[kind] // 1024**2)
        return None

    def _there(self, key: int) -> bool:
        return key in self.uploads

    def _key(self) -> int:
        self.next_key += 1
        return self.next_key

    def _change(self, key: int, **change: Any) -> None:
        self._set(
            tuple(replace(photo, **change) if photo.key == key else photo for photo in self.items),
            tell="file_id" in change,
        )

    def _set(self, items: tuple[Photo, ...], *, tell: bool = True) -> None:
        self.items = items
        self.show(items)
        if tell and self.told is not None:
            self.told([str(photo.file_id) for photo in items if photo.file_id is not None])


def _kind(name: str) -> FileKind | None:
    """Return what a file is taken for by its name, None for what is not taken."""
    said = content_type(name)
    if said == "application/pdf":
        return FileKind.DOCUMENT
    kinds = {"image": FileKind.IMAGE, "video": FileKind.VIDEO}
    return kinds.get(said.partition("/")[0])
