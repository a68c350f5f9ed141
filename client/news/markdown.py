"""The body of an article: Markdown in the colours and the measure of the application."""

import flet as ft

from client.core.services import Services
from client.core.theme import EASY_SCALE, Colour, Radius, Space

SIZES = (1.0, 1.2, 1.45)
"""How much larger the text may be made, step by step."""

_TEXT, _SMALL, _HEADS = 17, 15, (24, 20, 18)


def article_body(services: Services, text: str, scale: float) -> ft.Control:
    """Show Markdown, `scale` times as large as usual."""
    return ft.Markdown(
        value=text,
        selectable=True,
        extension_set=ft.MarkdownExtensionSet.GITHUB_WEB,
        md_style_sheet=_style(scale * (EASY_SCALE if services.preferences.easy else 1)),
        auto_follow_links=True,
        auto_follow_links_target=ft.UrlTarget.BLANK,
        fit_content=True,
    )


def open_link(url: str | None) -> ft.OpenUrl | None:
    """Return what opens an address in a new tab; None for what is no web address."""
    if not url or not url.startswith(("https://", "http://")):
        return None
    return ft.OpenUrl(url, target=ft.UrlTarget.BLANK)


def _style(scale: float) -> ft.MarkdownStyleSheet:
    def style(size: int, *, bold: bool = False, color: ft.ColorValue = ft.Colors.ON_SURFACE) -> ft.TextStyle:
        weight = ft.FontWeight.W_600 if bold else ft.FontWeight.W_400
        return ft.TextStyle(size=round(size * scale), height=1.35 if bold else 1.6, weight=weight, color=color)

    return ft.MarkdownStyleSheet(
        p_text_style=style(_TEXT),
        list_bullet_text_style=style(_TEXT),
        h1_text_style=style(_HEADS[0], bold=True),
        h2_text_style=style(_HEADS[1], bold=True),
        h3_text_style=style(_HEADS[2], bold=True),
        a_text_style=ft.TextStyle(color=ft.Colors.PRIMARY, decoration=ft.TextDecoration.UNDERLINE),
        blockquote_text_style=style(_TEXT, color=Colour.QUIET),
        blockquote_padding=Space.L,
        blockquote_decoration=ft.BoxDecoration(
            bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH, border_radius=ft.BorderRadius.all(Radius.S)
        ),
        table_head_text_style=style(_SMALL, bold=True),
        table_body_text_style=style(_SMALL),
        table_cells_padding=ft.Padding.all(Space.S),
        block_spacing=Space.L,
        list_indent=Space.XL,
    )
