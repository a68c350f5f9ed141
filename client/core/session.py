"""Who is signed in on this device: her tokens, her account, signing in and out."""

import logging
from collections.abc import Callable

from pydantic import ValidationError

from client.core.api import OFFLINE, Api, ApiError
from client.core.storage import Storage
from shared.access import Permission
from shared.accounts import Account, RefreshRequest, Tokens
from shared.errors import ErrorCode

logger = logging.getLogger(__name__)

_TOKENS = "secret.tokens"
_ACCOUNT = "secret.account"


class Session:
    """One person's sign-in. `account` is None when nobody is signed in; `changed` is called after every change."""

    def __init__(self, api: Api, storage: Storage, changed: Callable[[], None]) -> None:
        """Take over the keeping of the API's tokens."""
        self._api = api
        self._storage = storage
        self._changed = changed
        self.account: Account | None = None
        api.keep = self._keep
        api.recall = self._recall

    @property
    def key(self) -> str:
        """What changes when somebody else is there: use it in the `deps` of a loader."""
        return str(self.account.id) if self.account else ""

    def may(self, permission: Permission) -> bool:
        """Whether the signed-in person holds a permission."""
        return self.account is not None and permission in self.account.permissions

    async def restore(self) -> None:
        """Pick up the sign-in that this device remembers; without a network the account is the remembered one."""
        self._api.tokens = await self._recall()
        if self._api.tokens is None:
            return
        try:
            await self.reload()
        except ApiError as error:
            if error.code in (OFFLINE, ErrorCode.UNAVAILABLE):
                remembered = await self._remembered()
                if remembered is not None:
                    self.set_account(remembered)
            else:
                logger.info("the remembered sign-in no longer holds: %s", error.code)

    async def reload(self) -> None:
        """Ask the backend again who this is."""
        self.set_account(await self._api.get("/me", Account))
        if self.account is not None:
            await self._storage.set(_ACCOUNT, self.account.model_dump_json())

    def set_account(self, account: Account) -> None:
        """Show an account that the backend has just answered with."""
        self.account = account
        self._changed()

    async def sign_in(self, phone: str, password: str) -> None:
        """Exchange phone and password for tokens. Raises ApiError (`wrong_credentials`, `account_locked` …)."""
        self._api.tokens = None
        form = {"grant_type": "password", "username": phone, "password": password}
        tokens = (await self._api.call("POST", "/auth/token", Tokens, form=form)).value
        self._api.tokens = tokens
        await self._keep(tokens)
        await self.reload()

    async def sign_out(self) -> None:
        """End the sign-in here and, where it can be reached, at the backend."""
        tokens = self._api.tokens
        if tokens is not None:
            try:
                await self._api.send("POST", "/auth/logout", RefreshRequest(refresh_token=tokens.refresh_token))
            except ApiError as error:
                logger.info("the backend was not told of a sign-out: %s", error.code)
        self._api.tokens = None
        await self._keep(None)

    async def _keep(self, tokens: Tokens | None) -> None:
        if tokens is not None:
            await self._storage.set(_TOKENS, tokens.model_dump_json())
            return
        another = await self._is_another_here()
        self.account = None
        if not another:
            await self._storage.remove(_TOKENS)
            await self._storage.remove(_ACCOUNT)
        self._changed()

    async def _is_another_here(self) -> bool:
        """Whether somebody else has signed in meanwhile, in another tab of the same browser."""
        remembered = await self._remembered()
        return self.account is not None and remembered is not None and remembered.id != self.account.id

    async def _recall(self) -> Tokens | None:
        if await self._is_another_here():
            return None
        kept = await self._storage.get(_TOKENS)
        try:
            return Tokens.model_validate_json(kept) if kept else None
        except ValidationError:
            return None

    async def _remembered(self) -> Account | None:
        kept = await self._storage.get(_ACCOUNT)
        try:
            return Account.model_validate_json(kept) if kept else None
        except ValidationError:
            return None
