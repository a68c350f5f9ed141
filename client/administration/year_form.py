"""An exception of this province: a day off, or a day worked instead."""

from collections.abc import Callable
from datetime import date, timedelta

import flet as ft

from client.administration import api
from client.administration.frame import column
from client.core.action import use_action
from client.core.context import use_services
from client.core.once import use_once
from client.core.store import use_form
from client.core.text.dates import local, now
from client.core.theme import Space
from client.ui.days import use_day
from client.ui.forms import Choice, choice_chips, primary_button, secondary_button, text_field
from client.ui.lists import card
from client.ui.states import error_line
from client.ui.text import caption, heading
from shared.administration import CalendarDay, CalendarDayDraft, DayKind

_BACK, _AHEAD = 366, 3 * 366
_NOTE = 200


@ft.component
def DayForm(added: Callable[[date], None], close: Callable[[], None]) -> ft.Control:
    """Ask which day it is, what it becomes, and why."""
    services = use_services()
    t = services.text
    today = local(now()).date()
    form = use_form(None, {"day": "", "kind": DayKind.OFF.value, "note": ""})
    once = use_once()
    chosen = date.fromisoformat(form.get("day")) if form.get("day") else None
    calendar = use_day(
        chosen or today,
        lambda day: form.set("day", day.isoformat()),
        first=today - timedelta(days=_BACK),
        last=today + timedelta(days=_AHEAD),
    )

    async def work() -> CalendarDay:
        draft = CalendarDayDraft(
            day=date.fromisoformat(form.get("day")), kind=DayKind(form.get("kind")), note=str(form.get("note")).strip()
        )
        return await api.set_day(services.api, draft, once.key(draft))

    save = use_action(work, done=lambda day: added(day.day), failed=form.fail)

    def submit() -> None:
        wrong = {
            "day": None if form.get("day") else t("admin.need_day"),
            "note": None if str(form.get("note")).strip() else t("admin.need_note"),
        }
        if form.check(wrong):
            save.start()

    kinds = [
        Choice(DayKind.OFF.value, t("admin.day_off"), ft.Icons.EVENT_BUSY),
        Choice(DayKind.WORK.value, t("admin.day_work"), ft.Icons.WORK_OUTLINE),
    ]
    words = t.weekday_date(chosen) if chosen else t("admin.choose_day")
    when: list[ft.Control] = [ft.Row([secondary_button(words[:1].upper() + words[1:], calendar, icon=ft.Icons.EVENT)])]
    wrong = form.error("day")
    if wrong is not None:
        when.append(ft.Semantics(live_region=True, content=caption(wrong, color=ft.Colors.ERROR)))
    note = text_field(form, "note", t("admin.note"), hint=t("admin.note_hint"), max_length=_NOTE)
    note.counter = ""
    buttons = ft.Row(
        [
            secondary_button(t("action.cancel"), close),
            primary_button(t("action.save"), submit, icon=ft.Icons.CHECK, running=save.running),
        ],
        alignment=ft.MainAxisAlignment.END,
        spacing=Space.S,
    )
    lines = [
        heading(t("admin.day_new")),
        column(when, spacing=Space.XS),
        choice_chips(kinds, form.get("kind"), lambda kind: form.set("kind", kind)),
        note,
        error_line(t, save.error),
        buttons,
    ]
    return card(column(lines, spacing=Space.M))
