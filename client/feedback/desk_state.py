"""What the desk remembers while one works at it: the queue, the search, the list, and which case is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.feedback import desk_api
from client.ui.lists import Pages, use_pages
from client.ui.shell import INBOX
from shared.feedback import FeedbackSummary, QueueCount
from shared.pages import Page

ALL = "all"


@dataclass(frozen=True)
class View:
    """What the list shows. No queue means the first that is not empty."""

    queue: str = ""
    q: str = ""
    newest: bool = False


@dataclass(frozen=True)
class Desk:
    """One person's desk as it stands now."""

    view: View
    queue: str
    counts: Sequence[QueueCount]
    pages: Pages[FeedbackSummary]
    chosen: str
    show: Callable[[View], None]
    pick: Callable[[str], None]
    pick_queue: Callable[[str], None]
    refresh: Callable[[], None]


def first_queue(counts: Sequence[QueueCount]) -> str:
    """Return the queue to begin with: the first where something waits."""
    return next((each.queue for each in counts if each.count), ALL)


def neighbour(codes: Sequence[str], chosen: str, step: int) -> str | None:
    """Return the code that stands `step` rows below the chosen one, if there is one."""
    at = codes.index(chosen) + step if chosen in codes else 0
    return codes[at] if 0 <= at < len(codes) else None


def use_desk(code: str | None) -> Desk:
    """Return the desk with `code` chosen; None leaves the choice to the desk."""
    services = use_services()
    view, show = ft.use_state(View())
    counts = use_loaded(lambda: desk_api.counts(services.api), [])
    queue = view.queue
    if not queue and not counts.waiting:
        queue = first_queue(counts.value or [])

    def settle_queue() -> None:
        # The queue that one began with stays, also when its last case has been dealt with.
        if queue and not view.queue:
            show(replace(view, queue=queue))

    ft.use_effect(settle_queue, [queue])
    asked = (queue, view.q, view.newest)
    answered = ft.use_ref(("", "", False))

    async def fetch(cursor: str | None) -> Page[FeedbackSummary]:
        if not queue:
            return Page[FeedbackSummary](items=[], next_cursor=None)
        page = await desk_api.cases(services.api, queue, q=view.q, newest=view.newest, cursor=cursor)
        answered.current = asked
        return page

    pages = use_pages(fetch, asked)
    if not queue or (answered.current != asked and pages.error is None):
        # What is still there belongs to the queue that was shown before.
        pages = replace(pages, items=(), waiting=True)
    beside, forget = _use_beside(pages)

    def refresh() -> None:
        pages.reload()
        counts.reload()

    _use_news(services, refresh)

    def pick_queue(picked: str) -> None:
        forget()
        show(View(picked, "", view.newest))
        if services.wide and code:
            services.go("/desk")

    return Desk(
        view=view,
        queue=queue,
        counts=counts.value or [],
        pages=pages,
        chosen=code or (beside if services.wide else ""),
        show=show,
        pick=lambda picked: services.go(f"/desk/{picked}"),
        pick_queue=pick_queue,
        refresh=refresh,
    )


def _use_beside(pages: Pages[FeedbackSummary]) -> tuple[str, Callable[[], None]]:
    """Return the case that stands beside the list when none was chosen: the first one, kept while the list changes."""
    kept, keep = ft.use_state("")
    first = pages.items[0].code if pages.items else ""

    def settle() -> None:
        if not kept and first:
            keep(first)

    ft.use_effect(settle, [first, kept])
    return kept or first, lambda: keep("")


def _use_news(services: Services, refresh: Callable[[], None]) -> None:
    """Ask again when a notice comes in: for staff it says that something has moved."""
    unread = services.badges.get(INBOX, 0)
    seen = ft.use_ref(unread)

    def came() -> None:
        if unread > (seen.current or 0):
            refresh()
        seen.current = unread

    ft.use_effect(came, [unread])
