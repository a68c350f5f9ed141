"""How the states of a case look on the home page."""

from collections.abc import Mapping
from dataclasses import dataclass

import flet as ft

from client.core.theme import Tone
from shared.case_states import Status


@dataclass(frozen=True)
class Look:
    """The sign and the colour of a state."""

    icon: ft.IconData
    tone: Tone


LOOKS: Mapping[Status, Look] = {
    Status.NEW: Look(ft.Icons.SEND, Tone.ACCENT),
    Status.HELD: Look(ft.Icons.PAUSE_CIRCLE_OUTLINE, Tone.WARNING),
    Status.ACCEPTED: Look(ft.Icons.INBOX, Tone.INFO),
    Status.ASSIGNED: Look(ft.Icons.ASSIGNMENT_IND, Tone.INFO),
    Status.IN_PROGRESS: Look(ft.Icons.AUTORENEW, Tone.INFO),
    Status.WAITING_CITIZEN: Look(ft.Icons.HELP_OUTLINE, Tone.WARNING),
    Status.PLANNED: Look(ft.Icons.EVENT, Tone.WARNING),
    Status.RESOLVED: Look(ft.Icons.CHECK_CIRCLE, Tone.SUCCESS),
    Status.ESCALATED: Look(ft.Icons.PRIORITY_HIGH, Tone.DANGER),
    Status.CLOSED: Look(ft.Icons.TASK_ALT, Tone.SUCCESS),
    Status.REFUSED: Look(ft.Icons.BLOCK, Tone.NEUTRAL),
    Status.MERGED: Look(ft.Icons.MERGE, Tone.NEUTRAL),
    Status.WITHDRAWN: Look(ft.Icons.UNDO, Tone.NEUTRAL),
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


def progress(status: Status) -> float:
    """Return how far a case has come, 0 to 1; a planned case is not nearer to its end than one in work."""
    return _PROGRESS.get(status, 1.0)
