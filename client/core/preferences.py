"""How this person likes the screen, and which ward or commune is hers. Kept on her own device."""

from enum import StrEnum

from pydantic import ValidationError

from client.core.storage import Storage
from client.core.text import Language
from shared.base import Contract

_KEY = "preferences"


class Brightness(StrEnum):
    """Light, dark, or as the device has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Kept(Contract):
    language: Language = Language.VI
    brightness: Brightness = Brightness.SYSTEM
    easy: bool = False
    place_code: str = ""
    place_name: str = ""


class Preferences:
    """The choices, with the defaults until `load` has run."""

    def __init__(self, storage: Storage) -> None:
        """Start with the defaults."""
        self._storage = storage
        self._kept = _Kept()

    @property
    def language(self) -> Language:
        """The language of the screen."""
        return self._kept.language

    @property
    def brightness(self) -> Brightness:
        """Light, dark or as the device has it."""
        return self._kept.brightness

    @property
    def easy(self) -> bool:
        """Whether text is 1.4 times as large."""
        return self._kept.easy

    @property
    def place_code(self) -> str:
        """The code of her own place of today; empty while none is chosen."""
        return self._kept.place_code

    @property
    def place_name(self) -> str:
        """What that place is called."""
        return self._kept.place_name

    async def load(self) -> None:
        """Read what the device remembers."""
        kept = await self._storage.get(_KEY)
        try:
            self._kept = _Kept.model_validate_json(kept) if kept else _Kept()
        except ValidationError:
            self._kept = _Kept()

    async def change(
        self,
        *,
        language: Language | None = None,
        brightness: Brightness | None = None,
        easy: bool | None = None,
        place: tuple[str, str] | None = None,
    ) -> None:
        """Change what is given, and remember it. `place` is its code and its name, both empty for none."""
        wanted: dict[str, object] = {"language": language, "brightness": brightness, "easy": easy}
        if place is not None:
            wanted |= {"place_code": place[0], "place_name": place[1]}
        self._kept = self._kept.model_copy(update={name: value for name, value in wanted.items() if value is not None})
        await self._storage.set(_KEY, self._kept.model_dump_json())
