"""`/admin/procedures/<id>`: what a source would change in the catalogue, to be accepted or refused."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import flet as ft

from client.administration import procedure_api as api
from client.administration.frame import admin_screen, column
from client.administration.procedures import PROCEDURES, counts_words, pending, state_chips, use_again
from client.administration.proposal_change import ChangeCard
from client.administration.proposal_question import Wish, use_question
from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.loading import Loaded, use_loaded
from client.core.services import Services
from client.core.theme import Radius, Space, Tone, tone_colours
from client.ui.forms import Choice, choice_chips, link_button, primary_button, secondary_button
from client.ui.lists import card, page_list, use_pages
from client.ui.search import live_search
from client.ui.states import empty, show
from client.ui.text import body, caption, label, title
from shared.access import Permission
from shared.procedure_sync import (
    ChangeKind,
    ChangeState,
    Decision,
    LineFault,
    SyncChange,
    SyncDetail,
    SyncState,
    UnusableLine,
)

_LINES = 5
"""Lines that could not be used which are named; the rest is counted."""


@ft.component
def ProposalScreen() -> ft.Control:
    """Show one proposal."""
    return admin_screen("sync", Permission.EDIT_NEWS, Proposal, full=True, back=PROCEDURES)


@ft.component
def Proposal() -> ft.Control:
    """Show what the proposal is, then its changes."""
    services = use_services()
    sync_id = str(ft.use_route_params().get("id", ""))
    found = use_loaded(lambda: api.sync(services.api, sync_id), [sync_id])
    writing = found.value is not None and any(count.accepted for count in found.value.counts)
    use_again(found.reload, while_=writing)
    return show(found, lambda sync: column([_head(services, sync), ft.Container(Changes(sync, found), key="changes")]))


def _head(services: Services, sync: SyncDetail) -> ft.Control:
    t = services.text
    chips = ft.Row(state_chips(services, sync), spacing=Space.S, run_spacing=Space.XS, wrap=True)
    numbers = [t("admin.sync_same", n=t.number(sync.unchanged))] if sync.unchanged else []
    numbers += [t("admin.sync_unusable", n=t.number(sync.unusable))] if sync.unusable else []
    lines: list[ft.Control] = [
        title(t("admin.sync_at", when=t.moment(sync.made_at))),
        body(" · ".join([counts_words(services, sync), *numbers])),
        caption(sync.source),
        chips,
    ]
    if sync.state is SyncState.REPLACED:
        lines.append(body(t("admin.sync_replaced_why")))
    if sync.flags:
        lines.append(_suspicion(services, sync))
    lines += [_unusable(services, line) for line in sync.unusable_lines[:_LINES]]
    return card(column(lines, spacing=Space.S))


def _unusable(services: Services, line: UnusableLine) -> ft.Control:
    t = services.text
    # Only the field's name is for people; the rest of the detail is what the reader of JSON said.
    field = f": {line.detail.partition(':')[0]}" if line.fault is LineFault.WRONG_FIELD else ""
    return caption(t("admin.line", n=line.line, why=t(f"admin.fault_{line.fault}") + field))


def _suspicion(services: Services, sync: SyncDetail) -> ft.Control:
    t = services.text
    ink, ground = tone_colours(Tone.DANGER)
    said = [t(f"admin.flag_{flag}") for flag in sync.flags] + [t("admin.flag_withdrawn_one_by_one")]
    lines: list[ft.Control] = [label(t("admin.sync_suspicious"), color=ink), body(" ".join(said), color=ink)]
    return ft.Container(ft.Column(lines, spacing=Space.XS), bgcolor=ground, border_radius=Radius.M, padding=Space.M)


@ft.component
def Changes(sync: SyncDetail, whole: Loaded[SyncDetail]) -> ft.Control:
    """Show the changes of a kind, let some be chosen, and decide."""
    services = use_services()
    t = services.text
    sync_id = str(sync.id)
    kind, set_kind = ft.use_state(_first_kind(sync))
    question, set_question = ft.use_state("")
    chosen, set_chosen = ft.use_state(cast(frozenset[str], frozenset()))
    asking, set_asking = ft.use_state(cast(Wish | None, None))
    pages = use_pages(
        lambda cursor: api.changes(services.api, sync_id, kind, question, cursor), [sync_id, kind, question]
    )
    _use_fresh(sync, pages.reload)
    # What was chosen stays chosen when another question brings other rows.
    named = use_kept(dict[str, str])
    named.update({change.code: change.name for change in pages.items})

    def look(name: str) -> None:
        set_kind(ChangeKind(name))
        set_chosen(frozenset())

    def wish(decision: Decision, codes: Sequence[str]) -> None:
        left = [change.code for change in pages.items if change.state is ChangeState.PENDING]
        names = tuple(named[code] for code in codes or left if code in named)
        set_asking(Wish(decision, kind, tuple(codes) or None, len(codes) or pending(sync, kind), names))

    def decided(now: SyncDetail) -> None:
        set_asking(None)
        set_chosen(frozenset())
        whole.set(now)

    ft.use_dialog(use_question(sync, asking, lambda: set_asking(None), decided, whole.reload))
    decide = None if sync.state is SyncState.REPLACED else wish

    def row(change: SyncChange) -> ft.Control:
        choose = partial(set_chosen, lambda old: old ^ {change.code})
        return ft.Container(
            ChangeCard(sync_id, change, change.code in chosen, choose, decide), key=f"change-{change.code}"
        )

    parts: list[ft.Control] = [
        _kinds(services, sync, kind, look),
        ft.Container(live_search(t("admin.changes_find"), question, set_question), key="find"),
    ]
    if decide is not None:
        parts.append(_bar(services, sync, kind, sorted(chosen), decide, lambda: set_chosen(frozenset())))
    none = empty(ft.Icons.CHECK, t("admin.changes_none"), t("admin.changes_none_why"))
    return column([*parts, page_list(pages, row, empty=none)])


def _use_fresh(sync: SyncDetail, reload: Callable[[], None]) -> None:
    """Read the list again when something was decided or written, but not when it was just read."""
    now = (sync.version, sum(count.written + count.overtaken for count in sync.counts))
    seen = use_kept(lambda: [now])

    def look() -> None:
        if seen[0] != now:
            seen[0] = now
            reload()

    ft.use_effect(look, [now])


def _first_kind(sync: SyncDetail) -> ChangeKind:
    """Return the kind to begin with: one that waits for a decision, else one that has something."""
    for number in ("pending", "total"):
        for count in sync.counts:
            if getattr(count, number):
                return count.kind
    return ChangeKind.CHANGED


def _kinds(services: Services, sync: SyncDetail, kind: ChangeKind, look: Callable[[str], None]) -> ft.Control:
    t = services.text
    icons = {
        ChangeKind.NEW: ft.Icons.ADD_CIRCLE_OUTLINE,
        ChangeKind.CHANGED: ft.Icons.EDIT_NOTE,
        ChangeKind.WITHDRAWN: ft.Icons.BLOCK,
    }
    choices = [
        Choice(
            count.kind.value,
            t("admin.kind_count", kind=t(f"admin.kind_{count.kind}"), n=t.number(count.total)),
            icons[count.kind],
        )
        for count in sync.counts
    ]
    return choice_chips(choices, kind.value, look)


def _bar(
    services: Services,
    sync: SyncDetail,
    kind: ChangeKind,
    chosen: Sequence[str],
    wish: Callable[[Decision, Sequence[str]], None],
    none: Callable[[], None],
) -> ft.Control:
    """Offer to decide on what is chosen, or else on all that is left of the kind."""
    t = services.text
    count = len(chosen) or pending(sync, kind)
    if not count:
        return ft.Container(visible=False)
    which = "chosen" if chosen else "all"
    one_by_one = bool(sync.flags) and kind is ChangeKind.WITHDRAWN and not chosen
    buttons: list[ft.Control] = [
        primary_button(
            t(f"admin.accept_{which}", n=t.number(count)),
            lambda: wish(Decision.ACCEPT, chosen),
            icon=ft.Icons.DONE_ALL,
            disabled=one_by_one,
        ),
        secondary_button(t(f"admin.refuse_{which}", n=t.number(count)), lambda: wish(Decision.REFUSE, chosen)),
    ]
    if chosen:
        buttons.append(link_button(t("admin.chosen_none"), none))
    row: ft.Control = ft.Row(buttons, spacing=Space.S, run_spacing=Space.S, wrap=True)
    return column([row, caption(t("admin.flag_withdrawn_one_by_one"))], spacing=Space.XS) if one_by_one else row
