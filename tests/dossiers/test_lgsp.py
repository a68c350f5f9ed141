"""The integration platform slow, wrong, busy and down: people see what was last known, and nobody gets a 500."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core import clock
from backend.core.database import Database
from backend.core.events import HANDLERS
from backend.core.jobs import run_pending
from backend.core.settings import Settings
from backend.dossiers.chores import Refresher, forget
from backend.dossiers.models import Dossier
from tests.dossiers.snapshots import take
from tests.dossiers.test_following import notices
from tests.dossiers.test_lookup import NEW, ask
from tests.support.installations import Installation
from tests.support.lgsp import CODE, Platform, Trouble, record
from tests.support.people import People, expect

END = "4321"


@pytest.fixture
def settings(installation: Installation, lgsp: Platform) -> Settings:
    """Settings that name the platform."""
    return installation.settings(**lgsp.settings())


@pytest.fixture
def api(settings: Settings) -> Iterator[TestClient]:
    """The app that asks it."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def database(api: TestClient) -> Database:
    """Its database."""
    found: Database = api.app.state.database  # type: ignore[attr-defined]
    return found


only_sqlite = pytest.mark.parametrize("installation", ["sqlite"], indirect=True)


def test_a_dossier_of_the_platform(api: TestClient, lgsp: Platform) -> None:
    found = expect(200, ask(api, CODE, END))
    assert (found["state"], found["applicant"], found["source"]) == (
        "processing",
        "T*** T** B**",
        "Trục tích hợp dữ liệu của tỉnh",
    )
    assert (found["stale"], found["due_at"]) == (False, "2099-12-31T23:59:59+07:00")
    assert [step["note"] for step in found["history"]] == ["L* V** C*** tiếp nhận", "Đang thẩm định"]
    assert (lgsp.tokens_given, lgsp.asked) == (1, [CODE])
    unknown, wrong = ask(api, CODE[:-1] + "8", END), ask(api, CODE, "0000")
    assert (unknown.status_code, unknown.content) == (404, wrong.content)
    # What was imported is answered without asking.
    expect(200, ask(api, NEW))
    assert NEW not in lgsp.asked
    # A dossier that the platform does not know any more is not there.
    lgsp.records.clear()
    assert ask(api, CODE, END).content == wrong.content
    lgsp.records[CODE] = record(TrangThaiHoSo=10, NgayKetThucXuLy="20/11/2026 10:00")
    assert expect(200, ask(api, CODE, END))["finished_at"] == "2026-11-20T10:00:00+07:00"


HASTE = {"lgsp_connect_seconds": 0.5, "lgsp_read_seconds": 0.5, "lgsp_deadline_seconds": 1}


@only_sqlite
def test_in_trouble_the_last_known_state_is_told_with_its_age(
    api: TestClient, installation: Installation, lgsp: Platform
) -> None:
    lgsp.retry_after = "7"
    for number, trouble in enumerate(sorted(set(Trouble) - {Trouble.NONE, Trouble.WAITING})):
        code = f"{CODE[:-2]}{number + 10}"
        lgsp.records[code], lgsp.trouble = record(code), Trouble.NONE
        fresh = expect(200, ask(api, code, END))
        lgsp.trouble = trouble
        with TestClient(create_app(installation.settings(**lgsp.settings(**HASTE)))) as hasty:
            told_in_trouble(hasty, code, fresh, trouble)
    lgsp.trouble = Trouble.NONE
    fresh = expect(200, ask(api, CODE, END))
    lgsp.stop()
    told_in_trouble(api, CODE, fresh, "refused")


def told_in_trouble(api: TestClient, code: str, fresh: dict[str, Any], trouble: str) -> None:
    """Look at what is said of a dossier that is known, and of one that is not."""
    old = expect(200, ask(api, code, END))
    assert (old["stale"], old["fetched_at"], old["state"]) == (True, fresh["fetched_at"], "processing"), trouble
    unknown, wrong = ask(api, code[:-2] + "99", END), ask(api, code, "0000")
    assert wrong.status_code == 503, trouble
    # A record that cannot be read is one record's trouble; the platform still says what it does not know.
    one_record = trouble in {"wrong_fields", "other_dossier"}
    assert unknown.status_code == 404 if one_record else unknown.content == wrong.content, trouble
    assert 1 <= int(wrong.headers["retry-after"]) <= 30
    assert wrong.json()["code"] == "unavailable"
    expect(200, ask(api, NEW))
    assert api.app.state.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_guesses_count_while_the_platform_is_away(api: TestClient, lgsp: Platform) -> None:
    """Digits that were tried before do not: who waits for the platform is not locked out by trying again."""
    expect(200, ask(api, CODE, END))
    lgsp.stop()
    other = CODE[:-1] + "8"
    assert {ask(api, other, END).status_code for _ in range(7)} == {503}
    told = [ask(api, CODE, f"{n:04}").status_code for n in range(7)]
    assert told == [503] * 5 + [429] * 2
    assert ask(api, CODE, END).status_code == 429


