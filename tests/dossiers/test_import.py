"""`smarthd import dossiers`: every kind of file, whatever is wrong with it, and any size."""

import json
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import func, select
from starlette.testclient import TestClient

from backend.core.database import Database
from backend.core.importing import ImportReport
from backend.dossiers.importing import import_dossiers
from backend.dossiers.models import Dossier, DossierStep
from tests.dossiers.test_following import notices
from tests.dossiers.test_lookup import ask
from tests.support.installations import Installation
from tests.support.needs import ROOT
from tests.support.people import People, expect

HEAD = "Mã hồ sơ,Số điện thoại,Chủ hồ sơ,Mã thủ tục,Tên thủ tục,Cơ quan,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả"
CODE = "H23.150-20261101-00000{:02}"
MANY_MB = 80
SCHEMAS = "http://schemas.openxmlformats.org"


def row(number: int, state: str = "Đang xử lý", **changes: str) -> str:
    """Return a row of a table."""
    cells = {
        "code": CODE.format(number),
        "phone": "0912 00 4321",
        "applicant": "Nguyễn Văn Tám",
        "procedure": "1.001193",
        "name": "Thủ tục đăng ký khai sinh",
        "agency": '"UBND phường Hải Dương, bộ phận một cửa"',
        "state": state,
        "received": "02/11/2026 08:30",
        "due": "2026-11-30",
        **changes,
    }
    return ",".join(cells.values())


