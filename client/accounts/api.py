"""What the accounts feature asks of the backend; signing in and out is the session's."""

from client.core.api import Api
from shared.accounts import Account, AccountChange, AccountDraft, Activity, SubmissionLock
from shared.administration import LockAppeal
from shared.pages import Page


async def register(api: Api, draft: AccountDraft, key: str) -> Account:
    """Create an account. Raises ApiError (`phone_taken`, `invalid` …)."""
    return await api.post("/accounts", Account, draft, key=key)


async def rename(api: Api, full_name: str) -> Account:
    """Change one's own name."""
    return await api.patch("/me", Account, AccountChange(full_name=full_name))


async def me(api: Api) -> Account:
    """Return one's own account as it is now."""
    return await api.get("/me", Account)


async def activity(api: Api, cursor: str | None) -> Page[Activity]:
    """Return who looked at or helped with one's own data, the newest first."""
    return await api.get("/me/activity", Page[Activity], params={"cursor": cursor})


async def appeal_lock(api: Api, wish: LockAppeal, key: str) -> SubmissionLock:
    """Say once why one's lock is wrong."""
    return await api.post("/me/lock/appeal", SubmissionLock, wish, key=key)
