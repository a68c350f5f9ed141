"""Dossiers of the demo: one or more in each of the ten states; all of it is made up and says so."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from backend.accounts.models import Account
from backend.core import clock
from backend.core.office import Office
from backend.demo.files import rows
from backend.dossiers import holding, queries
from backend.dossiers.models import LOCAL, DossierFollower
from backend.dossiers.snapshot import Snapshot
from backend.feedback.deadlines import Calendar
from shared.base import VIETNAM

SOURCE = "Dữ liệu minh họa"
PHONE_END = "0001"
"""The last digits of the demo citizen's phone."""
FOLLOWER = "0900000001"
_OPENS, _NOON, _CLOSES = time(7, 30), time(11, 30), time(17)
_OPEN, _PAUSE = timedelta(hours=7, minutes=30), timedelta(hours=2)
_DAY = timedelta(days=1)
_CALENDAR = Calendar(Office.parse())


def seed(session: Session, accounts: dict[str, Account]) -> None:
    """Put the dossiers in; the demo's citizen follows what is marked so."""
    content = rows("dossiers.json")
    codes = [row["code"] for row in content]
    known = queries.by_codes(session, codes)
    holding.take(
        session, [snapshot_of(row) for row in content if row["code"] not in known], origin=LOCAL, source=SOURCE
    )
    found = queries.by_codes(session, codes)
    for row in content:
        if row.get("followed"):
            follower = DossierFollower(
                dossier_id=found[row["code"]].id, account_id=accounts[FOLLOWER].id, at=clock.now()
            )
            session.add(follower)


def snapshot_of(row: dict[str, Any]) -> Snapshot:
    """Return what the file tells in days from now, in moments."""
    steps = [{"at": _ago(ago), "state": state, "note": note} for ago, state, note in row["steps"]]
    same = ("code", "applicant", "procedure_code", "procedure_name", "agency", "apology", "missing")
    contact = ("contact_name", "contact_phone")
    return Snapshot.model_validate(
        {
            **{name: row[name] for name in (*same, *contact) if name in row},
            "phone_last4": PHONE_END,
            "state": row["steps"][-1][1],
            "history": steps,
            "received_at": _ago(row.get("received")),
            "finished_at": _ago(row.get("finished")),
            "due_at": _due(row["due"]),
            "new_due_at": _due(row.get("new_due")),
        }
    )


def _ago(days: float | None) -> datetime | None:
    """Return an office's working moment about so many days ago.

    Each working day's hours stand for it and the days off after it, so the order of moments stays; the last of them is
    a whole day that is over.
    """
    if days is None:
        return None
    now = clock.now().astimezone(VIETNAM)
    wanted = now - timedelta(days=days)
    first = last = _worked(now.date() - _DAY, -1)
    if wanted.date() < last:
        first = _worked(wanted.date(), -1)
        last = _worked(first + _DAY, 1)
    start = datetime.combine(first, time(), VIETNAM)
    end = now if first == last else datetime.combine(last, time(), VIETNAM)
    opened = _OPEN * ((wanted - start) / (end - start))
    moment = datetime.combine(first, _OPENS, VIETNAM) + opened
    if moment.time() > _NOON:
        moment += _PAUSE
    return moment.replace(second=0, microsecond=0)


def _due(days: float | None) -> datetime | None:
    """A date to give back a result is the end of a working day's office hours."""
    if days is None:
        return None
    wanted = (clock.now().astimezone(VIETNAM) + timedelta(days=days)).date()
    return datetime.combine(_worked(wanted, -1 if days < 0 else 1), _CLOSES, VIETNAM)


def _worked(day: date, way: int) -> date:
    """Return this day, or the nearest one before (-1) or after it (1) on which offices work."""
    while not _CALENDAR.works(day):
        day += way * _DAY
    return day
