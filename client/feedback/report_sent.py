"""After sending: the code, who received it, by when, who sees the name, and the way to follow it."""

from collections.abc import Callable

import flet as ft

from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.feedback.case_due import capital
from client.feedback.report_privacy import name_word
from client.ui.forms import icon_button, link_button, primary_button, secondary_button
from client.ui.lists import card
from client.ui.states import notice
from client.ui.text import banner, body, caption, title
from shared.feedback import FeedbackDetail


def sent_page(
    services: Services, case: FeedbackDetail, again: Callable[[], None], session: str = ""
) -> list[ft.Control]:
    """Return what stands on the page after sending; `session` is the code of an onboarding session to go back to."""
    t = services.text
    ink, ground = tone_colours(Tone.SUCCESS)
    sign = ft.Container(
        ft.Icon(ft.Icons.CHECK, size=Size.ICON_XL, color=ink),
        bgcolor=ground,
        border_radius=Radius.PILL,
        padding=Space.L,
    )
    head = ft.Column(
        [sign, ft.Semantics(header=True, live_region=True, content=banner(_thanks(t, case)))],
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        spacing=Space.M,
    )
    parts: list[ft.Control] = [ft.Row([head], alignment=ft.MainAxisAlignment.CENTER)]
    if case.practice:
        parts.append(notice(ft.Icons.SCHOOL_OUTLINED, t("feedback.practice"), t("feedback.practice_why"), Tone.WARNING))
    parts.append(card(ft.Column([_code(services, case), *_facts(t, case)], spacing=Space.L)))
    if not case.practice:
        parts.append(caption(t("feedback.sent_notice")))
    return [*parts, *_ways_on(services, case, again, session)]


def _thanks(t: Text, case: FeedbackDetail) -> str:
    return t("feedback.sent_practice" if case.practice else "feedback.sent")


def _code(services: Services, case: FeedbackDetail) -> ft.Control:
    t = services.text
    code = title(case.code)
    code.selectable = True
    words = ft.Column([caption(t("feedback.sent_code")), code], spacing=0, expand=True)

    def copied() -> None:
        services.tell(t("feedback.code_copied"), Tone.SUCCESS)

    action = ft.CopyToClipboard(case.code)
    copy = icon_button(ft.Icons.CONTENT_COPY, t("feedback.copy_code"), copied, action=action)
    return ft.Row([ft.Icon(ft.Icons.TAG, color=Colour.QUIET), words, copy], spacing=Space.M)


def _facts(t: Text, case: FeedbackDetail) -> list[ft.Control]:
    name = (ft.Icons.BADGE_OUTLINED, "who_name", t(f"feedback.{name_word(named=case.show_name)}"))
    if case.practice:
        rows = [(ft.Icons.SCHOOL_OUTLINED, "sent_unit", t("feedback.sent_unit_practice")), name]
    else:
        unit = case.unit.name if case.unit else t("feedback.unit_none")
        rows = [
            (ft.Icons.ACCOUNT_BALANCE_OUTLINED, "sent_unit", unit),
            *_accepted(t, case),
            (ft.Icons.EVENT_AVAILABLE_OUTLINED, "sent_due", capital(t.deadline(case.due_at))),
            name,
        ]
    return [_fact(icon, t(f"feedback.{word}"), said) for icon, word, said in rows]


def _accepted(t: Text, case: FeedbackDetail) -> list[tuple[ft.IconData, str, str]]:
    if case.accept_by >= case.due_at:
        return []
    return [(ft.Icons.INBOX_OUTLINED, "sent_accept", capital(t.deadline(case.accept_by)))]


def _fact(icon: ft.IconData, word: str, said: str) -> ft.Control:
    words = ft.Column([caption(word), body(said)], spacing=0, expand=True)
    return ft.Row([ft.Icon(icon, color=Colour.QUIET), words], spacing=Space.M)


def _ways_on(services: Services, case: FeedbackDetail, again: Callable[[], None], session: str) -> list[ft.Control]:
    t = services.text
    follow = f"/feedback/{case.code}"
    if session:
        back = primary_button(
            t("feedback.to_session"), lambda: services.go(f"/join/{session}"), icon=ft.Icons.GROUPS, expand=True
        )
        return [ft.Row([back]), ft.Row([link_button(t("feedback.follow_sent"), lambda: services.go(follow))])]
    first = primary_button(
        t("feedback.follow_sent"), lambda: services.go(follow), icon=ft.Icons.VISIBILITY, expand=True
    )
    if case.practice:
        real = secondary_button(t("feedback.real"), lambda: services.go("/feedback/new"), expand=True)
        return [ft.Row([first]), ft.Row([real])]
    return [ft.Row([first]), ft.Row([secondary_button(t("feedback.another"), again, expand=True)])]
