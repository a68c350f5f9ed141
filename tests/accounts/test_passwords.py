"""What a password is, and where it must not be found again."""

import hashlib
import json
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from backend.accounts import queries
from backend.core.database import Database
from tests.support.people import API, People, expect, new_phone


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_password_is_the_same_on_every_keyboard(api: TestClient) -> None:
    one, other = (unicodedata.normalize(form, "mật khẩu của Hiền") for form in ("NFC", "NFD"))
    assert one != other
    draft = {"phone": new_phone(), "full_name": "Hiền", "password": one, "consents": ["account"]}
    expect(201, api.post(f"{API}/accounts", json=draft))
    People(api).sign_in(draft["phone"], other)  # type: ignore[arg-type]
    wrong = {"username": draft["phone"], "password": "mat khau cua Hien"}
    assert api.post(f"{API}/auth/token", data=wrong).status_code == 401


def test_no_column_lets_a_password_be_guessed_fast(api: TestClient, database: Database) -> None:
    """A plain hash of the body under an idempotency key would be a plain hash of the password."""
    password = "dễ đoán lắm"
    draft = {"consents": ["account"], "full_name": "Sen", "password": password, "phone": new_phone()}
    headers = {"Idempotency-Key": "one-account"}
    expect(201, api.post(f"{API}/accounts", json=draft, headers=headers))
    assert api.post(f"{API}/accounts", json=draft, headers=headers).headers["idempotency-replayed"] == "true"
    with database.reading() as session:
        kept = repr([session.execute(text(f"SELECT * FROM {name}")).all() for name in ("account", "idempotency_key")])
    assert "argon2id" in kept
    assert password not in kept
    plain = json.dumps(draft, sort_keys=True, separators=(",", ":")).encode()
    for algorithm in ("md5", "sha1", "sha256", "sha512"):
        for secret in (plain, json.dumps(draft, sort_keys=True).encode(), password.encode()):
            assert hashlib.new(algorithm, secret).hexdigest() not in kept


def test_who_loses_the_race_for_a_phone_is_told_that_it_is_taken(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody sees the other's account before it is too late.
    monkeypatch.setattr(queries, "by_phone", lambda *_: None)
    draft = {"phone": new_phone(), "full_name": "Sen", "password": "một mật khẩu", "consents": ["account"]}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: api.post(f"{API}/accounts", json=draft), range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"phone_taken"}
