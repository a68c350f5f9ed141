"""Every question about dossiers is answered by an index, however many there are."""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel import select
from starlette.testclient import TestClient

from backend.accounts.models import Account
from backend.core import clock
from backend.core.database import Database
from backend.core.rows import store_values
from backend.core.tables import new_id
from backend.dossiers import chores, holding, queries
from backend.dossiers.models import LGSP, LOCAL, Dossier, DossierFollower, DossierGuard, ReceiptReading
from backend.dossiers.snapshot import Snapshot
from tests.dossiers.snapshots import said, take
from tests.dossiers.test_lookup import NEW, ask
from tests.support.installations import Installation
from tests.support.people import API, People, expect
from tests.support.plans import recorded, scans

MANY = 3_000
MINE = "H23.150-20261102-0000007"


def fill(database: Database) -> None:
    """Put many dossiers in, of both sources."""
    for start in range(0, MANY, 500):
        codes = [f"H23.150-20261102-{n:07}" for n in range(start, start + 500)]
        part = [Snapshot.model_validate(said(code=code)) for code in codes]
        with database.transaction() as session:
            holding.take(session, part, origin=LOCAL if start % 1000 else LGSP, source="x")
    with database.transaction() as session:
        crowd = session.exec(select(Account.id)).all()
        followed = session.exec(select(Dossier.id).where(Dossier.source == "x", Dossier.code != MINE)).all()
        now = {"at": clock.now()}
        rows = [
            {"id": new_id(), "dossier_id": dossier, "account_id": crowd[n % len(crowd)], **now}
            for n, dossier in enumerate(followed)
        ]
        store_values(session, DossierFollower, rows)
        later = {"kind": "code", "failures": 1, "tried": [], "counted_until": clock.now() + timedelta(days=1)}
        store_values(session, DossierGuard, [{"subject": f"{n}", "locked_until": None, **later} for n in range(MANY)])
        read = {"codes": [NEW], "at": clock.now()}
        store_values(session, ReceiptReading, [{"id": new_id(), "key": f"{n:064}", **read} for n in range(MANY)])
    if not database.sqlite:
        with database.transaction() as session:
            session.execute(text("ANALYZE"))


def test_no_question_reads_all_dossiers(
    api: TestClient, people: People, database: Database, installation: Installation
) -> None:
    person = people.sign_up()
    fill(database)
    settings = installation.settings()
    with recorded(database) as seen:
        expect(200, ask(api, NEW))
        expect(404, ask(api, NEW, "1111"))
        expect(200, person.post(f"/dossiers/{MINE}/follow", {"phone_last4": "4321"}))
        assert api.get(f"{API}/dossiers/read-code/{'5e' * 16}").status_code == 404
        expect(200, person.get("/me/dossiers"))
        expect(200, person.get(f"/me/dossiers/{MINE}"))
        take(database, code=MINE, state="done")
        assert person.ask("DELETE", f"/dossiers/{MINE}/follow").status_code == 204
        with database.transaction() as session:
            queries.claim(session, clock.now(), clock.now(), 8)
        chores.forget(database, settings)
    assert len(seen) > 20
    # Many rows at once go by the same plan as one.
    asked = [(sql, values[0] if isinstance(values, list) else values) for sql, values in seen if "INTO" not in sql]
    wrong = [(line, sql) for sql, values in asked for line in scans(database, sql, values)]
    assert not wrong, "\n".join(map(str, wrong))
    assert scans(database, "SELECT code FROM dossier WHERE agency = 'x'", ())
