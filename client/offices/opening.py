"""Opening hours in words: now, and over the week."""

from collections.abc import Sequence
from datetime import datetime

from client.core.text import Text
from client.core.text.dates import local, now
from client.core.theme import Tone
from shared.offices import Office, OpenHours


def state_words(t: Text, office: Office, moment: datetime | None = None) -> tuple[str, Tone]:
    """Say whether an office is open, and until or from when."""
    at = office.changes_at
    if office.open_now is None:
        return t("offices.hours_unknown"), Tone.NEUTRAL
    if office.open_now:
        return (t("offices.open_until", time=t.time(at)) if at else t("offices.open_always")), Tone.SUCCESS
    return (t("offices.opens_at", when=_when(t, at, moment or now())) if at else t("offices.closed")), Tone.WARNING


def _when(t: Text, at: datetime, moment: datetime) -> str:
    days = (local(at).date() - local(moment).date()).days
    if days == 0:
        return t.time(at)
    if days == 1:
        return t("offices.tomorrow", time=t.time(at))
    if days < 7:
        return t("offices.on_day", time=t.time(at), day=day_name(t, local(at).weekday(), inside=True))
    return t("offices.on_day", time=t.time(at), day=t.weekday_date(local(at).date()))


def day_name(t: Text, weekday: int, *, inside: bool = False) -> str:
    """Name a weekday (0 is Monday); `inside` a sentence."""
    name = t(f"weekday.{weekday}")
    return name if inside else name[0].upper() + name[1:]


def week(hours: Sequence[OpenHours]) -> list[list[str]]:
    """Return what stands at each of the seven days: `07:30–11:30`."""
    found: list[list[str]] = [[] for _ in range(7)]
    for row in sorted(hours, key=lambda each: (each.weekday, each.opens)):
        found[row.weekday].append(f"{row.opens}–{row.closes}")
    return found


def short_week(t: Text, hours: Sequence[OpenHours]) -> list[tuple[str, str]]:
    """Return the open days, neighbours of the same hours together: `Thứ Hai – thứ Sáu`, `07:30–11:30, 13:30–17:00`."""
    groups: list[tuple[int, int, str]] = []
    for day, stretches in enumerate(week(hours)):
        words = ", ".join(stretches)
        if groups and groups[-1][1] == day - 1 and groups[-1][2] == words:
            groups[-1] = (groups[-1][0], day, words)
        else:
            groups.append((day, day, words))
    return [(_days(t, first, last), words) for first, last, words in groups if words]


def _days(t: Text, first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return t("offices.every_day")
    name = day_name(t, first)
    return name if first == last else f"{name} – {day_name(t, last, inside=True)}"
