"""Units, categories and refusal templates of the demo."""

from sqlmodel import Session

from backend.accounts.models import Unit
from backend.demo.files import rows
from backend.feedback.models import Category, HeldWord, Template
from shared.feedback import Level
from shared.vietnamese import fold

_HELD = ("đồ khốn nạn", "đồ lừa đảo", "quân ăn cướp")


def seed(session: Session) -> None:
    """Put the units in, then what refers to them."""
    for row in rows("units.json"):
        session.add(Unit(**row))
    session.flush()
    for position, row in enumerate(rows("categories.json")):
        unit, level = row.pop("unit"), Level(row.pop("level"))
        session.add(Category(**row, level=level, unit_code=unit, position=position))
    for position, row in enumerate(rows("templates.json")):
        session.add(Template(**row, position=position))
    for words in _HELD:
        session.add(HeldWord(words=words, folded=fold(words)))
    session.flush()
