"""The list of news: headings as chips, the pinned and newest article large, the others below."""

import flet as ft

from client.core.context import use_query, use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Space
from client.news import api, parts
from client.ui.forms import Choice, choice_chips, link_button, secondary_button
from client.ui.lists import Pages, use_pages
from client.ui.search import live_search
from client.ui.shell import Screen
from client.ui.states import empty, error_line, failure
from shared.news import ArticleSummary


@ft.component
def NewsScreen() -> ft.Control:
    """Show the news."""
    services = use_services()
    t = services.text
    category, question = use_query("category"), use_query("q")
    headings = use_loaded(lambda: api.categories(services.api), [t.language])
    pages = use_pages(
        lambda cursor: api.articles(services.api, category, question, cursor), [category, question, t.language]
    )
    choices = [Choice("", t("news.all")), *[Choice(each.slug, each.name) for each in headings.value or []]]
    chips = choice_chips(choices, category, lambda slug: services.go(parts.address(slug, question)), scroll=True)
    box = live_search(t("news.search"), question, lambda wanted: services.go(parts.address(category, wanted)))
    if services.desktop:
        search = ft.Container(box, width=380)
        top: list[ft.Control] = [ft.Row([ft.Container(chips, expand=True), search], spacing=Space.L)]
    else:
        top = [box, chips]
    documents = link_button(t("news.documents"), lambda: services.go("/documents"), icon=ft.Icons.GAVEL_OUTLINED)
    return Screen(
        t("news.title"), [*top, _articles(services, pages, category, question)], full=True, actions=[documents]
    )


def _articles(services: Services, pages: Pages[ArticleSummary], category: str, question: str) -> ft.Control:
    t = services.text
    if pages.waiting:
        return parts.list_skeleton(services)
    if pages.error is not None and not pages.items:
        return failure(services, t, pages.error, pages.reload)
    if not pages.items:
        return _nothing(services, category, question)
    shown = parts.arranged(services, pages.items)
    if pages.more:
        button = secondary_button(
            t("action.more"), pages.load_more, icon=ft.Icons.EXPAND_MORE, running=pages.loading_more
        )
        shown.append(ft.Row([button], alignment=ft.MainAxisAlignment.CENTER))
    shown.append(error_line(t, pages.more_error))
    return ft.Column(
        shown,
        spacing=Space.L if services.wide else Space.M,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _nothing(services: Services, category: str, question: str) -> ft.Control:
    t = services.text
    button = secondary_button(t("news.show_all"), lambda: services.go("/news")) if category or question else None
    if question:
        return empty(ft.Icons.SEARCH_OFF, t("news.not_found", q=question), t("news.not_found_why"), button)
    return empty(ft.Icons.NEWSPAPER, t("news.empty"), t("news.empty_why") if category else "", button)
