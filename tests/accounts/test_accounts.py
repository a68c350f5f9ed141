"""Accounts over HTTP: registering, signing in, tokens that rotate, locks, limits, and what a hostile caller tries."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from jose import jwt
from starlette.testclient import TestClient

from backend.app import create_app
from backend.cli import main
from backend.core import clock
from backend.core.settings import Environment, Settings
from shared.access import Role
from tests.support.installations import Installation
from tests.support.people import API, PASSWORD, People, expect, new_phone

DRAFT = {"full_name": "Nguyễn Thị Vải", "password": PASSWORD, "consents": ["account"]}


@pytest.mark.parametrize(
    "spelling", ["0912345678", "+84 912 345 678", "84912345678", "0084.912.345.678", "(091)234-5678"]
)
def test_a_phone_is_one_number_however_it_is_written(api: TestClient, spelling: str) -> None:
    made = expect(201, api.post(f"{API}/accounts", json={**DRAFT, "phone": spelling}))
    assert made["phone"] == "+84912345678"
    assert made["given_name"] == "Vải"
    assert "password" not in str(made).lower()
    again = api.post(f"{API}/accounts", json={**DRAFT, "phone": "0912 345 678"})
    assert (again.status_code, again.json()["code"]) == (409, "phone_taken")
    People(api).sign_in("0912345678")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"phone": "0212345678"}, "phone"),
        ({"phone": "12345"}, "phone"),
        ({"password": "ngắn"}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"full_name": "  "}, "full_name"),
        ({"full_name": "a\x00b"}, "full_name"),
        ({"consents": []}, "consents"),
        ({"consents": ["everything"]}, "consents.0"),
        ({"role": "administrator"}, "role"),
    ],
)
def test_a_wrong_field_is_named(api: TestClient, change: dict[str, Any], field: str) -> None:
    answer = api.post(f"{API}/accounts", json={**DRAFT, "phone": new_phone(), **change})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_two_who_race_for_one_phone_get_one_account(api: TestClient) -> None:
    draft = {**DRAFT, "phone": new_phone()}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: api.post(f"{API}/accounts", json=draft).status_code, range(8)))
    assert sorted(answers) == [201] + [409] * 7


def test_a_wrong_password_and_an_unknown_phone_look_alike(api: TestClient, people: People) -> None:
    known = people.sign_up().phone
    answers = [
        api.post(f"{API}/auth/token", data={"username": phone, "password": "sai hoàn toàn"})
        for phone in (known, new_phone(), "not a phone")
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


def test_repeated_failures_lock_for_a_while(installation: Installation) -> None:
    app = create_app(installation.settings(lock_after=3))
    with TestClient(app) as client:
        phone = People(client).sign_up().phone

        def attempt(password: str) -> str:
            answer = client.post(f"{API}/auth/token", data={"username": phone, "password": password})
            return "in" if answer.status_code == 200 else str(answer.json()["code"])

        assert [attempt("sai") for _ in range(3)] == ["wrong_credentials"] * 3
        assert attempt(PASSWORD) == "account_locked"
        with clock.moved(timedelta(minutes=16)):
            assert attempt(PASSWORD) == "in"


def test_refresh_tokens_rotate_and_a_stolen_one_ends_the_family(api: TestClient, people: People) -> None:
    first = people.sign_up().tokens["refresh_token"]

    def refresh(token: str) -> Any:
        answer = api.post(f"{API}/auth/refresh", json={"refresh_token": token})
        return answer.json().get("refresh_token") or answer.status_code

    second = refresh(first)
    assert isinstance(second, str)
    # The immediate predecessor is forgiven: a lost reply, two tabs.
    sibling = refresh(first)
    assert isinstance(sibling, str)
    third = refresh(second)
    assert isinstance(third, str)
    # Its replacement was used, so the first is no longer the predecessor: somebody stole it.
    assert refresh(first) == 401
    assert [refresh(token) for token in (second, sibling, third)] == [401, 401, 401]


def test_forgiveness_ends(api: TestClient, people: People) -> None:
    token = people.sign_up().tokens["refresh_token"]
    expect(200, api.post(f"{API}/auth/refresh", json={"refresh_token": token}))
    with clock.moved(timedelta(seconds=31)):
        assert api.post(f"{API}/auth/refresh", json={"refresh_token": token}).status_code == 401


def test_signing_out_ends_the_family(api: TestClient, people: People) -> None:
    token = people.sign_up().tokens["refresh_token"]
    assert api.post(f"{API}/auth/logout", json={"refresh_token": token}).status_code == 204
    assert api.post(f"{API}/auth/refresh", json={"refresh_token": token}).status_code == 401
    assert api.post(f"{API}/auth/logout", json={"refresh_token": "unknown"}).status_code == 204


def test_forged_tokens_are_nobody(api: TestClient, people: People) -> None:
    token = people.sign_up().tokens["access_token"]
    claims = jwt.get_unverified_claims(token)
    keys = api.app.state.keys  # type: ignore[attr-defined]
    head, body, signature = token.split(".")
    raised = jwt.encode({**claims, "role": "administrator"}, "y", algorithm="HS256").split(".")[1]
    none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
    forged = {
        "another key": jwt.encode(claims, "x" * 48, algorithm="HS256"),
        "another algorithm": jwt.encode(claims, keys._tokens, algorithm="HS512"),
        "no algorithm": f"{none}.{body}.",
        "none with signature": f"{none}.{body}.{signature}",
        "another role": f"{head}.{raised}.{signature}",
        "unknown role": jwt.encode({**claims, "role": "king"}, keys._tokens, algorithm="HS256"),
        "no subject": jwt.encode({**claims, "sub": "me"}, keys._tokens, algorithm="HS256"),
        "garbage": "a.b.c",
        "empty": "",
    }
    for name, value in forged.items():
        answer = api.get(f"{API}/me", headers={"Authorization": f"Bearer {value}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), name
        assert answer.headers["www-authenticate"] == "Bearer"
    old = jwt.encode({**claims, "exp": 1}, keys._tokens, algorithm="HS256")
    assert api.get(f"{API}/me", headers={"Authorization": f"Bearer {old}"}).json()["code"] == "token_expired"


def test_limits_count_people_not_the_web_server(installation: Installation) -> None:
    app = create_app(installation.settings(rate_limits=True, limit_sign_in="3/minute"))
    with TestClient(app) as client:
        form = {"username": "0911111111", "password": "sai"}

        def attempt(**headers: str) -> int:
            return client.post(f"{API}/auth/token", data=form, headers=headers).status_code

        assert [attempt() for _ in range(4)] == [401, 401, 401, 429]
        secret = app.state.keys.web
        assert attempt(**{"X-Client-Ip": "203.0.113.7", "X-Client-Secret": secret}) == 401
        assert attempt(**{"X-Client-Ip": "203.0.113.8", "X-Client-Secret": "guessed"}) == 429
        answer = client.post(f"{API}/auth/token", data=form)
        assert int(answer.headers["retry-after"]) in range(1, 62)


def test_one_changes_ones_own_name(people: People) -> None:
    person = people.sign_up()
    assert expect(200, person.patch("/me", {"full_name": "Lê Thị Hoa"}))["given_name"] == "Hoa"
    assert person.get("/me").json()["full_name"] == "Lê Thị Hoa"
    assert person.patch("/me", {"role": "administrator"}).status_code == 422


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_the_command_line_makes_staff(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMARTHD_NEW_PASSWORD", "một mật khẩu dài")
    data = ["--data", str(installation.data)]
    made = ["user", "create", "0987654321", "Phạm Thị Sen", "--role", "officer", "--unit", "so-y-te", *data]
    assert main(made) == 0
    assert main(made) == 1
    assert main(["user", "create", "0987654322", "A", "--role", "king", *data]) == 1
    assert main(["user", "create", "0987654322", "A", "--unit", "nowhere", "--role", "officer", *data]) == 1
    assert "0987654321" not in capsys.readouterr().out
    with TestClient(create_app(installation.settings())) as client:
        me = expect(200, People(client).sign_in("0987654321", "một mật khẩu dài").get("/me"))
    assert (me["role"], me["unit"]["code"]) == (Role.OFFICER, "so-y-te")


@pytest.mark.parametrize("secret", ["", "short", "a" * 40])
def test_production_refuses_unsafe_settings(tmp_path: Any, secret: str) -> None:
    with pytest.raises(ValueError, match="SMARTHD_SECRET"):
        Settings(data=tmp_path, environment=Environment.PRODUCTION, secret=secret)
    good: Callable[..., Settings] = Settings
    with pytest.raises(ValueError, match="RATE_LIMITS"):
        good(
            data=tmp_path,
            environment=Environment.PRODUCTION,
            secret="k3J9x0Qw7Lm2Zp8Rt5Vb1Nc6Hy4Ud0Se",
            rate_limits=False,
        )
