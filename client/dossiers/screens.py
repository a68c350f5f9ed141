"""Looking a dossier up, and the dossier that was found."""

from collections.abc import Sequence

import flet as ft

from client.core.context import use_query, use_services
from client.core.loading import Loaded, use_loaded
from client.core.services import Services
from client.core.theme import Space
from client.dossiers import recent
from client.dossiers.codes import code_in
from client.dossiers.following import follow_panel
from client.dossiers.lists import followed_list, recent_list
from client.dossiers.lookup import digits_card, look_up_card, receipt, trouble
from client.dossiers.opening import Opened, open_dossier, visit_of
from client.dossiers.view import dossier_view, refresh_line
from client.ui.forms import primary_button, secondary_button
from client.ui.shell import Screen, reading_width
from client.ui.states import empty, text_skeleton
from client.ui.text import body
from shared.dossiers import Dossier


@ft.component
def DossiersScreen() -> ft.Control:
    """Ask which dossier; below it those that are followed, and those that were looked up before."""
    services = use_services()
    t = services.text
    kept = use_loaded(lambda: recent.read(services.storage), [])
    filled = use_query("code")

    def found(dossier: Dossier) -> None:
        visit_of(services).found[dossier.code] = dossier
        services.go(f"/dossiers/{dossier.code}")

    async def forget(code: str | None) -> None:
        left = recent.forget_all(services.storage) if code is None else recent.forget(services.storage, code)
        kept.set(await left)

    def forget_soon(code: str | None) -> None:
        services.page.run_task(forget, code)

    before = recent_list(services, kept.value or (), forget_soon)
    asked = [body(t("dossiers.intro")), look_up_card(filled, found)]
    lists = [followed_list(), *before]
    if not services.desktop:
        return Screen(t("dossiers.title"), [*asked, *lists, receipt(t)], back="/services")
    left = ft.Container(_column([*asked, receipt(t)]), expand=1)
    right = ft.Container(_column(lists), expand=1)
    row = ft.Row([left, right], spacing=Space.XL, vertical_alignment=ft.CrossAxisAlignment.START)
    return Screen(t("dossiers.title"), [row], back="/services", full=True)


@ft.component
def DossierScreen() -> ft.Control:
    """One dossier, whose address holds its code and never its digits."""
    services = use_services()
    typed = str(ft.use_route_params().get("code") or "")
    code = code_in(typed)
    content: ft.Control = _no_code(services, typed)
    if code is not None:
        content = ft.Container(OneDossier(code), key=f"dossier-{code}")
    return Screen(services.text("dossiers.one"), [content], back="/dossiers", full=services.desktop)


def _no_code(services: Services, typed: str) -> ft.Control:
    """Say that an address holds no dossier's code, and lead to where one is typed."""
    t = services.text
    again = primary_button(t("dossiers.look_up"), lambda: services.go("/dossiers"), icon=ft.Icons.SEARCH)
    return empty(ft.Icons.FOLDER_OFF_OUTLINED, t("dossiers.no_code"), t("dossiers.no_code_why", typed=typed), again)


@ft.component
def OneDossier(code: str) -> ft.Control:
    """Show a dossier; ask for the digits first where nothing else opens it."""
    services = use_services()
    loaded = use_loaded(lambda: open_dossier(services, code), [code, services.session.key])
    asking, set_asking = ft.use_state(False)
    dossier = loaded.value.dossier if loaded.value is not None else None

    def show(found: Dossier) -> None:
        set_asking(False)
        loaded.set(Opened(found))

    if loaded.value is None:
        return _not_yet(services, loaded)
    if asking or dossier is None:
        ask = digits_card(code, show)
        return reading_width(ask) if services.desktop else ask
    again = refresh_line(services.text, dossier, loaded.reload, running=loaded.refreshing)
    follow = follow_panel(dossier, show, lambda: set_asking(True))
    whole = dossier_view(services, dossier, again, follow)
    return _column([trouble(services, loaded.error), whole]) if loaded.error is not None else whole


def _not_yet(services: Services, loaded: Loaded[Opened]) -> ft.Control:
    if loaded.error is None:
        return text_skeleton()
    again = secondary_button(services.text("action.retry"), loaded.reload, icon=ft.Icons.REFRESH)
    return _column([trouble(services, loaded.error), ft.Row([again])])


def _column(parts: Sequence[ft.Control]) -> ft.Control:
    return ft.Column(list(parts), spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
