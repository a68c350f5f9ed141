"""Pictures that try the decoder, and uploads that race: what was taken stays what it was."""

import io
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from backend.core.errors import ProblemError, TooLarge, UnsupportedType
from backend.files import images
from tests.feedback.test_state_table import REPORT
from tests.files.test_uploads import announce, png_of
from tests.support.people import People, expect
from tests.support.pictures import jpeg


def corners(image: Image.Image) -> list[str]:
    """Return which of red, green, blue and white stands in each corner."""
    names = {"100": "r", "010": "g", "001": "b", "111": "w"}
    width, height = image.size
    found = [image.convert("RGB").getpixel((x, y)) for y in (4, height - 5) for x in (4, width - 5)]
    return [names["".join("01"[part > 128] for part in pixel)] for pixel in found if isinstance(pixel, tuple)]


def quarters() -> Image.Image:
    """Return a picture whose four quarters differ, so that each way of turning it shows."""
    image = Image.new("RGB", (80, 40), "red")
    for colour, at in (("lime", (40, 0)), ("blue", (0, 20)), ("white", (40, 20))):
        image.paste(colour, (*at, at[0] + 40, at[1] + 20))
    return image


@pytest.mark.parametrize("turned", range(1, 9))
def test_every_way_of_holding_the_phone_comes_out_upright(turned: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    file = tmp_path / "a.jpg"
    quarters().save(file, "JPEG", exif=exif, quality=95)
    with Image.open(file) as seen:
        expected = ImageOps.exif_transpose(seen)
    made = images.remake(file)
    assert (made.width, made.height) == expected.size
    for size in (made.large, made.thumb):
        assert corners(Image.open(io.BytesIO(size))) == corners(expected)


def test_broken_metadata_does_not_cost_the_picture(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "mô tả"
    out = io.BytesIO()
    quarters().save(out, "JPEG", exif=exif)
    # The description becomes a height that is a text: Pillow cannot write such a tag again.
    broken = out.getvalue().replace(b"\x01\x0e\x00\x02", b"\x01\x01\x00\x02", 1)
    assert broken != out.getvalue()
    file = tmp_path / "a.jpg"
    file.write_bytes(broken)
    assert images.remake(file).height > images.remake(file).width


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_damaged_files_are_refused_and_never_an_error_of_ours(kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (20.0, 56.0, 14.0)
    out = io.BytesIO()
    quarters().save(out, kind, **({} if kind == "GIF" else {"exif": exif}))
    good, file = out.getvalue(), tmp_path / "a"
    for place in range(0, min(len(good), 420), 3):
        for value in (0, 0xFF):
            file.write_bytes(good[:place] + bytes([value]) + good[place + 1 :])
            with suppress(UnsupportedType, TooLarge, images.Unreadable):
                images.remake(file)


def test_what_unpacks_to_too_much_is_refused_by_its_header(tmp_path: Path) -> None:
    file = tmp_path / "bomb.png"
    for side in (7072, 14_200, 60_000):
        file.write_bytes(png_of(side, side))
        tracemalloc.start()
        with pytest.raises(ProblemError) as refused:
            images.remake(file)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert refused.value.code == "image_too_big"
        assert peak < 5_000_000


def test_only_two_are_unpacked_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, at_once, most, lock = tmp_path / "a.jpg", 0, 0, threading.Lock()
    file.write_bytes(jpeg(800, 600))
    small = images._small

    def counted(image: Image.Image) -> Image.Image:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        made = small(image)
        with lock:
            at_once -= 1
        return made

    monkeypatch.setattr(images, "_small", counted)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: images.remake(file), range(16)))
    assert most <= 2


def test_a_slow_twin_does_not_replace_a_picture_in_use(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, first, second = people.sign_up(), jpeg(320, 240, "one"), jpeg(640, 480, "two")
    ticket = announce(owner, max(len(first), len(second)))
    arrived, may_go_on, remake = threading.Event(), threading.Event(), images.remake

    def slow(path: Path) -> Any:
        picture = remake(path)
        if picture.width == 640:
            arrived.set()
            may_go_on.wait(10)
        return picture

    monkeypatch.setattr(images, "remake", slow)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(owner.client.put, ticket["upload_url"], content=second)
        assert arrived.wait(10)
        expect(201, owner.client.put(ticket["upload_url"], content=first))
        expect(201, owner.post("/feedback", {**REPORT, "file_ids": [ticket["id"]]}))
        shown = owner.get(f"/files/{ticket['id']}").content
        may_go_on.set()
        assert late.result().json()["code"] == "ticket_invalid"
    assert owner.get(f"/files/{ticket['id']}").content == shown
