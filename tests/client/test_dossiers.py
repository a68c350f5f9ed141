"""A dossier without a browser: each state with what to do, dates, asking for it, following, what the device keeps."""

import asyncio
from datetime import datetime, timedelta

import pytest

from client.core.storage import MemoryStorage
from client.core.text import Language, Text
from client.core.text.dates import now
from client.core.text.vi import VI as CORE
from client.dossiers import recent
from client.dossiers.codes import code_fault, code_in
from client.dossiers.due import left_words, when_words
from client.dossiers.lookup import look_up_card
from client.dossiers.progress import STAGES, Mark, marks
from client.dossiers.screens import OneDossier
from client.dossiers.words import VI, WORDS
from shared.base import VIETNAM
from shared.dossiers import Dossier, DossierState
from tests.client.dossier_people import CODE, FOLLOW, MINE, Backend, Person, at, dossier, refusal, run
from tests.client.test_feedback_report import CITIZEN

T = Text([{Language.VI: CORE, Language.EN: CORE}, WORDS])
PAPER = {"paper": "Tờ khai đăng ký kết hôn", "field": "Chữ ký", "reason": "Thiếu chữ ký của một bên"}


def page_of(shown: Dossier) -> str:
    """Return what a stranger who knows the digits reads on a dossier's page."""
    read: list[str] = []

    async def story() -> None:
        person = Person(Backend(shown), lambda: OneDossier(CODE), digits="0001")
        await person.screen.settle(0.3)
        read.append(person.said())

    run(story)
    return read[0]


@pytest.mark.parametrize("state", list(DossierState))
def test_each_state_is_said_in_plain_words_with_what_to_do_next(state: DossierState) -> None:
    said = page_of(dossier(state))
    for word in (f"dossiers.state_{state}", f"dossiers.means_{state}", f"dossiers.next_{state}"):
        assert VI[word] in said
    assert "Đ* T** H***" in said
    assert "Cập nhật 5 phút trước" in said
    assert "Gọi 0220 385 1234" in said
    assert (VI["dossiers.portal"] in said) == (state in {DossierState.PAPERS_WANTED, DossierState.PAYMENT_WANTED})
    # Where the state alone does not explain itself, the office's words stand beside it as well as in the history.
    why = {DossierState.NOT_RECEIVED, DossierState.PAYMENT_WANTED, DossierState.STOPPED}
    assert said.count("Lời của nơi nhận") == (2 if state in why else 1)


def test_the_line_of_progress_ends_where_the_dossier_stands() -> None:
    assert all(len(marks(state)) == len(STAGES) for state in DossierState)
    assert marks(DossierState.NEW) == [Mark.DONE, Mark.HERE, Mark.AHEAD, Mark.AHEAD]
    assert marks(DossierState.RECEIVED) == [Mark.DONE, Mark.REACHED, Mark.AHEAD, Mark.AHEAD]
    assert marks(DossierState.PAPERS_WANTED)[2] is Mark.PAUSED
    assert marks(DossierState.STOPPED)[2:] == [Mark.BROKEN, Mark.AHEAD]
    assert marks(DossierState.RETURNED) == [Mark.DONE] * 4


def test_a_paused_clock_a_missing_paper_and_a_province_that_is_away_are_said() -> None:
    since = now() - timedelta(days=2)
    shown = dossier(
        DossierState.PAPERS_WANTED, paused=True, paused_at=since, missing=[PAPER], stale=True, fetched_at=at(-0.2)
    )
    said = page_of(shown)
    assert f"Đồng hồ đang dừng từ {when_words(T, since)}" in said
    assert VI["dossiers.timing_paused"] in said
    for words in (PAPER["paper"], f"Mục: {PAPER['field']}", PAPER["reason"], "Chưa rõ thì gọi Bộ phận một cửa:"):
        assert words in said
    assert VI["dossiers.stale"] in said
    assert f"Đây là thông tin lúc {when_words(T, shown.fetched_at)}" in said


def test_a_stopped_dossier_is_promised_no_other_date() -> None:
    said = page_of(dossier(DossierState.STOPPED, paused=True, paused_at=at(-2)))
    assert "Đồng hồ dừng từ" in said
    assert "ngày hẹn sẽ tính lại" not in said
    assert VI["dossiers.timing_paused"] not in said


