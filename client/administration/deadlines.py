"""`/admin/deadlines`: how many working hours each kind of case has."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import flet as ft

from client.administration import api
from client.administration.deadline_form import DeadlineForm
from client.administration.frame import admin_screen, column, explain
from client.administration.hours import hours_words
from client.administration.lists import any_or, use_known
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Size, Space, Tone
from client.ui.asking import remove_button
from client.ui.forms import icon_button, primary_button
from client.ui.lists import card
from client.ui.states import bone, show
from client.ui.status import status_chip
from client.ui.tables import Head, table
from client.ui.text import body, caption, title
from shared.access import Permission
from shared.administration import DeadlineRule
from shared.feedback import Level

_LEVELS = {
    Level.URGENT: (ft.Icons.BOLT, Tone.DANGER),
    Level.NORMAL: (ft.Icons.SCHEDULE, Tone.NEUTRAL),
    Level.COMPLEX: (ft.Icons.ACCOUNT_TREE_OUTLINED, Tone.INFO),
}


@ft.component
def DeadlinesScreen() -> ft.Control:
    """Show the table of deadlines and let it be changed."""
    return admin_screen("deadlines", Permission.ADMINISTER, Deadlines, full=True)


@ft.component
def Deadlines() -> ft.Control:
    """Show the rows; one at a time is written, new or over an old one."""
    services = use_services()
    t = services.text
    rules = use_loaded(lambda: api.deadlines(services.api), [])
    known = use_known()
    adding, set_adding = ft.use_state(False)
    changing, set_changing = ft.use_state(cast(DeadlineRule | None, None))

    def close() -> None:
        set_adding(False)
        set_changing(None)

    def saved() -> None:
        close()
        services.tell(t("action.saved"), Tone.SUCCESS)
        rules.reload()

    head: ft.Control = ft.Row([primary_button(t("admin.deadline_add"), lambda: set_adding(True), icon=ft.Icons.ADD)])
    if adding or changing is not None:
        head = show(known, lambda lists: DeadlineForm(lists, changing, saved, close), skeleton=lambda: bone(Size.THUMB))
    return column(
        [
            explain(t("admin.deadline_which")),
            ft.Container(head, key=f"form-{changing.id if changing else 'new'}"),
            show(rules, lambda found: _rows(services, found, set_changing, rules.reload)),
        ]
    )


def level_chip(t: Text, level: Level) -> ft.Control:
    """Show how pressing a level is."""
    icon, tone = _LEVELS[level]
    return status_chip(icon, t(f"admin.level_{level}"), tone)


def _level(t: Text, rule: DeadlineRule) -> ft.Control:
    """Show the level of a row, and that it is a default."""
    said: list[ft.Control] = [level_chip(t, rule.level)]
    if rule.default:
        said.append(ft.Container(caption(t("admin.default")), tooltip=t("admin.default_why")))
    return ft.Row(said, spacing=Space.S)


def _rows(
    services: Services,
    rules: Sequence[DeadlineRule],
    change: Callable[[DeadlineRule], None],
    changed: Callable[[], None],
) -> ft.Control:
    t = services.text
    if not services.wide:
        return column([_card(services, rule, change, changed) for rule in rules], spacing=Space.S)
    heads = (
        Head(t("admin.level"), 3),
        Head(t("admin.category"), 3),
        Head(t("admin.unit"), 4),
        Head(t("admin.accept_within"), 2),
        Head(t("admin.due_within"), 2),
        Head("", width=Size.TARGET * 2),
    )
    rows = [
        [
            _level(t, rule),
            any_or(t, rule.category_name, "any_category"),
            any_or(t, rule.unit.name if rule.unit else None, "any_unit"),
            body(hours_words(t, rule.accept_hours)),
            title(hours_words(t, rule.due_hours), small=True),
            _buttons(services, rule, change, changed),
        ]
        for rule in rules
    ]
    return table(heads, rows)


def _card(
    services: Services, rule: DeadlineRule, change: Callable[[DeadlineRule], None], changed: Callable[[], None]
) -> ft.Control:
    t = services.text
    within = t("admin.within", accept=hours_words(t, rule.accept_hours), due=hours_words(t, rule.due_hours))
    words = ft.Column(
        [
            ft.Row([level_chip(t, rule.level)]),
            title(_about(t, rule), small=True),
            body(within, color=Colour.QUIET),
        ],
        spacing=Space.XS,
        expand=True,
    )
    row = ft.Row([words, _buttons(services, rule, change, changed)], spacing=Space.S)
    return card(row, padding=Space.M, key=str(rule.id))


def _about(t: Text, rule: DeadlineRule) -> str:
    if rule.default:
        return t("admin.default")
    return " · ".join([*([rule.category_name] if rule.category_name else []), *([rule.unit.name] if rule.unit else [])])


def _buttons(
    services: Services, rule: DeadlineRule, change: Callable[[DeadlineRule], None], changed: Callable[[], None]
) -> ft.Control:
    t = services.text
    about = f"{t(f'admin.level_{rule.level}')}, {_about(t, rule)}"
    edit = icon_button(ft.Icons.EDIT_OUTLINED, t("admin.deadline_change", rule=about), lambda: change(rule))
    if rule.default:
        return ft.Row([edit])
    remove = remove_button(
        t("admin.deadline_remove", rule=about),
        t("admin.deadline_remove_sure"),
        t("admin.deadline_remove_why", rule=about),
        partial(api.remove_deadline, services.api, rule.id),
        changed,
    )
    return ft.Row([edit, ft.Container(remove, key=f"remove-{rule.id}")], spacing=0, tight=True)
