"""As what somebody acts on a case, and what that allows."""

from datetime import timedelta

from backend.core import clock
from backend.core.access import Actor
from backend.feedback.models import Feedback
from shared.access import Permission
from shared.case_states import REOPEN_DAYS, MoveKind, Party, Status, legal_moves


def parties(actor: Actor | None, case: Feedback) -> frozenset[Party]:
    """Return every part that this person plays in the case; none for a stranger."""
    if actor is None:
        return frozenset()
    found = {Party.CITIZEN} if actor.id == case.reporter_id else set()
    if case.practice:
        return frozenset(found)
    if actor.may(Permission.DISPATCH):
        found.add(Party.DISPATCHER)
    if actor.unit == case.unit_code or actor.may(Permission.ADMINISTER):
        if actor.may(Permission.HANDLE):
            found.add(Party.OFFICER)
        if actor.may(Permission.LEAD):
            found.add(Party.LEADER)
    return frozenset(found)


def moves(actor: Actor | None, case: Feedback) -> list[MoveKind]:
    """Return what this person may do with the case now: the state table, less the once-only moves that were used."""
    return [kind for kind in legal_moves(case.status, parties(actor, case)) if _still_free(kind, case)]


def _still_free(kind: MoveKind, case: Feedback) -> bool:
    if kind is MoveKind.APPEAL:
        return not case.appealed
    if kind is MoveKind.REOPEN and case.status is Status.CLOSED:
        return case.reopened == 0 and clock.now() - case.moved_at <= timedelta(days=REOPEN_DAYS)
    if kind is MoveKind.REOPEN:
        return case.reopened < 2
    return True