@pytest.mark.parametrize("fresh", [True, False])
def test_a_late_dossier_has_the_apology_and_the_new_date(fresh: bool) -> None:
    new = now() + timedelta(days=6)
    first = at(-3)
    late = {
        "apology": "Xin lỗi vì mưa lớn",
        "first_due_at": first,
        "new_due_at": new.isoformat() if fresh else None,
    }
    nobody = {"name": "", "phone": ""}
    said = page_of(dossier(late=late, due_at=new if fresh else first, contact=nobody))
    missed = f"Hẹn lần đầu: {when_words(T, datetime.fromisoformat(first))} (đã quá 3 ngày)"
    again = f"Hẹn lại: {when_words(T, new)}" if fresh else VI["dossiers.new_due_none"]
    next_step = VI["dossiers.next_late" if fresh else "dossiers.next_overdue"]
    places = [said.index(words) for words in ("Xin lỗi vì mưa lớn", missed, again, next_step)]
    assert places == sorted(places)
    assert VI["dossiers.next_processing"] not in said
    assert "Gọi 1022" in said
    assert VI["dossiers.timing_late"] in said
    assert (f"Hẹn lại: {when_words(T, new)}" in said) is fresh
    assert (VI["dossiers.new_due_none"] in said) is not fresh


def test_past_a_date_without_a_word_from_the_agency_the_owner_is_told_to_call() -> None:
    said = page_of(dossier(due_at=at(-3)))
    assert VI["dossiers.next_overdue"] in said
    assert "Đã quá 3 ngày" in said
    assert VI["dossiers.next_papers_wanted"] in page_of(dossier(DossierState.PAPERS_WANTED, due_at=at(-3)))


def test_a_date_of_another_year_carries_its_year() -> None:
    before = now() - timedelta(days=400)
    late = {"apology": "", "first_due_at": before.isoformat(), "new_due_at": None}
    said = page_of(dossier(late=late, due_at=before, received_at=(before - timedelta(days=9)).isoformat()))
    for moment in (before, before - timedelta(days=9)):
        assert f"{moment.astimezone(VIETNAM):%d/%m/%Y}" in said


def test_a_day_without_an_hour_lasts_until_its_end() -> None:
    midnight = now().astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    assert left_words(T, midnight) == VI["dossiers.left_today"]
    for clock in (midnight, midnight + timedelta(hours=23, minutes=59, seconds=59)):
        assert ":" not in when_words(T, clock)
    assert left_words(T, midnight + timedelta(days=1)) == VI["dossiers.left_tomorrow"]
    assert left_words(T, midnight - timedelta(days=2)) == "Đã quá 2 ngày"
    assert left_words(T, now() + timedelta(days=9)) == "Còn 9 ngày"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (f"  {CODE.lower()} ", CODE),
        ("g09.20 – 261116 – 0007", "G09.20-261116-0007"),
        (f"https://hoso.vn/dossiers?code={CODE.lower()}&x=1", CODE),
        ("https://hoso.vn/tra-cuu/000.00.01.H23%2D230331%2D0001", "000.00.01.H23-230331-0001"),
        ("H23-230331", None),
    ],
)
def test_a_code_is_found_in_whatever_was_typed_or_pasted(typed: str, code: str | None) -> None:
    assert code_in(typed) == code


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (CODE, None),
        ("  ", "code_missing"),
        ("1.001193", "code_procedure"),
        ("H23 20261113", "code_parts"),
        ("HỒ-261116-0007", "code_head"),
        ("H23-2611-0007", "code_day"),
        ("H23-261116-07", "code_tail"),
    ],
)
def test_what_is_wrong_with_a_code_is_said(typed: str, fault: str | None) -> None:
    assert code_fault(typed) == (f"dossiers.{fault}" if fault else None)


def test_a_wrong_question_is_answered_without_saying_which_part_and_the_right_one_opens_it() -> None:
    async def story() -> None:
        found: list[Dossier] = []
        backend = Backend(dossier())
        person = Person(backend, lambda: look_up_card("", found.append))
        await person.screen.settle(0.2)
        await person.look_up("H23-2611-0007", "12")
        assert VI["dossiers.digits_wrong"] in person.said()
        assert "Phần giữa" in person.said()
        assert not backend.calls
        await person.look_up(CODE.lower(), "9999")
        assert VI["dossiers.wrong_why"] in person.said()
        assert (person.field("code").value, person.field("phone_last4").value) == (CODE, "9999")
        await person.look_up(None, "0001")
        assert [each.code for each in found] == [CODE]
        kept = await recent.read(person.storage)
        assert [(each.code, each.remembered) for each in kept] == [(CODE, False)]
        assert not [value for value in person.storage.kept.values() if "0001" in value]

    run(story)


