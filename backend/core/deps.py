"""What routes take from the app that serves them."""

from typing import Annotated, Any

from fastapi import Depends, Header, Request

from backend.core.errors import Malformed, PreconditionRequired
from backend.core.security import Keys
from backend.core.settings import Settings
from backend.core.storage import Storage


def of(name: str) -> Any:
    """Return a dependency: what the app keeps under this name."""

    async def take(request: Request) -> Any:
        return getattr(request.app.state, name)

    return Depends(take)


SettingsDep = Annotated[Settings, of("settings")]
KeysDep = Annotated[Keys, of("keys")]
StorageDep = Annotated[Storage, of("storage")]


async def _version(
    if_match: Annotated[str | None, Header(max_length=64, description='`"<version>"`')] = None,
) -> int | None:
    """Return the version that the caller saw; None for `*`."""
    if if_match is None:
        raise PreconditionRequired("say which version you saw, in If-Match")
    if if_match == "*":
        return None
    number = if_match.removeprefix("W/").strip('"')
    if not number.isdecimal() or len(number) > 9:
        raise Malformed("If-Match is not one of our ETags")
    return int(number)


VersionDep = Annotated[int | None, Depends(_version)]
