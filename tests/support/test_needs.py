"""What is missing is said; under CI it fails. Nothing that should have been tested disappears silently."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import needs

NEEDS: list[tuple[Callable[[], object], str]] = [
    (needs.chromium, "sudo apt install chromium"),
    (needs.postgres_programs, "sudo apt install postgresql"),
    (needs.real_data, "SMARTHD_TEST_DATA"),
]


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine that has nothing of what some tests need."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(needs, "_complete", lambda folder: False)
    monkeypatch.setenv("SMARTHD_TEST_DATA", str(tmp_path / "nowhere"))


@pytest.mark.usefixtures("bare_machine")
@pytest.mark.parametrize(("need", "said"), NEEDS)
def test_at_home_the_test_is_left_out_and_says_why(
    need: Callable[[], object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=said):
        need()


@pytest.mark.usefixtures("bare_machine")
@pytest.mark.parametrize(("need", "said"), NEEDS)
def test_under_ci_it_fails(need: Callable[[], object], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=said):
        need()


def test_the_data_may_lie_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SMARTHD_TEST_DATA", str(tmp_path))
    assert needs.real_data() == tmp_path


def test_the_newest_postgresql_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [
        Path("/usr/lib/postgresql/9.6/bin"),
        Path("/usr/lib/postgresql/17/bin"),
        Path("/usr/lib/postgresql/x/bin"),
    ]
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(folders))
    monkeypatch.setattr(needs, "_complete", lambda folder: True)
    assert needs.postgres_programs() == folders[1]
