"""What an empty development installation starts with: accounts, units, content, a few cases on their way."""

from sqlmodel import Session, select

from backend.accounts.models import Account
from backend.core.database import Database
from backend.core.settings import Settings
from backend.core.storage import Storage
from backend.demo import cases, dossiers, ground, history, people, reading, registry
from backend.demo.files import rows


def seed_if_empty(database: Database, storage: Storage, settings: Settings) -> bool:
    """Fill an installation without accounts; return whether it was one. All or nothing."""
    with database.transaction() as session:
        if session.exec(select(Account.id).limit(1)).first() is not None:
            return False
        seed(session, storage, settings)
    return True


def seed(session: Session, storage: Storage, settings: Settings) -> None:
    """Put everything in."""
    registry.seed(session)
    accounts = people.seed(session, [row["code"] for row in rows("units.json")])
    session.flush()
    reading.seed(session, storage)
    dossiers.seed(session, accounts)
    ground.seed(session)
    history.seed(session, storage, settings, accounts)
    cases.seed(session, storage, settings, accounts)
