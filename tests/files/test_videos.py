"""Videos: what is kept of them, and what is refused without ever hanging."""

import io
import re
import struct
import sys
import time
from pathlib import Path
from typing import Any

import av
import pytest

from backend.files import workshop
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
    assert send(citizen, document()).json()["code"] == "document_unreadable"