@only_sqlite
def test_tokens(api: TestClient, lgsp: Platform) -> None:
    for _ in range(3):
        expect(200, ask(api, CODE, END))
    assert lgsp.tokens_given == 1
    lgsp.forget_tokens()
    assert expect(200, ask(api, CODE, END))["stale"] is False
    assert lgsp.tokens_given == 2, "one fresh token after a 401"
    lgsp.forget_tokens()
    lgsp.takes_client = False
    assert expect(200, ask(api, CODE, END))["stale"] is True
    lgsp.takes_client, lgsp.token_seconds = True, 1
    for _ in range(2):
        expect(200, ask(api, CODE, END))
        time.sleep(1)
    assert lgsp.tokens_given == 4, "an old one is not even tried"
    time.sleep(0.2)
    lgsp.token_seconds = "soon"
    assert expect(200, ask(api, CODE, END))["stale"] is True


def test_many_who_ask_for_one_make_one_call(api: TestClient, lgsp: Platform, database: Database) -> None:
    """While they wait they hold no connection, and everybody else is served."""
    lgsp.trouble = Trouble.WAITING
    with ThreadPoolExecutor(12) as pool:
        answers = [pool.submit(ask, api, CODE, END) for _ in range(10)]
        other = pool.submit(ask, api, CODE[:-1] + "1", END)
        until(lambda: len(lgsp.asked) == 2)
        until(lambda: database.engine.pool.checkedout() == 0)  # type: ignore[attr-defined]
        expect(200, ask(api, NEW))
        lgsp.go.set()
        assert {answer.result().status_code for answer in answers} == {200}
        assert other.result().status_code == 404
    # Who came when the first answer was there already may have asked again; at once nobody did.
    assert lgsp.most_at_once == 2


def until(there: Callable[[], bool]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + 20
    while not there():
        assert time.monotonic() < ends
        time.sleep(0.01)


@only_sqlite
def test_fresh_answers_are_kept_for_a_while(installation: Installation, lgsp: Platform) -> None:
    with TestClient(create_app(installation.settings(**lgsp.settings(lgsp_fresh_seconds=60)))) as api:
        for _ in range(3):
            expect(200, ask(api, CODE, END))
        assert len(lgsp.asked) == 1
        with clock.moved(timedelta(seconds=61)):
            expect(200, ask(api, CODE, END))
        assert len(lgsp.asked) == 2


def test_who_follows_hears_of_what_the_platform_says_later(
    api: TestClient, lgsp: Platform, database: Database, settings: Settings
) -> None:
    people = People(api)
    person, other = people.sign_up(), people.sign_up()
    for each in (person, other):
        expect(200, each.post(f"/dossiers/{CODE}/follow", {"phone_last4": END}))
    unfollowed = CODE[:-1] + "1"
    lgsp.records[unfollowed] = record(unfollowed)
    expect(200, ask(api, unfollowed, END))
    refresher = Refresher(settings)
    lgsp.records[CODE] = record(TrangThaiHoSo=5, BoSung=[{"TenGiayTo": "Tờ khai", "TruongThongTin": "Chữ ký"}])
    asked = len(lgsp.asked)
    assert refresher.round(database) == 0, "not before its time"
    with clock.moved(timedelta(seconds=1801)):
        assert refresher.round(database) == 1
        assert refresher.round(database) == 0
        run_pending(database, HANDLERS)
    assert lgsp.asked[asked:] == [CODE]
    assert notices(person) == notices(other) == [("papers_wanted", f"/dossiers/{CODE}")]
    with clock.moved(timedelta(seconds=4000)):
        found = expect(200, person.get(f"/me/dossiers/{CODE}"))
        assert (found["missing"][0]["field"], found["paused"], found["stale"]) == ("Chữ ký", True, False)
        lgsp.stop()
        assert expect(200, person.get(f"/me/dossiers/{CODE}"))["stale"] is True
        refresher.round(database)
    # What nobody follows is not kept for ever.
    with clock.moved(timedelta(days=31)):
        forget(database, settings)
    with database.reading() as session:
        kept = set(session.exec(select(Dossier.code).where(Dossier.origin == "lgsp")))
    assert kept == {CODE}


@only_sqlite
def test_the_rate_of_asking_by_itself_is_bounded(
    installation: Installation, lgsp: Platform, api: TestClient, database: Database
) -> None:
    person = People(api).sign_up()
    codes = [f"{CODE[:-2]}{n:02}" for n in range(10, 24)]
    lgsp.records = {code: record(code) for code in codes}
    for code in codes:
        expect(200, person.post(f"/dossiers/{code}/follow", {"phone_last4": END}))
    refresher = Refresher(installation.settings(**lgsp.settings(lgsp_refresh_a_minute=30)))
    assert [refresher.round(database), refresher.round(database)] == [10, 4]
    assert lgsp.most_at_once <= 8
    person.ask("DELETE", f"/dossiers/{codes[0]}/follow")
    with clock.moved(timedelta(hours=2)):
        assert [refresher.round(database), refresher.round(database)] == [10, 3]


@only_sqlite
def test_what_was_imported_is_not_asked_for(api: TestClient, lgsp: Platform, database: Database) -> None:
    expect(200, ask(api, CODE, END))
    take(database, code=CODE, phone_last4=END, agency="UBND xã Thanh Hà")
    assert expect(200, ask(api, CODE, END))["agency"] == "UBND xã Thanh Hà"
    assert len(lgsp.asked) == 1
