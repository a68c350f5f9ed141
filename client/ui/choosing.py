"""Choosing one of many: a box that narrows the choices with every word, and the few that fit below it."""

import asyncio
from collections.abc import Callable, Sequence

import flet as ft

from client.core.context import use_services
from client.core.theme import Colour, Size, Space
from client.ui.forms import Choice, choice_chips, outline
from client.ui.states import bone
from client.ui.text import caption
from shared.vietnamese import without_marks

_SHOWN = 6
_PAUSE_S = 0.2


def fitting(choices: Sequence[Choice], word: str, chosen: str) -> list[Choice]:
    """Return the choices whose words hold every word that was typed (marks do not matter), the chosen one first."""
    wanted = without_marks(word).split()
    found = [each for each in choices if all(part in without_marks(each.words) for part in wanted)]
    return sorted(found, key=lambda each: each.value != chosen)


@ft.component
def search_choices(
    label: str,
    choices: Sequence[Choice] | None,
    chosen: str,
    on_pick: Callable[[str], None],
    *,
    name: str,
    always: Sequence[Choice] = (),
    error: str | None = None,
    watch: Callable[[ft.TextField], object] | None = None,
) -> ft.Control:
    """Let one of many be found by a few letters and chosen. `always` are offered whatever is typed.

    `choices` is None while they are being asked for. `name` tells the box from others on the screen; `watch` is shown
    the box (for the keyboard).
    """
    services = use_services()
    t = services.text
    word, set_word = ft.use_state("")
    typed = ft.use_ref("")

    async def settle() -> None:
        # Drawing between two keystrokes could swallow one, so the list waits for a pause.
        asked = typed.current
        await asyncio.sleep(_PAUSE_S)
        if asked == typed.current:
            set_word(asked or "")

    def type_(event: ft.Event[ft.TextField]) -> None:
        typed.current = event.control.value or ""
        services.page.run_task(settle)

    box = ft.TextField(
        key=f"find-{name}",
        label=label,
        value=typed.current or "",
        prefix_icon=ft.Icons.SEARCH,
        border=outline(),
        filled=True,
        fill_color=Colour.CARD,
        hover_color=Colour.CARD,
        on_change=type_,
    )
    if watch is not None:
        watch(box)
    found = fitting(choices or (), word, chosen)
    lines: list[ft.Control] = [box]
    if choices is None:
        lines.append(bone(Size.TARGET))
    elif found or always:
        lines.append(choice_chips([*always, *found[:_SHOWN]], chosen, on_pick))
    if choices is not None and not found:
        lines.append(caption(t("search.nothing")))
    elif len(found) > _SHOWN:
        lines.append(caption(t("search.more", n=len(found) - _SHOWN)))
    if error is not None:
        lines.append(ft.Semantics(live_region=True, content=caption(error, color=ft.Colors.ERROR)))
    return ft.Column(lines, spacing=Space.S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
