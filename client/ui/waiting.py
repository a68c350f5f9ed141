"""What waits on this device to be sent: its card, wherever the person looks for what she sent."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.outbox import Waiting
from client.core.services import Services
from client.core.theme import Radius, Size, Space, Tone, tone_colours
from client.ui.lists import card
from client.ui.status import status_chip
from client.ui.text import caption, title


@dataclass
class _Line:
    """How to stop listening to the outbox."""

    end: Callable[[], None] | None = None

    def cut(self) -> None:
        if self.end is not None:
            self.end()
            self.end = None


def use_outbox() -> tuple[Waiting, ...]:
    """Return what waits to be sent for whoever is signed in, the oldest first; draws again when that changes. A hook.

    `services.outbox.arrived` has grown when something was sent: put its length into the `deps` of a loader.
    """
    services = use_services()
    _, redraw = ft.use_state(0)
    line = use_kept(_Line)

    def begin() -> None:
        line.end = services.outbox.listen(lambda: redraw(lambda n: n + 1))

    async def read() -> None:
        await services.outbox.load()

    ft.use_effect(begin, [], line.cut)
    ft.use_effect(read, [services.session.key])
    return services.outbox.items


def waiting_card(services: Services, item: Waiting, path: str) -> ft.Control:
    """Show one thing that waits; a tap leads to `path`."""
    t = services.text
    word, tone, icon = (
        ("waiting.refused", Tone.DANGER, ft.Icons.ERROR_OUTLINE)
        if item.trouble
        else ("waiting.chip", Tone.WARNING, ft.Icons.SCHEDULE_SEND)
    )
    ink, ground = tone_colours(tone)
    sign = ft.Container(
        ft.Icon(icon, color=ink, size=Size.ICON_L),
        width=Size.THUMB,
        height=Size.THUMB,
        bgcolor=ground,
        border_radius=Radius.M,
        alignment=ft.Alignment.CENTER,
    )
    written = t("waiting.written", when=t.ago(item.written_at))
    lines = ft.Column(
        [
            title(item.title, max_lines=2),
            ft.Row([status_chip(icon, t(word), tone)]),
            caption(f"{t('waiting.open' if item.trouble else 'waiting.by_itself')} · {written}"),
        ],
        spacing=Space.S,
        expand=True,
    )
    return card(
        ft.Row([sign, lines], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START),
        on_click=lambda: services.go(path),
        label=f"{item.title}. {t(word)}. {written}",
        key=f"waiting-{item.key}",
        padding=Space.M,
    )
