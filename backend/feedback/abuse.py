"""Words that make a new report wait for a look before anybody sees it."""

from uuid import UUID

from sqlmodel import Session

from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.events import emit
from backend.core.memory import remembered
from backend.core.tables import new_id
from backend.feedback import queries
from backend.feedback.events import HeldWordsChanged
from backend.feedback.models import HeldWord
from shared import administration as contract
from shared.errors import ErrorCode
from shared.vietnamese import fold

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


def add(session: Session, actor: Actor, wish: contract.HeldWordDraft) -> contract.HeldWord:
    """Put words on the list; raises Conflict when they stand there, Invalid when nothing is left of them folded."""
    folded = fold(wish.words)
    if len(folded) < 2:
        raise Invalid.field("words", ErrorCode.INVALID, "at least two letters")
    if any(row.folded == folded for row in queries.held_words(session)):
        raise Conflict("these words stand there already")
    row = HeldWord(id=new_id(), words=wish.words, folded=folded)
    session.add(row)
    emit(session, HeldWordsChanged(str(row.id), removed=False), actor_id=actor.id)
    changed(session, TOPIC)
    return contract.HeldWord(id=row.id, words=row.words)


def remove(session: Session, actor: Actor, word_id: UUID) -> None:
    """Take words off the list; raises NotFound."""
    row = session.get(HeldWord, word_id)
    if row is None:
        raise NotFound("no such words")
    session.delete(row)
    emit(session, HeldWordsChanged(str(word_id), removed=True), actor_id=actor.id)
    changed(session, TOPIC)