def write(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    """Write a table."""
    path.write_bytes("\n".join([HEAD, *rows]).encode(encoding))
    return path


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Return added, changed, unchanged, skipped."""
    return report.added, report.changed, report.unchanged, len(report.skipped)


def test_a_table_goes_in_and_what_moves_is_told(
    database: Database, api: TestClient, people: People, drain: Callable[[], int], tmp_path: Path
) -> None:
    table = write(tmp_path / "sổ.csv", row(1), row(2, "2"), row(3, "papers_wanted"), encoding="utf-8-sig")
    assert counts(import_dossiers(database, [table])) == (3, 0, 0, 0)
    found = expect(200, ask(api, CODE.format(1), "4321"))
    assert (found["state"], found["agency"]) == ("processing", "UBND phường Hải Dương, bộ phận một cửa")
    assert (found["received_at"], found["due_at"]) == ("2026-11-02T08:30:00+07:00", "2026-11-30T23:59:59+07:00")
    assert (found["source"], found["applicant"]) == ("Dữ liệu của bộ phận một cửa", "N*** V** T**")
    person = people.sign_up()
    expect(200, person.post(f"/dossiers/{CODE.format(1)}/follow", {"phone_last4": "4321"}))
    assert counts(import_dossiers(database, [table])) == (0, 0, 3, 0)
    with database.reading() as session:
        before = session.exec(select(func.count()).select_from(DossierStep)).one()
    write(table, row(1, "Yêu cầu bổ sung giấy tờ"), row(2, "2"), row(3, "papers_wanted"))
    for told in ((0, 1, 2, 0), (0, 0, 3, 0)):
        assert counts(import_dossiers(database, [table])) == told
    drain()
    assert notices(person) == [("papers_wanted", f"/dossiers/{CODE.format(1)}")]
    with database.reading() as session:
        assert session.exec(select(func.count()).select_from(DossierStep)).one() == before + 1
    history = expect(200, ask(api, CODE.format(1), "4321"))["history"]
    assert [step["state"] for step in history] == ["processing", "papers_wanted"]


only_sqlite = pytest.mark.parametrize("installation", ["sqlite"], indirect=True)


@only_sqlite
def test_bad_rows_are_named_and_the_others_go_in(database: Database, tmp_path: Path, api: TestClient) -> None:
    table = tmp_path / "bad.csv"
    write(
        table,
        row(1),
        row(2, code="không phải mã"),
        row(3, state="Đang ngủ"),
        row(4, due="hôm nào đó"),
        row(5, phone="12"),
        row(6, applicant=""),
        row(7) + ",,,thừa",
        row(8, agency='"UBND xã Thanh Hà'),
        row(9),
        row(1),
        row(10, code="'; DROP TABLE dossier; --"),
        row(11, name='"Đăng ký\nkhai sinh"'),
        row(12, due="31/02/2026"),
        row(13, name="\x00"),
    )
    with table.open("ab") as file:
        file.write(("\n" + row(14, agency="UBND xã Thanh Hà")).encode().replace("xã".encode(), b"x\xe3"))
        file.write(("\n" + row(15)).encode())
    report = import_dossiers(database, [table])
    assert counts(report) == (4, 0, 0, 12)
    named = dict(line.split(": ", 1) for line in report.skipped)
    expected = {
        3: "code", 4: "state: not one of the ten states", 5: "due_at: not a moment", 6: "phone_last4", 7: "applicant",
        8: "more cells", 9: "not CSV", 11: f"code {CODE.format(1)} stands already in bad.csv:2", 12: "code",
        15: "due_at", 16: "NUL", 17: "not UTF-8",
    }  # fmt: skip
    assert {int(place.split(":")[1]) for place in named} == set(expected)
    for line, words in expected.items():
        assert words in named[f"bad.csv:{line}"], named[f"bad.csv:{line}"]
    assert "Nguyễn" not in str(report.lines())
    assert report.exit_code == 1
    assert expect(200, ask(api, CODE.format(11), "4321"))["procedure_name"] == "Đăng ký\nkhai sinh"


@only_sqlite
def test_other_encodings_are_told_clearly(database: Database, tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-le", "cp1258"):
        table = tmp_path / f"{encoding}.csv"
        plain = f"{HEAD}\n{row(1)}".replace("ồ", "ô").replace("ơ", "o").replace("ệ", "e").replace("ạ", "a")
        table.write_bytes(plain.encode(encoding, errors="replace"))
        report = import_dossiers(database, [table])
        assert (report.exit_code, report.added) == (2, 0)
        assert "not UTF-8" in report.unusable[0]
        assert "CSV UTF-8" in report.unusable[0]
    for name, content in (("none.csv", b""), ("picture.csv", b"\x89PNG\r\n\x1a\n" * 20), ("words.doc", b"x")):
        (tmp_path / name).write_bytes(content)
        assert import_dossiers(database, [tmp_path / name]).exit_code == 2, name
    assert import_dossiers(database, [tmp_path / "missing.csv"]).exit_code == 2


@only_sqlite
def test_json_lines_carry_the_whole_history(database: Database, api: TestClient, tmp_path: Path) -> None:
    lines = tmp_path / "dossiers.jsonl"
    whole = {
        "code": CODE.format(1),
        "phone_last4": "4321",
        "applicant": "Nguyễn Văn Tám",
        "procedure_name": "Đăng ký thường trú",
        "state": 5,
        "due_at": "2026-11-20T17:00:00+07:00",
        "new_due_at": "05/12/2026",
        "apology": "Xin lỗi vì chậm trễ.",
        "missing": [{"paper": "Tờ khai", "field": "Chữ ký", "reason": "Thiếu"}],
        "contact_name": "Một cửa",
        "contact_phone": "1022",
        "history": [
            {"at": "20261101080000", "state": "2", "note": "Nhận của Nguyễn Văn Tám"},
            {"at": "2026-11-05T09:00:00Z", "state": "papers_wanted"},
        ],
        "source": "Sở Tư pháp",
    }
    more = [{**whole, "code": CODE.format(2), "history": [{"at": "x", "state": 2}]}, [1], {"code": 5}]
    lines.write_text("\n".join(json.dumps(each) for each in (whole, *more)) + '\n{"code": \n', encoding="utf-8")
    report = import_dossiers(database, [lines])
    assert counts(report) == (1, 0, 0, 4)
    found = expect(200, ask(api, CODE.format(1), "4321"))
    assert (found["paused_at"], found["due_at"]) == ("2026-11-05T16:00:00+07:00", "2026-12-05T23:59:59+07:00")
    assert found["late"] == {
        "apology": "Xin lỗi vì chậm trễ.",
        "first_due_at": "2026-11-20T17:00:00+07:00",
        "new_due_at": "2026-12-05T23:59:59+07:00",
    }
    assert (found["missing"], found["source"]) == (whole["missing"], "Sở Tư pháp")
    assert [step["note"] for step in found["history"]] == ["Nhận của N*** V** T**", ""]


def workbook(path: Path, *rows: str) -> Path:
    """Write a workbook of texts and numbers, as small as one can be."""
    cells = "".join(f"<row>{''.join(map(cell, line.split(',')))}</row>" for line in (HEAD, *rows))
    main, office = f"{SCHEMAS}/spreadsheetml/2006/main", f"{SCHEMAS}/officeDocument/2006/relationships"
    sheet = '<sheet name="a" sheetId="1" r:id="r1"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{SCHEMAS}/package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{sheet}</sheets></workbook>',
        "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": related("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def related(kind: str, target: str) -> str:
    """Return what one part of a workbook says of another."""
    kind = f"{SCHEMAS}/officeDocument/2006/relationships/{kind}"
    relation = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">{relation}</Relationships>'


def cell(text: str) -> str:
    """Return a cell: a number where the text is one."""
    return f"<c><v>{text}</v></c>" if text.isdecimal() else f'<c t="inlineStr"><is><t>{text}</t></is></c>'


@only_sqlite
def test_a_workbook(database: Database, api: TestClient, tmp_path: Path) -> None:
    # A number loses the zero of a phone; its end stays.
    book = workbook(tmp_path / "sổ.xlsx", row(1, phone="912000045", agency="UBND"), row(2, "Đang ngủ", agency="UBND"))
    report = import_dossiers(database, [book])
    assert counts(report) == (1, 0, 0, 1)
    assert report.skipped[0].startswith("sổ.xlsx:3: state")
    assert expect(200, ask(api, CODE.format(1), "0045"))["state"] == "processing"
    many = workbook(tmp_path / "many.xlsx", *["1,2"] * 100_001)
    assert "more than 100,000 rows; save it as CSV UTF-8" in import_dossiers(database, [many]).unusable[0]
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04" + b"\x00" * 100)
    assert import_dossiers(database, [tmp_path / "broken.xlsx"]).exit_code == 2


IMPORT = """
import resource, sys
from backend.cli import main
code = main(["import", "dossiers", *sys.argv[1:]])
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
sys.exit(code)
"""


def run_import(installation: Installation, *files: Path) -> tuple[int, str, int]:
    """Import in a process of its own; return its exit code, what it said and its peak memory in MB."""
    command = [sys.executable, "-c", IMPORT, *map(str, files), "--data", str(installation.data)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    said, _, peak = done.stdout.rpartition("peak ")
    return done.returncode, said, int(peak)


@only_sqlite
def test_a_very_large_file_needs_no_more_memory_than_a_small_one(installation: Installation, tmp_path: Path) -> None:
    """Most of it is lines that are not taken, so that the test is quick; each is read, checked and counted."""
    small = write(tmp_path / "small.csv", row(1))
    _, _, little = run_import(installation, small)
    large = tmp_path / "large.csv"
    rubbish = (row(2, "Đang ngủ", name="x" * 100_000) + "\n" + row(3, code="?") + "\n").encode() * 20
    with large.open("wb") as file:
        file.write((HEAD + "\n").encode())
        while file.tell() < MANY_MB * 2**20:
            file.write(rubbish)
        file.write(row(4).encode() + b"\n" + b"y" * (20 * 2**20) + b"\n" + row(5).encode())
    code, said, peak = run_import(installation, large)
    assert (code, said.splitlines()[0].startswith("dossiers: 2 added, 0 changed, 0 unchanged")) == (1, True), said[:500]
    assert peak < little + 40, (peak, little)


@only_sqlite
def test_others_may_write_meanwhile(installation: Installation, tmp_path: Path) -> None:
    table = write(tmp_path / "some.csv", *(row(n, code=f"H23.150-20261102-{n:07}") for n in range(3_000)))
    database = Database(installation.database_url)
    waits: list[float] = []
    done = threading.Event()

    def others() -> None:
        while not done.is_set():
            began = time.monotonic()
            with database.transaction() as session:
                session.connection().exec_driver_sql("UPDATE hotline SET position = position")
            waits.append(time.monotonic() - began)
            time.sleep(0.02)

    thread = threading.Thread(target=others)
    thread.start()
    try:
        code, said, _ = run_import(installation, table)
    finally:
        done.set()
        thread.join()
    assert (code, said) == (0, "dossiers: 3000 added, 0 changed, 0 unchanged, 0 skipped\n")
    with database.reading() as session:
        assert (
            session.exec(select(func.count()).select_from(Dossier).where(Dossier.phone_last4 == "4321")).one() == 3_000
        )
    assert max(waits) < 5, "as long as a busy machine may take, and half of what a writer waits before it gives up"
    database.close()
