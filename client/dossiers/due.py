"""A dossier's dates in words: received, due, paused, late."""

from datetime import datetime
from enum import StrEnum

from client.core.text import Text, dates
from client.core.text.dates import local, now
from shared.dossiers import ENDED, Dossier, DossierState

_NO_HOUR = ("00:00", "23:59")
_FIRST = {DossierState.NEW, DossierState.NOT_RECEIVED}
_WAITED_FOR = {DossierState.NEW, DossierState.RECEIVED, DossierState.PROCESSING}
"""States in which the owner can do nothing but wait."""


class Timing(StrEnum):
    """How a dossier stands to its due date."""

    RUNNING = "running"
    OVERDUE = "overdue"
    LATE = "late"
    PAUSED = "paused"
    ON_TIME = "on_time"


def timing(dossier: Dossier) -> Timing | None:
    """Return how a dossier stands to its due date; None where there is none, or it ended without a result."""
    if dossier.late is not None:
        return Timing.LATE
    if dossier.paused and dossier.state not in ENDED:
        return Timing.PAUSED
    if dossier.due_at is None:
        return None
    if dossier.state in ENDED:
        in_time = dossier.finished_at is not None and dossier.finished_at <= dossier.due_at
        return Timing.ON_TIME if in_time else None
    return Timing.OVERDUE if _passed(dossier.due_at) else Timing.RUNNING


def when_words(t: Text, at: datetime) -> str:
    """17:00 thứ Tư 29/11; the day alone where the source says no hour."""
    day = t.weekday_date(local(at).date())
    return day if _whole_day(at) else f"{t.time(at)} {day}"


def due_words(t: Text, dossier: Dossier) -> str:
    """Say when the result is due, or was given; empty where the source names no date and none is to come."""
    if dossier.finished_at is not None:
        return when_words(t, dossier.finished_at)
    if dossier.due_at is not None:
        return when_words(t, dossier.due_at)
    return "" if dossier.state in ENDED else t("dossiers.due_none")


def due_why(t: Text, dossier: Dossier) -> str:
    """Say how far off the due date is, or what it means now; empty where nothing runs."""
    if dossier.finished_at is not None:
        return t("dossiers.was_due", when=when_words(t, dossier.due_at)) if dossier.due_at is not None else ""
    if dossier.paused:
        return paused_words(t, dossier)
    if dossier.due_at is None or dossier.state in ENDED:
        return ""
    return left_words(t, dossier.due_at)


def first_due_words(t: Text, dossier: Dossier) -> str:
    """Say the date that was missed, and by how many days; empty where none was given."""
    first = dossier.late.first_due_at if dossier.late is not None else None
    if first is None:
        return ""
    when = when_words(t, first)
    end = dossier.finished_at or now()
    days = (local(end).date() - local(first).date()).days
    if days < 1:
        return t("dossiers.first_due", when=when)
    return t("dossiers.first_due_missed" if dossier.finished_at else "dossiers.first_due_past", when=when, n=days)


def new_due_words(t: Text, dossier: Dossier) -> str:
    """Say the new date of a late dossier, and when it has passed as well; empty where nothing is to come."""
    if dossier.late is None or dossier.state in ENDED:
        return ""
    new = dossier.late.new_due_at
    if new is None:
        return t("dossiers.new_due_none")
    words = t("dossiers.new_due", when=when_words(t, new))
    return f"{words} ({left_words(t, new).lower()})" if _passed(new) else words


def waits_past_a_date(dossier: Dossier) -> bool:
    """Whether its owner still waits although a date has passed."""
    return dossier.state in _WAITED_FOR and timing(dossier) in {Timing.LATE, Timing.OVERDUE}


def next_key(dossier: Dossier) -> str:
    """Return the key of what its owner does next: who waits past a date is told to call, not to wait."""
    if not waits_past_a_date(dossier):
        return f"dossiers.next_{dossier.state.value}"
    again = dossier.late is not None and dossier.late.new_due_at is not None and not _passed(dossier.late.new_due_at)
    return "dossiers.next_late" if again else "dossiers.next_overdue"


def paused_words(t: Text, dossier: Dossier) -> str:
    """Say since when the clock stands still, and whether it will run again."""
    if dossier.state in ENDED:
        return t("dossiers.stopped_since", when=when_words(t, dossier.paused_at)) if dossier.paused_at else ""
    if dossier.paused_at is None:
        return t("dossiers.paused")
    return t("dossiers.paused_since", when=when_words(t, dossier.paused_at))


def left_words(t: Text, due: datetime) -> str:
    """Say how many days are left, as one counts on a calendar."""
    days = (local(due).date() - local(now()).date()).days
    if _passed(due) and days >= 0:
        return t("dossiers.past_today")
    if days < 0:
        return t("dossiers.past", n=-days)
    if days == 0:
        return t("dossiers.left_today")
    return t("dossiers.left_tomorrow") if days == 1 else t("dossiers.left", n=days)


def began_words(t: Text, dossier: Dossier) -> tuple[str, str]:
    """Return the name of the first date and the date: what was only sent has not been received."""
    if dossier.state not in _FIRST:
        at = dossier.received_at
        return t("dossiers.received_at"), when_words(t, at) if at else t("dossiers.unsaid")
    sent = dossier.history[0].at if dossier.history else dossier.received_at
    return t("dossiers.sent_at"), when_words(t, sent) if sent else t("dossiers.unsaid")


def _whole_day(at: datetime) -> bool:
    """Whether a moment stands for its day: sources that name no hour say its beginning, or its last minute."""
    return dates.time(at) in _NO_HOUR


def _passed(at: datetime) -> bool:
    """Whether a moment has passed; one that stands for its day has when the day has."""
    return local(at).date() < local(now()).date() if _whole_day(at) else at <= now()
