"""The catalogue follows its source by an editor's consent, and every record keeps what it was."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared.access import Role
from tests.public_services.proposals import (
    NEW,
    SYNCS,
    bring,
    changed_rows,
    count,
    decide,
    demo_rows,
    newest,
    propose,
)
from tests.public_services.rows import jsonl, procedure
from tests.support.installations import Installation
from tests.support.people import API, People, expect

Drain = Callable[[], int]


@pytest.fixture
def proposed(installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A proposal that waits: one changed, one gone, one new. Returns the codes of the first two."""
    assert propose(installation, jsonl(tmp_path / "new.jsonl", *changed_rows()), monkeypatch) == 0
    rows = demo_rows()
    return rows[0]["ma"], rows[-1]["ma"]


def found(people: People, **params: str) -> list[str]:
    """Return the codes of the first page of a public list."""
    return [row["code"] for row in expect(200, people.client.get(f"{API}/procedures", params=params))["items"]]


def story(people: People, code: str) -> list[dict[str, Any]]:
    """Return what the public history tells of a procedure."""
    items: list[dict[str, Any]] = expect(200, people.client.get(f"{API}/procedures/{code}/history"))["items"]
    return items


def test_nothing_changes_before_an_editor_says_so_and_then_everything_shows_it(
    people: People, drain: Drain, proposed: tuple[str, str]
) -> None:
    changed, gone = proposed
    editor = people.demo(Role.EDITOR)
    before = expect(200, people.client.get(f"{API}/procedures/{changed}"))
    sync = newest(editor)
    assert [(row["kind"], row["total"], row["pending"]) for row in sync["counts"]] == [
        ("new", 1, 1),
        ("changed", 1, 1),
        ("withdrawn", 1, 1),
    ]
    assert (sync["state"], sync["origin"], sync["source"], sync["flags"]) == ("open", "command", "new.jsonl", [])
    assert (sync["unchanged"], sync["unusable"]) == (len(demo_rows()) - 2, 0)
    drain()
    assert NEW not in found(people, q="nuôi rùa vàng")

    sync = expect(200, decide(editor, sync, "accept", "changed", changed))
    sync = expect(200, decide(editor, sync, "accept", "new"))
    sync = expect(200, decide(editor, sync, "accept", "withdrawn", gone))
    assert sync["state"] == "done"
    assert count(sync, "new")["accepted"] == 1
    drain()
    assert all(count(newest(editor), kind)["written"] == 1 for kind in ("new", "changed", "withdrawn"))

    assert found(people, q="nuôi rùa vàng")[0] == NEW
    after = expect(200, people.client.get(f"{API}/procedures/{changed}"))
    assert after["steps"] == before["steps"] + "\nBước cuối: Nhận kết quả tại nhà."
    entry = story(people, changed)[0]
    assert (entry["kind"], entry["cause"]) == ("changed", "sync")
    assert [part["part"] for part in entry["parts"]] == ["fees", "steps"]
    assert "12.000 đồng" in entry["parts"][0]["new"]
    assert [row["kind"] for row in story(people, NEW)] == ["added"]


def test_a_change_is_told_part_by_part(people: People, proposed: tuple[str, str]) -> None:
    changed, gone = proposed
    editor = people.demo(Role.EDITOR)
    sync = newest(editor)
    where = f"{SYNCS}/{sync['id']}/changes"
    row = expect(200, editor.get(where, params={"kind": "changed"}))["items"][0]
    assert (row["code"], row["parts"], row["state"]) == (changed, ["fees", "steps"], "pending")
    told = expect(200, editor.get(f"{where}/{changed}"))["changes"]
    fees, steps = told
    assert all("12.000 đồng" in line for line in fees["new"])
    assert steps["new"] == [*steps["old"], "Bước cuối: Nhận kết quả tại nhà."]
    told = expect(200, editor.get(f"{where}/{NEW}"))["changes"]
    assert {"part": "name", "old": [], "new": ["Đăng ký nuôi rùa vàng"], "cut": False} in told
    assert "other" not in {part["part"] for part in told}

    expect(404, editor.get(f"{where}/8.888888"))
    for question, codes in (("nuoi RUA", [NEW]), ("9.0000", [NEW]), ("thẻ", []), ("%", [])):
        rows = expect(200, editor.get(where, params={"kind": "new", "q": question}))["items"]
        assert [row["code"] for row in rows] == codes
    assert expect(200, editor.get(f"{where}/{gone}"))["changes"] == []


