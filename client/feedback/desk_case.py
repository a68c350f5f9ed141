"""The right side of the desk: one case, what may be done with it, its story, and what to write."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import flet as ft

from client.core.action import Action, use_action
from client.core.api import ApiError, Tagged
from client.core.context import use_services
from client.core.loading import Loaded, use_loaded
from client.core.services import Services
from client.core.theme import Radius, Size, Space, Tone, tone_colours
from client.feedback import desk_api
from client.feedback.desk_composer import Composer
from client.feedback.desk_look import mark_chips, rest_chip
from client.feedback.desk_moves import MovePanel, move_buttons, needs_words, plain_move
from client.feedback.desk_person import Step, StepPanel, step_items
from client.feedback.desk_story import fact_row, media_row, story_card
from client.feedback.desk_ties import ties
from client.feedback.states import state_chip
from client.ui.forms import icon_button
from client.ui.keys import Keys
from client.ui.states import error_line, show, text_skeleton
from client.ui.text import body, caption, heading, title
from shared.case_states import MoveKind
from shared.errors import ErrorCode
from shared.feedback import DeskDetail


@ft.component
def CasePane(code: str, keys: Keys, changed: Callable[[], None]) -> ft.Control:
    """Load a case and keep its newest version; `changed` is called after everything that moves it."""
    services = use_services()
    loaded = use_loaded(lambda: desk_api.case(services.api, code), [code])

    doing = _use_handling(loaded, code, changed)

    def ready(tagged: Tagged[DeskDetail]) -> ft.Control:
        return _case(services, tagged, keys, loaded.reload, doing)

    return ft.ListView(
        [ft.Container(show(loaded, ready, skeleton=text_skeleton), padding=_margin(services))], expand=True, padding=0
    )


def _margin(services: Services) -> ft.Padding:
    side = Space.XL if services.desktop else Space.L
    return ft.Padding.symmetric(horizontal=side, vertical=Space.L)


@dataclass(frozen=True)
class Handling:
    """What is being done with a case: the move or step being filled in, and whether somebody else was faster."""

    opened: MoveKind | Step | None
    stale: bool
    plain: Action
    begin: Callable[[MoveKind | Step], None]
    close: Callable[[], None]
    seen: Callable[[], None]
    took: Callable[[Tagged[DeskDetail], str], None]
    moved: Callable[[Tagged[DeskDetail], MoveKind], None]
    failed: Callable[[ApiError], None]


def _use_handling(loaded: Loaded[Tagged[DeskDetail]], code: str, changed: Callable[[], None]) -> Handling:
    services = use_services()
    t = services.text
    opened, set_opened = ft.use_state(cast(MoveKind | Step | None, None))
    stale, set_stale = ft.use_state(False)

    def took(answer: Tagged[DeskDetail], said: str) -> None:
        set_stale(False)
        loaded.set(answer)
        changed()
        services.tell(said, Tone.SUCCESS)

    def moved(answer: Tagged[DeskDetail], kind: MoveKind) -> None:
        set_opened(None)
        took(answer, t("desk.moved", move=t(f"desk.move_{kind}")))

    def failed(error: ApiError) -> None:
        # What was typed stays: the forms keep it, and the case is drawn anew around them.
        if error.code in (ErrorCode.STALE, ErrorCode.ILLEGAL_MOVE):
            set_stale(True)
            loaded.reload()
            changed()

    async def step(kind: MoveKind) -> tuple[Tagged[DeskDetail], MoveKind]:
        etag = loaded.value.etag if loaded.value else None
        return await desk_api.move(services.api, code, plain_move(kind), etag), kind

    plain = use_action(step, done=lambda answer: moved(*answer), failed=failed)

    def begin(kind: MoveKind | Step) -> None:
        if isinstance(kind, Step) or needs_words(kind):
            set_opened(kind)
        else:
            plain.start(kind)

    return Handling(
        opened, stale, plain, begin, lambda: set_opened(None), lambda: set_stale(False), took, moved, failed
    )


def _case(
    services: Services, tagged: Tagged[DeskDetail], keys: Keys, reload: Callable[[], None], doing: Handling
) -> ft.Control:
    case = tagged.value
    content: list[ft.Control] = [_head(services, case, doing.begin, reload, busy=doing.plain.running)]
    if doing.stale:
        content.append(_stale(services, doing.seen))
    elif doing.plain.error is not None:
        content.append(error_line(services.text, doing.plain.error))
    if isinstance(doing.opened, Step):
        step = StepPanel(tagged, doing.opened, keys, doing.close, doing.took, doing.failed)
        content.append(ft.Container(step, key=f"step-{doing.opened}"))
    elif doing.opened is not None and doing.opened in case.moves:
        panel = MovePanel(tagged, doing.opened, keys, doing.close, doing.moved, doing.failed)
        content.append(ft.Container(panel, key=f"move-{doing.opened}"))
    content += [
        *ties(services, case),
        media_row(services, case),
        fact_row(services, case),
        story_card(services, case, doing.begin),
        ft.Container(Composer(tagged, keys, doing.took, doing.failed), key="composer"),
    ]
    return ft.Column(content, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _head(
    services: Services,
    case: DeskDetail,
    begin: Callable[[MoveKind | Step], None],
    reload: Callable[[], None],
    *,
    busy: bool,
) -> ft.Control:
    t = services.text
    code = caption(case.code)
    code.selectable = True
    chips = ft.Row(
        [state_chip(t, case.status), rest_chip(t, case), *mark_chips(t, case), code],
        spacing=Space.S,
        run_spacing=Space.S,
        wrap=True,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    others = step_items(services, case, begin)
    buttons = move_buttons(services, case.moves, begin, reload, busy=busy, others=others)
    name = heading(case.title)
    if services.desktop:
        foot = ft.Row([ft.Container(chips, expand=True), *buttons], spacing=Space.S)
        return ft.Column([name, foot], spacing=Space.XS)
    return ft.Column([name, chips, ft.Row(buttons, spacing=Space.S, wrap=True)], spacing=Space.S)


def _stale(services: Services, dismiss: Callable[[], None]) -> ft.Control:
    t = services.text
    ink, ground = tone_colours(Tone.WARNING)
    words = ft.Column(
        [title(t("desk.stale"), color=ink, small=True), body(t("desk.stale_why"), color=ink)], spacing=0, expand=True
    )
    row = ft.Row(
        [
            ft.Icon(ft.Icons.SYNC_PROBLEM, color=ink, size=Size.ICON),
            words,
            icon_button(ft.Icons.CLOSE, t("action.close"), dismiss),
        ],
        spacing=Space.M,
    )
    box = ft.Container(row, bgcolor=ground, border_radius=Radius.L, padding=Space.M)
    return ft.Semantics(live_region=True, content=box)
