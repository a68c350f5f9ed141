"""Reports that wait on the device: kept, sent once under one key, never another's, never lost when refused."""

import asyncio
import json
from typing import Any
from uuid import UUID

import httpx2
import pytest

from client.core import outbox as outboxes
from client.core.api import ApiError
from client.core.outbox import Outbox, Waiting
from client.core.storage import MemoryStorage
from client.core.text import dates
from client.feedback.waiting import as_form, watch
from shared.errors import ErrorCode
from tests.client.test_feedback_report import CASE, CITIZEN, FILLED, Backend, Desk, at_the_form

ANOTHER = CITIZEN.model_copy(update={"id": UUID(int=9), "phone": "+84900000009"})
LOST = httpx2.ConnectError("no network")
PROBLEM: dict[str, Any] = {"type": "", "title": "", "status": 422, "code": "invalid", "detail": "", "errors": []}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every pause a short one."""
    monkeypatch.setattr(outboxes, "pauses", lambda: iter(lambda: 0.02, None))


def kept(storage: MemoryStorage) -> list[Waiting]:
    """Return what waits on this device, whoever wrote it."""
    found = [text for key, text in storage.kept.items() if key.startswith("outbox.")]
    return [Waiting.model_validate_json(text) for text in found]


async def queued(backend: Backend, **options: Any) -> Desk:
    """Fill in the form and send it while the backend is away."""
    backend.answers.insert(0, LOST)
    desk = Desk(backend, draft=FILLED, **options)
    await desk.screen.settle(0.2)
    await desk.press_send()
    return desk


async def attend(desk: Desk, seconds: float = 0.3) -> None:
    """Let the watcher of this person's page work for a while."""
    watching = asyncio.create_task(watch(desk.made[0]))
    await asyncio.sleep(seconds)
    watching.cancel()


def test_a_report_without_a_line_waits_and_goes_once_with_the_same_key_and_body() -> None:
    async def story() -> None:
        backend = Backend()
        desk = await queued(backend)
        assert [item.title for item in kept(desk.storage)] == [FILLED["description"]]
        assert desk.name not in desk.storage.kept
        backend.answers = [LOST, httpx2.Response(503), httpx2.Response(201, json=CASE)]
        await attend(desk)
        assert len(backend.keys) == 4
        assert len(set(backend.keys)) == 1
        assert all(body == backend.bodies[0] for body in backend.bodies)
        assert not kept(desk.storage)
        assert desk.made[0].outbox.arrived == {backend.keys[0]: f"/feedback/{CASE['code']}"}

    at_the_form(story)


def test_a_new_process_sends_what_the_old_one_kept() -> None:
    async def story() -> None:
        backend = Backend()
        old = await queued(backend)
        old.screen.close()
        backend.answers = [httpx2.Response(201, json=CASE)]
        new = Desk(backend, storage=old.storage)
        await new.screen.settle(0.2)
        await attend(new)
        assert len(backend.keys) == 2
        assert len(set(backend.keys)) == 1

    at_the_form(story)


def test_two_tabs_send_under_one_key() -> None:
    async def story() -> None:
        backend = Backend()
        first = await queued(backend)
        second = Desk(backend, storage=first.storage)
        await second.screen.settle(0.2)
        backend.answers = [httpx2.Response(409, json=PROBLEM | {"status": 409, "code": "in_flight"})]
        backend.answers += [httpx2.Response(201, json=CASE)] * 3
        await asyncio.gather(attend(first), attend(second))
        assert len(set(backend.keys)) == 1
        assert not kept(first.storage)

    at_the_form(story)


def test_another_account_on_this_device_neither_sees_nor_sends_it() -> None:
    async def story() -> None:
        backend = Backend()
        writer = await queued(backend)
        other = Desk(backend, storage=writer.storage, account=ANOTHER)
        await other.screen.settle(0.2)
        await attend(other)
        assert other.made[0].outbox.items == ()
        assert len(backend.keys) == 1
        assert len(kept(writer.storage)) == 1

    at_the_form(story)


def test_what_is_refused_stays_says_why_and_is_tried_no_more() -> None:
    async def story() -> None:
        backend = Backend()
        desk = await queued(backend)
        gone = {"field": "file_ids", "code": "unknown_file", "message": ""}
        backend.answers = [httpx2.Response(422, json=PROBLEM | {"errors": [gone]})]
        await attend(desk)
        (item,) = kept(desk.storage)
        assert len(backend.keys) == 2
        assert item.faults[0].code == ErrorCode.UNKNOWN_FILE
        form = as_form(item)
        assert form["description"] == FILLED["description"]
        # The photos are gone and a refusal is kept under its key: both begin anew.
        assert (form["file_ids"], form["key"]) == ([], "")

    at_the_form(story)


def test_what_may_have_arrived_goes_back_into_the_form_with_its_key() -> None:
    async def story() -> None:
        desk = await queued(backend := Backend())
        (item,) = kept(desk.storage)
        again = Desk(backend, draft=as_form(item))
        await again.screen.settle(0.2)
        backend.answers = [httpx2.Response(201, json=CASE)]
        await again.press_send()
        assert backend.keys[0] == backend.keys[1]
        assert backend.bodies[0] == backend.bodies[1]

    at_the_form(story)


def test_a_device_that_keeps_nothing_leaves_the_report_in_the_form() -> None:
    class Forgetful(MemoryStorage):
        async def set(self, key: str, value: str) -> None:
            if not key.startswith("outbox."):
                await super().set(key, value)

    async def story() -> None:
        storage = Forgetful()
        desk = await queued(Backend(), storage=storage)
        assert json.loads(storage.kept[desk.name])["description"] == FILLED["description"]

    at_the_form(story)


def test_what_was_discarded_in_another_tab_is_not_sent() -> None:
    async def story() -> None:
        storage, sent = MemoryStorage(), list[str]()
        box, other = Outbox(storage, lambda: "me"), Outbox(storage, lambda: "me")
        await box.put(Waiting(key="k", title="t", body={}, written_at=dates.now()))
        await other.load()
        await box.remove("k")

        async def send(item: Waiting) -> str:
            sent.append(item.key)
            raise ApiError(ErrorCode.INVALID)

        delivering = asyncio.create_task(other.deliver(send))
        await asyncio.sleep(0.1)
        delivering.cancel()
        assert not sent
        assert not kept(storage)

    at_the_form(story)
