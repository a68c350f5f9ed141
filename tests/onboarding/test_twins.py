"""A button that is tapped twice, and a hall where everybody joins at once."""

from concurrent.futures import ThreadPoolExecutor

from shared.access import Role
from tests.onboarding.test_sessions import PATH, draft
from tests.support.people import People, expect


def test_twins_join_once_and_both_are_in(people: People) -> None:
    code = expect(201, people.demo(Role.FACILITATOR).post(PATH, draft()))["code"]
    crowd = [people.sign_up(f"Người {number}") for number in range(4)]
    with ThreadPoolExecutor(8) as pool:
        for path in (f"{PATH}/{code}/join", f"{PATH}/{code}/missions/read_news"):
            answers = list(pool.map(lambda person, path=path: person.post(path), crowd * 3))
            assert {answer.status_code for answer in answers} == {200}, [answer.text for answer in answers]
    board = expect(200, people.client.get(f"/api/v1{PATH}/{code}/board"))
    assert (board["people"], board["missions"]["sign_up"], board["missions"]["read_news"]) == (4, 4, 4)
