"""What is being written on a case: one text per tab, kept through reloads, sent once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from client.core.action import Action, use_action
from client.core.api import ApiError, Tagged
from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.once import Once
from client.core.store import Form, use_form
from client.core.text import Text
from client.feedback import desk_api
from client.ui.photos import Photos, use_photos
from shared.case_moves import Ask, Note, Reply
from shared.case_states import MoveKind
from shared.feedback import MAX_FILES, DeskDetail

REPLY, NOTE, ASK = "reply", "note", "ask"

Took = Callable[[Tagged[DeskDetail], str], None]
Failed = Callable[[ApiError], None]


@dataclass(frozen=True)
class Writing:
    """The tabs, the one that is open, its words and photos, and how to send them."""

    form: Form
    photos: Photos
    tabs: Sequence[str]
    tab: str
    action: Action
    submit: Callable[[], None]
    pick: Callable[[str], None]


def use_writing(tagged: Tagged[DeskDetail], took: Took, failed: Failed) -> Writing:
    """Return what is being written; `took` gets the case as it stands after sending."""
    services = use_services()
    t, case = services.text, tagged.value
    defaults: dict[str, Any] = {"tab": REPLY, REPLY: "", NOTE: "", ASK: "", "files": []}
    form = use_form(f"desk/{case.code}", defaults)
    photos = use_photos(MAX_FILES, form.get("files"), lambda ids: form.typed("files", ids))
    # What was sent is done with: the same words again are another answer.
    once = use_kept(lambda: [Once()])
    tabs = [REPLY, NOTE, *([ASK] if MoveKind.ASK in case.moves else [])]
    tab = form.get("tab") if form.get("tab") in tabs else REPLY

    async def work() -> Tagged[DeskDetail]:
        text = str(form.get(tab))
        if tab == ASK:
            return await desk_api.move(services.api, case.code, Ask(move=MoveKind.ASK, text=text), tagged.etag)
        if tab == NOTE:
            note = Note(text=text)
            return await desk_api.note(services.api, case.code, note, once[0].key(note))
        reply = Reply(text=text, file_ids=photos.file_ids)
        return await desk_api.reply(services.api, case.code, reply, once[0].key(reply))

    def done(answer: Tagged[DeskDetail]) -> None:
        once[0] = Once()
        form.set(tab, "")
        if tab == REPLY:
            photos.clear()
        took(answer, t("desk.moved", move=t("desk.move_ask")) if tab == ASK else t(f"desk.sent_{tab}"))

    def missed(error: ApiError) -> None:
        form.fail(error)
        failed(error)

    action = use_action(work, done=done, failed=missed)

    def submit() -> None:
        if form.check({tab: _problem(t, str(form.get(tab)), waiting=tab == REPLY and photos.busy)}):
            action.start()

    return Writing(form, photos, tabs, tab, action, submit, lambda chosen: form.set("tab", chosen))


def _problem(t: Text, text: str, *, waiting: bool) -> str | None:
    if not text.strip():
        return t("desk.need_text")
    return t("desk.still_uploading") if waiting else None
