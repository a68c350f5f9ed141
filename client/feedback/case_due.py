"""A report's deadlines in words: what is left, what was promised first, when it closes by itself."""

from datetime import datetime, timedelta

from client.core.text import Text
from client.core.text.dates import local
from client.feedback.states import Timing, status_look, timing
from shared.case_states import AUTO_CLOSE_DAYS, REOPEN_DAYS, MoveKind, Status
from shared.feedback import Entry, FeedbackDetail, FeedbackSummary

_ENDED = {Timing.ON_TIME, Timing.LATE}


def capital(words: str) -> str:
    """Return words as the beginning of a line."""
    return words[:1].upper() + words[1:]


def left_words(t: Text, case: FeedbackSummary) -> str:
    """Say what is left of the deadline in working time; empty where no clock runs or waits."""
    if case.working_left is None:
        return ""
    left = t.working_left(case.working_left)
    if case.status is not Status.WAITING_CITIZEN:
        return left
    return t("feedback.left_paused_over" if case.working_left < 0 else "feedback.left_paused", left=left)


def deadline_words(t: Text, case: FeedbackSummary) -> str:
    """Say by when in a line of a list, or when it was done; empty where neither says anything."""
    stands = timing(case)
    if stands in _ENDED and case.resolved_at is not None:
        return t("feedback.unit_done", when=t.ago(case.resolved_at))
    if stands is None:
        return ""
    if stands is Timing.PAUSED:
        return capital(left_words(t, case)) or t("feedback.unit_paused")
    left = left_words(t, case)
    return f"{capital(left)} ({t.deadline(case.due_at)})" if left else capital(t.deadline(case.due_at))


def due_lines(t: Text, case: FeedbackDetail) -> list[str]:
    """Say all about a report's deadline; the one that was promised first is never left out once it has moved."""
    return [*_standing(t, case), *_first(t, case), *_closing(t, case)]


def moved_words(t: Text, entry: Entry) -> str:
    """Say the deadline that a line of the story brought; empty where it brought none."""
    return "" if entry.due_at is None else t("feedback.due_new", **_at(t, entry.due_at))


def reopen_words(t: Text, case: FeedbackDetail) -> str:
    """Say until when a closed report can be opened again; empty where that is not known."""
    closed = next((entry for entry in reversed(case.story) if entry.status is Status.CLOSED), None)
    if closed is None:
        return ""
    until = closed.at + timedelta(days=REOPEN_DAYS)
    return t("feedback.reopen_until", **_at(t, until))


def opened_before(case: FeedbackDetail) -> bool:
    """Whether the report was opened again once already, so that the next time goes to the leader."""
    return any(entry.kind == MoveKind.REOPEN for entry in case.story)


def _standing(t: Text, case: FeedbackDetail) -> list[str]:
    status = t(status_look(case.status).word)
    if case.resolved_at is not None:
        return [t("feedback.unit_done_due", when=t.ago(case.resolved_at), deadline=t.deadline(case.due_at))]
    if timing(case) is None:
        return [t("feedback.unit_ended", status=status, when=t.ago(case.story[-1].at))] if case.story else [status]
    left = capital(left_words(t, case))
    if case.status is Status.WAITING_CITIZEN:
        return [left or t("feedback.unit_paused")]
    lines = [t("feedback.unit_due", status=status, deadline=t.deadline(case.due_at))]
    if case.planned_on is not None and case.status is Status.PLANNED:
        lines.append(t("feedback.unit_planned", day=t.weekday_date(case.planned_on)))
    return [*lines, left] if left else lines


def _first(t: Text, case: FeedbackDetail) -> list[str]:
    return [] if case.first_due_at == case.due_at else [t("feedback.due_first", **_at(t, case.first_due_at))]


def _closing(t: Text, case: FeedbackDetail) -> list[str]:
    if case.status is not Status.RESOLVED or case.resolved_at is None:
        return []
    day = t.weekday_date(local(case.resolved_at + timedelta(days=AUTO_CLOSE_DAYS)).date())
    return [t("feedback.closes_itself", day=day)]


def _at(t: Text, at: datetime) -> dict[str, str]:
    return {"time": t.time(at), "day": t.weekday_date(local(at).date())}
