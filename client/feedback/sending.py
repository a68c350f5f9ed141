"""Sending what a form holds once: its Idempotency-Key is kept with the draft until the backend has it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from client.core.action import Action, use_action
from client.core.api import ApiError, new_key
from client.core.context import use_services
from client.core.store import Form
from client.core.theme import Tone
from shared.errors import ErrorCode
from shared.feedback import FeedbackDetail

KEY = "key"
"""The field of a form that holds its key; give it the default ""."""

_MOVED_ON = {ErrorCode.ILLEGAL_MOVE, ErrorCode.ALREADY_RATED, ErrorCode.CONFLICT, ErrorCode.STALE}


@dataclass(frozen=True)
class Board:
    """What a panel tells the screen around it: the case has changed, or should be read again."""

    changed: Callable[[FeedbackDetail], None]
    reload: Callable[[], None]


def key_of(form: Form) -> str:
    """Return the key of this draft, made at the first attempt and the same at every later one."""
    if not form.get(KEY):
        form.typed(KEY, new_key())
    return str(form.get(KEY))


def use_sending(form: Form, call: Callable[[str], Awaitable[FeedbackDetail]], board: Board, thanks: str) -> Action:
    """Return the action that sends a panel's form with its key. A hook."""
    services = use_services()
    t = services.text

    def done(case: FeedbackDetail) -> None:
        form.clear()
        services.tell(thanks, Tone.SUCCESS)
        board.changed(case)

    def failed(error: ApiError) -> None:
        if error.code == ErrorCode.KEY_REUSED:
            form.typed(KEY, "")
        if error.code in _MOVED_ON:
            # The panel will not outlive the reading, so the reason is said in passing.
            services.tell(t.error(error), Tone.WARNING)
            board.reload()
        form.fail(error)

    async def work() -> FeedbackDetail:
        return await call(key_of(form))

    return use_action(work, done=done, failed=failed)
