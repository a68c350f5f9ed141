"""Import of procedures: good rows go in once, bad ones are named with their line, nothing is ever lost."""

import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from backend.core.database import Database
from backend.public_services.importing import ImportReport, import_procedures
from backend.public_services.models import Procedure, ProcedureTag
from tests.public_services.rows import jsonl, procedure
from tests.support.installations import Installation

pytestmark = pytest.mark.bare


@pytest.fixture
def db(installation: Installation) -> Iterator[Database]:
    """The installation's database, without the app around it."""
    database = Database(installation.database_url)
    yield database
    database.close()


def bring(db: Database, *paths: Path) -> ImportReport:
    """Import files as the command does."""
    with db.transaction() as session:
        return import_procedures(session, list(paths))


def held(db: Database) -> dict[str, Procedure]:
    """Return all procedures by code."""
    with db.reading() as session:
        return {row.code: row for row in session.exec(select(Procedure))}


def test_every_field_is_kept_and_a_second_run_changes_nothing(db: Database, tmp_path: Path) -> None:
    odd = procedure(co=["khong_co_cach_thuc"], mot_truong_moi={"a": [1, None, "ư"]})
    path = jsonl(tmp_path / "p.jsonl", odd)
    assert bring(db, path).added == 1
    kept = held(db)["1.000001"]
    assert kept.channels == odd["cach_thuc"]
    assert kept.extra == {"mot_truong_moi": odd["mot_truong_moi"]}
    assert (kept.flags, kept.online) == (["khong_co_cach_thuc"], True)
    again = bring(db, path)
    assert (again.added, again.changed, again.unchanged, again.exit_code) == (0, 0, 1, 0)
    assert held(db)["1.000001"].imported_at == kept.imported_at


def test_a_changed_record_replaces_the_old_one_and_what_it_is_found_by(db: Database, tmp_path: Path) -> None:
    bring(db, jsonl(tmp_path / "a.jsonl", procedure()))
    before = held(db)["1.000001"]
    report = bring(db, jsonl(tmp_path / "b.jsonl", procedure(ten="Cấp lại thẻ thư viện", cap_thuc_hien=["Cấp bộ"])))
    after = held(db)["1.000001"]
    assert (report.changed, after.name, after.id) == (1, "Cấp lại thẻ thư viện", before.id)
    with db.reading() as session:
        tags = {(tag.kind, tag.value) for tag in session.exec(select(ProcedureTag))}
    assert tags == {("level", "ministry"), ("audience", "Công dân Việt Nam")}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('{"ma": "1.000002", "ten": ', "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        ('{"ma": "1.000002", "ten": "x", "y": ' + "[" * 900 + "]" * 900 + "}", "nested"),
        ('{"ma": "1.000002", "ten": "x", "phi": NaN}', "not JSON"),
        (procedure(ten=""), "ten"),
        (procedure(ten="   "), "ten"),
        ({"ma": "1.000002"}, "ten"),
        ({"ten": "không mã"}, "ma"),
        (procedure("không phải mã"), "ma"),
        (procedure("1.000002", cach_thuc="không phải danh sách"), "cach_thuc"),
        (procedure("1.000002", cap_thuc_hien=[1]), "cap_thuc_hien"),
        (procedure("1.000002", ten="thẻ\x00"), "NUL"),
        (procedure("1.000002", moi={"sâu": ["\x00"]}), "NUL"),
        ('{"ma": "1.000002", "ten": "\\ud800"}', "surrogate"),
        ("Thủ tục".encode("utf-16"), "not UTF-8"),
        (procedure("1.000001", ten="lại mã ấy"), "line 1"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_in(
    db: Database, tmp_path: Path, bad: dict[str, Any] | str | bytes, why: str
) -> None:
    path = jsonl(tmp_path / "p.jsonl", procedure("1.000001"), bad, procedure("1.000003"))
    report = bring(db, path)
    assert set(held(db)) == {"1.000001", "1.000003"}
    assert report.exit_code == 1
    assert len(report.skipped) == 1
    assert report.skipped[0].startswith("p.jsonl:2: ")
    assert why in report.skipped[0]
    assert report.skipped[0] in "\n".join(report.lines())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"not json at all\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        '{"ma":"1.000001","ten":"Thẻ"}'.encode("utf-16"),
    ],
)
def test_an_unusable_file_changes_nothing_not_even_beside_a_good_one(
    db: Database, tmp_path: Path, content: bytes
) -> None:
    good = jsonl(tmp_path / "good.jsonl", procedure())
    bring(db, good)
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(content)
    newer = jsonl(tmp_path / "newer.jsonl", procedure("1.000009"))
    report = bring(db, newer, broken)
    assert report.exit_code == 2
    assert "broken.jsonl" in report.lines()[-1]
    assert set(held(db)) == {"1.000001"}


def test_a_gigabyte_is_refused_before_it_is_read(db: Database, tmp_path: Path) -> None:
    huge = tmp_path / "huge.jsonl"
    with huge.open("wb") as file:
        # A hole: as large as it says, and nothing on the disk.
        file.truncate(2**30)
    started = time.monotonic()
    report = bring(db, huge)
    assert (report.exit_code, "larger than 256 MiB" in report.lines()[-1]) == (2, True)
    assert time.monotonic() - started < 1


def test_a_file_that_is_not_there_is_said_in_words(db: Database, tmp_path: Path) -> None:
    assert bring(db, tmp_path / "nowhere.jsonl").exit_code == 2
    assert bring(db, tmp_path).exit_code == 2


def test_text_is_stored_composed_and_a_mark_at_the_start_is_forgiven(db: Database, tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "Đăng ký thường trú")
    path = jsonl(tmp_path / "p.jsonl", procedure(ten=apart))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert bring(db, path).exit_code == 0
    assert held(db)["1.000001"].name == "Đăng ký thường trú"


def test_what_is_no_longer_in_the_file_stays(db: Database, tmp_path: Path) -> None:
    bring(db, jsonl(tmp_path / "a.jsonl", procedure("1.000001"), procedure("1.000002")))
    bring(db, jsonl(tmp_path / "b.jsonl", procedure("1.000002")))
    assert set(held(db)) == {"1.000001", "1.000002"}
