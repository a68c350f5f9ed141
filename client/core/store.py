"""Forms that keep what was typed: in memory while the screen lives, and in the person's own storage beyond that."""

import asyncio
import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import flet as ft

from client.core.api import ApiError
from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.services import Services
from client.core.storage import Storage
from client.core.text import Text

_SAVE_DELAY_S = 0.6
_FOCUS_TRIES, _FOCUS_PAUSE_S = 10, 0.1

Values = dict[str, Any]


@dataclass
class _Kept:
    """What outlives one drawing of the screen."""

    values: Values
    errors: dict[str, str] = field(default_factory=dict)
    revealed: set[str] = field(default_factory=set)
    saving: asyncio.Task[None] | None = None
    restored: bool = False
    fields: "dict[str, ft.Ref[ft.TextField]]" = field(default_factory=dict)
    focusing: asyncio.Task[None] | None = None


@dataclass(frozen=True)
class Form:
    """The values of a form by name, and the errors at its fields. Values are what JSON can hold."""

    _kept: _Kept
    _draw: Callable[[], None]
    _save: Callable[[], None]
    _forget: Callable[[], None]
    text: Text
    """The words of whoever fills it in."""
    ready: bool
    """Whether the draft has been read; until then show a skeleton if the form is long."""

    @property
    def values(self) -> Values:
        """A copy of all values."""
        return dict(self._kept.values)

    def get(self, name: str) -> Any:
        """Return the value of a field."""
        return self._kept.values[name]

    def set(self, name: str, value: Any) -> None:
        """Change a field and draw the screen again."""
        self.typed(name, value)
        self._draw()

    def typed(self, name: str, value: Any) -> None:
        """Change a field without drawing again: drawing between two keystrokes could swallow one."""
        self._kept.values[name] = value
        had_error = self._kept.errors.pop(name, None) is not None
        self._save()
        if had_error:
            self._draw()

    def error(self, name: str) -> str | None:
        """Return what is wrong with a field, in words."""
        return self._kept.errors.get(name)

    @property
    def faults(self) -> int:
        """How many fields are wrong, as far as is known."""
        return len(self._kept.errors)

    def ref(self, name: str) -> "ft.Ref[ft.TextField]":
        """Return the handle of a text field, by which the form leads to it when it is wrong."""
        return self._kept.fields.setdefault(name, ft.Ref())

    def revealed(self, name: str) -> bool:
        """Whether a password is shown in plain letters."""
        return name in self._kept.revealed

    def reveal(self, name: str) -> None:
        """Show a password in plain letters, or hide it again."""
        self._kept.revealed ^= {name}
        self._draw()

    def check(self, problems: Mapping[str, str | None]) -> bool:
        """Show what is wrong at each field and lead to the first; True when nothing is. None says that one is right."""
        self._kept.errors = {name: words for name, words in problems.items() if words}
        self._draw()
        self._lead()
        return not self._kept.errors

    def fail(self, error: ApiError) -> None:
        """Put the backend's field errors at the fields they name."""
        for problem in error.fields:
            name = problem.field.removeprefix("body.").split(".")[0]
            if name in self._kept.values:
                self._kept.errors[name] = self.text.field_error(problem.code)
        self._draw()
        self._lead()

    def clear(self) -> None:
        """Forget the draft, here and in storage: it has been sent."""
        self._forget()

    def _lead(self) -> None:
        """Put the cursor into the first text field that is wrong: a long form is then scrolled to it."""
        wrong = [ref for name, ref in self._kept.fields.items() if name in self._kept.errors]
        first = next((ref for ref in wrong if ref.current is not None), None)
        if first is not None:
            self._kept.focusing = asyncio.create_task(_focus(first))


async def _focus(ref: "ft.Ref[ft.TextField]") -> None:
    """Put the cursor into a field, once it stands on the page as it was drawn last; never when it has gone."""
    for _ in range(_FOCUS_TRIES):
        await asyncio.sleep(_FOCUS_PAUSE_S)
        with suppress(RuntimeError, TimeoutError):
            if ref.current is not None:
                await ref.current.focus()  # type: ignore[no-untyped-call]
                return


def use_form(name: str | None, defaults: Mapping[str, Any], *, secret: Collection[str] = ()) -> Form:
    """Return the form `name`, with what was typed into it before. Fields in `secret` never reach the storage.

    A form without a name lives in memory alone.
    """
    services = use_services()
    kept = use_kept(lambda: _Kept(dict(defaults)))
    _, redraw = ft.use_state(0)

    def draw() -> None:
        redraw(lambda n: n + 1)

    async def restore() -> None:
        if name is None or kept.restored:
            return
        found = await read_draft(services.storage, name)
        # What has been typed while the storage was read wins.
        kept.values.update({key: value for key, value in found.items() if kept.values.get(key) == defaults.get(key)})
        kept.restored = True
        draw()

    def save() -> None:
        if name is None:
            return
        if kept.saving is not None:
            kept.saving.cancel()
        kept.saving = asyncio.create_task(_write_later(services, name, kept, secret))

    def forget() -> None:
        kept.values = dict(defaults)
        kept.errors = {}
        if kept.saving is not None:
            kept.saving.cancel()
        if name is not None:
            kept.saving = asyncio.create_task(services.storage.remove(_key(name)))
        draw()

    ft.use_effect(restore, [])
    ready = name is None or kept.restored
    return Form(kept, draw, save, forget, services.text, ready)


def _key(name: str) -> str:
    return f"draft.{name}"


async def read_draft(storage: Storage, name: str) -> Values:
    """Return what was typed into a form before; nothing when what is kept cannot be read."""
    try:
        found = json.loads(await storage.get(_key(name)) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


async def write_draft(storage: Storage, name: str, values: Values) -> None:
    """Put values into a form that is not on the screen, in place of what it held."""
    await storage.set(_key(name), json.dumps(values, ensure_ascii=False))


async def _write_later(services: Services, name: str, kept: _Kept, secret: Collection[str]) -> None:
    await asyncio.sleep(_SAVE_DELAY_S)
    open_values = {key: value for key, value in kept.values.items() if key not in secret}
    await write_draft(services.storage, name, open_values)