def test_a_withdrawn_procedure_keeps_its_page_alone_and_comes_back_with_its_source(
    installation: Installation,
    people: People,
    drain: Drain,
    proposed: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, gone = proposed
    editor = people.demo(Role.EDITOR)
    page = expect(200, people.client.get(f"{API}/procedures/{gone}"))
    assert gone in found(people, q=page["name"])
    assert page["withdrawn_at"] is None
    fields = {row["name"]: row["count"] for row in expect(200, people.client.get(f"{API}/procedures/fields"))}
    expect(200, decide(editor, newest(editor), "accept", "withdrawn"))
    drain()
    assert expect(200, people.client.get(f"{API}/procedures/{gone}"))["withdrawn_at"]
    for asked in ({"q": page["name"]}, {"q": gone}, {"field": page["field"]}, {"limit": "100"}):
        assert gone not in found(people, **asked)
    now = {row["name"]: row["count"] for row in expect(200, people.client.get(f"{API}/procedures/fields"))}
    assert now.get(page["field"], 0) == fields[page["field"]] - 1

    assert bring(installation, jsonl(tmp_path / "back.jsonl", demo_rows()[-1]), monkeypatch) == 0
    # The command wrote in another process's place: its signal is heard by nobody here on SQLite.
    people.client.app.state.database.signals.deliver("everything")  # type: ignore[attr-defined]
    assert gone in found(people, q=page["name"])
    assert expect(200, people.client.get(f"{API}/procedures/{gone}"))["withdrawn_at"] is None
    assert [row["kind"] for row in story(people, gone)][:2] == ["returned", "withdrawn"]


def test_an_import_keeps_what_was_and_says_what_its_file_lacks(
    installation: Installation,
    people: People,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = demo_rows()[0]
    rows = [{**old, "ten": "Tên mới của thủ tục", "doi_tuong": []}, procedure(NEW)]
    assert bring(installation, jsonl(tmp_path / "some.jsonl", *rows), monkeypatch) == 0
    said = capsys.readouterr().out
    assert said.startswith("procedures: 1 added, 1 changed, 0 unchanged, 0 skipped\n")
    assert f"{len(demo_rows()) - 1} in the catalogue are not in the file" in said
    entry = story(people, old["ma"])[0]
    name = {"part": "name", "old": old["ten"], "new": "Tên mới của thủ tục"}
    audiences = {"part": "audiences", "old": "\n".join(old["doi_tuong"]), "new": ""}
    assert (entry["kind"], entry["cause"], entry["parts"]) == ("changed", "import", [name, audiences])
    page = expect(200, people.client.get(f"{API}/procedures/{old['ma']}/history?limit=1"))
    older = expect(200, people.client.get(f"{API}/procedures/{old['ma']}/history?cursor={page['next_cursor']}"))
    assert [row["kind"] for row in older["items"]] == ["added"]
    expect(404, people.client.get(f"{API}/procedures/8.888888/history"))


def test_people_are_not_told_of_our_marks_and_data_sets(
    installation: Installation, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = str(demo_rows()[0]["ma"])

    for changes in ({"nguon": "a-crawler/of-its-own@1", "co": ["mien_phi_nhung_co_ghi_chu"]}, {"ten": "Tên mới"}):
        row = {**demo_rows()[0], "nguon": "a-crawler/of-its-own@2", "co": [], **changes}
        assert bring(installation, jsonl(tmp_path / "marked.jsonl", row), monkeypatch) == 0
    told = story(people, code)
    assert [entry["kind"] for entry in told] == ["changed", "added"]
    assert [part["part"] for part in told[0]["parts"]] == ["name"]


def test_a_newer_proposal_takes_the_place_and_remembers_what_was_refused(
    installation: Installation,
    people: People,
    proposed: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed, gone = proposed
    editor = people.demo(Role.EDITOR)
    old = expect(200, decide(editor, newest(editor), "refuse", "withdrawn", gone))
    assert propose(installation, jsonl(tmp_path / "newer.jsonl", *changed_rows()[:-1]), monkeypatch) == 0
    expect(409, decide(editor, {**old, "version": old["version"] + 1}, "accept", "changed", changed))
    expect(412, decide(editor, old, "accept", "changed", changed))
    assert expect(200, editor.get(f"{SYNCS}/{old['id']}"))["state"] == "replaced"
    sync = newest(editor)
    assert sync["source"] == "newer.jsonl"
    assert count(sync, "new")["total"] == 0
    assert (count(sync, "withdrawn")["refused"], count(sync, "changed")["pending"]) == (1, 1)
    row = expect(200, editor.get(f"{SYNCS}/{sync['id']}/changes?kind=withdrawn"))["items"][0]
    assert (row["code"], row["state"], row["refused_before"]) == (gone, "refused", True)
    # Once refused is not for ever: by name it may still be accepted.
    expect(200, decide(editor, sync, "accept", "withdrawn", gone))


def test_who_decides_second_is_told_and_the_same_wish_twice_is_one(
    people: People, drain: Drain, proposed: tuple[str, str]
) -> None:
    changed, _ = proposed
    editor, administrator = people.demo(Role.EDITOR), people.demo(Role.ADMINISTRATOR)
    sync = newest(editor)
    first = decide(editor, sync, "accept", "changed", changed, **{"Idempotency-Key": "one"})
    again = decide(editor, sync, "accept", "changed", changed, **{"Idempotency-Key": "one"})
    assert expect(200, first) == expect(200, again)
    expect(412, decide(administrator, sync, "refuse", "changed", changed))
    expect(409, decide(administrator, {**sync, "version": sync["version"] + 1}, "refuse", "changed", changed))
    drain()
    assert [row["kind"] for row in story(people, changed)].count("changed") == 1
    wish = {"decision": "accept", "kind": "new", "codes": None, "reason": ""}
    expect(428, editor.post(f"{SYNCS}/{sync['id']}/decisions", wish))
    for role in (Role.CITIZEN, Role.OFFICER, Role.DISPATCHER):
        expect(403, people.demo(role).get(SYNCS))
        expect(403, decide(people.demo(role), sync, "accept", "new"))


def test_a_record_that_changed_meanwhile_is_not_written_over(
    installation: Installation,
    people: People,
    drain: Drain,
    proposed: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed, gone = proposed
    editor = people.demo(Role.EDITOR)
    rows = [{**row, "ten": "Đã đổi tên"} for row in demo_rows() if row["ma"] in proposed]
    bring(installation, jsonl(tmp_path / "between.jsonl", *rows), monkeypatch)
    sync = expect(200, decide(editor, newest(editor), "accept", "changed"))
    expect(200, decide(editor, sync, "accept", "withdrawn"))
    drain()
    sync = newest(editor)
    assert (count(sync, "changed")["overtaken"], count(sync, "withdrawn")["overtaken"]) == (1, 1)
    for code in (changed, gone):
        page = expect(200, people.client.get(f"{API}/procedures/{code}"))
        assert (page["name"], page["withdrawn_at"]) == ("Đã đổi tên", None)


def test_a_file_that_looks_wrong_says_so_and_takes_nothing_away_in_one_tap(
    installation: Installation, people: People, drain: Drain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = demo_rows()
    path = jsonl(tmp_path / "half.jsonl", *rows[:10], "kein JSON", "Thủ tục".encode("utf-16"), rows[3])
    path.write_bytes(path.read_bytes() + b'{"ma": "1.000')
    assert propose(installation, path, monkeypatch) == 1
    editor = people.demo(Role.EDITOR)
    sync = newest(editor)
    assert sync["flags"] == ["many_withdrawn", "many_unusable", "cut_off"]
    faults = [(row["line"], row["fault"]) for row in sync["unusable_lines"]]
    assert faults == [(11, "not_json"), (12, "not_utf8"), (13, "twice"), (14, "not_json")]
    assert (sync["unusable"], count(sync, "withdrawn")["pending"]) == (4, len(rows) - 10)
    expect(409, decide(editor, sync, "accept", "withdrawn"))
    named = [rows[-1]["ma"], rows[-2]["ma"]]
    sync = expect(200, decide(editor, sync, "accept", "withdrawn", *named))
    expect(409, decide(editor, sync, "accept", "withdrawn", *named))
    expect(200, decide(editor, sync, "refuse", "withdrawn"))
    drain()
    assert set(found(people, limit="100")).isdisjoint(named)
    assert propose(installation, jsonl(tmp_path / "bad.jsonl", "nothing of it"), monkeypatch) == 2
    assert propose(installation, tmp_path / "nowhere.jsonl", monkeypatch) == 2
    assert newest(editor)["id"] == sync["id"]
