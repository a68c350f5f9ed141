"""Originals are read in parts, by who may see their case, and nothing of them is left when nobody used them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from backend.core import clock
from backend.files import chores
from tests.feedback.test_state_table import REPORT
from tests.files.test_documents import send_pdf
from tests.files.test_videos import send
from tests.support.films import document, film
from tests.support.people import People, expect


def test_players_get_the_part_that_they_ask_for(people: People) -> None:
    citizen = people.sign_up()
    url = expect(201, send(citizen, film()))["url"]
    whole = citizen.client.get(url)
    data, size = whole.content, len(whole.content)
    assert whole.headers["accept-ranges"] == "bytes"

    def ask(value: str, **more: str) -> Any:
        return citizen.client.get(url, headers={"Range": value, **more})

    for value, begin, end in (
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, size),
        ("bytes=-50", size - 50, size),
        (f"bytes=10-{size * 2}", 10, size),
        (f"bytes=-{size * 2}", 0, size),
        ("bytes=0-0", 0, 1),
    ):
        answer = ask(value)
        assert answer.status_code == 206, value
        assert answer.content == data[begin:end]
        assert answer.headers["content-range"] == f"bytes {begin}-{end - 1}/{size}"
        assert int(answer.headers["content-length"]) == end - begin
    for value in (f"bytes={size}-", f"bytes={10**18}-", "bytes=-0"):
        answer = ask(value)
        assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{size}")
    for value in ("bytes=5-2", "bytes=0-1,5-9", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=" + "9" * 5000 + "-"):
        assert ask(value).status_code == 200, value
    assert ask("bytes=0-9", **{"If-Range": '"another"'}).status_code == 200
    assert ask("bytes=0-9", **{"If-Range": whole.headers["etag"]}).status_code == 206


def test_an_original_is_as_private_as_its_case(people: People) -> None:
    owner, other = people.sign_up(), people.sign_up()
    ref = expect(201, send(owner, film()))
    plain = f"/files/{ref['id']}?variant=original"
    assert owner.get(plain).status_code == 200
    assert other.get(plain).status_code == 404
    assert people.client.get(f"/api/v1{plain}").status_code == 404
    assert people.client.get(ref["url"]).status_code == 200
    for stranger in ("thumb", "large"):
        borrowed = ref[f"{stranger}_url"].replace(f"variant={stranger}", "variant=original")
        assert people.client.get(borrowed).status_code == 404, "an address opens what it was made for"
    with clock.moved(timedelta(hours=2)):
        assert people.client.get(ref["url"]).status_code == 404
    expect(201, owner.post("/feedback", {**REPORT, "file_ids": [ref["id"]], "public": False}))
    assert people.client.get(f"/api/v1{plain}").status_code == 404
    shown = expect(201, send(owner, film()))["id"]
    expect(201, owner.post("/feedback", {**REPORT, "file_ids": [shown]}))
    assert people.client.get(f"/api/v1/files/{shown}?variant=original").status_code == 200
    paper = expect(201, send_pdf(owner, document()))["id"]
    assert owner.get(f"/files/{paper}").status_code == 404, "a document has no picture"


def test_nothing_of_an_orphan_is_left(app: FastAPI, people: People, tmp_path: Path) -> None:
    citizen = people.sign_up()
    refs = [expect(201, send(citizen, film())), expect(201, send_pdf(citizen, document()))]
    folder = Path(app.state.settings.storage_url.removeprefix("file://"))

    def lying() -> list[Path]:
        return [path for ref in refs for path in folder.rglob(f"*{ref['id']}*/*")]

    assert sorted(path.name for path in lying()) == ["large.webp", "original", "original", "thumb.webp"]
    with clock.moved(timedelta(hours=25)):
        chores.sweep(app.state.database, app.state.storage)
    assert not lying()


def test_of_two_uploads_of_one_ticket_one_is_kept(app: FastAPI, people: People) -> None:
    citizen, content = people.sign_up(), film()
    draft = {"name": "a.mp4", "size": len(content), "content_type": "video/mp4"}
    ticket = expect(201, citizen.post("/files", draft))
    expect(201, citizen.client.put(ticket["upload_url"], content=content))
    assert citizen.client.put(ticket["upload_url"], content=content).json()["code"] == "ticket_invalid"
    folder = Path(app.state.settings.storage_url.removeprefix("file://"))
    assert not list(folder.rglob("parked-*"))
