"""Pictures: one with a placeholder, several in a row, before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space
from client.ui.text import caption


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
