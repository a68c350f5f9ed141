"""What time does to files."""

from backend.core.database import Database
from backend.core.storage import Storage
from backend.files import service


def sweep(database: Database, storage: Storage) -> None:
    """Delete uploads that nothing used."""
    with database.transaction() as session:
        service.sweep(session, storage)
