"""What a dispatcher may do about the sender of a case: have the name shown, or keep her from sending for some days.

Both ask for a reason that the sender reads.
"""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

import flet as ft

from client.core.action import use_action
from client.core.api import ApiError, Tagged
from client.core.context import use_services
from client.core.once import use_once
from client.core.services import Services
from client.core.store import Form, use_form
from client.core.text.dates import local, now
from client.core.theme import Radius, Size, Space, Tone, tone_colours
from client.feedback import desk_api
from client.feedback.desk_panel import Doing, Focus, step_panel, use_focus
from client.ui.forms import Choice, choice_chips, text_field
from client.ui.keys import Keys
from client.ui.text import body, caption
from shared.access import Permission
from shared.administration import LockDraft
from shared.case_moves import Reveal
from shared.feedback import DeskDetail

_MAX = 5_000
_DAYS = (1, 3, 7, 30, 90)


class Step(StrEnum):
    """What may be done about a sender."""

    REVEAL = "reveal"
    LOCK = "lock"


_LOOKS = {
    Step.REVEAL: (ft.Icons.PERSON_SEARCH, Tone.WARNING),
    Step.LOCK: (ft.Icons.LOCK_PERSON_OUTLINED, Tone.DANGER),
}


def steps(services: Services, case: DeskDetail) -> list[Step]:
    """Return what this person may do about the sender now."""
    if not services.session.may(Permission.DISPATCH):
        return []
    hidden = case.reporter.name is None and not case.revealed
    return [*([Step.REVEAL] if hidden else []), Step.LOCK]


def step_items(services: Services, case: DeskDetail, begin: Callable[[Step], None]) -> list[ft.PopupMenuItem]:
    """Return these steps as entries of the menu."""
    return [
        ft.PopupMenuItem(
            content=f"{services.text(f'desk.{step}')}…",
            icon=_LOOKS[step][0],
            on_click=lambda _, step=step: begin(step),
        )
        for step in steps(services, case)
    ]


@ft.component
def StepPanel(
    tagged: Tagged[DeskDetail],
    step: Step,
    keys: Keys,
    close: Callable[[], None],
    took: Callable[[Tagged[DeskDetail], str], None],
    failed: Callable[[ApiError], None],
) -> ft.Control:
    """Ask for the reason, and say who will read it."""
    services = use_services()
    t, case = services.text, tagged.value
    form = use_form(f"desk/{case.code}/{step}", {"reason": "", "days": 7})
    once = use_once()

    async def work() -> Tagged[DeskDetail]:
        reason = str(form.get("reason")).strip()
        if step is Step.REVEAL:
            wish = Reveal(reason=reason)
            return await desk_api.reveal(services.api, case.code, wish, once.key(wish))
        lock = LockDraft(days=int(form.get("days")), reason=reason)
        return await desk_api.lock(services.api, case.code, lock, once.key(lock))

    def done(answer: Tagged[DeskDetail]) -> None:
        form.clear()
        close()
        took(answer, t(f"desk.{step}_done"))

    def missed(error: ApiError) -> None:
        form.fail(error)
        failed(error)

    send = use_action(work, done=done, failed=missed)

    def submit() -> None:
        if form.check({"reason": None if str(form.get("reason")).strip() else t("desk.need_text")}):
            send.start()

    focus = use_focus(keys, close, submit)
    icon, tone = _LOOKS[step]
    what = Doing(icon, tone, t(f"desk.{step}"), t(f"desk.{step}_why"))
    fields = [_told(services, step), *([_days(services, form)] if step is Step.LOCK else [])]
    fields.append(_reason(services, step, form, focus))
    return step_panel(services, what, fields, send, submit, close)


def _told(services: Services, step: Step) -> ft.Control:
    ink, ground = tone_colours(Tone.WARNING)
    sign = ft.Icon(ft.Icons.VISIBILITY_OUTLINED, color=ink, size=Size.ICON_S)
    row = ft.Row([sign, ft.Container(body(services.text(f"desk.{step}_told"), color=ink), expand=True)])
    return ft.Container(row, bgcolor=ground, border_radius=Radius.M, padding=Space.M)


def _days(services: Services, form: Form) -> ft.Control:
    t = services.text
    chosen = int(form.get("days"))
    choices = [Choice(str(n), t("desk.lock_days", n=n)) for n in _DAYS]
    until = local(now() + timedelta(days=chosen)).date()
    return ft.Column(
        [
            choice_chips(choices, str(chosen), lambda n: form.set("days", int(n))),
            caption(t("desk.lock_until", day=t.weekday_date(until))),
        ],
        spacing=Space.XS,
    )


def _reason(services: Services, step: Step, form: Form, focus: Focus) -> ft.Control:
    field = text_field(form, "reason", services.text(f"desk.{step}_reason"), lines=2, max_length=_MAX)
    field.counter = ""
    field.align_label_with_hint = True
    focus.first = focus.watch(field)
    return field
