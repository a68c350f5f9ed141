"""The database: engines, sessions, and the one commit of a request, which happens before its reply leaves."""

import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session, SQLModel

from backend.core import rows, signals, tables
from backend.core.errors import ProblemError
from backend.core.memory import Memory
from backend.core.office import Office

SQLModel.metadata.naming_convention = tables.NAMING

T = TypeVar("T")

BUSY_SECONDS = 10


class Database:
    """One database: the engine, and sessions for reading and for writing."""

    def __init__(self, url: str, *, connections: int = 20, writers: int = 8, office: Office | None = None) -> None:
        self.url = url
        self.office = office or Office.parse()
        self.sqlite = url.startswith("sqlite")
        self.signals = signals.Signals()
        self.memory = Memory(self.signals)
        self._finishing = CapacityLimiter(connections)
        self._writers = CapacityLimiter(writers)
        self.engine = _sqlite_engine(url, connections) if self.sqlite else _postgres_engine(url, connections)
        # A writing session on SQLite begins IMMEDIATE: a deferred one that turns to writing fails at once when
        # another writer was faster, however long the busy timeout is.
        self._writer = self.engine.execution_options(writing=True)
        # Each select sees what is committed by then, in a transaction or not. Ended by ROLLBACK, psycopg would forget
        # which statements are prepared, and PostgreSQL plan each anew: the planning of a search takes longer than it.
        self._reader = self.engine if self.sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._session_class: type[Session] = type("DatabaseSession", (_Session,), {})
        rows.install(self._session_class)
        signals.install(self._session_class, self.signals, shared=not self.sqlite)

    def reading(self) -> Session:
        """Return a session for selects only; close it without commit."""
        return self._session_class(self._reader, autoflush=False, info={**self._info(), "once": {}})

    def writing(self) -> Session:
        """Return a session that may write; whoever opens it commits or rolls back."""
        return self._session_class(self._writer, expire_on_commit=False, info=self._info())

    def _info(self) -> dict[str, Any]:
        return {"memory": self.memory, "office": self.office, "writers": self._writers}

    @contextmanager
    def transaction(self, *, shared: bool = False) -> Iterator[Session]:
        """One writing transaction: commits at the end, or rolls back.

        A `shared` one holds the work of several requests: who rolls it back meanwhile gets MustBeAlone.
        """
        with self.writing() as session:
            try:
                session.info["shared"] = shared
                yield session
                session.info["shared"] = False
                session.commit()
            except BaseException:
                session.info["shared"] = False
                session.rollback()
                raise

    async def finish(self, last: Callable[[], None]) -> None:
        """Run the last step of a request in a thread that is kept for last steps.

        The common threads may all be waiting for their turn to write; whoever has the turn must still get to its end.
        """
        await anyio.to_thread.run_sync(last, limiter=self._finishing)

    def ping(self) -> None:
        """Ask the database whether it is there; raises when it is not."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


class MustBeAlone(Exception):
    """What was tried would take the work of others with it: it must be tried in a transaction of its own."""


class _Session(Session):
    """A session whose added rows wait for one trip (`backend/core/rows.py`)."""

    def rollback(self) -> None:
        """Undo everything; raises MustBeAlone where that would undo the work of other requests."""
        if self.info.get("shared"):
            raise MustBeAlone
        super().rollback()

    def begin_nested(self) -> SessionTransaction:
        """Write what waits first, for it does not belong to the savepoint."""
        rows.write(self)
        return super().begin_nested()


def _sqlite_engine(url: str, connections: int) -> Engine:
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=connections,
        max_overflow=2 * connections,
        pool_timeout=BUSY_SECONDS,
        # Rows hold personal data; error messages, and so logs, must not.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    _take_turns(engine)
    return engine


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "cache_size=-32000",
        "mmap_size=268435456",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _take_turns(engine: Engine) -> None:
    """Writers of one process queue fairly in a lock instead of polling the file's."""
    turn = threading.Lock()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("writing"):
            connection.exec_driver_sql("BEGIN")
            return
        if not turn.acquire(timeout=BUSY_SECONDS):
            locked = sqlite3.OperationalError("database is locked")
            raise OperationalError("BEGIN IMMEDIATE", None, locked)
        connection.info["turn"] = turn
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            _give_back(connection.info)
            raise

    # The turn is given back when the connection returns to the pool, whatever became of its transaction.
    @event.listens_for(engine, "checkin")
    def _done(_: Any, record: Any) -> None:
        _give_back(record.info)


def _give_back(info: dict[Any, Any]) -> None:
    turn = info.pop("turn", None)
    if turn is not None:
        turn.release()


def _postgres_engine(url: str, connections: int) -> Engine:
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=2 * connections,
        pool_timeout=BUSY_SECONDS,
        pool_recycle=1800,
        hide_parameters=True,
        # What solid disks cost. By its default PostgreSQL reads small tables from end to end: it does not count what
        # making the tokens of each row takes (13 ms a search for a hundred documents; by the index 3).
        connect_args={
            "connect_timeout": 5,
            "options": "-c timezone=UTC -c statement_timeout=30000 -c random_page_cost=1.1",
        },
    )


def database_of(request: Request) -> Database:
    """Return the database of the app that serves this request."""
    database: Database = request.app.state.database
    return database


async def open_session(request: Request) -> AsyncIterator[Session]:
    """Open the one writing transaction of a request; commit before the reply leaves, or roll back.

    A sync endpoint has committed by itself already (`committing`); what is left to do here is then nothing.
    Nothing is asked of the database until the first statement, so the body is checked before a transaction begins.
    """
    database = database_of(request)
    session = database.writing()
    try:
        yield session
        if session.in_transaction():
            await database.finish(session.commit)
    except ProblemError as error:
        if error.keep:
            await database.finish(session.commit)
        raise
    finally:
        if session.in_transaction():
            await database.finish(session.close)


def committing(endpoint: Callable[..., T]) -> Callable[..., Awaitable[T]]:
    """Return a sync endpoint that commits its `session` in its own thread, right after its work.

    On SQLite the turn to write is held until the commit; were it left to the dependency's exit, the turn would also
    wait for the event loop and for another thread (measured: a third of the submissions a second). Few threads write
    at a time: more of them only take the interpreter from each other (measured: a quarter fewer with forty).
    """

    def committed(session: Session, **kwargs: Any) -> T:
        answer = endpoint(session=session, **kwargs)
        if session.in_transaction():
            session.commit()
        return answer

    @wraps(endpoint)
    async def in_a_writing_thread(**kwargs: Any) -> T:
        limiter: CapacityLimiter = kwargs["session"].info["writers"]
        return await anyio.to_thread.run_sync(partial(committed, **kwargs), limiter=limiter)

    return in_a_writing_thread


async def open_reading(request: Request) -> AsyncIterator[Session]:
    """Open a session for selects."""
    database = database_of(request)
    session = database.reading()
    try:
        yield session
    finally:
        if session.in_transaction():
            await database.finish(session.close)


SessionDep = Annotated[Session, Depends(open_session, scope="function")]
ReadingDep = Annotated[Session, Depends(open_reading, scope="function")]
