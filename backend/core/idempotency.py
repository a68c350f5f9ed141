"""Idempotency-Key: a POST that was sent twice happens once, also over a crash and a restart.

The key's row is written in the transaction of the change itself, so either both are there or neither is.
"""

import json
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Self

from fastapi import Depends, Header, Request
from fastapi.responses import Response
from pydantic import BaseModel
from sqlalchemy import BigInteger, LargeBinary, bindparam, cast, delete, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col

from backend.core import clock, rows
from backend.core.database import Database, MustBeAlone
from backend.core.errors import MEDIA_TYPE, Conflict, ProblemError
from backend.core.security import Keys
from backend.core.tables import moment_field
from shared.errors import ErrorCode

KEEP_DAYS = 30
_NEVER_STORED = {401, 429}


class IdempotencyKey(SQLModel, table=True):
    """A key that was used, what was asked under it, and what was answered."""

    __tablename__ = "idempotency_key"

    scope: str = Field(primary_key=True, max_length=64)
    body: str = Field(max_length=64)
    status: int
    answer: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = moment_field(index=True)


# Made once: building and caching them again for each request costs more than sending them.
_STORED = (col(IdempotencyKey.body), col(IdempotencyKey.status), col(IdempotencyKey.answer))
_KNOWN = select(*_STORED).where(col(IdempotencyKey.scope) == bindparam("scope"))
# In one trip on PostgreSQL: keep twins in other processes out until this transaction ends, and look whether the key is
# known. A twin that ends between the two leaves a row that ours collides with, and `run` begins again.
_LOCK = select(func.pg_try_advisory_xact_lock(cast(bindparam("number"), BigInteger)).label("free")).subquery()
_LOCKED = select(_LOCK.c.free, *_STORED).select_from(
    _LOCK.outerjoin(IdempotencyKey, col(IdempotencyKey.scope) == bindparam("scope"))
)
# The same for a whole batch of requests (`backend/core/together.py`).
_KNOWN_OF_MANY = select(col(IdempotencyKey.scope), *_STORED).where(
    col(IdempotencyKey.scope).in_(bindparam("scopes", expanding=True))
)
_LOCKED_OF_MANY = text(
    "SELECT asked.scope, pg_try_advisory_xact_lock(asked.number) AS free, k.body, k.status, k.answer"
    " FROM unnest(CAST(:numbers AS bigint[]), CAST(:scopes AS text[])) AS asked(number, scope)"
    " LEFT JOIN idempotency_key k ON k.scope = asked.scope"
)
_TRIES = 5
_UNASKED: Any = object()


class KeyReused(Conflict):
    """The key was used for another body."""

    code = ErrorCode.KEY_REUSED


class InFlight(Conflict):
    """The first request under this key still runs."""

    code = ErrorCode.IN_FLIGHT


