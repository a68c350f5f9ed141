"""How well procedures are found: `python -m bench.questions PROCEDURES.jsonl QUESTIONS.jsonl…`.

Prints recall at 1, 5 and 10 with and without marks for each file of questions, and for the first one what a choice of
the weights by five-fold cross-validation gives on the questions that it has not seen.
"""

import itertools
import json
import statistics
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from backend.public_services.finding import TUNED, Finder, Tuning
from backend.public_services.reading import Weights

FOLDS = 5
GRID = [
    Tuning(Weights(meant=meant, pair=pair), cover)
    for meant, pair, cover in itertools.product((0.8, 1.3, 1.8), (0.4, 0.7, 1.0), (0.2, 0.4, 0.6))
]
Question = dict[str, Any]


def main() -> None:
    """Print the figures."""
    procedures, *files = map(Path, sys.argv[1:])
    finder = Finder(_row(record) for record in _records(procedures))
    for number, path in enumerate(files):
        asked = [row for row in _records(path) if row["behavior"] == "answer" and row["in_catalog"]]
        for name, spelling in (("with", "question"), ("without", "question_nodiac")):
            started = time.perf_counter()
            figures = [_recall(finder, asked, spelling, count, TUNED) for count in (1, 5, 10)]
            each = (time.perf_counter() - started) * 1000 / len(asked) / len(figures)
            shown = "  ".join(f"R@{count} {value:.3f}" for count, value in zip((1, 5, 10), figures, strict=True))
            print(f"{path.name} {name} marks, n {len(asked)}: {shown}  {each:.1f} ms each")
        if number == 0:
            _cross_validate(finder, asked)


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _row(record: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(
        code=record["ma"],
        name=record["ten"],
        field=record["linh_vuc"],
        levels=record["cap_thuc_hien"],
        audiences=record["doi_tuong"],
        documents=record["thanh_phan_ho_so"],
        results=record["ket_qua"],
        conditions=record["yeu_cau_dieu_kien"],
    )


def _found(question: Question, codes: list[str], *, every: bool) -> bool:
    groups = [{*group["any_of"], *group.get("also_ok", [])} for group in question["expected"]]
    hits = [bool(group & set(codes)) for group in groups]
    return all(hits) if every and question["match"] == "all" else any(hits)


def _recall(finder: Finder, asked: list[Question], spelling: str, count: int, tuning: Tuning) -> float:
    # At rank 1 a question that wants several procedures is content with any of them.
    found = (_found(row, finder.find(row[spelling], tuning).codes[:count], every=count > 1) for row in asked)
    return sum(found) / len(asked)


def _cross_validate(finder: Finder, asked: list[Question]) -> None:
    unseen: list[tuple[float, float]] = []
    for fold in range(FOLDS):
        seen = [row for number, row in enumerate(asked) if number % FOLDS != fold]
        held = [row for number, row in enumerate(asked) if number % FOLDS == fold]
        best = max(GRID, key=lambda tuning: sum(_recall(finder, seen, "question", k, tuning) for k in (1, 5)))
        unseen.append((_recall(finder, held, "question", 1, best), _recall(finder, held, "question", 5, best)))
    means = [statistics.mean(column) for column in zip(*unseen, strict=True)]
    print(f"weights chosen by {FOLDS}-fold cross-validation, on unseen folds: R@1 {means[0]:.3f}  R@5 {means[1]:.3f}")


if __name__ == "__main__":
    main()
