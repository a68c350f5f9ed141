"""Following: the second factor once, then a notice for each change of state, and one only."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from backend.core.database import Database
from backend.notifications import listeners
from tests.dossiers.snapshots import BEGAN, CODE, said, take
from tests.dossiers.test_lookup import END, FOLLOWED, NEW, ask
from tests.support.people import API, People, Person, expect

MINE = {"phone_last4": "4321"}


def notices(person: Person) -> list[tuple[str, str]]:
    """Return (event, path) of what a person was told of dossiers, the newest first."""
    items = expect(200, person.get("/me/notifications?limit=100"))["items"]
    return [(item["event"], item["path"]) for item in items if item["kind"] == "dossier_moved"]


def test_each_change_of_state_is_told_once(
    people: People, database: Database, drain: Callable[[], int], api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "FOLLOWERS_A_JOB", 2)
    take(database)
    crowd = [people.sign_up() for _ in range(5)]
    stranger = people.sign_up()
    for person in (*crowd, crowd[0]):
        found = expect(200, person.post(f"/dossiers/{CODE.lower()}/follow", MINE))
        assert (found["following"], found["state"]) == (True, "processing")
    drain()
    again = take(database)
    assert (again.changed, again.unchanged) == (0, 1)
    # Other words, another phone: nothing that needs a notice.
    assert take(database, phone_last4="8765", agency="UBND phường Thành Đông").changed == 1
    drain()
    assert notices(crowd[0]) == []
    later = (BEGAN + timedelta(days=2)).isoformat()
    take(database, state="papers_wanted", state_at=later, note="Thiếu giấy", missing=[{"paper": "Tờ khai"}])
    take(database, state="papers_wanted", state_at=later, note="Thiếu giấy", missing=[{"paper": "Tờ khai"}])
    drain()
    take(database, state="done", state_at=(BEGAN + timedelta(days=3)).isoformat())
    drain()
    told = [("done", f"/dossiers/{CODE}"), ("papers_wanted", f"/dossiers/{CODE}")]
    assert [notices(person) for person in crowd] == [told] * 5
    assert notices(stranger) == []
    # She need not give the digits again, which have changed meanwhile.
    found = expect(200, crowd[0].get(f"/me/dossiers/{CODE}"))
    assert [step["state"] for step in found["history"]] == ["processing", "papers_wanted", "done"]
    assert found["paused_at"] is None
    assert crowd[0].get(f"/me/dossiers/{CODE}").headers["cache-control"] == "private, no-store"
    expect(404, stranger.get(f"/me/dossiers/{CODE}"))
    expect(401, api.get(f"{API}/me/dossiers/{CODE}"))


def test_the_list_of_what_one_follows(people: People, database: Database, drain: Callable[[], int]) -> None:
    person = people.sign_up()
    codes = [f"H23.150-20261101-00001{n:02}" for n in range(5)]
    for code in codes:
        take(database, code=code, due_at=BEGAN.isoformat())
        expect(200, person.post(f"/dossiers/{code}/follow", MINE))
    first = expect(200, person.get("/me/dossiers?limit=3"))
    rest = expect(200, person.get(f"/me/dossiers?limit=3&cursor={first['next_cursor']}"))
    assert [row["code"] for row in (*first["items"], *rest["items"])] == codes[::-1]
    assert rest["next_cursor"] is None
    assert first["items"][0]["late"] is True
    assert "applicant" not in first["items"][0]
    for _ in range(2):
        assert person.ask("DELETE", f"/dossiers/{codes[0]}/follow").status_code == 204
    assert person.ask("DELETE", f"/dossiers/{NEW[:-1]}9/follow").status_code == 204, "no word of what there is"
    assert [row["code"] for row in expect(200, person.get("/me/dossiers"))["items"]] == codes[:0:-1]
    take(database, code=codes[0], state="done")
    drain()
    assert notices(person) == []
    expect(401, people.client.post(f"{API}/dossiers/{NEW}/follow", json={"phone_last4": END}))
    expect(404, person.post(f"/dossiers/{NEW}/follow", {"phone_last4": "1234"}))


def test_the_demo_citizen_follows_one(people: People) -> None:
    citizen = people.sign_in("0900000001")
    assert [row["code"] for row in expect(200, citizen.get("/me/dossiers"))["items"]] == [FOLLOWED]
    assert expect(200, ask(people.client, FOLLOWED, headers=citizen.bearer))["following"] is True  # type: ignore[arg-type]


def test_names_and_numbers_do_not_come_in(database: Database, api: TestClient) -> None:
    note = "Cán bộ Trần Thị Bích nhận của NGUYỄN VĂN TÁM, số 0912 345 678, chuyển TP. Hồ Chí Minh"
    take(database, note=note, history=[{"at": BEGAN.isoformat(), "state": "received", "note": note}])
    found = expect(200, ask(api, CODE, "4321"))
    masked = "Cán bộ T*** T** B*** nhận của N*** V** T**, số •••• ••• 678, chuyển TP. Hồ Chí Minh"
    assert [step["note"] for step in found["history"]] == [masked, masked]
    assert found["applicant"] == "N*** V** T**"
    held = database.engine.raw_connection()
    try:
        cursor = held.cursor()
        cursor.execute("SELECT * FROM dossier")
        assert "Tám" not in str(cursor.fetchall())
    finally:
        held.close()
    assert said()["applicant"] == "Nguyễn Văn Tám"
