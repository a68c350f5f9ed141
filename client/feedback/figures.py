"""Figures in honest words: a share is said with what it is a share of, and not at all where that is a handful."""

from datetime import date

from client.core.text import Text
from shared.public_feedback import Figures

LEAST = 5
"""Below so many a percentage says more than is known."""


def short_number(t: Text, n: int) -> str:
    """Write a number for a small place: 950, 1,2K, 12K, 1,2M."""
    for least, sign in ((1_000_000, "M"), (1_000, "K")):
        if n >= least:
            tenths = n * 10 // least
            return (t.number(tenths / 10) if tenths < 100 else str(tenths // 10)) + sign
    return str(n)


def percent(part: int, whole: int) -> int | None:
    """Return a share in percent, rounded but never to a 0 or 100 that is not one; None where `whole` is too small."""
    if whole < LEAST:
        return None
    rounded = round(100 * part / whole)
    return min(max(rounded, 1 if part else 0), 100 if part == whole else 99)


def satisfied_words(t: Text, figures: Figures) -> str:
    """Say how many were satisfied, always with how many rated."""
    share = percent(figures.satisfied, figures.rated)
    if share is None:
        return t("feedback.stat_satisfied_few", n=figures.rated) if figures.rated else t("feedback.stat_satisfied_none")
    return t("feedback.stat_satisfied", share=share, n=t.number(figures.rated))


def on_time_words(t: Text, figures: Figures) -> str:
    """Say how many of the handled were in time, in numbers, with the share where it says something."""
    if not figures.handled:
        return t("feedback.stat_on_time_none")
    share = percent(figures.on_time, figures.handled)
    counts = {"n": t.number(figures.on_time), "of": t.number(figures.handled)}
    if share is None:
        return t("feedback.stat_on_time_few", **counts)
    return t("feedback.stat_on_time_share", share=share, **counts)


def months_back(today: date, months: int) -> date:
    """Return the first day of the month that begins a range of so many months, today's included."""
    whole = today.year * 12 + today.month - months
    return date(whole // 12, whole % 12 + 1, 1)
