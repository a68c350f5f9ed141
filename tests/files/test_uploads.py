"""Uploads over HTTP: tickets, what is taken as a picture, what is kept of it, and who may see it."""

import io
import re
import struct
import time
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from PIL import Image
from starlette.testclient import TestClient

from backend.core import clock
from backend.files import chores
from tests.feedback.test_state_table import REPORT
from tests.support.people import People, Person, expect
from tests.support.pictures import jpeg


def announce(person: Person, size: int) -> Any:
    """Ask for a ticket."""
    return expect(201, person.post("/files", {"name": "ảnh.jpg", "size": size, "content_type": "image/jpeg"}))


def send(person: Person, content: bytes) -> Any:
    """Upload the bytes; return the answer."""
    return person.client.put(announce(person, len(content))["upload_url"], content=content)


def picture(person: Person, url: str) -> Image.Image:
    """Download a picture."""
    answer = person.client.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    return Image.open(io.BytesIO(answer.content))


def with_exif(turned: int) -> bytes:
    """Return a JPEG that says where it was taken, and how it is to be turned."""
    image = Image.new("RGB", (400, 200), "#B3243B")
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Máy ảnh của tôi"
    exif.get_ifd(0x8825)[2] = (20.0, 56.0, 14.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Return a small file that claims to be this large when unpacked."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    row = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def test_only_the_pixels_are_kept_upright(people: People) -> None:
    citizen = people.sign_up()
    ref = expect(201, send(citizen, with_exif(6)))
    assert (ref["width"], ref["height"]) == (200, 400)
    for url, longest in ((ref["large_url"], 400), (ref["thumb_url"], 320)):
        kept = picture(citizen, url)
        assert kept.format == "WEBP"
        assert max(kept.size) == longest
        assert kept.height > kept.width
        assert not kept.getexif()
        assert "exif" not in kept.info and "xmp" not in kept.info  # noqa: PT018


def test_a_polyglot_loses_its_tail(people: People) -> None:
    citizen = people.sign_up()
    tail = b"PK\x03\x04<script>alert(1)</script>"
    ref = expect(201, send(citizen, jpeg() + tail))
    assert b"script" not in citizen.client.get(ref["large_url"]).content


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"just words, but the name ends in .jpg", 415, "unsupported_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "unsupported_type"),
        (b"\x89PNG\r\n\x1a\n garbage", 422, "image_unreadable"),
        (jpeg()[:2000], 422, "image_unreadable"),
        (png_of(20_000, 10_000), 413, "image_too_big"),
        (png_of(2_000_000, 2_000_000), 413, "image_too_big"),
    ],
)
def test_what_is_no_picture_is_refused(people: People, content: bytes, status: int, code: str) -> None:
    began = time.monotonic()
    answer = send(people.sign_up(), content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert time.monotonic() - began < 5


def test_a_ticket_is_for_one_upload(people: People) -> None:
    citizen, content = people.sign_up(), jpeg()
    url = announce(citizen, len(content))["upload_url"]
    put = citizen.client.put
    assert put(url, content=b"").status_code == 400
    expect(201, put(url, content=content))
    assert put(url, content=content).json()["code"] == "ticket_invalid"
    forged = re.sub("signature=.*", "signature=AAAA", url)
    assert put(forged, content=content).status_code == 403
    other = announce(citizen, len(content))["upload_url"]
    swapped = re.sub("files/[^/]+", f"files/{url.split('/')[4]}", other)
    assert put(swapped, content=content).status_code == 403
    with clock.moved(timedelta(minutes=16)):
        assert put(other, content=content).json()["code"] == "ticket_invalid"


def test_nothing_longer_than_announced_is_taken(people: People) -> None:
    citizen, content = people.sign_up(), jpeg()
    url = announce(citizen, 100)["upload_url"]
    assert citizen.client.put(url, content=content).status_code == 413
    assert citizen.client.put(url, content=iter([content[:90], content[90:]])).status_code == 413
    too_much = {"name": "a", "size": 26 * 2**20, "content_type": "image/jpeg"}
    assert citizen.post("/files", too_much).status_code == 413


def test_a_private_picture_is_its_owners(people: People) -> None:
    owner, other = people.sign_up(), people.sign_up()
    ref = expect(201, send(owner, jpeg()))
    plain = f"/files/{ref['id']}"
    assert owner.get(plain).status_code == 200
    assert other.get(plain).status_code == 404
    assert people.client.get(f"/api/v1{plain}").status_code == 404
    assert people.client.get(ref["large_url"]).status_code == 200, "a signed address works for a while"
    assert people.client.get(re.sub("signature=.*", "signature=AAAA", ref["large_url"])).status_code == 404
    with clock.moved(timedelta(hours=2)):
        assert people.client.get(ref["large_url"]).status_code == 404
    code = expect(201, owner.post("/feedback", {**REPORT, "file_ids": [ref["id"]], "public": False}))["code"]
    assert people.client.get(f"/api/v1{plain}").status_code == 404
    assert owner.get(f"/feedback/{code}").json()["files"][0]["id"] == ref["id"]
    shown = expect(201, send(owner, jpeg()))
    expect(201, owner.post("/feedback", {**REPORT, "file_ids": [shown["id"]]}))
    assert people.client.get(f"/api/v1/files/{shown['id']}").status_code == 200


def test_a_picture_is_used_once_and_by_its_owner(people: People) -> None:
    owner, other = people.sign_up(), people.sign_up()
    photo = owner.upload(jpeg())
    assert other.post("/feedback", {**REPORT, "file_ids": [photo]}).json()["errors"][0]["code"] == "unknown_file"
    waiting = announce(owner, 10)["id"]
    assert owner.post("/feedback", {**REPORT, "file_ids": [waiting]}).status_code == 422
    assert owner.post("/feedback", {**REPORT, "file_ids": [photo, photo]}).status_code == 422
    expect(201, owner.post("/feedback", {**REPORT, "file_ids": [photo]}))
    again = owner.post("/feedback", {**REPORT, "file_ids": [photo]})
    assert (again.status_code, again.json()["code"]) == (409, "file_in_use")


def test_what_nothing_used_is_swept_after_a_day(app: FastAPI, api: TestClient, people: People) -> None:
    citizen = people.sign_up()
    lost, used = citizen.upload(jpeg()), citizen.upload(jpeg())
    expect(201, citizen.post("/feedback", {**REPORT, "file_ids": [used]}))
    chores.sweep(app.state.database, app.state.storage)
    assert citizen.get(f"/files/{lost}").status_code == 200
    with clock.moved(timedelta(hours=25)):
        chores.sweep(app.state.database, app.state.storage)
    assert citizen.get(f"/files/{lost}").status_code == 404
    assert citizen.get(f"/files/{used}").status_code == 200


def test_a_full_disk_acknowledges_nothing(app: FastAPI, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    citizen, content = people.sign_up(), jpeg()
    ticket = announce(citizen, len(content))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    put: Callable[..., None] = full
    with monkeypatch.context() as patch:
        patch.setattr(app.state.storage, "_store", type("Full", (), {"put": put})())
        answer = citizen.client.put(ticket["upload_url"], content=content)
    assert (answer.status_code, answer.json()["code"]) == (503, "storage_full")
    assert citizen.get(f"/files/{ticket['id']}").status_code == 404
    # The ticket was not used up: when there is room again, the same upload succeeds.
    assert citizen.client.put(ticket["upload_url"], content=content).status_code == 201
