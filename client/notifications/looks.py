"""How a notice looks and what it says, by its kind and event."""

from collections.abc import Mapping
from datetime import datetime

import flet as ft

from client.core.text import Text
from client.core.text.dates import local
from client.core.theme import Tone
from client.dossiers.events import state_look
from shared.case_states import MoveKind
from shared.dossiers import DossierState
from shared.notifications import Notice, NoticeKind

_CASE: Mapping[str, tuple[ft.IconData, Tone]] = {
    "reply": (ft.Icons.CHAT_BUBBLE_OUTLINE, Tone.INFO),
    "close_soon": (ft.Icons.HOURGLASS_BOTTOM, Tone.WARNING),
    "answer_soon": (ft.Icons.HOURGLASS_BOTTOM, Tone.WARNING),
    "reveal": (ft.Icons.PERSON_SEARCH, Tone.WARNING),
    "lock": (ft.Icons.LOCK_CLOCK_OUTLINED, Tone.WARNING),
    "unlock": (ft.Icons.LOCK_OPEN, Tone.SUCCESS),
    MoveKind.ACCEPT: (ft.Icons.INBOX, Tone.INFO),
    MoveKind.ASSIGN: (ft.Icons.ASSIGNMENT_IND, Tone.INFO),
    MoveKind.TRANSFER: (ft.Icons.ASSIGNMENT_IND, Tone.INFO),
    MoveKind.START: (ft.Icons.AUTORENEW, Tone.INFO),
    MoveKind.ASK: (ft.Icons.HELP_OUTLINE, Tone.WARNING),
    MoveKind.PLAN: (ft.Icons.EVENT, Tone.WARNING),
    MoveKind.RESOLVE: (ft.Icons.CHECK_CIRCLE, Tone.SUCCESS),
    MoveKind.ESCALATE: (ft.Icons.PRIORITY_HIGH, Tone.DANGER),
    MoveKind.CLOSE: (ft.Icons.TASK_ALT, Tone.SUCCESS),
    MoveKind.REFUSE: (ft.Icons.BLOCK, Tone.NEUTRAL),
    MoveKind.MERGE: (ft.Icons.MERGE, Tone.NEUTRAL),
    MoveKind.SPLIT: (ft.Icons.CALL_SPLIT, Tone.NEUTRAL),
}
_WORK: Mapping[str, tuple[ft.IconData, Tone]] = {
    "submit": (ft.Icons.MARK_EMAIL_UNREAD_OUTLINED, Tone.ACCENT),
    MoveKind.REOPEN: (ft.Icons.REPLAY, Tone.WARNING),
    MoveKind.APPEAL: (ft.Icons.REPLAY, Tone.WARNING),
    MoveKind.ESCALATE: (ft.Icons.PRIORITY_HIGH, Tone.DANGER),
    MoveKind.ANSWER: (ft.Icons.CHAT_BUBBLE_OUTLINE, Tone.INFO),
}


def look(notice: Notice) -> tuple[ft.IconData, Tone]:
    """Return the sign and the tone of a notice."""
    if notice.kind is NoticeKind.STAFF_WORK:
        return _WORK.get(notice.event, (ft.Icons.ASSIGNMENT_OUTLINED, Tone.INFO))
    if notice.kind is NoticeKind.DOSSIER_MOVED:
        return _dossier(notice.event)
    if notice.kind is NoticeKind.SESSION:
        return ft.Icons.GROUPS_OUTLINED, Tone.SUCCESS
    return _CASE.get(notice.event, (ft.Icons.NOTIFICATIONS_OUTLINED, Tone.INFO))


def _dossier(event: str) -> tuple[ft.IconData, Tone]:
    if event in set(DossierState):
        found = state_look(DossierState(event))
        return found.icon, found.tone
    return ft.Icons.FOLDER_OUTLINED, Tone.INFO


def words(t: Text, notice: Notice) -> str:
    """Say what happened; an event that is not known yet is still an update."""
    key = f"notifications.{notice.kind.value}_{notice.event}"
    return t(key) if t.has(key) else t(f"notifications.{notice.kind.value}_other")


def day_words(t: Text, at: datetime, now: datetime) -> str:
    """Name the day under which a notice stands: today, yesterday, a date."""
    day, today = local(at).date(), local(now).date()
    if day == today:
        return t("notifications.today")
    if (today - day).days == 1:
        return t("notifications.yesterday")
    weekday = t.weekday_date(day)
    return weekday[:1].upper() + weekday[1:]
