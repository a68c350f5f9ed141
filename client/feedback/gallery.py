"""Photos, videos and documents of a report: small ones in a row, and the large one when tapped."""

from collections.abc import Callable, Sequence
from functools import partial

import flet as ft

from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Radius, Space
from client.ui.forms import link_button
from client.ui.media import document_row, picture, video_tile
from client.ui.pressing import one_button
from client.ui.text import caption
from shared.files import FileKind, FileRef

_HEIGHT = 160
_HEIGHT_ALONE = 220


@ft.component
def gallery(files: Sequence[FileRef], name: str, *, height: int = _HEIGHT_ALONE) -> ft.Control:
    """Show photos and videos in a row that moves sideways, one alone as wide as the column; documents below."""
    services = use_services()
    opened, open_one = ft.use_state(-1)
    seen = [file for file in files if file.kind is not FileKind.DOCUMENT]
    viewer = _viewer(services, seen[opened], name, lambda: open_one(-1)) if 0 <= opened < len(seen) else None
    ft.use_dialog(viewer)
    tiles = [
        _tile(
            services,
            file,
            _name(services, name, n, len(seen)),
            partial(open_one, n),
            height if len(seen) == 1 else None,
        )
        for n, file in enumerate(seen)
    ]
    parts: list[ft.Control] = []
    if tiles:
        parts.append(tiles[0] if len(tiles) == 1 else ft.Row(tiles, spacing=Space.S, scroll=ft.ScrollMode.AUTO))
    parts += [document_row(services, file) for file in files if file.kind is FileKind.DOCUMENT]
    return (
        parts[0]
        if len(parts) == 1
        else ft.Column(parts, spacing=Space.S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    )


@ft.component
def before_and_after(before: FileRef, after: FileRef, names: tuple[str, str]) -> ft.Control:
    """Show the sender's photo beside the one of the result; each grows when tapped."""
    halves: list[ft.Control] = [
        ft.Column(
            [gallery([file], name, height=_HEIGHT), caption(name)],
            spacing=Space.XS,
            expand=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
        for file, name in zip((before, after), names, strict=True)
    ]
    return ft.Row(halves, spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START)


def _name(services: Services, name: str, n: int, total: int) -> str:
    return name if total == 1 else services.text("feedback.picture_n", n=n + 1, total=total)


def _tile(
    services: Services, file: FileRef, name: str, press: Callable[[], None], height_alone: int | None
) -> ft.Control:
    if file.kind is FileKind.VIDEO:
        width = None if height_alone is not None else _HEIGHT
        return video_tile(services, file, name, width=width, height=height_alone or _HEIGHT)
    words = services.text("feedback.picture_open", name=name)
    if height_alone is None:
        face = picture(services, file.thumb_url, name, height=_HEIGHT, width=_HEIGHT)
    else:
        face = picture(services, file.large_url, name, height=height_alone, width=float("inf"))
    box = ft.Container(face, border_radius=Radius.M, clip_behavior=ft.ClipBehavior.ANTI_ALIAS)
    return one_button(words, box, press)


def _viewer(services: Services, file: FileRef, name: str, close: Callable[[], None]) -> ft.AlertDialog:
    large = picture(services, file.large_url, name, fit=ft.BoxFit.CONTAIN)
    return ft.AlertDialog(
        content=ft.InteractiveViewer(content=large, max_scale=5),
        content_padding=Space.S,
        inset_padding=Space.L,
        actions=[link_button(services.text("action.close"), close)],
        on_dismiss=lambda _: close(),
    )
