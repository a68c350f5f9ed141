"""What a source might say, for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from backend.core.database import Database
from backend.dossiers import holding
from backend.dossiers.models import LOCAL
from backend.dossiers.snapshot import Snapshot

CODE = "H23.150-20261101-0000042"
BEGAN = datetime(2026, 11, 1, 1, tzinfo=UTC)


def said(**changes: Any) -> dict[str, Any]:
    """Return what a source says of a dossier that is being worked on."""
    return {
        "code": CODE,
        "phone_last4": "4321",
        "applicant": "Nguyễn Văn Tám",
        "procedure_code": "1.001193",
        "procedure_name": "Thủ tục đăng ký khai sinh",
        "agency": "UBND phường Hải Dương",
        "state": "processing",
        "state_at": (BEGAN + timedelta(days=1)).isoformat(),
        **changes,
    }


def take(database: Database, **changes: Any) -> holding.Taken:
    """Let the table hold it."""
    snapshot = Snapshot.model_validate(said(**changes))
    with database.transaction() as session:
        return holding.take(session, [snapshot], origin=LOCAL, source="Sổ của bộ phận một cửa")
