"""What the accounts feature asks of the backend; signing in and out is the session's."""

from client.core.api import Api
from shared.accounts import Account, AccountChange, AccountDraft


async def register(api: Api, draft: AccountDraft, key: str) -> Account:
    """Create an account. Raises ApiError (`phone_taken`, `invalid` …)."""
    return await api.post("/accounts", Account, draft, key=key)


async def rename(api: Api, full_name: str) -> Account:
    """Change one's own name."""
    return await api.patch("/me", Account, AccountChange(full_name=full_name))
