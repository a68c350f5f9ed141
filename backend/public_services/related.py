"""Which procedures belong together: those that the record names, then those that people need in the same life event."""

import re

from sqlmodel import Session, col, select

from backend.core.errors import NotFound
from backend.public_services import service
from backend.public_services.life_events import EVENTS
from backend.public_services.models import Procedure
from shared.public_services import ProcedureSummary
from shared.vietnamese import fold

MOST = 6
_BETWEEN = re.compile(r"#?\d*\s*Tên thủ tục\s*\d*|#\d+|\n")
"""How the portal runs the rows of its little table together."""


def related(session: Session, code: str) -> list[ProcedureSummary]:
    """Return at most MOST procedures that go with this one; raises NotFound."""
    text = session.exec(select(Procedure.related).where(Procedure.code == code)).first()
    if text is None:
        raise NotFound("no such procedure")
    found = [
        *_named(session, text),
        *(each for event in EVENTS.values() if code in event.codes for each in event.codes),
    ]
    wanted = [each for each in dict.fromkeys(found) if each != code]
    return service.summaries(session, wanted)[:MOST]


def _named(session: Session, text: str) -> list[str]:
    """Return the codes of the procedures whose whole names stand in the text."""
    keys = {fold(part).strip()[:200] for part in _BETWEEN.split(text)} - {""}
    if not keys:
        return []
    return list(session.exec(select(Procedure.code).where(col(Procedure.name_key).in_(keys)).limit(MOST)))
