"""What other features may show of a dossier: the sign and the tone of its state."""

from collections.abc import Mapping
from dataclasses import dataclass

import flet as ft

from client.core.theme import Tone
from shared.dossiers import DossierState


@dataclass(frozen=True)
class Look:
    """A sign and a tone."""

    icon: ft.IconData
    tone: Tone


_LOOKS: Mapping[DossierState, Look] = {
    DossierState.NEW: Look(ft.Icons.SEND, Tone.ACCENT),
    DossierState.RECEIVED: Look(ft.Icons.INBOX, Tone.INFO),
    DossierState.NOT_RECEIVED: Look(ft.Icons.BLOCK, Tone.DANGER),
    DossierState.PROCESSING: Look(ft.Icons.AUTORENEW, Tone.INFO),
    DossierState.PAPERS_WANTED: Look(ft.Icons.NOTE_ADD_OUTLINED, Tone.WARNING),
    DossierState.PAYMENT_WANTED: Look(ft.Icons.PAYMENTS_OUTLINED, Tone.WARNING),
    DossierState.WITHDRAWAL_ASKED: Look(ft.Icons.UNDO, Tone.NEUTRAL),
    DossierState.STOPPED: Look(ft.Icons.STOP_CIRCLE_OUTLINED, Tone.DANGER),
    DossierState.DONE: Look(ft.Icons.CHECK_CIRCLE, Tone.SUCCESS),
    DossierState.RETURNED: Look(ft.Icons.TASK_ALT, Tone.SUCCESS),
}


def state_look(state: DossierState) -> Look:
    """Return how a state looks."""
    return _LOOKS[state]
