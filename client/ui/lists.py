"""Cards, sections, and lists that go on: "load more" with a cursor."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import flet as ft

from client.core.api import ApiError
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.theme import Colour, Radius, Space
from client.ui.forms import link_button, secondary_button
from client.ui.pressing import one_button
from client.ui.states import card_skeletons, error_line, failure
from client.ui.text import heading
from shared.pages import Page

logger = logging.getLogger(__name__)

T = TypeVar("T")


def card(
    content: ft.Control,
    *,
    on_click: Callable[[], Any] | None = None,
    url: str | None = None,
    label: str = "",
    padding: int = Space.L,
    selected: bool = False,
    key: str | None = None,
) -> ft.Control:
    """Put something on a card. One that can be tapped, or leads to a `url`, is told as its `label`, which it needs."""
    tappable = on_click is not None or url is not None
    box = ft.Container(
        content=content,
        padding=padding,
        bgcolor=Colour.CARD,
        border_radius=Radius.L,
        border=ft.Border.all(2 if selected else 1, ft.Colors.PRIMARY if selected else Colour.CARD_BORDER),
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        ink=tappable,
        url=url,
        key=None if tappable else key,
    )
    return one_button(label, box, on_click, key=key, selected=True if selected else None) if tappable else box


def section(
    words: str, controls: Sequence[ft.Control], *, more: str = "", on_more: Callable[[], None] | None = None
) -> ft.Control:
    """Put controls under a heading, with a link to all of them."""
    head: list[ft.Control] = [ft.Container(content=heading(words), expand=True)]
    if on_more is not None:
        head.append(link_button(more, on_more))
    row = ft.Row(head, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return ft.Column([row, *controls], spacing=Space.S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@dataclass(frozen=True)
class Pages(Generic[T]):
    """What has been loaded of a long list. `more` says that there is more to load; `first` is the first page whole."""

    first: Page[T] | None
    items: tuple[T, ...]
    waiting: bool
    error: ApiError | None
    more: bool
    loading_more: bool
    more_error: ApiError | None
    load_more: Callable[[], None]
    reload: Callable[[], None]


@dataclass(frozen=True)
class _Tail(Generic[T]):
    """What was loaded beyond the first page, and which first page it continues."""

    first: Page[T] | None = None
    items: tuple[T, ...] = ()
    cursor: str | None = None
    loading: bool = False
    error: ApiError | None = None


def use_pages(fetch: Callable[[str | None], Awaitable[Page[T]]], deps: Sequence[object]) -> Pages[T]:
    """Load the first page at once and the others on demand. `fetch(cursor)` asks for a page; None is the first."""
    page = ft.context.page
    first = use_loaded(lambda: fetch(None), deps)
    tail, set_tail = ft.use_state(_Tail[T]())
    head = first.value
    own = tail if head is not None and tail.first is head else _Tail[T](head, (), head.next_cursor if head else None)

    async def ask() -> None:
        set_tail(_Tail(head, own.items, own.cursor, True))
        try:
            answer = await fetch(own.cursor)
        except ApiError as error:
            set_tail(_Tail(head, own.items, own.cursor, False, error))
            return
        set_tail(_Tail(head, (*own.items, *answer.items), answer.next_cursor))

    def load_more() -> None:
        if own.cursor is not None and not own.loading:
            page.run_task(ask)

    items = (*head.items, *own.items) if head else ()
    waiting = head is None and first.error is None
    return Pages(
        head, items, waiting, first.error, own.cursor is not None, own.loading, own.error, load_more, first.reload
    )


@ft.component
def page_list(
    pages: Pages[T],
    row: Callable[[T], ft.Control],
    *,
    empty: ft.Control,
    skeleton: Callable[[], ft.Control] = card_skeletons,
) -> ft.Control:
    """Show a long list: skeleton, rows with "Xem thêm" below, what went wrong, or what to do when it is empty."""
    services = use_services()
    t = services.text
    if pages.waiting:
        return apart(skeleton())
    if pages.error is not None and not pages.items:
        return apart(failure(services, t, pages.error, pages.reload))
    if not pages.items:
        return apart(empty)
    rows = [row(item) for item in pages.items]
    if pages.more:
        more = secondary_button(
            t("action.more"), pages.load_more, icon=ft.Icons.EXPAND_MORE, running=pages.loading_more
        )
        rows.append(ft.Row([more], alignment=ft.MainAxisAlignment.CENTER))
    rows.append(error_line(t, pages.more_error))
    return apart(ft.Column(rows, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def apart(content: ft.Control) -> ft.Control:
    """Give what comes and goes below a search box a node of its own in what is read out.

    Its words would else become those of the page around it; the browser builds a page that changes so anew, and the box
    forgets that it is being typed into.
    """
    return ft.Semantics(container=True, content=content)
