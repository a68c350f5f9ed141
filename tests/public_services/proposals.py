"""Files of procedures that differ from the demo's catalogue, and the doors by which they come in."""

import json
from pathlib import Path
from typing import Any

from backend.cli import main
from tests.public_services.rows import procedure
from tests.support.installations import Installation
from tests.support.needs import ROOT
from tests.support.people import Person, expect

SYNCS = "/desk/procedures/syncs"
CHANGED, WITHDRAWN, NEW = "1.004194", "", "9.000001"
Rows = list[dict[str, Any]]


def demo_rows() -> Rows:
    """Return the demo's own records, which the installation holds."""
    text = (ROOT / "backend/demo/content/procedures.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def changed_rows() -> Rows:
    """Return the demo's records with the first one changed, the last one gone and one more."""
    first, *others = demo_rows()
    channels = [{**row, "phi_hien_thi": "12.000 đồng", "phi_ghi_chu": ""} for row in first["cach_thuc"]]
    first = {**first, "cach_thuc": channels, "trinh_tu": first["trinh_tu"] + "\nBước cuối: Nhận kết quả tại nhà."}
    return [first, *others[:-1], procedure(NEW, ten="Đăng ký nuôi rùa vàng")]


def propose(installation: Installation, path: Path, monkeypatch: Any, *options: str) -> int:
    """Run `smarthd import procedures --propose FILE`; return its exit code."""
    monkeypatch.setenv("SMARTHD_DATABASE_URL", installation.database_url)
    return main(["import", "procedures", "--propose", *options, str(path), "--data", str(installation.data)])


def bring(installation: Installation, path: Path, monkeypatch: Any) -> int:
    """Run `smarthd import procedures FILE`; return its exit code."""
    monkeypatch.setenv("SMARTHD_DATABASE_URL", installation.database_url)
    return main(["import", "procedures", str(path), "--data", str(installation.data)])


def newest(editor: Person) -> dict[str, Any]:
    """Return the newest proposal, whole."""
    first = expect(200, editor.get(SYNCS))["items"][0]
    found: dict[str, Any] = expect(200, editor.get(f"{SYNCS}/{first['id']}"))
    return found


def count(sync: dict[str, Any], kind: str) -> dict[str, int]:
    """Return the counts of a kind."""
    found: dict[str, int] = next(row for row in sync["counts"] if row["kind"] == kind)
    return found


def decide(editor: Person, sync: dict[str, Any], decision: str, kind: str, *codes: str, **options: Any) -> Any:
    """Decide on the proposal as it was seen: the named changes, or all of the kind."""
    wish = {"decision": decision, "kind": kind, "codes": list(codes) or None, "reason": ""}
    headers = {"If-Match": f'"{sync["version"]}"', **options}
    return editor.post(f"{SYNCS}/{sync['id']}/decisions", wish, headers=headers)
