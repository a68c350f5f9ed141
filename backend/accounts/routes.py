"""The URLs of accounts."""

from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.security import OAuth2PasswordRequestForm

from backend.accounts import service
from backend.core import security
from backend.core.access import Actor, Anyone, allow, problems, router
from backend.core.database import ReadingDep, SessionDep, database_of
from backend.core.errors import Unauthenticated
from backend.core.idempotency import OnceDep
from backend.core.limits import limited
from shared.access import Permission
from shared.accounts import Account, AccountChange, AccountDraft, RefreshRequest, Tokens
from shared.base import normalise_phone
from shared.errors import ErrorCode

routes = router("", "accounts")

Me = Annotated[Actor, allow(Permission.OWN_ACCOUNT)]


@routes.post(
    "/accounts",
    status_code=201,
    response_model=Account,
    responses=problems(409),
    dependencies=[limited("register")],
)
def register(draft: AccountDraft, _: Anyone, once: OnceDep, session: SessionDep) -> Response:
    """Make an account: a phone, a name, a password, and what the data may be used for."""
    hashed = security.hash_password(draft.password.get_secret_value())
    return once.run(session, lambda: service.show(session, service.register(session, draft, hashed)))


@routes.post("/auth/token", dependencies=[limited("sign_in")])
def sign_in(
    request: Request, form: Annotated[OAuth2PasswordRequestForm, Depends()], _: Anyone, session: SessionDep
) -> Tokens:
    """Sign in with phone and password (OAuth2 password form; `username` is the phone)."""
    try:
        phone = normalise_phone(form.username)
    except ValueError:
        raise Unauthenticated("wrong phone or password", code=ErrorCode.WRONG_CREDENTIALS) from None
    with database_of(request).reading() as reading:
        who = service.credentials(reading, phone)
    fits = security.verify_password(form.password[:128], who.password_hash)
    state = request.app.state
    return service.sign_in(session, who, fits=fits, settings=state.settings, keys=state.keys)


@routes.post("/auth/refresh", dependencies=[limited("refresh")])
def refresh(request: Request, wish: RefreshRequest, _: Anyone, session: SessionDep) -> Tokens:
    """Exchange a refresh token, once, for the next pair."""
    state = request.app.state
    return service.refresh(session, wish.refresh_token, settings=state.settings, keys=state.keys)


@routes.post("/auth/logout", status_code=204, dependencies=[limited("refresh")])
def sign_out(wish: RefreshRequest, _: Anyone, session: SessionDep) -> None:
    """End a sign-in, with every token that grew from it."""
    service.sign_out(session, wish.refresh_token)


@routes.get("/me")
def me(actor: Me, session: ReadingDep) -> Account:
    """Return one's own account."""
    return service.own(session, actor)


@routes.patch("/me")
def change_me(wish: AccountChange, actor: Me, session: SessionDep) -> Account:
    """Change one's own account."""
    return service.change(session, actor, wish)
