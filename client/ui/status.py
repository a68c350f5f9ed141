"""State in three ways at once: a sign, a word and a colour; the story of something; stars."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flet as ft

from client.core.context import use_text
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.ui.text import caption, label, title

_SIGN = Size.ICON_L + Space.XS


def status_chip(icon: ft.IconData, word: str, tone: Tone = Tone.NEUTRAL) -> ft.Control:
    """Show where something stands."""
    ink, ground = tone_colours(tone)
    return ft.Container(
        content=ft.Row(
            [ft.Icon(icon, size=Size.ICON_S, color=ink), label(word, color=ink)],
            spacing=Space.XS,
            tight=True,
        ),
        bgcolor=ground,
        border_radius=Radius.PILL,
        padding=ft.Padding.symmetric(horizontal=Space.M, vertical=Space.XS),
    )


@dataclass(frozen=True)
class Step:
    """One line of a story, newest first as it is shown. `detail` is whatever stands below its words."""

    icon: ft.IconData
    tone: Tone
    words: str
    when: str
    detail: Sequence[ft.Control] = ()


def timeline(steps: Sequence[Step]) -> ft.Control:
    """Show a story as a line of signs with words."""
    return ft.Column([_step(step, last=step is steps[-1]) for step in steps], spacing=0)


def _step(step: Step, *, last: bool) -> ft.Control:
    ink, ground = tone_colours(step.tone)
    sign = ft.Container(
        content=ft.Icon(step.icon, size=Size.ICON_S, color=ink),
        width=_SIGN,
        height=_SIGN,
        bgcolor=ground,
        border_radius=Radius.PILL,
        alignment=ft.Alignment.CENTER,
    )
    when: list[ft.Control] = [caption(step.when)] if step.when else []
    words = ft.Column([title(step.words, small=True), *when, *step.detail], spacing=Space.XS)
    # The line between the signs is the border of the words' box, so that it is as long as the words are tall.
    box = ft.Container(
        content=words,
        margin=ft.Margin.only(left=_SIGN / 2 - 1),
        padding=ft.Padding.only(left=_SIGN / 2 + Space.M, bottom=Space.S if last else Space.XL),
        border=None if last else ft.Border.only(left=ft.BorderSide(2, Colour.CARD_BORDER)),
    )
    return ft.Stack([box, sign])


@ft.component
def stars_field(score: int, on_score: Callable[[int], None]) -> ft.Control:
    """Let one to five stars be given; each star is a button with its number."""
    t = use_text()

    def star(n: int) -> ft.Control:
        given = n <= score
        button = ft.IconButton(
            icon=ft.Icons.STAR if given else ft.Icons.STAR_BORDER,
            icon_color=Colour.STAR if given else ft.Colors.OUTLINE,
            icon_size=Size.ICON_XL - Space.S,
            tooltip=t("stars.give", n=n),
            on_click=lambda _: on_score(n),
        )
        return ft.MergeSemantics(content=button)

    row = ft.Row([star(n) for n in range(1, 6)], alignment=ft.MainAxisAlignment.CENTER, spacing=0)
    return ft.Semantics(value=t("stars.given", n=score) if score else None, content=row)


@ft.component
def stars(score: int) -> ft.Control:
    """Show a score from one to five."""
    t = use_text()
    signs: list[ft.Control] = [
        ft.Icon(ft.Icons.STAR if n <= score else ft.Icons.STAR_BORDER, color=Colour.STAR, size=Size.ICON)
        for n in range(1, 6)
    ]
    return ft.Semantics(
        label=t("stars.given", n=score), exclude_semantics=True, content=ft.Row(signs, spacing=0, tight=True)
    )
