"""What the list, the map and the figures share: the switch between them, and the choice of a unit or a category."""

from collections.abc import Callable

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.text.dates import local, now
from client.feedback import api, public_api
from client.feedback.case_card import category_icon
from client.feedback.figures import months_back
from client.ui.choosing import search_choices
from client.ui.forms import Choice, choice_chips
from client.ui.segments import segments

LIST, MAP, STATISTICS = "/feedback", "/feedback/map", "/feedback/statistics"
_VIEWS = (
    (LIST, "feedback.view_list", ft.Icons.VIEW_LIST_OUTLINED),
    (MAP, "feedback.view_map", ft.Icons.MAP_OUTLINED),
    (STATISTICS, "feedback.view_statistics", ft.Icons.BAR_CHART),
)
_UNITS_OF_MONTHS = 12


def views_switch(services: Services, shown: str) -> ft.Control:
    """Switch between the list of reports, their map and their figures."""
    t = services.text
    return segments([Choice(path, t(word), icon) for path, word, icon in _VIEWS], shown, services.go)


@ft.component
def category_choice(chosen: str, on_pick: Callable[[str], None]) -> ft.Control:
    """Let one category be chosen, or all (an empty code)."""
    services = use_services()
    kinds = use_loaded(lambda: api.categories(services.api), [])
    choices = [Choice("", services.text("feedback.all_categories"))]
    choices += [Choice(each.code, each.name, category_icon(each.icon)) for each in kinds.value or []]
    return choice_chips(choices, chosen, on_pick, scroll=True)


@ft.component
def unit_choice(chosen: str, on_pick: Callable[[str], None]) -> ft.Control:
    """Let one of the units that handle reports be found and chosen, or all (an empty code)."""
    services = use_services()
    t = services.text
    today = local(now()).date()

    async def units() -> list[Choice]:
        found = await public_api.statistics(services.api, months_back(today, _UNITS_OF_MONTHS), today)
        return [Choice(unit.code, unit.name) for unit in found.by_unit]

    known = use_loaded(units, [])
    everybody = [Choice("", t("feedback.all_units"))]
    choices = [] if known.failed else known.value
    return search_choices(t("feedback.find_unit"), choices, chosen, on_pick, name="unit", always=everybody)
