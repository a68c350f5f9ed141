"""The bell is right without a reload, comes back after a break, and every notice has words."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from client.core.api import OFFLINE, ApiError, ServerEvent
from client.core.pauses import pauses
from client.core.services import Services
from client.core.text import Language, Text
from client.core.text.vi import VI
from client.dossiers.events import state_look
from client.notifications import watch as watching
from client.notifications.looks import day_words, look, words
from client.notifications.words import WORDS
from shared.case_states import MoveKind
from shared.dossiers import DossierState
from shared.notifications import Notice, NoticeKind

T = Text([{Language.VI: VI, Language.EN: VI}, WORDS])
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
# Moves that are never told, or not to this side.
UNTOLD = {MoveKind.HOLD, MoveKind.RELEASE, MoveKind.RETURN}
OWN = {MoveKind.ANSWER, MoveKind.RATE, MoveKind.REOPEN, MoveKind.APPEAL, MoveKind.WITHDRAW}


def notice(kind: NoticeKind, event: str) -> Notice:
    return Notice(
        id=UUID(int=1),
        kind=kind,
        event=event,
        code="PA-261123-AAAA",
        subject="Đèn đường tắt",
        text="",
        path="/feedback/PA-261123-AAAA",
        created_at=NOON,
        read=False,
    )


class Line:
    """A stream that breaks and comes back as it is told to."""

    def __init__(self, *tries: list[int] | ApiError) -> None:
        self.tries = list(tries)

    async def stream(self, path: str) -> AsyncIterator[ServerEvent]:
        assert path == "/me/notifications/stream"
        told = self.tries.pop(0) if self.tries else []
        if isinstance(told, ApiError):
            raise told
        for count in told:
            yield ServerEvent("unread", f'{{"unread": {count}}}')
            yield ServerEvent("other", "not for us")


def watched(line: Line, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[str, int]], list[float]]:
    """Return what the bell was told and the pauses, until the line has nothing more to say."""
    badges: list[tuple[str, int]] = []
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if not line.tries:
            raise asyncio.CancelledError

    monkeypatch.setattr(asyncio, "sleep", sleep)
    services: Any = SimpleNamespace(api=line, set_badge=lambda path, count: badges.append((path, count)))

    async def story() -> None:
        await watching.watch(cast(Services, services))

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(story())
    return badges, slept


def test_the_bell_follows_the_stream_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    badges, slept = watched(Line([2, 3], ApiError(OFFLINE), ApiError(OFFLINE), [0]), monkeypatch)
    assert badges == [("/inbox", 2), ("/inbox", 3), ("/inbox", 0)]
    assert len(slept) == 4
    # What was heard makes the next wait short again.
    assert slept[-1] <= 1


def test_pauses_grow_to_a_minute_and_no_further() -> None:
    first = list(islice(pauses(), 12))
    assert all(0.5 * full <= pause <= full for pause, full in zip(first, [1, 2, 4, 8, 16, 32, *[60] * 6], strict=True))


@pytest.mark.parametrize("event", ["reply", *(move for move in MoveKind if move not in UNTOLD | OWN)])
def test_each_move_of_my_case_is_told_in_words_of_its_own(event: str) -> None:
    told = notice(NoticeKind.CASE_MOVED, event)
    assert words(T, told) != T("notifications.case_moved_other")
    assert look(told)


@pytest.mark.parametrize(
    "event", ["submit", MoveKind.ASSIGN, MoveKind.TRANSFER, MoveKind.ANSWER, MoveKind.REOPEN, "return", "appeal"]
)
def test_each_work_of_staff_is_told_in_words_of_its_own(event: str) -> None:
    assert words(T, notice(NoticeKind.STAFF_WORK, event)) != T("notifications.staff_work_other")


@pytest.mark.parametrize("state", list(DossierState))
def test_each_move_of_a_dossier_is_told_in_words_and_a_look_of_its_own(state: DossierState) -> None:
    told = notice(NoticeKind.DOSSIER_MOVED, state)
    assert words(T, told) != T("notifications.dossier_moved_other")
    look_of_state = state_look(state)
    assert look(told) == (look_of_state.icon, look_of_state.tone)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_what_is_not_known_yet_is_still_an_update(kind: NoticeKind) -> None:
    assert not words(T, notice(kind, "something-new")).startswith("notifications.")
    assert look(notice(kind, "something-new"))


def test_days_are_those_of_vietnam() -> None:
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # half past midnight of the 23rd in Vietnam
    assert day_words(T, late, NOON) == "Hôm nay"
    assert day_words(T, late - timedelta(hours=1), NOON) == "Hôm qua"
    assert day_words(T, late - timedelta(days=3), NOON).startswith("Thứ Sáu 20/11")
