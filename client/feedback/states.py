"""How a case's states, deadlines and entries look and are called; the one place for all screens of feedback.

The words stand in words.py under `feedback.status_<status>`, `feedback.entry_<kind>` and `feedback.timing_<timing>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import flet as ft

from client.core.text import Text
from client.core.theme import Tone
from client.ui.status import status_chip
from shared.case_states import OPEN, MoveKind, Status
from shared.feedback import Entry, FeedbackSummary


@dataclass(frozen=True)
class Look:
    """A sign, the key of its words, and a tone."""

    icon: ft.IconData
    word: str
    tone: Tone


class Timing(StrEnum):
    """How a case stands to its deadline."""

    RUNNING = "running"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    ON_TIME = "on_time"
    LATE = "late"


_STATUS: Mapping[Status, tuple[ft.IconData, Tone]] = {
    Status.NEW: (ft.Icons.SEND, Tone.ACCENT),
    Status.HELD: (ft.Icons.PAUSE_CIRCLE_OUTLINE, Tone.WARNING),
    Status.ACCEPTED: (ft.Icons.INBOX, Tone.INFO),
    Status.ASSIGNED: (ft.Icons.ASSIGNMENT_IND, Tone.INFO),
    Status.IN_PROGRESS: (ft.Icons.AUTORENEW, Tone.INFO),
    Status.WAITING_CITIZEN: (ft.Icons.HELP_OUTLINE, Tone.WARNING),
    Status.PLANNED: (ft.Icons.EVENT, Tone.WARNING),
    Status.RESOLVED: (ft.Icons.CHECK_CIRCLE, Tone.SUCCESS),
    Status.ESCALATED: (ft.Icons.PRIORITY_HIGH, Tone.DANGER),
    Status.CLOSED: (ft.Icons.TASK_ALT, Tone.SUCCESS),
    Status.REFUSED: (ft.Icons.BLOCK, Tone.NEUTRAL),
    Status.MERGED: (ft.Icons.MERGE, Tone.NEUTRAL),
    Status.WITHDRAWN: (ft.Icons.UNDO, Tone.NEUTRAL),
}

_ENTRY: Mapping[str, tuple[ft.IconData, Tone]] = {
    "submit": (ft.Icons.SEND, Tone.ACCENT),
    "reply": (ft.Icons.CHAT_BUBBLE_OUTLINE, Tone.INFO),
    "close_soon": (ft.Icons.HOURGLASS_BOTTOM, Tone.WARNING),
    "answer_soon": (ft.Icons.HOURGLASS_BOTTOM, Tone.WARNING),
    "note": (ft.Icons.STICKY_NOTE_2_OUTLINED, Tone.NEUTRAL),
    MoveKind.ACCEPT: (ft.Icons.INBOX, Tone.INFO),
    MoveKind.ASSIGN: (ft.Icons.ASSIGNMENT_IND, Tone.INFO),
    MoveKind.REFUSE: (ft.Icons.BLOCK, Tone.NEUTRAL),
    MoveKind.MERGE: (ft.Icons.MERGE, Tone.NEUTRAL),
    MoveKind.SPLIT: (ft.Icons.CALL_SPLIT, Tone.NEUTRAL),
    MoveKind.HOLD: (ft.Icons.PAUSE_CIRCLE_OUTLINE, Tone.WARNING),
    MoveKind.RELEASE: (ft.Icons.PLAY_CIRCLE_OUTLINE, Tone.NEUTRAL),
    MoveKind.START: (ft.Icons.AUTORENEW, Tone.INFO),
    MoveKind.ASK: (ft.Icons.HELP_OUTLINE, Tone.WARNING),
    MoveKind.ANSWER: (ft.Icons.REPLY, Tone.ACCENT),
    MoveKind.PLAN: (ft.Icons.EVENT, Tone.WARNING),
    MoveKind.RESOLVE: (ft.Icons.CHECK_CIRCLE, Tone.SUCCESS),
    MoveKind.TRANSFER: (ft.Icons.SWAP_HORIZ, Tone.INFO),
    MoveKind.RETURN: (ft.Icons.UNDO, Tone.NEUTRAL),
    MoveKind.ESCALATE: (ft.Icons.PRIORITY_HIGH, Tone.DANGER),
    MoveKind.CLOSE: (ft.Icons.TASK_ALT, Tone.SUCCESS),
    MoveKind.RATE: (ft.Icons.STAR, Tone.WARNING),
    MoveKind.REOPEN: (ft.Icons.RESTART_ALT, Tone.DANGER),
    MoveKind.APPEAL: (ft.Icons.GAVEL, Tone.WARNING),
    MoveKind.WITHDRAW: (ft.Icons.UNDO, Tone.NEUTRAL),
    "joined": (ft.Icons.MERGE, Tone.INFO),
    "parted": (ft.Icons.CALL_SPLIT, Tone.NEUTRAL),
    "reveal": (ft.Icons.PERSON_SEARCH, Tone.WARNING),
    "lock": (ft.Icons.LOCK_PERSON_OUTLINED, Tone.DANGER),
}

_TIMING: Mapping[Timing, tuple[ft.IconData, Tone]] = {
    Timing.RUNNING: (ft.Icons.SCHEDULE, Tone.NEUTRAL),
    Timing.SOON: (ft.Icons.HOURGLASS_BOTTOM, Tone.WARNING),
    Timing.OVERDUE: (ft.Icons.ERROR_OUTLINE, Tone.DANGER),
    Timing.PAUSED: (ft.Icons.PAUSE_CIRCLE_OUTLINE, Tone.NEUTRAL),
    Timing.ON_TIME: (ft.Icons.SCHEDULE, Tone.SUCCESS),
    Timing.LATE: (ft.Icons.HISTORY, Tone.WARNING),
}

_PROGRESS: Mapping[Status, float] = {
    Status.NEW: 0.1,
    Status.HELD: 0.1,
    Status.ACCEPTED: 0.25,
    Status.ASSIGNED: 0.4,
    Status.IN_PROGRESS: 0.6,
    Status.WAITING_CITIZEN: 0.6,
    Status.PLANNED: 0.6,
    Status.ESCALATED: 0.6,
}

_UNDER_WAY = OPEN - {Status.RESOLVED}


def status_look(status: Status) -> Look:
    """Return how a status looks."""
    icon, tone = _STATUS[status]
    return Look(icon, f"feedback.status_{status}", tone)


def entry_look(entry: Entry) -> Look:
    """Return how a line of the story looks. Kinds that are not known yet look neutral."""
    return kind_look(entry.kind)


def kind_look(kind: str) -> Look:
    """Return how a move, a submission, a reply or a note looks."""
    icon, tone = _ENTRY.get(kind, (ft.Icons.CIRCLE_OUTLINED, Tone.NEUTRAL))
    return Look(icon, f"feedback.entry_{kind}" if kind in _ENTRY else "feedback.entry_other", tone)


def timing_look(timing: Timing) -> Look:
    """Return how a case's standing to its deadline looks."""
    icon, tone = _TIMING[timing]
    return Look(icon, f"feedback.timing_{timing}", tone)


