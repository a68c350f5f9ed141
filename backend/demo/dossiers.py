"""Dossiers of the demo: one or more in each of the ten states; all of it is made up and says so."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from backend.accounts.models import Account
from backend.core import clock
from backend.demo.files import rows
from backend.dossiers import holding, queries
from backend.dossiers.models import LOCAL, DossierFollower
from backend.dossiers.snapshot import Snapshot

SOURCE = "Dữ liệu minh họa"
PHONE_END = "0001"
"""The last digits of the demo citizen's phone."""
FOLLOWER = "0900000001"


def seed(session: Session, accounts: dict[str, Account]) -> None:
    """Put the dossiers in; the demo's citizen follows what is marked so."""
    content = rows("dossiers.json")
    codes = [row["code"] for row in content]
    known = queries.by_codes(session, codes)
    holding.take(session, [_snapshot(row) for row in content if row["code"] not in known], origin=LOCAL, source=SOURCE)
    found = queries.by_codes(session, codes)
    for row in content:
        if row.get("followed"):
            follower = DossierFollower(
                dossier_id=found[row["code"]].id, account_id=accounts[FOLLOWER].id, at=clock.now()
            )
            session.add(follower)


def _snapshot(row: dict[str, Any]) -> Snapshot:
    """Return what the file tells in days from now, in moments."""
    steps = [{"at": _days(-ago), "state": state, "note": note} for ago, state, note in row["steps"]]
    same = ("code", "applicant", "procedure_code", "procedure_name", "agency", "apology", "missing")
    contact = ("contact_name", "contact_phone")
    return Snapshot.model_validate(
        {
            **{name: row[name] for name in (*same, *contact) if name in row},
            "phone_last4": PHONE_END,
            "state": row["steps"][-1][1],
            "history": steps,
            "received_at": _days(-row["received"]) if "received" in row else None,
            "finished_at": _days(-row["finished"]) if "finished" in row else None,
            "due_at": _due(row["due"]),
            "new_due_at": _due(row.get("new_due")),
        }
    )


def _days(number: float) -> datetime:
    return clock.now().replace(second=0, microsecond=0) + timedelta(days=number)


def _due(days: float | None) -> datetime | None:
    """A date to give back a result is the end of a day's office hours."""
    return None if days is None else _days(days).replace(hour=10, minute=0)
