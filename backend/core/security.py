"""Secrets: passwords, access tokens, signed addresses. Nothing here touches the database."""

import base64
import hashlib
import hmac
import secrets
import threading
import time
import unicodedata
from datetime import timedelta
from uuid import UUID

from jose import ExpiredSignatureError, JWTError, jwt
from passlib.hash import argon2

from backend.core import clock
from backend.core.access import Actor
from backend.core.errors import Unauthenticated
from shared.access import Role
from shared.errors import ErrorCode

ALGORITHM = "HS256"
ISSUER = "smarthd"
MAX_VERIFIED = 10_000

# OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane.
_HASHER = argon2.using(type="ID", memory_cost=19_456, time_cost=2, parallelism=1)  # type: ignore[no-untyped-call]
# Hashing is CPU and memory by design; more at a time than cores only makes everybody wait.
_TURNS = threading.Semaphore(2)
# Verified against when no account has the phone, so that the time taken does not tell.
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password: some 30 ms of CPU, so outside the event loop and transactions."""
    with _TURNS:
        return str(_HASHER.hash(_typed(password)))


def verify_password(password: str, hashed: str | None) -> bool:
    """Whether the password fits; takes as long when there is no hash."""
    with _TURNS:
        fits = bool(_HASHER.verify(_typed(password), hashed or _NOBODY))
    return fits and hashed is not None


def _typed(password: str) -> str:
    """Return one spelling for what keyboards spell in several: `ệ` is one sign or three (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


class Keys:
    """What this installation signs with, derived from its one secret by purpose."""

    def __init__(self, secret: str) -> None:
        self._tokens = _derive(secret, "access-tokens")
        self._addresses = _derive(secret, "signed-addresses")
        self._fingerprints = _derive(secret, "fingerprints")
        # A token is checked once, not at each of its hundred requests (measured: a fifth of the event loop's time).
        self._verified: dict[str, tuple[Actor, float]] = {}
        self.web = base64.urlsafe_b64encode(_derive(secret, "web-client")).decode("ascii")

    def access_token(self, actor: Actor, *, seconds: int) -> str:
        """Return a signed access token for an actor."""
        issued = clock.now()
        claims = {
            "iss": ISSUER,
            "sub": str(actor.id),
            "role": actor.role.value,
            "unit": actor.unit,
            "iat": issued,
            "exp": issued + timedelta(seconds=seconds),
        }
        return str(jwt.encode(claims, self._tokens, algorithm=ALGORITHM))

    def actor(self, token: str) -> Actor:
        """Return whose token this is; raises Unauthenticated. Only our one algorithm is taken, never the header's."""
        known = self._verified.get(token)
        if known is not None and known[1] > time.time():
            return known[0]
        try:
            claims = jwt.decode(token, self._tokens, algorithms=[ALGORITHM], issuer=ISSUER)
            actor = Actor(id=UUID(claims["sub"]), role=Role(claims["role"]), unit=claims["unit"])
            self._remember(token, actor, float(claims["exp"]))
            return actor
        except ExpiredSignatureError as error:
            raise Unauthenticated("the access token has expired", code=ErrorCode.TOKEN_EXPIRED) from error
        except (JWTError, KeyError, ValueError, TypeError, AttributeError) as error:
            raise Unauthenticated("the access token is not valid") from error

    def _remember(self, token: str, actor: Actor, expires: float) -> None:
        if len(self._verified) >= MAX_VERIFIED:
            self._verified.clear()
        self._verified[token] = (actor, expires)

    def fingerprint(self, data: bytes) -> str:
        """Return what tells data again, and tells nobody without our secret what it was; 64 signs."""
        return hmac.digest(self._fingerprints, data, "sha256").hex()

    def sign(self, purpose: str, subject: str, expires: int) -> str:
        """Return a signature for one address; `expires` in Unix seconds."""
        text = f"{purpose}\n{subject}\n{expires}".encode()
        return base64.urlsafe_b64encode(hmac.digest(self._addresses, text, "sha256")[:24]).decode("ascii")

    def signed(self, purpose: str, subject: str, expires: int, signature: str) -> bool:
        """Whether a signature is ours and still valid."""
        if expires < clock.now().timestamp():
            return False
        return hmac.compare_digest(self.sign(purpose, subject, expires).encode(), signature.encode())


def new_refresh_token() -> tuple[str, str]:
    """Return a random refresh token and the digest under which it is stored."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> str:
    """Return the SHA-256 of a high-entropy token, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def _derive(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")
