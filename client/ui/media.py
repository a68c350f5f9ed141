"""Pictures: one with a placeholder, several in a row, before and after; signs of videos and documents."""

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space
from client.ui.pressing import one_button
from client.ui.text import caption, label, title
from shared.files import FileKind, FileRef


def named_icon(name: str, default: ft.IconData = ft.Icons.IMAGE_OUTLINED) -> ft.IconData:
    """Return the Material icon of a name such as `water_drop`; an installation may name what Flet lacks."""
    icon = getattr(ft.Icons, name.upper(), None)
    return icon if isinstance(icon, ft.IconData) else default


def picture(
    services: Services,
    url: str | None,
    name: str,
    *,
    height: float | None = None,
    width: float | None = None,
    radius: int = Radius.M,
    icon: ft.IconData = ft.Icons.IMAGE_OUTLINED,
    fit: ft.BoxFit = ft.BoxFit.COVER,
    expand: bool = False,
) -> ft.Control:
    """Show a picture of the API (`url` may be root-relative), or a sign where there is none. `name` is read out.

    With a height and no width it is as wide as its place, which must not be a row without end.
    """
    if width is None and height is not None and not expand:
        width = float("inf")
    blank = ft.Container(
        content=ft.Icon(icon, color=ft.Colors.OUTLINE, size=Size.ICON_L),
        bgcolor=Colour.SKELETON,
        alignment=ft.Alignment.CENTER,
        border_radius=radius,
        width=width,
        height=height,
        expand=expand or None,
    )
    if not url:
        return ft.Semantics(label=name, image=True, exclude_semantics=True, content=blank, expand=expand or None)
    return ft.Image(
        src=services.absolute(url),
        error_content=blank,
        fit=fit,
        width=width,
        height=height,
        border_radius=radius,
        semantics_label=name,
        expand=expand or None,
        fade_in_animation=ft.Animation(150),
    )


_ICONS = {
    FileKind.IMAGE: ft.Icons.IMAGE_OUTLINED,
    FileKind.VIDEO: ft.Icons.MOVIE_OUTLINED,
    FileKind.DOCUMENT: ft.Icons.PICTURE_AS_PDF_OUTLINED,
}


def file_icon(kind: FileKind) -> ft.IconData:
    """Return the sign of a kind of file."""
    return _ICONS[kind]


def file_size(t: Text, size: int) -> str:
    """Return a size in bytes as people say it: `340 KB`, `2,4 MB`."""
    if size < 1024**2:
        return f"{max(1, round(size / 1024))} KB"
    return t("photo.megabytes", whole=size // 1024**2, tenth=size * 10 // 1024**2 % 10)


def play_length(seconds: float | None) -> str:
    """Return a video's length as players show it: `0:07`, `2:41`; empty when it is not known."""
    return "" if seconds is None else f"{round(seconds) // 60}:{round(seconds) % 60:02d}"


def play_sign(t: Text, seconds: float | None) -> ft.Control:
    """Show over a poster that it plays, and how long: to be laid into a stack, at its foot."""
    words = play_length(seconds)
    parts: list[ft.Control] = [ft.Icon(ft.Icons.PLAY_ARROW, size=Size.ICON_S, color=Colour.QUIET)]
    if words:
        parts.append(label(words, color=Colour.QUIET))
    return ft.Container(
        ft.Semantics(label=t("photo.video", length=words), exclude_semantics=True, content=ft.Row(parts, spacing=0)),
        left=Space.XS,
        bottom=Space.XS,
        bgcolor=Colour.CARD,
        border_radius=Radius.PILL,
        padding=ft.Padding.only(left=Space.XS, right=Space.S),
    )


def document_row(services: Services, file: FileRef) -> ft.Control:
    """Show a document with its name and size; it opens in the browser or the device's own reader."""
    t = services.text
    words = ft.Column(
        [title(file.name, small=True, max_lines=2), caption(file_size(t, file.size))], spacing=0, expand=True
    )
    return ft.OutlinedButton(
        content=ft.Row([ft.Icon(file_icon(FileKind.DOCUMENT)), words, ft.Icon(ft.Icons.DOWNLOAD)], spacing=Space.M),
        tooltip=t("photo.open_document", name=file.name),
        style=ft.ButtonStyle(
            shape=ft.RoundedRectangleBorder(radius=Radius.M),
            side=ft.BorderSide(1, Colour.CARD_BORDER),
            bgcolor=Colour.CARD,
            padding=Space.M,
        ),
        on_click=_nothing,
        action=ft.OpenUrl(services.absolute(file.url), target=ft.UrlTarget.BLANK),
    )


def video_tile(services: Services, file: FileRef, name: str, *, width: float | None, height: float) -> ft.Control:
    """Show a video's poster with a play sign and its length; it plays in the browser's own player.

    With no width it is as wide as its place.
    """
    t = services.text
    poster = picture(services, file.large_url, name, width=float("inf") if width is None else width, height=height)
    words = t("photo.play", name=name, length=play_length(file.seconds))
    sign = ft.Container(
        ft.Icon(ft.Icons.PLAY_CIRCLE, size=Size.ICON_XL, color=Colour.CARD),
        alignment=ft.Alignment.CENTER,
        left=0,
        right=0,
        top=0,
        bottom=0,
    )
    face = ft.Stack([poster, sign, play_sign(t, file.seconds)], height=height, width=width)
    box = ft.Container(
        face,
        url=ft.Url(services.absolute(file.url), target=ft.UrlTarget.BLANK),
        ink=True,
        border_radius=Radius.M,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )
    return one_button(words, box)


def _nothing() -> None:
    """A button without a handler is drawn as one that cannot be pressed."""


@dataclass(frozen=True)
class Shot:
    """A picture with its address and the words below it."""

    url: str | None
    words: str


def before_after(services: Services, before: Shot, after: Shot, *, height: int = 140) -> ft.Control:
    """Show two pictures side by side, so that the difference is seen."""

    def half(shot: Shot) -> ft.Control:
        photo = picture(services, shot.url, shot.words, height=height, width=float("inf"))
        return ft.Column(
            [photo, caption(shot.words)],
            spacing=Space.XS,
            expand=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )

    return ft.Row([half(before), half(after)], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START)


def picture_row(services: Services, shots: Sequence[Shot], *, size: int = 140) -> ft.Control:
    """Show pictures in a row that moves sideways."""
    return ft.Row(
        [picture(services, shot.url, shot.words, height=size, width=size) for shot in shots],
        spacing=Space.S,
        scroll=ft.ScrollMode.AUTO,
    )
