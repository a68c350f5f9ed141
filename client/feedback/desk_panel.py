"""A panel above a case, where something is filled in before it is done: what it looks like, and its keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flet as ft

from client.core.action import Action
from client.core.hooks import use_kept
from client.core.services import Services
from client.core.theme import Radius, Space, Tone, tone_colours
from client.feedback.desk_look import other_than_stale
from client.ui.forms import icon_button, primary_button, secondary_button
from client.ui.keys import Keys, use_keys
from client.ui.lists import card
from client.ui.states import error_line
from client.ui.text import caption, heading


@dataclass
class Focus:
    """Which field is written in first, and whether anything is being written at all."""

    first: ft.TextField | None = None
    inside: bool = False

    def watch(self, field: ft.TextField) -> ft.TextField:
        """Keep an eye on a field."""

        def enter(_: object) -> None:
            self.inside = True

        def leave(_: object) -> None:
            self.inside = False

        field.on_focus, field.on_blur = enter, leave
        return field

    async def begin(self) -> None:
        """Put the cursor into the first field."""
        if self.first is not None:
            await self.first.focus()  # type: ignore[no-untyped-call]


def use_focus(keys: Keys, close: Callable[[], None], submit: Callable[[], None]) -> Focus:
    """Put the cursor into the first field; Escape closes, Ctrl + Enter sends. A hook."""
    focus = use_kept(Focus)

    def hears(event: ft.KeyboardEvent) -> bool:
        if event.key == "Escape":
            close()
            return True
        if event.ctrl and event.key == "Enter" and focus.inside:
            submit()
            return True
        return False

    use_keys(keys, hears)
    ft.use_effect(focus.begin, [])
    return focus


@dataclass(frozen=True)
class Doing:
    """What a panel is about: its sign, its tone, its name, and what follows from it."""

    icon: ft.IconData
    tone: Tone
    name: str
    why: str


def step_panel(
    services: Services,
    what: Doing,
    fields: Sequence[ft.Control],
    send: Action,
    submit: Callable[[], None],
    close: Callable[[], None],
) -> ft.Control:
    """Show the fields of something to be done, between its name and its button."""
    t = services.text
    ink, ground = tone_colours(what.tone)
    sign = ft.Container(ft.Icon(what.icon, color=ink), bgcolor=ground, border_radius=Radius.PILL, padding=Space.S)
    words = ft.Column([heading(what.name), caption(what.why)], spacing=0, expand=True)
    head = ft.Row([sign, words, icon_button(ft.Icons.CLOSE, t("action.cancel"), close)], spacing=Space.M)
    buttons = ft.Row(
        [
            ft.Container(caption(t("desk.shortcut") if services.wide else ""), expand=True),
            secondary_button(t("action.cancel"), close),
            primary_button(what.name, submit, icon=what.icon, running=send.running),
        ],
        spacing=Space.S,
    )
    parts = [head, *fields, error_line(t, other_than_stale(send.error)), buttons]
    content = ft.Column(parts, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return card(ft.Container(content, border=ft.Border.only(left=ft.BorderSide(4, ink)), padding=Space.M), padding=0)
