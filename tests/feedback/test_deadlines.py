"""Deadlines count office time."""

from datetime import datetime, timedelta

from backend.feedback import deadlines
from shared.base import VIETNAM


def test_deadlines_count_office_time() -> None:
    friday = datetime(2026, 11, 20, 16, 0, tzinfo=VIETNAM)
    assert deadlines.after(friday, timedelta(hours=2)) == datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
    assert deadlines.after(friday, timedelta(hours=9)) == datetime(2026, 11, 23, 17, 0, tzinfo=VIETNAM)
    assert deadlines.between(friday, datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)) == timedelta(hours=2)
    assert deadlines.between(friday, friday) == timedelta()
