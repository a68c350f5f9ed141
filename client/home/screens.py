"""The home page: greeting, search, the four things people come for, my cases, the latest news, numbers to call."""

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.theme import Space
from client.home import api, parts
from client.ui.forms import link_button, secondary_button
from client.ui.lists import section
from client.ui.shell import Screen
from client.ui.states import show
from client.ui.text import caption
from client.ui.waiting import use_outbox, waiting_card
from shared.feedback import FeedbackSummary
from shared.pages import Page


@ft.component
def HomeScreen() -> ft.Control:
    """Draw the first screen."""
    services = use_services()
    t = services.text
    news = use_loaded(lambda: api.latest_news(services.api), [services.text.language])
    lines = use_loaded(lambda: api.hotlines(services.api), [])
    content: list[ft.Control] = [parts.actions(services)]
    if services.province.demo:
        content.append(caption(t("home.demo")))
    content.append(MyCases())
    content.append(
        section(
            t("home.news"),
            [show(news, lambda page: parts.news_row(services, page.items), skeleton=parts.news_skeleton)],
            more=t("action.see_all"),
            on_more=lambda: services.go("/news"),
        )
    )
    content.append(
        section(
            t("home.call"),
            [show(lines, lambda found: parts.call_row(services, found), skeleton=parts.call_skeleton)],
        )
    )
    content.append(link_button(t("home.join"), lambda: services.go("/join"), icon=ft.Icons.GROUPS_OUTLINED))
    return Screen(t("home.title"), content, header=parts.hero(services))


@ft.component
def MyCases() -> ft.Control:
    """Show the signed-in person's newest reports, or how to come to have some."""
    services = use_services()
    t = services.text
    account = services.session.account

    async def load() -> Page[FeedbackSummary]:
        if services.session.account is None:
            return Page[FeedbackSummary](items=[], next_cursor=None)
        return await api.my_cases(services.api)

    waiting = use_outbox()
    cases = use_loaded(load, [services.session.key, len(services.outbox.arrived)])
    if account is None:
        return parts.invitation(
            t("home.guest_why"), secondary_button(t("action.sign_in"), lambda: services.sign_in_first("/"))
        )

    cards = [waiting_card(services, item, f"/feedback/waiting/{item.key}") for item in waiting]

    def ready(page: Page[FeedbackSummary]) -> ft.Control:
        if not page.items and not waiting:
            report = link_button(t("home.report"), lambda: services.go("/feedback/new"))
            return parts.invitation(t("home.no_cases_why"), report, words=t("home.no_cases"))
        return ft.Column([parts.case_card(services, case) for case in page.items], spacing=Space.M)

    return section(
        t("home.my_cases"),
        [*cards, show(cases, ready, skeleton=parts.case_skeleton)],
        more=t("action.see_all"),
        on_more=lambda: services.go("/feedback/mine"),
    )
