"""Deadlines count office time."""

from datetime import datetime, timedelta

from backend.feedback import deadlines
from shared.base import VIETNAM
from shared.feedback import Level


def test_deadlines_count_office_time() -> None:
    friday = datetime(2026, 11, 20, 16, 0, tzinfo=VIETNAM)
    assert deadlines.after(friday, timedelta(hours=2)) == datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
    assert deadlines.after(friday, timedelta(hours=9)) == datetime(2026, 11, 23, 17, 0, tzinfo=VIETNAM)
    assert deadlines.between(friday, datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)) == timedelta(hours=2)
    assert deadlines.between(friday, friday) == timedelta()


def test_a_case_is_accepted_before_it_is_due() -> None:
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
    for level in Level:
        assert deadlines.accept_by(monday, level) <= deadlines.due_at(monday, level)
    assert deadlines.accept_by(monday, Level.URGENT) == datetime(2026, 11, 23, 12, 0, tzinfo=VIETNAM)
    assert deadlines.accept_by(monday, Level.NORMAL) == datetime(2026, 11, 23, 17, 0, tzinfo=VIETNAM)
