"""`/admin/words`: words that make a new report wait for a look."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import flet as ft

from client.administration import api
from client.administration.frame import admin_screen, column, explain
from client.core.action import use_action
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.once import use_once
from client.core.services import Services
from client.core.store import use_form
from client.core.theme import Colour, Space, Tone
from client.ui.asking import remove_button
from client.ui.forms import primary_button, text_field
from client.ui.lists import card, section
from client.ui.states import empty, error_line, show
from client.ui.text import body
from shared.access import Permission
from shared.administration import HeldWord, HeldWordDraft
from shared.vietnamese import without_marks

_LEAST, _MOST = 2, 60


@ft.component
def WordsScreen() -> ft.Control:
    """Show the list and let it be changed."""
    return admin_screen("words", Permission.ADMINISTER, HeldWords)


@ft.component
def HeldWords() -> ft.Control:
    """Say what the words do, take a new one, show those that hold."""
    services = use_services()
    t = services.text
    words = use_loaded(lambda: api.held_words(services.api), [])

    def added() -> None:
        services.tell(t("action.saved"), Tone.SUCCESS)
        words.reload()

    return column(
        [
            explain(t("admin.words_why")),
            ft.Container(NewWord(words.value or [], added), key="new"),
            show(words, lambda found: _words(services, found, words.reload)),
        ]
    )


@ft.component
def NewWord(known: Sequence[HeldWord], added: Callable[[], None]) -> ft.Control:
    """Take words for the list."""
    services = use_services()
    t = services.text
    form = use_form(None, {"words": ""})
    once = use_once()

    async def work() -> HeldWord:
        draft = HeldWordDraft(words=_typed(form.get("words")))
        return await api.add_word(services.api, draft, once.key(draft))

    def done(_: HeldWord) -> None:
        form.clear()
        once.done()
        added()

    save = use_action(work, done=done, failed=form.fail)

    def submit(_: Any = None) -> None:
        typed = _typed(form.get("words"))
        wrong = None
        if len(typed) < _LEAST:
            wrong = t("admin.need_word")
        elif without_marks(typed) in {without_marks(each.words) for each in known}:
            wrong = t("admin.word_known")
        if form.check({"words": wrong}):
            save.start()

    field = text_field(form, "words", t("admin.word"), icon=ft.Icons.FLAG_OUTLINED, max_length=_MOST, on_submit=submit)
    field.counter = ""
    button = primary_button(t("admin.word_add"), submit, icon=ft.Icons.ADD, running=save.running)
    row: ft.Control = column([field, button], spacing=Space.M)
    if services.wide:
        row = ft.Row(
            [ft.Container(field, expand=True), button],
            spacing=Space.M,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
    return card(column([row, error_line(t, save.error)], spacing=Space.S))


def _typed(value: object) -> str:
    return " ".join(str(value).split())


def _words(services: Services, words: Sequence[HeldWord], changed: Callable[[], None]) -> ft.Control:
    t = services.text
    if not words:
        return empty(ft.Icons.FLAG_OUTLINED, t("admin.words_none"), t("admin.words_none_why"))
    rows: list[ft.Control] = []
    for word in sorted(words, key=lambda each: without_marks(each.words)):
        if rows:
            rows.append(ft.Divider(height=1, color=Colour.CARD_BORDER))
        remove = remove_button(
            t("admin.word_remove", words=word.words),
            t("admin.word_remove_sure"),
            t("admin.word_remove_why", words=word.words),
            partial(api.remove_word, services.api, word.id),
            changed,
        )
        row = ft.Row([ft.Container(body(word.words), expand=True), remove], spacing=Space.S)
        rows.append(ft.Container(row, padding=ft.Padding.only(left=Space.L, right=Space.S), key=f"word-{word.id}"))
    return section(t("admin.words_count", n=len(words)), [card(column(rows, spacing=0), padding=0)])
