"""Text by its role on the screen, so that both themes, easy mode and screen readers work without thought."""

import flet as ft

from client.core.theme import Colour


def banner(value: str, *, color: ft.ColorValue | None = None, max_lines: int | None = None) -> ft.Text:
    """Write the greatest words of a screen."""
    return _text(value, ft.TextThemeStyle.HEADLINE_SMALL, color, max_lines)


def heading(value: str, *, color: ft.ColorValue | None = None, max_lines: int | None = None) -> ft.Control:
    """Write the head of a section or an article; read out as a heading."""
    words = _text(value, ft.TextThemeStyle.TITLE_LARGE, color, max_lines)
    # A node of its own: a page that holds a single heading would be that heading whole, and be built anew in the
    # browser when there are two, under the fingers of whoever types there.
    return ft.Semantics(header=True, container=True, content=words)


def title(
    value: str, *, color: ft.ColorValue | None = None, max_lines: int | None = None, small: bool = False
) -> ft.Text:
    """Write the title of a card or a row."""
    style = ft.TextThemeStyle.TITLE_SMALL if small else ft.TextThemeStyle.TITLE_MEDIUM
    return _text(value, style, color, max_lines)


def body(
    value: str, *, color: ft.ColorValue | None = None, max_lines: int | None = None, large: bool = False
) -> ft.Text:
    """Write running text."""
    style = ft.TextThemeStyle.BODY_LARGE if large else ft.TextThemeStyle.BODY_MEDIUM
    return _text(value, style, color, max_lines)


def caption(value: str, *, color: ft.ColorValue | None = Colour.QUIET, max_lines: int | None = None) -> ft.Text:
    """Write small, quiet text: a date, a source."""
    return _text(value, ft.TextThemeStyle.BODY_SMALL, color, max_lines)


def label(value: str, *, color: ft.ColorValue | None = None, max_lines: int | None = None) -> ft.Text:
    """Write the words on a small thing: a chip, a tile."""
    return _text(value, ft.TextThemeStyle.LABEL_SMALL, color, max_lines)


def _text(value: str, style: ft.TextThemeStyle, color: ft.ColorValue | None, max_lines: int | None) -> ft.Text:
    overflow = ft.TextOverflow.ELLIPSIS if max_lines else ft.TextOverflow.CLIP
    return ft.Text(value, theme_style=style, color=color, max_lines=max_lines, overflow=overflow)
