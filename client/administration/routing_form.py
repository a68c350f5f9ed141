"""A new rule of routing: what, where, to whom."""

from collections.abc import Callable, Sequence

import flet as ft

from client.administration import api
from client.administration.frame import column
from client.administration.lists import ANY, Known, to_unit
from client.core.action import use_action
from client.core.context import use_services
from client.core.once import use_once
from client.core.services import Services
from client.core.store import Form, use_form
from client.core.theme import Colour, Size, Space
from client.ui.choosing import search_choices
from client.ui.forms import Choice, primary_button, secondary_button
from client.ui.lists import card
from client.ui.states import error_line
from client.ui.text import body, heading, title
from shared.administration import RoutingRule, RoutingRuleDraft


@ft.component
def RuleForm(
    known: Known, rules: Sequence[RoutingRule], added: Callable[[], None], close: Callable[[], None]
) -> ft.Control:
    """Let a rule be put together, and say in a sentence what it will do."""
    services = use_services()
    t = services.text
    form = use_form(None, {"category": ANY, "place": ANY, "unit": ANY})
    once = use_once()

    async def work() -> RoutingRule:
        draft = RoutingRuleDraft(**{name: value or None for name, value in form.values.items()})
        return await api.add_rule(services.api, draft, once.key(draft))

    def done(_: RoutingRule) -> None:
        form.clear()
        added()

    save = use_action(work, done=done, failed=form.fail)
    buttons = ft.Row(
        [
            secondary_button(t("action.cancel"), close),
            primary_button(t("action.save"), save.start, icon=ft.Icons.CHECK, running=save.running),
        ],
        alignment=ft.MainAxisAlignment.END,
        spacing=Space.S,
    )
    lines = [
        heading(t("admin.rule_new")),
        _choices(services, known, form),
        _sentence(services, known, form, rules),
        error_line(t, save.error),
        buttons,
    ]
    return card(column(lines))


def _choices(services: Services, known: Known, form: Form) -> ft.Control:
    t = services.text

    def choose(name: str, label: str, choices: Sequence[Choice], any_word: str) -> ft.Control:
        return search_choices(
            t(f"admin.{label}"),
            choices,
            form.get(name),
            lambda value: form.set(name, value),
            name=name,
            always=[Choice(ANY, t(f"admin.{any_word}"))],
            error=form.error(name),
        )

    fields = [
        choose("category", "find_category", known.category_choices, "any_category"),
        choose("place", "find_place", known.place_choices, "any_place"),
        choose("unit", "find_receiver", known.unit_choices, "ward_office"),
    ]
    cells: list[ft.Control] = [ft.Container(field, col={"xs": 12, "lg": 4}) for field in fields]
    return ft.ResponsiveRow(cells, spacing=Space.L, run_spacing=Space.L)


def _sentence(services: Services, known: Known, form: Form, rules: Sequence[RoutingRule]) -> ft.Control:
    t = services.text

    def name(choices: Sequence[Choice], field: str, any_word: str) -> str:
        chosen = form.get(field)
        return next((each.words for each in choices if each.value == chosen), t(f"admin.{any_word}"))

    category = name(known.category_choices, "category", "any_category")
    place = name(known.place_choices, "place", "any_place")
    said: list[ft.Control] = [title(f"{category} · {place}", small=True)]
    said.append(to_unit(name(known.unit_choices, "unit", "ward_office")))
    if any((rule.category or ANY, rule.place or ANY) == (form.get("category"), form.get("place")) for rule in rules):
        said.append(body(t("admin.rule_replaces"), color=Colour.QUIET))
    sign = ft.Icon(ft.Icons.ALT_ROUTE, color=Colour.QUIET, size=Size.ICON)
    return ft.Row([sign, ft.Column(said, spacing=0, expand=True)], spacing=Space.M)
