"""Every state, entry and deadline has a sign, a word and a tone in both languages; none stands for two things."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from client.core.text import Language, Text
from client.core.text.en import EN
from client.core.text.vi import VI
from client.feedback.case_card import category_icon
from client.feedback.case_due import deadline_words
from client.feedback.states import Timing, entry_words, kind_look, progress, status_look, timing, timing_look
from client.feedback.words import WORDS
from shared.accounts import UnitRef
from shared.case_states import OPEN, MoveKind, Party, Status
from shared.feedback import Audience, Category, Entry, FeedbackSummary, Level

NOW = datetime.now(UTC)
UNIT = UnitRef(code="ubnd-hai-duong", name="UBND phường Hải Dương")


def case(status: Status, *, overdue: bool = False, on_time: bool | None = None) -> FeedbackSummary:
    """Return a case that stands so."""
    return FeedbackSummary(
        id=UUID(int=1),
        code="PA-261123-AAAA",
        title="Đèn đường tắt",
        category=Category(code="chieu-sang", name="Chiếu sáng", icon="LIGHTBULB_OUTLINE", level=Level.NORMAL),
        status=status,
        level=Level.NORMAL,
        unit=UNIT,
        address="",
        lat=20.94,
        lon=106.33,
        thumb_url=None,
        created_at=NOW - timedelta(days=2),
        accept_by=NOW - timedelta(days=1),
        due_at=NOW + timedelta(days=1),
        resolved_at=None if on_time is None else NOW,
        working_left=None,
        overdue=overdue,
        on_time=on_time,
        supporters=0,
        public=True,
        practice=False,
    )


def entry(kind: str, unit: UnitRef | None = None) -> Entry:
    """Return a line of a story."""
    return Entry(
        id=UUID(int=2),
        kind=kind,
        at=NOW,
        party=Party.OFFICER,
        by="",
        mine=False,
        audience=Audience.PUBLIC,
        status=Status.IN_PROGRESS,
        text="",
        unit=unit,
        planned_on=None,
        due_at=None,
        about=None,
        files=[],
    )


def texts() -> Iterator[Text]:
    """Yield the words in each language."""
    for language in Language:
        yield Text([{Language.VI: VI, Language.EN: EN}, WORDS], language)


def test_everything_that_can_be_shown_has_words() -> None:
    looks = [status_look(status) for status in Status]
    looks += [kind_look(kind) for kind in (*MoveKind, "submit", "reply", "note")]
    looks += [timing_look(each) for each in Timing]
    assert not [look.word for t in texts() for look in looks if not t.has(look.word)]


def test_no_two_states_share_a_sign_and_a_tone() -> None:
    signs = [(status_look(status).icon, status_look(status).tone) for status in Status]
    assert len(set(signs)) == len(signs)


def test_an_entry_of_a_later_version_is_still_shown() -> None:
    for t in texts():
        assert entry_words(t, entry("something_new")) == t("feedback.entry_other")


def test_an_entry_names_its_unit() -> None:
    for t in texts():
        assert UNIT.name in entry_words(t, entry(MoveKind.TRANSFER, UNIT))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (case(Status.IN_PROGRESS), Timing.RUNNING),
        (case(Status.IN_PROGRESS, overdue=True), Timing.OVERDUE),
        (case(Status.WAITING_CITIZEN), Timing.PAUSED),
        (case(Status.RESOLVED, on_time=True), Timing.ON_TIME),
        (case(Status.CLOSED, on_time=False), Timing.LATE),
        (case(Status.WITHDRAWN), None),
        (case(Status.REFUSED), None),
    ],
)
def test_how_a_case_stands_to_its_deadline(shown: FeedbackSummary, expected: Timing | None) -> None:
    assert timing(shown) is expected


def test_a_deadline_is_said_as_a_person_would() -> None:
    t = next(texts())
    assert deadline_words(t, case(Status.IN_PROGRESS)).startswith("Hạn ")
    assert deadline_words(t, case(Status.WITHDRAWN)) == ""


def test_a_promised_date_brings_a_case_no_nearer_to_its_end() -> None:
    assert progress(Status.PLANNED) == progress(Status.IN_PROGRESS)
    assert all(progress(status) == 1 for status in set(Status) - OPEN)


def test_an_icon_that_flet_lacks_does_not_break_a_list() -> None:
    assert category_icon("no_such_icon") == category_icon("report_outlined")
