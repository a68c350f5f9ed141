"""Choosing photos, videos and documents: rows while they are on their way, small pictures once they are up."""

from collections.abc import Callable

import flet as ft

from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.ui.forms import icon_button, secondary_button
from client.ui.media import file_icon, file_size, play_sign
from client.ui.photo_desk import Photo, Photos, use_photos
from client.ui.text import body, caption
from shared.files import FileKind

__all__ = ["Photo", "Photos", "photo_picker", "use_photos"]

_TILE = 104
_ENDINGS = ["jpg", "jpeg", "png", "webp", "heic", "heif", "mp4", "mov", "3gp", "webm", "pdf"]


@ft.component
def photo_picker(photos: Photos, *, words: str | None = None) -> ft.Control:
    """Show the chosen files and the button that adds more."""
    services = use_services()
    t = services.text
    room = photos.limit - len(photos.items)
    tiles = [_tile(services, photo, photos.remove) for photo in photos.items if _pictured(photo)]
    rows = [_row(services, photo, photos) for photo in photos.items if not _pictured(photo)]
    add = secondary_button(
        words or t("photo.add"),
        None if room <= 0 else photos.open,
        icon=ft.Icons.ADD_A_PHOTO_OUTLINED,
        disabled=room <= 0,
        action=_pick(services, several=room > 1),
    )
    count = caption(t("photo.count", n=len(photos.items), max=photos.limit))
    foot = ft.Row([add, count], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    shown = ft.Row(tiles, wrap=True, spacing=Space.S, run_spacing=Space.S, visible=bool(tiles))
    stretch = ft.CrossAxisAlignment.STRETCH
    return ft.Column([shown, *rows, foot, caption(t("photo.kinds"))], spacing=Space.S, horizontal_alignment=stretch)


def _pick(services: Services, *, several: bool) -> ft.PickFiles:
    # The browser opens a file dialogue only within the tap itself, so the client does it, not this code.
    return ft.PickFiles(
        services.uploader.picker,
        file_type=ft.FilePickerFileType.CUSTOM,
        allowed_extensions=_ENDINGS,
        allow_multiple=several,
        cancel_upload_on_window_blur=False,
    )


def _pictured(photo: Photo) -> bool:
    return photo.file_id is not None and photo.kind is not FileKind.DOCUMENT


def _tile(services: Services, photo: Photo, remove: Callable[[int], None]) -> ft.Control:
    t = services.text
    face: ft.Control
    if photo.thumb is None:
        sign = ft.Icon(file_icon(photo.kind), color=Colour.QUIET)
        face = ft.Container(sign, width=_TILE, height=_TILE, alignment=ft.Alignment.CENTER)
        face = ft.Semantics(label=t("photo.done"), image=True, content=face)
    else:
        face = ft.Image(
            src=photo.thumb, width=_TILE, height=_TILE, fit=ft.BoxFit.COVER, semantics_label=t("photo.done")
        )
    parts: list[ft.Control] = [face]
    if photo.kind is FileKind.VIDEO:
        parts.append(play_sign(t, photo.seconds))
    button = ft.IconButton(
        icon=ft.Icons.CLOSE,
        icon_size=Size.ICON_S,
        bgcolor=Colour.CARD,
        tooltip=t("photo.remove", name=photo.name),
        on_click=lambda _: remove(photo.key),
    )
    parts.append(ft.Container(ft.MergeSemantics(content=button), right=0, top=0))
    return ft.Container(
        key=f"photo-{photo.key}",
        content=ft.Stack(parts, width=_TILE, height=_TILE),
        width=_TILE,
        height=_TILE,
        border_radius=Radius.M,
        bgcolor=Colour.SKELETON,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )


def _row(services: Services, photo: Photo, photos: Photos) -> ft.Control:
    """Show a file that is on its way, in trouble, or has no picture."""
    t = services.text
    ink, ground = tone_colours(_tone(photo))
    name = body(photo.name, max_lines=1, color=ink)
    name.overflow = ft.TextOverflow.ELLIPSIS
    said = ft.Semantics(live_region=True, content=caption(_said(services, photo), color=ink))
    lines: list[ft.Control] = [name, said]
    if photo.begun and not photo.offline and photo.file_id is None and photo.trouble is None:
        lines.append(ft.ProgressBar(value=photo.progress or None))
    parts: list[ft.Control] = [
        ft.Icon(_icon(photo), color=ink),
        ft.Column(lines, spacing=Space.XS, expand=True),
    ]
    if photo.again:
        retry = ft.TextButton(
            content=t("action.retry"),
            on_click=lambda _: photos.again(photo.key),
            action=_pick(services, several=False),
            height=Size.TARGET,
        )
        parts.append(retry)
    stop = "photo.cancel" if photo.file_id is None and photo.trouble is None else "photo.remove"
    parts.append(icon_button(ft.Icons.CLOSE, t(stop, name=photo.name), lambda _: photos.remove(photo.key), color=ink))
    return ft.Container(
        key=f"photo-{photo.key}",
        content=ft.Row(parts, spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.CENTER),
        padding=ft.Padding.only(left=Space.M, top=Space.S, bottom=Space.S, right=Space.XS),
        border_radius=Radius.M,
        bgcolor=ground,
    )


def _tone(photo: Photo) -> Tone:
    if photo.trouble is not None:
        return Tone.DANGER
    return Tone.WARNING if photo.offline else Tone.NEUTRAL


def _icon(photo: Photo) -> ft.IconData:
    if photo.trouble is not None:
        return ft.Icons.ERROR_OUTLINE
    return ft.Icons.CLOUD_OFF_OUTLINED if photo.offline else file_icon(photo.kind)


def _said(services: Services, photo: Photo) -> str:
    t = services.text
    if photo.trouble is not None:
        return photo.trouble
    size = file_size(t, photo.size)
    if photo.file_id is not None:
        return f"{size} · {t('photo.done')}"
    if photo.offline:
        return f"{size} · {t('photo.offline')}"
    state = t("photo.uploading", percent=round(photo.progress * 100)) if photo.begun else t("photo.waiting")
    return f"{size} · {state}"
