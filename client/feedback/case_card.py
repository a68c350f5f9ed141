"""One report in a list: picture, title, where it stands, where it is, by when."""

import flet as ft

from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Size, Space, Tone, tone_colours
from client.feedback.case_due import capital, deadline_words, left_words
from client.feedback.states import Timing, progress, state_chip, status_look, timing, timing_chip
from client.ui.lists import card
from client.ui.media import picture
from client.ui.status import status_chip
from client.ui.text import caption, title
from shared.case_states import Status
from shared.feedback import FeedbackSummary

_WITHOUT_RESULT = {Status.REFUSED, Status.MERGED, Status.WITHDRAWN}


def category_icon(name: str) -> ft.IconData:
    """Return the Material icon that a category names, or a neutral one: an installation may name what Flet lacks."""
    try:
        icon: ft.IconData = getattr(ft.Icons, name.upper())
    except (AttributeError, KeyError):
        return ft.Icons.REPORT_OUTLINED
    return icon


def public_card(services: Services, case: FeedbackSummary, *, selected: bool = False) -> ft.Control:
    """Show a report as everybody sees it."""
    t = services.text
    where = case.address or case.category.name
    when = t.ago(case.created_at)
    lines: list[ft.Control] = [
        title(case.title, max_lines=2),
        _chips(t, case),
        _line(category_icon(case.category.icon) if not case.address else ft.Icons.PLACE_OUTLINED, f"{where} · {when}"),
    ]
    left = capital(left_words(t, case))
    unit = " · ".join(part for part in (case.unit.name if case.unit else "", left) if part)
    if unit:
        lines.append(_line(ft.Icons.ACCOUNT_BALANCE_OUTLINED if case.unit else ft.Icons.SCHEDULE, unit))
    others = t("feedback.supporters", n=case.supporters) if case.supporters else ""
    if others:
        lines.append(_line(ft.Icons.GROUPS_OUTLINED, others))
    told = (case.title, t(status_look(case.status).word), where, when, unit, others)
    said = ". ".join(part for part in told if part)
    return _card(services, case, lines, said, selected=selected)


def own_card(services: Services, case: FeedbackSummary, *, selected: bool = False) -> ft.Control:
    """Show one of my reports: also by when, and how far it has come."""
    t = services.text
    look = status_look(case.status)
    ink, ground = tone_colours(look.tone)
    due = deadline_words(t, case) or t("feedback.sent_on", when=t.ago(case.created_at))
    bar = ft.ProgressBar(
        value=progress(case.status), color=ink, bgcolor=ground, border_radius=Space.XS, semantics_label=t(look.word)
    )
    ended = case.status in _WITHOUT_RESULT
    lines = [title(case.title, max_lines=2), _chips(t, case), *([] if ended else [bar]), _line(ft.Icons.SCHEDULE, due)]
    return _card(services, case, lines, f"{case.title}. {t(look.word)}. {due}", selected=selected)


def _chips(t: Text, case: FeedbackSummary) -> ft.Control:
    chips = [state_chip(t, case.status)]
    stands = timing(case)
    late = timing_chip(t, case) if stands in (Timing.OVERDUE, Timing.LATE) else None
    if late is not None:
        chips.append(late)
    if case.practice:
        chips.append(status_chip(ft.Icons.SCHOOL_OUTLINED, t("feedback.practice_chip"), Tone.WARNING))
    elif case.status is Status.WAITING_CITIZEN:
        chips.append(status_chip(ft.Icons.REPLY, t("feedback.answer"), Tone.ACCENT))
    return ft.Row(chips, spacing=Space.S, run_spacing=Space.XS, wrap=True)


def _line(icon: ft.IconData, words: str) -> ft.Control:
    return ft.Row(
        [ft.Icon(icon, size=Size.ICON_S, color=Colour.QUIET), ft.Container(caption(words, max_lines=2), expand=True)],
        spacing=Space.XS,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )


def _card(
    services: Services, case: FeedbackSummary, lines: list[ft.Control], said: str, *, selected: bool
) -> ft.Control:
    icon = category_icon(case.category.icon)
    thumb = picture(services, case.thumb_url, case.title, width=_THUMB, height=_THUMB, icon=icon)
    words = ft.Column(lines, spacing=Space.S, expand=True)
    return card(
        ft.Row([thumb, words], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START),
        on_click=lambda: services.go(f"/feedback/{case.code}"),
        label=said,
        key=case.code,
        padding=Space.M,
        selected=selected,
    )


_THUMB = Size.THUMB + Space.XL
