"""A report that waits on the device: kept when the backend is away, sent by itself, shown, changed or discarded."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from client.core.api import ApiError
from client.core.outbox import Waiting
from client.core.services import Services
from client.core.text import dates
from client.core.theme import Tone
from client.core.wire import json_of
from client.feedback import api
from client.feedback.sending import KEY
from shared.errors import ErrorCode
from shared.feedback import FeedbackDraft

FORM, PRACTICE_FORM = "feedback/new", "feedback/practice"
"""The forms that a report is written in, by the names of their drafts."""

_TITLE = 120
_WRITTEN = ("category", "description", "address", "lat", "file_ids", "system")


def path_of(item: Waiting) -> str:
    """Return where a waiting report is shown."""
    return f"/feedback/waiting/{item.key}"


def waiting(draft: FeedbackDraft, key: str) -> Waiting:
    """Return a report as it is kept: the very body that was tried, since one key stands for one body."""
    words = " ".join(draft.description.split())
    title = words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…"
    return Waiting(key=key, title=title, body=json.loads(json_of(draft)), written_at=dates.now())


async def watch(services: Services) -> None:
    """Send what waits, until cancelled, and say what has arrived."""

    async def send(item: Waiting) -> str:
        try:
            draft = FeedbackDraft.model_validate(item.body)
        except ValidationError as error:
            # Kept by an older version of the app: the person can still open and mend it.
            raise ApiError(ErrorCode.INVALID, detail=str(error)) from error
        case = await api.submit(services.api, draft, item.key)
        services.tell(services.text("feedback.waiting_arrived"), Tone.SUCCESS)
        return f"/feedback/{case.code}"

    await services.outbox.deliver(send)


def as_form(item: Waiting) -> dict[str, Any]:
    """Return a waiting report as the values of its form; photos that the server let go are left out."""
    values = {name: value for name, value in item.body.items() if name != "practice"}
    if files_are_gone(item):
        values["file_ids"] = []
    # Refused for good, nothing stands under its key; otherwise it may have arrived, which the same key finds out.
    return values | {KEY: "" if item.trouble else item.key}


def form_of(item: Waiting) -> str:
    """Return the name of the form that a report was written in."""
    return PRACTICE_FORM if item.body.get("practice") else FORM


def files_are_gone(item: Waiting) -> bool:
    """Whether the backend refused a report because its photos are no longer there."""
    return any(fault.code == ErrorCode.UNKNOWN_FILE for fault in item.faults)


def written(values: Mapping[str, Any]) -> bool:
    """Whether a form's values hold anything that a person would miss."""
    return any(values.get(name) not in (None, "", []) for name in _WRITTEN)


def file_ids(item: Waiting) -> list[UUID]:
    """Return the uploaded photos of a waiting report."""
    return [UUID(each) for each in item.body.get("file_ids", [])]
