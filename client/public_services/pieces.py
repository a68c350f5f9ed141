"""What the screens of public services are made of: long texts that fold, sections, rows of facts."""

from collections.abc import Callable, Sequence

import flet as ft

from client.core.context import use_text
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.ui.forms import link_button
from client.ui.lists import card
from client.ui.pressing import one_button
from client.ui.text import body, caption, heading, label, title
from shared import procedure_text
from shared.procedure_text import Kind, Piece

_DOT = 6
_NUMBER = Size.ICON_L


@ft.component
def long_text(text: str, limit: int = 280, *, quiet: bool = False) -> ft.Control:
    """Show one paragraph; when it is much longer than `limit` signs, its beginning and "Xem thêm"."""
    t = use_text()
    opened, set_opened = ft.use_state(False)
    color = Colour.QUIET if quiet else None
    if len(text) <= limit * 1.3:
        return body(text, color=color)
    shown = text if opened else procedure_text.cut(text, limit)
    more = link_button(
        t("public_services.less") if opened else t("public_services.more"), lambda: set_opened(not opened)
    )
    return ft.Column([body(shown, color=color), more], spacing=0)


@ft.component
def source_pieces(text: str, limit: int = 900) -> ft.Control:
    """Show a long text of the source, laid out in steps and points, folded when it is much longer than `limit`."""
    t = use_text()
    opened, set_opened = ft.use_state(False)
    found = procedure_text.pieces(text)
    short = procedure_text.shortened(found, limit)
    lines = _laid_out(found if opened else short, t("public_services.step", n="{n}"))
    if len(short) < len(found) or short[0] != found[0]:
        words = t("public_services.less") if opened else t("public_services.more")
        icon = ft.Icons.EXPAND_LESS if opened else ft.Icons.EXPAND_MORE
        lines.append(ft.Row([link_button(words, lambda: set_opened(not opened), icon=icon)]))
    return ft.Column(lines, spacing=Space.M)


def _laid_out(found: Sequence[Piece], step_word: str) -> list[ft.Control]:
    """Put what belongs to a step beside its number."""
    lines: list[ft.Control] = []
    within: list[ft.Control] | None = None
    for piece in found:
        if piece.kind is Kind.STEP:
            within = [body(piece.text)] if piece.text else []
            lines.append(_step(piece.number, step_word.format(n=piece.number), within))
        else:
            (lines if within is None else within).append(_line(piece))
    return lines


def _step(number: str, words: str, content: list[ft.Control]) -> ft.Control:
    ink, ground = tone_colours(Tone.ACCENT)
    sign = ft.Container(
        ft.Text(number, theme_style=ft.TextThemeStyle.LABEL_LARGE, color=ink),
        width=_NUMBER,
        height=_NUMBER,
        bgcolor=ground,
        border_radius=Radius.PILL,
        alignment=ft.Alignment.CENTER,
    )
    return ft.Row(
        [
            ft.Semantics(label=words, exclude_semantics=True, content=sign),
            ft.Column(content, spacing=Space.S, expand=True),
        ],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _line(piece: Piece) -> ft.Control:
    if piece.kind is Kind.PARAGRAPH:
        return body(piece.text)
    if piece.kind is Kind.HEAD:
        return title(piece.text, small=True) if len(piece.text) < 90 else body(piece.text)
    return bullet(piece.text, deeper=piece.kind is Kind.SUBPOINT, sign=piece.number)


def bullet(text: str, *, deeper: bool = False, sign: str = "") -> ft.Control:
    """Show a point of a list; `sign` is what the source counts it by (“a)”), else it gets a dot."""
    dot: ft.Control = body(sign, color=ft.Colors.PRIMARY) if sign else _dot(deeper=deeper)
    row = ft.Row(
        [dot, ft.Container(body(text), expand=True)],
        spacing=Space.S if sign else Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return ft.Container(row, padding=ft.Padding.only(left=Space.L if deeper else 0))


def _dot(*, deeper: bool) -> ft.Control:
    return ft.Container(
        width=_DOT,
        height=_DOT,
        border_radius=Radius.PILL,
        bgcolor=None if deeper else ft.Colors.PRIMARY,
        border=ft.Border.all(1, ft.Colors.PRIMARY),
        margin=ft.Margin.only(top=Space.S),
    )


def handed_on(services: Services, text: str) -> list[ft.ClientAction]:
    """Return how a text is handed on: by the clipboard, and on a phone by its share sheet too where there is one."""
    copied = ft.CopyToClipboard(text)
    return [copied] if services.wide else [copied, ft.ShareText(text)]


def block(words: str, icon: ft.IconData, content: Sequence[ft.Control]) -> ft.Control:
    """Put a part of a record on a card under its heading."""
    head = ft.Row(
        [ft.Icon(icon, color=ft.Colors.PRIMARY, size=Size.ICON), ft.Container(heading(words), expand=True)],
        spacing=Space.S,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return card(ft.Column([head, *content], spacing=Space.M))


def fact(words: str, said: str | ft.Control) -> ft.Control:
    """Show a small heading with what is said under it."""
    content = body(said) if isinstance(said, str) else said
    return ft.Column([caption(words), content], spacing=2)


def note(words: str, lines: Sequence[ft.Control], tone: Tone = Tone.WARNING) -> ft.Control:
    """Show what must not be missed, on a tinted ground."""
    ink, ground = tone_colours(tone)
    head = ft.Row(
        [ft.Icon(ft.Icons.INFO_OUTLINE, color=ink, size=Size.ICON_S), label(words, color=ink)], spacing=Space.S
    )
    return ft.Container(
        ft.Column([head, *lines], spacing=Space.S), bgcolor=ground, border_radius=Radius.M, padding=Space.M
    )


@ft.component
def fold(words: str, why: str, content: Callable[[], Sequence[ft.Control]], *, opened: bool) -> ft.Control:
    """Show a heading that opens and closes what stands below it."""
    is_open, set_open = ft.use_state(opened)

    sign = ft.Icon(ft.Icons.EXPAND_LESS if is_open else ft.Icons.EXPAND_MORE, color=Colour.QUIET)
    text = ft.Column([title(words, small=True), caption(why)], spacing=2, expand=True)
    head = ft.Container(
        ft.Row([text, sign], spacing=Space.S),
        ink=True,
        border_radius=Radius.S,
        padding=ft.Padding.symmetric(vertical=Space.S),
    )
    said = one_button(f"{words}. {why}", head, lambda: set_open(not is_open), expanded=is_open)
    return ft.Column([said, *(content() if is_open else [])], spacing=Space.S)
