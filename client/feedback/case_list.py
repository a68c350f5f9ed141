"""The lists of reports: everybody's with filters, and one's own."""

from collections.abc import Callable

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Space
from client.feedback import api
from client.feedback.case_card import category_icon, own_card, public_card
from client.feedback.public_parts import LIST, unit_choice, views_switch
from client.feedback.states import status_look
from client.feedback.waiting import path_of
from client.ui.forms import Choice, choice_chips, icon_button, link_button, primary_button
from client.ui.lists import page_list, use_pages
from client.ui.search import live_search
from client.ui.states import empty, require_account
from client.ui.waiting import use_outbox, waiting_card
from shared.case_states import Status
from shared.feedback import FeedbackSummary
from shared.pages import Page

MINE = "mine"
_ALL = "all"
_FILTERED = (Status.NEW, Status.IN_PROGRESS, Status.PLANNED, Status.RESOLVED, Status.CLOSED, Status.REFUSED)


@ft.component
def case_list(*, mine: bool, chosen: str) -> ft.Control:
    """Show the list behind one of two tabs; `chosen` is the code of the report that stands beside it."""
    services = use_services()
    t = services.text
    tabs = choice_chips(
        [
            Choice("public", t("feedback.tab_public"), ft.Icons.PUBLIC),
            Choice(MINE, t("feedback.tab_mine"), ft.Icons.PERSON_OUTLINE),
        ],
        MINE if mine else "public",
        lambda tab: services.go("/feedback/mine" if tab == MINE else "/feedback"),
    )
    shown = my_cases(chosen=chosen) if mine else public_cases(chosen=chosen)
    return ft.Column(
        [report_button(services), views_switch(services, LIST), tabs, shown],
        spacing=Space.M,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def report_button(services: Services) -> ft.Control:
    """Make the one big button of the feature."""
    button = primary_button(
        services.text("feedback.new"),
        lambda: services.go("/feedback/new"),
        icon=ft.Icons.ADD_A_PHOTO,
        expand=True,
    )
    button.height = Space.XXL + Space.XL
    return ft.Row([button])


@ft.component
def public_cases(*, chosen: str) -> ft.Control:
    """Show what everybody may read, with search and filters."""
    services = use_services()
    t = services.text
    status, set_status = ft.use_state(_ALL)
    category, set_category = ft.use_state(_ALL)
    unit, set_unit = ft.use_state("")
    q, set_q = ft.use_state("")
    more, set_more = ft.use_state(False)
    kinds = use_loaded(lambda: api.categories(services.api), [])

    async def fetch(cursor: str | None) -> Page[FeedbackSummary]:
        wanted = None if status == _ALL else Status(status)
        return await api.public_cases(
            services.api, cursor, status=wanted, category="" if category == _ALL else category, unit=unit, q=q
        )

    def clear() -> None:
        set_status(_ALL)
        set_category(_ALL)
        set_unit("")
        set_q("")

    pages = use_pages(fetch, [status, category, unit, q])
    filtered = (status, category, unit, q) != (_ALL, _ALL, "", "")
    states = [Choice(_ALL, t("feedback.all_states"))]
    states += [Choice(each.value, t(status_look(each).word), status_look(each).icon) for each in _FILTERED]
    categories = [Choice(_ALL, t("feedback.all_categories"))]
    categories += [Choice(each.code, each.name, category_icon(each.icon)) for each in kinds.value or []]
    chips = ft.Container(choice_chips(states, status, set_status, scroll=True), expand=True)
    toggle = icon_button(
        ft.Icons.FILTER_ALT_OFF_OUTLINED if more else ft.Icons.TUNE,
        t("feedback.filters_less" if more else "feedback.filters_more"),
        lambda: set_more(not more),
    )
    finer: list[ft.Control] = [
        live_search(t("feedback.search"), q, set_q),
        choice_chips(categories, category, set_category, scroll=True),
        unit_choice(unit, set_unit),
    ]
    undo = link_button(t("feedback.clear_filters"), clear, icon=ft.Icons.FILTER_ALT_OFF_OUTLINED)
    return ft.Column(
        [
            ft.Row([chips, toggle], spacing=Space.XS),
            *(finer if more else []),
            *([ft.Row([undo])] if filtered else []),
            page_list(
                pages,
                lambda case: public_card(services, case, selected=case.code == chosen),
                empty=_nothing_found(services, clear) if filtered else _nothing(services, "feedback.none"),
            ),
        ],
        spacing=Space.M,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


@ft.component
def my_cases(*, chosen: str) -> ft.Control:
    """Show the person's own reports, or the way to sign in."""
    services = use_services()
    t = services.text
    signed_in = services.session.account is not None

    async def fetch(cursor: str | None) -> Page[FeedbackSummary]:
        return await api.my_cases(services.api, cursor) if signed_in else Page(items=[], next_cursor=None)

    waiting = use_outbox()
    pages = use_pages(fetch, [services.session.key, len(services.outbox.arrived)])
    stop = require_account(services, t)
    if stop is not None:
        return stop
    sent = page_list(
        pages,
        lambda case: own_card(services, case, selected=case.code == chosen),
        empty=_nothing(services, "feedback.none_mine"),
    )
    cards = [waiting_card(services, item, path_of(item)) for item in waiting]
    return ft.Column([*cards, sent], spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _nothing(services: Services, words: str) -> ft.Control:
    t = services.text
    return empty(ft.Icons.FORUM_OUTLINED, t(words), t("feedback.none_why"))


def _nothing_found(services: Services, clear: Callable[[], None]) -> ft.Control:
    t = services.text
    again = link_button(t("feedback.clear_filters"), clear, icon=ft.Icons.FILTER_ALT_OFF_OUTLINED)
    return empty(ft.Icons.SEARCH_OFF, t("feedback.none_found"), t("feedback.none_found_why"), again)
