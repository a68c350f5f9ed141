"""Videos and documents: what is kept of them, what is refused, and how they are read."""

import io
import re
import struct
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import av
import pikepdf
import pytest
from fastapi import FastAPI
from PIL import Image

from backend.core import clock
from backend.files import chores, workshop
from backend.files.documents import bare_jpeg
from tests.feedback.test_state_table import REPORT
from tests.files.test_kinds import taken
from tests.files.test_uploads import picture
from tests.support.films import document, film
from tests.support.people import People, Person, expect

PLACE = "+20.9373+106.3146/"
SECRETS = {"location": PLACE, "com.apple.quicktime.location.ISO6709": PLACE, "title": "secret-title"}


def send(person: Person, content: bytes, name: str = "phim.mp4", content_type: str = "video/mp4") -> Any:
    """Upload the bytes under a name; return the answer."""
    draft = {"name": name, "size": max(len(content), 1), "content_type": content_type}
    ticket = expect(201, person.post("/files", draft))
    return person.client.put(ticket["upload_url"], content=content)


def send_pdf(person: Person, content: bytes, name: str = "đơn.pdf") -> Any:
    """Upload a document."""
    return send(person, content, name, "application/pdf")


def boxes(content: bytes, name: bytes) -> list[int]:
    """Return where boxes of this name have their payload."""
    return [found.end() for found in re.finditer(re.escape(name), content)]


def saying(content: bytes, seconds: int) -> bytes:
    """Return an MP4 whose every header says another length."""
    made = bytearray(content)
    for name, at_scale, at_duration in ((b"mvhd", 12, 16), (b"mdhd", 12, 16), (b"tkhd", 0, 20)):
        for at in boxes(content, name):
            scale = struct.unpack_from(">I", made, at + at_scale)[0] if at_scale else 1000
            struct.pack_into(">I", made, at + at_duration, seconds * scale)
    return bytes(made)


def slowed(content: bytes, times: int) -> bytes:
    """Return an MP4 whose pictures stand longer than its headers say."""
    made = bytearray(content)
    for at in boxes(content, b"stts"):
        for n in range(struct.unpack_from(">I", made, at + 4)[0]):
            place = at + 12 + 8 * n
            struct.pack_into(">I", made, place, struct.unpack_from(">I", made, place)[0] * times)
    return bytes(made)


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("container", "codec", "media_type"),
    [
        ("mp4", "libx264", "video/mp4"),
        ("mov", "libx264", "video/mp4"),
        ("3gp", "libx264", "video/mp4"),
        ("mp4", "libsvtav1", "video/mp4"),
        ("webm", "libvpx", "video/webm"),
        ("webm", "libvpx-vp9", "video/webm"),
    ],
)
def test_picture_and_sound_are_kept_and_nothing_else(
    people: People, container: str, codec: str, media_type: str, tmp_path: Path
) -> None:
    sent = film(container=container, codec=codec, metadata=SECRETS)
    assert b"20.9373" in sent or b"secret-title" in sent or container == "3gp"
    citizen = people.sign_up()
    ref = expect(201, send(citizen, sent, "nhà tôi.mp4"))
    assert (ref["kind"], ref["name"], ref["width"], ref["height"]) == ("video", "", 320, 180)
    assert 1.9 < ref["seconds"] < 2.2
    answer = citizen.client.get(ref["url"])
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(answer.content) == ref["size"]
    for secret in (b"20.9373", b"secret", b"x264 - core"):
        assert secret not in answer.content
    kept = tmp_path / "kept"
    kept.write_bytes(answer.content)
    with av.open(str(kept)) as found:
        assert {stream.type for stream in found.streams} == {"video", "audio"}
        assert sum(1 for _ in found.decode(video=0)) == 20
    if media_type == "video/mp4":
        assert answer.content.index(b"moov") < answer.content.index(b"mdat"), "players begin before the end has come"
    assert picture(citizen, ref["large_url"]).size == (320, 180)


def test_a_film_stays_upright(people: People) -> None:
    sent = bytearray(film(sound=False))
    # The matrix of the track says: a quarter turn (ISO/IEC 14496-12, 8.3.2).
    at = boxes(bytes(sent), b"tkhd")[0] + 40
    struct.pack_into(">9i", sent, at, 0, 0x10000, 0, -0x10000, 0, 0, 180 << 16, 0, 0x40000000)
    citizen = people.sign_up()
    ref = expect(201, send(citizen, bytes(sent)))
    assert (ref["width"], ref["height"]) == (180, 320)
    assert picture(citizen, ref["thumb_url"]).size == (180, 320)
    kept = citizen.client.get(ref["url"]).content
    assert kept[boxes(kept, b"tkhd")[0] + 40 :][:20] == bytes(sent[at : at + 20])


def test_tracks_that_tell_more_are_left_out(people: People) -> None:
    # The sound becomes what phones write beside a film: a track of timed metadata (places, faces).
    telling = film().replace(b"soun", b"meta").replace(b"mp4a", b"mebx")
    with av.open(io.BytesIO(telling)) as found:
        assert [stream.type for stream in found.streams] == ["video", "data"]
    citizen = people.sign_up()
    kept = citizen.client.get(expect(201, send(citizen, telling))["url"]).content
    with av.open(io.BytesIO(kept)) as found:
        assert [stream.type for stream in found.streams] == ["video"]


