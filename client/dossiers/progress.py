"""How far a dossier has come: four stages on a line, from the counter and back to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import flet as ft

from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.ui.text import caption
from shared.dossiers import Dossier, DossierState

STAGES = ("sent", "received", "working", "result")

_SIGN = Size.ICON_L


class Mark(StrEnum):
    """What a stage is to a dossier."""

    DONE = "done"
    HERE = "here"
    REACHED = "reached"
    PAUSED = "paused"
    BROKEN = "broken"
    AHEAD = "ahead"


@dataclass(frozen=True)
class _Stand:
    stage: int
    mark: Mark = Mark.HERE


_STANDS: Mapping[DossierState, _Stand] = {
    DossierState.NEW: _Stand(1),
    DossierState.RECEIVED: _Stand(1, Mark.REACHED),
    DossierState.NOT_RECEIVED: _Stand(1, Mark.BROKEN),
    DossierState.PROCESSING: _Stand(2),
    DossierState.PAPERS_WANTED: _Stand(2, Mark.PAUSED),
    DossierState.PAYMENT_WANTED: _Stand(2, Mark.PAUSED),
    DossierState.WITHDRAWAL_ASKED: _Stand(2, Mark.BROKEN),
    DossierState.STOPPED: _Stand(2, Mark.BROKEN),
    DossierState.DONE: _Stand(3),
    DossierState.RETURNED: _Stand(3, Mark.DONE),
}

_LOOKS: Mapping[Mark, tuple[ft.IconData, Tone]] = {
    Mark.DONE: (ft.Icons.CHECK, Tone.SUCCESS),
    Mark.REACHED: (ft.Icons.CHECK, Tone.SUCCESS),
    Mark.HERE: (ft.Icons.MORE_HORIZ, Tone.INFO),
    Mark.PAUSED: (ft.Icons.PAUSE, Tone.WARNING),
    Mark.BROKEN: (ft.Icons.CLOSE, Tone.DANGER),
    Mark.AHEAD: (ft.Icons.CIRCLE_OUTLINED, Tone.NEUTRAL),
}


def marks(state: DossierState) -> list[Mark]:
    """Return what each of the four stages is."""
    stand = _STANDS[state]
    here = [Mark.DONE] * stand.stage + [stand.mark]
    return here + [Mark.AHEAD] * (len(STAGES) - len(here))


def progress_line(t: Text, dossier: Dossier) -> ft.Control:
    """Draw the stages side by side; read out as one sentence."""
    found = marks(dossier.state)
    at = _STANDS[dossier.state].stage
    name = t(f"dossiers.stage_{STAGES[at]}")
    said = t(f"dossiers.stage_{found[at].value}", name=name, n=at + 1, all=len(STAGES))
    stages: list[ft.Control] = [_stage(t, index, found) for index in range(len(STAGES))]
    row = ft.Row(stages, spacing=0, vertical_alignment=ft.CrossAxisAlignment.START)
    return ft.Semantics(label=said, exclude_semantics=True, content=row)


def _stage(t: Text, index: int, found: list[Mark]) -> ft.Control:
    mark = found[index]
    icon, tone = _LOOKS[mark]
    ink, ground = tone_colours(tone)
    sign = ft.Container(
        ft.Icon(icon, size=Size.ICON_S, color=ink),
        width=_SIGN,
        height=_SIGN,
        bgcolor=ground,
        border_radius=Radius.PILL,
        alignment=ft.Alignment.CENTER,
    )
    follows = found[index + 1 :]
    before = _line(shown=index > 0, done=mark is not Mark.AHEAD)
    after = _line(shown=bool(follows), done=bool(follows) and follows[0] is not Mark.AHEAD)
    line = ft.Row([before, sign, after], spacing=0, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    words = caption(t(f"dossiers.stage_{STAGES[index]}"), color=Colour.QUIET if mark is Mark.AHEAD else ink)
    words.text_align = ft.TextAlign.CENTER
    if mark not in (Mark.AHEAD, Mark.DONE):
        words.weight = ft.FontWeight.W_600
    return ft.Column([line, words], spacing=Space.XS, expand=True, horizontal_alignment=ft.CrossAxisAlignment.CENTER)


def _line(*, shown: bool, done: bool) -> ft.Control:
    _, ground = tone_colours(Tone.SUCCESS)
    color = ground if done else Colour.CARD_BORDER
    return ft.Container(height=Space.XS, expand=True, bgcolor=color if shown else None)
