"""Who met the same: counted once, told with the sender, kept through merging and splitting."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.testclient import TestClient

from shared.access import Role
from tests.feedback.test_state_table import REPORT, C, D, Desk, O
from tests.support.people import API, People, Person, expect
from tests.support.pictures import jpeg


def count(api: TestClient, code: str) -> int:
    """Return how many met the same, as everybody sees it."""
    found: int = expect(200, api.get(f"{API}/feedback/{code}"))["supporters"]
    return found


def events(who: Person, code: str) -> list[str]:
    """Return what somebody was told of a case, the newest first."""
    rows = expect(200, who.get("/me/notifications?limit=100"))["items"]
    return [row["event"] for row in rows if row["code"] == code]


def merge(desk: Desk, code: str, into: str) -> Any:
    """Join a case to another, as the dispatcher."""
    wish = {"move": "merge", "into": into, "text": "Cùng một việc."}
    return desk.staff[D].post(f"/desk/feedback/{code}/moves", wish, headers={"If-Match": "*"})


def split(desk: Desk, code: str) -> dict[str, Any]:
    """Take a case out again."""
    answer = desk.staff[D].post(f"/desk/feedback/{code}/moves", {"move": "split"}, headers={"If-Match": "*"})
    found: dict[str, Any] = expect(200, answer)
    return found


def test_a_person_counts_once_however_often_she_says_it(people: People, api: TestClient) -> None:
    desk, neighbour = Desk(people), people.sign_up()
    for _ in range(3):
        seen = expect(200, neighbour.post(f"/feedback/{desk.code}/support"))
        assert (seen["supporters"], seen["supporting"], seen["following"], seen["mine"]) == (1, True, True, False)
    assert count(api, desk.code) == 1
    assert expect(200, neighbour.ask("DELETE", f"/feedback/{desk.code}/support"))["supporters"] == 0
    assert expect(200, neighbour.ask("DELETE", f"/feedback/{desk.code}/support"))["following"] is True
    gone = expect(200, neighbour.ask("DELETE", f"/feedback/{desk.code}/follow"))
    assert (gone["following"], gone["supporters"]) == (False, 0)


def test_many_at_once_are_counted_each(people: People, api: TestClient) -> None:
    desk = Desk(people)
    neighbours = [people.sign_up() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda who: who.post(f"/feedback/{desk.code}/support").status_code, neighbours * 2))
    assert set(answers) == {200}
    assert count(api, desk.code) == 6


def test_only_anothers_open_public_case_is_joined(people: People) -> None:
    desk, stranger = Desk(people), people.sign_up()
    assert desk.citizen.post(f"/feedback/{desk.code}/support").status_code == 409, "one's own counts already"
    private = expect(201, desk.citizen.post("/feedback", {**REPORT, "public": False}))["code"]
    practice = expect(201, desk.citizen.post("/feedback", {**REPORT, "practice": True}))["code"]
    for code in (private, practice, "PA-260101-ZZZZ"):
        for what in ("support", "follow"):
            assert stranger.post(f"/feedback/{code}/{what}").status_code == 404
    expect(200, desk.move("refuse", D))
    assert stranger.post(f"/feedback/{desk.code}/support").status_code == 409
    assert people.client.post(f"{API}/feedback/{desk.code}/support").status_code == 401


def test_answers_reach_all_who_joined(people: People, drain: Callable[[], int]) -> None:
    desk, neighbour, follower = Desk(people), people.sign_up(), people.sign_up()
    expect(200, neighbour.post(f"/feedback/{desk.code}/support"))
    expect(200, follower.post(f"/feedback/{desk.code}/follow"))
    for step, by in (("assign", D), ("ask", O), ("answer", C), ("resolve", O)):
        expect(200, desk.move(step, by))
    drain()
    for who in (neighbour, follower):
        assert events(who, desk.code) == ["resolve", "assign"], "questions and answers are the sender's alone"
    assert events(desk.citizen, desk.code) == ["resolve", "ask", "assign"]


def test_merged_cases_keep_every_reporter_and_can_be_split(
    people: People, api: TestClient, drain: Callable[[], int]
) -> None:
    main = Desk(people)
    second, third, neighbour = people.sign_up(), people.sign_up(), people.sign_up()
    two = expect(201, second.post("/feedback", REPORT))["code"]
    three = expect(201, third.post("/feedback", REPORT))["code"]
    for code in (main.code, two):
        expect(200, neighbour.post(f"/feedback/{code}/support"))
    expect(200, merge(main, three, two))
    expect(200, merge(main, two, main.code))
    # second and third sent, the neighbour said it twice: three people besides the sender.
    assert count(api, main.code) == 3
    whole = expect(200, api.get(f"{API}/feedback/{main.code}"))
    assert (whole["merged"], whole["story"][-1]["kind"], whole["story"][-1]["about"]) == ([two], "joined", two)
    joined = expect(200, api.get(f"{API}/feedback/{two}"))
    assert (joined["status"], joined["merged_into"], joined["merged"]) == ("merged", main.code, [three])
    refused = third.post(f"/feedback/{two}/support")
    assert (refused.status_code, refused.json()["code"], main.code in refused.text) == (409, "case_merged", True)
    for step, by in (("assign", D), ("resolve", O)):
        expect(200, main.move(step, by))
    drain()
    assert events(second, two) == ["resolve", "assign", "merge"]
    assert events(third, three)[:2] == ["resolve", "assign"], "over two steps"
    assert split(main, two)["status"] == "accepted"
    assert count(api, main.code) == 1, "the neighbour said it of the main case, too"
    assert count(api, two) == 2
    drain()
    assert events(second, two)[0] == "split"


def test_what_was_joined_to_a_withdrawn_case_lives_on(people: People, drain: Callable[[], int]) -> None:
    main, other = Desk(people), people.sign_up()
    code = expect(201, other.post("/feedback", REPORT))["code"]
    expect(200, merge(main, code, main.code))
    expect(200, main.move("withdraw", C))
    drain()
    assert expect(200, other.get(f"/feedback/{code}"))["status"] == "accepted"


def test_no_circle_of_merges(people: People) -> None:
    desk = Desk(people)
    one, two, three = desk.code, desk.other, expect(201, desk.citizen.post("/feedback", REPORT))["code"]
    assert merge(desk, one, one).json()["errors"][0]["field"] == "into"
    expect(200, merge(desk, one, two))
    assert merge(desk, two, one).status_code == 422, "what was joined is nothing to join to"
    expect(200, merge(desk, two, three))
    for code in (one, two):
        assert merge(desk, three, code).status_code == 422
    assert merge(desk, three, "PA-260101-ZZZZ").status_code == 422


def test_of_two_who_join_them_to_each_other_one_is_told(people: People) -> None:
    desk = Desk(people)
    for _ in range(3):
        one = expect(201, desk.citizen.post("/feedback", REPORT))["code"]
        two = expect(201, desk.citizen.post("/feedback", REPORT))["code"]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda pair: merge(desk, *pair).status_code, [(one, two), (two, one)]))
        assert sorted(answers) in ([200, 409], [200, 422])
        states = {expect(200, desk.staff[D].get(f"/desk/feedback/{code}"))["status"] for code in (one, two)}
        assert states == {"merged", "new"}


def test_rating_reopening_and_merging_at_once_leave_one_truth(people: People) -> None:
    desk = Desk(people)
    for step, by in (("assign", D), ("resolve", O)):
        expect(200, desk.move(step, by))
    first = expect(200, desk.citizen.get(f"/feedback/{desk.code}"))
    with ThreadPoolExecutor(4) as pool:
        tried = [lambda: desk.move("rate", C), lambda: desk.move("reopen", C)] * 2
        tried.append(lambda: merge(desk, desk.code, desk.other))
        statuses = sorted(answer.status_code for answer in pool.map(lambda act: act(), tried))
    story = expect(200, desk.citizen.get(f"/feedback/{desk.code}"))["story"]
    # A rating may be followed by the one reopening of a closed case; nothing happens twice.
    added = [line["kind"] for line in story[len(first["story"]) :]]
    assert added in (["rate"], ["reopen"], ["rate", "reopen"], ["reopen", "merge"], ["rate", "reopen", "merge"])
    assert statuses.count(200) == len(added)
    assert set(statuses) <= {200, 409}


def test_proof_is_shown_beside_the_senders_own(people: People, api: TestClient) -> None:
    desk = Desk(people)
    photo = desk.citizen.upload(jpeg())
    desk.code = expect(201, desk.citizen.post("/feedback", {**REPORT, "file_ids": [photo]}))["code"]
    for step, by in (("assign", D), ("resolve", O)):
        expect(200, desk.move(step, by))
    seen = expect(200, api.get(f"{API}/feedback/{desk.code}"))
    assert [file["id"] for file in seen["files"]] == [photo]
    assert len(seen["story"][-1]["files"]) == 1


def test_an_officer_follows_as_a_citizen(people: People) -> None:
    desk = Desk(people)
    assert expect(200, people.demo(Role.OFFICER).post(f"/feedback/{desk.code}/follow"))["following"] is True
