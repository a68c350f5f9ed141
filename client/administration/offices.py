"""`/admin/offices`: the offices that people find, to be added, changed and removed."""

from collections.abc import Callable
from functools import partial

import flet as ft

from client.administration import office_api
from client.administration.frame import admin_screen, column, explain
from client.core.context import use_query, use_services
from client.core.services import Services
from client.core.theme import Colour, Space, Tone
from client.ui.asking import remove_button
from client.ui.forms import icon_button, primary_button
from client.ui.lists import card, page_list, use_pages
from client.ui.search import live_search
from client.ui.states import empty
from client.ui.status import status_chip
from client.ui.text import body, caption, title
from shared.access import Permission
from shared.offices import Office

HERE = "/admin/offices"


@ft.component
def OfficesScreen() -> ft.Control:
    """Show the list."""
    return admin_screen("offices", Permission.EDIT_NEWS, Offices)


@ft.component
def Offices() -> ft.Control:
    """Show the offices by name, with what can be done to each."""
    services = use_services()
    t = services.text
    question, ask = ft.use_state(use_query("q"))
    pages = use_pages(lambda cursor: office_api.offices(services.api, question, cursor), [question])
    none = empty(ft.Icons.ACCOUNT_BALANCE_OUTLINED, t("admin.offices_none"), t("admin.offices_none_why"))
    add = primary_button(t("admin.office_add"), lambda: services.go(f"{HERE}/new"), icon=ft.Icons.ADD)
    return column(
        [
            explain(t("admin.offices_why")),
            ft.Row([add]),
            live_search(t("admin.office_find"), question, ask),
            page_list(pages, lambda each: _row(services, each, pages.reload), empty=none),
        ]
    )


def _row(services: Services, office: Office, changed: Callable[[], None]) -> ft.Control:
    t = services.text
    kind = t(f"offices.kind_{office.kind}")
    about: list[ft.Control] = [caption(" · ".join(part for part in (kind, office.code, office.phone) if part))]
    if office.sample:
        about.append(status_chip(ft.Icons.SCIENCE_OUTLINED, t("admin.office_sample"), Tone.NEUTRAL))
    words = ft.Column(
        [
            title(office.name, small=True),
            *([body(office.address, color=Colour.QUIET)] if office.address else []),
            ft.Row(about, wrap=True, spacing=Space.S, run_spacing=Space.XS),
        ],
        spacing=Space.XS,
        expand=True,
    )
    edit = icon_button(
        ft.Icons.EDIT_OUTLINED,
        t("admin.office_edit", name=office.name),
        partial(services.go, f"{HERE}/edit/{office.code}"),
    )
    remove = remove_button(
        t("admin.office_remove", name=office.name),
        t("admin.office_remove_sure"),
        t("admin.office_remove_why", name=office.name),
        partial(office_api.remove_office, services.api, office.code),
        changed,
    )
    row = ft.Row([words, edit, ft.Container(remove, key=f"remove-{office.code}")], spacing=Space.S)
    return card(row, padding=Space.M, key=office.code)
