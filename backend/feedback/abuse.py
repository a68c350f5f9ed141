"""Words that make a new report wait for a look before anybody sees it."""

from uuid import UUID

from sqlmodel import Session

from backend.core.cache import changed
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.memory import remembered
from backend.core.search import fold
from backend.core.tables import new_id
from backend.feedback import queries
from backend.feedback.models import HeldWord
from shared import administration as contract
from shared.errors import ErrorCode

TOPIC = "held_words"


def held_words_in(session: Session, text: str) -> list[str]:
    """Return the words of the list that stand in a text, marks and case aside. Costs no statement."""
    folded = f" {fold(text)} "
    return [words for words in _list(session) if f" {words} " in folded]


def _list(session: Session) -> tuple[str, ...]:
    return remembered(session, TOPIC, lambda: tuple(row.folded for row in queries.held_words(session)))


def words(session: Session) -> list[contract.HeldWord]:
    """Return the list."""
    return [contract.HeldWord(id=row.id, words=row.words) for row in queries.held_words(session)]


def add(session: Session, wish: contract.HeldWordDraft) -> contract.HeldWord:
    """Put words on the list; raises Conflict when they stand there, Invalid when nothing is left of them folded."""
    folded = fold(wish.words)
    if len(folded) < 2:
        raise Invalid.field("words", ErrorCode.INVALID, "at least two letters")
    if any(row.folded == folded for row in queries.held_words(session)):
        raise Conflict("these words stand there already")
    row = HeldWord(id=new_id(), words=wish.words, folded=folded)
    session.add(row)
    changed(session, TOPIC)
    return contract.HeldWord(id=row.id, words=row.words)


def remove(session: Session, word_id: UUID) -> None:
    """Take words off the list; raises NotFound."""
    row = session.get(HeldWord, word_id)
    if row is None:
        raise NotFound("no such words")
    session.delete(row)
    changed(session, TOPIC)
