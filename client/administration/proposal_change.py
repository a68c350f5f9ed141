"""One proposed change: part by part, what it says now and what it would say, with the words that differ marked."""

from collections.abc import Callable, Sequence
from functools import partial

import flet as ft

from client.administration import procedure_api as api
from client.administration.frame import column
from client.administration.word_marks import Line, Pair, compared
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.ui.forms import link_button, primary_button, secondary_button
from client.ui.lists import card
from client.ui.pressing import one_button
from client.ui.states import show, text_skeleton
from client.ui.status import status_chip
from client.ui.text import body, caption, label, title
from shared.procedure_sync import ChangeKind, ChangeState, Decision, PartChange, SyncChange, SyncChangeDetail

_STATES = {
    ChangeState.ACCEPTED: (ft.Icons.SYNC, Tone.INFO),
    ChangeState.WRITTEN: (ft.Icons.CHECK, Tone.SUCCESS),
    ChangeState.OVERTAKEN: (ft.Icons.ERROR_OUTLINE, Tone.DANGER),
    ChangeState.REFUSED: (ft.Icons.BLOCK, Tone.NEUTRAL),
}
Decide = Callable[[Decision, Sequence[str]], None]


@ft.component
def ChangeCard(
    sync_id: str,
    change: SyncChange,
    chosen: bool,
    choose: Callable[[], None],
    decide: Decide | None,
) -> ft.Control:
    """Show a change; it opens to what differs. `decide` is None where nothing can be decided any more."""
    services = use_services()
    t = services.text
    opened, set_opened = ft.use_state(False)
    to_choose = decide is not None and change.state is ChangeState.PENDING
    names = ", ".join(t(f"public_services.part_{part}") for part in change.parts)
    told = (t("admin.change_open", name=change.name), names, _said(services, change))
    aloud = ". ".join(part for part in told if part)
    words: list[ft.Control] = [title(change.name, small=True, max_lines=None if opened else 3)]
    words.append(caption(" · ".join(part for part in (change.code, names) if part)))
    head = ft.Container(
        ft.Row(
            [
                ft.Column([*words, *_chips(services, change)], spacing=Space.XS, expand=True),
                ft.Icon(ft.Icons.EXPAND_LESS if opened else ft.Icons.EXPAND_MORE, color=Colour.QUIET),
            ],
            spacing=Space.S,
        ),
        ink=True,
        border_radius=Radius.S,
        padding=ft.Padding.symmetric(vertical=Space.S, horizontal=Space.S),
    )
    said = one_button(aloud, head, lambda: set_opened(not opened), expanded=opened, expand=True)
    row: list[ft.Control] = [said]
    if to_choose:
        tick = ft.Checkbox(
            value=chosen,
            semantics_label=t("admin.change_choose", name=change.name),
            on_change=lambda _: choose(),
        )
        row.insert(0, tick)
    lines: list[ft.Control] = [
        ft.Row(row, spacing=0, vertical_alignment=ft.CrossAxisAlignment.START),
    ]
    if opened:
        lines.append(ft.Container(ChangeBody(sync_id, change, decide), key="body"))
    return card(column(lines, spacing=Space.S), padding=Space.S, selected=chosen)


def _chips(services: Services, change: SyncChange) -> list[ft.Control]:
    if change.state is ChangeState.PENDING:
        return []
    icon, tone = _STATES[change.state]
    return [ft.Row([status_chip(icon, _said(services, change), tone)])]


def _said(services: Services, change: SyncChange) -> str:
    word = "refused_before" if change.refused_before else change.state.value
    return services.text(f"admin.change_{word}")


@ft.component
def ChangeBody(sync_id: str, change: SyncChange, decide: Decide | None) -> ft.Control:
    """Show what differs, and the buttons for this one change."""
    services = use_services()
    t = services.text
    detail = use_loaded(lambda: api.change(services.api, sync_id, change.code), [sync_id, change.code])
    notes: list[ft.Control] = []
    if change.kind is ChangeKind.WITHDRAWN:
        notes.append(body(t("admin.change_gone")))
    if change.returns:
        notes.append(body(t("admin.change_returns")))
    if change.state is ChangeState.OVERTAKEN:
        notes.append(body(t("admin.change_overtaken_why")))
    if change.reason:
        notes.append(body(t("admin.change_reason", reason=change.reason)))
    buttons: list[ft.Control] = []
    if change.kind is not ChangeKind.NEW:
        buttons.append(link_button(t("admin.change_see"), partial(services.go, f"/procedures/{change.code}")))
    if decide is not None and change.state is ChangeState.PENDING:
        buttons.append(secondary_button(t("admin.refuse"), lambda: decide(Decision.REFUSE, [change.code])))
    if decide is not None and change.state in {ChangeState.PENDING, ChangeState.REFUSED}:
        buttons.append(
            primary_button(t("admin.accept"), lambda: decide(Decision.ACCEPT, [change.code]), icon=ft.Icons.CHECK)
        )
    return ft.Container(
        column(
            [
                *notes,
                show(detail, lambda found: _parts(services, found), skeleton=lambda: text_skeleton(3)),
                ft.Row(buttons, spacing=Space.S, wrap=True, alignment=ft.MainAxisAlignment.END),
            ]
        ),
        padding=ft.Padding.only(left=Space.S, right=Space.S, bottom=Space.S),
    )


