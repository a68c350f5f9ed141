"""What the screens of dossiers ask the backend for."""

from client.core.api import PREFIX, Api, path_part
from shared.dossiers import Dossier, DossierFollow, DossierLookup, FollowedDossier, ReadCodes
from shared.pages import Page


async def look_up(api: Api, code: str, digits: str) -> Dossier:
    """Return a dossier, to whoever knows its code and the last four digits of the phone that stands on it."""
    return await api.post("/dossiers/lookup", Dossier, DossierLookup(code=code, phone_last4=digits))


async def mine(api: Api, code: str) -> Dossier:
    """Return a dossier that the signed-in person follows."""
    return await api.get(f"/me/dossiers/{path_part(code)}", Dossier)


async def followed(api: Api, cursor: str | None) -> Page[FollowedDossier]:
    """Return the dossiers that the signed-in person follows."""
    return await api.get("/me/dossiers", Page[FollowedDossier], params={"cursor": cursor})


async def follow(api: Api, code: str, digits: str) -> Dossier:
    """Be told of each change of a dossier from now on; asked twice, it is done once."""
    return await api.post(f"/dossiers/{path_part(code)}/follow", Dossier, DossierFollow(phone_last4=digits))


async def unfollow(api: Api, code: str) -> None:
    """Be told of it no more."""
    await api.send("DELETE", f"/dossiers/{path_part(code)}/follow")


async def read_codes(api: Api, picture: bytes) -> list[str]:
    """Return the codes of dossiers that a picture of a receipt shows, best first."""
    return (await api.post_bytes("/dossiers/read-code", ReadCodes, picture)).codes


def picture_address(key: str) -> str:
    """Return where a browser sends a picture to be read under a key."""
    return f"{PREFIX}/dossiers/read-code/{key}"


async def codes_read(api: Api, key: str) -> list[str]:
    """Return the codes that the picture sent under this key shows."""
    return (await api.get(f"/dossiers/read-code/{path_part(key)}", ReadCodes)).codes
