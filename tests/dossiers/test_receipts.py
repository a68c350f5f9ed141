"""Reading a receipt's code from a picture: what is on it, and nothing kept of what was sent."""

import io
import tempfile
from pathlib import Path

import pytest
import segno
from PIL import Image
from sqlmodel import select
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core import clock
from backend.core.database import Database
from backend.dossiers import receipts
from backend.dossiers.models import ReceiptReading
from backend.dossiers.receipts import found
from tests.support.installations import Installation
from tests.support.people import API, expect
from tests.support.pictures import jpeg

OLD, NEW = "000.00.01.H23-230331-0001", "H23.150-20261123-0000417"

PROBLEM = "application/problem+json"

pytestmark = pytest.mark.parametrize("installation", ["sqlite"], indirect=True)


def receipt(*texts: str, kind: str = "JPEG") -> bytes:
    """Return a photo of a sheet with QR codes on it, a little askew."""
    sheet = Image.new("L", (1200, 500 * len(texts)), 235)
    for number, text in enumerate(texts):
        drawn = io.BytesIO()
        segno.make(text, error="m").save(drawn, kind="png", scale=6, border=4)
        sheet.paste(Image.open(drawn).convert("L"), (250, 60 + 500 * number))
    photo = io.BytesIO()
    sheet.rotate(4, fillcolor=235).convert("RGB").save(photo, kind)
    return photo.getvalue()


def test_codes_are_read_off_a_picture(api: TestClient) -> None:
    slip = f"https://dichvucong.gov.vn/tra-cuu?ma={NEW.lower()}&x=1\nHồ sơ {OLD}."
    answer = api.post(f"{API}/dossiers/read-code", content=receipt(slip, "8934563138165"))
    assert expect(200, answer) == {"codes": [NEW, OLD]}
    assert answer.headers["cache-control"] == "private, no-store"
    assert expect(200, api.post(f"{API}/dossiers/read-code", content=jpeg(320, 240))) == {"codes": []}
    assert found([f"{OLD} {OLD}", "12" + NEW + "99999"]) == [OLD]
    assert not list(Path(tempfile.gettempdir()).glob("receipt-*"))


def test_a_browser_fetches_what_its_picture_showed(
    api: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = f"{API}/dossiers/read-code/{'5e' * 16}", f"{API}/dossiers/read-code/{'5f' * 16}"
    assert api.put(mine, content=receipt(OLD)).status_code == 204
    assert api.put(mine, content=receipt(NEW)).status_code == 204
    answer = api.get(mine)
    assert expect(200, answer) == {"codes": [NEW]}
    assert answer.headers["cache-control"] == "private, no-store"
    assert api.get(other).status_code == 404
    assert api.put(other, content=b"just words").status_code == 415
    assert api.get(other).status_code == 404
    assert api.put(f"{API}/dossiers/read-code/short", content=receipt(OLD)).status_code == 422
    later = clock.now() + receipts.WAITS
    monkeypatch.setattr(clock, "now", lambda: later)
    assert api.get(mine).status_code == 404
    with database.transaction() as session:
        receipts.forget(session)
        assert session.exec(select(ReceiptReading)).all() == []


def test_what_is_no_picture_is_told(api: TestClient, installation: Installation) -> None:
    for content, status in (
        (b"", 400),
        (b"%PDF-1.7 not a picture", 415),
        (b"just words", 415),
        (receipt(NEW)[:400], 422),
        (b"\xff\xd8\xff" + b"\x00" * 11 * 2**20, 413),
    ):
        answer = api.post(f"{API}/dossiers/read-code", content=content)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), content[
            :10
        ]
    settings = installation.settings(rate_limits=True, limit_read_code="1/minute")
    with TestClient(create_app(settings)) as limited:
        told = [limited.post(f"{API}/dossiers/read-code", content=b"x").status_code for _ in range(2)]
    assert told == [415, 429]
