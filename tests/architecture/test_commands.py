"""The commands that the README promises are the ones that are run."""

import subprocess

from tests.support.needs import ROOT


def test_continuous_integration_runs_what_the_readme_says() -> None:
    commands = [
        line.strip()
        for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith(("#", "set ", "cd ", "export CI="))
    ]
    assert commands == ["exec make test"]
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_make_says_what_can_be_made() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for target in ("run", "test", "check", "bench", "seed", "screens", "lock"):
        assert f"make {target} " in said.stdout
