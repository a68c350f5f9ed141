"""`/admin/hotlines`: the numbers to call, and the order in which they are shown."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import flet as ft

from client.administration import office_api
from client.administration.frame import admin_screen, column, explain
from client.core.action import use_action
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.once import use_once
from client.core.services import Services
from client.core.store import Values, use_form
from client.core.text import Text
from client.core.theme import Colour, Space, Tone
from client.ui.asking import remove_button
from client.ui.forms import icon_button, primary_button, secondary_button, switch_field, text_field
from client.ui.lists import card
from client.ui.states import empty, error_line, show
from client.ui.text import body, heading, title
from shared.access import Permission
from shared.offices import DeskHotline, HotlineChange, HotlineDraft

_SHORTEST, _LONGEST = 3, 15


@ft.component
def HotlinesScreen() -> ft.Control:
    """Show the list and let it be changed."""
    return admin_screen("hotlines", Permission.EDIT_NEWS, Hotlines)


@ft.component
def Hotlines() -> ft.Control:
    """Show the numbers in their order; one at a time is written, new or changed."""
    services = use_services()
    t = services.text
    lines = use_loaded(lambda: office_api.hotlines(services.api), [])
    adding, set_adding = ft.use_state(False)
    changing, set_changing = ft.use_state(cast(DeskHotline | None, None))

    def close() -> None:
        set_adding(False)
        set_changing(None)

    def saved() -> None:
        close()
        services.tell(t("action.saved"), Tone.SUCCESS)
        lines.reload()

    async def put(numbers: Sequence[str]) -> list[DeskHotline]:
        return await office_api.order_hotlines(services.api, numbers)

    order = use_action(put, done=lines.set, failed=lambda error: services.tell(t.error(error), Tone.DANGER))
    head: ft.Control = ft.Row([primary_button(t("admin.hotline_add"), lambda: set_adding(True), icon=ft.Icons.ADD)])
    if adding or changing is not None:
        head = HotlineForm(changing, saved, close)
    return column(
        [
            explain(t("admin.hotlines_why")),
            ft.Container(head, key=f"form-{changing.number if changing else 'new'}"),
            show(lines, lambda found: _rows(services, found, set_changing, order.start, lines.reload)),
        ]
    )


@ft.component
def HotlineForm(line: DeskHotline | None, saved: Callable[[], None], close: Callable[[], None]) -> ft.Control:
    """Let a number be written."""
    services = use_services()
    t = services.text
    form = use_form(None, defaults(line))
    once = use_once()

    async def work() -> DeskHotline:
        values = form.values
        if line is None:
            draft = HotlineDraft.model_validate(values)
            return await office_api.add_hotline(services.api, draft, once.key(draft))
        return await office_api.change_hotline(services.api, line, HotlineChange.model_validate(values))

    save = use_action(work, done=lambda _: saved(), failed=form.fail)

    def submit() -> None:
        if form.check(problems(t, form.values)):
            save.start()

    return card(
        column(
            [
                heading(t("admin.hotline_new") if line is None else t("admin.hotline_change", number=line.number)),
                text_field(form, "number", t("admin.hotline_number"), keyboard=ft.KeyboardType.PHONE),
                text_field(form, "name", t("admin.hotline_name")),
                text_field(form, "description", t("admin.hotline_description"), lines=2),
                switch_field(form, "emergency", t("admin.hotline_emergency"), t("admin.hotline_emergency_why")),
                error_line(t, save.error),
                ft.Row(
                    [
                        secondary_button(t("action.cancel"), close),
                        primary_button(t("action.save"), submit, icon=ft.Icons.CHECK, running=save.running),
                    ],
                    alignment=ft.MainAxisAlignment.END,
                    spacing=Space.S,
                ),
            ]
        )
    )


def defaults(line: DeskHotline | None) -> Values:
    """Return what stands in the form at first."""
    return {
        "number": line.number if line else "",
        "name": line.name if line else "",
        "description": line.description if line else "",
        "emergency": line.emergency if line else False,
    }


def problems(t: Text, values: Values) -> dict[str, str | None]:
    """Say what is wrong at each field."""
    digits = str(values["number"]).strip().removeprefix("+")
    fits = digits.isascii() and digits.isdigit() and _SHORTEST <= len(digits) <= _LONGEST
    return {
        "number": None if fits else t("admin.hotline_number_wrong"),
        "name": None if str(values["name"]).strip() else t("admin.office_need_name"),
    }


def _rows(
    services: Services,
    lines: Sequence[DeskHotline],
    change: Callable[[DeskHotline], None],
    put: Callable[..., None],
    changed: Callable[[], None],
) -> ft.Control:
    t = services.text
    if not lines:
        return empty(ft.Icons.CALL, t("admin.hotlines_none"), t("admin.hotlines_none_why"))
    numbers = [line.number for line in lines]
    rows = []
    for place, line in enumerate(lines):
        up, down = (partial(put, _swapped(numbers, place, place + step)) for step in (-1, 1))
        moves = [
            icon_button(ft.Icons.ARROW_UPWARD, t("admin.hotline_up", number=line.number), up, disabled=place == 0),
            icon_button(
                ft.Icons.ARROW_DOWNWARD,
                t("admin.hotline_down", number=line.number),
                down,
                disabled=place == len(lines) - 1,
            ),
        ]
        rows.append(_row(services, line, moves, partial(change, line), changed))
    return column(rows, spacing=Space.S)


def _swapped(numbers: Sequence[str], one: int, other: int) -> list[str]:
    found = list(numbers)
    if 0 <= other < len(found):
        found[one], found[other] = found[other], found[one]
    return found


def _row(
    services: Services,
    line: DeskHotline,
    moves: Sequence[ft.Control],
    change: Callable[[], None],
    changed: Callable[[], None],
) -> ft.Control:
    t = services.text
    words: list[ft.Control] = [title(f"{line.number} · {line.name}", small=True)]
    if line.description:
        words.append(body(line.description, color=Colour.QUIET))
    remove = remove_button(
        t("admin.hotline_remove", number=line.number),
        t("admin.hotline_remove_sure"),
        t("admin.hotline_remove_why", number=line.number),
        partial(office_api.remove_hotline, services.api, line),
        changed,
    )
    buttons: list[ft.Control] = [
        *moves,
        icon_button(ft.Icons.EDIT_OUTLINED, t("admin.hotline_change", number=line.number), change),
        ft.Container(remove, key=f"remove-{line.number}"),
    ]
    said = ft.Column(words, spacing=Space.XS, expand=services.wide or None)
    acts = ft.Row(buttons, spacing=0, alignment=ft.MainAxisAlignment.END)
    sign = ft.Icon(ft.Icons.EMERGENCY_OUTLINED if line.emergency else ft.Icons.CALL, color=_ink(line))
    if services.wide:
        return card(ft.Row([sign, said, acts], spacing=Space.M), padding=Space.M, key=line.number)
    head = ft.Row([sign, ft.Container(said, expand=True)], spacing=Space.M)
    return card(ft.Column([head, acts], spacing=Space.XS), padding=Space.M, key=line.number)


def _ink(line: DeskHotline) -> ft.ColorValue:
    return ft.Colors.ERROR if line.emergency else ft.Colors.PRIMARY
