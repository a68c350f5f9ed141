"""`/admin/routing`: which unit receives what, from where."""

from collections.abc import Callable, Sequence
from functools import partial

import flet as ft

from client.administration import api
from client.administration.frame import admin_screen, column, explain
from client.administration.lists import Known, any_or, to_unit, use_known
from client.administration.routing_form import RuleForm
from client.administration.routing_try import TryRouting
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Size, Space, Tone
from client.ui.asking import remove_button
from client.ui.forms import primary_button
from client.ui.lists import card
from client.ui.states import empty, show
from client.ui.tables import Head, table
from client.ui.text import title
from shared.access import Permission
from shared.administration import RoutingRule

_TRY = 400


@ft.component
def RoutingScreen() -> ft.Control:
    """Show the rules, let them be changed and tried."""
    return admin_screen("routing", Permission.ADMINISTER, Routing, full=True)


@ft.component
def Routing() -> ft.Control:
    """Show the rules beside what they do; below each other where there is no room."""
    services = use_services()
    t = services.text
    rules = use_loaded(lambda: api.rules(services.api), [])
    known = use_known()
    adding, set_adding = ft.use_state(False)
    changes, set_changes = ft.use_state(0)

    def changed() -> None:
        rules.reload()
        set_changes(lambda n: n + 1)

    def added() -> None:
        set_adding(False)
        services.tell(t("admin.rule_added"), Tone.SUCCESS)
        changed()

    def ready(lists: Known) -> ft.Control:
        if adding:
            return RuleForm(lists, rules.value or [], added, lambda: set_adding(False))
        return ft.Row([primary_button(t("admin.rule_add"), lambda: set_adding(True), icon=ft.Icons.ADD)])

    left = column(
        [
            explain(t("admin.rule_which")),
            ft.Container(show(known, ready, skeleton=lambda: ft.Container(height=Size.TARGET)), key="new"),
            show(rules, lambda found: _rules(services, found, changed)),
        ]
    )
    panel = ft.Container(TryRouting(known, changes), key="try")
    if not services.desktop:
        return column([left, panel])
    return ft.Row(
        [ft.Container(left, expand=True), ft.Container(panel, width=_TRY)],
        spacing=Space.XL,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def in_order(rules: Sequence[RoutingRule]) -> list[RoutingRule]:
    """Return the rules as they are asked: category and place, then place, then category, then the rule for all."""

    def rank(rule: RoutingRule) -> tuple[bool, bool, str, str]:
        return rule.place is None, rule.category is None, rule.place_name or "", rule.category_name or ""

    return sorted(rules, key=rank)


def _rules(services: Services, rules: Sequence[RoutingRule], changed: Callable[[], None]) -> ft.Control:
    t = services.text
    if not rules:
        return empty(ft.Icons.ALT_ROUTE, t("admin.rules_none"), t("admin.rules_none_why"))
    ordered = in_order(rules)
    if not services.wide:
        return column([_card(services, rule, changed) for rule in ordered], spacing=Space.S)
    heads = (
        Head(t("admin.category"), 3),
        Head(t("admin.place"), 3),
        Head(t("admin.receiver"), 5),
        Head("", width=Size.TARGET),
    )
    rows = [
        [
            any_or(t, rule.category_name, "any_category"),
            any_or(t, rule.place_name, "any_place"),
            _receiver(services, rule),
            _remove(services, rule, changed),
        ]
        for rule in ordered
    ]
    return table(heads, rows)


def _card(services: Services, rule: RoutingRule, changed: Callable[[], None]) -> ft.Control:
    about = title(_about(services, rule), small=True)
    words = ft.Column([about, _receiver(services, rule)], spacing=Space.XS, expand=True)
    return card(ft.Row([words, _remove(services, rule, changed)], spacing=Space.S), padding=Space.M, key=str(rule.id))


def _about(services: Services, rule: RoutingRule) -> str:
    t = services.text
    category = rule.category_name or t("admin.any_category")
    return f"{category} · {rule.place_name or t('admin.any_place')}"


def _receiver(services: Services, rule: RoutingRule) -> ft.Control:
    return to_unit(rule.unit.name if rule.unit else services.text("admin.ward_office"))


def _remove(services: Services, rule: RoutingRule, changed: Callable[[], None]) -> ft.Control:
    t = services.text
    about = _about(services, rule)
    button = remove_button(
        t("admin.rule_remove", rule=about),
        t("admin.rule_remove_sure"),
        t("admin.rule_remove_why", rule=about),
        partial(api.remove_rule, services.api, rule.id),
        changed,
    )
    return ft.Container(button, key=f"remove-{rule.id}")
