"""Abuse: words that wait for a look, locks with a reason and an appeal, limits by account and by address."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core import clock
from backend.core.database import Database
from backend.core.events import AuditEntry
from shared.access import Role
from tests.feedback.test_state_table import REPORT, D, Desk
from tests.support.installations import Installation
from tests.support.people import API, People, expect


@pytest.fixture
def words(people: People) -> Iterator[str]:
    """Words that an administrator put on the list."""
    administrator = people.demo(Role.ADMINISTRATOR)
    made = expect(201, administrator.post("/desk/words", {"words": "Đồ lừa bịp"}))
    yield made["words"]
    expect(204, administrator.ask("DELETE", f"/desk/words/{made['id']}"))


@pytest.mark.usefixtures("words")
def test_a_report_with_held_words_waits_for_a_look(people: People, api: TestClient, drain: Callable[[], int]) -> None:
    desk = Desk(people)
    said = {**REPORT, "description": "Mấy ông toàn ĐỒ  lừa-bịp, đèn tắt mãi."}
    held = expect(201, desk.citizen.post("/feedback", said))
    assert held["status"] == "held"
    assert api.get(f"{API}/feedback/{held['code']}").status_code == 404
    assert expect(200, desk.citizen.get(f"/feedback/{held['code']}"))["status"] == "held"
    drain()
    seen = expect(200, desk.staff[D].get(f"/desk/feedback/{held['code']}"))
    assert (seen["story"][-1]["kind"], seen["story"][-1]["text"]) == ("hold", "do lua bip")
    desk.code = held["code"]
    assert expect(200, desk.move("release", D))["status"] == "new"
    assert api.get(f"{API}/feedback/{held['code']}").status_code == 200
    part_of_a_word = {**REPORT, "description": "Điều lừa bịpx không có trong danh sách."}
    assert expect(201, desk.citizen.post("/feedback", part_of_a_word))["status"] == "new"


def test_the_list_of_words(people: People, database: Database) -> None:
    administrator = people.demo(Role.ADMINISTRATOR)
    unique = f"zz {uuid.uuid4().hex[:8]}"
    made = expect(201, administrator.post("/desk/words", {"words": unique}))
    assert administrator.post("/desk/words", {"words": unique.upper()}).status_code == 409, "case aside, the same"
    assert made in expect(200, administrator.get("/desk/words"))
    for wrong in ({"words": "!!"}, {"words": "x"}, {"words": "x" * 61}, {}):
        assert administrator.post("/desk/words", wrong).status_code == 422
    expect(204, administrator.ask("DELETE", f"/desk/words/{made['id']}"))
    assert administrator.ask("DELETE", f"/desk/words/{made['id']}").status_code == 404
    with database.reading() as session:
        said = session.exec(select(AuditEntry.facts).where(AuditEntry.kind == "HeldWordsChanged")).all()
    assert [one["removed"] for one in said if one["word_id"] == made["id"]] == [False, True], "no change without trace"


def test_a_lock_has_a_reason_an_end_and_one_appeal(people: People, drain: Callable[[], int]) -> None:
    desk = Desk(people)
    path = f"/desk/feedback/{desk.code}/lock"
    for wrong in ({"days": 0, "reason": "x"}, {"days": 91, "reason": "x"}, {"days": 3, "reason": ""}):
        assert desk.staff[D].post(path, wrong).status_code == 422
    expect(200, desk.staff[D].post(path, {"days": 7, "reason": "Gửi mười tin bịa trong một giờ."}))
    assert desk.staff[D].post(path, {"days": 7, "reason": "Nữa."}).status_code == 409
    refused = desk.citizen.post("/feedback", REPORT, headers={"Idempotency-Key": "after-the-lock"})
    assert (refused.status_code, refused.json()["code"]) == (403, "submissions_locked")
    lock = expect(200, desk.citizen.get("/me"))["lock"]
    assert (lock["reason"], lock["appeal"], lock["may_appeal"]) == ("Gửi mười tin bịa trong một giờ.", None, True)
    drain()
    assert expect(200, desk.citizen.get("/me/notifications"))["items"][0]["event"] == "lock"
    assert expect(200, desk.citizen.get("/me/activity"))["items"][0]["kind"] == "lock"
    expect(200, desk.citizen.post("/me/lock/appeal", {"text": "Các tin đều có thật."}))
    assert desk.citizen.post("/me/lock/appeal", {"text": "Xin xem lại."}).status_code == 409
    row = next(row for row in expect(200, desk.staff[D].get("/desk/locks"))["items"] if row["code"] == desk.code)
    assert (row["appeal"], row["lifted"]) == ("Các tin đều có thật.", False)
    assert not {"account_id", "phone", "name"} & row.keys(), "of whom is not said"
    released = expect(200, desk.staff[D].post(f"/desk/locks/{row['id']}/release", {"lift": True, "text": "Đã mở."}))
    assert released["lifted"] is True
    assert desk.staff[D].post(f"/desk/locks/{row['id']}/release", {"lift": True, "text": "x"}).status_code == 409
    assert expect(200, desk.citizen.get("/me"))["lock"] is None
    # The same key: what was refused because of the lock was not stored as its answer.
    expect(201, desk.citizen.post("/feedback", REPORT, headers={"Idempotency-Key": "after-the-lock"}))
    drain()
    assert expect(200, desk.citizen.get("/me/notifications"))["items"][0]["event"] == "unlock"


def test_a_lock_ends_by_itself_and_others_are_not_locked(people: People) -> None:
    desk = Desk(people)
    expect(200, desk.staff[D].post(f"/desk/feedback/{desk.code}/lock", {"days": 1, "reason": "Tin bịa."}))
    expect(201, people.sign_up().post("/feedback", REPORT))
    assert people.sign_up().post("/me/lock/appeal", {"text": "Sao lại khóa?"}).status_code == 404
    with clock.moved(timedelta(days=1, minutes=1)):
        expect(201, desk.citizen.post("/feedback", REPORT))


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_limits_count_the_account_and_the_address(installation: Installation) -> None:
    settings = installation.settings(rate_limits=True, limit_submit="3/minute", limit_submit_address="5/minute")
    with TestClient(create_app(settings)) as client:
        people = People(client)
        one, two, three = people.sign_up(), people.sign_up(), people.sign_up()
        assert [one.post("/feedback", REPORT).status_code for _ in range(4)] == [201, 201, 201, 429]
        assert [two.post("/feedback", REPORT).status_code for _ in range(3)] == [201, 201, 429], "one hall, one address"
        refused = three.post("/feedback", REPORT)
        assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (429, True)
