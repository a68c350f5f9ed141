"""Choosing one's own case: what belongs to no other is what to bring."""

from collections.abc import Callable

import flet as ft

from client.core.context import use_text
from client.core.theme import Colour, Radius, Size, Space
from client.public_services.checklist import Checklist
from client.ui.forms import link_button
from client.ui.pressing import one_button
from client.ui.text import body
from shared.preparation import CaseChoice
from shared.procedure_text import cut

_SHOWN, _NAME = 8, 160


@ft.component
def case_choice(checklist: Checklist) -> ft.Control:
    """Let the person's case be chosen; once it is, it stands alone until another is asked for."""
    t = use_text()
    opened, set_opened = ft.use_state(False)
    found = checklist.found
    shown = found.cases if opened or len(found.cases) <= _SHOWN + 2 else found.cases[:_SHOWN]
    if found.case and not opened:
        shown = [each for each in found.cases if each.key == found.case]

    def choose(key: str) -> None:
        set_opened(False)
        checklist.choose_case(key)

    lines: list[ft.Control] = [_row(each, choose, chosen=each.key == found.case) for each in shown]
    left = len(found.cases) - len(shown)
    if left:
        words = t("public_services.case_other") if found.case else t("public_services.case_more", n=left)
        more = link_button(words, lambda: set_opened(True), icon=ft.Icons.EXPAND_MORE)
        lines.append(ft.Row([more]))
    return ft.Column(lines, spacing=0)


def _row(case: CaseChoice, choose: Callable[[str], None], *, chosen: bool) -> ft.Control:
    name = cut(case.name, _NAME)
    sign = ft.Icon(
        ft.Icons.RADIO_BUTTON_CHECKED if chosen else ft.Icons.RADIO_BUTTON_UNCHECKED,
        color=ft.Colors.PRIMARY if chosen else Colour.QUIET,
        size=Size.ICON,
    )
    row = ft.Row([sign, ft.Container(body(name), expand=True)], spacing=Space.M)
    box = ft.Container(row, ink=True, border_radius=Radius.S, padding=ft.Padding.symmetric(vertical=Space.M))
    return one_button(name, box, lambda: choose(case.key), checked=chosen)
