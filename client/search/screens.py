"""The one search box: everything that fits, group by group, while one types."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from client.core.context import use_query, use_services
from client.core.hooks import use_kept
from client.core.loading import Loaded, use_loaded
from client.core.services import Services
from client.core.theme import Space
from client.search import api, parts
from client.search.recent import use_recent
from client.ui.keys import use_keyboard, use_keys
from client.ui.lists import apart
from client.ui.search import live_search
from client.ui.shell import Screen
from client.ui.states import failure
from client.ui.text import caption
from shared.search import SearchHit, SearchKind, SearchResults


@dataclass
class _Last:
    """What was found before: it stays until the next answer comes, so that nothing flickers while one types."""

    results: SearchResults | None = None


@ft.component
def SearchScreen() -> ft.Control:
    """Search everything."""
    services = use_services()
    t = services.text
    question = use_query("q")
    recent = use_recent()
    found = use_loaded(lambda: api.search(services.api, question), [question, t.language])
    last = use_kept(_Last)
    # Which hit the arrow keys have come to: of another question it is none.
    place, set_place = ft.use_state(("", -1))
    last.results = found.value or (last.results if question else None)
    hits = _hits(last.results) if question else []
    at = place[1] if place[0] == question and place[1] < len(hits) else -1

    def opened(path: str) -> None:
        recent.keep(question)
        services.go(path)

    def step(by: int) -> bool:
        if hits:
            set_place((question, max(-1, min(at + by, len(hits) - 1))))
        return bool(hits)

    def heard(event: ft.KeyboardEvent) -> bool:
        if event.key in _STEPS:
            return step(_STEPS[event.key])
        if event.key == "Enter" and at >= 0:
            hit = hits[at]
            opened("/hotlines" if hit.kind is SearchKind.HOTLINE else hit.path)
            return True
        return False

    use_keys(use_keyboard(), heard)
    box = live_search(t("search_box.hint"), question, lambda q: services.go(parts.address(q)), autofocus=True)
    waits = bool(question) and found.value is None and found.error is None
    bar = ft.ProgressBar(semantics_label=t("state.loading")) if waits else None
    below = [parts.start(services, recent)]
    if question:
        below = _answer(services, found, last, question, opened, hits[at] if at >= 0 else None)
    found_column = ft.Column(
        [ft.Container(bar, height=Space.XS), *below],
        spacing=Space.M,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return Screen(t("search_box.title"), [box, apart(found_column)], back="/")


_STEPS = {"Arrow Down": 1, "Arrow Up": -1}


def _hits(results: SearchResults | None) -> list[SearchHit]:
    return [hit for group in results.groups for hit in group.hits] if results else []


def _answer(
    services: Services,
    found: Loaded[SearchResults],
    last: _Last,
    question: str,
    opened: Callable[[str], None],
    chosen: SearchHit | None,
) -> list[ft.Control]:
    t = services.text
    if found.error is not None:
        return [failure(services, t, found.error, found.reload)]
    results = last.results
    if results is None:
        return [parts.skeleton()]
    lines: list[ft.Control] = []
    if results.understood:
        lines.append(parts.understood(services, results.understood))
    if results.door is not None:
        lines.append(parts.door_card(services, results.door))
    if not results.groups:
        return [*lines, *([] if found.value is None else [parts.nothing(services, question)])]
    groups = [parts.group(services, each, question, opened, chosen) for each in results.groups]
    if services.desktop:
        groups.append(caption(t("search_box.keys")))
    return [*lines, ft.Column(groups, spacing=Space.XL, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)]
