"""Rate limits: how often one sender may call, counted in memory or in Redis by the library `limits`."""

import hmac
import time
from typing import Any

from fastapi import Depends, Request
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from backend.core.errors import RateLimited
from backend.core.settings import Settings

WEB_SECRET = "x-client-secret"  # noqa: S105 - the name of a header
WEB_IP = "x-client-ip"


_NAMES = (
    "sign_in",
    "register",
    "refresh",
    "submit",
    "submit_address",
    "support",
    "upload",
    "lookup",
    "lookup_address",
    "read_code",
)


class Limiter:
    """Counts hits by limit and sender."""

    def __init__(self, settings: Settings) -> None:
        self._on = settings.rate_limits
        self._strategy = MovingWindowRateLimiter(storage_from_string(settings.limits_url))
        self._items: dict[str, RateLimitItem] = {name: parse(getattr(settings, f"limit_{name}")) for name in _NAMES}

    def hit(self, name: str, sender: str) -> None:
        """Count one call; raises RateLimited with the seconds to wait."""
        if not self._on:
            return
        item = self._items[name]
        if not self._strategy.hit(item, name, sender):
            reset, _ = self._strategy.get_window_stats(item, name, sender)
            raise RateLimited(int(reset - time.time()) + 1)


def client_address(request: Request) -> str:
    """Return the address of who asks.

    Every citizen on the web calls through our own web process, from loopback; it says for whom, under a secret of the
    installation. Nobody else is believed.
    """
    claimed = request.headers.get(WEB_IP)
    secret = request.headers.get(WEB_SECRET, "")
    if claimed and hmac.compare_digest(secret.encode(), request.app.state.keys.web.encode()):
        return claimed
    return request.client.host if request.client else "unknown"


class _Limit:
    """Asked before the body is read, after the gate that says who asks."""

    def __init__(self, name: str, address: str | None) -> None:
        self.name, self.address = name, address

    async def before(self, request: Request) -> None:
        """Count this call."""
        actor = getattr(request.state, "actor", None)
        limiter: Limiter = request.app.state.limiter
        limiter.hit(self.name, f"account:{actor.id}" if actor else f"address:{client_address(request)}")
        if self.address is not None:
            limiter.hit(self.address, f"address:{client_address(request)}")

    async def __call__(self) -> None:
        """Nothing is left to do."""


def limited(name: str, *, address: str | None = None) -> Any:
    """Return a dependency that counts calls of one sender against the limit `limit_<name>` of the settings.

    `address` names a second limit, for all accounts behind one address: a wide one, since a whole hall of people may
    stand behind it.
    """
    return Depends(_Limit(name, address))