def test_a_picture_of_the_receipt_fills_the_code() -> None:
    async def story() -> None:
        other = "G09.20-261116-0007"
        person = Person(Backend(dossier()), lambda: look_up_card("", lambda _: None))
        await person.screen.settle(0.2)
        await person.choose_picture(CODE)
        assert person.field("code").value == CODE
        assert not person.chips()
        await person.choose_picture(f"{other} {CODE}")
        assert person.field("code").value == other
        assert person.chips() == [other, CODE]
        await person.choose_picture("")
        assert person.field("code").value == other

    run(story)


def test_a_locked_look_up_says_when_and_a_province_that_is_away_whom_to_call() -> None:
    async def story() -> None:
        backend = Backend(dossier(), refusal(429, "rate_limited", after=900), refusal(503, "unavailable"))
        person = Person(backend, lambda: look_up_card(CODE, lambda _: None))
        await person.screen.settle(0.2)
        assert person.field("code").value == CODE
        await person.look_up(None, "0001")
        minutes = {T.time(now() + timedelta(seconds=900 + late)) for late in (30, 59, 60)}
        assert any(f"Thử lại sau {minute}" in person.said() for minute in minutes)
        await person.press(VI["dossiers.look_up"])
        assert VI["dossiers.away"] in person.said()
        assert "Gọi 1022" in person.said()

    run(story)


def test_the_digits_are_kept_only_when_ticked_and_open_it_after_a_reload() -> None:
    async def story() -> None:
        storage = MemoryStorage()
        person = Person(Backend(dossier()), lambda: OneDossier(CODE), storage=storage)
        await person.screen.settle(0.3)
        assert VI["dossiers.locked"] in person.said()
        await person.look_up(None, "0001", remember=True)
        assert VI["dossiers.means_processing"] in person.said()
        again = Person(Backend(dossier()), lambda: OneDossier(CODE), storage=storage)
        await again.screen.settle(0.3)
        assert VI["dossiers.means_processing"] in again.said()
        assert (await recent.read(storage))[0].remembered
        # Digits that no longer fit are asked for again, and not tried a second time.
        other = Backend(dossier(), refusal(404, "not_found"))
        changed = Person(other, lambda: OneDossier(CODE), storage=storage)
        await changed.screen.settle(0.3)
        assert VI["dossiers.locked"] in changed.said()
        assert await recent.digits_of(storage, CODE) == ""
        await recent.forget(storage, CODE)
        assert await recent.read(storage) == ()

    run(story)


def test_the_device_keeps_ten_and_forgets_the_digits_of_the_eleventh() -> None:
    async def story() -> None:
        storage = MemoryStorage()
        codes = [f"H23-261116-{number:04}" for number in range(recent.MOST + 1)]
        for code in codes:
            await recent.note(storage, dossier(code=code), "0001", remember=True)
        kept = [each.code for each in await recent.read(storage)]
        assert kept == codes[:0:-1]
        assert await recent.digits_of(storage, codes[0]) == ""
        assert await recent.digits_of(storage, codes[1]) == "0001"
        await recent.forget_all(storage)
        assert storage.kept == {}
        storage.kept["dossiers.recent"] = '[{"code": 1}]'
        assert await recent.read(storage) == ()

    run(story)


def test_a_stranger_who_follows_signs_in_and_comes_back_to_it_done() -> None:
    async def story() -> None:
        backend = Backend(dossier())
        person = Person(backend, lambda: OneDossier(CODE), digits="0001")
        await person.screen.settle(0.3)
        await person.press(VI["dossiers.follow"])
        assert person.went == [f"/sign-in?next=%2Fdossiers%2F{CODE}"]
        assert FOLLOW not in backend.calls
        services = person.made[0]
        back = Person(backend, lambda: OneDossier(CODE), account=CITIZEN, digits="0001")
        await asyncio.sleep(0)
        back.made[0].visit.update(services.visit)
        await back.screen.settle(0.5)
        assert backend.calls.count(FOLLOW) == 1
        assert VI["dossiers.following"] in back.said()
        await back.press(VI["dossiers.unfollow"])
        assert VI["dossiers.follow_it"] in back.said()

    run(story)


def test_a_follower_opens_it_without_digits() -> None:
    async def story() -> None:
        backend = Backend(dossier())
        backend.follows = True
        person = Person(backend, lambda: OneDossier(CODE), account=CITIZEN)
        await person.screen.settle(0.3)
        assert backend.calls == [MINE]
        assert VI["dossiers.following"] in person.said()
        # What she followed with is not known here: to follow again it has to be asked for.
        await person.press(VI["dossiers.unfollow"])
        await person.press(VI["dossiers.follow"])
        assert VI["dossiers.locked"] in person.said()

    run(story)
