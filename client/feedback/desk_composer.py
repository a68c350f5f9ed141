"""What staff write on a case: an answer to the citizen, a note among colleagues, or a question that stops the clock."""

from collections.abc import Callable

import flet as ft

from client.core.api import Tagged
from client.core.context import use_services
from client.core.services import Services
from client.core.store import Form
from client.core.theme import Colour, Size, Space
from client.feedback.desk_look import other_than_stale
from client.feedback.desk_writing import NOTE, REPLY, Failed, Took, Writing, use_writing
from client.ui.forms import Choice, choice_chips, primary_button, text_field
from client.ui.keys import Keys, use_keys
from client.ui.lists import card
from client.ui.photos import photo_picker
from client.ui.states import error_line
from client.ui.text import caption
from shared.feedback import DeskDetail

_PHRASES = 4
_MAX = 5_000


@ft.component
def Composer(tagged: Tagged[DeskDetail], keys: Keys, took: Took, failed: Failed) -> ft.Control:
    """Let something be written. Each tab keeps its own words, also through a reload."""
    services = use_services()
    now = use_writing(tagged, took, failed)
    focused = ft.use_ref(False)

    def hears(event: ft.KeyboardEvent) -> bool:
        mine = event.ctrl and event.key == "Enter" and bool(focused.current)
        if mine:
            now.submit()
        return mine

    use_keys(keys, hears)

    def focus(on: bool) -> None:
        focused.current = on

    lines: list[ft.Control] = [_head(services, now), _field(services, now.form, now.tab, focus)]
    if now.tab == REPLY:
        lines.append(photo_picker(now.photos))
    lines.append(error_line(services.text, other_than_stale(now.action.error)))
    lines.append(_foot(services, now.tab, now.submit, running=now.action.running))
    return card(ft.Column(lines, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _head(services: Services, now: Writing) -> ft.Control:
    t, form, tab = services.text, now.form, now.tab
    chips = choice_chips([Choice(each, t(f"desk.tab_{each}")) for each in now.tabs], tab, now.pick)

    def insert(phrase: str) -> None:
        typed = str(form.get(tab)).rstrip()
        form.set(tab, f"{typed}\n{phrase}" if typed else phrase)

    phrases = [t(f"desk.phrase_{n}") for n in range(1, _PHRASES + 1)]
    menu = ft.PopupMenuButton(
        icon=ft.Icons.FORMAT_QUOTE,
        tooltip=t("desk.phrases"),
        items=[ft.PopupMenuItem(content=each, on_click=lambda _, each=each: insert(each)) for each in phrases],
    )
    return ft.Row(
        [ft.Container(chips, expand=True), ft.MergeSemantics(content=menu)],
        vertical_alignment=ft.CrossAxisAlignment.START,
        spacing=Space.S,
    )


def _field(services: Services, form: Form, tab: str, focus: Callable[[bool], None]) -> ft.Control:
    t = services.text
    field = text_field(form, tab, t(f"desk.tab_{tab}"), hint=t(f"desk.hint_{tab}"), lines=3, max_length=_MAX)
    field.counter = ""
    field.align_label_with_hint = True
    field.on_focus = lambda _: focus(True)
    field.on_blur = lambda _: focus(False)
    return field


def _foot(services: Services, tab: str, submit: Callable[[], None], *, running: bool) -> ft.Control:
    t = services.text
    icon = ft.Icons.LOCK_OUTLINE if tab == NOTE else ft.Icons.VISIBILITY_OUTLINED
    why: list[ft.Control] = [
        ft.Icon(icon, size=Size.ICON_S, color=Colour.QUIET),
        ft.Container(caption(t(f"desk.{tab}_why")), expand=True),
    ]
    button = primary_button(t(f"desk.send_{tab}"), submit, icon=ft.Icons.SEND, running=running)
    if not services.wide:
        return ft.Column([ft.Row(why, spacing=Space.S), button], spacing=Space.S)
    return ft.Row([*why, caption(t("desk.shortcut")), button], spacing=Space.S)