def _parts(services: Services, detail: SyncChangeDetail) -> ft.Control:
    both = detail.kind is ChangeKind.CHANGED
    shown = [_part(services, each, both=both) for each in detail.changes]
    return column(shown) if shown else ft.Container(visible=False)


def _part(services: Services, part: PartChange, *, both: bool) -> ft.Control:
    t = services.text
    words = t(f"public_services.part_{part.part}")
    lines: list[ft.Control] = [ft.Semantics(header=True, content=title(words[:1].upper() + words[1:], small=True))]
    if not both:
        lines += [body(line) for line in part.new]
    elif services.desktop:
        lines.append(_beside(services, part))
    else:
        lines.append(_below(services, part))
    if part.cut:
        lines.append(caption(t("admin.change_cut")))
    return ft.Column(lines, spacing=Space.S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _beside(services: Services, part: PartChange) -> ft.Control:
    """Put before and after in two columns, line beside line."""
    t = services.text
    rows: list[ft.Control] = [_cells(caption(t("admin.old")), caption(t("admin.new")))]
    for pair in compared(part.old, part.new):
        if pair.skipped:
            rows.append(caption(t("admin.lines_same", n=pair.skipped)))
        elif pair.same:
            rows.append(_cells(_plain(pair.old), _plain(pair.new)))
        else:
            rows.append(_cells(_side(services, pair.old, is_new=False), _side(services, pair.new, is_new=True)))
    return ft.Column(rows, spacing=Space.XS, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _cells(old: ft.Control, new: ft.Control) -> ft.Control:
    both: list[ft.Control] = [ft.Container(old, expand=True), ft.Container(new, expand=True)]
    return ft.Row(both, spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START)


def _below(services: Services, part: PartChange) -> ft.Control:
    """Put each changed line's new words under its old ones, for a narrow screen."""
    t = services.text
    rows: list[ft.Control] = []
    for pair in compared(part.old, part.new):
        if pair.skipped:
            rows.append(caption(t("admin.lines_same", n=pair.skipped)))
        elif pair.same:
            rows.append(_plain(pair.old))
        else:
            rows += _changed(services, pair)
    return ft.Column(rows, spacing=Space.XS, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _changed(services: Services, pair: Pair) -> list[ft.Control]:
    sides = ((pair.old, False), (pair.new, True))
    return [_side(services, line, is_new=is_new) for line, is_new in sides if line is not None]


def _plain(line: Line | None) -> ft.Control:
    text = body("".join(piece.text for piece in line or ()), color=Colour.QUIET)
    return ft.Container(text, padding=ft.Padding.only(left=Size.ICON_S + Space.M + Space.S, right=Space.S))


def _side(services: Services, line: Line | None, *, is_new: bool) -> ft.Control:
    """Show one side of a changed line: a sign, its words, and those that differ struck out or underlined."""
    t = services.text
    ink, ground = tone_colours(Tone.SUCCESS if is_new else Tone.DANGER)
    if line is None:
        return label(t("admin.new_nothing" if is_new else "admin.old_nothing"), color=Colour.QUIET)
    mark = ft.TextStyle(
        weight=ft.FontWeight.W_600,
        decoration=ft.TextDecoration.UNDERLINE if is_new else ft.TextDecoration.LINE_THROUGH,
        decoration_color=ink,
    )
    spans = [ft.TextSpan(piece.text, mark if piece.marked else None) for piece in line]
    words = ft.Text(spans=spans, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ink, selectable=True)
    sign = ft.Icon(ft.Icons.ADD if is_new else ft.Icons.REMOVE, size=Size.ICON_S, color=ink)
    said = f"{t('admin.new' if is_new else 'admin.old')}: {''.join(piece.text for piece in line)}"
    row = ft.Row(
        [sign, ft.Container(words, expand=True)], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START
    )
    box = ft.Container(row, bgcolor=ground, border_radius=Radius.S, padding=Space.S)
    return ft.Semantics(label=said, exclude_semantics=True, container=True, content=box)
