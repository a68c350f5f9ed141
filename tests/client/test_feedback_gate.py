"""Before and beside the form: the right door, numbers that will be hidden, near cases, what may be expected."""

import httpx2

from client.core.text import Language
from client.feedback import report_near
from client.feedback.words import VI, WORDS
from shared.feedback import FeedbackSummary
from tests.client.test_feedback_report import CASE, DATA, EXPECTED, FILLED, Backend, Desk, at_the_form

SUMMARY = {name: CASE[name] for name in FeedbackSummary.model_fields}
TITLE = "Đèn cao áp trước trường không sáng"
NEAR = SUMMARY | {"code": "PA-261120-BBBB", "title": TITLE, "distance_m": 42, "likeness": 0.7}
FAR = NEAR | {"code": "PA-261120-CCCC", "title": "Cột đèn số 7 tắt", "distance_m": 1_240}


def test_the_gate_asks_first_and_most_go_straight_on() -> None:
    async def story() -> None:
        desk = Desk(Backend())
        await desk.screen.settle(0.2)
        assert desk.says(VI["feedback.gate"])
        assert not desk.says(VI["feedback.description"])
        for number in ("113", "114", "115", "112"):
            assert desk.says(number)
        await desk.press("Không có ảnh")
        assert desk.says(VI["feedback.privacy"])
        await desk.press(VI["feedback.gate_back"])
        assert desk.says(VI["feedback.gate"])

    at_the_form(story)


def test_a_draft_and_a_practice_go_past_the_gate() -> None:
    async def story() -> None:
        for desk in (Desk(Backend(), draft=FILLED), Desk(Backend(), practice=True)):
            await desk.screen.settle(0.2)
            assert not desk.says(VI["feedback.gate"])
            assert desk.says(VI["feedback.privacy"])

    at_the_form(story)


def test_a_complaint_is_shown_its_own_door() -> None:
    async def story() -> None:
        desk = Desk(Backend())
        await desk.screen.settle(0.2)
        await desk.press(VI["feedback.gate_complaint"])
        assert desk.says(VI["feedback.gate_complaint_why"])
        assert desk.says("Gọi 1022")
        await desk.press(VI["feedback.gate_back"])
        await desk.press(VI["feedback.gate_dossier"])
        assert not desk.says(VI["feedback.gate_complaint_why"])
        assert desk.says(VI["feedback.gate_services"])
        went: list[str] = []
        desk.made[0].go = went.append  # type: ignore[assignment, method-assign]
        await desk.press(VI["feedback.gate_dossier_open"])
        assert went == ["/dossiers"]

    at_the_form(story)


def test_wrong_data_names_its_system_and_is_not_public() -> None:
    async def story() -> None:
        backend = Backend()
        backend.answers = [httpx2.Response(201, json=CASE)]
        desk = Desk(backend, draft=FILLED)
        await desk.screen.settle(0.2)
        await desk.press(VI["feedback.gate_back"])
        await desk.press(VI["feedback.gate_data"])
        await desk.press(VI["feedback.system_bhyt"])
        assert desk.says(VI["feedback.system_why"])
        await desk.press_send()
        sent = backend.bodies[0]
        assert (sent["category"], sent["system"], sent["public"]) == (DATA["code"], VI["feedback.system_bhyt"], False)

    at_the_form(story)


def test_an_ordinary_report_names_no_system() -> None:
    async def story() -> None:
        backend = Backend()
        backend.answers = [httpx2.Response(201, json=CASE)]
        desk = Desk(backend, draft=FILLED | {"system": "VNeID"})
        await desk.screen.settle(0.2)
        await desk.press_send()
        assert backend.bodies[0]["system"] == ""

    at_the_form(story)


def test_numbers_in_public_words_are_said_to_be_hidden_as_they_are_typed() -> None:
    async def story() -> None:
        desk = Desk(Backend(), draft=FILLED)
        await desk.screen.settle(0.2)
        assert not desk.says(VI["feedback.numbers_hidden"])
        await desk.type("Đèn tắt ba đêm nay, gọi tôi số 0912 345 678")
        assert desk.says(VI["feedback.numbers_hidden"])
        await desk.type("Đèn tắt ba đêm nay")
        assert not desk.says(VI["feedback.numbers_hidden"])
        private = Desk(Backend(), draft=FILLED | {"description": "Gọi 0912345678 nhé", "public": False})
        await private.screen.settle(0.2)
        assert not private.says(VI["feedback.numbers_hidden"])

    at_the_form(story)


def test_near_cases_are_offered_and_join_instead_of_a_twin() -> None:
    async def story() -> None:
        backend = Backend()
        backend.near = httpx2.Response(200, json=[NEAR, FAR])
        desk = Desk(backend, draft=FILLED)
        await desk.screen.settle(report_near.PAUSE_S + 0.4)
        assert backend.asked[-1] == {
            "lat": "20.94",
            "lon": "106.33",
            "category": FILLED["category"],
            "q": FILLED["description"],
        }
        assert desk.says("cách 40 m")
        assert desk.says("cách 1,2 km")
        await desk.press(VI["feedback.near_other"])
        assert not desk.says(TITLE)
        await desk.press(VI["feedback.near_me_too"])
        assert backend.supported == [f"/feedback/{FAR['code']}/support"]
        assert not backend.bodies

    at_the_form(story)


def test_nobody_to_ask_for_near_cases_changes_nothing() -> None:
    async def story() -> None:
        backend = Backend()
        backend.answers = [httpx2.Response(201, json=CASE)]
        desk = Desk(backend, draft=FILLED)
        await desk.screen.settle(0.3)
        assert backend.asked
        assert not desk.says(VI["feedback.near"])
        await desk.press_send()
        assert len(desk.sent) == 1

    at_the_form(story)


def test_what_was_measured_is_said_with_how_many_and_only_then() -> None:
    async def story() -> None:
        backend = Backend()
        told = EXPECTED | {"place": "Phường Hải Dương", "usual": {"days": 2.5, "cases": 118}}
        backend.expectation = httpx2.Response(200, json=told)
        desk = Desk(backend, draft=FILLED)
        await desk.screen.settle(0.3)
        assert desk.says("Thường xong trong 2,5 ngày (đo trên 118 việc)")
        assert desk.says("Phường Hải Dương")
        silent = Desk(Backend(), draft=FILLED)
        await silent.screen.settle(0.3)
        assert not silent.says("Thường xong")

    at_the_form(story)


def test_a_place_outside_names_the_nearest() -> None:
    async def story() -> None:
        backend = Backend()
        fault = {"field": "lat", "code": "outside_area", "message": "Xã Hà Nam (1.2 km); Phường Kinh Môn (3 km)"}
        problem = {"type": "", "title": "", "status": 422, "code": "invalid", "detail": "", "errors": [fault]}
        backend.expectation = httpx2.Response(422, json=problem)
        desk = Desk(backend, draft=FILLED)
        await desk.screen.settle(0.3)
        assert desk.says(WORDS[Language.VI]["feedback.expect_outside"].format(place="Xã Hà Nam", km="1,2"))

    at_the_form(story)
