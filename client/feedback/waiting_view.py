"""The screen of a report that waits: what it holds, why it waits, and what can be done with it."""

from collections.abc import Callable
from typing import cast

import flet as ft

from client.core.action import Action, use_action
from client.core.context import use_query, use_services
from client.core.loading import use_loaded
from client.core.outbox import Waiting
from client.core.services import Services
from client.core.store import read_draft, write_draft
from client.core.text import Text
from client.core.theme import Colour, Size, Space, Tone
from client.feedback import api
from client.feedback.case_due import capital
from client.feedback.report_expect import fault_words
from client.feedback.waiting import as_form, file_ids, files_are_gone, form_of, written
from client.ui.forms import link_button, primary_button, secondary_button
from client.ui.lists import card
from client.ui.shell import Screen
from client.ui.states import empty, error_line, notice, require_account
from client.ui.text import body, caption, title
from client.ui.waiting import use_outbox
from shared.errors import ErrorCode

_MINE = "/feedback/mine"


@ft.component
def WaitingScreen() -> ft.Control:
    """Show `/feedback/waiting/<key>`; `session` names the onboarding session to go back to."""
    services = use_services()
    t = services.text
    key = ft.use_route_params()["key"]
    session = use_query("session")
    items = use_outbox()
    asking, ask = ft.use_state("")
    item = next((each for each in items if each.key == key), None)
    attempt = use_action(lambda: services.outbox.attempt(key))
    kinds = use_loaded(lambda: api.categories(services.api), [])
    ft.use_dialog(_dialog(services, item, asking, lambda: ask("")) if item is not None and asking else None)
    back = f"/join/{session}" if session else _MINE
    stop = require_account(services, t)
    if stop is not None:
        return Screen(t("feedback.waiting"), [stop], back=back)
    if item is None:
        return Screen(t("feedback.waiting"), _gone(services, services.outbox.arrived.get(key)), back=back)
    kind = next((each.name for each in kinds.value or [] if each.code == item.body.get("category")), "")
    shown = [_why(t, item), _content(t, item, kind), *_ways(services, item, ask, attempt)]
    return Screen(t("feedback.waiting_refused" if item.trouble else "feedback.waiting"), shown, back=back)


def _why(t: Text, item: Waiting) -> ft.Control:
    if not item.trouble:
        return notice(ft.Icons.SCHEDULE_SEND, t("feedback.waiting"), t("feedback.waiting_why"), Tone.WARNING)
    if files_are_gone(item):
        why = t("feedback.waiting_files_gone")
    elif item.faults:
        why = " ".join(fault_words(t, fault) for fault in item.faults)
    elif item.trouble == ErrorCode.KEY_REUSED:
        why = t("feedback.maybe_sent")
    else:
        key = f"error.{item.trouble}"
        why = t(key) if t.has(key) else t("error.invalid")
    return notice(ft.Icons.ERROR_OUTLINE, t("feedback.waiting_refused"), why, Tone.DANGER)


def _content(t: Text, item: Waiting, kind: str) -> ft.Control:
    rows: list[ft.Control] = [title(item.title)]
    words = str(item.body.get("description", ""))
    if words != item.title:
        rows.append(body(words))
    photos = len(file_ids(item))
    lat, lon = cast(float, item.body.get("lat", 0.0)), cast(float, item.body.get("lon", 0.0))
    facts = [
        (ft.Icons.CATEGORY_OUTLINED, kind),
        (ft.Icons.SIGNPOST_OUTLINED, str(item.body.get("address", ""))),
        (ft.Icons.PLACE_OUTLINED, t("feedback.waiting_place", lat=f"{lat:.5f}", lon=f"{lon:.5f}")),
        (ft.Icons.PHOTO_OUTLINED, t("feedback.waiting_photos", n=photos) if photos else ""),
        (ft.Icons.SCHEDULE, capital(t("waiting.written", when=t.ago(item.written_at)))),
    ]
    rows += [_fact(icon, said) for icon, said in facts if said]
    return card(ft.Column(rows, spacing=Space.M))


def _fact(icon: ft.IconData, said: str) -> ft.Control:
    return ft.Row(
        [ft.Icon(icon, size=Size.ICON_S, color=Colour.QUIET), ft.Container(caption(said), expand=True)], spacing=Space.S
    )


def _ways(services: Services, item: Waiting, ask: Callable[[str], None], attempt: Action) -> list[ft.Control]:
    t = services.text

    async def change() -> None:
        name = form_of(item)
        if written(await read_draft(services.storage, name)):
            ask("replace")
        else:
            await into_form(services, item)

    edit = secondary_button(t("feedback.waiting_edit"), change, icon=ft.Icons.EDIT_OUTLINED, expand=True)
    rows: list[ft.Control] = [ft.Row([edit])]
    if not item.trouble:
        words = t("feedback.waiting_now")
        now = primary_button(words, attempt.start, icon=ft.Icons.SEND, running=attempt.running, expand=True)
        rows = [error_line(t, attempt.error), ft.Row([now]), *rows]
    discard = link_button(t("feedback.waiting_discard"), lambda: ask("discard"), icon=ft.Icons.DELETE_OUTLINE)
    return [*rows, ft.Row([discard], alignment=ft.MainAxisAlignment.CENTER)]


async def into_form(services: Services, item: Waiting) -> None:
    """Bring a waiting report back into its form: first it stands there, then it waits no longer."""
    await write_draft(services.storage, form_of(item), as_form(item))
    await services.outbox.remove(item.key)
    services.go(_form_path(item))


def _form_path(item: Waiting) -> str:
    return "/feedback/new?practice=1" if item.body.get("practice") else "/feedback/new"


def _dialog(services: Services, item: Waiting, asking: str, close: Callable[[], None]) -> ft.AlertDialog:
    t = services.text

    async def discard() -> None:
        close()
        await services.outbox.remove(item.key)
        services.go(_MINE)

    async def replace() -> None:
        close()
        await into_form(services, item)

    def other() -> None:
        close()
        services.go(_form_path(item))

    if asking == "replace":
        head, why = "feedback.waiting_replace", "feedback.waiting_replace_why"
        actions: list[ft.Control] = [
            link_button(t("action.cancel"), close),
            link_button(t("feedback.waiting_draft_open"), other),
            primary_button(t("feedback.waiting_replace_go"), replace),
        ]
    else:
        head, why = "feedback.waiting_discard_ask", "feedback.waiting_discard_why"
        actions = [
            link_button(t("action.cancel"), close),
            primary_button(t("feedback.waiting_discard"), discard, icon=ft.Icons.DELETE_OUTLINE),
        ]
    return ft.AlertDialog(title=t(head), content=body(t(why)), actions=actions, on_dismiss=lambda _: close())


def _gone(services: Services, place: str | None) -> list[ft.Control]:
    """Say where it is now: arrived in this visit, or sent or discarded elsewhere."""
    t = services.text
    if place is not None:
        go = primary_button(t("feedback.follow_sent"), lambda: services.go(place), icon=ft.Icons.VISIBILITY)
        words = (t("feedback.waiting_arrived"), t("feedback.waiting_arrived_why"))
        return [empty(ft.Icons.CHECK_CIRCLE_OUTLINE, *words, go)]
    mine = primary_button(t("feedback.waiting_mine"), lambda: services.go(_MINE), icon=ft.Icons.PERSON_OUTLINE)
    return [empty(ft.Icons.FORUM_OUTLINED, t("feedback.waiting_gone"), t("feedback.waiting_gone_why"), mine)]
