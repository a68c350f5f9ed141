"""What the screens of administration ask of the backend. Every call raises ApiError alone."""

from uuid import UUID

from client.core.api import Api, path_part
from shared.accounts import UnitRef
from shared.administration import (
    CalendarDay,
    CalendarDayDraft,
    CalendarYear,
    DeadlineRule,
    DeadlineRuleDraft,
    DeskLock,
    HeldWord,
    HeldWordDraft,
    LockRelease,
    PlaceBoundary,
    RoutingRule,
    RoutingRuleDraft,
)
from shared.pages import Page

_ROUTING, _DEADLINES, _CALENDAR, _WORDS, _LOCKS = (
    f"/desk/{name}" for name in ("routing", "deadlines", "calendar", "words", "locks")
)


async def places(api: Api) -> list[PlaceBoundary]:
    """Return the places whose boundaries are known."""
    return await api.get("/desk/places", list[PlaceBoundary])


async def units(api: Api) -> list[UnitRef]:
    """Return every unit."""
    return await api.get("/desk/units", list[UnitRef])


async def rules(api: Api) -> list[RoutingRule]:
    """Return who receives what."""
    return await api.get(_ROUTING, list[RoutingRule])


async def add_rule(api: Api, draft: RoutingRuleDraft, key: str) -> RoutingRule:
    """Let a unit receive something."""
    return await api.post(_ROUTING, RoutingRule, draft, key=key)


async def remove_rule(api: Api, rule: UUID) -> None:
    """Take a rule away."""
    await api.send("DELETE", f"{_ROUTING}/{rule}")


async def deadlines(api: Api) -> list[DeadlineRule]:
    """Return the table of deadlines."""
    return await api.get(_DEADLINES, list[DeadlineRule])


async def set_deadline(api: Api, draft: DeadlineRuleDraft, key: str) -> DeadlineRule:
    """Set a row of the table, new or in place of the one for the same level, category and unit."""
    return await api.post(_DEADLINES, DeadlineRule, draft, key=key)


async def remove_deadline(api: Api, rule: UUID) -> None:
    """Take a row away; what is more general holds again."""
    await api.send("DELETE", f"{_DEADLINES}/{rule}")


async def calendar(api: Api, year: int) -> CalendarYear:
    """Return a year's days that differ from their weekday."""
    return await api.get(_CALENDAR, CalendarYear, params={"year": year})


async def set_day(api: Api, draft: CalendarDayDraft, key: str) -> CalendarDay:
    """Make a day one off, or one that is worked."""
    return await api.post(_CALENDAR, CalendarDay, draft, key=key)


async def remove_day(api: Api, day: CalendarDay) -> None:
    """Take an exception of this province away."""
    await api.send("DELETE", f"{_CALENDAR}/{path_part(day.day.isoformat())}")


async def held_words(api: Api) -> list[HeldWord]:
    """Return the words that make a new report wait for a look."""
    return await api.get(_WORDS, list[HeldWord])


async def add_word(api: Api, draft: HeldWordDraft, key: str) -> HeldWord:
    """Put words on the list."""
    return await api.post(_WORDS, HeldWord, draft, key=key)


async def remove_word(api: Api, word: UUID) -> None:
    """Take words off the list."""
    await api.send("DELETE", f"{_WORDS}/{word}")


async def locks(api: Api, cursor: str | None) -> Page[DeskLock]:
    """Return a page of locks."""
    return await api.get(_LOCKS, Page[DeskLock], params={"cursor": cursor})


async def release(api: Api, lock: UUID, answer: LockRelease, key: str) -> DeskLock:
    """Lift a lock, or turn its appeal down."""
    return await api.post(f"{_LOCKS}/{lock}/release", DeskLock, answer, key=key)
