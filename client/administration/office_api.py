"""What the editors' screens of offices and numbers to call ask of the backend. Every call raises ApiError alone."""

from collections.abc import Sequence

from client.core.api import Api, Tagged, path_part
from shared.offices import DeskHotline, HotlineChange, HotlineDraft, HotlineOrder, Office, OfficeChange, OfficeDraft
from shared.pages import Page

_OFFICES, _HOTLINES = "/desk/offices", "/desk/hotlines"


async def offices(api: Api, question: str, cursor: str | None) -> Page[Office]:
    """Return offices by name."""
    return await api.get(_OFFICES, Page[Office], params={"q": question or None, "cursor": cursor})


async def office(api: Api, code: str) -> Tagged[Office]:
    """Return an office with its version."""
    return await api.get_tagged(f"{_OFFICES}/{path_part(code)}", Office)


async def add_office(api: Api, draft: OfficeDraft, key: str) -> Office:
    """Make an office."""
    return await api.post(_OFFICES, Office, draft, key=key)


async def change_office(api: Api, code: str, change: OfficeChange, version: str | None) -> Office:
    """Change an office that was read in this version."""
    return await api.patch(f"{_OFFICES}/{path_part(code)}", Office, change, if_match=version)


async def remove_office(api: Api, code: str) -> None:
    """Take an office away as it is now: whoever removes it has been asked, and wants none of its versions."""
    await api.send("DELETE", f"{_OFFICES}/{path_part(code)}", if_match="*")


async def hotlines(api: Api) -> list[DeskHotline]:
    """Return the numbers to call, in their order."""
    return await api.get(_HOTLINES, list[DeskHotline])


async def add_hotline(api: Api, draft: HotlineDraft, key: str) -> DeskHotline:
    """Put a number at the end of the list."""
    return await api.post(_HOTLINES, DeskHotline, draft, key=key)


async def change_hotline(api: Api, line: DeskHotline, change: HotlineChange) -> DeskHotline:
    """Change a number."""
    path = f"{_HOTLINES}/{path_part(line.number)}"
    return await api.patch(path, DeskHotline, change, if_match=f'"{line.version}"')


async def remove_hotline(api: Api, line: DeskHotline) -> None:
    """Take a number off the list."""
    await api.send("DELETE", f"{_HOTLINES}/{path_part(line.number)}", if_match=f'"{line.version}"')


async def order_hotlines(api: Api, numbers: Sequence[str]) -> list[DeskHotline]:
    """Show the numbers in this order."""
    return await api.put(f"{_HOTLINES}/order", list[DeskHotline], HotlineOrder(numbers=list(numbers)))
