"""A row of the table of deadlines: for what, and how long."""

from collections.abc import Callable

import flet as ft

from client.administration import api
from client.administration.frame import column
from client.administration.hours import read, split
from client.administration.lists import ANY, Known
from client.core.action import use_action
from client.core.context import use_services
from client.core.once import use_once
from client.core.services import Services
from client.core.store import Form, Values, use_form
from client.core.text import Text
from client.core.theme import Colour, Space
from client.ui.choosing import search_choices
from client.ui.forms import Choice, choice_chips, primary_button, secondary_button, text_field
from client.ui.lists import card
from client.ui.states import error_line
from client.ui.text import body, heading, title
from shared.administration import DeadlineRule, DeadlineRuleDraft
from shared.feedback import Level

_TIMES = ("accept", "due")


@ft.component
def DeadlineForm(
    known: Known, rule: DeadlineRule | None, saved: Callable[[], None], close: Callable[[], None]
) -> ft.Control:
    """Let a new row be made, or the times of one be changed."""
    services = use_services()
    t = services.text
    form = use_form(None, defaults(rule))
    once = use_once()

    async def work() -> DeadlineRule:
        draft = draft_of(form.values)
        return await api.set_deadline(services.api, draft, once.key(draft))

    save = use_action(work, done=lambda _: saved(), failed=form.fail)

    def submit() -> None:
        if form.check(problems(t, form.values)):
            save.start()

    lines: list[ft.Control] = [heading(t("admin.deadline_new" if rule is None else "admin.deadline_edit"))]
    lines += _about_what(services, known, form) if rule is None else [_fixed(services, rule)]
    cells: list[ft.Control] = [ft.Container(_time(t, form, name), col={"xs": 12, "md": 6}) for name in _TIMES]
    lines += [
        ft.ResponsiveRow(cells, spacing=Space.L, run_spacing=Space.M),
        body(t("admin.deadline_from_now"), color=Colour.QUIET),
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
    return card(column(lines))


def defaults(rule: DeadlineRule | None) -> Values:
    """Return what stands in the form at first."""
    accept, due = (split(rule.accept_hours), split(rule.due_hours)) if rule else (("1", ""), ("3", ""))
    return {
        "level": rule.level.value if rule else Level.NORMAL.value,
        "category": (rule.category if rule else None) or ANY,
        "unit": rule.unit.code if rule and rule.unit else ANY,
        "accept_days": accept[0],
        "accept_hours": accept[1],
        "due_days": due[0],
        "due_hours": due[1],
    }


def draft_of(values: Values) -> DeadlineRuleDraft:
    """Return the row that the fields describe; `problems` must have found none."""
    return DeadlineRuleDraft(
        level=Level(values["level"]),
        category=values["category"] or None,
        unit=values["unit"] or None,
        accept_hours=read(values, "accept") or 0,
        due_hours=read(values, "due") or 0,
    )


def problems(t: Text, values: Values) -> dict[str, str | None]:
    """Say what is wrong at each field; None where nothing is."""
    accept, due = (read(values, name) for name in _TIMES)
    found: dict[str, str | None] = {
        "accept_hours": None if accept is not None else t("admin.need_time"),
        "due_hours": None if due is not None else t("admin.need_time"),
    }
    if accept is not None and due is not None and due < accept:
        found["due_hours"] = t("admin.due_before_accept")
    return found


def _about_what(services: Services, known: Known, form: Form) -> list[ft.Control]:
    t = services.text
    levels = [Choice(level.value, t(f"admin.level_{level}")) for level in Level]
    chips = choice_chips(levels, form.get("level"), lambda value: form.set("level", value))
    category = search_choices(
        t("admin.find_category"),
        known.category_choices,
        form.get("category"),
        lambda value: form.set("category", value),
        name="category",
        always=[Choice(ANY, t("admin.any_category"))],
        error=form.error("category"),
    )
    unit = search_choices(
        t("admin.find_unit"),
        known.unit_choices,
        form.get("unit"),
        lambda value: form.set("unit", value),
        name="unit",
        always=[Choice(ANY, t("admin.any_unit"))],
        error=form.error("unit"),
    )
    cells: list[ft.Control] = [ft.Container(each, col={"xs": 12, "md": 6}) for each in (category, unit)]
    return [chips, ft.ResponsiveRow(cells, spacing=Space.L, run_spacing=Space.M)]


def _fixed(services: Services, rule: DeadlineRule) -> ft.Control:
    t = services.text
    parts = [
        t(f"admin.level_{rule.level}"),
        rule.category_name or t("admin.any_category"),
        rule.unit.name if rule.unit else t("admin.any_unit"),
    ]
    return title(" · ".join(parts), small=True)


def _time(t: Text, form: Form, name: str) -> ft.Control:
    days, hours = (
        text_field(form, f"{name}_{part}", t(f"admin.{part}"), keyboard=ft.KeyboardType.NUMBER)
        for part in ("days", "hours")
    )
    fields: list[ft.Control] = [ft.Container(days, expand=True), ft.Container(hours, expand=True)]
    row = ft.Row(fields, spacing=Space.S, vertical_alignment=ft.CrossAxisAlignment.START)
    return column([title(t(f"admin.{name}_within"), small=True), row], spacing=Space.S)
