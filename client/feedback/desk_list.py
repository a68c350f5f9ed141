"""The left side of the desk: the menu of queues, search and order, and the rows of cases."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import flet as ft

from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone
from client.feedback.desk_look import rest_ink, rest_words, status_words
from client.feedback.desk_state import ALL, View
from client.feedback.states import state_chip
from client.ui.forms import Choice, choice_chips, icon_button, search_field
from client.ui.lists import Pages, card, page_list
from client.ui.media import picture
from client.ui.pressing import one_button
from client.ui.states import empty
from client.ui.text import body, caption, label, title
from shared.feedback import FeedbackSummary, QueueCount

_THUMB = 52
_LOUD = {"overdue": Tone.DANGER, "due_soon": Tone.WARNING}


def queue_menu(
    services: Services, counts: Sequence[QueueCount], chosen: str, on_pick: Callable[[str], None]
) -> ft.Control:
    """Show the queues as a menu with counts, for wide windows."""
    t = services.text
    rows = [_queue_row(services, each.queue, each.count, chosen, on_pick) for each in counts]
    rows.append(_queue_row(services, ALL, None, chosen, on_pick))
    head = ft.Container(title(t("desk.queues")), padding=ft.Padding.only(left=Space.S, bottom=Space.S))
    return ft.ListView([head, *rows], spacing=Space.XS, padding=Space.L, expand=True)


def _queue_row(
    services: Services, queue: str, count: int | None, chosen: str, on_pick: Callable[[str], None]
) -> ft.Control:
    t = services.text
    words = t(f"desk.queue_{queue}")
    selected = queue == chosen
    ink = ft.Colors.ON_PRIMARY_CONTAINER if selected else ft.Colors.ON_SURFACE
    loud = rest_ink(_LOUD[queue]) if count and queue in _LOUD and not selected else ink
    cells: list[ft.Control] = [ft.Container(label(words, color=ink, max_lines=1), expand=True)]
    if count is not None:
        cells.append(label(str(count), color=loud if count else Colour.QUIET))
    row = ft.Container(
        content=ft.Row(cells),
        padding=ft.Padding.symmetric(horizontal=Space.M),
        height=Size.TARGET - Space.S,
        border_radius=Radius.M,
        bgcolor=ft.Colors.PRIMARY_CONTAINER if selected else None,
        ink=True,
    )
    name = words if count is None else t("desk.queue_count", queue=words, n=count)
    told = True if selected else None
    return one_button(name, row, lambda: on_pick(queue), key=f"queue-{queue}", selected=told)


def queue_chips(
    services: Services, counts: Sequence[QueueCount], chosen: str, on_pick: Callable[[str], None]
) -> ft.Control:
    """Show the queues as chips on one line, where there is no room for a menu."""
    t = services.text
    # Where something waits stands first: the end of the line is out of sight on a phone.
    waiting = sorted(counts, key=lambda each: each.count == 0)
    choices = [Choice(each.queue, f"{t(f'desk.queue_{each.queue}')} {each.count}") for each in waiting]
    return choice_chips([*choices, Choice(ALL, t("desk.queue_all"))], chosen, on_pick, scroll=True)


def list_head(services: Services, view: View, show: Callable[[View], None], refresh: Callable[[], None]) -> ft.Control:
    """Offer search, order and asking again."""
    t = services.text

    def search(q: str) -> None:
        # Whoever searches wants to find the case wherever it stands.
        show(replace(view, q=q, queue=ALL if q else ""))

    how, icon = (
        (t("desk.sort_newest"), ft.Icons.NEW_RELEASES_OUTLINED) if view.newest else (t("desk.sort_due"), ft.Icons.SORT)
    )
    box = search_field(t("desk.search"), view.q, search)
    box.expand = True
    box.dense = True
    if view.q:
        box.suffix_icon = icon_button(ft.Icons.CLOSE, t("action.clear"), lambda: search(""))
    order = icon_button(icon, t("desk.sort", how=how), lambda: show(replace(view, newest=not view.newest)))
    again = icon_button(ft.Icons.REFRESH, t("action.refresh"), refresh)
    return ft.Row([box, order, again], spacing=0, vertical_alignment=ft.CrossAxisAlignment.CENTER)


def case_rows(
    services: Services,
    pages: Pages[FeedbackSummary],
    view: View,
    selected: str | None,
    on_pick: Callable[[str], None],
) -> ft.Control:
    """Show the cases of a queue."""
    t = services.text
    if view.q:
        nothing = empty(ft.Icons.SEARCH_OFF, t("desk.nothing_found"), t("desk.nothing_found_why"))
    else:
        nothing = empty(ft.Icons.TASK_ALT, t("desk.empty"), t("desk.empty_why"))

    def row(case: FeedbackSummary) -> ft.Control:
        return _case_row(services, case, chosen=case.code == selected, on_pick=on_pick)

    return page_list(pages, row, empty=nothing)


def _case_row(services: Services, case: FeedbackSummary, *, chosen: bool, on_pick: Callable[[str], None]) -> ft.Control:
    t = services.text
    rest, tone = rest_words(t, case)
    left = label(rest, color=rest_ink(tone), max_lines=1)
    place = case.address or case.category.name
    if case.supporters:
        place = t("desk.also", place=place, n=case.supporters)
    chip = state_chip(t, case.status)
    thumb = picture(services, case.thumb_url, case.title, width=_THUMB, height=_THUMB)
    words: list[ft.Control]
    if services.desktop:
        left.text_align = ft.TextAlign.END
        top: list[ft.Control] = [ft.Container(title(case.title, small=True, max_lines=1), expand=True), chip]
        below: list[ft.Control] = [ft.Container(caption(place, max_lines=1), expand=True), left]
        words = [ft.Row(top, spacing=Space.S), ft.Row(below, spacing=Space.S)]
    else:
        foot = ft.Row([chip, left], wrap=True, spacing=Space.S, run_spacing=Space.XS)
        words = [title(case.title, small=True, max_lines=2), caption(place, max_lines=1), foot]
    line = ft.Row(
        [thumb, ft.Column(words, spacing=Space.XS, expand=True)],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    name = t("desk.row", title=case.title, status=status_words(t, case), rest=rest, place=place)
    return card(
        line, on_click=lambda: on_pick(case.code), label=name, padding=Space.M, selected=chosen, key=f"case-{case.code}"
    )


def searched(services: Services, view: View) -> ft.Control:
    """Say what was searched for; takes no room when nothing was."""
    return body(services.text("desk.searched", q=view.q), color=Colour.QUIET) if view.q else ft.Container(visible=False)
