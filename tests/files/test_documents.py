"""Documents: a PDF is its pages alone, and what is broken or locked is refused."""

import io
from typing import Any, cast

import pikepdf
import pytest
from PIL import Image

from backend.files.documents import bare_jpeg
from tests.files.test_kinds import taken
from tests.files.test_videos import send
from tests.support.films import document
from tests.support.people import People, Person, expect


def send_pdf(person: Person, content: bytes, name: str = "đơn.pdf") -> Any:
    """Upload a document."""
    return send(person, content, name, "application/pdf")


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