def progress(status: Status) -> float:
    """Return how far a case has come, 0 to 1; a promised date brings it no nearer to its end."""
    return _PROGRESS.get(status, 1.0)


def timing(case: FeedbackSummary) -> Timing | None:
    """Return how a case stands to its deadline; None where it has ended without a result."""
    if case.status in _UNDER_WAY:
        if case.overdue:
            return Timing.OVERDUE
        return Timing.PAUSED if case.status is Status.WAITING_CITIZEN else Timing.RUNNING
    if case.on_time is None:
        return None
    return Timing.ON_TIME if case.on_time else Timing.LATE


def entry_words(t: Text, entry: Entry) -> str:
    """Say what a line of the story tells, with the unit or the day where it names one."""
    look = entry_look(entry)
    unit = entry.unit.name if entry.unit else ""
    day = t.weekday_date(entry.planned_on) if entry.planned_on else ""
    named = f"{look.word}_named"
    return t(named, unit=unit, day=day) if t.has(named) and (unit or day) else t(look.word)


def state_chip(t: Text, status: Status) -> ft.Control:
    """Show where a case stands."""
    look = status_look(status)
    return status_chip(look.icon, t(look.word), look.tone)


def timing_chip(t: Text, case: FeedbackSummary) -> ft.Control | None:
    """Show whether a case is, or was, in time; None where that says nothing."""
    stands = timing(case)
    if stands is None:
        return None
    look = timing_look(stands)
    return status_chip(look.icon, t(look.word), look.tone)
