"""How the desk says where a case stands: what is left, who wrote, what is pressing."""

from datetime import datetime

import flet as ft

from client.core.api import ApiError
from client.core.text import Text
from client.core.text.dates import WORKING_DAY, local, now, short
from client.core.theme import Colour, Tone, tone_colours
from client.feedback.states import Timing, status_look, timing
from client.ui.status import status_chip
from shared.case_states import Party, Status
from shared.errors import ErrorCode
from shared.feedback import DeskDetail, Entry, FeedbackSummary, Level

_SOON_S = 4 * 3600


def rest_words(t: Text, case: FeedbackSummary) -> tuple[str, Tone]:
    """Say what is left until the next deadline of a case, or when it ended, with how pressing that is."""
    if case.status is Status.NEW and not case.overdue:
        return _accept_words(t, case.accept_by)
    if case.working_left is None:
        return t.ago(case.resolved_at or case.created_at), Tone.NEUTRAL
    if timing(case) is Timing.PAUSED:
        return t("desk.paused"), Tone.NEUTRAL
    tone = Tone.WARNING if case.working_left < WORKING_DAY else Tone.NEUTRAL
    return t.working_left(case.working_left), Tone.DANGER if case.overdue or case.working_left < 0 else tone


def _accept_words(t: Text, by: datetime) -> tuple[str, Tone]:
    """Say by when a new case is to be accepted: at what time today, or on which day."""
    left = (by - now()).total_seconds()
    if left < 0:
        return t("desk.accept_late"), Tone.DANGER
    same_day = local(by).date() == local(now()).date()
    when = t.time(by) if same_day else f"{t.time(by)} {short(local(by).date())}"
    return t("desk.accept_before", when=when), Tone.WARNING if left < _SOON_S else Tone.NEUTRAL


def rest_ink(tone: Tone) -> ft.ColorValue:
    """Return the colour of the words that say what is left."""
    return Colour.QUIET if tone is Tone.NEUTRAL else tone_colours(tone)[0]


def status_words(t: Text, case: FeedbackSummary) -> str:
    """Say the state of a case."""
    return t(status_look(case.status).word)


def rest_chip(t: Text, case: FeedbackSummary) -> ft.Control:
    """Show what is left."""
    words, tone = rest_words(t, case)
    icon = ft.Icons.ERROR_OUTLINE if tone is Tone.DANGER else ft.Icons.SCHEDULE
    return status_chip(icon, words, tone)


def mark_chips(t: Text, case: DeskDetail) -> list[ft.Control]:
    """Show what sets a case apart: pressing, complex, practice, not public."""
    marks: list[ft.Control] = []
    if case.level is Level.URGENT:
        marks.append(status_chip(ft.Icons.BOLT, t("desk.urgent"), Tone.DANGER))
    if case.level is Level.COMPLEX:
        marks.append(status_chip(ft.Icons.ACCOUNT_TREE_OUTLINED, t("desk.complex"), Tone.NEUTRAL))
    if case.practice:
        marks.append(status_chip(ft.Icons.SCHOOL_OUTLINED, t("desk.practice"), Tone.INFO))
    if not case.public:
        marks.append(status_chip(ft.Icons.LOCK_OUTLINE, t("desk.not_public"), Tone.NEUTRAL))
    return marks


def other_than_stale(error: ApiError | None) -> ApiError | None:
    """Return what went wrong unless somebody else was faster: that is said above the case."""
    return None if error is not None and error.code == ErrorCode.STALE else error


def author(t: Text, case: DeskDetail, entry: Entry) -> str:
    """Say who wrote a line of the story, as far as may be known."""
    if entry.party is Party.CITIZEN:
        return case.reporter.name or t("desk.anonymous")
    if entry.party is Party.SYSTEM:
        return t("desk.system")
    party = t(f"desk.party_{entry.party}")
    return f"{entry.by} · {party}" if entry.by else party.capitalize()