class _Running:
    """The keys that this process is at work on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scopes: set[str] = set()

    def enter(self, scope: str) -> bool:
        with self._lock:
            if scope in self._scopes:
                return False
            self._scopes.add(scope)
            return True

    def leave(self, scope: str) -> None:
        with self._lock:
            self._scopes.discard(scope)


_RUNNING = _Running()


class Once:
    """Runs a change once per key; without a key, simply runs it."""

    def __init__(self, request: Request, key: str | None, body: bytes) -> None:
        actor = request.state.actor
        caller = str(actor.id) if actor else "anyone"
        keys: Keys = request.app.state.keys
        self._key = key
        self._scope = keys.fingerprint(f"{caller}\n{request.method} {request.url.path}\n{key}".encode())
        # Keyed, for a body may hold a password: a plain hash of it in the database could be guessed at any speed.
        self._body = keys.fingerprint(_canonical(body))
        self._found = _UNASKED

    def run(self, session: Session, change: Callable[[], BaseModel], *, status: int = 201) -> Response:
        """Return the answer of the change as JSON, or the stored answer of the first run.

        Raises KeyReused when the body differs from the first, InFlight while the first still runs. Refusals (4xx other
        than 401 and 429) are answers too; what they would have written is rolled back.
        """
        if self._key is None:
            return self._again_after_collisions(session, lambda: _json(change().model_dump_json().encode(), status))
        if not _RUNNING.enter(self._scope):
            return self._stored(session)
        try:
            return self._again_after_collisions(session, lambda: self._first_or_again(session, change, status))
        finally:
            _RUNNING.leave(self._scope)

    def _again_after_collisions(self, session: Session, work: Callable[[], Response]) -> Response:
        """Do the work; when another transaction took the same unique value first, do it once more after that one."""
        for tries_left in reversed(range(_TRIES)):
            try:
                answer = work()
                if not session.info.get("shared"):
                    rows.write(session)
                return answer
            except IntegrityError:
                session.rollback()
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    def _stored(self, session: Session) -> Response:
        """Return what is stored under the key; raises InFlight when nothing is yet."""
        known = session.connection().execute(_KNOWN, {"scope": self._scope}).first()
        if known is None:
            raise InFlight("the first request under this key still runs", headers={"Retry-After": "1"})
        return self._replayed(known)

    def _replayed(self, known: Any) -> Response:
        if known.body != self._body:
            raise KeyReused("this key was used for something else")
        return _json(known.answer, known.status, again=True)

    def _first_or_again(self, session: Session, change: Callable[[], BaseModel], status: int) -> Response:
        known = self._known(session)
        if known is not None:
            return self._replayed(known)
        try:
            answer = change().model_dump_json().encode()
        except ProblemError as error:
            if error.status in _NEVER_STORED or error.status >= 500 or error.keep:
                raise
            session.rollback()
            self._known(session)
            response = error.response()
            self._store(session, error.status, bytes(response.body))
            return response
        self._store(session, status, answer)
        return _json(answer, status)

    @classmethod
    def look_up(cls, session: Session, asked: Sequence[Self]) -> None:
        """Ask for the keys of a batch at once; raises MustBeAlone when two of them are twins."""
        scopes = [once._scope for once in asked if once._key is not None]
        if len(set(scopes)) < len(scopes):
            raise MustBeAlone
        found: dict[str, Any] = {}
        if scopes and session.get_bind().dialect.name != "postgresql":
            found = {row.scope: row for row in session.connection().execute(_KNOWN_OF_MANY, {"scopes": scopes})}
        elif scopes:
            numbers = [_number(scope) for scope in scopes]
            asked_rows = session.connection().execute(_LOCKED_OF_MANY, {"numbers": numbers, "scopes": scopes})
            found = {row.scope: row for row in asked_rows}
        for once in asked:
            once._found = found.get(once._scope)

    def _known(self, session: Session) -> Any:
        """Return what is stored under the key, or None; raises InFlight while a twin in another process runs."""
        found, self._found = self._found, _UNASKED
        if found is _UNASKED:
            found = self._ask(session)
        if found is not None and found.status is not None:
            return found
        # What is stored is committed, whoever else asks for it now; only without an answer must one wait.
        if found is not None and not found.free:
            raise InFlight("the first request under this key still runs", headers={"Retry-After": "1"})
        return None

    def _ask(self, session: Session) -> Any:
        if session.get_bind().dialect.name != "postgresql":
            return session.connection().execute(_KNOWN, {"scope": self._scope}).first()
        return session.connection().execute(_LOCKED, {"number": _number(self._scope), "scope": self._scope}).one()

    def _store(self, session: Session, status: int, answer: bytes) -> None:
        key = {"scope": self._scope, "body": self._body, "status": status, "answer": answer, "created_at": clock.now()}
        rows.store_values(session, IdempotencyKey, [key])


def _number(scope: str) -> int:
    """Return the number of a key's advisory lock."""
    return int.from_bytes(bytes.fromhex(scope[:16]), signed=True)


def _canonical(body: bytes) -> bytes:
    try:
        return json.dumps(json.loads(body), sort_keys=True, separators=(",", ":")).encode() if body else b""
    except (ValueError, RecursionError):
        return body


def _json(answer: bytes, status: int, *, again: bool = False) -> Response:
    headers = {"Cache-Control": "private, no-store"}
    if again:
        headers["Idempotency-Replayed"] = "true"
    media = "application/json" if status < 400 else MEDIA_TYPE
    return Response(answer, status_code=status, media_type=media, headers=headers)


async def _once(
    request: Request,
    idempotency_key: Annotated[
        str | None, Header(min_length=1, max_length=128, pattern=r"^[\x21-\x7e]+$", description="Sent twice, done once")
    ] = None,
) -> Once:
    return Once(request, idempotency_key, await request.body())


OnceDep = Annotated[Once, Depends(_once)]


def forget(database: Database) -> None:
    """Delete keys that are older than their 30 days."""
    with database.transaction() as session:
        old = clock.now() - timedelta(days=KEEP_DAYS)
        session.execute(delete(IdempotencyKey).where(col(IdempotencyKey.created_at) < old))
