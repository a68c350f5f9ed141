"""Choosing photos: a preview of each, its progress, its trouble, and a way to take it out again."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

import flet as ft

from client.core.api import ApiError
from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.core.uploads import content_type
from client.ui.forms import secondary_button
from client.ui.text import caption, label
from shared.files import MAX_IMAGE_BYTES, Position

_TILE = 104
# Without HEIC in the list an iPhone hands over JPEG, which every office can open.
_ENDINGS = ["jpg", "jpeg", "png", "webp"]


@dataclass(frozen=True)
class Photo:
    """One chosen photo: on its way (`progress` below 1), uploaded (`file_id`), or in trouble (`trouble`, in words)."""

    key: int
    name: str
    progress: float = 0.0
    file_id: UUID | None = None
    thumb: bytes | None = None
    trouble: str | None = None


@dataclass(frozen=True)
class Photos:
    """The chosen photos. `file_ids` go into a draft; `busy` means that one is still on its way.

    `position` is where one of them was taken, as far as it says so.
    """

    items: tuple[Photo, ...]
    limit: int
    open: Callable[[], None]
    remove: Callable[[int], None]
    clear: Callable[[], None]
    position: Position | None = None

    @property
    def file_ids(self) -> list[UUID]:
        """The ids of what has been uploaded."""
        return [photo.file_id for photo in self.items if photo.file_id is not None]

    @property
    def busy(self) -> bool:
        """Whether something is still going up."""
        return any(photo.file_id is None and photo.trouble is None for photo in self.items)


def use_photos(limit: int, initial: Sequence[str] = (), on_change: Callable[[list[str]], None] | None = None) -> Photos:
    """Return photos to choose and upload, at most `limit`.

    `initial` are ids of files uploaded before (from a draft); `on_change` gets the ids after every change, for the
    draft.
    """
    services = use_services()
    items, set_items = ft.use_state(cast("tuple[Photo, ...]", ()))
    desk = use_kept(lambda: _Desk(services))
    desk.show, desk.limit, desk.told = set_items, limit, on_change

    ft.use_effect(lambda: desk.restore(initial), [tuple(initial)])
    return Photos(items, limit, desk.open, desk.remove, desk.clear)


class _Desk:
    """What handles one choice of photos across drawings of the screen."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.show: Callable[[tuple[Photo, ...]], None] = lambda _: None
        self.told: Callable[[list[str]], None] | None = None
        self.limit = 1
        self.items: tuple[Photo, ...] = ()
        self.next_key = 1

    def restore(self, ids: Sequence[str]) -> None:
        """Show again what was uploaded before the screen went away."""
        if self.items or not ids:
            return
        self._set(tuple(Photo(self._key(), "", 1.0, UUID(each)) for each in ids[: self.limit]), tell=False)
        for photo in self.items:
            self.services.page.run_task(self._fetch_thumb, photo)

    def open(self) -> None:
        """Take what is chosen next."""
        self.services.uploader.chooser = self.picked

    async def picked(self, event: ft.FilePickerResultEvent) -> None:
        """Send up what was chosen, as far as there is room."""
        chosen = event.files[: max(self.limit - len(self.items), 0)]
        added = [(Photo(self._key(), file.name, trouble=self._wrong(file)), file) for file in chosen]
        self._set((*self.items, *(photo for photo, _ in added)))
        await asyncio.gather(*(self._send(photo, file) for photo, file in added if photo.trouble is None))

    def remove(self, key: int) -> None:
        """Take a photo out."""
        self._set(tuple(photo for photo in self.items if photo.key != key))

    def clear(self) -> None:
        """Take all photos out: they have been sent."""
        self._set(())

    async def _send(self, photo: Photo, file: ft.FilePickerFile) -> None:
        def progress(share: float) -> None:
            self._change(photo.key, progress=share)

        try:
            ticket = await self.services.uploader.send(file, progress)
        except ApiError as error:
            self._change(photo.key, trouble=self.services.text.error(error))
            return
        self._change(photo.key, progress=1.0, file_id=ticket.id)
        await self._fetch_thumb(replace(photo, file_id=ticket.id))

    async def _fetch_thumb(self, photo: Photo) -> None:
        try:
            thumb = await self.services.api.get_bytes(f"/files/{photo.file_id}", params={"variant": "thumb"})
        except ApiError:
            return
        self._change(photo.key, thumb=thumb)

    def _wrong(self, file: ft.FilePickerFile) -> str | None:
        t = self.services.text
        if not content_type(file.name).startswith("image/"):
            return t("photo.wrong_type")
        if file.size > MAX_IMAGE_BYTES:
            return t("photo.too_large", mb=MAX_IMAGE_BYTES // 1024**2)
        return None

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


@ft.component
def photo_picker(photos: Photos, *, words: str | None = None) -> ft.Control:
    """Show the chosen photos and the button that adds more."""
    services = use_services()
    t = services.text
    room = photos.limit - len(photos.items)
    tiles = [_tile(services, photo, photos.remove) for photo in photos.items]
    add = secondary_button(
        words or t("photo.add"),
        None if room <= 0 else photos.open,
        icon=ft.Icons.ADD_A_PHOTO_OUTLINED,
        disabled=room <= 0,
        # The browser opens a file dialogue only within the tap itself, so the client does it, not this code.
        action=ft.PickFiles(
            services.uploader.picker,
            file_type=ft.FilePickerFileType.CUSTOM,
            allowed_extensions=_ENDINGS,
            allow_multiple=room > 1,
            cancel_upload_on_window_blur=False,
        ),
    )
    count = caption(t("photo.count", n=len(photos.items), max=photos.limit))
    foot = ft.Row([add, count], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    row = ft.Row(tiles, wrap=True, spacing=Space.S, run_spacing=Space.S, visible=bool(tiles))
    return ft.Column([row, foot], spacing=Space.S)


def _tile(services: Services, photo: Photo, remove: Callable[[int], None]) -> ft.Control:
    t = services.text
    if photo.thumb is not None:
        face: ft.Control = ft.Image(
            src=photo.thumb, width=_TILE, height=_TILE, fit=ft.BoxFit.COVER, semantics_label=t("photo.done")
        )
    else:
        face = _waiting(services, photo)
    button = ft.IconButton(
        icon=ft.Icons.CLOSE,
        icon_size=Size.ICON_S,
        bgcolor=Colour.CARD,
        tooltip=t("photo.remove", name=photo.name),
        on_click=lambda _: remove(photo.key),
    )
    close = ft.Container(ft.MergeSemantics(content=button), right=0, top=0)
    return ft.Container(
        key=f"photo-{photo.key}",
        content=ft.Stack([face, close], width=_TILE, height=_TILE),
        width=_TILE,
        height=_TILE,
        border_radius=Radius.M,
        bgcolor=Colour.SKELETON,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )


def _waiting(services: Services, photo: Photo) -> ft.Control:
    t = services.text
    if photo.trouble is not None:
        ink, ground = tone_colours(Tone.DANGER)
        words: list[ft.Control] = [ft.Icon(ft.Icons.ERROR_OUTLINE, color=ink), caption(photo.trouble, color=ink)]
    else:
        ground = ft.Colors.SURFACE_CONTAINER_HIGH
        done = photo.file_id is not None
        said = t("photo.done") if done else t("photo.uploading", percent=round(photo.progress * 100))
        words = [ft.Icon(ft.Icons.IMAGE_OUTLINED, color=Colour.QUIET), label(said, max_lines=2)]
        if not done:
            words.append(ft.ProgressBar(value=photo.progress or None, width=_TILE - Space.XL))
    return ft.Container(
        content=ft.Column(words, alignment=ft.MainAxisAlignment.END, spacing=Space.XS),
        width=_TILE,
        height=_TILE,
        padding=Space.S,
        bgcolor=ground,
    )
