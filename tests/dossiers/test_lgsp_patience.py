"""How long the platform is tried, when it is left alone, and what is needed to ask it at all."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core.settings import Settings
from tests.dossiers.test_lookup import ask
from tests.support.installations import Installation
from tests.support.lgsp import CODE, Platform, Trouble, record
from tests.support.people import expect

END = "4321"

only_sqlite = pytest.mark.parametrize("installation", ["sqlite"], indirect=True)


def test_the_breaker_opens_lets_one_try_and_closes(installation: Installation, lgsp: Platform) -> None:
    settings = installation.settings(**lgsp.settings(lgsp_breaker_failures=2, lgsp_breaker_seconds=3, lgsp_attempts=1))
    with TestClient(create_app(settings)) as api:
        source = api.app.state.dossiers.source  # type: ignore[attr-defined]
        expect(200, ask(api, CODE, END))
        lgsp.trouble = Trouble.ERROR
        asked = len(lgsp.asked)
        for _ in range(4):
            assert expect(200, ask(api, CODE, END))["stale"] is True
        assert len(lgsp.asked) == asked + 2, "the others were not even asked"
        health = source.health()
        assert (health.breaker, health.health) == ("open", "down")
        assert health.last_good_at < health.since
        time.sleep(3.05)
        assert expect(200, ask(api, CODE, END))["stale"] is True
        assert (len(lgsp.asked), source.health().breaker) == (asked + 3, "open")
        lgsp.trouble = Trouble.NONE
        time.sleep(3.05)
        assert expect(200, ask(api, CODE, END))["stale"] is False
        health = source.health()
        assert (health.breaker, health.health) == ("closed", "up")
        assert health.last_good_at >= health.since


@only_sqlite
def test_a_busy_platform_is_left_alone_for_as_long_as_it_asks(installation: Installation, lgsp: Platform) -> None:
    with TestClient(create_app(installation.settings(**lgsp.settings()))) as api:
        lgsp.trouble, lgsp.retry_after, lgsp.trouble_left = Trouble.BUSY, "1", 1
        began = time.monotonic()
        expect(200, ask(api, CODE, END))
        assert time.monotonic() - began >= 1, "a second is waited for"
        lgsp.retry_after, lgsp.trouble_left = format_datetime(datetime.now(UTC) + timedelta(seconds=60), True), 1
        answer = ask(api, CODE[:-1] + "8", END)
        assert 50 < int(answer.headers["retry-after"]) <= 60
        asked = len(lgsp.asked)
        assert expect(200, ask(api, CODE, END))["stale"] is True
        assert len(lgsp.asked) == asked
        assert api.app.state.dossiers.source.health().breaker == "closed"  # type: ignore[attr-defined]


@only_sqlite
def test_one_bad_record_closes_the_door_to_no_other(installation: Installation, lgsp: Platform) -> None:
    with TestClient(create_app(installation.settings(**lgsp.settings(lgsp_breaker_failures=2)))) as api:
        good = CODE[:-1] + "1"
        lgsp.records = {CODE: record(NgayHenTra="hôm nào đó"), good: record(good)}
        assert {ask(api, CODE, END).status_code for _ in range(3)} == {503}
        assert expect(200, ask(api, good, END))["stale"] is False


def test_half_a_set_of_settings_is_refused() -> None:
    whole: dict[str, Any] = {
        "environment": "production",
        "secret": "k3J9x0Qw7Lm2Zp8Rt5Vb1Nc6Hy4Ud0Se",
        "lgsp_url": "https://lgsp.example/api",
        "lgsp_token_url": "https://lgsp.example/token",
        "lgsp_client_id": "a",
        "lgsp_client_secret": "b",
    }
    assert "'b'" not in repr(Settings(**whole))
    for change in ({"lgsp_client_secret": ""}, {"lgsp_url": "http://lgsp.example/api"}, {"lgsp_token_url": ""}):
        with pytest.raises(ValueError, match="LGSP"):
            Settings(**{**whole, **change})