def still_mp4() -> bytes:
    """Return an MP4 with sound alone."""
    out = io.BytesIO()
    with av.open(io.BytesIO(film()), "r") as source, av.open(out, "w", format="mp4") as made:
        track = made.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(audio=0):
            if packet.dts is not None:
                packet.stream = track
                made.mux(packet)
    return out.getvalue()


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (film()[:3000], 422, "video_unreadable"),
        (film(12, container="webm")[:6000], 422, "video_unreadable"),
        (saying(film(), 1), 422, "video_unreadable"),
        (slowed(film(), 500), 422, "video_too_long"),
        (slowed(film(), 20), 422, "video_unreadable"),
        (film(185, rate=1, sound=False), 422, "video_too_long"),
        (film(codec="mpeg4", sound=False), 422, "video_unreadable"),
        (still_mp4(), 422, "video_unreadable"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\xff" * 5000, 422, "video_unreadable"),
        (b"\x00\x00\x00\x18ftypmp42" + b"#EXTM3U\nhttp://127.0.0.1/secret.ts\n", 422, "video_unreadable"),
        (b"#EXTM3U\nfile:///etc/passwd\n" * 5, 415, "unsupported_type"),
        (b"\x1a\x45\xdf\xa3\x42\x82\x84matroska" + bytes(200), 415, "unsupported_type"),
    ],
)
def test_what_is_no_good_video_is_refused(people: People, content: bytes, status: int, code: str) -> None:
    citizen, began = people.sign_up(), time.monotonic()
    answer = send(citizen, content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert time.monotonic() - began < 30
    assert answer.json()["detail"]


@pytest.mark.parametrize("said", [0, 60, 4000])
def test_a_wrong_length_in_the_headers_is_not_believed(people: People, said: int) -> None:
    citizen = people.sign_up()
    ref = expect(201, send(citizen, saying(film(), said)))
    assert 1.9 < ref["seconds"] < 2.2
    kept = io.BytesIO(citizen.client.get(ref["url"]).content)
    with av.open(kept, "r") as found:
        assert found.duration is not None
        assert 1.9 < found.duration / 1e6 < 2.2
    assert send(citizen, saying(film(185, rate=1, sound=False), said)).json()["code"] == "video_too_long"


def test_what_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch, people: People) -> None:
    monkeypatch.setattr(workshop, "SECONDS", 0.2)
    began = time.monotonic()
    answer = send(people.sign_up(), film())
    assert (answer.status_code, answer.json()["code"]) == (422, "video_unreadable")
    assert time.monotonic() - began < 10


def test_a_reader_that_crashes_ends_one_upload_alone(monkeypatch: pytest.MonkeyPatch, people: People) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    citizen = people.sign_up()
    assert send_pdf(citizen, document()).json()["code"] == "document_unreadable"


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_document_is_its_pages_alone(people: People) -> None:
    citizen, photo = people.sign_up(), taken("JPEG", turned=1)
    sent = document(3, picture=photo, acting=True)
    assert b"secret-camera" in sent
    ref = expect(201, send_pdf(citizen, sent, "../../Đơn \u202ekiến nghị\n.pdf"))
    assert (ref["kind"], ref["name"], ref["large_url"]) == ("document", "Đơn kiến nghị.pdf", None)
    answer = citizen.client.get(ref["url"])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="Don kien nghi.pdf"')
    kept = pikepdf.open(io.BytesIO(answer.content))
    assert len(kept.pages) == 3
    told = b"".join(one.read_raw_bytes() for one in kept.objects if isinstance(one, pikepdf.Stream))
    told += b"".join(one.unparse(resolved=False) for one in kept.objects if not isinstance(one, pikepdf.Stream))
    for secret in (b"secret", b"JavaScript", b"Launch", b"OpenAction", b"EmbeddedFile", b"/Info"):
        assert secret not in told
        assert secret not in answer.content
    assert "/Info" not in kept.trailer
    assert "/Encrypt" not in kept.trailer
    image = pikepdf.PdfImage(cast(pikepdf.Stream, kept.pages[0].Resources.XObject.Im0)).as_pil_image()
    assert image.size == (400, 200)


def locked() -> bytes:
    """Return a document that asks for a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + b"x" * 500,
        document(5, picture=taken("JPEG"))[:2000],
        locked(),
        document(0),
        b"%PDF-1.7\n%%EOF\n",
    ],
)
def test_a_broken_or_locked_document_is_refused(people: People, content: bytes) -> None:
    answer = send_pdf(people.sign_up(), content)
    assert (answer.status_code, answer.json()["code"]) == (422, "document_unreadable")


def test_a_document_with_something_before_it_is_none(people: People) -> None:
    answer = send_pdf(people.sign_up(), b"<html><script>alert(1)</script>" + document())
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_type")


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xe1\x00\x00" * 9, b"no jpeg"])
def test_a_broken_picture_in_a_document_is_no_error(data: bytes) -> None:
    assert len(bare_jpeg(data)) <= len(data)


def test_a_picture_in_a_document_keeps_its_pixels() -> None:
    bare = bare_jpeg(taken("JPEG", turned=1))
    assert b"secret" not in bare
    assert Image.open(io.BytesIO(bare)).size == (400, 200)


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
