"""The server as a process: it dies when killed, and stands up again on what it kept."""

from collections.abc import Callable

import httpx2
import pytest

from tests.support.people import people_of
from tests.support.server import Server


def test_it_stands_up_again_after_kill_9(serve: Callable[..., Server]) -> None:
    server = serve(demo=False, only="api,worker")
    with people_of(server.url) as people:
        person = people.sign_up("Bùi Thị Sen")
    server.kill()
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{server.url}/healthz")
    server.start()
    with people_of(server.url) as people:
        assert people.sign_in(person.phone).get("/me").json()["full_name"] == "Bùi Thị Sen"
    assert server.log().count("Application startup complete") == 2


def test_a_server_that_cannot_start_says_why(serve: Callable[..., Server]) -> None:
    with pytest.raises(RuntimeError, match="SMARTHD_SECRET must be set"):
        serve(demo=False, environment={"SMARTHD_ENVIRONMENT": "production"})
