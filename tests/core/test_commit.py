"""The commit comes before the reply: when a real commit fails, nothing was acknowledged and nothing is there."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from backend.core.database import Database
from tests.feedback.test_state_table import REPORT
from tests.support.people import People, expect

# What only the commit notices: a deferred foreign key on SQLite, a deferred trigger on PostgreSQL.
SABOTAGE = {
    "sqlite": (
        [
            "CREATE TABLE boom_of (id INTEGER PRIMARY KEY)",
            "CREATE TABLE boom (id INTEGER REFERENCES boom_of (id) DEFERRABLE INITIALLY DEFERRED)",
            "CREATE TRIGGER boom_now AFTER INSERT ON feedback BEGIN INSERT INTO boom VALUES (42); END",
        ],
        ["DROP TRIGGER boom_now", "DROP TABLE boom", "DROP TABLE boom_of"],
    ),
    "postgresql": (
        [
            "CREATE FUNCTION boom() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$",
            "CREATE CONSTRAINT TRIGGER boom_now AFTER INSERT ON feedback DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION boom()",
        ],
        ["DROP TRIGGER boom_now ON feedback", "DROP FUNCTION boom"],
    ),
}


@contextmanager
def commits_fail(database: Database) -> Iterator[None]:
    """Let every commit of a new report fail, inside the database."""
    begin, end = SABOTAGE[database.engine.dialect.name]
    for statements in (begin, end):
        with database.transaction() as session:
            for statement in statements:
                session.execute(text(statement))
        if statements is begin:
            yield


def test_what_was_not_committed_was_not_acknowledged(people: People, database: Database) -> None:
    citizen, keyed = people.sign_up(), {"Idempotency-Key": "one-report"}

    def counted(table: str) -> int:
        with database.reading() as session:
            return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    tables = ("feedback", "feedback_entry", "audit_entry", "job", "idempotency_key")
    before = {table: counted(table) for table in tables}
    with commits_fail(database):
        for headers in ({}, keyed):
            answer = citizen.post("/feedback", REPORT, headers=headers)
            assert answer.status_code in {409, 500, 503}, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
        # Other changes go on: a commit that failed holds nobody up.
        expect(200, citizen.patch("/me", {"full_name": "Bùi Thị Sen"}))
    assert {table: counted(table) for table in tables} == before
    assert expect(200, citizen.get("/me/feedback"))["items"] == []
    expect(201, citizen.post("/feedback", REPORT, headers=keyed))
    assert len(expect(200, citizen.get("/me/feedback"))["items"]) == 1
