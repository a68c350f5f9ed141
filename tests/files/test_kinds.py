"""What is kept of each kind of picture, where it was taken, and how the sender finds out whether it arrived."""

import io
from typing import Any

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin
from sqlmodel import select

from backend.core.database import Database
from backend.files.models import File
from shared.access import Role
from tests.feedback.test_state_table import REPORT
from tests.files.test_uploads import announce, picture, send
from tests.support.films import document, film
from tests.support.people import People, Person, expect
from tests.support.pictures import jpeg

HERE = {1: "N", 2: (20.0, 56.0, 14.28), 3: "E", 4: (106.0, 18.0, 52.56)}


def taken(kind: str, gps: dict[int, Any] | None = None, turned: int = 6) -> bytes:
    """Return a picture that says where it was taken, by which camera, and how it is to be turned."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turned, "secret-camera"
    exif.get_ifd(0x8825).update(HERE if gps is None else gps)
    image, out = Image.new("RGB", (400, 200), "#B3243B"), io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(out, exif=exif.tobytes(), quality=60)
        return out.getvalue()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "secret-text")
    text.add_itxt("XML:com.adobe.xmp", "<x>secret-xmp</x>")
    image.save(out, kind, exif=exif, **({"pnginfo": text} if kind == "PNG" else {}))
    return out.getvalue()


def info(person: Person, file_id: str) -> Any:
    """Ask what became of an upload."""
    return expect(200, person.get(f"/files/{file_id}/info"))


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_nothing_but_the_pixels_is_kept_and_the_position_is_offered(people: People, kind: str) -> None:
    citizen = people.sign_up()
    sent = taken(kind)
    assert b"secret" in sent
    ref = expect(201, send(citizen, sent))
    assert (ref["kind"], ref["name"], ref["width"], ref["height"]) == ("image", "", 200, 400)
    for url in (ref["large_url"], ref["thumb_url"]):
        kept = picture(citizen, url)
        assert kept.height > kept.width
        assert not kept.getexif()
        assert b"secret" not in citizen.client.get(url).content
    where = info(citizen, ref["id"])["position"]
    assert (round(where["lat"], 4), round(where["lon"], 4)) == (20.9373, 106.3146)


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "gps",
    [
        {},
        {2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)},
        {2: (120.0, 0.0, 0.0), 4: (106.0, 0.0, 0.0)},
        {2: (20.0, 0.0, 0.0), 4: (1060.0, 0.0, 0.0)},
        {2: (20.0, 0.0), 4: (106.0,)},
    ],
)
def test_a_position_that_is_nowhere_is_not_offered(people: People, gps: dict[int, Any]) -> None:
    citizen = people.sign_up()
    assert info(citizen, citizen.upload(taken("JPEG", gps)))["position"] is None


def test_the_south_and_the_west_are_negative(people: People) -> None:
    citizen = people.sign_up()
    where = info(citizen, citizen.upload(taken("JPEG", {**HERE, 1: "S", 3: "W"})))["position"]
    assert where["lat"] < 0 > where["lon"]


def test_the_position_is_the_owners_and_forgotten_when_the_file_is_used(people: People, database: Database) -> None:
    citizen, other = people.sign_up(), people.sign_up()
    photo = citizen.upload(taken("JPEG"))
    assert other.get(f"/files/{photo}/info").status_code == 404
    assert people.demo(Role.OFFICER).get(f"/files/{photo}/info").status_code == 404
    assert people.client.get(f"/api/v1/files/{photo}/info").status_code == 401
    expect(201, citizen.post("/feedback", {**REPORT, "file_ids": [photo]}))
    assert info(citizen, photo)["position"] is None
    with database.reading() as session:
        rows = session.exec(select(File)).all()
    assert all(row.lat is None and row.lon is None for row in rows)


def test_a_lost_reply_is_asked_for_and_never_makes_a_second_copy(people: People) -> None:
    citizen, content = people.sign_up(), jpeg()
    ticket = announce(citizen, len(content))
    before = info(citizen, ticket["id"])
    assert (before["stored"], before["file"], before["position"]) == (False, None, None)
    # A broken line: half of it arrives and is refused; the same ticket takes the whole.
    assert citizen.client.put(ticket["upload_url"], content=content[: len(content) // 2]).status_code == 422
    assert info(citizen, ticket["id"])["stored"] is False
    expect(201, citizen.client.put(ticket["upload_url"], content=content))
    after = info(citizen, ticket["id"])
    assert after["stored"] is True
    assert after["file"]["id"] == ticket["id"]
    assert citizen.client.put(ticket["upload_url"], content=content).json()["code"] == "ticket_invalid"


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_of_what_moves_the_first_picture_is_kept(people: People, kind: str) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "lime", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    citizen = people.sign_up()
    kept = picture(citizen, expect(201, send(citizen, out.getvalue()))["large_url"])
    assert getattr(kept, "n_frames", 1) == 1
    pixel = kept.convert("RGB").getpixel((30, 20))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200 > 60 > pixel[1]


@pytest.mark.parametrize("tail", [b"PK\x03\x04secret", b"<html><script>secret</script>", document(), film()])
def test_what_is_two_things_at_once_is_one_when_kept(people: People, tail: bytes) -> None:
    citizen = people.sign_up()
    ref = expect(201, send(citizen, jpeg() + tail))
    assert ref["kind"] == "image"
    kept = citizen.client.get(ref["large_url"]).content
    assert b"secret" not in kept and b"%PDF" not in kept and b"ftyp" not in kept  # noqa: PT018


def test_a_report_takes_so_many_files_and_no_more(people: People) -> None:
    citizen = people.sign_up()
    photos = [citizen.upload(jpeg(64, 48)) for _ in range(9)]
    assert citizen.post("/feedback", {**REPORT, "file_ids": (photos * 4)[:30]}).status_code == 422
    assert citizen.post("/feedback", {**REPORT, "file_ids": photos}).status_code == 422
    expect(201, citizen.post("/feedback", {**REPORT, "file_ids": photos[:8]}))


def test_each_kind_has_its_size(people: People) -> None:
    citizen, mb = people.sign_up(), 2**20
    for kind, size, status in (
        ("image/jpeg", 26 * mb, 413),
        ("application/pdf", 26 * mb, 413),
        ("video/mp4", 26 * mb, 201),
        ("video/mp4", 101 * mb, 413),
    ):
        draft = {"name": "a", "size": size, "content_type": kind}
        assert citizen.post("/files", draft).status_code == status
    # What was announced as a video and is a picture may not be larger than a picture.
    ticket = expect(201, citizen.post("/files", {"name": "a", "size": 30 * mb, "content_type": "video/mp4"}))
    answer = citizen.client.put(ticket["upload_url"], content=jpeg() + bytes(26 * mb))
    assert answer.status_code == 413
    # What is nothing that is taken is refused at its first bytes.
    assert citizen.client.put(ticket["upload_url"], content=b"MZ" + bytes(200)).status_code == 415
