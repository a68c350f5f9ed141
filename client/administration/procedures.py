"""`/admin/procedures`: how the check of the source goes, and the proposals that it left."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import cast

import flet as ft

from client.administration import procedure_api as api
from client.administration.frame import HOME, admin_screen, column, explain
from client.core.action import use_action
from client.core.api import new_key
from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Colour, Space, Tone
from client.ui.forms import secondary_button
from client.ui.lists import card, page_list, use_pages
from client.ui.states import empty, error_line
from client.ui.status import status_chip
from client.ui.text import body, caption, title
from shared.access import Permission
from shared.pages import Page
from shared.procedure_sync import ChangeKind, CheckOutcome, SyncCheck, SyncState, SyncSummary

PROCEDURES = f"{HOME}/procedures"
_EVERY_S = 3

_OUTCOMES = {
    CheckOutcome.PROPOSED: (ft.Icons.RATE_REVIEW_OUTLINED, Tone.WARNING),
    CheckOutcome.NOTHING_NEW: (ft.Icons.CHECK, Tone.SUCCESS),
    CheckOutcome.SAME: (ft.Icons.CHECK, Tone.SUCCESS),
    CheckOutcome.FAILED: (ft.Icons.ERROR_OUTLINE, Tone.DANGER),
}


@ft.component
def ProceduresScreen() -> ft.Control:
    """Show the check and its proposals."""
    return admin_screen("procedures", Permission.EDIT_NEWS, Procedures)


@ft.component
def Procedures() -> ft.Control:
    """Show the check, and a page of proposals after the other."""
    services = use_services()
    t = services.text
    check, set_check = ft.use_state(cast(SyncCheck | None, None))

    async def fetch(cursor: str | None) -> Page[SyncSummary]:
        found = await api.syncs(services.api, cursor)
        set_check(found.check)
        return Page[SyncSummary](items=found.items, next_cursor=found.next_cursor)

    pages = use_pages(fetch, [])
    use_again(pages.reload, while_=check is not None and (check.running or check.asked))
    none = empty(ft.Icons.PUBLISHED_WITH_CHANGES, t("admin.syncs_none"), t("admin.syncs_none_why"))
    parts: list[ft.Control] = [explain(t("admin.procedures_why"))]
    if check is not None:
        parts.append(ft.Container(CheckCard(check, set_check), key="check"))
    return column([*parts, page_list(pages, lambda row: _row(services, row), empty=none)])


def use_again(reload: Callable[[], None], *, while_: bool) -> None:
    """Ask again every few seconds while something is under way and somebody looks."""
    services = use_services()

    async def again() -> None:
        while while_:
            await asyncio.sleep(_EVERY_S)
            if services.connected:
                reload()

    # Its cleanup is what ends it: Flet cancels a running effect only when there is one.
    ft.use_effect(again, [while_], lambda: None)


@ft.component
def CheckCard(check: SyncCheck, changed: Callable[[SyncCheck], None]) -> ft.Control:
    """Show what is checked, how often, how it went the last time; let it be done now."""
    services = use_services()
    t = services.text
    ask = use_action(lambda: api.check_now(services.api, new_key()), done=changed)
    if not check.configured:
        words: list[ft.Control] = [title(t("admin.check_none"), small=True), caption(t("admin.check_none_why"))]
        return card(ft.Column(words, spacing=Space.XS))
    under_way = check.running or check.asked
    often = t("admin.check_every", n=t.number(check.every_hours)) if check.every_hours else t("admin.check_by_hand")
    times = [t("admin.check_last", when=t.moment(check.tried_at)) if check.tried_at else t("admin.check_never")]
    if check.next_at is not None and not under_way:
        times.append(t("admin.check_next", when=t.moment(check.next_at)))
    lines: list[ft.Control] = [
        ft.Row(
            [title(t("admin.check")), _state(services, check)],
            spacing=Space.M,
            run_spacing=Space.XS,
            wrap=True,
            vertical_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        body(f"{t('admin.check_source', source=check.source)} · {often}"),
        caption(" · ".join(times)),
    ]
    if check.trouble is not None and not under_way:
        lines.append(body(t(f"admin.trouble_{check.trouble}") + (f" ({check.detail})" if check.detail else "")))
    button = secondary_button(
        t("admin.check_now"), ask.start, icon=ft.Icons.SYNC, running=ask.running, disabled=under_way
    )
    lines += [error_line(t, ask.error), ft.Row([button])]
    return card(ft.Column(lines, spacing=Space.S))


def _state(services: Services, check: SyncCheck) -> ft.Control:
    t = services.text
    if check.running:
        return status_chip(ft.Icons.SYNC, t("admin.check_running"), Tone.INFO)
    if check.asked:
        return status_chip(ft.Icons.SCHEDULE, t("admin.check_asked"), Tone.INFO)
    if check.outcome is None:
        return ft.Container(visible=False)
    icon, tone = _OUTCOMES[check.outcome]
    return status_chip(icon, t(f"admin.outcome_{check.outcome}"), tone)


def _row(services: Services, row: SyncSummary) -> ft.Control:
    t = services.text
    when = t("admin.sync_at", when=t.moment(row.made_at))
    chips = [*state_chips(services, row), *_suspicion(services, row)]
    words = ft.Column(
        [
            title(when),
            body(counts_words(services, row)),
            caption(row.source),
            ft.Row(chips, spacing=Space.S, run_spacing=Space.XS, wrap=True),
        ],
        spacing=Space.XS,
        expand=True,
    )
    line = ft.Row([words, ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET)], spacing=Space.M)
    label = f"{when}. {counts_words(services, row)}. {_said_state(services, row)}"
    return card(line, on_click=partial(services.go, f"{PROCEDURES}/{row.id}"), label=label, key=f"sync-{row.id}")


def counts_words(services: Services, row: SyncSummary) -> str:
    """Say how many of each kind a proposal holds."""
    numbers = {count.kind.value: services.text.number(count.total) for count in row.counts}
    return services.text("admin.sync_counts", **numbers)


def pending(row: SyncSummary, kind: ChangeKind | None = None) -> int:
    """Return how many changes wait for a decision, of a kind or in all."""
    return sum(count.pending for count in row.counts if kind in {None, count.kind})


def _said_state(services: Services, row: SyncSummary) -> str:
    if row.state is SyncState.OPEN:
        return services.text("admin.sync_open", n=services.text.number(pending(row)))
    return services.text(f"admin.sync_{row.state}")


def _suspicion(services: Services, row: SyncSummary) -> list[ft.Control]:
    words = services.text("admin.sync_suspicious")
    return [status_chip(ft.Icons.REPORT_OUTLINED, words, Tone.DANGER)] if row.flags else []


def state_chips(services: Services, row: SyncSummary) -> list[ft.Control]:
    """Show how far a proposal is, and what is being written."""
    t = services.text
    icon, tone = {
        SyncState.OPEN: (ft.Icons.RATE_REVIEW_OUTLINED, Tone.WARNING),
        SyncState.DONE: (ft.Icons.CHECK, Tone.SUCCESS),
        SyncState.REPLACED: (ft.Icons.HISTORY, Tone.NEUTRAL),
    }[row.state]
    chips = [status_chip(icon, _said_state(services, row), tone)]
    writing = sum(count.accepted for count in row.counts)
    if writing:
        chips.append(status_chip(ft.Icons.SYNC, t("admin.sync_writing", n=t.number(writing)), Tone.INFO))
    return chips
