"""A search box that asks by itself when the person pauses, and whose question stands in the address."""

import asyncio
from collections.abc import Callable
from typing import Any

import flet as ft

from client.core.context import use_text
from client.core.hooks import use_kept
from client.core.theme import Colour, Radius, Size
from client.ui.forms import hidden_label, icon_button, outline

_PAUSE_S = 0.45


class _Typed:
    """What stands in the box, what was asked and not yet answered by the address, and the pause that runs."""

    def __init__(self, value: str) -> None:
        self.text = value
        self.field: ft.TextField | None = None
        self._asked = [value]
        self.listener: Callable[[str], None] | None = None
        self._waiting: asyncio.Task[None] | None = None

    def put(self, text: str) -> None:
        """Put other words into the box than were typed."""
        self.text, self.field = text, None

    def catch_up(self) -> None:
        """Take over what was typed since: to draw the text of a moment ago would take letters away."""
        if self.field is not None:
            self.text = self.field.value or ""

    def follow(self, value: str) -> None:
        """Take over a question that the address brought by itself ("back", a link), not an echo of one asked here."""
        if value in self._asked:
            del self._asked[: self._asked.index(value)]
        else:
            self.put(value)
            self._asked = [value]

    def ask(self) -> None:
        """Ask now, unless the same was asked before."""
        self.stop()
        question = " ".join(self.text.split())
        if question != self._asked[-1] and self.listener is not None:
            self._asked.append(question)
            self.listener(question)

    def ask_soon(self) -> None:
        """Ask when nothing more is typed for a moment."""
        self.stop()
        self._waiting = asyncio.create_task(self._pause())

    def stop(self) -> None:
        """Ask nothing by itself any more."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    async def _pause(self) -> None:
        await asyncio.sleep(_PAUSE_S)
        self._waiting = None
        self.ask()


@ft.component
def live_search(hint: str, value: str, on_search: Callable[[str], None], *, autofocus: bool = False) -> ft.Control:
    """Show a search box. `on_search` gets the question at Enter, at ✕ and after a pause; `value` is the one asked."""
    t = use_text()
    typed = use_kept(lambda: _Typed(value))
    _, redraw = ft.use_state(0)
    typed.listener = on_search
    typed.catch_up()
    typed.follow(value)

    def changed(e: ft.Event[ft.TextField]) -> None:
        was_empty, typed.text = not typed.text, e.control.value or ""
        typed.ask_soon()
        # Drawing between two keystrokes could swallow one, so it is done only where ✕ comes or goes.
        if was_empty != (not typed.text):
            redraw(lambda n: n + 1)

    def submit(_: Any) -> None:
        typed.ask()

    def clear() -> None:
        typed.put("")
        redraw(lambda n: n + 1)
        typed.ask()

    ft.use_effect(lambda: None, [], cleanup=typed.stop)
    typed.field = ft.TextField(
        key="box",
        value=typed.text,
        hint_text=hint,
        # The hint names the empty box; a label would hide the hint.
        label=hidden_label(hint) if typed.text else None,
        prefix_icon=ft.Icons.SEARCH,
        # Room for ✕. Within the field it would, coming and going, give the field another place among what is read out,
        # and the browser would forget that it is being typed into.
        suffix_icon=ft.Container(width=Size.TARGET),
        border=outline(Radius.PILL, Colour.CARD_BORDER),
        filled=True,
        fill_color=Colour.CARD,
        hover_color=Colour.CARD,
        autofocus=autofocus,
        autocorrect=False,
        on_change=changed,
        on_submit=submit,
    )
    cross = ft.Container(
        icon_button(ft.Icons.CLOSE, t("action.clear"), clear),
        right=0,
        top=0,
        bottom=0,
        alignment=ft.Alignment.CENTER,
        visible=bool(typed.text),
    )
    # With a node of its own: it would share one with its surroundings until ✕ comes, and then be another.
    field = ft.Semantics(container=True, content=typed.field)
    return ft.Stack([field, cross], fit=ft.StackFit.PASS_THROUGH)
