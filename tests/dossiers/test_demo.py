"""The demo's dossiers, on whichever day it is installed: what happened did so while offices worked."""

from datetime import time, timedelta

from backend.core import clock
from backend.core.office import Office
from backend.demo.dossiers import snapshot_of
from backend.demo.files import rows
from backend.feedback.deadlines import Calendar
from shared.base import VIETNAM

CALENDAR = Calendar(Office.parse())
HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
A_YEAR = range(0, 366 * 24, 41)


def test_moments_fall_into_office_hours_of_working_days_in_their_order() -> None:
    for hours in A_YEAR:
        with clock.moved(timedelta(hours=hours)):
            now = clock.now()
            for row in rows("dossiers.json"):
                said = snapshot_of(row)
                steps = [step.at for step in said.history]
                assert steps == sorted(set(steps)), row["code"]
                assert steps[-1] < now
                for at in [*steps, said.received_at, said.finished_at, said.due_at, said.new_due_at]:
                    there = at.astimezone(VIETNAM) if at else None
                    assert there is None or CALENDAR.works(there.date()), (row["code"], there)
                    assert there is None or any(a <= there.time() <= b for a, b in HOURS), (row["code"], there)
