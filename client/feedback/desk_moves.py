"""The moves of a case: buttons for what may be done now, and a panel for a move that needs words."""

from collections.abc import Callable, Sequence
from typing import cast

import flet as ft

from client.core.action import use_action
from client.core.api import ApiError, Tagged
from client.core.context import use_services
from client.core.services import Services
from client.core.store import use_form
from client.feedback import desk_api
from client.feedback.desk_fields import move_fields
from client.feedback.desk_panel import Doing, step_panel, use_focus
from client.feedback.desk_wishes import defaults, problems, wish_of
from client.feedback.states import kind_look
from client.ui.forms import primary_button, secondary_button
from client.ui.keys import Keys
from client.ui.photos import use_photos
from shared.case_moves import Accept, Move, Release, Split, Start
from shared.case_states import MoveKind
from shared.feedback import MAX_FILES, DeskDetail

_PLAIN = {MoveKind.ACCEPT: Accept, MoveKind.START: Start, MoveKind.RELEASE: Release, MoveKind.SPLIT: Split}

_ORDER = (
    MoveKind.RELEASE,
    MoveKind.START,
    MoveKind.RESOLVE,
    MoveKind.ASSIGN,
    MoveKind.SPLIT,
    MoveKind.ACCEPT,
    MoveKind.PLAN,
    MoveKind.TRANSFER,
    MoveKind.REFUSE,
    MoveKind.MERGE,
    MoveKind.CLOSE,
    MoveKind.RETURN,
    MoveKind.ESCALATE,
    MoveKind.HOLD,
)
"""What is done most stands first. Asking is not here: it is a tab of what one writes."""


def needs_words(kind: MoveKind) -> bool:
    """Whether a move needs more than a press."""
    return kind not in _PLAIN


def plain_move(kind: MoveKind) -> Move:
    """Return a move that needs nothing but a press."""
    return cast(Move, _PLAIN[kind](move=kind))


def move_buttons(
    services: Services,
    moves: Sequence[MoveKind],
    begin: Callable[[MoveKind], None],
    reload: Callable[[], None],
    *,
    busy: bool,
    others: Sequence[ft.PopupMenuItem] = (),
) -> list[ft.Control]:
    """Return a button for the most usual move, one for the next, and a menu of the rest; `others` stand in it too."""
    t = services.text
    offered = [kind for kind in _ORDER if kind in moves]
    buttons: list[ft.Control] = []
    for kind in reversed(offered[:2]):
        main = kind is offered[0]
        make = primary_button if main else secondary_button
        words = t(f"desk.move_{kind}")
        button = make(
            f"{words}…" if needs_words(kind) else words,
            lambda _, kind=kind: begin(kind),
            icon=kind_look(kind).icon,
            running=busy and main,
        )
        if kind is MoveKind.RESOLVE and main:
            button.style = ft.ButtonStyle(bgcolor=ft.Colors.SECONDARY, color=ft.Colors.ON_SECONDARY)
        buttons.append(button)
    items = [
        ft.PopupMenuItem(
            content=f"{t(f'desk.move_{kind}')}…" if needs_words(kind) else t(f"desk.move_{kind}"),
            icon=kind_look(kind).icon,
            on_click=lambda _, kind=kind: begin(kind),
        )
        for kind in offered[2:]
    ]
    items += others
    items.append(ft.PopupMenuItem(content=t("action.refresh"), icon=ft.Icons.REFRESH, on_click=lambda _: reload()))
    menu = ft.PopupMenuButton(icon=ft.Icons.MORE_VERT, tooltip=t("desk.more"), items=items)
    # A menu says its name beside itself; together they are one button with a name.
    buttons.append(ft.MergeSemantics(content=menu))
    return buttons


@ft.component
def MovePanel(
    tagged: Tagged[DeskDetail],
    kind: MoveKind,
    keys: Keys,
    close: Callable[[], None],
    moved: Callable[[Tagged[DeskDetail], MoveKind], None],
    failed: Callable[[ApiError], None],
) -> ft.Control:
    """Let the fields of a move be filled in; what was typed stays until it has been sent."""
    services = use_services()
    t, case = services.text, tagged.value
    form = use_form(f"desk/{case.code}/{kind}", defaults(kind, case))
    photos = use_photos(MAX_FILES, form.get("files"), lambda ids: form.typed("files", ids))

    async def work() -> Tagged[DeskDetail]:
        wish = wish_of(kind, form.values, photos.file_ids)
        return await desk_api.move(services.api, case.code, wish, tagged.etag)

    def done(answer: Tagged[DeskDetail]) -> None:
        form.clear()
        photos.clear()
        moved(answer, kind)

    def missed(error: ApiError) -> None:
        form.fail(error)
        failed(error)

    send = use_action(work, done=done, failed=missed)

    def submit() -> None:
        wrong = problems(t, kind, form.values, case.code, proof=photos.file_ids, busy=photos.busy)
        if form.check(wrong):
            send.start()

    focus = use_focus(keys, close, submit)
    look = kind_look(kind)
    what = Doing(look.icon, look.tone, t(f"desk.move_{kind}"), t(f"desk.why_{kind}"))
    return step_panel(services, what, move_fields(services, kind, case, form, photos, focus), send, submit, close)
