"""Rows that are only added: they wait in their session and go to the database together.

The unit of work asks the database once for each object; these rows go in one trip on PostgreSQL (psycopg's pipeline),
and without the unit of work's bookkeeping on both. They are written before the session reads anything, before it
flushes what it changed, and before it commits, so nobody sees them missing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import psycopg
from pydantic_core import PydanticUndefined
from sqlalchemy import Connection, Insert, Table, event, insert, inspect
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

_WAITING = "waiting_rows"


M = TypeVar("M", bound=SQLModel)


def store(session: Session, table: type[M], /, **values: Any) -> M:
    """Insert a row; return it to be read, not to be changed.

    It is made as SQLAlchemy makes what it loads: to set each attribute of an object costs more than the insert.
    """
    row = {**_defaults(table), **values}
    store_values(session, table, [row])
    made: M = inspect(table).class_manager.new_instance()
    made.__dict__.update(row)
    return made


@cache
def _defaults(kind: type[SQLModel]) -> dict[str, Any]:
    fields = kind.model_fields.items()
    return {name: field.default for name, field in fields if field.default is not PydanticUndefined}


def store_values(session: Session, kind: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that nobody looks at in this request, by column: making their objects costs as much as the insert."""
    if not session.in_transaction():
        # What waits is a change to commit, though nothing was said to the database yet.
        session.begin()
    session.info.setdefault(_WAITING, []).append((kind, rows))


def write(session: Session) -> None:
    """Send what waits; raises IntegrityError when the database refuses a row."""
    waiting = session.info.pop(_WAITING, None)
    if not waiting:
        return
    together: dict[type[SQLModel], list[dict[str, Any]]] = {}
    for kind, rows in waiting:
        together.setdefault(kind, []).extend(rows)
    connection = session.connection()
    with _one_trip(connection):
        for kind, rows in together.items():
            connection.execute(_insert_into(kind), rows)


@contextmanager
def _one_trip(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            yield
    except psycopg.Error as error:
        # The pipeline tells at its end what each statement alone would have told through SQLAlchemy.
        wrapped = DBAPIError.instance(
            None, None, error, psycopg.Error, hide_parameters=True, dialect=connection.dialect
        )
        raise wrapped from error


@cache
def _insert_into(kind: type[SQLModel]) -> Insert:
    table: Table = kind.__table__  # type: ignore[attr-defined]
    return insert(table)


def install(session_class: type[Session]) -> None:
    """Let sessions of this class write what waits in time, and forget it when they roll back."""

    @event.listens_for(session_class, "do_orm_execute")
    def _before_a_statement(state: Any) -> None:
        if _WAITING in state.session.info:
            write(state.session)

    @event.listens_for(session_class, "before_flush")
    def _before_a_flush(session: Session, _context: Any, _instances: Any) -> None:
        write(session)

    event.listen(session_class, "before_commit", write)

    @event.listens_for(session_class, "after_soft_rollback")
    def _forget(session: Session, _previous: Any) -> None:
        session.info.pop(_WAITING, None)
