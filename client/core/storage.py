"""What the person's own browser or device remembers: tokens, language, drafts. The server's process forgets it all."""

import logging
from typing import Protocol

import flet as ft
from flet_secure_storage import SecureStorage

logger = logging.getLogger(__name__)

PREFIX = "smarthd."
_TIMEOUT_S = 8.0


class Storage(Protocol):
    """Texts by key, kept on the person's side."""

    async def get(self, key: str) -> str | None:
        """Return what is kept under the key, or None."""

    async def set(self, key: str, value: str) -> None:
        """Keep a text."""

    async def remove(self, key: str) -> None:
        """Forget a key."""

    async def keys(self, prefix: str) -> list[str]:
        """Return the keys that begin so, in order; none that begin with `secret.`."""


class MemoryStorage:
    """A storage that forgets when the process ends; for tests and where the device offers none."""

    def __init__(self) -> None:
        """Start empty."""
        self.kept: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        """Return what is kept under the key, or None."""
        return self.kept.get(key)

    async def set(self, key: str, value: str) -> None:
        """Keep a text."""
        self.kept[key] = value

    async def remove(self, key: str) -> None:
        """Forget a key."""
        self.kept.pop(key, None)

    async def keys(self, prefix: str) -> list[str]:
        """Return the keys that begin so, in order."""
        return sorted(key for key in self.kept if key.startswith(prefix))


class DeviceStorage:
    """The browser's local storage, or the device's preferences. Trouble is logged, never raised: it is only memory.

    Keys that start with `secret.` go to the keychain of a phone; a browser has none that outlives the tab's own reach.
    """

    def __init__(self, page: ft.Page) -> None:
        """Register the services with this person's page, which must be the current one."""
        self._plain = ft.SharedPreferences()
        self._secret = None if page.web or not _is_phone(page) else SecureStorage()

    async def get(self, key: str) -> str | None:
        """Return what is kept under the key, or None."""
        try:
            if self._secret is not None and key.startswith("secret."):
                value = await self._secret.get(PREFIX + key)
            else:
                value = await self._plain._invoke_method("get", {"key": PREFIX + key}, timeout=_TIMEOUT_S)
        except (RuntimeError, TimeoutError) as error:
            logger.warning("storage could not be read: %s", error)
            return None
        return value if isinstance(value, str) else None

    async def set(self, key: str, value: str) -> None:
        """Keep a text."""
        try:
            if self._secret is not None and key.startswith("secret."):
                await self._secret.set(PREFIX + key, value)
            else:
                arguments = {"key": PREFIX + key, "value": value}
                await self._plain._invoke_method("set", arguments, timeout=_TIMEOUT_S)
        except (RuntimeError, TimeoutError) as error:
            logger.warning("storage could not be written: %s", error)

    async def remove(self, key: str) -> None:
        """Forget a key."""
        try:
            if self._secret is not None and key.startswith("secret."):
                await self._secret.remove(PREFIX + key)
            else:
                await self._plain._invoke_method("remove", {"key": PREFIX + key}, timeout=_TIMEOUT_S)
        except (RuntimeError, TimeoutError) as error:
            logger.warning("storage could not be cleared: %s", error)

    async def keys(self, prefix: str) -> list[str]:
        """Return the keys that begin so, in order; none that begin with `secret.`."""
        try:
            found = await self._plain._invoke_method("get_keys", {"key_prefix": PREFIX + prefix}, timeout=_TIMEOUT_S)
        except (RuntimeError, TimeoutError) as error:
            logger.warning("storage could not be listed: %s", error)
            return []
        return sorted(str(key).removeprefix(PREFIX) for key in found or [])


def _is_phone(page: ft.Page) -> bool:
    return page.platform in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)
