"""People who use the API: the demo accounts, and citizens who sign up fresh."""

import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2

from shared.access import Role

API = "/api/v1"
PASSWORD = "SmartHD@2026"
DEMO = {
    Role.CITIZEN: "0900000001",
    Role.DISPATCHER: "0900000002",
    Role.OFFICER: "0900000003",
    Role.LEADER: "0900000004",
    Role.EDITOR: "0900000005",
    Role.FACILITATOR: "0900000006",
    Role.ADMINISTRATOR: "0900000009",
}

_SIGNED_IN: dict[tuple[str, Role], dict[str, Any]] = {}
_numbers = itertools.count(1)
_this_process = 1_000 + uuid.uuid4().int % 9_000


def new_phone() -> str:
    """Return a mobile number that no other test uses, as a person types it."""
    return f"09{_this_process:04d}{next(_numbers):04d}"


@dataclass
class Person:
    """Somebody signed in. Paths are below `/api/v1`; every call carries her token."""

    client: httpx2.Client
    phone: str
    tokens: dict[str, Any]
    password: str = PASSWORD
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def bearer(self) -> dict[str, str]:
        """Her `Authorization` header."""
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}

    def ask(self, method: str, path: str, **options: Any) -> httpx2.Response:
        """Send any request as her."""
        headers = {**self.bearer, **self.headers, **(options.pop("headers", None) or {})}
        where = path if path.startswith(API) else f"{API}{path}"
        return self.client.request(method, where, headers=headers, **options)

    def get(self, path: str, **options: Any) -> httpx2.Response:
        """GET as her."""
        return self.ask("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> httpx2.Response:
        """POST as her."""
        return self.ask("POST", path, json=json, **options)

    def patch(self, path: str, json: Any = None, **options: Any) -> httpx2.Response:
        """PATCH as her."""
        return self.ask("PATCH", path, json=json, **options)

    def upload(self, picture: bytes, name: str = "anh.jpg") -> str:
        """Upload a picture by ticket; return its id."""
        draft = {"name": name, "size": len(picture), "content_type": "image/jpeg"}
        ticket = expect(201, self.post("/files", draft))
        expect(201, self.client.put(ticket["upload_url"], content=picture))
        found: str = ticket["id"]
        return found


class People:
    """Brings people to one running API (a TestClient, or a client of a real server)."""

    def __init__(self, client: httpx2.Client) -> None:
        self.client = client

    def sign_up(self, full_name: str = "Nguyễn Thị Vải", phone: str | None = None) -> Person:
        """Register a fresh citizen and sign her in."""
        phone = phone or new_phone()
        draft = {"phone": phone, "full_name": full_name, "password": PASSWORD, "consents": ["account"]}
        expect(201, self.client.post(f"{API}/accounts", json=draft))
        return self.sign_in(phone)

    def sign_in(self, phone: str, password: str = PASSWORD) -> Person:
        """Sign somebody in."""
        form = {"username": phone, "password": password}
        return Person(self.client, phone, expect(200, self.client.post(f"{API}/auth/token", data=form)), password)

    def demo(self, role: Role) -> Person:
        """Sign in the demo account of this role; in this process once for all copies of one installation.

        They share their secret and their accounts, so a token of one holds in all; hashing is what costs time here.
        """
        app = getattr(self.client, "app", None)
        if app is None:
            return self.sign_in(DEMO[role])
        secret = app.state.settings.secret.get_secret_value()
        tokens = _SIGNED_IN.get((secret, role))
        if tokens is None:
            tokens = _SIGNED_IN[secret, role] = self.sign_in(DEMO[role]).tokens
        return Person(self.client, DEMO[role], dict(tokens))


def expect(status: int, response: httpx2.Response) -> Any:
    """Return the JSON of an answer that must have this status (None without a body)."""
    assert response.status_code == status, (
        f"{response.request.method} {response.url}: {response.status_code} {response.text[:600]}"
    )
    return response.json() if response.content else None


@contextmanager
def people_of(url: str) -> Iterator[People]:
    """People of a real server."""
    with httpx2.Client(base_url=url, timeout=30) as client:
        yield People(client)
